// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <thread>

#include "BatchTestTools.h"
#include "FakeClock.h"

using namespace tallydesk;
using namespace tallydesk::batchtest;
using namespace std::chrono_literals;
using Reach = FailureReach;

namespace {

/// The machine's clock on a machine that sets its caller aside right after each look, as a busy one may.
class SlowClock final : public Clock {
public:
    TimePoint now() const override {
        const TimePoint seen = m_clock.now();
        std::this_thread::sleep_for(2ms);
        return seen;
    }
    QDateTime utcNow() const override { return m_clock.utcNow(); }

private:
    const SystemClock m_clock;
};

}  // namespace

class TestBatchTiming : public QObject {
    Q_OBJECT

    const BallotJudge m_judge{FormCatalog(), Validator()};
    FakeLoader m_loader;

private Q_SLOTS:
    void failedAttemptIsMadeAgainAfterItsBackoff() {
        FakeClock clock;
        FakeReader reader(true, [](int ballot, int attempt, const CancelToken&) {
            return attempt < 3 ? failedWith(Reach::Retry) : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeProgress progress;
        BatchOptions options;
        options.requestsPerSecond = kNoPace;
        options.clock = &clock;
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(1);
        InBackground run(processor, scans);
        QTRY_COMPARE(progress.count("retry"), 1);
        const int first = progress.events().back().value;
        QVERIFY2(first >= 4000 && first <= 8000, qPrintable(QString::number(first)));
        clock.advance(std::chrono::milliseconds(first - 1));
        QCOMPARE(reader.attempts(), 1);
        clock.advance(1ms);
        QTRY_COMPARE(progress.count("retry"), 2);
        QCOMPARE(reader.attempts(), 2);
        clock.advance(10s);
        const BatchResult result = run.result();
        verifyOutcomes(result, scans);
        QCOMPARE(result.results.constFirst().attempts, 3);
        QCOMPARE(result.results.constFirst().status, BallotStatus::NeedsReview);
    }

    // The run slept for ever when its last retry fell due after it had looked for work and before it had
    // looked for how long to sleep.
    void retryThatFallsDueBetweenTwoLooksIsNotForgotten_data() {
        QTest::addColumn<bool>("service");
        QTest::newRow("on the device") << false;
        QTest::newRow("service") << true;
    }
    void retryThatFallsDueBetweenTwoLooksIsNotForgotten() {
        QFETCH(bool, service);
        FakeReader reader(service, [](int ballot, int attempt, const CancelToken&) {
            return attempt < 3 ? failedWith(Reach::Retry) : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        const SlowClock clock;
        BatchOptions options = fast();
        options.attempts = 3;
        options.backoffMin = 1ms;
        options.backoffMax = 12ms;
        options.clock = &clock;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(12);
        InBackground run(processor, scans);
        const BatchResult result = run.result();
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, 12);
    }

    void ballotThatWaitsForItsRetryHoldsNoThread() {
        FakeClock clock;
        FakeReader reader(true, [](int ballot, int attempt, const CancelToken&) {
            return ballot < 4 && attempt == 1 ? failedWith(Reach::Retry)
                                              : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeProgress progress;
        BatchOptions options;
        options.requestsPerSecond = kNoPace;
        options.clock = &clock;
        options.progress = &progress;
        options.workers = 2;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(20);
        InBackground run(processor, scans);
        // Four wait, two workers: the other sixteen get through all the same, given time for their slots. (Five
        // failures in a row would be an outage, which holds everything.)
        const auto turn = [&](std::chrono::milliseconds by) {
            clock.advance(by);
            std::this_thread::sleep_for(1ms);
        };
        for (int i = 0; i < 3900 && (progress.count("finished") < 16 || progress.count("retry") < 4); ++i)
            turn(1ms);
        QCOMPARE(progress.count("finished"), 16);
        QCOMPARE(progress.count("retry"), 4);
        QTRY_VERIFY(reader.alive() <= 2);
        for (int i = 0; i < 10000 && !run.done(); ++i)
            turn(100ms);
        const BatchResult result = run.result();
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, 20);
        QCOMPARE(reader.alive(), 0);
    }

    void attemptsEndAndTheCauseIsKept() {
        FakeReader reader(true, [](int, int, const CancelToken&) {
            return failedWith(Reach::Retry, QStringLiteral("service.unavailable"));
        });
        FakeSink sink;
        BatchOptions options = fast();
        options.sink = &sink;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(4);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.errors.size(), 4);
        QCOMPARE(reader.attempts(), 12);
        for (const BallotResult& ballot : result.results) {
            QCOMPARE(ballot.error->code, QStringLiteral("service.unavailable"));
            QCOMPARE(ballot.attempts, 3);
        }
        QCOMPARE(sink.attempts().size(), 12);
        QVERIFY(!result.stopped);
    }

    void sentOnceMoreAtOnceCostsASlotButNoAttempt() {
        FakeClock clock;
        std::atomic<int> calls = 0;
        FakeReader reader(true, [&](int ballot, int, const CancelToken&) {
            return calls++ == 0 ? failedWith(Reach::RetryNow, QStringLiteral("service.bad_request"))
                                : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeSink sink;
        BatchOptions options;
        options.clock = &clock;
        options.sink = &sink;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(1);
        InBackground run(processor, scans);
        QTRY_COMPARE(reader.attempts(), 1);
        QTRY_COMPARE(processor.limiter().waiting(), 1);
        clock.advance(500ms);
        const BatchResult result = run.result();
        QCOMPARE(result.results.constFirst().attempts, 1);
        QCOMPARE(reader.attempts(), 2);
        QCOMPARE(sink.attempts().value(0).second.number, 1);
        QCOMPARE(sink.attempts().value(1).second.number, 2);
    }

    void endlessSendingAtOnceIsBounded() {
        FakeReader reader(true, [](int, int, const CancelToken&) {
            return failedWith(Reach::RetryNow, QStringLiteral("service.bad_request"));
        });
        BatchProcessor processor(reader, m_loader, m_judge, fast());
        QCOMPARE(processor.processSingle(fakeScans(1).constFirst()).status, BallotStatus::Failed);
        QCOMPARE(reader.attempts(), 3);
    }

    // A slot that is taken before the image is prepared lets requests leave in bursts.
    void slotIsTakenWhenTheRequestIsReady() {
        FakeLoader loader;
        std::atomic<bool> mayLoad = false;
        loader.answer = [&](const BallotScan&) -> Expected<QList<PageImage>> {
            while (!mayLoad)
                std::this_thread::sleep_for(1ms);
            return QList<PageImage>{};
        };
        FakeClock clock;
        FakeReader reader(true);
        BatchOptions options;
        options.clock = &clock;
        BatchProcessor processor(reader, loader, m_judge, options);
        const auto scans = fakeScans(3);
        InBackground run(processor, scans);
        QTRY_VERIFY(loader.loads > 0);
        QCOMPARE(processor.limiter().waiting(), 0);
        // Still free at once: nobody has taken a slot yet.
        QCOMPARE(*processor.limiter().nextSlot(), clock.now());
        mayLoad = true;
        QTRY_COMPARE(reader.attempts(), 1);
        QTRY_COMPARE(processor.limiter().waiting(), 2);
        clock.advance(500ms);
        QTRY_COMPARE(reader.attempts(), 2);
        clock.advance(500ms);
        QCOMPARE(run.result().processed, 3);
    }

    void onDeviceReaderTakesNoSlot() {
        FakeReader reader(false);
        BatchOptions options;
        options.requestsPerSecond = 0.001;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(20);
        verifyOutcomes(processor.processBatch(scans), scans);
        QCOMPARE(reader.attempts(), 20);
    }

    void servicesPauseHoldsEveryRequest() {
        FakeClock clock;
        std::atomic<int> calls = 0;
        FakeReader reader(true, [&](int ballot, int, const CancelToken&) {
            return calls++ == 0 ? failedWith(Reach::Retry, QStringLiteral("service.rate_limited"), 28s, true)
                                : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeProgress progress;
        BatchOptions options;
        options.clock = &clock;
        options.progress = &progress;
        options.requestsPerSecond = 2;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(3);
        InBackground run(processor, scans);
        QTRY_COMPARE(progress.count("service.rate_limited"), 1);
        clock.advance(27s);
        QTRY_COMPARE(processor.limiter().waiting(), 2);
        QCOMPARE(reader.attempts(), 1);
        clock.advance(1s);
        QTRY_COMPARE(reader.attempts(), 2);
        QTRY_COMPARE(processor.limiter().waiting(), 2);
        clock.advance(500ms);
        QTRY_COMPARE(reader.attempts(), 3);
        clock.advance(500ms);
        const BatchResult result = run.result();
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, 3);
    }

    void elapsedTimeCountsWorkAndNotWaiting() {
        FakeClock clock;
        FakeReader reader(true, [&](int ballot, int attempt, const CancelToken&) {
            clock.advance(20ms);
            return attempt == 1 ? failedWith(Reach::Retry) : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeProgress progress;
        BatchOptions options = fast();
        options.backoffMin = 500ms;
        options.backoffMax = 500ms;
        options.clock = &clock;
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        InBackground run(processor, fakeScans(1));
        QTRY_COMPARE(progress.count("retry"), 1);
        clock.advance(500ms);
        QCOMPARE(run.result().results.constFirst().elapsedMs, 40);
    }

    void paceHoldsOverRetries() {
        std::mutex mutex;
        std::vector<std::chrono::steady_clock::time_point> sent;
        FakeReader reader(true, [&](int ballot, int attempt, const CancelToken&) {
            {
                const std::lock_guard lock(mutex);
                sent.push_back(std::chrono::steady_clock::now());
            }
            return attempt < 3 && ballot % 2 ? failedWith(Reach::Retry)
                                             : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchOptions options = fast();
        options.requestsPerSecond = 20;
        options.workers = 8;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        verifyOutcomes(processor.processBatch(fakeScans(14)), fakeScans(14));
        QCOMPARE(sent.size(), size_t(28));
        // A tenth of the window for what the machine does with the thread between the gate and here.
        for (size_t i = 20; i < sent.size(); ++i)
            QVERIFY(sent[i] - sent[i - 20] >= 900ms);
    }
};

QTEST_GUILESS_MAIN(TestBatchTiming)
#include "tst_batchtiming.moc"
