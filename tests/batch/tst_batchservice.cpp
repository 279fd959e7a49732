// SPDX-License-Identifier: GPL-3.0-or-later
// How a batch deals with its service as a whole: as many requests under way as the pace needs, outages, a
// pace that the service does not bear, money.
#include <QTest>
#include <random>
#include <thread>

#include "BatchTestTools.h"
#include "FakeClock.h"
#include "batch/PaceControl.h"

using namespace tallydesk;
using namespace tallydesk::batchtest;
using namespace std::chrono_literals;
using Reach = FailureReach;
using Steady = std::chrono::steady_clock;

namespace {

/// Counts how many requests are under way.
class UnderWay {
public:
    void begin() {
        const int now = ++m_now;
        int most = m_most;
        while (now > most && !m_most.compare_exchange_weak(most, now)) {
        }
    }
    void end() { --m_now; }
    int now() const { return m_now; }
    int most() const { return m_most; }

private:
    std::atomic<int> m_now = 0;
    std::atomic<int> m_most = 0;
};

ReadAttempt paid(int ballot, double cost) {
    ReadAttempt answer = ReadAttempt::success(FakeReader::dataOf(ballot));
    answer.usage.requests = 1;
    answer.usage.cost = cost;
    answer.usage.promptTokens = 100;
    answer.usage.completionTokens = 20;
    return answer;
}

ReadFailure gone() {
    ReadFailure failure;
    failure.error.code = QStringLiteral("network.connection");
    failure.reach = Reach::Retry;
    return failure;
}

/// Notes the pace and the sums that are told.
class FakeListener final : public BatchProgress {
public:
    void paused(const Error& reason, std::optional<QDateTime>) override {
        const std::lock_guard lock(m_mutex);
        m_pauses.append(reason.code);
    }
    void resumed() override { ++m_resumed; }
    void paceChanged(double rate) override {
        const std::lock_guard lock(m_mutex);
        m_paces.append(rate);
    }
    void spent(const ServiceUsage& sum) override {
        const std::lock_guard lock(m_mutex);
        m_sum = sum;
    }
    QStringList pauses() const {
        const std::lock_guard lock(m_mutex);
        return m_pauses;
    }
    QList<double> paces() const {
        const std::lock_guard lock(m_mutex);
        return m_paces;
    }
    ServiceUsage sum() const {
        const std::lock_guard lock(m_mutex);
        return m_sum;
    }
    int resumedCount() const { return m_resumed; }

private:
    mutable std::mutex m_mutex;
    QStringList m_pauses;
    QList<double> m_paces;
    ServiceUsage m_sum;
    std::atomic<int> m_resumed = 0;
};

}  // namespace

class TestBatchService : public QObject {
    Q_OBJECT

