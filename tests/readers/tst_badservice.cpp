// SPDX-License-Identifier: GPL-3.0-or-later
// A service that goes away, changes its mind or lies in the middle of a batch: what becomes of the ballots.
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "../net/FakeServer.h"
#include "AiBatchTools.h"
#include "core/OtherReadings.h"
#include "net/HttpTransport.h"
#include "store/ProjectStore.h"

using namespace tallydesk;
using namespace tallydesk::aitest;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

FakeAnswer answerFor(const QByteArray& hash) {
    FakeAnswer answer;
    answer.body = completion(QString::fromUtf8(compact(derivedForm(hash))));
    return answer;
}

QByteArray hashOf(const FakeRequest& request) {
    return sha256(imagesIn(request.body).value(0));
}

FakeAnswer refusal(int status, const QByteArray& message = "no") {
    FakeAnswer answer;
    answer.status = status;
    answer.body = R"({"error":{"code":1,"message":")" + message + R"("}})";
    return answer;
}

BatchOptions quick() {
    BatchOptions options;
    options.requestsPerSecond = 100;
    options.workers = BatchOptions::kAutoWorkers;
    options.backoffMin = 20ms;
    options.backoffMax = 50ms;
    return options;
}

/// Stands for the on-device reader: reads what is truly on the page.
class Truth final : public BallotReader {
public:
    explicit Truth(const FormCatalog& forms) : m_forms(forms) {}
    QString id() const override { return QStringLiteral("on-device"); }
    bool usesService() const override { return false; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan, const QList<PageImage>& pages,
                                                      const CancelToken& cancel) override {
        auto prepared = std::make_shared<Page>();
        prepared->formId = scan.formId;
        prepared->hash =
            sha256(PageJpeg::encode(pages.first().image, ServiceSettings().maxPageBytes, cancel).value());
        return std::shared_ptr<PreparedBallot>(std::move(prepared));
    }
    ReadAttempt attempt(const PreparedBallot& ballot, int, const CancelToken&) override {
        const auto& page = static_cast<const Page&>(ballot);
        const auto data = ResponseParser(m_forms).parseContent(
            QString::fromUtf8(compact(derivedForm(page.hash))), m_forms.byId(page.formId).get());
        return ReadAttempt::success(data.value());
    }

private:
    struct Page final : PreparedBallot {
        QString formId;
        QByteArray hash;
    };
    const FormCatalog m_forms;
};

bool hasFinding(const BallotResult& result, const char* code) {
    return std::any_of(result.findings.begin(), result.findings.end(),
                       [&](const Finding& finding) { return finding.code == QLatin1String(code); });
}

}  // namespace

class TestBadService : public QObject {
    Q_OBJECT

    HttpTransport m_http;

    static QString api(const FakeServer& server) { return server.url(QStringLiteral("/api/v1")).toString(); }

