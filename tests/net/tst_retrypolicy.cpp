// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "net/RetryPolicy.h"

using namespace tallydesk;
using namespace std::chrono_literals;
using Action = RetryDecision::Action;
using std::chrono::milliseconds;

Q_DECLARE_METATYPE(tallydesk::FailureReach)
Q_DECLARE_METATYPE(tallydesk::RetryDecision::Action)

namespace {

ReadFailure failureOf(FailureReach reach) {
    ReadFailure failure;
    failure.reach = reach;
    return failure;
}

}  // namespace

class TestRetryPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reachDecides_data() {
        QTest::addColumn<FailureReach>("reach");
        QTest::addColumn<int>("attempt");
        QTest::addColumn<int>("immediate");
        QTest::addColumn<Action>("action");
        QTest::newRow("passing, first") << FailureReach::Retry << 1 << 0 << Action::Retry;
        QTest::newRow("passing, second") << FailureReach::Retry << 2 << 0 << Action::Retry;
        QTest::newRow("passing, last") << FailureReach::Retry << 3 << 0 << Action::FailBallot;
        QTest::newRow("passing, beyond") << FailureReach::Retry << 4 << 0 << Action::FailBallot;
        QTest::newRow("other way") << FailureReach::RetryNow << 1 << 0 << Action::RetryNow;
        QTest::newRow("other way on the last attempt")
            << FailureReach::RetryNow << 3 << 1 << Action::RetryNow;
        QTest::newRow("other ways used up") << FailureReach::RetryNow << 1 << 2 << Action::FailBallot;
        QTest::newRow("ballot") << FailureReach::Ballot << 1 << 0 << Action::FailBallot;
        QTest::newRow("batch") << FailureReach::Batch << 1 << 0 << Action::StopBatch;
        QTest::newRow("batch, last") << FailureReach::Batch << 3 << 0 << Action::StopBatch;
        QTest::newRow("cancelled") << FailureReach::Cancelled << 1 << 0 << Action::Cancelled;
    }
    void reachDecides() {
        QFETCH(FailureReach, reach);
        QFETCH(int, attempt);
        QFETCH(int, immediate);
        QFETCH(Action, action);
        QCOMPARE(RetryPolicy().decide(attempt, failureOf(reach), 0.5, immediate).action, action);
    }

    void backoffGrowsWithinItsBounds_data() {
        QTest::addColumn<int>("attempt");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("most");
        QTest::newRow("1") << 1 << qint64(4000) << qint64(8000);
        QTest::newRow("2") << 2 << qint64(5000) << qint64(10000);
        QTest::newRow("3") << 3 << qint64(5000) << qint64(10000);
        QTest::newRow("1000") << 1000 << qint64(5000) << qint64(10000);
    }
    void backoffGrowsWithinItsBounds() {
        QFETCH(int, attempt);
        QFETCH(qint64, least);
        QFETCH(qint64, most);
        const RetryPolicy policy;
        QCOMPARE(policy.backoff(attempt, 0.0).count(), least);
        QCOMPARE(policy.backoff(attempt, 1.0).count(), most);
        QCOMPARE(policy.backoff(attempt, 0.5).count(), (least + most) / 2);
        for (const double nonsense : {-1.0, 2.0, qQNaN(), qInf()}) {
            QVERIFY(policy.backoff(attempt, nonsense).count() >= least);
            QVERIFY(policy.backoff(attempt, nonsense).count() <= most);
        }
    }

    void servicesOwnWaitWins() {
        ReadFailure failure = failureOf(FailureReach::Retry);
        for (const milliseconds wait : {4000ms, 30000ms, 3600000ms}) {
            failure.retryAfter = wait;
            QCOMPARE(RetryPolicy().decide(1, failure, 0.5), (RetryDecision{Action::Retry, wait}));
        }
    }

    // A "now" that is not meant so, or a date that is past, would use up all attempts within a moment.
    void servicesOwnWaitIsNoShorterThanTheShortestPause() {
        const RetryPolicy policy;
        ReadFailure failure = failureOf(FailureReach::Retry);
        for (const milliseconds wait : {-5ms, 0ms, 1ms, 3999ms})
            for (const int attempt : {1, 2}) {
                failure.retryAfter = wait;
                QCOMPARE(policy.decide(attempt, failure, 0.5),
                         (RetryDecision{Action::Retry, policy.backoff(attempt, 0.5)}));
            }
    }

    void settingsAreFollowedAndMadeSound() {
        RetryOptions options;
        options.attempts = 5;
        options.backoffMin = 100ms;
        options.backoffMax = 100ms;
        const RetryPolicy fixed(options);
        QCOMPARE(fixed.decide(4, failureOf(FailureReach::Retry), 0.9), (RetryDecision{Action::Retry, 100ms}));
        QCOMPARE(fixed.decide(5, failureOf(FailureReach::Retry), 0.9).action, Action::FailBallot);

        options.attempts = 0;
        options.backoffMin = 2000ms;
        options.backoffMax = 1000ms;
        const RetryPolicy odd(options);
        QCOMPARE(odd.decide(1, failureOf(FailureReach::Retry), 0.0).action, Action::FailBallot);
        QCOMPARE(odd.backoff(1, 1.0), 2000ms);
    }
};

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
