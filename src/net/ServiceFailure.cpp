// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ServiceFailure.h"

#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace tallydesk {

namespace {

using std::chrono::milliseconds;

constexpr int kLongestMessage = 300;

// The service's words go into messages and logs: bounded, on one line, and without a key that some
// services quote back ("Incorrect API key provided: sk-...").
QString harmless(const QString& text) {
    static const QRegularExpression keyLike(QStringLiteral("\\b(sk-|Bearer\\s+)[^\\s\"']{4,}"),
                                            QRegularExpression::CaseInsensitiveOption);
    QString result = text.left(8 * kLongestMessage);
    result.replace(keyLike, QStringLiteral("\\1***"));
    result = result.simplified();
    return result.size() > kLongestMessage ? result.left(kLongestMessage) + QChar(0x2026) : result;
}

QString errorMessage(const QJsonObject& error) {
    const QString message = harmless(error.value(QLatin1String("message")).toString());
    return message;
}

QJsonObject errorObject(const HttpReply& reply) {
    const QJsonObject root = QJsonDocument::fromJson(reply.body).object();
    const QJsonValue error = root.value(QLatin1String("error"));
    if (error.isObject())
        return error.toObject();
    // Other services: {"error": "text"}, {"message": "text"}, {"detail": "text"}.
    for (const QLatin1String key :
         {QLatin1String("error"), QLatin1String("message"), QLatin1String("detail")})
        if (root.value(key).isString())
            return {{QStringLiteral("message"), root.value(key)}};
    return {};
}

bool isModeration(const QJsonObject& error) {
    const QJsonObject metadata = error.value(QLatin1String("metadata")).toObject();
    return metadata.contains(QLatin1String("reasons")) || metadata.contains(QLatin1String("flagged_input")) ||
           metadata.value(QLatin1String("error_type"))
               .toString()
               .contains(QLatin1String("moderation"), Qt::CaseInsensitive);
}

// RFC 9110, 5.6.7: the fixed format and the two obsolete ones that a recipient must accept. The day of
// the week carries nothing and is skipped.
std::optional<QDateTime> httpDate(const QString& text) {
    QString rest = text.simplified();
    const int comma = rest.indexOf(QLatin1Char(','));
    rest = comma >= 0 ? rest.mid(comma + 1).trimmed() : rest.section(QLatin1Char(' '), 1);
    for (const QString& format :
         {QStringLiteral("d MMM yyyy HH:mm:ss 'GMT'"), QStringLiteral("d-MMM-yy HH:mm:ss 'GMT'"),
          QStringLiteral("MMM d HH:mm:ss yyyy")}) {
        QDateTime date = QLocale::c().toDateTime(rest, format);
        if (!date.isValid())
            continue;
        if (date.date().year() < 1970)
            date = date.addYears(100);
        return QDateTime(date.date(), date.time(), Qt::UTC);
    }
    return std::nullopt;
}

// A year is longer than any wait makes sense, and keeps sums of times from overflowing.
milliseconds bounded(double ms) {
    constexpr double year = 366.0 * 24 * 3600 * 1000;
    return milliseconds(static_cast<qint64>(std::clamp(ms, 0.0, year)));
}

std::optional<milliseconds> parseRetryAfter(const QString& text, const QDateTime& now) {
    bool isNumber = false;
    const double seconds = text.trimmed().toDouble(&isNumber);
    if (isNumber)
        return std::isfinite(seconds) ? std::optional(bounded(seconds * 1000)) : std::nullopt;
    const auto date = httpDate(text);
    return date ? std::optional(bounded(static_cast<double>(now.msecsTo(*date)))) : std::nullopt;
}

// Epoch milliseconds as seen from OpenRouter; epoch seconds and plain seconds as others send it. The
// magnitude tells them apart.
std::optional<milliseconds> parseReset(const QString& text, const QDateTime& now) {
    bool isNumber = false;
    const double value = text.trimmed().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(value) || value < 0)
        return std::nullopt;
    const double nowMs = static_cast<double>(now.toMSecsSinceEpoch());
    if (value > 1e11)
        return bounded(value - nowMs);
    if (value > 1e8)
        return bounded(value * 1000 - nowMs);
    return bounded(value * 1000);
}

// OpenRouter repeats the limit's headers in the body, where proxies don't strip them.
std::optional<milliseconds> resetInBody(const QJsonObject& error, const QDateTime& now) {
    const QJsonObject headers =
        error.value(QLatin1String("metadata")).toObject().value(QLatin1String("headers")).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        if (it.key().compare(QLatin1String("X-RateLimit-Reset"), Qt::CaseInsensitive) == 0)
            return parseReset(it.value().toVariant().toString(), now);
    return std::nullopt;
}

// This machine's clock may be wrong; what the service names is a moment of its own clock.
QDateTime timeOfService(const HttpReply& reply, const QDateTime& now) {
    const auto date = reply.header("Date");
    return date ? httpDate(QString::fromLatin1(*date)).value_or(now) : now;
}

