// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>

#include "core/Clock.h"

namespace tallydesk {

/// Which share of the set pace a service bears that says 429 (additive increase, multiplicative decrease).
/// A single 429 that says how long to wait only pauses; one more soon after, or one without a wait, halves
/// the pace; each request that is let through gives a little back. Requests that were under way together
/// count once. Thread-safe.
class PaceControl {
public:
    /// A request that left at `sent` was answered with 429. The new share, when it changes.
    std::optional<double> refused(Clock::TimePoint sent, Clock::TimePoint now, bool saysHowLong);
    /// A request was let through. The new share, when it changes.
    std::optional<double> letThrough();

private:
    std::mutex m_mutex;
    // Guarded by m_mutex.
    double m_share = 1.0;
    std::optional<Clock::TimePoint> m_lastRefusal;
};

}  // namespace tallydesk
