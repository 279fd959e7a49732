// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QUrl>
#include <chrono>
#include <optional>

#include "core/CancelToken.h"

namespace tallydesk {

/// What broke below HTTP. Each is told apart, because each means something else to the user.
enum class TransportError {
    None,
    Connection,  ///< refused, reset, or broken off (also after a 200: the body is not whole)
    HostNotFound,
    Tls,       ///< certificate or handshake
    Deadline,  ///< the whole exchange took too long
    Idle,      ///< nothing moved for too long
    TooLarge,  ///< the answer exceeds the bound
    Redirect,  ///< answered with 3xx; never followed, because the key travels in a header
    Cancelled,
    BadUrl,  ///< not http(s), or plain http to another machine
};

/// One exchange to make. Headers may carry the key: a request is never logged or printed.
/// A plain value: any thread.
struct HttpRequest {
    enum class Method { Get, Post };
    Method method = Method::Get;
    QUrl url;
    QList<QPair<QByteArray, QByteArray>> headers;
    /// Two parts that are sent as one: a large head stays shared with whoever keeps it for another attempt.
    QByteArray bodyHead;
    QByteArray body;
    /// The whole exchange, from call to last byte.
    std::chrono::milliseconds deadline = std::chrono::seconds(120);
    /// The longest time in which nothing is sent or received.
    std::chrono::milliseconds idle = std::chrono::seconds(90);
    /// The same before the answer's first byte, where who answers may think for longer.
    std::optional<std::chrono::milliseconds> idleBeforeAnswer = {};
    /// The largest answer that is taken, in bytes after decompression.
    qint64 maxAnswerBytes = 16 * 1024 * 1024;

    qint64 bodySize() const { return bodyHead.size() + body.size(); }
};

/// What came back. Look at `error` first: a body that broke off comes with status 200.
/// A plain value: any thread.
struct HttpReply {
    TransportError error = TransportError::None;
    /// For logs; holds no request header.
    QString errorText;
    /// 0 when no status line arrived.
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;

    /// The value of a header by its case-insensitive name; nullopt when it is absent.
    std::optional<QByteArray> header(const QByteArray& name) const;
    /// Arrived whole, whatever its status.
    bool arrived() const { return error == TransportError::None; }
};

/// Makes one HTTP exchange. Implementations are thread-safe, block their caller, and return within a
/// second of the token's cancel. One call is one request on the wire, never more.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    virtual HttpReply send(const HttpRequest& request, const CancelToken& cancel) = 0;
};

}  // namespace tallydesk
