// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>
#include <random>
#include <thread>

#include "BatchTestTools.h"
#include "FakeClock.h"

using namespace tallydesk;
using namespace tallydesk::batchtest;
using namespace std::chrono_literals;
using Reach = FailureReach;

class TestBatchStop : public QObject {
    Q_OBJECT

    const BallotJudge m_judge{FormCatalog(), Validator()};
    FakeLoader m_loader;

private Q_SLOTS:
    void causeThatConcernsAllStopsTheBatch() {
        FakeProgress progress;
        FakeReader reader(true, [&progress](int ballot, int, const CancelToken& cancel) {
            // The cause comes when all before it are done, or a ballot that was not yet sent may be cut.
            for (int tries = 0; ballot == 6 && progress.count("finished") < 6 && tries < 4000; ++tries)
                cancel.waitFor(std::chrono::milliseconds(1));
            if (ballot == 6)
                return failedWith(Reach::Batch, QStringLiteral("service.key_refused"));
            return ballot < 6 ? ReadAttempt::success(FakeReader::dataOf(ballot)) : hang(cancel);
        });
        FakeSink sink;
        BatchOptions options = fast();
        // A thread for each, or those that hang could keep the first six from being read.
        options.workers = 40;
        options.sink = &sink;
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(40);
        QElapsedTimer timer;
        timer.start();
        const BatchResult result = processor.processBatch(scans);
        QVERIFY(timer.elapsed() < 5000);
        verifyOutcomes(result, scans);
        QVERIFY(result.stopped);
        QCOMPARE(result.stopped->code, QStringLiteral("service.key_refused"));
        QCOMPARE(result.processed, 6);
        for (int i = 0; i < 40; ++i) {
            QCOMPARE(result.results[i].status == BallotStatus::Cancelled, i >= 6);
            QCOMPARE(progress.count("finished", i), 1);
        }
        // What was not read stays open for a later run; what was is kept.
        QCOMPARE(sink.results().size(), 6);
        // The next run goes on.
        FakeReader good(true);
        QCOMPARE(BatchProcessor(good, m_loader, m_judge, fast()).processBatch(scans.mid(6)).processed, 34);
    }

