// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>
#include <mutex>

#include "../net/FakeServer.h"
#include "AiTestTools.h"
#include "core/MessageCatalog.h"
#include "net/HttpTransport.h"
#include "readers/ai/AiReader.h"
#include "readers/ai/PageJpeg.h"

using namespace tallydesk;
using namespace tallydesk::aitest;

namespace {

const QString kKey = QStringLiteral("sk-or-v1-topsecret0123456789");

/// Answers by a script and keeps what was sent.
class ScriptedClient final : public HttpClient {
public:
    HttpReply send(const HttpRequest& request, const CancelToken&) override {
        sent.append(request);
        return replies.isEmpty() ? HttpReply{} : replies.takeFirst();
    }
    void answer(int status, const QByteArray& body) {
        HttpReply reply;
        reply.status = status;
        reply.body = body;
        replies.append(reply);
    }

    QList<HttpReply> replies;
    QList<HttpRequest> sent;
};

/// Remembers in memory, and says what was kept when.
class FakeAnswers final : public AnswerStore {
public:
    Expected<std::optional<QByteArray>> answerTo(const QString& request) const override {
        return answers.contains(request) ? std::optional(answers.value(request)) : std::nullopt;
    }
    Expected<void> keepAnswer(const QString& request, const QByteArray& answer) override {
        if (isFull)
            return fail(QStringLiteral("store.disk_full"));
        answers.insert(request, answer);
        return {};
    }
    bool refusesFormat(const QString& model) const override { return refusals.contains(model); }
    void keepRefusal(const QString& model) override { refusals.append(model); }

