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

    /// At most `count` slots in any `duration`, besides the pace. `spentBefore`: how long ago slots were used
    /// that count as well (of an earlier run), the longest ago first.
    void addWindow(int count, Duration duration, const std::vector<Duration>& spentBefore = {});
    /// Changes the pace, also for those who wait already. Values that are not above 0 are ignored.
    void setRate(double requestsPerSecond);
    double rate() const;
    /// Goes at this share (above 0, at most 1) of the rate, for a service that asks for fewer requests.
    void setShare(double share);
    /// What is really gone at: rate() x share.
    double pace() const;

    /// Nobody passes before `until`; a later end wins over an earlier one. The pace resumes evenly.
    void pauseUntil(TimePoint until);
    void pauseFor(Duration duration);
    /// Nobody passes until release() (the user's Pause).
    void hold();
    void release();

    /// Nobody passes for `after`; then one does, whose RateSlot says isProbe(), and nobody else until
    /// probeAfter() is called again or endProbing(). For a service that seems to be gone.
    void probeAfter(Duration after);
    void endProbing();

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

    struct Grant {
        TimePoint at{};
        bool isProbe = false;
    };

    Acquisition wait(const CancelToken& cancel, std::optional<Duration> longestWait, Grant* grant);
    // The four below are called with m_mutex held.
    bool mayNobodyPass() const { return m_held || m_leaving || (m_probing && m_probeIsOut); }
    TimePoint windowsOpenAt() const;
    TimePoint passableAt() const;
    void wakeFirst();
    void leave(const Grant& grant);
    void giveBack(const Grant& grant);

    // Constant after construction.
    const SystemClock m_systemClock;
    const Clock& m_clock;
    // Guarded by m_mutex.
    mutable QMutex m_mutex;
    Duration m_interval{};
    double m_share = 1.0;
    std::optional<TimePoint> m_lastGrant;
    // A RateSlot was given that is neither spent nor given back; nobody passes meanwhile.
    bool m_leaving = false;
    TimePoint m_pausedUntil = TimePoint::min();
    bool m_held = false;
    bool m_probing = false;
    bool m_probeIsOut = false;
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
    RateLimiter::TimePoint grantedAt() const { return m_grant.at; }
    /// The one request that looks whether the service is there again (RateLimiter::probeAfter).
    bool isProbe() const { return m_grant.isProbe; }
    /// The request leaves now: the slot counts, from now on.
    void spend();

private:
    RateLimiter& m_limiter;
    RateLimiter::Grant m_grant;
    Acquisition m_outcome;
    bool m_spent = false;
};

}  // namespace tallydesk
