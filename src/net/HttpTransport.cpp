// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/HttpTransport.h"

#include <QEventLoop>
#include <QHostAddress>
#include <QIODevice>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <algorithm>
#include <cstring>
#include <utility>

namespace tallydesk {

namespace {

// A body that can be read once. Qt sends a request again by itself, up to three times, when the server
// closes the connection before it answers; such a request would pass no gate and could be paid twice.
// From a device that can't be rewound Qt reports the error instead.
class SingleUseBody final : public QIODevice {
public:
    explicit SingleUseBody(const HttpRequest& request) : m_parts{request.bodyHead, request.body} {
        open(QIODevice::ReadOnly);
    }
    bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; }
    bool atEnd() const override { return bytesAvailable() == 0; }
    qint64 bytesAvailable() const override { return left() + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char* data, qint64 maxSize) override {
        if (left() == 0)
            return -1;
        const bool inHead = m_position < m_parts[0].size();
        const QByteArray& part = m_parts[inHead ? 0 : 1];
        const qint64 from = inHead ? m_position : m_position - m_parts[0].size();
        const qint64 count = std::min<qint64>(maxSize, part.size() - from);
        std::memcpy(data, part.constData() + from, static_cast<size_t>(count));
        m_position += count;
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    qint64 left() const { return m_parts[0].size() + m_parts[1].size() - m_position; }

    const QByteArray m_parts[2];
    qint64 m_position = 0;
};

bool isLoopback(const QString& host) {
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

QNetworkRequest networkRequest(const HttpRequest& request) {
    QNetworkRequest result(request.url);
    for (const auto& [name, value] : request.headers)
        result.setRawHeader(name, value);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // One exchange at a time and connection: HTTP/1.1 is all that is needed.
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    if (request.method == HttpRequest::Method::Post) {
        result.setHeader(QNetworkRequest::ContentLengthHeader, request.bodySize());
        result.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    }
    return result;
}

// HTTP statuses from 400 also arrive as QNetworkReply errors; those are no failure of the transport.
TransportError transportError(QNetworkReply::NetworkError error, int status) {
    switch (error) {
        case QNetworkReply::NoError:
            return status >= 300 && status < 400 ? TransportError::Redirect : TransportError::None;
        case QNetworkReply::HostNotFoundError:
        case QNetworkReply::ProxyNotFoundError:
            return TransportError::HostNotFound;
        case QNetworkReply::SslHandshakeFailedError:
            return TransportError::Tls;
        case QNetworkReply::TimeoutError:
        case QNetworkReply::ProxyTimeoutError:
            return TransportError::Idle;
        case QNetworkReply::ContentReSendError:
            // Even when it does not follow a redirect Qt tries to rewind the body.
            return status >= 300 && status < 400 ? TransportError::Redirect : TransportError::Connection;
        case QNetworkReply::TooManyRedirectsError:
        case QNetworkReply::InsecureRedirectError:
            return TransportError::Redirect;
        default:
            break;
    }
    const bool belowHttp = error < QNetworkReply::ContentAccessDenied;
    return !belowHttp && status >= 400 ? TransportError::None : TransportError::Connection;
}

}  // namespace

std::optional<QByteArray> HttpReply::header(const QByteArray& name) const {
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return std::nullopt;
}

HttpTransport::HttpTransport() = default;

HttpTransport::~HttpTransport() = default;

bool HttpTransport::mayContact(const QUrl& url) {
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == QLatin1String("https") ||
           (url.scheme() == QLatin1String("http") && isLoopback(url.host()));
}

QNetworkAccessManager& HttpTransport::managerOfThisThread() {
    // A manager belongs to its thread and must die in it, whichever ends first, thread or transport.
    thread_local std::vector<std::pair<std::weak_ptr<Tag>, std::unique_ptr<QNetworkAccessManager>>> managers;
    std::erase_if(managers, [](const auto& entry) { return entry.first.expired(); });
    for (const auto& [tag, manager] : managers)
        if (tag.lock() == m_tag)
            return *manager;
    managers.emplace_back(m_tag, std::make_unique<QNetworkAccessManager>());
    return *managers.back().second;
}

HttpReply HttpTransport::send(const HttpRequest& request, const CancelToken& cancel) {
    HttpReply result;
    if (!mayContact(request.url)) {
        result.error = TransportError::BadUrl;
        result.errorText = request.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
        return result;
    }
    if (cancel.isCancelled()) {
        result.error = TransportError::Cancelled;
        return result;
    }

    SingleUseBody body(request);
    QNetworkAccessManager& manager = managerOfThisThread();
    const QNetworkRequest wire = networkRequest(request);
    const std::unique_ptr<QNetworkReply> reply(
        request.method == HttpRequest::Method::Post ? manager.post(wire, &body) : manager.get(wire));

    QEventLoop loop;
    QTimer deadline;
    QTimer idle;
    deadline.setSingleShot(true);
    idle.setSingleShot(true);
    TransportError given = TransportError::None;
    const auto giveUp = [&](TransportError why) {
        if (given != TransportError::None || reply->isFinished())
            return;
        given = why;
        reply->abort();
    };
    const auto takeBytes = [&] {
        result.body += reply->readAll();
        if (result.body.size() > request.maxAnswerBytes)
            giveUp(TransportError::TooLarge);
    };
    const auto answered = [&] { idle.start(request.idle); };
    QObject::connect(&deadline, &QTimer::timeout, &loop, [&] { giveUp(TransportError::Deadline); });
    QObject::connect(&idle, &QTimer::timeout, &loop, [&] { giveUp(TransportError::Idle); });
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(), &QNetworkReply::uploadProgress, &loop, [&] { idle.start(); });
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] {
        answered();
        takeBytes();
    });
    QObject::connect(reply.get(), &QNetworkReply::metaDataChanged, &loop, [&] {
        answered();
        const QVariant length = reply->header(QNetworkRequest::ContentLengthHeader);
        if (length.isValid() && length.toLongLong() > request.maxAnswerBytes)
            giveUp(TransportError::TooLarge);
    });
    deadline.start(request.deadline);
    idle.start(request.idleBeforeAnswer.value_or(request.idle));

    {
        // Runs in the thread that cancels; only the queued call touches the reply, in this thread.
        const auto registration = cancel.onCancel([&loop, &giveUp] {
            QMetaObject::invokeMethod(
                &loop, [&giveUp] { giveUp(TransportError::Cancelled); }, Qt::QueuedConnection);
        });
        if (!reply->isFinished())
            loop.exec();
    }

    if (given == TransportError::None)
        takeBytes();
    result.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    for (const auto& [name, value] : reply->rawHeaderPairs())
        result.headers.append({name, value});
    result.error = given;
    if (given == TransportError::None) {
        if (result.body.size() > request.maxAnswerBytes)
            result.error = TransportError::TooLarge;
        else
            result.error = transportError(reply->error(), result.status);
    }
    if (result.error != TransportError::None)
        result.errorText = reply->errorString();
    if (result.error == TransportError::TooLarge)
        result.body.clear();
    return result;
}

}  // namespace tallydesk
