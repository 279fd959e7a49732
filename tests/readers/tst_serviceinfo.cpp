// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "../net/FakeServer.h"
#include "core/MessageCatalog.h"
#include "net/HttpTransport.h"
#include "readers/ai/ServiceInfo.h"

using namespace tallydesk;

namespace {

const QString kKey = QStringLiteral("sk-or-v1-topsecret0123456789");

FakeAnswer answer(int status, const QByteArray& body) {
    FakeAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

ServiceSettings settingsFor(const FakeServer& server) {
    ServiceSettings settings;
    settings.baseUrl = server.url(QStringLiteral("/api/v1/")).toString();
    return settings;
}

const QByteArray kModels = R"({"data": [
  {"id": "b/text", "architecture": {"input_modalities": ["text"]}, "supported_parameters": ["tools"]},
  {"id": "a/vision", "architecture": {"input_modalities": ["text", "image"]},
   "supported_parameters": ["structured_outputs"]},
  {"id": "local"}, {"id": "local"}, {"id": ""}, {"name": "no id"}, 7 ]})";

}  // namespace

class TestServiceInfo : public QObject {
    Q_OBJECT

    HttpTransport m_http;

private Q_SLOTS:
    void listsModelsWithWhatTheServiceSaysOfThem() {
        const FakeServer server([](const FakeRequest&) { return answer(200, kModels); });
        const auto models = ServiceInfo(m_http, settingsFor(server), SecretKey(kKey)).models({});
        QVERIFY(models.has_value());
        QCOMPARE(*models, (QList<ServiceModel>{{QStringLiteral("a/vision"), true, true},
                                               {QStringLiteral("b/text"), false, false},
                                               {QStringLiteral("local"), {}, {}}}));
        const FakeRequest request = server.requests().constFirst();
        QCOMPARE(request.method, QByteArrayLiteral("GET"));
        QCOMPARE(request.path, QByteArrayLiteral("/api/v1/models"));
        QCOMPARE(request.headers.value("authorization"), "Bearer " + kKey.toUtf8());
    }

    void noListIsNoError() {
        const FakeServer server([](const FakeRequest&) { return answer(404, "nothing here"); });
        const auto models = ServiceInfo(m_http, settingsFor(server), {}).models({});
        QVERIFY(models.has_value());
        QVERIFY(models->isEmpty());
        QVERIFY2(!server.requests().constFirst().headers.contains("authorization"), "an empty key was sent");
    }

    void whatIsNoServiceIsNamedSo_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("web page") << QByteArrayLiteral("<html>Welcome</html>");
        QTest::newRow("other JSON") << QByteArrayLiteral("{\"models\": []}");
        QTest::newRow("array") << QByteArrayLiteral("[]");
        QTest::newRow("empty") << QByteArray();
    }
    void whatIsNoServiceIsNamedSo() {
        QFETCH(QByteArray, body);
        const FakeServer server([body](const FakeRequest&) { return answer(200, body); });
        const auto models = ServiceInfo(m_http, settingsFor(server), {}).models({});
        QVERIFY(!models);
        QCOMPARE(models.error().code, QStringLiteral("service.not_a_service"));
        QVERIFY(MessageCatalog::builtIn().contains(models.error().code));
    }

    void aKeyIsTestedWhereTheServiceHasAPageForIt() {
        const FakeServer server([](const FakeRequest&) {
            return answer(200, R"({"data": {"limit": 5, "limit_remaining": 1.25, "is_free_tier": true}})");
        });
        const auto report = ServiceInfo(m_http, settingsFor(server), SecretKey(kKey)).testKey({});
        QVERIFY(report.has_value());
        QCOMPARE(report->limit, std::optional(5.0));
        QCOMPARE(report->remaining, std::optional(1.25));
        QVERIFY(report->freeTier);
        QVERIFY(report->keyWasChecked);
        QCOMPARE(server.requestCount(), 1);
    }

    void aKeyIsTestedByTheListOfModelsElse_data() {
        QTest::addColumn<bool>("open");
        QTest::newRow("refuses whoever has no key") << false;
        QTest::newRow("answers everybody") << true;
    }
    void aKeyIsTestedByTheListOfModelsElse() {
        QFETCH(bool, open);
        const FakeServer server([open](const FakeRequest& request) {
            if (request.path.endsWith("/key"))
                return answer(404, {});
            const bool good = request.headers.value("authorization") == "Bearer " + kKey.toUtf8();
            return open || good ? answer(200, kModels) : answer(401, R"({"error": "no"})");
        });
        const auto report = ServiceInfo(m_http, settingsFor(server), SecretKey(kKey)).testKey({});
        QVERIFY(report.has_value());
        QCOMPARE(report->keyWasChecked, !open);
        QVERIFY(!report->limit);
    }

    void aRefusedKeyIsSaidAndNeverRepeated() {
        const FakeServer server([](const FakeRequest&) {
            return answer(401,
                          R"({"error": {"code": 401, "message": "No user for )" + kKey.toUtf8() + R"("}})");
        });
        const auto report = ServiceInfo(m_http, settingsFor(server), SecretKey(kKey)).testKey({});
        QVERIFY(!report);
        QCOMPARE(report.error().code, QStringLiteral("service.key_refused"));
        QVERIFY(!report.error().args.join(u' ').contains(QStringLiteral("topsecret")));
        QVERIFY(!report.error().detail.contains(QStringLiteral("topsecret")));
    }

    void plainHttpToAnotherMachineIsNeverTried() {
        ServiceSettings settings;
        settings.baseUrl = QStringLiteral("http://example.org/v1");
        QCOMPARE(ServiceInfo(m_http, settings, SecretKey(kKey)).models({}).error().code,
                 QStringLiteral("reader.bad_url"));
    }

    void aCancelledQuestionEnds() {
        FakeAnswer hang;
        hang.way = FakeAnswer::Way::Hang;
        const FakeServer server([hang](const FakeRequest&) { return hang; });
        CancelToken cancel;
        cancel.cancel();
        QCOMPARE(ServiceInfo(m_http, settingsFor(server), {}).models(cancel).error().code,
                 QStringLiteral("cancelled"));
    }
};

QTEST_GUILESS_MAIN(TestServiceInfo)
#include "tst_serviceinfo.moc"
