// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <chrono>
#include <deque>
#include <list>
#include <optional>
#include <vector>

#include "core/CancelToken.h"
#include "core/Clock.h"

namespace tallydesk {

/// How a wait at the gate ended. QuotaReached only where a longest wait was given.
enum class Acquisition { Acquired, Cancelled, QuotaReached };

/// The gate before the AI service: whoever wants to send a request waits here for a slot. Slots are given
/// first come first served, evenly spaced at 1/rate seconds and never in a burst, not even after an idle
/// time; further windows (per minute, per day) and pauses hold everybody. Who takes a RateSlot paces the next
/// one from the moment in which the request left (RateSlot::spend), so that a thread which the machine sets
/// aside between the two lets no requests crowd together. Runs on steady time, so that setting the wall
/// clock changes nothing. Never sleeps while it holds its mutex. Thread-safe; must outlive
/// its waiters.
class RateLimiter {
public:
    using Duration = Clock::Duration;
    using TimePoint = Clock::TimePoint;

    /// A `clock` of null is the machine's; else it must outlive the limiter.
    explicit RateLimiter(double requestsPerSecond = 2.0, const Clock* clock = nullptr);
    ~RateLimiter();
    RateLimiter(const RateLimiter&) = delete;
    RateLimiter& operator=(const RateLimiter&) = delete;

    /// Blocks until the caller's slot has come; returns within moments of the token's cancel.
    Acquisition acquire(const CancelToken& cancel);
    /// The same, but gives up with QuotaReached when, at the caller's turn, a window (addWindow) would hold
    /// it for longer than `longestWait`. Pace and pauses don't count.
    Acquisition acquire(const CancelToken& cancel, Duration longestWait);

    /// At most `count` slots in any `duration`, besides the pace.
    void addWindow(int count, Duration duration);
    /// Changes the pace, also for those who wait already. Values that are not above 0 are ignored.
    void setRate(double requestsPerSecond);
    double rate() const;

    /// Nobody passes before `until`; a later end wins over an earlier one. The pace resumes evenly.
    void pauseUntil(TimePoint until);
    void pauseFor(Duration duration);
    /// Nobody passes until release() (the user's Pause).
    void hold();
    void release();

    /// When a caller who came now could pass at the earliest, were nobody waiting; nullopt while held.
    std::optional<TimePoint> nextSlot() const;
    /// How many wait at the gate.
    int waiting() const;

private:
    friend class RateSlot;
    struct Window {
        int count;
        Duration duration;
        std::deque<TimePoint> granted;  // the last `count` slots at most
    };
    struct Ticket;

    Acquisition wait(const CancelToken& cancel, std::optional<Duration> longestWait, TimePoint* grantedAt);
    // The three below are called with m_mutex held.
    TimePoint windowsOpenAt() const;
    TimePoint passableAt() const;
    void wakeFirst();
    void leave(TimePoint grantedAt);
    void giveBack(TimePoint grantedAt);

    // Constant after construction.
    const SystemClock m_systemClock;
    const Clock& m_clock;
    // Guarded by m_mutex.
    mutable QMutex m_mutex;
    Duration m_interval{};
    std::optional<TimePoint> m_lastGrant;
    // A RateSlot was given that is neither spent nor given back; nobody passes meanwhile.
    bool m_leaving = false;
    TimePoint m_pausedUntil = TimePoint::min();
    bool m_held = false;
    std::vector<Window> m_windows;
    std::list<Ticket*> m_queue;
    std::shared_ptr<void> m_jumps;
};

/// One slot of the gate, waited for on construction. Unless spend() was called when the request left, the
/// slot is given back to the windows (not to the pace) when the guard dies. Nobody else passes before one of
/// the two, so hold it unspent for moments only. Used by one thread.
class RateSlot {
public:
    RateSlot(RateLimiter& limiter, const CancelToken& cancel,
             std::optional<RateLimiter::Duration> longestWait = {});
    ~RateSlot();
    RateSlot(const RateSlot&) = delete;
    RateSlot& operator=(const RateSlot&) = delete;

    Acquisition outcome() const { return m_outcome; }
    explicit operator bool() const { return m_outcome == Acquisition::Acquired; }
    /// When the slot was given; meaningful when acquired.
    RateLimiter::TimePoint grantedAt() const { return m_grantedAt; }
    /// The request leaves now: the slot counts, from now on.
    void spend();

private:
    RateLimiter& m_limiter;
    RateLimiter::TimePoint m_grantedAt{};
    Acquisition m_outcome;
    bool m_spent = false;
};

}  // namespace tallydesk
