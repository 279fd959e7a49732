// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

#include "core/CancelToken.h"

namespace tallydesk {

/// Turns Ctrl-C (SIGINT), SIGTERM and SIGHUP into the cancel of a token while it lives. A second Ctrl-C ends
/// the program at once. At most one at a time; made and destroyed in the main thread.
class Interrupt {
public:
    explicit Interrupt(CancelToken token);
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

private:
    int m_readEnd = -1;
    int m_writeEnd = -1;
    std::thread m_waiter;
};

}  // namespace tallydesk
