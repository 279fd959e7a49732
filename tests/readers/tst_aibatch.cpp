// SPDX-License-Identifier: GPL-3.0-or-later
// 200 ballots through the whole chain (batch, gate, AiReader, HTTP) against services that fail in every way:
// each is read or failed with its exact cause, none lost, none given another's answer, none read twice.
#include <QDir>
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "../net/FakeServer.h"
#include "AiTestTools.h"
#include "batch/BatchProcessor.h"
#include "net/HttpTransport.h"
#include "readers/ai/AiReader.h"
#include "readers/ai/PageJpeg.h"

using namespace tallydesk;
using namespace tallydesk::aitest;
using namespace std::chrono_literals;

namespace {

constexpr int kBallots = 200;
const QString kKey = QStringLiteral("sk-or-v1-topsecret0123456789");

int indexOf(const BallotScan& scan) {
    return scan.file.section(u'-', 1).section(u'.', 0, 0).toInt();
}

class SmallPages final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        return QList<PageImage>{{smallPage(indexOf(scan)), 1, 1.0}};
    }
};

class Records final : public ResultSink {
public:
    Expected<void> keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) override {
        const std::lock_guard lock(m_mutex);
        attempts[indexOf(scan)].append(attempt);
        return {};
    }
    Expected<void> keepResult(const BallotResult& result) override {
        const std::lock_guard lock(m_mutex);
        ++outcomes[indexOf(result.scan)];
        return {};
    }

    QHash<int, QList<AttemptRecord>> attempts;
    QHash<int, int> outcomes;

private:
    std::mutex m_mutex;
};

QList<BallotScan> scans() {
    QList<BallotScan> result;
    for (int i = 0; i < kBallots; ++i) {
        BallotScan scan;
        scan.file = QStringLiteral("ballot-%1.png").arg(i, 4, 10, QLatin1Char('0'));
        scan.pageNumbers = {1};
        scan.sha256 = QString::fromLatin1(sha256(scan.file.toUtf8()).toHex());
        scan.formId = QStringLiteral("5-18-constituency");
        result.append(scan);
    }
    return result;
}

/// Hash of the picture that the service gets for a ballot.
QByteArray imageHash(int index) {
    return sha256(PageJpeg::encode(smallPage(index), ServiceSettings().maxPageBytes, {}).value());
}

bool isOwnAnswer(const BallotResult& result, const QByteArray& hash) {
    if (result.data.rows.size() != 6)
        return false;
    for (int i = 0; i < 6; ++i) {
        const TallyRow& row = result.data.rows[i];
        if (row.no != i + 1 || row.entry.value != std::optional<qint64>(static_cast<uchar>(hash.at(i))))
            return false;
    }
    return result.data.header.value(QStringLiteral("polling_unit")).number ==
           std::optional<qint64>(1 + static_cast<uchar>(hash.at(8)));
}

