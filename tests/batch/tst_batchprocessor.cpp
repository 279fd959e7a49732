// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>
#include <random>
#include <stdexcept>
#include <thread>

#include "FakeClock.h"
#include "FakeReader.h"

using namespace tallydesk;
using namespace std::chrono_literals;
using Reach = FailureReach;

namespace {

// So fast that no test waits for the pace.
constexpr double kNoPace = 10000.0;

BatchOptions fast() {
    BatchOptions options;
    options.requestsPerSecond = kNoPace;
    options.backoffMin = 1ms;
    options.backoffMax = 5ms;
    return options;
}

/// The batch in a thread of its own, as the window runs it.
class InBackground {
public:
    InBackground(BatchProcessor& processor, const QList<BallotScan>& scans, const CancelToken& cancel = {})
        : m_processor(processor), m_thread([this, scans, cancel] {
              m_result = m_processor.processBatch(scans, cancel);
              m_done = true;
          }) {}
    ~InBackground() {
        if (!m_thread.joinable())
            return;
        // A check failed on the way; the batch must not outlive its test.
        m_processor.cancel();
        m_thread.join();
    }
    bool done() const { return m_done; }
    BatchResult result() {
        m_thread.join();
        return m_result;
    }

private:
    BatchProcessor& m_processor;
    BatchResult m_result;
    std::atomic<bool> m_done = false;
    std::thread m_thread;
};

ReadAttempt hang(const CancelToken& cancel) {
    while (!cancel.waitFor(1min)) {
    }
    return failedWith(Reach::Cancelled, QStringLiteral("cancelled"));
}

}  // namespace

class TestBatchProcessor : public QObject {
    Q_OBJECT

    const BallotJudge m_judge{FormCatalog(), Validator()};
    FakeLoader m_loader;

    static void verifyOutcomes(const BatchResult& result, const QList<BallotScan>& scans) {
        QCOMPARE(result.total, static_cast<int>(scans.size()));
        QCOMPARE(result.results.size(), scans.size());
        int cancelled = 0;
        for (int i = 0; i < scans.size(); ++i) {
            const BallotResult& ballot = result.results[i];
            QCOMPARE(ballot.scan, scans[i]);
            cancelled += ballot.status == BallotStatus::Cancelled;
            QCOMPARE(ballot.status == BallotStatus::Failed, ballot.error.has_value());
            if (ballot.status == BallotStatus::Accepted || ballot.status == BallotStatus::NeedsReview)
                QCOMPARE(ballot.data.rows.value(0).entry.value, std::optional<qint64>(numberOf(scans[i])));
        }
        QCOMPARE(result.processed, result.total - cancelled);
    }

private Q_SLOTS:
    void processorHasItsLimiterAndDefaults() {
        FakeReader reader;
        BatchProcessor processor(reader, m_loader, m_judge);
        QCOMPARE(processor.options().workers, 5);
        QCOMPARE(processor.options().attempts, 3);
        QCOMPARE(processor.options().backoffMin, 4000ms);
        QCOMPARE(processor.options().backoffMax, 10000ms);
        QCOMPARE(processor.limiter().rate(), 2.0);
        const BallotResult single = processor.processSingle(fakeScans(1).constFirst());
        QCOMPARE(single.status, BallotStatus::NeedsReview);
        QCOMPARE(single.attempts, 1);
        QCOMPARE(single.reader, QStringLiteral("on-device"));
        QCOMPARE(processor.processBatch({}).total, 0);
        QCOMPARE(processor.processBatchSequential(fakeScans(2)).processed, 2);
    }

