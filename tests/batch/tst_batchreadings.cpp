// SPDX-License-Identifier: GPL-3.0-or-later
// Further readings of the same ballot, blind to the first (cross-check, second model), and answers that are
// known already.
#include <QTest>

#include "BatchTestTools.h"
#include "core/OtherReadings.h"

using namespace tallydesk;
using namespace tallydesk::batchtest;
using namespace std::chrono_literals;
using Reach = FailureReach;

namespace {

/// Reads a sound ballot of a form with rows 1..2 whose numbers a test can change; the judge accepts it.
class NumbersReader final : public BallotReader {
public:
    using Answer = std::function<ReadAttempt(int ballot, int attempt)>;
    NumbersReader(QString id, bool service, Answer answer)
        : m_id(std::move(id)), m_service(service), m_answer(std::move(answer)) {}

    QString id() const override { return m_id; }
    bool usesService() const override { return m_service; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan, const QList<PageImage>&,
                                                      const CancelToken&) override {
        auto prepared = std::make_shared<Prepared>();
        prepared->by = this;
        prepared->number = numberOf(scan);
        return std::shared_ptr<PreparedBallot>(std::move(prepared));
    }
    std::optional<ReadAttempt> recall(const PreparedBallot& ballot) override {
        const int number = static_cast<const Prepared&>(ballot).number;
        if (!known.contains(number))
            return std::nullopt;
        return m_answer(number, 1);
    }
    ReadAttempt attempt(const PreparedBallot& ballot, int number, const CancelToken&) override {
        ++attempts;
        ofOthers += static_cast<const Prepared&>(ballot).by != this;
        return m_answer(static_cast<const Prepared&>(ballot).number, number);
    }

    QList<int> known;
    std::atomic<int> attempts = 0;
    /// Attempts at what another reader had prepared.
    std::atomic<int> ofOthers = 0;

private:
    struct Prepared final : PreparedBallot {
        const NumbersReader* by = nullptr;
        int number = 0;
    };
    const QString m_id;
    const bool m_service;
    const Answer m_answer;
};

VoteEntry number(qint64 value) {
    VoteEntry entry;
    entry.value = value;
    entry.digits = value;
    entry.words = QStringLiteral("w");
    entry.wordsValue = value;
    entry.confidence = 0.999;
    return entry;
}

BallotData sound(int ballot, qint64 firstRow = 7) {
    BallotData data;
    data.formId = QStringLiteral("5-16-constituency");
    data.formCode = QStringLiteral("5/16");
    data.partyList = false;
    const auto header = [&](const char* key, std::optional<QString> text, std::optional<qint64> value) {
        HeaderValue field;
        field.text = text;
        field.number = value;
        field.confidence = 0.999;
        data.header.insert(QLatin1String(key), field);
    };
    header("province", QStringLiteral("แพร่"), {});
    header("constituency", {}, 1);
    header("committee", {}, ballot + 1);
    header("polling_unit", {}, ballot + 1);
    const qint64 valid = firstRow + 3;
    data.figures = {{QStringLiteral("received"), number(valid + 1)},
                    {QStringLiteral("valid"), number(valid)},
                    {QStringLiteral("invalid"), number(0)},
                    {QStringLiteral("no_vote"), number(1)}};
    data.rows = {{1, number(firstRow)}, {2, number(3)}};
    data.total = number(valid);
    data.readerNotes = {{QStringLiteral("model"), QStringLiteral("m")},
                        {QStringLiteral("answer_id"), QStringLiteral("gen-%1").arg(ballot)}};
    return data;
}

constexpr double kPrice = 0.01;

ReadAttempt paidAnswer(int ballot, int) {
    CancelToken().waitFor(5ms);
    ReadAttempt answer = ReadAttempt::success(sound(ballot));
    answer.usage.requests = 1;
    answer.usage.cost = kPrice;
    return answer;
}

bool hasFinding(const BallotResult& result, const char* code) {
    return std::any_of(result.findings.begin(), result.findings.end(),
                       [&](const Finding& finding) { return finding.code == QLatin1String(code); });
}

}  // namespace

class TestBatchReadings : public QObject {
    Q_OBJECT

    const FormCatalog m_forms = FormCatalog::builtIn().value();
    const BallotJudge m_judge{m_forms, Validator()};
    FakeLoader m_loader;

