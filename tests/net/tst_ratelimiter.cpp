// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "FakeClock.h"
#include "net/RateLimiter.h"

using namespace tallydesk;
using namespace std::chrono_literals;

namespace {

using SteadyClock = std::chrono::steady_clock;

double secondsSince(SteadyClock::time_point from) {
    return std::chrono::duration<double>(SteadyClock::now() - from).count();
}

/// Waiters in threads of their own, who note in which order and when (on the fake clock) they passed.
class Crowd {
public:
    explicit Crowd(RateLimiter& limiter) : m_limiter(limiter) {}
    ~Crowd() {
        m_cancel.cancel();
        for (std::thread& thread : m_threads)
            thread.join();
    }

    /// Adds a waiter and returns once it stands in the queue or has passed.
    void add(int name) {
        const size_t before = settledCount() + static_cast<size_t>(m_limiter.waiting());
        m_threads.emplace_back([this, name] {
            RateSlot slot(m_limiter, m_cancel);
            slot.spend();
            const std::lock_guard lock(m_mutex);
            ++m_settled;
            if (slot)
                m_passed.push_back({name, slot.grantedAt()});
        });
        QTRY_VERIFY(settledCount() + static_cast<size_t>(m_limiter.waiting()) > before);
    }
    std::vector<int> order() const {
        const std::lock_guard lock(m_mutex);
        std::vector<int> names;
        for (const auto& [name, at] : m_passed)
            names.push_back(name);
        return names;
    }
    int passed() const { return static_cast<int>(order().size()); }
    size_t settledCount() const {
        const std::lock_guard lock(m_mutex);
        return m_settled;
    }

private:
    RateLimiter& m_limiter;
    CancelToken m_cancel;
    mutable std::mutex m_mutex;
    std::vector<std::pair<int, Clock::TimePoint>> m_passed;
    size_t m_settled = 0;
    std::vector<std::thread> m_threads;
};

}  // namespace

