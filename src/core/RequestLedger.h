// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <vector>

namespace tallydesk {

/// Where the requests to a service are counted beyond one run, so that a day's quota outlives the program.
/// Implementations are thread-safe and don't block.
class RequestLedger {
public:
    virtual ~RequestLedger() = default;
    /// How long ago each request of the last 24 hours was made, the longest ago first.
    virtual std::vector<std::chrono::nanoseconds> ages() const = 0;
    /// A request leaves now.
    virtual void note() = 0;
};

}  // namespace tallydesk