    BatchResult read(BallotReader& first, const QList<FurtherReading>& further, int ballots,
                     bool parallel = true, ResultSink* sink = nullptr) {
        BatchOptions options = fast();
        options.further = further;
        options.sink = sink;
        BatchProcessor processor(first, m_loader, m_judge, options);
        return parallel ? processor.processBatch(fakeScans(ballots))
                        : processor.processBatchSequential(fakeScans(ballots));
    }

private Q_SLOTS:
    void crossCheckAcceptsOnlyWhatBothReadAlike_data() {
        QTest::addColumn<bool>("firstIsService");
        QTest::addColumn<bool>("parallel");
        QTest::newRow("service first") << true << true;
        QTest::newRow("service first, one at a time") << true << false;
        QTest::newRow("device first") << false << true;
    }
    void crossCheckAcceptsOnlyWhatBothReadAlike() {
        QFETCH(bool, firstIsService);
        QFETCH(bool, parallel);
        const auto id = [](bool service) {
            return service ? QStringLiteral("ai:m") : QStringLiteral("on-device");
        };
        NumbersReader first(id(firstIsService), firstIsService,
                            [](int ballot, int) { return ReadAttempt::success(sound(ballot)); });
        // A consistent reading of another number, which no sum betrays.
        NumbersReader second(id(!firstIsService), !firstIsService, [](int ballot, int) {
            return ReadAttempt::success(sound(ballot, ballot % 3 == 0 ? 8 : 7));
        });
        FakeSink sink;
        const BatchResult result =
            read(first, {{&second, FurtherReading::When::Always}}, 12, parallel, &sink);
        QCOMPARE(result.processed, 12);
        QCOMPARE(sink.results().size(), 12);
        for (int i = 0; i < 12; ++i) {
            const BallotResult& ballot = result.results[i];
            const bool differs = i % 3 == 0;
            QStringList codes;
            for (const Finding& finding : ballot.findings)
                codes.append(finding.code);
            QVERIFY2((ballot.status == BallotStatus::Accepted) == !differs, qPrintable(codes.join(u' ')));
            QCOMPARE(hasFinding(ballot, "F.301"), differs);
            QCOMPARE(ballot.reader, id(firstIsService));
            QCOMPARE(ballot.attempts, 2);
            // Both readings are kept side by side, each with its reader, model and answer.
            const QList<OtherReading> others = OtherReadings::of(ballot.data);
            QCOMPARE(others.size(), 1);
            QCOMPARE(others[0].reader, id(!firstIsService));
            QCOMPARE(others[0].data.rows.value(0).entry.value, std::optional<qint64>(differs ? 8 : 7));
            QCOMPARE(others[0].data.readerNotes[u"answer_id"].toString(), QStringLiteral("gen-%1").arg(i));
            QCOMPARE(ballot.data.rows[0].entry.value, std::optional<qint64>(7));
        }
    }

    void witnessThatFailsSendsToReview() {
        NumbersReader first(QStringLiteral("ai:m"), true,
                            [](int ballot, int) { return ReadAttempt::success(sound(ballot)); });
        NumbersReader second(QStringLiteral("on-device"), false, [](int ballot, int) {
            return ballot == 1 ? failedWith(Reach::Ballot, QStringLiteral("ondevice.no_table"))
                               : ReadAttempt::success(sound(ballot));
        });
        const BatchResult result = read(first, {{&second, FurtherReading::When::Always}}, 3);
        QCOMPARE(result.results[0].status, BallotStatus::Accepted);
        QCOMPARE(result.results[1].status, BallotStatus::NeedsReview);
        QVERIFY(hasFinding(result.results[1], "F.301"));
        QCOMPARE(OtherReadings::of(result.results[1].data).value(0).errorCode,
                 std::optional(QStringLiteral("ondevice.no_table")));
    }

    void secondModelReadsOnlyWhatWasFlagged() {
        const auto flagged = [](int ballot) { return ballot % 4 == 1; };
        NumbersReader first(QStringLiteral("ai:m"), true, [&](int ballot, int) {
            BallotData data = sound(ballot);
            if (flagged(ballot))
                data.total = number(999);
            return ReadAttempt::success(data);
        });
        NumbersReader second(QStringLiteral("ai:other"), true, [](int ballot, int attempt) {
            return attempt == 1 ? failedWith(Reach::Retry) : ReadAttempt::success(sound(ballot));
        });
        const BatchResult result = read(first, {{&second, FurtherReading::When::Flagged}}, 12);
        QCOMPARE(first.attempts.load(), 12);
        QCOMPARE(second.attempts.load(), 6);
        for (int i = 0; i < 12; ++i) {
            const BallotResult& ballot = result.results[i];
            QCOMPARE(ballot.status == BallotStatus::NeedsReview, flagged(i));
            QCOMPARE(hasFinding(ballot, "F.301"), flagged(i));
            QCOMPARE(ballot.attempts, flagged(i) ? 3 : 1);
            // A model that reads it better is evidence for a person; it settles nothing.
            if (flagged(i))
                QCOMPARE(ballot.data.total->value, std::optional<qint64>(999));
        }
    }

