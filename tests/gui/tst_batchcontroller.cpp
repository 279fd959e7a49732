// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include "batch/FakeReader.h"
#include "gui/BatchController.h"

using namespace tallydesk;
using namespace std::chrono_literals;
using Phase = BatchController::Phase;

namespace {

// What the window sees of a run.
struct Bench {
    explicit Bench(FakeReader::Answer answer = {}, bool service = false)
        : reader(std::make_shared<FakeReader>(service, std::move(answer))),
          model(BallotWords(*FormCatalog::builtIn(), MessageCatalog::builtIn())),
          tester(&model),
          controller(tools()) {
        QObject::connect(&controller, &BatchController::changed, &model, &BallotTableModel::apply);
        QObject::connect(&controller, &BatchController::finished, &model, &BallotTableModel::endRun);
    }

    RunTools tools() {
        RunTools result;
        result.makeReader = [this](const ReaderChoice&) -> Expected<ReaderSet> {
            if (trouble)
                return tl::make_unexpected(*trouble);
            ReaderSet set;
            set.reader = reader;
            return set;
        };
        result.pages = std::make_shared<FakeLoader>();
        result.forms = *FormCatalog::builtIn();
        result.clock = &clock;
        return result;
    }

    BatchJob job(int count) {
        BatchJob result;
        result.scans = fakeScans(count);
        QList<BallotResult> unread;
        for (const BallotScan& scan : result.scans) {
            BallotResult ballot;
            ballot.scan = scan;
            unread.append(ballot);
        }
        model.append(unread);
        result.options.workers = 4;
        result.options.backoffMin = 1ms;
        result.options.backoffMax = 1ms;
        return result;
    }

    int unread() const { return model.countOf(ShownState::NotRead); }

    std::optional<Error> trouble;
    SystemClock clock;
    std::shared_ptr<FakeReader> reader;
    BallotTableModel model;
    QAbstractItemModelTester tester;
    BatchController controller;
};

ReadAttempt slow(int ballot, int, const CancelToken& cancel) {
    cancel.waitFor(20ms);
    return ReadAttempt::success(FakeReader::dataOf(ballot));
}

ReadAttempt hanging(int, int, const CancelToken& cancel) {
    while (!cancel.waitFor(1h)) {
    }
    return failedWith(FailureReach::Cancelled, QStringLiteral("cancelled"));
}

}  // namespace