ReadFailure failureBelowHttp(const HttpReply& reply) {
    const auto make = [&](const char* code, FailureReach reach) {
        ReadFailure failure;
        failure.error = {QLatin1String(code), {}, harmless(reply.errorText)};
        failure.reach = reach;
        failure.httpStatus = reply.status;
        return failure;
    };
    switch (reply.error) {
        case TransportError::HostNotFound:
            return make("network.host_not_found", FailureReach::Retry);
        case TransportError::Tls:
            return make("network.tls", FailureReach::Retry);
        case TransportError::Deadline:
            return make("network.timeout", FailureReach::Retry);
        case TransportError::Idle:
            return make("network.idle", FailureReach::Retry);
        case TransportError::TooLarge:
            return make("network.answer_too_large", FailureReach::Retry);
        case TransportError::Redirect:
            return make("network.redirect", FailureReach::Batch);
        case TransportError::BadUrl:
            return make("network.bad_url", FailureReach::Batch);
        case TransportError::Cancelled:
            return make("cancelled", FailureReach::Cancelled);
        case TransportError::None:
        case TransportError::Connection:
            break;
    }
    return make("network.connection", FailureReach::Retry);
}

struct Verdict {
    const char* code;
    FailureReach reach;
};

// `hadFormat`: the request asked for structured output; `refusesFormat`: the service says that it can't.
Verdict verdictOf(int status, const QJsonObject& error, bool hadFormat, bool refusesFormat, bool asksToWait) {
    switch (status) {
        case 400:
            return {"service.bad_request", hadFormat ? FailureReach::RetryNow : FailureReach::Ballot};
        case 401:
            return {"service.key_refused", FailureReach::Batch};
        case 402:
            return {"service.credit_used_up", asksToWait ? FailureReach::Retry : FailureReach::Batch};
        case 403:
            return isModeration(error) ? Verdict{"service.refused_content", FailureReach::Ballot}
                                       : Verdict{"service.forbidden", FailureReach::Batch};
        case 404:
            return {"service.model_unknown", hadFormat ? FailureReach::RetryNow : FailureReach::Batch};
        case 408:
            return {"service.timeout", FailureReach::Retry};
        case 413:
            return {"service.too_large", FailureReach::Ballot};
        case 422:
            return {"service.bad_request",
                    hadFormat && refusesFormat ? FailureReach::RetryNow : FailureReach::Ballot};
        case 429:
            return {"service.rate_limited", FailureReach::Retry};
        default:
            break;
    }
    if (status >= 500)
        return {"service.unavailable", FailureReach::Retry};
    if (status >= 400)
        return {"service.unexpected_status", FailureReach::Ballot};
    return {"service.unexpected_status", FailureReach::Retry};
}

}  // namespace

std::optional<ReadFailure> ServiceFailure::classify(const HttpReply& reply, bool hadResponseFormat,
                                                    const QDateTime& now) {
    if (!reply.arrived())
        return failureBelowHttp(reply);
    if (reply.status == 200)
        return std::nullopt;

    const QJsonObject error = errorObject(reply);
    ReadFailure failure;
    failure.httpStatus = reply.status;
    failure.retryAfter = retryAfter(reply, now);
    if (!failure.retryAfter && reply.status == 429)
        failure.retryAfter = resetInBody(error, timeOfService(reply, now));
    const Verdict verdict = verdictOf(reply.status, error, hadResponseFormat, refusesResponseFormat(reply),
                                      failure.retryAfter.has_value());
    failure.reach = verdict.reach;
    failure.pausesAll = failure.retryAfter && (reply.status == 429 || reply.status == 503 ||
                                               (reply.status == 402 && failure.reach == FailureReach::Retry));
    const QString status = QString::number(reply.status);
    const QString message = errorMessage(error);
    const QString raw = error.isEmpty() ? QString::fromUtf8(reply.body.left(8 * kLongestMessage))
                                        : error.value(QLatin1String("metadata"))
                                              .toObject()
                                              .value(QLatin1String("raw"))
                                              .toVariant()
                                              .toString();
    failure.error = {QLatin1String(verdict.code),
                     {status, message},
                     harmless(QStringLiteral("HTTP %1: %2 %3").arg(status, message, raw))};
    return failure;
}

bool ServiceFailure::refusesResponseFormat(const HttpReply& reply) {
    if (!reply.arrived() || (reply.status != 400 && reply.status != 404 && reply.status != 422))
        return false;
    // Services word it in many ways and places; OpenRouter's 404 speaks of "the requested parameters" only.
    // The bound keeps out a request that is quoted back whole: its format comes behind its pages.
    static const QRegularExpression format(
        QStringLiteral("response[_ ]?format|json[_ ]?schema|structured[_ ]?output|requested parameters|"
                       "require_parameters"),
        QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype kLongestRefusal = 4096;
    return format.match(QString::fromUtf8(reply.body.left(kLongestRefusal))).hasMatch();
}

ReadFailure ServiceFailure::embedded(const QJsonObject& error) {
    const QString status = error.value(QLatin1String("code")).toVariant().toString().left(40);
    const QString message = errorMessage(error);
    ReadFailure failure;
    failure.error = {QStringLiteral("service.error_in_answer"),
                     {harmless(status), message},
                     harmless(QStringLiteral("HTTP 200 with error %1: %2").arg(status, message))};
    failure.reach = FailureReach::Retry;
    failure.httpStatus = 200;
    return failure;
}

std::optional<milliseconds> ServiceFailure::retryAfter(const HttpReply& reply, const QDateTime& localNow) {
    const QDateTime now = timeOfService(reply, localNow);
    if (const auto value = reply.header("Retry-After"))
        if (const auto wait = parseRetryAfter(QString::fromLatin1(*value), now))
            return wait;
    if (reply.status == 429)
        if (const auto value = reply.header("X-RateLimit-Reset"))
            return parseReset(QString::fromLatin1(*value), now);
    return std::nullopt;
}

}  // namespace tallydesk