    // The key or the credit goes in the middle: what is done stays done, resume reads the rest and sends
    // nothing twice.
    void endsInTheMiddle(int status, const QString& code) {
        constexpr int ballots = 40;
        QTemporaryDir folder;
        const SystemClock clock;
        const auto store =
            ProjectStore::open(folder.filePath(QStringLiteral("p")), ProjectStore::Access::ReadWrite, clock)
                .value();
        std::mutex mutex;
        QHash<QByteArray, int> answered;
        bool refuses = false;
        FakeServer server([&](const FakeRequest& request) {
            const std::lock_guard lock(mutex);
            if (answered.size() == 15 && refuses)
                return refusal(status);
            ++answered[hashOf(request)];
            FakeAnswer answer = answerFor(hashOf(request));
            answer.pauseMs = 5;
            return answer;
        });
        refuses = true;
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge{forms, Validator()};
        const SmallPages pages;
        ServiceSettings settings;
        settings.baseUrl = api(server);
        const auto reader =
            AiReader::create(m_http, forms, settings, SecretKey(secretKey()), store.get()).value();
        BatchOptions options = quick();
        options.sink = store.get();
        options.workers = status == 402 ? 8 : 1;
        BatchProcessor processor(*reader, pages, judge, options);
        const BatchResult first =
            processor.processBatch(store->beginRun(scans(ballots), reader->id()).value());
        QVERIFY(first.stopped);
        QCOMPARE(first.stopped->code, code);
        QVERIFY(first.errors.isEmpty());
        QCOMPARE(first.processed, 15);
        refuses = false;
        const auto rest = store->beginRun(scans(ballots), reader->id()).value();
        QCOMPARE(rest.size(), ballots - 15);
        const BatchResult second = processor.processBatch(rest);
        QVERIFY(!second.stopped);
        QCOMPARE(second.processed, ballots - 15);
        const std::lock_guard lock(mutex);
        QCOMPARE(answered.size(), ballots);
        for (const int times : std::as_const(answered))
            QCOMPARE(times, 1);
    }

private Q_SLOTS:
    // As long as sixty seconds are at the real waits of 4 to 60 seconds.
    void goneInTheMiddle() {
        constexpr int ballots = 60;
        const Pictures pictures(ballots);
        std::optional<Steady::time_point> from;
        int requests = 0;
        int whileGone = 0;
        FakeServer server([&](const FakeRequest& request) {
            if (++requests == 20)
                from = Steady::now();
            if (from && Steady::now() - *from < 600ms) {
                ++whileGone;
                FakeAnswer gone;
                gone.way = FakeAnswer::Way::ResetEarly;
                return gone;
            }
            return answerFor(hashOf(request));
        });
        BatchOptions options = quick();
        options.backoffMin = 40ms;
        options.backoffMax = 100ms;
        Records records;
        const BatchResult result = readBatch(m_http, api(server), ballots, options, records, 5s);
        checkNoneLost(result, records, pictures, ballots);
        QVERIFY(result.errors.isEmpty());
        QVERIFY2(whileGone < 25, qPrintable(QString::number(whileGone)));
    }

    void keyRefusedInTheMiddle() { endsInTheMiddle(401, QStringLiteral("service.key_refused")); }
    void creditUsedUpInTheMiddle() { endsInTheMiddle(402, QStringLiteral("service.credit_used_up")); }

    // Each answer takes longer than the one before, until they take eight times as long: the pace holds.
    void answersSlowerAndSlower() {
        constexpr int ballots = 100;
        const Pictures pictures(ballots);
        std::vector<Steady::time_point> times;
        FakeServer server([&](const FakeRequest& request) {
            times.push_back(Steady::now());
            FakeAnswer answer = answerFor(hashOf(request));
            answer.pauseMs = 50 + 4 * static_cast<int>(times.size());
            return answer;
        });
        BatchOptions options = quick();
        options.requestsPerSecond = 40;
        Records records;
        const BatchResult result = readBatch(m_http, api(server), ballots, options, records, 10s);
        checkNoneLost(result, records, pictures, ballots);
        QVERIFY(result.errors.isEmpty());
        const double sending = std::chrono::duration<double>(times.back() - times.front()).count();
        QVERIFY2(sending < 1.2 * (ballots - 1) / 40, qPrintable(QString::number(sending)));
    }

    // Numbers of another picture whose sums hold: no rule can tell, two readings can.
    void anotherImagesNumbersAreNotAccepted() {
        constexpr int ballots = 30;
        const Pictures pictures(ballots);
        QByteArray last = sha256("nobody's");
        FakeServer server([&](const FakeRequest& request) {
            const QByteArray hash = hashOf(request);
            const bool lies = static_cast<uchar>(hash.at(0)) % 3 == 0;
            const FakeAnswer answer = answerFor(lies ? last : hash);
            last = hash;
            return answer;
        });
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge{forms, Validator()};
        const SmallPages pages;
        ServiceSettings settings;
        settings.baseUrl = api(server);
        const auto reader = AiReader::create(m_http, forms, settings, SecretKey(secretKey())).value();
        Truth truth(forms);
        BatchOptions options = quick();
        options.further = {{&truth, FurtherReading::When::Always}};
        BatchProcessor processor(*reader, pages, judge, options);
        const BatchResult result = processor.processBatch(scans(ballots));
        QCOMPARE(result.processed, ballots);
        int lied = 0;
        for (const BallotResult& ballot : result.results) {
            const bool isWrong = !pictures.isOwnAnswer(ballot);
            lied += isWrong;
            QCOMPARE(hasFinding(ballot, "F.301"), isWrong);
            if (isWrong)
                QCOMPARE(ballot.status, BallotStatus::NeedsReview);
            // Both stand side by side.
            QCOMPARE(OtherReadings::of(ballot.data).size(), 1);
        }
        QVERIFY(lied > 3);
    }