/// Measures for how long this machine lets a thread that is due wait. On an overloaded one requests leave
/// late and crowd together, which says nothing about the gate.
class StallMeter {
public:
    StallMeter() : m_thread([this] { measure(); }) {}
    ~StallMeter() { longest(); }
    std::chrono::milliseconds longest() {
        {
            const std::lock_guard lock(m_mutex);
            m_done = true;
        }
        m_changed.notify_all();
        if (m_thread.joinable())
            m_thread.join();
        return m_longest;
    }

private:
    void measure() {
        std::unique_lock lock(m_mutex);
        while (!m_done) {
            const auto due = std::chrono::steady_clock::now() + 5ms;
            if (m_changed.wait_until(lock, due, [this] { return m_done; }))
                return;
            m_longest = std::max(m_longest, std::chrono::duration_cast<std::chrono::milliseconds>(
                                                std::chrono::steady_clock::now() - due));
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_done = false;
    std::chrono::milliseconds m_longest{0};
    std::thread m_thread;
};

/// One way of a service to fail (or to answer oddly but rightly), and the code it must end in.
struct Fault {
    const char* name;
    const char* code;     // empty: a right answer
    bool retried = true;  // false: this ballot fails at once
};

const QList<Fault>& faults() {
    static const QList<Fault> all{
        {"408", "service.timeout"},
        {"413", "service.too_large", false},
        {"422", "service.bad_request", false},
        {"429", "service.rate_limited"},
        {"500", "service.unavailable"},
        {"502", "service.unavailable"},
        {"503", "service.unavailable"},
        {"504", "service.unavailable"},
        {"529", "service.unavailable"},
        {"reset_early", "network.connection"},
        {"close", "network.connection"},
        {"hang", "network."},
        {"truncated", "reader.answer_cut_off"},
        {"truncated_http", "reader.answer_not_json"},
        {"error200", "service.error_in_answer"},
        {"choice_error", "service.error_in_answer"},
        {"prose", "reader.answer_prose"},
        {"empty_choices", "reader.no_choices"},
        {"null_content", "reader.no_content"},
        {"length", "reader.answer_too_long"},
        {"content_filter", "reader.content_filtered", false},
        {"prose_json", ""},
        {"fenced", ""},
    };
    return all;
}

FakeAnswer faulty(const QByteArray& name, const QString& content) {
    FakeAnswer answer;
    answer.body = completion(content);
    bool isStatus = false;
    const int status = name.toInt(&isStatus);
    if (isStatus) {
        answer.status = status;
        answer.body = R"({"error":{"code":1,"message":"injected"}})";
    } else if (name == "reset_early") {
        answer.way = FakeAnswer::Way::ResetEarly;
    } else if (name == "close") {
        answer.way = FakeAnswer::Way::Truncated;
    } else if (name == "hang") {
        answer.way = FakeAnswer::Way::Hang;
    } else if (name == "truncated") {
        answer.body = completion(content.left(content.size() / 2));
    } else if (name == "truncated_http") {
        answer.body = answer.body.left(answer.body.size() * 2 / 3);
    } else if (name == "error200") {
        answer.body = R"({"error":{"code":502,"message":"overloaded"}})";
    } else if (name == "choice_error") {
        answer.body = R"({"choices":[{"finish_reason":"error","error":{"code":502,"message":"x"},)"
                      R"("message":{"content":""}}]})";
    } else if (name == "prose") {
        answer.body = completion(QStringLiteral("I can't read this form."));
    } else if (name == "empty_choices") {
        answer.body = R"({"choices":[]})";
    } else if (name == "null_content") {
        answer.body = R"({"choices":[{"finish_reason":"stop","message":{"content":null}}]})";
    } else if (name == "length") {
        answer.body = completion(content.left(content.size() / 2), QStringLiteral("length"));
    } else if (name == "content_filter") {
        answer.body = completion(QString(), QStringLiteral("content_filter"));
    } else if (name == "prose_json") {
        answer.body = completion(QStringLiteral("Here it is:\n") + content + QStringLiteral("\nBye."));
    } else if (name == "fenced") {
        answer.body = completion(QStringLiteral("```json\n") + content + QStringLiteral("\n```"));
    }
    return answer;
}

/// Ballots 0..22 meet each fault once, 40..62 meet it for ever, the others none.
const Fault* faultOf(int index, bool& forEver) {
    const int count = static_cast<int>(faults().size());
    forEver = index >= 40 && index < 40 + count;
    if (forEver)
        return &faults()[index - 40];
    return index < count ? &faults()[index] : nullptr;
}

}  // namespace

class TestAiBatch : public QObject {
    Q_OBJECT

    const FormCatalog m_forms = FormCatalog::builtIn().value();
    const BallotJudge m_judge{m_forms, Validator()};
    const SmallPages m_pages;
    QHash<QByteArray, int> m_indexOfImage;

    BatchResult run(const QString& baseUrl, BatchOptions options, Records& records, bool parallel,
                    std::chrono::milliseconds deadline) {
        HttpTransport transport;
        ServiceSettings settings;
        settings.baseUrl = baseUrl;
        settings.model = QStringLiteral("mock/vision");
        settings.deadline = deadline;
        settings.idle = deadline;
        const auto reader = AiReader::create(transport, m_forms, settings, SecretKey(kKey)).value();
        options.sink = &records;
        BatchProcessor processor(*reader, m_pages, m_judge, options);
        return parallel ? processor.processBatch(scans()) : processor.processBatchSequential(scans());
    }

    void checkNoneLost(const BatchResult& result, const Records& records) {
        QVERIFY2(!result.stopped, qPrintable(result.stopped ? result.stopped->code : QString()));
        QCOMPARE(result.total, kBallots);
        QCOMPARE(result.processed, kBallots);
        QCOMPARE(result.results.size(), kBallots);
        qsizetype failed = 0;
        for (int i = 0; i < kBallots; ++i) {
            const BallotResult& ballot = result.results[i];
            QCOMPARE(indexOf(ballot.scan), i);
            // The rules between ballots may say a result once more (W.301, W.302).
            QVERIFY(records.outcomes.value(i) >= 1);
            int answers = 0;
            for (const AttemptRecord& attempt : records.attempts.value(i)) {
                answers += attempt.errorCode.isEmpty();
                QVERIFY(!attempt.rawAnswer.contains(kKey.toUtf8()));
            }
            if (ballot.status == BallotStatus::Failed) {
                ++failed;
                QCOMPARE(answers, 0);
                QCOMPARE(ballot.error->code, records.attempts.value(i).last().errorCode);
            } else {
                QVERIFY(ballot.status == BallotStatus::Accepted ||
                        ballot.status == BallotStatus::NeedsReview);
                QCOMPARE(answers, 1);
                QVERIFY2(isOwnAnswer(ballot, m_indexOfImage.key(i)), qPrintable(ballot.scan.file));
            }
        }
        QCOMPARE(result.errors.size(), failed);
    }

private Q_SLOTS:
    void initTestCase() {
        for (int i = 0; i < kBallots; ++i)
            m_indexOfImage.insert(imageHash(i), i);
        QCOMPARE(m_indexOfImage.size(), kBallots);
    }