class TestBatchController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyBallotEndsInOneState() {
        Bench bench([](int ballot, int, const CancelToken&) {
            return ballot % 5 == 0 ? failedWith(FailureReach::Ballot)
                                   : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        QSignalSpy finished(&bench.controller, &BatchController::finished);
        QSignalSpy changed(&bench.controller, &BatchController::changed);
        bench.controller.start(bench.job(500));
        QCOMPARE(bench.model.countOf(ShownState::Waiting), 500);
        QVERIFY(finished.wait());
        QCOMPARE(bench.model.countOf(ShownState::Failed), 100);
        QCOMPARE(bench.model.countOf(ShownState::NeedsReview), 400);
        QCOMPARE(bench.controller.figures().done, 500);
        QCOMPARE(bench.controller.figures().failed, 100);
        QCOMPARE(bench.controller.phase(), Phase::Idle);
        // Changes come merged: far fewer than the 1,000 events of such a run.
        QVERIFY2(changed.size() < 100, qPrintable(QString::number(changed.size())));
    }

    void pauseHoldsAndResumeGoesOn() {
        Bench bench(slow);
        QSignalSpy finished(&bench.controller, &BatchController::finished);
        bench.controller.start(bench.job(100));
        QTRY_VERIFY(bench.controller.figures().done > 3);
        bench.controller.pause();
        QCOMPARE(bench.controller.phase(), Phase::Paused);
        // What was under way ends; then nothing moves.
        QTRY_COMPARE(bench.model.countOf(ShownState::Reading), 0);
        const int attempts = bench.reader->attempts();
        QVERIFY(attempts < 100);
        QVERIFY(!finished.wait(300));
        QCOMPARE(bench.reader->attempts(), attempts);
        bench.controller.resume();
        QVERIFY(finished.wait());
        QCOMPARE(bench.controller.figures().done, 100);
        QCOMPARE(bench.unread(), 0);
    }

    void pauseCountsBeforeTheReaderIsThere() {
        Bench bench;
        QSignalSpy finished(&bench.controller, &BatchController::finished);
        bench.controller.start(bench.job(5));
        bench.controller.pause();
        QVERIFY(!finished.wait(300));
        QCOMPARE(bench.reader->attempts(), 0);
        bench.controller.resume();
        QVERIFY(finished.wait());
        QCOMPARE(bench.unread(), 0);
    }

    void stopEndsWithinASecondAndKeepsWhatWasKnown() {
        Bench bench(hanging);
        BatchJob job = bench.job(20);
        BallotResult failed;
        failed.scan = job.scans[3];
        failed.status = BallotStatus::Failed;
        failed.error = Error{QStringLiteral("network.timeout"), {}, {}};
        bench.model.setResults({failed});
        QSignalSpy finished(&bench.controller, &BatchController::finished);
        bench.controller.start(job);
        QTRY_COMPARE(bench.controller.phase(), Phase::Running);
        QTRY_COMPARE(bench.model.countOf(ShownState::Reading), 4);
        QElapsedTimer timer;
        timer.start();
        bench.controller.stop();
        QVERIFY(finished.wait());
        QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(finished[0][1].toBool(), true);
        QCOMPARE(bench.unread(), 19);
        QCOMPARE(bench.model.at(3).result, failed);
    }

    void readerThatCantBeMadeStopsTheRun() {
        Bench bench;
        bench.trouble = Error{QStringLiteral("service.key_refused"), {}, {}};
        QSignalSpy finished(&bench.controller, &BatchController::finished);
        bench.controller.start(bench.job(5));
        QVERIFY(finished.wait());
        QCOMPARE(finished[0][0].value<std::optional<Error>>()->code, QStringLiteral("service.key_refused"));
        QCOMPARE(bench.unread(), 5);
        // The next run may go better.
        bench.trouble.reset();
        BatchJob again = bench.job(5);
        bench.controller.start(again);
        QVERIFY(finished.wait());
        QCOMPARE(bench.unread(), 0);
    }

    void aRetryIsShownWithItsTime() {
        Bench bench(
            [](int ballot, int attempt, const CancelToken&) {
                return attempt == 1 ? failedWith(FailureReach::Retry)
                                    : ReadAttempt::success(FakeReader::dataOf(ballot));
            },
            true);
        BatchJob job = bench.job(1);
        job.options.requestsPerSecond = 1000;
        job.options.backoffMin = 500ms;
        job.options.backoffMax = 500ms;
        QSignalSpy finished(&bench.controller, &BatchController::finished);
        bench.controller.start(job);
        QTRY_COMPARE(bench.model.countOf(ShownState::Retrying), 1);
        QVERIFY(bench.model.at(0).retryAt > QDateTime::currentDateTimeUtc().addMSecs(-500));
        QVERIFY(finished.wait());
        QCOMPARE(bench.model.at(0).attempt, 2);
        QCOMPARE(bench.model.stateAt(0), ShownState::NeedsReview);
    }

    void destroyedInTheMiddleOfARun() {
        QElapsedTimer timer;
        {
            Bench bench(hanging);
            bench.controller.start(bench.job(10));
            QTRY_COMPARE(bench.model.countOf(ShownState::Reading), 4);
            timer.start();
        }
        QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
    }

    void paceSaysHowLongTheRestTakes() {
        RunPace pace;
        QVERIFY(!pace.perMinute());
        pace.note(0s, 0);
        pace.note(1s, 1);
        QVERIFY(!pace.timeLeft(10));
        pace.note(10s, 20);
        QCOMPARE(*pace.perMinute(), 120.0);
        QCOMPARE(pace.timeLeft(60)->count(), 30'000);
        // A slower minute takes over from the beginning.
        for (int second = 11; second <= 80; ++second)
            pace.note(std::chrono::seconds(second), 20 + (second - 10) / 2);
        QVERIFY(*pace.perMinute() < 31.0);
    }
};

QTEST_MAIN(TestBatchController)
#include "tst_batchcontroller.moc"