    void hundredMegabytesAreNotTaken() {
        FakeServer server([&](const FakeRequest& request) {
            FakeAnswer answer = answerFor(hashOf(request));
            if (!request.body.contains("response_format"))
                return answer;
            answer.body = QByteArray(100 * 1024 * 1024, ' ');
            return answer;
        });
        BatchOptions options = quick();
        options.attempts = 2;
        Records records;
        const BatchResult result = readBatch(m_http, api(server), 2, options, records, 10s);
        QCOMPARE(result.errors.size(), 2);
        QCOMPARE(result.errors[0].code, QStringLiteral("network.answer_too_large"));
        QVERIFY(records.attempts.value(0).last().rawAnswer.isEmpty());
    }

    void oneByteASecondTripsTheDeadline() {
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = answerFor(hashOf(request));
            answer.way = FakeAnswer::Way::Drip;
            answer.pauseMs = 1000;
            return answer;
        });
        BatchOptions options = quick();
        options.attempts = 2;
        Records records;
        const auto from = Steady::now();
        const BatchResult result = readBatch(m_http, api(server), 3, options, records, 1500ms);
        QVERIFY(Steady::now() - from < 10s);
        QCOMPARE(result.errors.size(), 3);
        QCOMPARE(result.errors[0].code, QStringLiteral("network.timeout"));
    }

    // The engine in a hurry, cut at any moment: one outcome each, within a second.
    void cancelAtAHundredMoments() {
        const Pictures pictures(40);
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = answerFor(hashOf(request));
            const int chance = static_cast<uchar>(hashOf(request).at(2));
            answer.pauseMs = chance % 30;
            if (chance % 7 == 0)
                answer.way = FakeAnswer::Way::Hang;
            if (chance % 7 == 1)
                return refusal(503);
            return answer;
        });
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge{forms, Validator()};
        const SmallPages pages;
        ServiceSettings settings;
        settings.baseUrl = api(server);
        const auto reader = AiReader::create(m_http, forms, settings, SecretKey(secretKey())).value();
        Truth truth(forms);
        qint64 longest = 0;
        for (int round = 0; round < 100; ++round) {
            BatchOptions options = quick();
            options.requestsPerSecond = 400;
            if (round % 2)
                options.further = {{&truth, FurtherReading::When::Always}};
            Records records;
            options.sink = &records;
            BatchProcessor processor(*reader, pages, judge, options);
            CancelToken cancel;
            BatchResult result;
            std::thread run([&] { result = processor.processBatch(scans(40), cancel); });
            std::this_thread::sleep_for(std::chrono::milliseconds((round * 37) % 150));
            const auto from = Steady::now();
            cancel.cancel();
            run.join();
            const auto took =
                std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - from).count();
            longest = std::max<qint64>(longest, took);
            QVERIFY2(took < 1000, qPrintable(QString::number(took)));
            QCOMPARE(result.results.size(), 40);
            int kept = 0;
            for (int i = 0; i < 40; ++i) {
                const BallotResult& ballot = result.results[i];
                QCOMPARE(indexOf(ballot.scan), i);
                const bool isDone = ballot.status != BallotStatus::Cancelled;
                kept += isDone;
                QCOMPARE(records.outcomes.contains(i), isDone);
                if (isDone && ballot.status != BallotStatus::Failed)
                    QVERIFY(pictures.isOwnAnswer(ballot));
            }
            QCOMPARE(result.processed, kept);
        }
        qInfo("longest: %lld ms", longest);
    }
};

QTEST_GUILESS_MAIN(TestBadService)
#include "tst_badservice.moc"