class TestRateLimiter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threeAcquisitionsTakeAboutASecond() {
        RateLimiter limiter;
        QCOMPARE(limiter.rate(), 2.0);
        const auto from = SteadyClock::now();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        const double seconds = secondsSince(from);
        QVERIFY2(seconds >= 0.9 && seconds <= 1.5, qPrintable(QString::number(seconds)));
    }

    void noWindowOfASecondHoldsMoreThanTheLimitUnder32Threads() {
        constexpr int rate = 20;
        RateLimiter limiter(rate);
        const CancelToken cancel;
        std::mutex mutex;
        std::vector<Clock::TimePoint> granted;
        std::vector<std::thread> threads;
        for (int i = 0; i < 32; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 2; ++j) {
                    const RateSlot slot(limiter, cancel);
                    const std::lock_guard lock(mutex);
                    granted.push_back(slot.grantedAt());
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(granted.size(), size_t(64));
        std::sort(granted.begin(), granted.end());
        for (size_t i = rate; i < granted.size(); ++i)
            QVERIFY(granted[i] - granted[i - rate] >= 1s);
        for (size_t i = 1; i < granted.size(); ++i)
            QVERIFY(granted[i] - granted[i - 1] >= 50ms);
        // Nor is it much slower than it needs to be, also on a busy machine.
        QVERIFY(granted.back() - granted.front() < 63 * 50ms * 1.5);
    }

    void slotsAreEvenlySpacedOnTheGivenClock() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        Crowd crowd(limiter);
        for (int i = 0; i < 3; ++i)
            crowd.add(i);
        QTRY_COMPARE(crowd.passed(), 1);
        clock.advance(499ms);
        QCOMPARE(limiter.waiting(), 2);
        clock.advance(1ms);
        QTRY_COMPARE(crowd.passed(), 2);
        clock.advance(500ms);
        QTRY_COMPARE(crowd.passed(), 3);
    }

    void idleTimeIsNotSavedUpForABurst() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        clock.advance(1h);
        Crowd crowd(limiter);
        crowd.add(0);
        crowd.add(1);
        QTRY_COMPARE(crowd.passed(), 1);
        QCOMPARE(limiter.waiting(), 1);
        QCOMPARE(*limiter.nextSlot(), clock.now() + 500ms);
    }

    void firstComeFirstServed() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        Crowd crowd(limiter);
        std::vector<int> expected;
        for (int i = 0; i < 8; ++i) {
            crowd.add(i);
            expected.push_back(i);
        }
        for (int i = 0; i < 8; ++i) {
            clock.advance(500ms);
            QTRY_COMPARE(crowd.passed(), i + 1);
        }
        QCOMPARE(crowd.order(), expected);
    }

    void wallClockSetBackChangesNothing() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        Crowd crowd(limiter);
        crowd.add(0);
        clock.setWallClock(clock.utcNow().addSecs(-3600));
        QCOMPARE(*limiter.nextSlot(), clock.now() + 500ms);
        clock.advance(500ms);
        QTRY_COMPARE(crowd.passed(), 1);
        clock.setWallClock(clock.utcNow().addSecs(7200));
        crowd.add(1);
        QCOMPARE(crowd.passed(), 1);
        QCOMPARE(*limiter.nextSlot(), clock.now() + 500ms);
    }

    void pauseHoldsEverybodyAndResumesEvenly() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        limiter.pauseUntil(clock.now() + 30s);
        limiter.pauseFor(10s);  // the later end wins
        Crowd crowd(limiter);
        for (int i = 0; i < 3; ++i)
            crowd.add(i);
        clock.advance(29999ms);
        QCOMPARE(limiter.waiting(), 3);
        clock.advance(1ms);
        QTRY_COMPARE(crowd.passed(), 1);
        QCOMPARE(limiter.waiting(), 2);
        clock.advance(500ms);
        QTRY_COMPARE(crowd.passed(), 2);
        QCOMPARE(limiter.waiting(), 1);
    }

    void pauseAlsoHoldsWhoWaitsAlready() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        Crowd crowd(limiter);
        crowd.add(0);
        limiter.pauseFor(5s);
        clock.advance(4s);
        QCOMPARE(limiter.waiting(), 1);
        clock.advance(1s);
        QTRY_COMPARE(crowd.passed(), 1);
    }

    void holdLastsUntilRelease() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        limiter.hold();
        QVERIFY(!limiter.nextSlot());
        Crowd crowd(limiter);
        crowd.add(0);
        clock.advance(24h);
        QCOMPARE(limiter.waiting(), 1);
        limiter.release();
        QTRY_COMPARE(crowd.passed(), 1);
    }

    void windowsHoldBesidesThePace() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        limiter.addWindow(2, 1min);
        const auto from = clock.now();
        Crowd crowd(limiter);
        for (int i = 0; i < 3; ++i)
            crowd.add(i);
        QTRY_COMPARE(crowd.passed(), 1);
        clock.advance(500ms);
        QTRY_COMPARE(crowd.passed(), 2);
        QCOMPARE(*limiter.nextSlot(), from + 1min);
        clock.advance(59499ms);
        QCOMPARE(limiter.waiting(), 1);
        clock.advance(1ms);
        QTRY_COMPARE(crowd.passed(), 3);
    }

    void usedUpQuotaIsToldToWhoDoesNotWantToWait() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        limiter.addWindow(1, 24h);
        QCOMPARE(limiter.acquire(CancelToken(), 5min), Acquisition::Acquired);
        QCOMPARE(limiter.acquire(CancelToken(), 5min), Acquisition::QuotaReached);
        QCOMPARE(limiter.waiting(), 0);
        clock.advance(24h);
        QCOMPARE(limiter.acquire(CancelToken(), 5min), Acquisition::Acquired);
    }

    void slotOfARequestThatDidNotLeaveIsGivenBack() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        limiter.addWindow(1, 24h);
        { const RateSlot unused(limiter, CancelToken()); }
        // The window is open again, the pace still holds.
        QCOMPARE(*limiter.nextSlot(), clock.now() + 500ms);
        clock.advance(500ms);
        {
            RateSlot used(limiter, CancelToken());
            used.spend();
        }
        QCOMPARE(*limiter.nextSlot(), clock.now() + 24h);
    }

    // A thread that was set aside between its slot and its request made two requests leave together.
    void paceCountsFromWhenTheRequestLeaves() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        limiter.addWindow(2, 1min);
        RateSlot late(limiter, CancelToken());
        Crowd crowd(limiter);
        crowd.add(0);
        clock.advance(10s);
        QCOMPARE(limiter.waiting(), 1);
        late.spend();
        QCOMPARE(*limiter.nextSlot(), clock.now() + 500ms);
        clock.advance(499ms);
        QCOMPARE(limiter.waiting(), 1);
        clock.advance(1ms);
        QTRY_COMPARE(crowd.passed(), 1);
        // The window too.
        QCOMPARE(*limiter.nextSlot(), clock.now() - 500ms + 1min);
    }

    void rateCanChangeWhileSomebodyWaits() {
        FakeClock clock;
        RateLimiter limiter(0.01, &clock);
        QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        Crowd crowd(limiter);
        crowd.add(0);
        clock.advance(1s);
        QCOMPARE(limiter.waiting(), 1);
        limiter.setRate(2.0);
        QTRY_COMPARE(crowd.passed(), 1);
        for (const double nonsense : {0.0, -1.0, qInf(), qQNaN()}) {
            limiter.setRate(nonsense);
            QCOMPARE(limiter.rate(), 2.0);
        }
    }

    void shareOfThePaceIsHeldAndLeavesTheRateAlone() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        QVERIFY(limiter.acquire({}) == Acquisition::Acquired);
        limiter.setShare(0.5);
        QCOMPARE(limiter.rate(), 2.0);
        QCOMPARE(limiter.pace(), 1.0);
        QVERIFY(*limiter.nextSlot() - clock.now() == 1s);
        // The user's change of the rate keeps the share.
        limiter.setRate(4.0);
        QVERIFY(*limiter.nextSlot() - clock.now() == 500ms);
        limiter.setShare(1.0);
        QVERIFY(*limiter.nextSlot() - clock.now() == 250ms);
    }

    void slotsOfAnEarlierRunCountInAWindow() {
        FakeClock clock;
        RateLimiter limiter(1000.0, &clock);
        limiter.addWindow(3, 24h, {30h, 20h, 1h});
        QVERIFY(limiter.acquire({}, 5min) == Acquisition::Acquired);
        clock.advance(1s);
        QVERIFY(limiter.acquire({}, 5min) == Acquisition::QuotaReached);
        // The oldest that counts leaves the window four hours from the start.
        QVERIFY(*limiter.nextSlot() - clock.now() == 4h - 1s);
    }

    void probeLetsOnePassAtATime() {
        FakeClock clock;
        RateLimiter limiter(1000.0, &clock);
        limiter.probeAfter(4s);
        QVERIFY(*limiter.nextSlot() - clock.now() == 4s);
        clock.advance(4s);
        {
            RateSlot unused(limiter, {});
            QVERIFY(unused.isProbe());
            // Not spent: the look is still to be made.
        }
        clock.advance(1ms);
        {
            RateSlot probe(limiter, {});
            QVERIFY(probe.isProbe());
            probe.spend();
        }
        clock.advance(1h);
        QVERIFY(!limiter.nextSlot());
        limiter.probeAfter(8s);
        QVERIFY(*limiter.nextSlot() - clock.now() == 8s);
        limiter.endProbing();
        clock.advance(8s);
        RateSlot usual(limiter, {});
        QVERIFY(usual);
        QVERIFY(!usual.isProbe());
    }

    void cancelWakesAWaiterAndLetsTheNextOnePass() {
        FakeClock clock;
        RateLimiter limiter(2.0, &clock);
        QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        CancelToken cancel;
        std::atomic<bool> cancelled = false;
        std::thread waiter([&] { cancelled = limiter.acquire(cancel) == Acquisition::Cancelled; });
        QTRY_COMPARE(limiter.waiting(), 1);
        Crowd crowd(limiter);
        crowd.add(0);
        const auto from = SteadyClock::now();
        cancel.cancel();
        waiter.join();
        QVERIFY(secondsSince(from) < 1.0);
        QVERIFY(cancelled);
        clock.advance(500ms);
        QTRY_COMPARE(crowd.passed(), 1);
    }

    void cancelledTokenGetsNoSlot() {
        RateLimiter limiter;
        CancelToken cancel;
        cancel.cancel();
        QCOMPARE(limiter.acquire(cancel), Acquisition::Cancelled);
        const auto from = SteadyClock::now();
        QCOMPARE(limiter.acquire(CancelToken()), Acquisition::Acquired);
        QVERIFY(secondsSince(from) < 0.4);
    }
};

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