    void resultsKeepTheOrderOfIntake_data() {
        QTest::addColumn<bool>("service");
        QTest::newRow("on the device") << false;
        QTest::newRow("service") << true;
    }
    void resultsKeepTheOrderOfIntake() {
        QFETCH(bool, service);
        FakeReader reader(service, [](int ballot, int, const CancelToken& cancel) {
            cancel.waitFor(std::chrono::milliseconds((ballot * 7) % 5));
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeSink sink;
        FakeProgress progress;
        BatchOptions options = fast();
        options.sink = &sink;
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(60);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, 60);
        QVERIFY(!result.stopped);
        QCOMPARE(reader.attempts(), 60);
        QCOMPARE(sink.results().size(), 60);
        QCOMPARE(sink.attempts().size(), 60);
        for (int i = 0; i < 60; ++i)
            for (const char* what : {"started", "attempt", "finished"})
                QCOMPARE(progress.count(what, i), 1);
        QCOMPARE(progress.events().back().what, QByteArray("done"));
        QVERIFY(!progress.overlapped());
    }

    void parallelAndSequentialAreEqual_data() {
        QTest::addColumn<bool>("service");
        QTest::newRow("on the device") << false;
        QTest::newRow("service") << true;
    }
    void parallelAndSequentialAreEqual() {
        QFETCH(bool, service);
        // Every kind of outcome, by the ballot's number alone.
        const auto answer = [](int ballot, int attempt, const CancelToken&) {
            if (ballot % 17 == 3 && attempt < 3)
                return failedWith(Reach::Retry);
            if (ballot % 19 == 4)
                return failedWith(Reach::Retry, QStringLiteral("network.timeout"));
            if (ballot % 23 == 5)
                return failedWith(Reach::Ballot, QStringLiteral("service.bad_request"));
            if (ballot % 29 == 6)
                throw std::runtime_error("broken reader");
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        };
        auto scans = fakeScans(200);
        scans[11].error = Error{QStringLiteral("intake.pdf_encrypted"), {}, {}};
        FakeReader first(service, answer);
        FakeReader second(service, answer);
        BatchOptions options = fast();
        options.workers = 8;
        BatchResult parallel = BatchProcessor(first, m_loader, m_judge, options).processBatch(scans);
        BatchResult sequential =
            BatchProcessor(second, m_loader, m_judge, options).processBatchSequential(scans);
        verifyOutcomes(parallel, scans);
        for (BatchResult* result : {&parallel, &sequential})
            for (BallotResult& ballot : result->results)
                ballot.elapsedMs = 0;
        QVERIFY(parallel.results == sequential.results);
        QVERIFY(parallel.errors == sequential.errors);
        QVERIFY(!parallel.errors.isEmpty());
        QCOMPARE(first.attempts(), second.attempts());
    }

    void sequentialReadsOneBallotAtATime() {
        std::atomic<int> inside = 0;
        std::atomic<int> most = 0;
        FakeReader reader(true, [&](int ballot, int attempt, const CancelToken&) {
            most = std::max<int>(most, ++inside);
            std::this_thread::yield();
            --inside;
            return attempt == 1 && ballot % 3 == 0 ? failedWith(Reach::Retry)
                                                   : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeProgress progress;
        BatchOptions options = fast();
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        verifyOutcomes(processor.processBatchSequential(fakeScans(12)), fakeScans(12));
        QCOMPARE(most.load(), 1);
        QCOMPARE(reader.mostAlive(), 1);
        // A ballot is finished, with its retries, before the next one starts.
        int open = -1;
        for (const auto& event : progress.events()) {
            if (event.what == "started") {
                QCOMPARE(open, -1);
                open = event.index;
            } else if (event.what == "finished") {
                open = -1;
            }
        }
    }

    void whatThrowsFailsItsOwnBallotOnly_data() {
        QTest::addColumn<QString>("where");
        for (const char* where : {"load", "attempt", "attempt, no exception type", "empty"})
            QTest::newRow(where) << QString::fromLatin1(where);
    }
    void whatThrowsFailsItsOwnBallotOnly() {
        QFETCH(QString, where);
        FakeLoader loader;
        if (where == QLatin1String("load"))
            loader.answer = [](const BallotScan& scan) -> Expected<QList<PageImage>> {
                if (numberOf(scan) == 2)
                    throw std::bad_alloc();
                return QList<PageImage>{};
            };
        FakeReader reader(false, [&](int ballot, int, const CancelToken&) {
            if (ballot == 2 && where == QLatin1String("attempt"))
                throw std::runtime_error("broken");
            if (ballot == 2 && where == QLatin1String("attempt, no exception type"))
                throw 7;
            if (ballot == 2 && where == QLatin1String("empty"))
                return ReadAttempt();
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchProcessor processor(reader, loader, m_judge, fast());
        const auto scans = fakeScans(8);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.errors.size(), 1);
        QCOMPARE(result.errors.constFirst().path, scans[2].file);
        QCOMPARE(result.errors.constFirst().code, QStringLiteral("internal.error"));
        QCOMPARE(reader.alive(), 0);
    }

    void unreadableScansFailWithoutBeingRead() {
        auto scans = fakeScans(3);
        scans[1].error = Error{QStringLiteral("intake.pdf_encrypted"), {}, {}};
        FakeLoader loader;
        loader.answer = [](const BallotScan& scan) -> Expected<QList<PageImage>> {
            if (numberOf(scan) == 2)
                return fail(QStringLiteral("intake.damaged"));
            return QList<PageImage>{};
        };
        FakeReader reader;
        FakeSink sink;
        BatchOptions options = fast();
        options.sink = &sink;
        options.describe = [](const Error& error) { return QStringLiteral("sentence of ") + error.code; };
        BatchProcessor processor(reader, loader, m_judge, options);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.errors, (QList<BatchError>{{scans[1].file, QStringLiteral("intake.pdf_encrypted"),
                                                    QStringLiteral("sentence of intake.pdf_encrypted")},
                                                   {scans[2].file, QStringLiteral("intake.damaged"),
                                                    QStringLiteral("sentence of intake.damaged")}}));
        QCOMPARE(loader.loads.load(), 2);
        QCOMPARE(reader.attempts(), 1);
        QCOMPARE(sink.results().size(), 3);
    }

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

    void ballotThatWaitsForItsRetryHoldsNoThread() {
        FakeClock clock;
        FakeReader reader(true, [](int ballot, int attempt, const CancelToken&) {
            return ballot < 5 && attempt == 1 ? failedWith(Reach::Retry)
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
        // Five wait, two workers: the other fifteen get through all the same, given time for their slots.
        for (int i = 0; i < 2000 && progress.count("finished") < 15; ++i) {
            clock.advance(1ms);
            std::this_thread::sleep_for(1ms);
        }
        QCOMPARE(progress.count("finished"), 15);
        QVERIFY(reader.alive() <= 2);
        for (int i = 0; i < 2000 && !run.done(); ++i) {
            clock.advance(100ms);
            std::this_thread::sleep_for(1ms);
        }
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

    void causeThatConcernsAllStopsTheBatch() {
        FakeProgress progress;
        FakeReader reader(true, [&progress](int ballot, int, const CancelToken& cancel) {
            // The cause comes when all before it are done, or a ballot that was not yet sent may be cut.
            for (int tries = 0; ballot == 6 && progress.count("finished") < 6 && tries < 2000; ++tries)
                cancel.waitFor(std::chrono::milliseconds(1));
            if (ballot == 6)
                return failedWith(Reach::Batch, QStringLiteral("service.key_refused"));
            return ballot < 6 ? ReadAttempt::success(FakeReader::dataOf(ballot)) : hang(cancel);
        });
        FakeSink sink;
        BatchOptions options = fast();
        options.workers = 3;
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
        // What is under way ends, nothing new begins.
        QTRY_COMPARE(progress.count("finished"), reader.attempts());
        const int before = reader.attempts();
        QVERIFY(before <= 12);
        QVERIFY(!CancelToken().waitFor(200ms));
        QCOMPARE(reader.attempts(), before);
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

    void preparedBallotsAreBounded() {
        for (const bool service : {true, false}) {
            FakeReader reader(service, [](int ballot, int attempt, const CancelToken& cancel) {
                cancel.waitFor(1ms);
                return attempt == 1 ? failedWith(Reach::Retry)
                                    : ReadAttempt::success(FakeReader::dataOf(ballot));
            });
            BatchOptions options = fast();
            options.workers = 3;
            options.backoffMin = 30ms;
            options.backoffMax = 60ms;
            BatchProcessor processor(reader, m_loader, m_judge, options);
            const auto scans = fakeScans(100);
            verifyOutcomes(processor.processBatch(scans), scans);
            // At work, ahead (workers + 2), and as many as there are workers that wait for their retry.
            QVERIFY2(reader.mostAlive() <= 3 + 5 + 3, qPrintable(QString::number(reader.mostAlive())));
            QCOMPARE(reader.alive(), 0);
        }
    }

    void elapsedTimeCountsWorkAndNotWaiting() {
        FakeReader reader(true, [](int ballot, int attempt, const CancelToken& cancel) {
            cancel.waitFor(20ms);
            return attempt == 1 ? failedWith(Reach::Retry) : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchOptions options = fast();
        options.backoffMin = 500ms;
        options.backoffMax = 500ms;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const BallotResult result = processor.processSingle(fakeScans(1).constFirst());
        QVERIFY2(result.elapsedMs >= 40 && result.elapsedMs < 400,
                 qPrintable(QString::number(result.elapsedMs)));
    }

    void rulesBetweenBallotsReviseWhatIsDone() {
        auto scans = fakeScans(3);
        scans[2].sha256 = scans[0].sha256;  // the same scan twice: W.302
        FakeReader reader(false, [](int ballot, int, const CancelToken&) {
            return ReadAttempt::success(FakeReader::dataOf(ballot == 2 ? 0 : ballot));
        });
        FakeSink sink;
        FakeProgress progress;
        BatchOptions options = fast();
        options.sink = &sink;
        options.progress = &progress;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const BatchResult result = processor.processBatch(scans);
        const auto isDuplicate = [&](int index) {
            for (const Finding& finding : result.results[index].findings)
                if (finding.code == QLatin1String("W.302"))
                    return true;
            return false;
        };
        QVERIFY(isDuplicate(0) || isDuplicate(2));
        QVERIFY(!isDuplicate(1));
        const int revised = static_cast<int>(isDuplicate(0)) + static_cast<int>(isDuplicate(2));
        QCOMPARE(progress.count("revised"), revised);
        QCOMPARE(sink.results().size(), 3 + revised);
        QCOMPARE(progress.events().back().what, QByteArray("done"));
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
        // A tenth of the window for the way from the gate to here, as the service would see it.
        for (size_t i = 20; i < sent.size(); ++i)
            QVERIFY(sent[i] - sent[i - 20] >= 900ms);
    }
};

QTEST_GUILESS_MAIN(TestBatchProcessor)
#include "tst_batchprocessor.moc"