    void secondModelThatFailsLeavesTheFirstReading() {
        NumbersReader first(QStringLiteral("ai:m"), true, [&](int ballot, int) {
            BallotData data = sound(ballot);
            data.total = number(999);
            return ReadAttempt::success(data);
        });
        NumbersReader second(QStringLiteral("ai:other"), true, [](int, int) {
            return failedWith(Reach::Ballot, QStringLiteral("service.refused_content"));
        });
        const BatchResult result = read(first, {{&second, FurtherReading::When::Flagged}}, 2);
        QVERIFY(result.errors.isEmpty());
        QCOMPARE(result.results[0].status, BallotStatus::NeedsReview);
        QVERIFY(!hasFinding(result.results[0], "F.301"));
    }

    void eachReaderAttemptsWhatItPreparedItself() {
        NumbersReader first(QStringLiteral("ai:m"), true, [&](int ballot, int) {
            BallotData data = sound(ballot);
            data.total = number(999);
            return ReadAttempt::success(data);
        });
        NumbersReader fails(QStringLiteral("ai:fails"), true, [](int, int) {
            return failedWith(Reach::Ballot, QStringLiteral("service.refused_content"));
        });
        NumbersReader other(QStringLiteral("ai:other"), true,
                            [](int ballot, int) { return ReadAttempt::success(sound(ballot)); });
        const BatchResult result =
            read(first, {{&fails, FurtherReading::When::Always}, {&other, FurtherReading::When::Flagged}}, 4);
        QCOMPARE(result.processed, 4);
        for (const NumbersReader* reader : {&first, &fails, &other}) {
            QCOMPARE(reader->attempts.load(), 4);
            QCOMPARE(reader->ofOthers.load(), 0);
        }
    }

    void stopBetweenTheReadingsAcceptsNothing() {
        NumbersReader first(QStringLiteral("ai:m"), true,
                            [](int ballot, int) { return ReadAttempt::success(sound(ballot)); });
        NumbersReader second(QStringLiteral("ai:other"), true, [](int, int) {
            return failedWith(Reach::Batch, QStringLiteral("service.key_refused"));
        });
        FakeSink sink;
        const BatchResult result = read(first, {{&second, FurtherReading::When::Always}}, 6, true, &sink);
        QCOMPARE(result.stopped->code, QStringLiteral("service.key_refused"));
        QCOMPARE(result.processed, 0);
        QVERIFY(sink.results().isEmpty());
    }

    // What is paid for is settled: the reading on the device that it waits for costs nothing.
    void endOfBudgetOrQuotaLeavesNoPaidAnswerBehind_data() {
        QTest::addColumn<bool>("parallel");
        QTest::addColumn<bool>("quota");
        for (const bool parallel : {false, true})
            for (const bool quota : {false, true})
                QTest::addRow("%s, %s", parallel ? "parallel" : "one at a time", quota ? "quota" : "budget")
                    << parallel << quota;
    }
    void endOfBudgetOrQuotaLeavesNoPaidAnswerBehind() {
        QFETCH(bool, parallel);
        QFETCH(bool, quota);
        NumbersReader first(QStringLiteral("ai:m"), true, paidAnswer);
        NumbersReader second(QStringLiteral("on-device"), false, [](int ballot, int) {
            CancelToken().waitFor(20ms);
            return ReadAttempt::success(sound(ballot));
        });
        FakeSink sink;
        BatchOptions options = fast();
        options.further = {{&second, FurtherReading::When::Always}};
        options.sink = &sink;
        if (quota)
            options.perDay = 6;
        else
            options.budget = 0.06;
        BatchProcessor processor(first, m_loader, m_judge, options);
        const auto scans = fakeScans(20);
        const BatchResult result =
            parallel ? processor.processBatch(scans) : processor.processBatchSequential(scans);
        QVERIFY(result.stopped);
        QCOMPARE(result.stopped->code,
                 quota ? QStringLiteral("batch.quota_reached") : QStringLiteral("batch.budget_reached"));
        QCOMPARE(first.attempts.load(), 6);
        QCOMPARE(second.attempts.load(), 6);
        QCOMPARE(result.processed, 6);
        QCOMPARE(sink.results().size(), 6);
        for (const BallotResult& ballot : sink.results()) {
            QCOMPARE(ballot.status, BallotStatus::Accepted);
            QCOMPARE(OtherReadings::of(ballot.data).size(), 1);
        }
    }