    void fullDiskStopsTheBatch() {
        FakeReader reader;
        FakeSink sink;
        sink.failFrom = 10;
        BatchOptions options = fast();
        options.sink = &sink;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(200);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.stopped->code, QStringLiteral("store.disk_full"));
        QCOMPARE(sink.results().size(), 10);
        QVERIFY(result.processed < 200);
    }

    void answerThatCannotBeKeptIsToldBeforeTheBatchStops_data() {
        QTest::addColumn<bool>("parallel");
        QTest::newRow("parallel") << true;
        QTest::newRow("one at a time") << false;
    }
    void answerThatCannotBeKeptIsToldBeforeTheBatchStops() {
        QFETCH(bool, parallel);
        FakeReader reader(true, [](int ballot, int, const CancelToken&) {
            if (ballot < 3)
                return ReadAttempt::success(FakeReader::dataOf(ballot));
            ReadAttempt last = failedWith(Reach::Batch, QStringLiteral("store.disk_full"));
            last.data = FakeReader::dataOf(ballot);
            return last;
        });
        BatchOptions options = fast();
        options.workers = 1;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(10);
        const BatchResult result =
            parallel ? processor.processBatch(scans) : processor.processBatchSequential(scans);
        verifyOutcomes(result, scans);
        QVERIFY(result.stopped);
        QCOMPARE(result.stopped->code, QStringLiteral("store.disk_full"));
        QCOMPARE(result.processed, 4);
        QCOMPARE(reader.attempts(), 4);
        QCOMPARE(result.results[3].status, BallotStatus::NeedsReview);
    }

    void usedUpQuotaStopsAndKeepsWhatIsDone() {
        FakeReader reader(true);
        BatchOptions options = fast();
        // One worker: beside another, a granted slot that was not used yet goes back at the stop.
        options.workers = 1;
        options.perDay = 4;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(10);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.stopped->code, QStringLiteral("batch.quota_reached"));
        QCOMPARE(result.processed, 4);
        QCOMPARE(reader.attempts(), 4);
    }

    void quotaCanBeWaitedFor() {
        FakeClock clock;
        FakeReader reader(true);
        FakeProgress progress;
        BatchOptions options;
        options.requestsPerSecond = kNoPace;
        options.perDay = 1;
        options.onQuota = OnQuota::Wait;
        options.clock = &clock;
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(2);
        InBackground run(processor, scans);
        QTRY_COMPARE(progress.count("finished"), 1);
        clock.advance(1s);  // the pace is over, the quota is not
        QTRY_COMPARE(progress.count("batch.quota_reached"), 1);
        QCOMPARE(reader.attempts(), 1);
        clock.advance(24h);
        const BatchResult result = run.result();
        QCOMPARE(result.processed, 2);
        QVERIFY(!result.stopped);
    }

    void serviceThatAsksToWaitForHoursIsAQuota() {
        FakeReader reader(true, [](int, int, const CancelToken&) {
            return failedWith(Reach::Retry, QStringLiteral("service.rate_limited"), 3h, true);
        });
        BatchProcessor processor(reader, m_loader, m_judge, fast());
        const auto scans = fakeScans(5);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.stopped->code, QStringLiteral("batch.quota_reached"));
        QCOMPARE(result.processed, 0);
    }

    void serviceThatIsDownForHoursIsNoQuota() {
        FakeReader reader(true, [](int, int, const CancelToken&) {
            return failedWith(Reach::Retry, QStringLiteral("service.unavailable"), 3h, true);
        });
        BatchProcessor processor(reader, m_loader, m_judge, fast());
        const auto scans = fakeScans(5);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QVERIFY(result.stopped);
        QCOMPARE(result.stopped->code, QStringLiteral("service.unavailable"));
        QCOMPARE(result.processed, 0);
    }

    void longWaitForOneBallotEndsThatBallotAlone() {
        FakeReader reader(true, [](int ballot, int, const CancelToken&) {
            return ballot == 2 ? failedWith(Reach::Retry, QStringLiteral("service.timeout"), 3h, false)
                               : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchProcessor processor(reader, m_loader, m_judge, fast());
        const auto scans = fakeScans(5);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QVERIFY(!result.stopped);
        QCOMPARE(result.processed, 5);
        QCOMPARE(result.errors.size(), 1);
        QCOMPARE(result.errors[0].code, QStringLiteral("service.timeout"));
    }

    void pauseHoldsAndResumeGoesOn_data() {
        QTest::addColumn<bool>("service");
        QTest::newRow("on the device") << false;
        QTest::newRow("service") << true;
    }
    void pauseHoldsAndResumeGoesOn() {
        QFETCH(bool, service);
        FakeReader reader(service, [](int ballot, int, const CancelToken& cancel) {
            cancel.waitFor(2ms);
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeProgress progress;
        BatchOptions options = fast();
        options.workers = 2;
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        // A listener may pause.
        progress.onFinished = [&](int) {
            if (progress.count("finished") == 10)
                processor.pause();
        };
        const auto scans = fakeScans(40);
        InBackground run(processor, scans);
        QTRY_VERIFY(processor.isPaused());
        // What is under way ends, nothing new begins: forty take a tenth of a second when nothing holds them.
        QVERIFY(!CancelToken().waitFor(300ms));
        QVERIFY2(reader.attempts() <= 12, qPrintable(QString::number(reader.attempts())));
        QTRY_COMPARE(progress.count("finished"), reader.attempts());
        QVERIFY(!run.done());
        processor.resume();
        QVERIFY(!processor.isPaused());
        const BatchResult result = run.result();
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, 40);
        QCOMPARE(progress.count("batch.paused"), 1);
        QCOMPARE(progress.count("resumed"), 1);
    }

    void cancelEndsAPausedBatch() {
        FakeReader reader(true);
        FakeProgress progress;
        BatchOptions options = fast();
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        processor.pause();
        const auto scans = fakeScans(10);
        InBackground run(processor, scans);
        QTRY_VERIFY(progress.count("started") > 0);
        QElapsedTimer timer;
        timer.start();
        processor.cancel();
        const BatchResult result = run.result();
        QVERIFY(timer.elapsed() < 1000);
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, 0);
        QVERIFY(!result.stopped);
    }

    void callersTokenCancelsToo() {
        FakeReader reader(false, [](int, int, const CancelToken& token) { return hang(token); });
        BatchProcessor processor(reader, m_loader, m_judge, fast());
        const auto scans = fakeScans(10);
        CancelToken cancel;
        InBackground run(processor, scans, cancel);
        QTRY_VERIFY(reader.attempts() > 0);
        cancel.cancel();
        QCOMPARE(run.result().processed, 0);
        // A token that was raised before the run began counts as well.
        QCOMPARE(processor.processBatch(scans, cancel).processed, 0);
        QCOMPARE(processor.processSingle(scans[0], cancel).status, BallotStatus::Cancelled);
    }

    void cancelAtAnyMomentEndsWithinASecondWithOneOutcomeEach() {
        std::mt19937 random(20260209);
        for (int round = 0; round < 30; ++round) {
            const bool service = round % 2 == 0;
            FakeReader reader(service, [](int ballot, int attempt, const CancelToken& cancel) {
                if (ballot % 7 == 0)
                    return hang(cancel);
                if (ballot % 3 == 0 && attempt == 1)
                    return failedWith(Reach::Retry);
                cancel.waitFor(std::chrono::milliseconds(ballot % 4));
                return ReadAttempt::success(FakeReader::dataOf(ballot));
            });
            FakeProgress progress;
            BatchOptions options = fast();
            options.requestsPerSecond = 500;
            options.workers = 4;
            options.backoffMax = 60s;
            options.backoffMin = round % 3 == 0 ? 60s : 1ms;
            options.progress = &progress;
            BatchProcessor processor(reader, m_loader, m_judge, options);
            const auto scans = fakeScans(60);
            InBackground run(processor, scans);
            QTRY_VERIFY(progress.count("started") > 0);
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 60000));
            QElapsedTimer timer;
            timer.start();
            processor.cancel();
            const BatchResult result = run.result();
            QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
            verifyOutcomes(result, scans);
            for (int i = 0; i < scans.size(); ++i)
                QCOMPARE(progress.count("finished", i), 1);
            QCOMPARE(reader.alive(), 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestBatchStop)
#include "tst_batchstop.moc"
