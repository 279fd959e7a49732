// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <chrono>
#include <functional>
#include <memory>

namespace tallydesk {

/// Where time comes from, so that tests can advance it. Implementations are thread-safe.
class Clock {
public:
    using Duration = std::chrono::nanoseconds;
    using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;

    virtual ~Clock() = default;

    /// Steady time: unaffected by changes of the wall clock.
    virtual TimePoint now() const = 0;
    /// Wall-clock time in UTC, for records and HTTP dates only.
    virtual QDateTime utcNow() const = 0;
    /// Calls `callback` whenever now() jumps instead of passing, for as long as the returned handle lives:
    /// whoever sleeps until a time of this clock must look again. Dropping the handle waits for a callback
    /// that is running in another thread. The machine's clock never jumps and returns nothing.
    [[nodiscard]] virtual std::shared_ptr<void> onJump(std::function<void()> callback) const;
};

/// The machine's clocks. Stateless; any thread.
class SystemClock final : public Clock {
public:
    TimePoint now() const override;
    QDateTime utcNow() const override;
};

}  // namespace tallydesk
