// SPDX-License-Identifier: GPL-3.0-or-later
// An AI service for benchmarks, in a process of its own so that it neither costs the client's CPU time nor
// shares its memory: answers after a lognormal time and tells what it saw.
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTextStream>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <vector>

#include "../readers/AiTestTools.h"

namespace tallydesk::bench {

/// The service's side. Runs in its process's main thread.
class BenchService {
public:
    BenchService(double median, double sigma) : m_latencies(std::log(std::max(1e-3, median)), sigma) {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket* socket = m_server.nextPendingConnection())
                serve(socket);
        });
    }
    quint16 port() const { return m_server.serverPort(); }

private:
    using Steady = std::chrono::steady_clock;

    void serve(QTcpSocket* socket) {
        ++m_connections;
        auto buffer = std::make_shared<QByteArray>();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, buffer] {
            const bool begins = buffer->isEmpty();
            *buffer += socket->readAll();
            if (begins && buffer->startsWith("POST"))
                m_arrivals.push_back(Steady::now());
            const qsizetype head = buffer->indexOf("\r\n\r\n");
            if (head < 0)
                return;
            const QByteArray lower = buffer->left(head).toLower();
            const qsizetype at = lower.indexOf("content-length:");
            const qsizetype length =
                at < 0 ? 0 : lower.mid(at + 15, 12).split('\r').first().trimmed().toLongLong();
            if (buffer->size() < head + 4 + length)
                return;
            const QByteArray body = buffer->mid(head + 4, length);
            const bool isChat = buffer->startsWith("POST");
            buffer->clear();
            isChat ? chat(socket, body) : reply(socket, QJsonDocument(stats()).toJson());
        });
    }

    void chat(QTcpSocket* socket, const QByteArray& body) {
        m_bytes += body.size();
        const QByteArray hash = aitest::sha256(firstImage(body));
        m_twice += ++m_seen[hash] > 1;
        const double latency = m_latencies(m_random);
        m_answers.push_back(latency);
        QTimer::singleShot(
            static_cast<int>(std::lround(1000 * latency)), Qt::PreciseTimer, socket, [this, socket, hash] {
                reply(socket,
                      aitest::completion(QString::fromUtf8(aitest::compact(aitest::derivedForm(hash)))));
            });
    }

    // Without a parser: bodies are some hundred kilobytes and come fifty a second.
    static QByteArray firstImage(const QByteArray& body) {
        const QByteArray mark = QByteArrayLiteral(";base64,");
        const qsizetype from = body.indexOf(mark) + mark.size();
        return QByteArray::fromBase64(body.mid(from, body.indexOf('"', from) - from));
    }

    static void reply(QTcpSocket* socket, const QByteArray& body) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                      QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    QJsonObject stats() const {
        std::vector<Steady::time_point> times = m_arrivals;
        std::sort(times.begin(), times.end());
        int most = 0;
        for (size_t first = 0, last = 0; last < times.size(); ++last) {
            while (times[last] - times[first] >= std::chrono::milliseconds(900))
                ++first;
            most = std::max(most, static_cast<int>(last - first + 1));
        }
        QJsonArray answers;
        for (const double latency : m_answers)
            answers.append(latency);
        return {{QStringLiteral("requests"), static_cast<int>(times.size())},
                {QStringLiteral("twice"), m_twice},
                {QStringLiteral("connections"), m_connections},
                {QStringLiteral("bytes"), m_bytes},
                {QStringLiteral("most_in_0.9s"), most},
                {QStringLiteral("answers"), answers}};
    }

    QTcpServer m_server;
    std::mt19937_64 m_random{20260209};
    std::lognormal_distribution<double> m_latencies;
    std::vector<Steady::time_point> m_arrivals;
    std::vector<double> m_answers;
    QHash<QByteArray, int> m_seen;
    qint64 m_bytes = 0;
    int m_twice = 0;
    int m_connections = 0;
};

/// The client's side: starts this very program as a service and asks it for what it saw.
class ServiceProcess {
public:
    ServiceProcess(double median, double sigma) {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--serve"), QString::number(median), QString::number(sigma)});
        m_process.waitForReadyRead(10000);
        m_port = m_process.readLine().trimmed().toInt();
    }
    ~ServiceProcess() {
        m_process.kill();
        m_process.waitForFinished();
    }
    QString baseUrl() const { return QStringLiteral("http://127.0.0.1:%1/api/v1").arg(m_port); }

    QJsonObject stats() const {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_port));
        socket.waitForConnected(5000);
        socket.write("GET /stats HTTP/1.1\r\n\r\n");
        QByteArray all;
        while (!all.contains("\r\n\r\n") || QJsonDocument::fromJson(bodyOf(all)).isNull()) {
            if (!socket.waitForReadyRead(5000))
                break;
            all += socket.readAll();
        }
        return QJsonDocument::fromJson(bodyOf(all)).object();
    }

    /// What the program does when it is started as the service; nullopt otherwise.
    static std::optional<int> serve(const QCoreApplication& app) {
        const QStringList arguments = app.arguments();
        if (arguments.value(1) != QStringLiteral("--serve"))
            return std::nullopt;
        const BenchService service(arguments.value(2).toDouble(), arguments.value(3).toDouble());
        QTextStream(stdout) << service.port() << Qt::endl;
        return QCoreApplication::exec();
    }

private:
    static QByteArray bodyOf(const QByteArray& answer) {
        const qsizetype head = answer.indexOf("\r\n\r\n");
        return head < 0 ? QByteArray() : answer.mid(head + 4);
    }

    QProcess m_process;
    int m_port = 0;
};

}  // namespace tallydesk::bench
