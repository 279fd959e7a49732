// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QTest>

#include "core/MessageCatalog.h"
#include "net/ServiceFailure.h"

using namespace tallydesk;
using namespace std::chrono_literals;
using Reach = FailureReach;
using std::chrono::milliseconds;

Q_DECLARE_METATYPE(tallydesk::FailureReach)
Q_DECLARE_METATYPE(tallydesk::TransportError)

namespace {

const QDateTime kNow(QDate(2026, 2, 9), QTime(8, 0), Qt::UTC);

HttpReply replyOf(int status,
                  const QByteArray& body = QByteArrayLiteral("{\"error\":{\"message\":\"no\"}}")) {
    HttpReply reply;
    reply.status = status;
    reply.body = body;
    return reply;
}

void verifySentences(const Error& error) {
    const MessageCatalog catalog = MessageCatalog::builtIn();
    QVERIFY2(catalog.contains(error.code), qPrintable(error.code));
    for (const Language language : {Language::English, Language::Thai}) {
        const QString text = catalog.text(error, language);
        QVERIFY2(!text.isEmpty() && !text.contains(QLatin1Char('%')), qPrintable(text));
    }
}

}  // namespace

class TestServiceFailure : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statusDecides_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("responseFormat");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Reach>("reach");
        QTest::addColumn<bool>("pausesAll");
        const QByteArray plain = "{\"error\":{\"code\":1,\"message\":\"no\"}}";
        const QByteArray moderated =
            "{\"error\":{\"message\":\"flagged\",\"metadata\":{\"reasons\":[\"x\"],\"flagged_input\":\"y\"}}"
            "}";
        const QByteArray moderatedType =
            "{\"error\":{\"message\":\"flagged\",\"metadata\":{\"error_type\":\"moderation_error\"}}}";
        const auto row = [](int status, bool format, const QByteArray& body, const char* wait,
                            const char* code, Reach reach, bool pauses) {
            QTest::addRow("%d%s%s %s", status, format ? " with format" : "", *wait ? " with wait" : "",
                          body.contains("flagged")       ? "moderated"
                          : body.contains("json_schema") ? "format named"
                                                         : "")
                << status << format << body << QByteArray(wait) << QString::fromLatin1(code) << reach
                << pauses;
        };
        row(401, false, plain, "", "service.key_refused", Reach::Batch, false);
        row(401, true, plain, "", "service.key_refused", Reach::Batch, false);
        row(402, false, plain, "", "service.credit_used_up", Reach::Batch, false);
        row(402, false, plain, "20", "service.credit_used_up", Reach::Retry, true);
        row(403, false, plain, "", "service.forbidden", Reach::Batch, false);
        row(403, false, moderated, "", "service.refused_content", Reach::Ballot, false);
        row(403, true, moderatedType, "", "service.refused_content", Reach::Ballot, false);
        row(404, false, plain, "", "service.model_unknown", Reach::Batch, false);
        row(404, true, plain, "", "service.model_unknown", Reach::RetryNow, false);
        row(400, false, plain, "", "service.bad_request", Reach::Ballot, false);
        row(400, true, plain, "", "service.bad_request", Reach::RetryNow, false);
        row(408, false, plain, "", "service.timeout", Reach::Retry, false);
        row(413, true, plain, "", "service.too_large", Reach::Ballot, false);
        row(422, true, plain, "", "service.bad_request", Reach::Ballot, false);
        const QByteArray format = "{\"error\":{\"message\":\"json_schema is not supported\"}}";
        row(422, true, format, "", "service.bad_request", Reach::RetryNow, false);
        row(422, false, format, "", "service.bad_request", Reach::Ballot, false);
        row(500, true, format, "", "service.unavailable", Reach::Retry, false);
        row(429, false, plain, "", "service.rate_limited", Reach::Retry, false);
        row(429, false, plain, "3", "service.rate_limited", Reach::Retry, true);
        row(503, false, plain, "", "service.unavailable", Reach::Retry, false);
        row(503, false, plain, "3", "service.unavailable", Reach::Retry, true);
        for (const int status : {500, 502, 504, 529})
            row(status, true, plain, "", "service.unavailable", Reach::Retry, false);
        row(500, false, plain, "3", "service.unavailable", Reach::Retry, false);
        row(418, false, plain, "", "service.unexpected_status", Reach::Ballot, false);
        row(204, false, "", "", "service.unexpected_status", Reach::Retry, false);
    }
    void statusDecides() {
        QFETCH(int, status);
        QFETCH(bool, responseFormat);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, retryAfter);
        QFETCH(QString, code);
        QFETCH(Reach, reach);
        QFETCH(bool, pausesAll);
        HttpReply reply = replyOf(status, body);
        if (!retryAfter.isEmpty())
            reply.headers.append({"retry-after", retryAfter});
        const auto failure = ServiceFailure::classify(reply, responseFormat, kNow);
        QVERIFY(failure);
        QCOMPARE(failure->error.code, code);
        QCOMPARE(failure->reach, reach);
        QCOMPARE(failure->httpStatus, status);
        QCOMPARE(failure->pausesAll, pausesAll);
        QCOMPARE(failure->retryAfter.has_value(), !retryAfter.isEmpty());
        // The service's status stands in the error, not only in a log.
        QCOMPARE(failure->error.args.value(0), QString::number(status));
        QVERIFY(failure->error.detail.contains(QString::number(status)));
        verifySentences(failure->error);
    }

    void transportErrorsAreToldApart_data() {
        QTest::addColumn<TransportError>("error");
        QTest::addColumn<QString>("code");
        QTest::addColumn<Reach>("reach");
        const auto row = [](TransportError error, const char* code, Reach reach) {
            QTest::newRow(code) << error << QString::fromLatin1(code) << reach;
        };
        row(TransportError::Connection, "network.connection", Reach::Retry);
        row(TransportError::HostNotFound, "network.host_not_found", Reach::Retry);
        row(TransportError::Tls, "network.tls", Reach::Retry);
        row(TransportError::Deadline, "network.timeout", Reach::Retry);
        row(TransportError::Idle, "network.idle", Reach::Retry);
        row(TransportError::TooLarge, "network.answer_too_large", Reach::Retry);
        row(TransportError::Redirect, "network.redirect", Reach::Batch);
        row(TransportError::BadUrl, "network.bad_url", Reach::Batch);
        row(TransportError::Cancelled, "cancelled", Reach::Cancelled);
    }
    void transportErrorsAreToldApart() {
        QFETCH(TransportError, error);
        QFETCH(QString, code);
        QFETCH(Reach, reach);
        HttpReply reply = replyOf(200);  // a body that broke off comes with its 200
        reply.error = error;
        const auto failure = ServiceFailure::classify(reply, true, kNow);
        QVERIFY(failure);
        QCOMPARE(failure->error.code, code);
        QCOMPARE(failure->reach, reach);
        verifySentences(failure->error);
    }

    void wholeAnswerIsNoFailure() { QVERIFY(!ServiceFailure::classify(replyOf(200, "{}"), true, kNow)); }

    void waitIsReadFromAnyOfItsForms_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("ms");  // -1: none
        const QByteArray wait = "Retry-After";
        const QByteArray reset = "X-RateLimit-Reset";
        const qint64 epoch = kNow.toMSecsSinceEpoch();
        QTest::newRow("seconds") << 429 << wait << QByteArray("28") << qint64(28000);
        QTest::newRow("zero") << 429 << wait << QByteArray("0") << qint64(0);
        QTest::newRow("fraction") << 503 << wait << QByteArray(" 1.5 ") << qint64(1500);
        QTest::newRow("negative") << 429 << wait << QByteArray("-3") << qint64(0);
        QTest::newRow("not a number") << 429 << wait << QByteArray("nan") << qint64(-1);
        QTest::newRow("rubbish") << 429 << wait << QByteArray("soon") << qint64(-1);
        QTest::newRow("date") << 503 << wait << QByteArray("Mon, 09 Feb 2026 08:00:30 GMT") << qint64(30000);
        QTest::newRow("date, wrong weekday")
            << 503 << wait << QByteArray("Tue, 09 Feb 2026 08:00:30 GMT") << qint64(30000);
        QTest::newRow("date, rfc 850")
            << 503 << wait << QByteArray("Monday, 09-Feb-26 08:00:30 GMT") << qint64(30000);
        QTest::newRow("date, asctime")
            << 503 << wait << QByteArray("Mon Feb  9 08:00:30 2026") << qint64(30000);
        QTest::newRow("date gone by")
            << 503 << wait << QByteArray("Mon, 09 Feb 2026 07:00:00 GMT") << qint64(0);
        QTest::newRow("reset in epoch ms")
            << 429 << reset << QByteArray::number(epoch + 4200) << qint64(4200);
        QTest::newRow("reset in epoch s")
            << 429 << reset << QByteArray::number(epoch / 1000 + 42) << qint64(42000);
        QTest::newRow("reset in seconds") << 429 << reset << QByteArray("12") << qint64(12000);
        QTest::newRow("reset gone by") << 429 << reset << QByteArray::number(epoch - 1) << qint64(0);
        QTest::newRow("reset without 429") << 200 << reset << QByteArray("12") << qint64(-1);
        QTest::newRow("endless") << 429 << wait << QByteArray("1e300") << qint64(366) * 24 * 3600 * 1000;
    }
    void waitIsReadFromAnyOfItsForms() {
        QFETCH(int, status);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(qint64, ms);
        HttpReply reply = replyOf(status);
        reply.headers = {{name, value}};
        const auto wait = ServiceFailure::retryAfter(reply, kNow);
        QCOMPARE(wait ? wait->count() : -1, ms);
    }

    void momentsAreMeasuredByTheServicesClock_data() {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<int>("seconds");
        // kNow is 08:00:00.
        QTest::newRow("local clock is fast") << QByteArray("Mon, 09 Feb 2026 07:00:00 GMT") << 30;
        QTest::newRow("local clock is slow") << QByteArray("Mon, 09 Feb 2026 07:00:20 GMT") << 10;
        QTest::newRow("no date") << QByteArray() << 0;
        QTest::newRow("not a date") << QByteArray("today") << 0;
    }
    void momentsAreMeasuredByTheServicesClock() {
        QFETCH(QByteArray, date);
        QFETCH(int, seconds);
        HttpReply reply;
        reply.status = 429;
        reply.headers = {{"Retry-After", "Mon, 09 Feb 2026 07:00:30 GMT"}};
        if (!date.isEmpty())
            reply.headers.append({"Date", date});
        const std::optional<milliseconds> expected = std::chrono::seconds(seconds);
        QCOMPARE(ServiceFailure::retryAfter(reply, kNow), expected);
        // A moment in epoch milliseconds is one of that clock too.
        const QDateTime until(QDate(2026, 2, 9), QTime(7, 0, 30), Qt::UTC);
        reply.headers[0] = {"X-RateLimit-Reset", QByteArray::number(until.toMSecsSinceEpoch())};
        QCOMPARE(ServiceFailure::retryAfter(reply, kNow), expected);
    }

    void retryAfterWinsOverReset() {
        HttpReply reply = replyOf(429);
        reply.headers = {{"X-RateLimit-Reset", "99"}, {"Retry-After", "3"}};
        QCOMPARE(ServiceFailure::retryAfter(reply, kNow), std::optional<milliseconds>(3s));
    }

    void resetIsAlsoFoundInTheBody() {
        const HttpReply reply = replyOf(
            429,
            "{\"error\":{\"message\":\"slow\",\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"9\"}}}}");
        const auto failure = ServiceFailure::classify(reply, false, kNow);
        QCOMPARE(failure->retryAfter, std::optional<milliseconds>(9s));
        QVERIFY(failure->pausesAll);
    }

    void bodyNeedNotBeJson_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("html") << QByteArray("<html>Bad gateway</html>");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("array") << QByteArray("[1, 2]");
        QTest::newRow("error as text") << QByteArray("{\"error\": \"Bad gateway\"}");
        QTest::newRow("cut off") << QByteArray("{\"error\": {\"mess");
        QTest::newRow("no utf-8") << QByteArray("\xff\xfe\x00", 3);
        QTest::newRow("very long") << QByteArray(1000000, 'x');
    }
    void bodyNeedNotBeJson() {
        QFETCH(QByteArray, body);
        const auto failure = ServiceFailure::classify(replyOf(502, body), false, kNow);
        QCOMPARE(failure->error.code, QStringLiteral("service.unavailable"));
        QVERIFY(failure->error.detail.size() < 400);
        QCOMPARE(failure->error.detail.contains(QStringLiteral("Bad gateway")), body.contains("Bad gateway"));
    }

    // Some services quote the key that they refuse.
    void keyQuotedByTheServiceIsBlottedOut() {
        const HttpReply reply = replyOf(
            401,
            "{\"error\":{\"message\":\"Incorrect API key: sk-or-v1-0123456789abcdef; Bearer topsecret\"}}");
        const Error error = ServiceFailure::classify(reply, false, kNow)->error;
        for (const QString& text : QStringList{error.detail} + error.args) {
            QVERIFY(!text.contains(QStringLiteral("0123456789")));
            QVERIFY(!text.contains(QStringLiteral("topsecret")));
        }
        QVERIFY(error.args.value(1).startsWith(QStringLiteral("Incorrect API key")));
    }

    void errorInsideA200IsTriedAgain() {
        const auto error = QJsonDocument::fromJson("{\"code\":502,\"message\":\"Upstream error\"}").object();
        const ReadFailure failure = ServiceFailure::embedded(error);
        QCOMPARE(failure.error.code, QStringLiteral("service.error_in_answer"));
        QCOMPARE(failure.error.args, (QStringList{QStringLiteral("502"), QStringLiteral("Upstream error")}));
        QCOMPARE(failure.reach, Reach::Retry);
        verifySentences(failure.error);
        QCOMPARE(ServiceFailure::embedded({}).reach, Reach::Retry);
    }
};

QTEST_GUILESS_MAIN(TestServiceFailure)
#include "tst_servicefailure.moc"
