// SPDX-License-Identifier: GPL-3.0-or-later
// What went wrong in an earlier system for this job, each as a test by the name of the trouble, through the
// whole chain (batch, gate, AiReader, HTTP) wherever the trouble could come back.
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "../net/FakeServer.h"
#include "AiBatchTools.h"
#include "net/HttpTransport.h"
#include "store/ProjectStore.h"

using namespace tallydesk;
using namespace tallydesk::aitest;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

FakeAnswer ownAnswer(const FakeRequest& request) {
    FakeAnswer answer;
    const QByteArray hash = sha256(imagesIn(request.body).value(0));
    answer.body = completion(QString::fromUtf8(compact(derivedForm(hash))));
    return answer;
}

FakeAnswer refusal(int status, const QByteArray& retryAfter = {}) {
    FakeAnswer answer;
    answer.status = status;
    answer.body = R"({"error":{"code":)" + QByteArray::number(status) + R"(,"message":"upstream says no"}})";
    if (!retryAfter.isEmpty())
        answer.headers.append({"Retry-After", retryAfter});
    return answer;
}

BatchOptions quick() {
    BatchOptions options;
    options.requestsPerSecond = 500;
    options.workers = 8;
    options.backoffMin = 5ms;
    options.backoffMax = 20ms;
    return options;
}

/// Lets through at most `count` requests in any `window` and says how long the others are to wait.
class Enforcer {
public:
    Enforcer(size_t count, Steady::duration window) : m_count(count), m_window(window) {}
    /// Nullopt when the request may pass.
    std::optional<FakeAnswer> refuse() {
        const auto now = Steady::now();
        if (m_accepted.size() >= m_count) {
            const auto opens = m_accepted[m_accepted.size() - m_count] + m_window;
            if (opens > now) {
                ++refused;
                const double wait = std::chrono::duration<double>(opens - now).count() + 0.01;
                return refusal(429, QByteArray::number(wait, 'f', 3));
            }
        }
        m_accepted.push_back(now);
        return std::nullopt;
    }
    std::atomic<int> refused = 0;

private:
    const size_t m_count;
    const Steady::duration m_window;
    std::vector<Steady::time_point> m_accepted;
};

BallotData readContent(const QJsonObject& form) {
    const FormCatalog forms = FormCatalog::builtIn().value();
    const auto data = ResponseParser(forms).parseContent(
        QString::fromUtf8(compact(form)), forms.byId(QStringLiteral("5-18-constituency")).get());
    return data.value();
}

}  // namespace

class TestOldTroubles : public QObject {
    Q_OBJECT

    HttpTransport m_http;

    static QString api(const FakeServer& server) { return server.url(QStringLiteral("/api/v1")).toString(); }

private Q_SLOTS:
    void httpErrorThatNeverReachesTheRetry_data() {
        QTest::addColumn<int>("status");
        for (const int status : {408, 429, 500, 502, 503, 504, 529})
            QTest::addRow("%d", status) << status;
    }
    void httpErrorThatNeverReachesTheRetry() {
        QFETCH(int, status);
        const Pictures pictures(6);
        QSet<QByteArray> seen;
        FakeServer server([&](const FakeRequest& request) {
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            if (seen.contains(hash))
                return ownAnswer(request);
            seen.insert(hash);
            return refusal(status);
        });
        Records records;
        const BatchResult result = readBatch(m_http, api(server), 6, quick(), records, 5s);
        checkNoneLost(result, records, pictures, 6);
        QVERIFY(result.errors.isEmpty());
        QCOMPARE(server.requestCount(), 12);
    }

    void retryThatTakesNoSlot() {
        std::vector<Steady::time_point> times;
        FakeServer server([&](const FakeRequest&) {
            times.push_back(Steady::now());
            return refusal(500);
        });
        BatchOptions options = quick();
        options.requestsPerSecond = 20;
        Records records;
        readBatch(m_http, api(server), 5, options, records, 5s);
        QCOMPARE(times.size(), size_t(15));
        for (size_t i = 5; i < times.size(); ++i)
            QVERIFY(times[i] - times[i - 5] >= 180ms);
    }

