// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>
#include <QTimer>
#include <thread>

#include "FakeServer.h"
#include "net/HttpTransport.h"

using namespace tallydesk;
using namespace std::chrono_literals;
using Way = FakeAnswer::Way;

namespace {

HttpRequest post(const QUrl& url, const QByteArray& body = QByteArrayLiteral("{\"model\":\"m\"}")) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = url;
    request.headers = {{"Authorization", "Bearer secret"}, {"Content-Type", "application/json"}};
    request.body = body;
    request.deadline = 10s;
    return request;
}

FakeServer::Handler always(const FakeAnswer& answer) {
    return [answer](const FakeRequest&) { return answer; };
}

FakeAnswer way(Way value, int pauseMs = 0) {
    FakeAnswer answer;
    answer.way = value;
    answer.pauseMs = pauseMs;
    answer.body = QByteArray(1000, 'x');
    return answer;
}

}  // namespace

class TestHttpTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bodyAndHeadersArriveAndComeBack() {
        FakeAnswer answer;
        answer.body = "{\"id\": 1}";
        answer.headers = {{"X-RateLimit-Reset", "17"}};
        FakeServer server(always(answer));
        HttpTransport transport;
        const QByteArray large(700000, 'b');
        const HttpReply reply = transport.send(post(server.url(), large), CancelToken());
        QCOMPARE(reply.error, TransportError::None);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, answer.body);
        QCOMPARE(reply.header("x-ratelimit-RESET"), std::optional<QByteArray>("17"));
        QVERIFY(!reply.header("Retry-After"));
        QCOMPARE(server.requestCount(), 1);
        const FakeRequest got = server.requests().constFirst();
        QCOMPARE(got.method, QByteArray("POST"));
        QCOMPARE(got.body, large);
        QCOMPARE(got.headers.value("authorization"), QByteArray("Bearer secret"));
    }

    void bodyInTwoPartsArrivesAsOne() {
        FakeServer server(always(way(Way::Whole)));
        HttpTransport transport;
        HttpRequest request = post(server.url(), QByteArrayLiteral(",\"tail\":1}"));
        request.bodyHead = QByteArrayLiteral("{\"head\":\"") + QByteArray(500'000, 'h') + '"';
        QCOMPARE(transport.send(request, {}).status, 200);
        QCOMPARE(server.requests().value(0).body, request.bodyHead + request.body);
        QCOMPARE(request.bodySize(), server.requests().value(0).body.size());
    }

    void getHasNoBody() {
        FakeServer server(always({}));
        HttpTransport transport;
        HttpRequest request;
        request.url = server.url(QStringLiteral("/api/v1/key"));
        const HttpReply reply = transport.send(request, CancelToken());
        QCOMPARE(reply.status, 200);
        QCOMPARE(server.requests().constFirst().method, QByteArray("GET"));
    }

    void errorStatusIsNoTransportError_data() {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 529})
            QTest::addRow("%d", status) << status;
    }
    void errorStatusIsNoTransportError() {
        QFETCH(int, status);
        FakeAnswer answer;
        answer.status = status;
        answer.body = "{\"error\": {\"message\": \"no\"}}";
        answer.headers = {{"Retry-After", "7"}, {"WWW-Authenticate", "Bearer"}};
        FakeServer server(always(answer));
        HttpTransport transport;
        const HttpReply reply = transport.send(post(server.url()), CancelToken());
        QCOMPARE(reply.error, TransportError::None);
        QCOMPARE(reply.status, status);
        QCOMPARE(reply.body, answer.body);
        QCOMPARE(reply.header("retry-after"), std::optional<QByteArray>("7"));
        QCOMPARE(server.requestCount(), 1);
    }

    void connectionIsReused() {
        FakeServer server(always({}));
        HttpTransport transport;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(transport.send(post(server.url()), CancelToken()).status, 200);
        QCOMPARE(server.requestCount(), 5);
        QCOMPARE(server.connectionCount(), 1);
    }

    void eachThreadHasItsOwnConnection() {
        FakeServer server(always({}));
        HttpTransport transport;
        std::vector<std::thread> threads;
        std::atomic<int> good = 0;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 3; ++j)
                    good += transport.send(post(server.url()), CancelToken()).status == 200;
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 12);
        QCOMPARE(server.connectionCount(), 4);
    }

    // Qt sends a request again by itself when the connection dies before the answer; such a request would
    // pass no gate.
    void requestIsNeverSentTwiceByItself() {
        FakeServer server(always(way(Way::ResetEarly)));
        HttpTransport transport;
        const HttpReply reply = transport.send(post(server.url()), CancelToken());
        QCOMPARE(reply.error, TransportError::Connection);
        QCOMPARE(server.requestCount(), 1);
    }

    void requestOnAReusedConnectionIsNeverSentTwiceByItself() {
        std::atomic<int> calls = 0;
        FakeServer server(
            [&](const FakeRequest&) { return calls++ == 0 ? FakeAnswer() : way(Way::ResetEarly); });
        HttpTransport transport;
        QCOMPARE(transport.send(post(server.url()), CancelToken()).status, 200);
        QCOMPARE(transport.send(post(server.url()), CancelToken()).error, TransportError::Connection);
        QCOMPARE(server.requestCount(), 2);
    }

    // A body that broke off comes with status 200.
    void truncatedBodyIsAnError_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("orderly close") << static_cast<int>(Way::Truncated);
        QTest::newRow("connection dies") << static_cast<int>(Way::ResetLate);
    }
    void truncatedBodyIsAnError() {
        QFETCH(int, kind);
        FakeServer server(always(way(static_cast<Way>(kind))));
        HttpTransport transport;
        const HttpReply reply = transport.send(post(server.url()), CancelToken());
        QCOMPARE(reply.error, TransportError::Connection);
        QCOMPARE(reply.status, 200);
        QCOMPARE(server.requestCount(), 1);
    }

    void answerMayBeginLaterThanTheIdleTime() {
        FakeAnswer late = way(Way::Whole);
        late.pauseMs = 600;
        FakeServer server(always(late));
        HttpTransport transport;
        HttpRequest request = post(server.url());
        request.idle = 200ms;
        request.idleBeforeAnswer = 20s;
        request.deadline = 20s;
        QCOMPARE(transport.send(request, CancelToken()).status, 200);
        // Once it has begun it may not fall silent.
        FakeAnswer stuck = way(Way::KeepAlive);
        stuck.pauseMs = 5000;
        FakeServer second(always(stuck));
        request.url = second.url();
        QCOMPARE(transport.send(request, CancelToken()).error, TransportError::Idle);
    }

    void hangingServerTripsTheIdleTime() {
        FakeServer server(always(way(Way::Hang)));
        HttpTransport transport;
        HttpRequest request = post(server.url());
        request.idle = 200ms;
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(transport.send(request, CancelToken()).error, TransportError::Idle);
        QVERIFY(timer.elapsed() < 1500);
        QCOMPARE(server.requestCount(), 1);
    }

    void drippingAnswerTripsTheDeadline() {
        FakeServer server(always(way(Way::Drip, 20)));
        HttpTransport transport;
        HttpRequest request = post(server.url());
        request.idle = 5s;
        request.deadline = 500ms;
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(transport.send(request, CancelToken()).error, TransportError::Deadline);
        QVERIFY(timer.elapsed() >= 450 && timer.elapsed() < 2000);
    }

    void slowAnswerWithinItsTimeIsTaken() {
        FakeServer server(always(way(Way::Whole, 300)));
        HttpTransport transport;
        HttpRequest request = post(server.url());
        request.idle = 3s;
        QCOMPARE(transport.send(request, CancelToken()).body.size(), 1000);
    }

    void answerInPiecesIsTakenWhole() {
        FakeServer server(always(way(Way::KeepAlive, 100)));
        HttpTransport transport;
        const HttpReply reply = transport.send(post(server.url()), CancelToken());
        QCOMPARE(reply.error, TransportError::None);
        QCOMPARE(reply.body, ' ' + QByteArray(1000, 'x'));
    }

    void redirectIsNotFollowed() {
        FakeServer other(always({}));
        FakeAnswer answer;
        answer.status = 307;
        answer.headers = {{"Location", other.url().toEncoded()}};
        FakeServer server(always(answer));
        HttpTransport transport;
        const HttpReply reply = transport.send(post(server.url()), CancelToken());
        QCOMPARE(reply.error, TransportError::Redirect);
        QCOMPARE(other.requestCount(), 0);
    }

    void hugeAnswerIsNotTaken_data() {
        QTest::addColumn<qint64>("claimed");
        QTest::newRow("said beforehand") << (qint64(1) << 40);
        QTest::newRow("found out") << qint64(-1);
    }
    void hugeAnswerIsNotTaken() {
        QFETCH(qint64, claimed);
        FakeAnswer answer;
        answer.body = QByteArray(3000000, 'x');
        answer.claimedLength = claimed;
        FakeServer server(always(answer));
        HttpTransport transport;
        HttpRequest request = post(server.url());
        request.maxAnswerBytes = 1000000;
        const HttpReply reply = transport.send(request, CancelToken());
        QCOMPARE(reply.error, TransportError::TooLarge);
        QVERIFY(reply.body.isEmpty());
    }

    void nobodyListensIsAConnectionError() {
        QUrl url;
        {
            FakeServer gone(always({}));
            url = gone.url();
        }
        HttpTransport transport;
        QCOMPARE(transport.send(post(url), CancelToken()).error, TransportError::Connection);
    }

    void unknownHostIsTold() {
        HttpTransport transport;
        const QUrl url(QStringLiteral("https://no-such-host.invalid/api"));
        QCOMPARE(transport.send(post(url), CancelToken()).error, TransportError::HostNotFound);
    }

    void serverWithoutTlsIsTold() {
        FakeServer server(always({}));
        QUrl url = server.url();
        url.setScheme(QStringLiteral("https"));
        HttpTransport transport;
        HttpRequest request = post(url);
        request.deadline = 2s;
        // The fake never answers a handshake: whatever the cause is called, nothing is sent in the open.
        QVERIFY(transport.send(request, CancelToken()).error != TransportError::None);
        QCOMPARE(server.requestCount(), 0);
    }

    void addressMustBeSafe_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("https") << QStringLiteral("https://openrouter.ai/api/v1") << true;
        QTest::newRow("http loopback") << QStringLiteral("http://127.0.0.1:8080/") << true;
        QTest::newRow("http loopback 6") << QStringLiteral("http://[::1]:8080/") << true;
        QTest::newRow("http localhost") << QStringLiteral("http://localhost/") << true;
        QTest::newRow("http elsewhere") << QStringLiteral("http://openrouter.ai/api/v1") << false;
        QTest::newRow("http looks local") << QStringLiteral("http://127.0.0.1.example.com/") << false;
        QTest::newRow("http lan") << QStringLiteral("http://192.168.0.1/") << false;
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
        QTest::newRow("user") << QStringLiteral("https://user:pass@openrouter.ai/") << false;
        QTest::newRow("empty") << QString() << false;
    }
    void addressMustBeSafe() {
        QFETCH(QString, url);
        QFETCH(bool, allowed);
        QCOMPARE(HttpTransport::mayContact(QUrl(url)), allowed);
        if (!allowed) {
            HttpTransport transport;
            QCOMPARE(transport.send(post(QUrl(url)), CancelToken()).error, TransportError::BadUrl);
        }
    }

    void cancelEndsTheExchangeWithinASecond() {
        FakeServer server(always(way(Way::Hang)));
        HttpTransport transport;
        CancelToken cancel;
        std::thread canceller([&] {
            while (server.requestCount() == 0)
                std::this_thread::sleep_for(5ms);
            cancel.cancel();
        });
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(transport.send(post(server.url()), cancel).error, TransportError::Cancelled);
        QVERIFY(timer.elapsed() < 1000);
        canceller.join();
        QCOMPARE(transport.send(post(server.url()), cancel).error, TransportError::Cancelled);
        QCOMPARE(server.requestCount(), 1);
    }

    void failedExchangeDoesNotSpoilTheNext() {
        std::atomic<int> calls = 0;
        const QList<Way> ways{Way::Hang, Way::Truncated, Way::ResetEarly, Way::Drip};
        FakeServer server([&](const FakeRequest& request) {
            const int call = calls++;
            FakeAnswer answer = way(call % 2 == 0 ? ways.value(call / 2) : Way::Whole, 0);
            answer.pauseMs = answer.way == Way::Drip ? 50 : 0;
            if (answer.way == Way::Whole)
                answer.body = request.body;
            return answer;
        });
        HttpTransport transport;
        for (int i = 0; i < ways.size(); ++i) {
            HttpRequest bad = post(server.url());
            bad.deadline = 300ms;
            QVERIFY(transport.send(bad, CancelToken()).error != TransportError::None);
            const QByteArray body = "request " + QByteArray::number(i);
            QCOMPARE(transport.send(post(server.url(), body), CancelToken()).body, body);
        }
        QCOMPARE(server.requestCount(), 8);
    }
};

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_httptransport.moc"
