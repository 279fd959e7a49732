// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/RateLimiter.h"

#include <QMutexLocker>
#include <algorithm>
#include <cmath>
#include <condition_variable>

namespace tallydesk {

// One waiter's place in the queue; lives on its stack. Each has a condition of its own, so that a slot
// wakes the one whose turn it is and nobody else. The standard condition unlocks the QMutex in code that
// is compiled with ours, so that the thread sanitizer sees it; QWaitCondition does it inside Qt.
struct RateLimiter::Ticket {
    std::condition_variable_any wake;
    bool cancelled = false;
};

namespace {
// A sleep is never longer, so that no sum of time points can overflow the timer.
constexpr std::chrono::hours kLongestSleep{1};

RateLimiter::Duration intervalOf(double requestsPerSecond) {
    return std::chrono::duration_cast<RateLimiter::Duration>(
        std::chrono::duration<double>(1.0 / requestsPerSecond));
}

bool isRate(double requestsPerSecond) {
    // Below one request in about three hours the interval would be of no use to anybody.
    return std::isfinite(requestsPerSecond) && requestsPerSecond >= 1e-4;
}
}  // namespace

RateLimiter::RateLimiter(double requestsPerSecond, const Clock* clock)
    : m_clock(clock ? *clock : m_systemClock),
      m_interval(intervalOf(isRate(requestsPerSecond) ? requestsPerSecond : 2.0)) {
    m_jumps = m_clock.onJump([this] {
        const QMutexLocker lock(&m_mutex);
        wakeFirst();
    });
}

RateLimiter::~RateLimiter() = default;

Acquisition RateLimiter::acquire(const CancelToken& cancel) {
    return wait(cancel, std::nullopt, nullptr);
}

Acquisition RateLimiter::acquire(const CancelToken& cancel, Duration longestWait) {
    return wait(cancel, longestWait, nullptr);
}

Acquisition RateLimiter::wait(const CancelToken& cancel, std::optional<Duration> longestWait, Grant* grant) {
    Ticket ticket;
    // Registered before the mutex is taken and dropped after it is released, because the callback takes it.
    const auto registration = cancel.onCancel([this, &ticket] {
        const QMutexLocker lock(&m_mutex);
        ticket.cancelled = true;
        ticket.wake.notify_all();
    });

    const QMutexLocker lock(&m_mutex);
    const auto place = m_queue.insert(m_queue.end(), &ticket);
    std::optional<Acquisition> outcome;
    while (!outcome) {
        if (ticket.cancelled) {
            outcome = Acquisition::Cancelled;
        } else if (mayNobodyPass() || m_queue.front() != &ticket) {
            ticket.wake.wait(m_mutex);
        } else {
            const TimePoint now = m_clock.now();
            const TimePoint at = passableAt();
            if (longestWait && windowsOpenAt() > now && windowsOpenAt() - now > *longestWait) {
                outcome = Acquisition::QuotaReached;
            } else if (at <= now) {
                outcome = Acquisition::Acquired;
                // The pace counts from here and not from `at`: who wakes late must not let the next one
                // come too close.
                m_lastGrant = now;
                for (Window& window : m_windows) {
                    window.granted.push_back(now);
                    while (window.granted.size() > static_cast<size_t>(window.count))
                        window.granted.pop_front();
                }
                m_probeIsOut = m_probing;
                if (grant) {
                    *grant = {now, m_probing};
                    m_leaving = true;
                }
            } else {
                const Duration left = std::min<Duration>(at - now, kLongestSleep);
                ticket.wake.wait_for(m_mutex, left);
            }
        }
    }
    m_queue.erase(place);
    wakeFirst();
    return *outcome;
}

void RateLimiter::addWindow(int count, Duration duration, const std::vector<Duration>& spentBefore) {
    if (count < 1 || duration <= Duration::zero())
        return;
    const TimePoint now = m_clock.now();
    const QMutexLocker lock(&m_mutex);
    Window& window = m_windows.emplace_back(Window{count, duration, {}});
    for (const Duration ago : spentBefore)
        if (ago < duration)
            window.granted.push_back(now - std::max(ago, Duration::zero()));
    while (window.granted.size() > static_cast<size_t>(count))
        window.granted.pop_front();
}

void RateLimiter::setRate(double requestsPerSecond) {
    if (!isRate(requestsPerSecond))
        return;
    const QMutexLocker lock(&m_mutex);
    m_interval = intervalOf(requestsPerSecond);
    wakeFirst();
}

double RateLimiter::rate() const {
    const QMutexLocker lock(&m_mutex);
    return 1.0 / std::chrono::duration<double>(m_interval).count();
}

void RateLimiter::setShare(double share) {
    const QMutexLocker lock(&m_mutex);
    m_share = std::isfinite(share) ? std::clamp(share, 1e-3, 1.0) : 1.0;
    wakeFirst();
}

double RateLimiter::pace() const {
    const QMutexLocker lock(&m_mutex);
    return m_share / std::chrono::duration<double>(m_interval).count();
}

void RateLimiter::pauseUntil(TimePoint until) {
    const QMutexLocker lock(&m_mutex);
    m_pausedUntil = std::max(m_pausedUntil, until);
    wakeFirst();
}

void RateLimiter::pauseFor(Duration duration) {
    pauseUntil(m_clock.now() + duration);
}

void RateLimiter::hold() {
    const QMutexLocker lock(&m_mutex);
    m_held = true;
    wakeFirst();
}

void RateLimiter::release() {
    const QMutexLocker lock(&m_mutex);
    m_held = false;
    wakeFirst();
}

void RateLimiter::probeAfter(Duration after) {
    const TimePoint until = m_clock.now() + after;
    const QMutexLocker lock(&m_mutex);
    m_probing = true;
    m_probeIsOut = false;
    m_pausedUntil = std::max(m_pausedUntil, until);
    wakeFirst();
}

void RateLimiter::endProbing() {
    const QMutexLocker lock(&m_mutex);
    m_probing = false;
    m_probeIsOut = false;
    wakeFirst();
}

std::optional<RateLimiter::TimePoint> RateLimiter::nextSlot() const {
    const QMutexLocker lock(&m_mutex);
    if (m_held || (m_probing && m_probeIsOut))
        return std::nullopt;
    return std::max(passableAt(), m_clock.now());
}

int RateLimiter::waiting() const {
    const QMutexLocker lock(&m_mutex);
    return static_cast<int>(m_queue.size());
}

RateLimiter::TimePoint RateLimiter::windowsOpenAt() const {
    TimePoint at = TimePoint::min();
    for (const Window& window : m_windows)
        if (window.granted.size() == static_cast<size_t>(window.count))
            at = std::max(at, window.granted.front() + window.duration);
    return at;
}

RateLimiter::TimePoint RateLimiter::passableAt() const {
    TimePoint at = std::max(m_pausedUntil, windowsOpenAt());
    if (m_lastGrant)
        at = std::max(at, *m_lastGrant + std::chrono::duration_cast<Duration>(m_interval / m_share));
    return at;
}

void RateLimiter::wakeFirst() {
    if (!m_queue.empty())
        m_queue.front()->wake.notify_all();
}

void RateLimiter::leave(const Grant& grant) {
    const QMutexLocker lock(&m_mutex);
    m_leaving = false;
    const TimePoint now = m_clock.now();
    m_lastGrant = now;
    for (Window& window : m_windows)
        std::replace(window.granted.begin(), window.granted.end(), grant.at, now);
    wakeFirst();
}

void RateLimiter::giveBack(const Grant& grant) {
    const QMutexLocker lock(&m_mutex);
    m_leaving = false;
    if (grant.isProbe)
        m_probeIsOut = false;
    for (Window& window : m_windows) {
        const auto found = std::find(window.granted.begin(), window.granted.end(), grant.at);
        if (found != window.granted.end())
            window.granted.erase(found);
    }
    wakeFirst();
}

RateSlot::RateSlot(RateLimiter& limiter, const CancelToken& cancel,
                   std::optional<RateLimiter::Duration> longestWait)
    : m_limiter(limiter), m_outcome(limiter.wait(cancel, longestWait, &m_grant)) {}

void RateSlot::spend() {
    if (m_outcome == Acquisition::Acquired && !m_spent)
        m_limiter.leave(m_grant);
    m_spent = true;
}

RateSlot::~RateSlot() {
    if (m_outcome == Acquisition::Acquired && !m_spent)
        m_limiter.giveBack(m_grant);
}

}  // namespace tallydesk