    // Slots that are taken before the pictures are ready let requests leave together when they are.
    void slotTakenBeforeTheImageIsPrepared() {
        class SlowPages final : public PageLoader {
        public:
            Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
                // All of the first ten are ready at the same moment.
                std::this_thread::sleep_until(m_from + (indexOf(scan) < 10 ? 600ms : 0ms));
                return QList<PageImage>{{smallPage(indexOf(scan)), 1, 1.0}};
            }

        private:
            const Steady::time_point m_from = Steady::now();
        };
        std::vector<Steady::time_point> times;
        FakeServer server([&](const FakeRequest& request) {
            times.push_back(Steady::now());
            return ownAnswer(request);
        });
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge{forms, Validator()};
        const SlowPages pages;
        ServiceSettings settings;
        settings.baseUrl = api(server);
        const auto reader = AiReader::create(m_http, forms, settings, SecretKey(secretKey())).value();
        BatchOptions options = quick();
        options.requestsPerSecond = 20;
        BatchProcessor processor(*reader, pages, judge, options);
        QCOMPARE(processor.processBatch(scans(20)).processed, 20);
        for (size_t i = 4; i < times.size(); ++i)
            QVERIFY2(times[i] - times[i - 4] >= 150ms, qPrintable(QString::number(i)));
    }

    void retryAfterIgnored_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("windowMs");
        QTest::addColumn<double>("rate");
        // Both ten times faster than they were: 2 in a second, and 20 in a minute asked at 2 a second.
        QTest::newRow("2 a second") << 2 << 100 << 20.0;
        QTest::newRow("20 a minute") << 20 << 2000 << 40.0;
    }
    void retryAfterIgnored() {
        QFETCH(int, count);
        QFETCH(int, windowMs);
        QFETCH(double, rate);
        constexpr int ballots = 100;
        const Pictures pictures(ballots);
        Enforcer enforcer(static_cast<size_t>(count), std::chrono::milliseconds(windowMs));
        FakeServer server([&](const FakeRequest& request) {
            const auto refused = enforcer.refuse();
            return refused ? *refused : ownAnswer(request);
        });
        BatchOptions options = quick();
        options.workers = BatchOptions::kAutoWorkers;
        options.requestsPerSecond = rate;
        Records records;
        const BatchResult result = readBatch(m_http, api(server), ballots, options, records, 5s);
        checkNoneLost(result, records, pictures, ballots);
        QCOMPARE(result.errors.size(), 0);
        QVERIFY2(enforcer.refused <= 30, qPrintable(QString::number(enforcer.refused)));
    }

    // Ballots that wait for their retry give up their pages, not what their first attempt taught.
    void largerRoomForTheAnswerIsForgotten_data() {
        QTest::addColumn<bool>("parallel");
        QTest::newRow("parallel") << true;
        QTest::newRow("one at a time") << false;
    }
    void largerRoomForTheAnswerIsForgotten() {
        QFETCH(bool, parallel);
        constexpr int ballots = 4;
        const Pictures pictures(ballots);
        QHash<QByteArray, QList<int>> room;
        FakeServer server([&](const FakeRequest& request) {
            const int tokens =
                QJsonDocument::fromJson(request.body).object().value(QLatin1String("max_tokens")).toInt();
            room[sha256(imagesIn(request.body).value(0))].append(tokens);
            FakeAnswer answer = ownAnswer(request);
            if (tokens < 16384)
                answer.body = completion(QStringLiteral("{\"form"), QStringLiteral("length"));
            return answer;
        });
        BatchOptions options = quick();
        options.workers = 1;
        options.backoffMin = 200ms;
        options.backoffMax = 200ms;
        Records records;
        const BatchResult result = readBatch(m_http, api(server), ballots, options, records, 5s, parallel);
        checkNoneLost(result, records, pictures, ballots);
        QVERIFY(result.errors.isEmpty());
        QCOMPARE(server.requestCount(), 2 * ballots);
        for (const QList<int>& asked : std::as_const(room))
            QCOMPARE(asked, (QList<int>{8192, 16384}));
    }

    void identicalScansPaidTwice() {
        class SamePage final : public PageLoader {
        public:
            Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
                return QList<PageImage>{{smallPage(indexOf(scan) % 2), 1, 1.0}};
            }
        };
        QTemporaryDir folder;
        const SystemClock clock;
        const auto store =
            ProjectStore::open(folder.filePath(QStringLiteral("p")), ProjectStore::Access::ReadWrite, clock)
                .value();
        std::atomic<int> calls = 0;
        FakeServer server([&](const FakeRequest& request) {
            // The first of all fails: the others do not wait for it for ever.
            if (++calls == 1)
                return refusal(503);
            FakeAnswer answer = ownAnswer(request);
            answer.pauseMs = 100;
            return answer;
        });
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge{forms, Validator()};
        const SamePage pages;
        ServiceSettings settings;
        settings.baseUrl = api(server);
        const auto reader =
            AiReader::create(m_http, forms, settings, SecretKey(secretKey()), store.get()).value();
        BatchOptions options = quick();
        options.sink = store.get();
        BatchProcessor processor(*reader, pages, judge, options);
        const BatchResult result = processor.processBatch(store->beginRun(scans(8), reader->id()).value());
        QVERIFY(result.errors.isEmpty());
        QCOMPARE(result.processed, 8);
        QCOMPARE(server.requestCount(), 3);
        QCOMPARE(result.usage.requests, 3);
    }

    void timeOutThatADrippingAnswerNeverTrips() {
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = ownAnswer(request);
            answer.way = FakeAnswer::Way::Drip;
            answer.pauseMs = 20;
            return answer;
        });
        BatchOptions options = quick();
        options.attempts = 1;
        Records records;
        const auto from = Steady::now();
        const BatchResult result = readBatch(m_http, api(server), 2, options, records, 500ms);
        QVERIFY(Steady::now() - from < 5s);
        QCOMPARE(result.errors.size(), 2);
        QCOMPARE(result.errors[0].code, QStringLiteral("network.timeout"));
    }

    void votesThatLoseTheBallot_data() {
        QTest::addColumn<QJsonValue>("digits");
        QTest::addColumn<std::optional<qint64>>("read");
        QTest::newRow("null") << QJsonValue() << std::optional<qint64>();
        QTest::newRow("text") << QJsonValue(QStringLiteral("153")) << std::optional<qint64>(153);
        QTest::newRow("Thai") << QJsonValue(QStringLiteral("๑๕๓")) << std::optional<qint64>(153);
        QTest::newRow("comma") << QJsonValue(QStringLiteral("1,204")) << std::optional<qint64>(1204);
    }
    void votesThatLoseTheBallot() {
        QFETCH(QJsonValue, digits);
        QFETCH(std::optional<qint64>, read);
        QJsonObject form = derivedForm(sha256("a"));
        QJsonArray rows = form.value(QLatin1String("rows")).toArray();
        QJsonObject row = rows[2].toObject();
        row.insert(QStringLiteral("digits"), digits);
        row.insert(QStringLiteral("words"), QJsonValue());
        rows[2] = row;
        form.insert(QStringLiteral("rows"), rows);
        const BallotData data = readContent(form);
        QCOMPARE(data.rows.size(), 6);
        QCOMPARE(data.rows[2].entry.digits, read);
        // Nothing is made of what is not there.
        QCOMPARE(data.rows[2].entry.value, read);
    }

    void countsAboveACapTurnedToZero() {
        QJsonObject form = derivedForm(sha256("a"));
        QJsonArray rows = form.value(QLatin1String("rows")).toArray();
        for (const qint64 votes : {1'001, 99'999, 1'000'000}) {
            QJsonObject row = number(votes);
            row.insert(QStringLiteral("no"), 1);
            rows[0] = row;
            form.insert(QStringLiteral("rows"), rows);
            QCOMPARE(readContent(form).rows[0].entry.value, std::optional<qint64>(votes));
        }
    }

    void totalsOverwrittenByTheSum() {
        QJsonObject form = derivedForm(sha256("a"));
        form.insert(QStringLiteral("total"), number(7));
        QJsonObject figures = form.value(QLatin1String("figures")).toObject();
        figures.insert(QStringLiteral("valid"), number(8));
        form.insert(QStringLiteral("figures"), figures);
        const BallotData data = readContent(form);
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotResult judged =
            BallotJudge(forms, Validator()).judge(scans(1)[0], data, QStringLiteral("ai:m"));
        QCOMPARE(judged.data.total->value, std::optional<qint64>(7));
        QCOMPARE(judged.data.figures.value(QStringLiteral("valid")).value, std::optional<qint64>(8));
        QCOMPARE(judged.status, BallotStatus::NeedsReview);
    }

    void failedBallotSkippedForEverOnResume() {
        QTemporaryDir folder;
        const SystemClock clock;
        const auto store =
            ProjectStore::open(folder.filePath(QStringLiteral("p")), ProjectStore::Access::ReadWrite, clock)
                .value();
        bool fails = true;
        FakeServer server(
            [&](const FakeRequest& request) { return fails ? refusal(413) : ownAnswer(request); });
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge{forms, Validator()};
        const SmallPages pages;
        ServiceSettings settings;
        settings.baseUrl = api(server);
        const auto reader =
            AiReader::create(m_http, forms, settings, SecretKey(secretKey()), store.get()).value();
        BatchOptions options = quick();
        options.sink = store.get();
        BatchProcessor processor(*reader, pages, judge, options);
        const auto first = store->beginRun(scans(3), reader->id()).value();
        QCOMPARE(processor.processBatch(first).errors.size(), 3);
        fails = false;
        const auto again = store->beginRun(scans(3), reader->id()).value();
        QCOMPARE(again.size(), 3);
        QVERIFY(processor.processBatch(again).errors.isEmpty());
        QVERIFY(store->beginRun(scans(3), reader->id()).value().isEmpty());
    }

    void resultsOfAnotherBatchLeakingIn() {
        const Pictures pictures(20);
        FakeServer server(ownAnswer);
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge{forms, Validator()};
        const SmallPages pages;
        ServiceSettings settings;
        settings.baseUrl = api(server);
        const auto reader = AiReader::create(m_http, forms, settings, SecretKey(secretKey())).value();
        BatchProcessor processor(*reader, pages, judge, quick());
        const auto all = scans(20);
        const BatchResult first = processor.processBatch(all.mid(0, 12));
        const BatchResult second = processor.processBatch(all.mid(12));
        QCOMPARE(second.total, 8);
        QCOMPARE(second.results.size(), 8);
        QCOMPARE(second.usage.requests, 8);
        for (const BallotResult& ballot : first.results + second.results)
            QVERIFY(pictures.isOwnAnswer(ballot));
    }

    void statusThatIsPrintedButNotInTheError() {
        FakeServer server([](const FakeRequest&) { return refusal(503); });
        Records records;
        const BatchResult result = readBatch(m_http, api(server), 1, quick(), records, 5s);
        const Error error = result.results[0].error.value();
        QCOMPARE(error.code, QStringLiteral("service.unavailable"));
        QVERIFY(error.args.contains(QStringLiteral("503")));
        QVERIFY(error.detail.contains(QStringLiteral("503")));
        QVERIFY(error.detail.contains(QStringLiteral("upstream says no")));
        QCOMPARE(records.attempts.value(0).last().httpStatus, 503);
    }

    // Answers that overtake each other, refusals that change how a request is made: each ballot has its own.
    void stateOfOneWorkerSeenByAnother() {
        constexpr int ballots = 120;
        const Pictures pictures(ballots);
        QSet<QByteArray> refused;
        FakeServer server([&](const FakeRequest& request) {
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            if (static_cast<uchar>(hash.at(1)) % 5 == 0 && !refused.contains(hash)) {
                refused.insert(hash);
                return refusal(400);
            }
            FakeAnswer answer = ownAnswer(request);
            answer.pauseMs = static_cast<uchar>(hash.at(0)) % 40;
            return answer;
        });
        BatchOptions options = quick();
        options.workers = 24;
        Records records;
        const BatchResult result = readBatch(m_http, api(server), ballots, options, records, 10s);
        checkNoneLost(result, records, pictures, ballots);
        QVERIFY(result.errors.isEmpty());
        // A ballot that was refused and sent otherwise changes no other ballot's request.
        for (const FakeRequest& request : server.requests()) {
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            if (!refused.contains(hash))
                QVERIFY(request.body.contains("response_format"));
        }
    }

    void wallClockSetBackThatStopsTheGate() {
        // Nothing of the gate's waiting is read from the wall clock: the year may be any.
        class OldClock final : public Clock {
        public:
            TimePoint now() const override { return m_clock.now(); }
            QDateTime utcNow() const override {
                // An hour back with every look.
                return m_clock.utcNow().addSecs(-3600 * ++m_looks);
            }

        private:
            const SystemClock m_clock;
            mutable std::atomic<int> m_looks = 0;
        } clock;
        FakeServer server(ownAnswer);
        BatchOptions options = quick();
        options.requestsPerSecond = 50;
        options.clock = &clock;
        Records records;
        const auto from = Steady::now();
        const BatchResult result = readBatch(m_http, api(server), 20, options, records, 5s);
        QCOMPARE(result.processed, 20);
        QVERIFY(Steady::now() - from < 10s);
    }

    void oneTcpConnectionPerRequest() {
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = ownAnswer(request);
            answer.pauseMs = 40;
            return answer;
        });
        BatchOptions options = quick();
        options.requestsPerSecond = 100;
        options.workers = BatchOptions::kAutoWorkers;
        Records records;
        const BatchResult result = readBatch(m_http, api(server), 150, options, records, 5s);
        QCOMPARE(result.processed, 150);
        QCOMPARE(server.requestCount(), 150);
        // Some 4 under way, and those that wait at the gate.
        QVERIFY2(server.connectionCount() <= 50, qPrintable(QString::number(server.connectionCount())));
    }
};

QTEST_GUILESS_MAIN(TestOldTroubles)
#include "tst_oldtroubles.moc"
