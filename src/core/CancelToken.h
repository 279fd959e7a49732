// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace tallydesk {

/// A copyable handle on one "stop this work" flag. Every long operation takes one and returns within a
/// second of cancel(). All copies share the flag. Thread-safe.
class CancelToken {
public:
    CancelToken();

    /// Raises the flag, wakes every waiter and runs the registered callbacks once, in this thread.
    void cancel();
    bool isCancelled() const;

    /// Sleeps for at most `duration`; returns true at once when cancelled (before or meanwhile).
    bool waitFor(std::chrono::milliseconds duration) const;

    /// Keeps `callback` registered for as long as the returned handle lives; runs it at once when the
    /// token is cancelled already. The callback runs in the thread that cancels and must not block.
    /// Destroying the handle waits for a callback that is running in another thread.
    [[nodiscard]] std::shared_ptr<void> onCancel(std::function<void()> callback) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

}  // namespace tallydesk