    QHash<QString, QByteArray> answers;
    QStringList refusals;
    bool isFull = false;
};

BallotScan scanOf(const QString& formId = QStringLiteral("5-18-constituency")) {
    BallotScan scan;
    scan.file = QStringLiteral("a.pdf");
    scan.pageNumbers = {1};
    scan.formId = formId;
    return scan;
}

QByteArray goodBody() {
    return completion(QString::fromUtf8(compact(derivedForm(sha256("page")))));
}

QByteArray header(const HttpRequest& request, const char* name) {
    for (const auto& [key, value] : request.headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

QJsonObject bodyOf(const HttpRequest& request) {
    return QJsonDocument::fromJson(request.bodyHead + request.body).object();
}

/// A4 at 300 dpi with handwriting-like strokes, paper grain and a shadow.
QImage noisyPage(int strokePx) {
    QImage page(2480, 3508, QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter painter(&page);
    QPen pen(Qt::black, strokePx);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    QRandomGenerator random(7);
    for (int i = 0; i < 900; ++i) {
        const QPoint at(100 + random.bounded(2200), 100 + random.bounded(3200));
        painter.drawArc(QRect(at, QSize(20 + random.bounded(60), 20 + random.bounded(60))),
                        random.bounded(5760), 2000 + random.bounded(3000));
    }
    painter.end();
    for (int y = 0; y < page.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(page.scanLine(y));
        for (int x = 0; x < page.width(); ++x) {
            const int grey = qBound(0, qGray(line[x]) - x / 40 - random.bounded(50), 255);
            line[x] = qRgb(grey, grey, grey);
        }
    }
    return page;
}

}  // namespace

class TestAiReader : public QObject {
    Q_OBJECT

    const FormCatalog m_forms = formsWithMadeUp();
    ScriptedClient m_http;

    std::shared_ptr<AiReader> reader(ServiceSettings settings = {}, AnswerStore* answers = nullptr) {
        m_http.replies.clear();
        m_http.sent.clear();
        return AiReader::create(m_http, m_forms, settings, SecretKey(kKey), answers).value();
    }
    static std::shared_ptr<PreparedBallot> prepared(AiReader& reader, const BallotScan& scan = scanOf(),
                                                    int pages = 1) {
        QList<PageImage> images;
        for (int i = 0; i < pages; ++i)
            images.append({smallPage(i + 1), i + 1, 1.0});
        return reader.prepare(scan, images, {}).value();
    }

private Q_SLOTS:
    void sendsOneRequestAsDocumented() {
        const auto ai = reader();
        QCOMPARE(ai->id(), QStringLiteral("ai:google/gemini-2.5-flash"));
        QVERIFY(ai->usesService());
        const auto ballot = prepared(*ai, scanOf(), 3);
        QVERIFY2(m_http.sent.isEmpty(), "prepare() must not send");
        m_http.answer(200, goodBody());
        const ReadAttempt attempt = ai->attempt(*ballot, 1, {});
        QVERIFY(attempt.data);
        QCOMPARE(attempt.rawAnswer, goodBody());
        QCOMPARE(attempt.data->readerNotes.value(QLatin1String("model")).toString(),
                 QStringLiteral("other/fallback-model"));
        QCOMPARE(attempt.data->readerNotes.value(QLatin1String("prompt")).toString().size(), 12);

        QCOMPARE(m_http.sent.size(), 1);
        const HttpRequest& request = m_http.sent.first();
        QCOMPARE(request.method, HttpRequest::Method::Post);
        QCOMPARE(request.url.toString(), QStringLiteral("https://openrouter.ai/api/v1/chat/completions"));
        QCOMPARE(header(request, "Authorization"), "Bearer " + kKey.toUtf8());
        QCOMPARE(header(request, "X-OpenRouter-Title"), QByteArrayLiteral("TallyDesk"));
        QVERIFY(request.deadline == std::chrono::seconds(120));
        // Silence before the answer is the model at work.
        QVERIFY(request.idleBeforeAnswer == std::chrono::seconds(120));

        const QJsonObject body = bodyOf(request);
        QVERIFY2(!body.isEmpty(), "the request is no JSON");
        QCOMPARE(body.value(QLatin1String("model")).toString(), QStringLiteral("google/gemini-2.5-flash"));
        const QJsonArray content = body.value(QLatin1String("messages"))
                                       .toArray()
                                       .first()
                                       .toObject()
                                       .value(QLatin1String("content"))
                                       .toArray();
        QCOMPARE(content.size(), 4);
        QCOMPARE(content.first().toObject().value(QLatin1String("type")).toString(), QStringLiteral("text"));
        const QList<QByteArray> images = imagesIn(request.bodyHead + request.body);
        QCOMPARE(images.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!QImage::fromData(images[i], "JPEG").isNull());
            QCOMPARE(images[i],
                     PageJpeg::encode(smallPage(i + 1), ServiceSettings().maxPageBytes, {}).value());
        }
        const QJsonObject format = body.value(QLatin1String("response_format")).toObject();
        QCOMPARE(format.value(QLatin1String("type")).toString(), QStringLiteral("json_schema"));
        QVERIFY(
            format.value(QLatin1String("json_schema")).toObject().value(QLatin1String("strict")).toBool());
        const QJsonObject provider = body.value(QLatin1String("provider")).toObject();
        QCOMPARE(provider.value(QLatin1String("data_collection")).toString(), QStringLiteral("deny"));
        QVERIFY(provider.value(QLatin1String("zdr")).toBool());
        QVERIFY(provider.value(QLatin1String("require_parameters")).toBool());
    }

    void otherServicesGetAPlainRequest() {
        ServiceSettings settings;
        settings.baseUrl = QStringLiteral("http://localhost:11434/v1/");
        const auto ai = reader(settings);
        const auto ballot = prepared(*ai);
        m_http.answer(200, goodBody());
        QVERIFY(ai->attempt(*ballot, 1, {}).data);
        const HttpRequest& request = m_http.sent.first();
        QCOMPARE(request.url.toString(), QStringLiteral("http://localhost:11434/v1/chat/completions"));
        QVERIFY(!bodyOf(request).contains(QLatin1String("provider")));
        QVERIFY(header(request, "X-OpenRouter-Title").isEmpty());
        settings.baseUrl = QStringLiteral("https://openrouter.ai.example.com/v1");
        QVERIFY(!settings.isOpenRouter());
    }

    void fallsBackToPlainPrompting_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("400") << 400 << QByteArray(R"({"error":{"message":"no structured outputs"}})");
        QTest::newRow("400, parameter named")
            << 400 << QByteArray(R"({"error":{"message":"unknown","param":"response_format"}})");
        QTest::newRow("404") << 404
                             << QByteArray(R"({"error":{"message":"No endpoints found that can handle the )"
                                           R"(requested parameters."}})");
        QTest::newRow("422") << 422 << QByteArray(R"({"detail":[{"loc":["body","response_format"]}]})");
    }
    void fallsBackToPlainPrompting() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const auto ai = reader();
        const auto first = prepared(*ai);
        m_http.answer(status, body);
        m_http.answer(200, goodBody());
        m_http.answer(200, goodBody());
        const ReadAttempt refused = ai->attempt(*first, 1, {});
        QCOMPARE(refused.failure->reach, FailureReach::RetryNow);
        QVERIFY(ai->attempt(*first, 1, {}).data);
        // Remembered for the next ballot.
        QVERIFY(ai->attempt(*prepared(*ai), 1, {}).data);
        QVERIFY(bodyOf(m_http.sent[0]).contains(QLatin1String("response_format")));
        for (const int i : {1, 2}) {
            const QJsonObject sent = bodyOf(m_http.sent[i]);
            QVERIFY(!sent.contains(QLatin1String("response_format")));
            const QJsonObject provider = sent.value(QLatin1String("provider")).toObject();
            QVERIFY(!provider.contains(QLatin1String("require_parameters")));
            QVERIFY2(provider.value(QLatin1String("zdr")).toBool(), "privacy goes with every request");
        }
    }

    // One passing 400 sent every later ballot without its schema, for as long as the reader lived.
    void aPassingRefusalConcernsItsOwnBallotOnly_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("400") << 400 << QByteArray(R"({"error":{"code":400,"message":"injected fault 400"}})");
        QTest::newRow("404") << 404 << QByteArray(R"({"error":{"code":404,"message":"no endpoints"}})");
        QTest::newRow("400 without JSON") << 400 << QByteArray("<html>Bad request</html>");
        QTest::newRow("400, request quoted back")
            << 400 << "{\"error\":\"bad\",\"got\":\"" + QByteArray(9000, 'A') + "response_format\"}";
    }
    void aPassingRefusalConcernsItsOwnBallotOnly() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const auto ai = reader();
        const auto first = prepared(*ai);
        m_http.answer(status, body);
        for (int i = 0; i < 3; ++i)
            m_http.answer(200, goodBody());
        QCOMPARE(ai->attempt(*first, 1, {}).failure->reach, FailureReach::RetryNow);
        QVERIFY(ai->attempt(*first, 1, {}).data);
        QVERIFY(!bodyOf(m_http.sent[1]).contains(QLatin1String("response_format")));
        QVERIFY(ai->attempt(*prepared(*ai), 1, {}).data);
        QVERIFY(bodyOf(m_http.sent[2]).contains(QLatin1String("response_format")));
    }

    void aBadImageDoesNotEndStructuredOutput() {
        const auto ai = reader();
        const auto bad = prepared(*ai);
        m_http.answer(400, R"({"error":{"code":400,"message":"bad image"}})");
        m_http.answer(400, R"({"error":{"code":400,"message":"bad image"}})");
        m_http.answer(200, goodBody());
        QCOMPARE(ai->attempt(*bad, 1, {}).failure->reach, FailureReach::RetryNow);
        const ReadAttempt second = ai->attempt(*bad, 1, {});
        QCOMPARE(second.failure->reach, FailureReach::Ballot);
        QCOMPARE(second.failure->error.code, QStringLiteral("service.bad_request"));
        QVERIFY(ai->attempt(*prepared(*ai), 1, {}).data);
        QVERIFY(bodyOf(m_http.sent[2]).contains(QLatin1String("response_format")));
    }

    void refusedFormatIsRememberedForItsModel() {
        FakeAnswers answers;
        ServiceSettings settings;
        settings.model = QStringLiteral("m/plain");
        const auto ai = reader(settings, &answers);
        const auto ballot = prepared(*ai);
        m_http.answer(400, R"({"error":{"message":"response_format is not supported"}})");
        m_http.answer(200, goodBody());
        QVERIFY(ai->attempt(*ballot, 1, {}).failure);
        QVERIFY(ai->attempt(*ballot, 1, {}).data);
        QCOMPARE(answers.refusals, QStringList{settings.model});
        // The next run asks plainly from the start; another model is asked for structure all the same.
        const auto next = reader(settings, &answers);
        m_http.answer(200, goodBody());
        next->attempt(*prepared(*next), 1, {});
        QVERIFY(!bodyOf(m_http.sent[0]).contains(QLatin1String("response_format")));
        settings.model = QStringLiteral("m/other");
        const auto other = reader(settings, &answers);
        m_http.answer(200, goodBody());
        other->attempt(*prepared(*other), 1, {});
        QVERIFY(bodyOf(m_http.sent[0]).contains(QLatin1String("response_format")));
    }

    void answerIsKeptBeforeItIsLookedInto() {
        FakeAnswers answers;
        const auto ai = reader({}, &answers);
        const auto ballot = prepared(*ai);
        const QByteArray prose = completion(QStringLiteral("I can't read this form."));
        m_http.answer(200, prose);
        QCOMPARE(ai->attempt(*ballot, 1, {}).failure->error.code, QStringLiteral("reader.answer_prose"));
        QCOMPARE(answers.answers.values(), QList<QByteArray>{prose});
        // Of no use: asked for again, and the better answer takes its place.
        QVERIFY(!ai->recall(*ballot));
        m_http.answer(200, goodBody());
        QVERIFY(ai->attempt(*ballot, 2, {}).data);
        QCOMPARE(answers.answers.values(), QList<QByteArray>{goodBody()});
        // What is no answer is not kept as one.
        m_http.answer(500, R"({"error":{"message":"down"}})");
        QVERIFY(ai->attempt(*ballot, 3, {}).failure);
        QCOMPARE(answers.answers.values(), QList<QByteArray>{goodBody()});
    }

    void identicalRequestIsAnsweredFromTheStore() {
        FakeAnswers answers;
        ServiceSettings settings;
        const auto ai = reader(settings, &answers);
        m_http.answer(200, goodBody());
        const ReadAttempt sent = ai->attempt(*prepared(*ai), 1, {});
        const auto known = ai->recall(*prepared(*ai));
        QVERIFY(known);
        QCOMPARE(*known->data, *sent.data);
        QCOMPARE(known->usage, ServiceUsage());
        QCOMPARE(m_http.sent.size(), 1);
        // Other pictures, another form, another model, another service, or a person who wants another
        // reading.
        QVERIFY(!ai->recall(*prepared(*ai, scanOf(), 2)));
        QVERIFY(!ai->recall(*prepared(*ai, scanOf(QStringLiteral("5-17-party-list")))));
        settings.model = QStringLiteral("m/other");
        const auto other = reader(settings, &answers);
        QVERIFY(!other->recall(*prepared(*other)));
        settings = {};
        settings.baseUrl = QStringLiteral("http://localhost:1/v1");
        const auto elsewhere = reader(settings, &answers);
        QVERIFY(!elsewhere->recall(*prepared(*elsewhere)));
        settings = {};
        settings.reuseAnswers = false;
        const auto again = reader(settings, &answers);
        QVERIFY(!again->recall(*prepared(*again)));
    }

    void answerThatCannotBeKeptStopsTheBatch() {
        FakeAnswers answers;
        answers.isFull = true;
        const auto ai = reader({}, &answers);
        m_http.answer(200, goodBody());
        const ReadAttempt attempt = ai->attempt(*prepared(*ai), 1, {});
        QCOMPARE(attempt.failure->error.code, QStringLiteral("store.disk_full"));
        QVERIFY(attempt.failure->reach == FailureReach::Batch);
        // It is paid for: what it says is not lost with it.
        const QByteArray hash = sha256("page");
        QVERIFY(attempt.data);
        QCOMPARE(attempt.data->rows[0].entry.value, std::optional<qint64>(static_cast<uchar>(hash.at(0))));
        m_http.answer(200, completion(QStringLiteral("Sorry.")));
        const ReadAttempt useless = ai->attempt(*prepared(*ai), 1, {});
        QVERIFY(!useless.data);
        QCOMPARE(useless.failure->error.code, QStringLiteral("store.disk_full"));
    }

    void costIsCountedAlsoOfAnswersThatAreOfNoUse() {
        const auto ai = reader();
        m_http.answer(200, completion(QStringLiteral("Sorry.")));
        const ReadAttempt attempt = ai->attempt(*prepared(*ai), 1, {});
        QVERIFY(attempt.failure);
        QCOMPARE(attempt.usage.requests, 1);
        QCOMPARE(attempt.usage.cost, 0.001);
        QCOMPARE(attempt.usage.promptTokens, 100);
        QCOMPARE(attempt.usage.completionTokens, 20);
        QCOMPARE(attempt.usage.bytesSent, m_http.sent[0].bodySize());
    }

    void asksForMoreRoomAfterACutAnswer() {
        const auto ai = reader();
        const auto ballot = prepared(*ai);
        for (int i = 0; i < 4; ++i)
            m_http.answer(200, completion(QStringLiteral("{\"form"), QStringLiteral("length")));
        for (int i = 1; i <= 4; ++i)
            QCOMPARE(ai->attempt(*ballot, i, {}).failure->error.code,
                     QStringLiteral("reader.answer_too_long"));
        QList<int> room;
        for (const HttpRequest& request : m_http.sent)
            room.append(bodyOf(request).value(QLatin1String("max_tokens")).toInt());
        QCOMPARE(room, (QList<int>{8192, 16384, 32768, 32768}));
    }

    void unknownFormIsAskedFor() {
        const auto ai = reader();
        const auto ballot = prepared(*ai, scanOf(QString()));
        m_http.answer(200, goodBody());
        const ReadAttempt attempt = ai->attempt(*ballot, 1, {});
        QCOMPARE(attempt.data->formId, QStringLiteral("5-18-constituency"));
        QVERIFY(m_http.sent.first().bodyHead.contains("5-18") ||
                m_http.sent.first().bodyHead.contains("5/18"));
    }

    void modelThatThinksForLongIsWaitedFor() {
        FakeServer server([](const FakeRequest&) {
            FakeAnswer answer;
            answer.body = goodBody();
            answer.pauseMs = 700;
            return answer;
        });
        HttpTransport transport;
        ServiceSettings settings;
        settings.baseUrl = server.url(QStringLiteral("/api/v1")).toString();
        settings.deadline = std::chrono::seconds(20);
        settings.idle = std::chrono::milliseconds(200);
        const auto ai = AiReader::create(transport, m_forms, settings, SecretKey(kKey)).value();
        const ReadAttempt attempt = ai->attempt(*prepared(*ai), 1, {});
        QVERIFY(attempt.data);
    }

    void refusesUnusableSettings_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("code");
        const QString url = ServiceSettings().baseUrl;
        const QString model = ServiceSettings().model;
        QTest::newRow("plain http") << u"http://openrouter.ai/api/v1"_qs << model << kKey
                                    << u"reader.bad_url"_qs;
        QTest::newRow("http to a name like loopback")
            << u"http://127.0.0.1.example.com/v1"_qs << model << kKey << u"reader.bad_url"_qs;
        QTest::newRow("no address") << QString() << model << kKey << u"reader.bad_url"_qs;
        QTest::newRow("file") << u"file:///etc/passwd"_qs << model << kKey << u"reader.bad_url"_qs;
        QTest::newRow("user in the address")
            << u"https://user:pw@example.com/v1"_qs << model << kKey << u"reader.bad_url"_qs;
        QTest::newRow("no model") << url << u" "_qs << kKey << u"reader.no_model"_qs;
        QTest::newRow("no key") << url << model << u"  "_qs << u"reader.no_key"_qs;
        QTest::newRow("line break in the key")
            << url << model << u"abc\r\nX-Evil: 1"_qs << u"reader.bad_key"_qs;
    }
    void refusesUnusableSettings() {
        QFETCH(QString, url);
        QFETCH(QString, model);
        QFETCH(QString, key);
        QFETCH(QString, code);
        ServiceSettings settings;
        settings.baseUrl = url;
        settings.model = model;
        const auto ai = AiReader::create(m_http, m_forms, settings, SecretKey(key));
        QVERIFY(!ai);
        QCOMPARE(ai.error().code, code);
        QVERIFY(MessageCatalog::builtIn().contains(code));
        QVERIFY(!ai.error().args.join(QString()).contains(u"pw"_qs));
    }

    void keyShowsNowhere() {
        const auto ai = reader();
        const QByteArray key = kKey.toUtf8();
        QJsonObject form = derivedForm(sha256("page"));
        form.insert(u"province"_qs, kKey);
        QByteArray echo = completion(QString::fromUtf8(compact(form)));
        echo.replace("other/fallback-model", key);
        m_http.answer(200, echo);
        m_http.answer(401, "{\"error\":{\"code\":401,\"message\":\"bad key " + key + "\"}}");
        m_http.answer(500, "oops " + key);
        m_http.answer(200, "{\"error\":{\"code\":502,\"message\":\"" + key + "\"}}");
        HttpReply broken;
        broken.error = TransportError::Connection;
        broken.errorText = u"while sending "_qs + kKey;
        m_http.replies.append(broken);
        const auto ballot = prepared(*ai);
        for (int i = 1; i <= 5; ++i) {
            const ReadAttempt attempt = ai->attempt(*ballot, i, {});
            QVERIFY(attempt.data.has_value() != attempt.failure.has_value());
            QByteArray all = attempt.rawAnswer;
            if (attempt.failure) {
                const Error& error = attempt.failure->error;
                all += error.code.toUtf8() + error.detail.toUtf8() + error.args.join(u' ').toUtf8();
                all += MessageCatalog::builtIn().text(error, Language::English).toUtf8();
            } else {
                all += compact(attempt.data->readerNotes);
                for (const HeaderValue& value : attempt.data->header)
                    all += value.text.value_or(QString()).toUtf8();
            }
            QVERIFY2(!all.contains(key), all.constData());
        }
        for (const HttpRequest& request : m_http.sent)
            QVERIFY(!(request.bodyHead + request.body).contains(key));
    }

    void cancelledBeforeItIsSent() {
        const auto ai = reader();
        const auto ballot = prepared(*ai);
        CancelToken cancel;
        cancel.cancel();
        QCOMPARE(ai->attempt(*ballot, 1, cancel).failure->reach, FailureReach::Cancelled);
        QVERIFY(m_http.sent.isEmpty());
        QCOMPARE(ai->prepare(scanOf(), {{smallPage(1), 1, 1.0}}, cancel).error().code, u"cancelled"_qs);
    }

    void noPagesIsAnError() {
        const auto ai = reader();
        QCOMPARE(ai->prepare(scanOf(), {}, {}).error().code, u"reader.no_pages"_qs);
        QCOMPARE(ai->prepare(scanOf(), {{QImage(), 1, 1.0}}, {}).error().code, u"reader.page_empty"_qs);
    }

    void largePagesFitAndStayLegible_data() {
        QTest::addColumn<int>("stroke");
        QTest::newRow("pencil") << 4;
        QTest::newRow("pen") << 6;
        QTest::newRow("felt tip") << 12;
    }
    void largePagesFitAndStayLegible() {
        QFETCH(int, stroke);
        const QImage page = noisyPage(stroke);
        const auto jpeg = PageJpeg::encode(page, 200 * 1024, {});
        QVERIFY(jpeg);
        QVERIFY2(jpeg->size() <= 200 * 1024, qPrintable(QString::number(jpeg->size())));
        const QImage small = QImage::fromData(*jpeg, "JPEG");
        QVERIFY(small.isGrayscale());
        const double reduced = stroke * double(small.width()) / PageJpeg::partSent(page).width();
        QVERIFY2(reduced >= 3.0, qPrintable(QString::number(reduced)));
        QCOMPARE(PageJpeg::encode(page, 200 * 1024, {}).value(), *jpeg);
    }

    void pureNoiseFitsToo() {
        QImage page(1654, 2339, QImage::Format_Grayscale8);
        QRandomGenerator random(3);
        for (int y = 0; y < page.height(); ++y)
            for (int x = 0; x < page.width(); ++x)
                page.scanLine(y)[x] = static_cast<uchar>(random.bounded(256));
        const auto jpeg = PageJpeg::encode(page, 200 * 1024, {});
        QVERIFY(jpeg);
        QVERIFY(jpeg->size() <= 200 * 1024);
    }

    void readsOverHttp() {
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer;
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            answer.body = completion(QString::fromUtf8(compact(derivedForm(hash))));
            return answer;
        });
        HttpTransport transport;
        ServiceSettings settings;
        settings.baseUrl = server.url(QStringLiteral("/api/v1")).toString();
        const auto ai = AiReader::create(transport, m_forms, settings, SecretKey(kKey)).value();
        const ReadAttempt attempt = ai->attempt(*prepared(*ai), 1, {});
        QVERIFY(attempt.data);
        const QByteArray hash =
            sha256(PageJpeg::encode(smallPage(1), ServiceSettings().maxPageBytes, {}).value());
        QCOMPARE(attempt.data->rows.first().entry.value,
                 std::optional<qint64>(static_cast<uchar>(hash.at(0))));
        QCOMPARE(server.requests().first().headers.value("authorization"), "Bearer " + kKey.toUtf8());
    }
};

QTEST_MAIN(TestAiReader)
#include "tst_aireader.moc"