    void everyFaultEndsInItsExactCause() {
        std::mutex mutex;
        QHash<int, int> seen;
        FakeServer server([&](const FakeRequest& request) {
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            const QString content = QString::fromUtf8(compact(derivedForm(hash)));
            const std::lock_guard lock(mutex);
            const int index = m_indexOfImage.value(hash, -1);
            bool forEver = false;
            const Fault* fault = faultOf(index, forEver);
            const bool fails = fault && (forEver || seen.value(index) == 0);
            ++seen[index];
            return faulty(fails ? fault->name : "", content);
        });
        BatchOptions options;
        options.requestsPerSecond = 200;
        options.workers = 8;
        options.backoffMin = 20ms;
        options.backoffMax = 50ms;
        Records records;
        const BatchResult result =
            run(server.url(QStringLiteral("/api/v1")).toString(), options, records, true, 1500ms);
        checkNoneLost(result, records);
        for (int i = 0; i < kBallots; ++i) {
            const BallotResult& ballot = result.results[i];
            bool forEver = false;
            const Fault* fault = faultOf(i, forEver);
            const bool wrong = fault && *fault->code;
            const bool fails = wrong && (forEver || !fault->retried);
            const QByteArray where = ballot.scan.file.toUtf8() + ' ' + (fault ? fault->name : "-");
            QVERIFY2((ballot.status == BallotStatus::Failed) == fails, where);
            if (fails)
                QVERIFY2(ballot.error->code.startsWith(QLatin1String(fault->code)), where);
            const int requests = !wrong ? 1 : !fault->retried ? 1 : forEver ? 3 : 2;
            QVERIFY2(seen.value(i) == requests, where + ' ' + QByteArray::number(seen.value(i)));
            QCOMPARE(records.attempts.value(i).size(), requests);
        }
        QVERIFY(!seen.contains(-1));
    }

    void parallelEqualsSequential() {
        FakeServer server([](const FakeRequest& request) {
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            FakeAnswer answer;
            answer.body = completion(QString::fromUtf8(compact(derivedForm(hash))));
            answer.pauseMs = static_cast<uchar>(hash.at(0)) % 16;
            return answer;
        });
        BatchOptions options;
        options.requestsPerSecond = 500;
        Records first;
        Records second;
        const QString url = server.url(QStringLiteral("/api/v1")).toString();
        BatchResult parallel = run(url, options, first, true, 10s);
        BatchResult sequential = run(url, options, second, false, 10s);
        checkNoneLost(parallel, first);
        for (BatchResult* result : {&parallel, &sequential})
            for (BallotResult& ballot : result->results)
                ballot.elapsedMs = 0;
        QCOMPARE(parallel.results, sequential.results);
    }

