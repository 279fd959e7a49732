// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <stdexcept>
#include <thread>

#include "BatchTestTools.h"

using namespace tallydesk;
using namespace tallydesk::batchtest;
using namespace std::chrono_literals;
using Reach = FailureReach;

class TestBatchProcessor : public QObject {
    Q_OBJECT

    const BallotJudge m_judge{FormCatalog(), Validator()};
    FakeLoader m_loader;

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
};

QTEST_GUILESS_MAIN(TestBatchProcessor)
#include "tst_batchprocessor.moc"