    void budgetForAllBallotsStopsNothing_data() {
        QTest::addColumn<bool>("parallel");
        QTest::newRow("parallel") << true;
        QTest::newRow("one at a time") << false;
    }
    void budgetForAllBallotsStopsNothing() {
        QFETCH(bool, parallel);
        NumbersReader first(QStringLiteral("ai:m"), true, paidAnswer);
        NumbersReader second(QStringLiteral("on-device"), false,
                             [](int ballot, int) { return ReadAttempt::success(sound(ballot)); });
        BatchOptions options = fast();
        options.further = {{&second, FurtherReading::When::Always}};
        options.budget = 0.03;
        BatchProcessor processor(first, m_loader, m_judge, options);
        const auto scans = fakeScans(3);
        const BatchResult result =
            parallel ? processor.processBatch(scans) : processor.processBatchSequential(scans);
        QVERIFY(!result.stopped);
        QCOMPARE(result.processed, 3);
    }

    void cancelEndsTheReadingsThatAUsedUpQuotaLeft() {
        NumbersReader first(QStringLiteral("ai:m"), true, paidAnswer);
        std::atomic<bool> isReading = false;
        FakeReader second(false, [&](int, int, const CancelToken& cancel) {
            isReading = true;
            return hang(cancel);
        });
        BatchOptions options = fast();
        options.further = {{&second, FurtherReading::When::Always}};
        options.workers = 8;
        options.perDay = 6;
        BatchProcessor processor(first, m_loader, m_judge, options);
        InBackground run(processor, fakeScans(20));
        QTRY_VERIFY(isReading && first.attempts == 6);
        processor.cancel();
        QCOMPARE(run.result().processed, 0);
    }

    void budgetBindsWhereTheDeviceReadsFirst_data() {
        QTest::addColumn<int>("workers");
        QTest::addColumn<double>("budget");
        for (const double budget : {0.0, 0.03}) {
            QTest::addRow("auto, %g", budget) << BatchOptions::kAutoWorkers << budget;
            QTest::addRow("eight, %g", budget) << 8 << budget;
            QTest::addRow("one at a time, %g", budget) << -1 << budget;
        }
    }
    void budgetBindsWhereTheDeviceReadsFirst() {
        QFETCH(int, workers);
        QFETCH(double, budget);
        NumbersReader first(QStringLiteral("on-device"), false,
                            [](int ballot, int) { return ReadAttempt::success(sound(ballot)); });
        NumbersReader second(QStringLiteral("ai:m"), true, paidAnswer);
        BatchOptions options = fast();
        options.further = {{&second, FurtherReading::When::Always}};
        options.workers = std::max(workers, 0);
        options.budget = budget;
        BatchProcessor processor(first, m_loader, m_judge, options);
        const auto scans = fakeScans(30);
        const BatchResult result =
            workers < 0 ? processor.processBatchSequential(scans) : processor.processBatch(scans);
        const int paid = qRound(budget / kPrice);
        QCOMPARE(second.attempts.load(), paid);
        QCOMPARE(result.processed, paid);
        QVERIFY(result.stopped);
        QCOMPARE(result.stopped->code, QStringLiteral("batch.budget_reached"));
    }

    void knownAnswerCostsNoSlotAndNoAttempt() {
        NumbersReader first(QStringLiteral("ai:m"), true,
                            [](int ballot, int) { return ReadAttempt::success(sound(ballot)); });
        first.known = {0, 1, 2, 3, 4, 5, 6, 7};
        BatchOptions options;
        options.requestsPerSecond = 0.01;
        BatchProcessor processor(first, m_loader, m_judge, options);
        // Only the ninth is sent: the first slot is free.
        const BatchResult result = processor.processBatch(fakeScans(9));
        QCOMPARE(result.processed, 9);
        QCOMPARE(first.attempts.load(), 1);
        QCOMPARE(result.results[3].attempts, 0);
        QCOMPARE(result.results[3].status, BallotStatus::Accepted);
    }

    void otherReadingsComeBackAsTheyWere() {
        BallotData data;
        OtherReading other{QStringLiteral("ai:m"), sound(3), std::nullopt};
        for (auto it = other.data.header.begin(); it != other.data.header.end(); ++it)
            it->confidence.reset();
        other.data.rows[1].entry.mark = Mark::Struck;
        other.data.rows.append({3, VoteEntry()});
        const OtherReading none{QStringLiteral("on-device"), {}, QStringLiteral("ondevice.no_table")};
        OtherReadings::add(data, other);
        OtherReadings::add(data, none);
        QCOMPARE(OtherReadings::of(data), (QList<OtherReading>{other, none}));
    }
};

QTEST_GUILESS_MAIN(TestBatchReadings)
#include "tst_batchreadings.moc"