    /// The full size at the real pace, against the service's stand-in where that is at hand: minutes.
    void mockServiceWithFaultsAtTheRealPace() {
        QString shared = qEnvironmentVariable("TALLYDESK_SHARED");
        if (shared.isEmpty())
            shared = QStringLiteral(TALLYDESK_SOURCE_DIR "/../shared");
        const QString script = shared + QStringLiteral("/tools/mock_openrouter.py");
        const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
        if (!QFile::exists(script) || python.isEmpty())
            QSKIP("the mock service is not at hand");

        QTemporaryDir folder;
        const QString portFile = folder.filePath(QStringLiteral("port"));
        const QString kinds = QStringLiteral(
            "reset,reset_early,close,truncated,truncated_http,error200,choice_error,prose,prose_json,fenced,"
            "empty_choices,null_content,length,keepalive,drip,hang,400,408,413,422,429,500,502,503,504,529");
        QProcess mock;
        mock.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        mock.start(python, {script, u"--port"_qs, u"0"_qs, u"--port-file"_qs, portFile, u"--default"_qs,
                            u"derived"_qs, u"--latency"_qs, u"uniform:0.2:1.5"_qs, u"--fault-rate"_qs,
                            u"0.1"_qs, u"--faults"_qs, kinds, u"--fault-mode"_qs, u"hash"_qs,
                            u"--drip-seconds"_qs, u"1.5"_qs, u"--hang-seconds"_qs, u"20"_qs});
        QVERIFY(mock.waitForStarted());
        const auto stop = qScopeGuard([&] {
            mock.terminate();
            if (!mock.waitForFinished(5000))
                mock.kill();
            mock.waitForFinished(5000);
        });
        // The port is written before this line is.
        QVERIFY(mock.waitForReadyRead(20000));
        QFile file(portFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString root = QStringLiteral("http://127.0.0.1:") + QString::fromLatin1(file.readAll());

        BatchOptions options;
        options.workers = 8;
        options.backoffMin = 200ms;
        options.backoffMax = 500ms;
        Records records;
        StallMeter stalls;
        const BatchResult result = run(root + u"/api/v1"_qs, options, records, true, 6s);
        const std::chrono::milliseconds stall = stalls.longest();

        HttpTransport transport;
        HttpRequest ask;
        ask.url = QUrl(root + u"/stats?arrivals=1"_qs);
        const HttpReply reply = transport.send(ask, {});
        QVERIFY(reply.arrived());
        const QJsonObject stats = QJsonDocument::fromJson(reply.body).object();
        checkNoneLost(result, records);
        checkPace(stats, stall);
        checkAgainst(stats, records);
    }

private:
    /// By the service's own count: at most 2 requests in any 0.9 s, a second less transport jitter.
    void checkPace(const QJsonObject& stats, std::chrono::milliseconds stall) {
        QList<double> arrivals;
        for (const QJsonValue time : stats.value(u"arrivals"_qs).toArray())
            arrivals.append(time.toDouble());
        std::sort(arrivals.begin(), arrivals.end());
        for (qsizetype i = 2; i < arrivals.size(); ++i)
            if (arrivals[i] - arrivals[i - 2] < 0.9)
                qWarning("arrivals %lld to %lld: %.3f %.3f %.3f", static_cast<long long>(i - 2),
                         static_cast<long long>(i), arrivals[i - 2], arrivals[i - 1], arrivals[i]);
        const QJsonObject windows = stats.value(u"max_in_window"_qs).toObject();
        // 21 slots fit into 10 s; one more may have been late from before.
        QVERIFY2(windows.value(u"10s"_qs).toInt() <= 22,
                 qPrintable(QString::number(windows.value(u"10s"_qs).toInt())));
        const int most = windows.value(u"0.9s"_qs).toInt();
        qInfo("requests %d, most in 0.9 s %d, longest stall %lld ms, faults %s",
              stats.value(u"total"_qs).toInt(), most, static_cast<long long>(stall.count()),
              compact(stats.value(u"faults"_qs).toObject()).constData());
        if (stall > 40ms)
            qWarning("this machine is too busy to judge the pace within a second");
        else
            QVERIFY2(most <= 2, qPrintable(QString::number(most)));
    }

    /// What the service says it did to each image must be what the records say of that ballot.
    void checkAgainst(const QJsonObject& stats, const Records& records) {
        QCOMPARE(stats.value(u"distinct_images"_qs).toInt(), kBallots);
        QCOMPARE(stats.value(u"images_answered_twice_or_more"_qs).toInt(), 0);
        QVERIFY(stats.value(u"faults"_qs).toObject().size() >= 5);

        QHash<QString, QString> codes{{u"reset"_qs, u"network.connection"_qs},
                                      {u"400"_qs, u"service.bad_request"_qs},
                                      {u"200"_qs, QString()},
                                      {u"hang"_qs, u"network.timeout"_qs}};
        for (const Fault& fault : faults()) {
            const QString name = QString::fromLatin1(fault.name);
            codes.insert(name, codes.value(name, QString::fromLatin1(fault.code)));
        }
        const QJsonObject images = stats.value(u"images"_qs).toObject();
        for (auto it = images.begin(); it != images.end(); ++it) {
            const int index = m_indexOfImage.value(QByteArray::fromHex(it.key().toLatin1()), -1);
            QVERIFY2(index >= 0, "a picture that nobody sent");
            QStringList sent;
            const QJsonObject counts = it.value().toObject();
            for (auto count = counts.begin(); count != counts.end(); ++count) {
                QString kind = count.key();
                if (kind == u"requests"_qs || kind == u"attempts"_qs || kind == u"aborted"_qs)
                    continue;
                if (kind.startsWith(u"200/"_qs))
                    kind = kind.sliced(4);
                QVERIFY2(codes.contains(kind), qPrintable(kind));
                for (int n = 0; n < count.value().toInt(); ++n)
                    sent.append(codes.value(kind));
            }
            QStringList kept;
            for (const AttemptRecord& attempt : records.attempts.value(index))
                kept.append(attempt.errorCode == u"network.idle"_qs ? u"network.timeout"_qs
                                                                    : attempt.errorCode);
            sent.sort();
            kept.sort();
            QCOMPARE(kept, sent);
            QCOMPARE(counts.value(u"requests"_qs).toInt(), static_cast<int>(kept.size()));
        }
    }
};

QTEST_GUILESS_MAIN(TestAiBatch)
#include "tst_aibatch.moc"
