// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QEventLoop>
#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace tallydesk {

/// What the fake server got: request line, headers by lower-case name, body; which connection brought it.
struct FakeRequest {
    QByteArray method;
    QByteArray path;
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    int connection = 0;
};

/// What it does with a request.
struct FakeAnswer {
    enum class Way {
        Whole,       ///< the answer as it should be
        Hang,        ///< nothing ever
        Drip,        ///< one byte each `pause`
        ResetEarly,  ///< the connection dies before a byte of the answer
        Truncated,   ///< the header, half of the body, then an orderly close
        ResetLate,   ///< the header, half of the body, then the connection dies
        KeepAlive,   ///< chunked: a blank at once, the body after `pause`
    };
    Way way = Way::Whole;
    int status = 200;
    QByteArray body = QByteArrayLiteral("{}");
    QList<QPair<QByteArray, QByteArray>> headers;
    /// Claimed in Content-Length instead of the body's size, when set.
    qint64 claimedLength = -1;
    /// Before the answer begins; for Drip between bytes.
    int pauseMs = 0;
};

/// A small HTTP/1.1 server on loopback in a thread of its own, with keep-alive, for tests of whoever sends
/// requests. `handler` runs in that thread. Used from one thread; its counters from any.
class FakeServer {
public:
    using Handler = std::function<FakeAnswer(const FakeRequest&)>;

    // The thread and its hand-over are the standard library's: the thread sanitizer can't look into Qt's.
    explicit FakeServer(Handler handler) : m_handler(std::move(handler)), m_thread([this] { serve(); }) {
        std::unique_lock lock(m_mutex);
        m_listening.wait(lock, [this] { return m_loop != nullptr; });
    }
    ~FakeServer() {
        {
            const std::lock_guard lock(m_mutex);
            QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
        }
        m_thread.join();
    }
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;

    QUrl url(const QString& path = QStringLiteral("/api/v1/chat/completions")) const {
        const std::lock_guard lock(m_mutex);
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
    }
    QList<FakeRequest> requests() const {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    int requestCount() const { return static_cast<int>(requests().size()); }
    int connectionCount() const {
        const std::lock_guard lock(m_mutex);
        return m_connections;
    }

private:
    void serve() {
        QEventLoop loop;
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&] { accept(server); });
        {
            const std::lock_guard lock(m_mutex);
            m_port = server.serverPort();
            m_loop = &loop;
        }
        m_listening.notify_all();
        loop.exec();
    }

    void accept(QTcpServer& server) {
        while (QTcpSocket* socket = server.nextPendingConnection()) {
            int number = 0;
            {
                const std::lock_guard lock(m_mutex);
                number = ++m_connections;
            }
            auto buffer = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, buffer, number] {
                *buffer += socket->readAll();
                while (takeRequest(*socket, *buffer, number)) {
                }
            });
        }
    }

    bool takeRequest(QTcpSocket& socket, QByteArray& buffer, int connection) {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        FakeRequest request;
        request.connection = connection;
        const QList<QByteArray> lines = buffer.left(end).split('\n');
        const QList<QByteArray> first = lines.first().trimmed().split(' ');
        request.method = first.value(0);
        request.path = first.value(1);
        for (const QByteArray& line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers[line.left(colon).trimmed().toLower()] = line.mid(colon + 1).trimmed();
        }
        const qsizetype length = request.headers.value("content-length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return false;
        request.body = buffer.mid(end + 4, length);
        buffer.remove(0, end + 4 + length);
        {
            const std::lock_guard lock(m_mutex);
            m_requests.append(request);
        }
        const FakeAnswer answer = m_handler(request);
        if (answer.way == FakeAnswer::Way::Drip || answer.way == FakeAnswer::Way::KeepAlive)
            send(socket, answer);
        else
            QTimer::singleShot(answer.pauseMs, &socket, [this, &socket, answer] { send(socket, answer); });
        return true;
    }

    void send(QTcpSocket& socket, const FakeAnswer& answer) {
        if (answer.way == FakeAnswer::Way::Hang)
            return;
        if (answer.way == FakeAnswer::Way::ResetEarly) {
            socket.abort();
            return;
        }
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Status\r\n";
        for (const auto& [name, value] : answer.headers)
            head += name + ": " + value + "\r\n";
        if (answer.way == FakeAnswer::Way::KeepAlive) {
            socket.write(head + "Transfer-Encoding: chunked\r\n\r\n1\r\n \r\n");
            QTimer::singleShot(answer.pauseMs, &socket, [&socket, body = answer.body] {
                socket.write(QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n");
            });
            return;
        }
        const qint64 length = answer.claimedLength >= 0 ? answer.claimedLength : answer.body.size();
        head +=
            "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(length) + "\r\n\r\n";
        socket.write(head);
        if (answer.way == FakeAnswer::Way::Drip) {
            auto* timer = new QTimer(&socket);
            auto sent = std::make_shared<qsizetype>(0);
            QObject::connect(timer, &QTimer::timeout, &socket, [&socket, timer, sent, body = answer.body] {
                if (*sent < body.size())
                    socket.write(body.mid((*sent)++, 1));
                else
                    timer->stop();
            });
            timer->start(answer.pauseMs);
        } else if (answer.way == FakeAnswer::Way::Truncated) {
            socket.write(answer.body.left(answer.body.size() / 2));
            socket.disconnectFromHost();
        } else if (answer.way == FakeAnswer::Way::ResetLate) {
            socket.write(answer.body.left(answer.body.size() / 2));
            socket.flush();
            // Given a moment, or the half is lost with the connection.
            QTimer::singleShot(20, &socket, [&socket] { socket.abort(); });
        } else {
            socket.write(answer.body);
        }
    }

    const Handler m_handler;
    // Guarded by m_mutex.
    mutable std::mutex m_mutex;
    std::condition_variable m_listening;
    QEventLoop* m_loop = nullptr;
    quint16 m_port = 0;
    QList<FakeRequest> m_requests;
    int m_connections = 0;
    // Last, so that it starts when all else is there.
    std::thread m_thread;
};

}  // namespace tallydesk