    const BallotJudge m_judge{FormCatalog(), Validator()};
    FakeLoader m_loader;

private Q_SLOTS:
    void autoWorkersFillEverySlotWhateverTheLatency() {
        constexpr int ballots = 100;
        constexpr double rate = 50;
        UnderWay underWay;
        std::atomic<int> next = 0;
        std::mt19937 random(7);
        std::lognormal_distribution<double> latencies(std::log(0.25), 0.6);
        std::vector<std::chrono::milliseconds> latency;
        for (int i = 0; i < ballots; ++i)
            latency.push_back(std::chrono::milliseconds(std::lround(1000 * latencies(random))));
        std::mutex mutex;
        std::vector<Steady::time_point> sent;
        FakeReader reader(true, [&](int ballot, int, const CancelToken& cancel) {
            {
                const std::lock_guard lock(mutex);
                sent.push_back(Steady::now());
            }
            underWay.begin();
            cancel.waitFor(latency[static_cast<size_t>(next++)]);
            underWay.end();
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchOptions options = fast();
        options.requestsPerSecond = rate;
        options.workers = BatchOptions::kAutoWorkers;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(ballots);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, ballots);
        // Whatever a busy machine adds is far below what one idle worker's slots would.
        const double sending = std::chrono::duration<double>(sent.back() - sent.front()).count();
        QVERIFY2(sending < 1.15 * (ballots - 1) / rate, qPrintable(QString::number(sending)));
        QVERIFY2(underWay.most() > 10, qPrintable(QString::number(underWay.most())));
        // Some at the gate, the rest under way: no thread for each ballot.
        QVERIFY2(reader.mostAlive() < 80, qPrintable(QString::number(reader.mostAlive())));
    }

    void autoWorkersNeverExceedTheirBound() {
        UnderWay underWay;
        FakeReader reader(true, [&](int ballot, int, const CancelToken& cancel) {
            underWay.begin();
            cancel.waitFor(300ms);
            underWay.end();
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchOptions options = fast();
        options.workers = BatchOptions::kAutoWorkers;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(150);
        const BatchResult result = processor.processBatch(scans);
        QCOMPARE(result.processed, 150);
        QVERIFY(underWay.most() <= BatchOptions::kMostWorkers);
        QVERIFY(underWay.most() > 30);
    }

    void serviceGoneForAWhileLosesNoBallot_data() {
        QTest::addColumn<bool>("parallel");
        QTest::newRow("parallel") << true;
        QTest::newRow("one at a time") << false;
    }
    void serviceGoneForAWhileLosesNoBallot() {
        QFETCH(bool, parallel);
        const auto from = Steady::now();
        std::atomic<int> duringOutage = 0;
        UnderWay probes;
        FakeReader reader(true, [&](int ballot, int, const CancelToken& cancel) {
            const auto since = Steady::now() - from;
            const bool isGone = since > 100ms && since < 900ms;
            cancel.waitFor(2ms);
            if (!isGone)
                return ReadAttempt::success(FakeReader::dataOf(ballot));
            ++duringOutage;
            return ReadAttempt::failed(gone());
        });
        FakeListener listener;
        BatchOptions options = fast();
        options.requestsPerSecond = 100;
        options.backoffMin = 20ms;
        options.backoffMax = 20ms;
        options.progress = &listener;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(60);
        const BatchResult result =
            parallel ? processor.processBatch(scans) : processor.processBatchSequential(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.processed, 60);
        if (parallel)
            QVERIFY2(result.errors.isEmpty(), qPrintable(result.errors.value(0).path));
        else  // the one that met the first failures may have used up its attempts before the outage showed
            QVERIFY(result.errors.size() <= 1);
        QVERIFY(listener.pauses().contains(QStringLiteral("batch.service_away")));
        QCOMPARE(listener.resumedCount(), 1);
        // Five failures, those under way beside them, then single looks at growing intervals: at a request
        // every 10 ms eighty would have gone out.
        QVERIFY2(duringOutage < 25, qPrintable(QString::number(duringOutage)));
    }

    void whileTheServiceIsGoneOneRequestLooksAtATime() {
        FakeClock clock;
        std::atomic<bool> isGone = true;
        FakeReader reader(true, [&](int ballot, int, const CancelToken&) {
            return isGone ? ReadAttempt::failed(gone()) : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeListener listener;
        BatchOptions options;
        options.requestsPerSecond = kNoPace;
        options.workers = 8;
        options.clock = &clock;
        options.progress = &listener;
        OutageOptions outage;
        outage.firstProbe = 4s;
        outage.longestProbe = 60s;
        outage.patienceUnproven = 1h;
        options.outage = outage;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(40);
        InBackground run(processor, scans);
        for (int i = 0; i < 100 && listener.pauses().isEmpty(); ++i) {
            clock.advance(1ms);
            std::this_thread::sleep_for(2ms);
        }
        QTRY_COMPARE(processor.limiter().waiting(), 8);
        const int before = reader.attempts();
        QVERIFY2(before >= 5 && before <= 8, qPrintable(QString::number(before)));
        // Looks after 4, 8, 16, 32, 60 seconds.
        int looks = 0;
        for (const auto wait : {4s, 8s, 16s, 32s, 60s, 60s}) {
            clock.advance(wait - 1s);
            std::this_thread::sleep_for(20ms);
            QCOMPARE(reader.attempts(), before + looks);
            clock.advance(1s);
            ++looks;
            QTRY_COMPARE(reader.attempts(), before + looks);
            QTRY_COMPARE(listener.pauses().size(), 1 + looks);
            QTRY_VERIFY(processor.limiter().waiting() >= 7);
        }
        isGone = false;
        clock.advance(60s);
        QTRY_COMPARE(listener.resumedCount(), 1);
        for (int i = 0; i < 20000 && !run.done(); ++i) {
            clock.advance(10ms);
            std::this_thread::sleep_for(100us);
        }
        const BatchResult result = run.result();
        verifyOutcomes(result, scans);
        QVERIFY(result.errors.isEmpty());
    }

    void serviceGoneForTooLongStopsTheBatch() {
        FakeReader reader(true, [&](int, int, const CancelToken&) { return ReadAttempt::failed(gone()); });
        BatchOptions options = fast();
        OutageOptions outage;
        outage.firstProbe = 5ms;
        outage.longestProbe = 20ms;
        outage.patienceUnproven = 200ms;
        options.outage = outage;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(300);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.stopped->code, QStringLiteral("network.connection"));
        // Each look was made by another ballot; so none has used up its attempts for nothing.
        QVERIFY(result.errors.isEmpty());
        QVERIFY(reader.attempts() < 60);
    }

    void refusalsShowThatTheServiceIsThere() {
        OutageWatch watch;
        const Clock::TimePoint now{};
        for (int i = 0; i < 4; ++i)
            QVERIFY(watch.failed(false, now) == OutageWatch::Advice::GoOn);
        QVERIFY(watch.answered() == OutageWatch::Advice::GoOn);
        for (int i = 0; i < 4; ++i)
            QVERIFY(watch.failed(false, now) == OutageWatch::Advice::GoOn);
        QVERIFY(watch.failed(false, now) == OutageWatch::Advice::Probe);
        // What was under way beside it changes nothing.
        QVERIFY(watch.failed(false, now) == OutageWatch::Advice::GoOn);
        QCOMPARE(watch.wait(), std::chrono::milliseconds(4000));
        QVERIFY(watch.failed(true, now + 4s) == OutageWatch::Advice::Probe);
        QCOMPARE(watch.wait(), std::chrono::milliseconds(8000));
        QVERIFY(watch.answered() == OutageWatch::Advice::Resume);
        ReadFailure limited;
        limited.error.code = QStringLiteral("service.rate_limited");
        limited.httpStatus = 429;
        QVERIFY(!OutageWatch::concernsEverybody(limited));
        ReadFailure silent;
        silent.error.code = QStringLiteral("network.timeout");
        QVERIFY(OutageWatch::concernsEverybody(silent));
        silent.httpStatus = 200;
        QVERIFY(!OutageWatch::concernsEverybody(silent));
    }

    void repeatedRefusalsHalveThePaceWhichGrowsBack() {
        PaceControl pace;
        Clock::TimePoint now{std::chrono::hours(1)};
        // One that says how long to wait only pauses.
        QVERIFY(!pace.refused(now - 1s, now, true));
        // One that was under way beside it is no second one.
        QVERIFY(!pace.refused(now - 500ms, now + 1s, true));
        now += 30s;
        QCOMPARE(pace.refused(now - 1s, now, true), std::optional(0.5));
        now += 30s;
        QCOMPARE(pace.refused(now - 1s, now, true), std::optional(0.25));
        QCOMPARE(pace.letThrough(), std::optional(0.3));
        for (int i = 0; i < 20; ++i)
            pace.letThrough();
        QVERIFY(!pace.letThrough());
        // One without a wait lowers the pace at once.
        now += 1h;
        QCOMPARE(pace.refused(now - 1s, now, false), std::optional(0.5));
    }

    // A service that refuses one in ten for no limit's sake was asked ever more slowly.
    void refusalsByChanceDoNotStarveTheBatch() {
        PaceControl pace;
        Clock::TimePoint now{std::chrono::hours(1)};
        double share = 1.0;
        double sum = 0;
        for (int i = 1; i <= 1000; ++i) {
            now += 500ms;
            const auto changed = i % 10 == 0 ? pace.refused(now - 100ms, now, false) : pace.letThrough();
            share = changed.value_or(share);
            sum += share;
        }
        QVERIFY2(sum / 1000 > 0.65, qPrintable(QString::number(sum / 1000)));
    }

    void refusedPaceIsShownAndHeld() {
        std::mutex mutex;
        std::vector<Steady::time_point> accepted;
        // A service that bears 20 requests in any half second and says how long to wait.
        FakeReader reader(true, [&](int ballot, int, const CancelToken&) {
            const std::lock_guard lock(mutex);
            const auto now = Steady::now();
            const size_t count = accepted.size();
            if (count >= 20 && now - accepted[count - 20] < 500ms) {
                auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(accepted[count - 20] +
                                                                                  500ms - now + 1ms);
                ReadAttempt refused =
                    failedWith(Reach::Retry, QStringLiteral("service.rate_limited"), wait, true);
                refused.failure->httpStatus = 429;
                return refused;
            }
            accepted.push_back(now);
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        FakeListener listener;
        BatchOptions options = fast();
        options.requestsPerSecond = 200;
        options.workers = BatchOptions::kAutoWorkers;
        options.progress = &listener;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(100);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QVERIFY2(result.errors.isEmpty(), qPrintable(QString::number(result.errors.size())));
        QVERIFY(!listener.paces().isEmpty());
        QVERIFY(listener.paces().first() < 200);
        // The set pace itself is as it was.
        QCOMPARE(qRound(processor.limiter().rate()), 200);
    }

    void costsAreSummed() {
        FakeReader reader(true, [](int ballot, int, const CancelToken&) { return paid(ballot, 0.25); });
        FakeListener listener;
        BatchOptions options = fast();
        options.progress = &listener;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const BatchResult result = processor.processBatch(fakeScans(8));
        QCOMPARE(result.usage.requests, 8);
        QCOMPARE(result.usage.cost, 2.0);
        QCOMPARE(result.usage.promptTokens, 800);
        QCOMPARE(listener.sum(), result.usage);
    }

    void budgetIsNeverExceeded_data() {
        QTest::addColumn<int>("workers");
        QTest::newRow("auto") << BatchOptions::kAutoWorkers;
        QTest::newRow("five") << 5;
        QTest::newRow("one at a time") << -1;
    }
    void budgetIsNeverExceeded() {
        QFETCH(int, workers);
        FakeReader reader(true, [](int ballot, int, const CancelToken& cancel) {
            cancel.waitFor(5ms);
            return paid(ballot, 0.01);
        });
        FakeSink sink;
        BatchOptions options = fast();
        options.workers = std::max(workers, 0);
        options.budget = 0.10;
        options.sink = &sink;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(40);
        const BatchResult result =
            workers < 0 ? processor.processBatchSequential(scans) : processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.stopped->code, QStringLiteral("batch.budget_reached"));
        QCOMPARE(result.processed, 10);
        QCOMPARE(reader.attempts(), 10);
        QCOMPARE(sink.results().size(), 10);
    }

    void nothingIsSentWithoutABudgetLeft() {
        FakeReader reader(true, [](int ballot, int, const CancelToken&) { return paid(ballot, 0.01); });
        BatchOptions options = fast();
        options.budget = 0.0;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const BatchResult result = processor.processBatch(fakeScans(5));
        QCOMPARE(result.stopped->code, QStringLiteral("batch.budget_reached"));
        QCOMPARE(reader.attempts(), 0);
    }

    // What costs nothing waits for no price.
    void budgetDoesNotSlowTheReaderOnTheDevice() {
        UnderWay underWay;
        FakeReader reader(false, [&](int ballot, int, const CancelToken& cancel) {
            underWay.begin();
            cancel.waitFor(20ms);
            underWay.end();
            return ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchOptions options = fast();
        options.workers = 4;
        options.budget = 1.0;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        QCOMPARE(processor.processBatch(fakeScans(12)).processed, 12);
        QVERIFY(underWay.most() > 1);
    }

    // What is paid for is waited for.
    void usedUpQuotaLetsRequestsUnderWayEnd() {
        UnderWay underWay;
        FakeReader reader(true, [&](int ballot, int, const CancelToken& cancel) {
            underWay.begin();
            const bool cut = cancel.waitFor(200ms);
            underWay.end();
            return cut ? failedWith(Reach::Cancelled, QStringLiteral("cancelled"))
                       : ReadAttempt::success(FakeReader::dataOf(ballot));
        });
        BatchOptions options = fast();
        options.workers = 8;
        options.perDay = 6;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const auto scans = fakeScans(20);
        const BatchResult result = processor.processBatch(scans);
        verifyOutcomes(result, scans);
        QCOMPARE(result.stopped->code, QStringLiteral("batch.quota_reached"));
        QCOMPARE(reader.attempts(), 6);
        QCOMPARE(result.processed, 6);
    }

    void requestsOfAnEarlierRunCountForTheDay() {
        class Ledger final : public RequestLedger {
        public:
            std::vector<std::chrono::nanoseconds> ages() const override { return {23h, 2h, 1h}; }
            void note() override { ++noted; }
            std::atomic<int> noted = 0;
        } ledger;
        FakeReader reader(true);
        BatchOptions options = fast();
        options.workers = 1;
        options.perDay = 5;
        options.ledger = &ledger;
        BatchProcessor processor(reader, m_loader, m_judge, options);
        const BatchResult result = processor.processBatch(fakeScans(10));
        QCOMPARE(result.stopped->code, QStringLiteral("batch.quota_reached"));
        QCOMPARE(result.processed, 2);
        QCOMPARE(ledger.noted.load(), 2);
    }
};

QTEST_GUILESS_MAIN(TestBatchService)
#include "tst_batchservice.moc"
