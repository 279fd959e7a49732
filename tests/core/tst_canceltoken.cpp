// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "core/CancelToken.h"

using namespace tallydesk;
using namespace std::chrono_literals;

class TestCancelToken : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void copiesShareTheFlag() {
        CancelToken token;
        const CancelToken copy = token;
        QVERIFY(!copy.isCancelled());
        QVERIFY(!copy.waitFor(0ms));
        token.cancel();
        token.cancel();
        QVERIFY(copy.isCancelled());
        QVERIFY(copy.waitFor(1h));
    }

    void cancelWakesEveryWaiterAtOnce() {
        CancelToken token;
        std::latch ready(8);
        std::atomic<int> woken = 0;
        std::vector<std::jthread> waiters;
        for (int i = 0; i < 8; ++i)
            waiters.emplace_back([&] {
                ready.count_down();
                woken += token.waitFor(1h);
            });
        ready.wait();
        QElapsedTimer timer;
        timer.start();
        token.cancel();
        waiters.clear();
        QCOMPARE(woken.load(), 8);
        QVERIFY(timer.elapsed() < 1'000);
    }

    void callbacksRunOnce() {
        CancelToken token;
        int kept = 0;
        int dropped = 0;
        const auto handle = token.onCancel([&] { ++kept; });
        {
            const auto gone = token.onCancel([&] { ++dropped; });
        }
        token.cancel();
        token.cancel();
        QCOMPARE(kept, 1);
        QCOMPARE(dropped, 0);
        int late = 0;
        const auto lateHandle = token.onCancel([&] { ++late; });
        QCOMPARE(late, 1);
    }

    void aCallbackMayDropItsOwnHandle() {
        CancelToken token;
        std::shared_ptr<void> handle;
        bool ran = false;
        handle = token.onCancel([&] {
            handle.reset();
            ran = true;
        });
        token.cancel();
        QVERIFY(ran);
    }

    void droppingAHandleWaitsForItsCallback() {
        CancelToken token;
        std::latch inside(1);
        std::latch mayLeave(1);
        std::atomic<bool> left = false;
        auto handle = token.onCancel([&] {
            inside.count_down();
            mayLeave.wait();
            left = true;
        });
        std::jthread canceller([&] { token.cancel(); });
        inside.wait();
        std::jthread releaser([&] { mayLeave.count_down(); });
        handle.reset();
        QVERIFY(left);
    }

    void handlesComeAndGoWhileAnotherThreadCancels() {
        for (int round = 0; round < 200; ++round) {
            CancelToken token;
            std::atomic<int> alive = 0;
            std::atomic<bool> touchedDead = false;
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&] {
                    for (int k = 0; k < 20; ++k) {
                        auto flag = std::make_unique<std::atomic<bool>>(true);
                        ++alive;
                        {
                            const auto handle = token.onCancel([&, seen = flag.get()] {
                                if (!*seen)
                                    touchedDead = true;
                            });
                        }
                        *flag = false;
                        --alive;
                    }
                });
            threads.emplace_back([&] { token.cancel(); });
            threads.clear();
            QVERIFY(!touchedDead);
            QCOMPARE(alive.load(), 0);
        }
    }
};

QTEST_APPLESS_MAIN(TestCancelToken)
#include "tst_canceltoken.moc"
