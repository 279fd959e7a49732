// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/ServiceInfo.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "net/HttpTransport.h"
#include "net/ServiceFailure.h"

namespace tallydesk {

namespace {

// A person waits for these.
constexpr std::chrono::seconds kPatience{20};
// Names longer than this are no model names and would break the list.
constexpr int kLongestName = 200;

tl::unexpected<Error> notAService(const QString& detail = {}) {
    return fail(QStringLiteral("service.not_a_service"), {}, detail);
}

std::optional<bool> holds(const QJsonValue& list, const QString& word) {
    if (!list.isArray())
        return std::nullopt;
    return list.toArray().contains(QJsonValue(word));
}

std::optional<double> amount(const QJsonValue& value) {
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QUrl endPoint(const QString& baseUrl, const QString& path) {
    QString base = baseUrl.trimmed();
    while (base.endsWith(u'/'))
        base.chop(1);
    return QUrl(base + path);
}

KeyReport reportIn(const QJsonDocument& json) {
    const QJsonValue data = json.object().value(QLatin1String("data"));
    KeyReport report;
    report.limit = amount(data[QLatin1String("limit")]);
    report.remaining = amount(data[QLatin1String("limit_remaining")]);
    report.freeTier = data[QLatin1String("is_free_tier")].toBool();
    return report;
}

bool hasNoSuchPage(const HttpReply& reply) {
    return reply.arrived() && (reply.status == 404 || reply.status == 405 || reply.status == 501);
}

}  // namespace

ServiceInfo::ServiceInfo(HttpClient& http, ServiceSettings settings, SecretKey key)
    : m_http(http), m_settings(std::move(settings)), m_key(std::move(key)) {}

Expected<HttpReply> ServiceInfo::get(const QString& path, const SecretKey& key,
                                     const CancelToken& cancel) const {
    HttpRequest request;
    request.url = endPoint(m_settings.baseUrl, path);
    if (!HttpTransport::mayContact(request.url))
        return fail(QStringLiteral("reader.bad_url"),
                    {request.url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)});
    request.headers.append({QByteArrayLiteral("Accept"), QByteArrayLiteral("application/json")});
    if (!key.isEmpty()) {
        if (!key.isWellFormed())
            return fail(QStringLiteral("reader.bad_key"));
        request.headers.append(
            {QByteArrayLiteral("Authorization"), QByteArrayLiteral("Bearer ") + key.unwrap()});
    }
    request.deadline = kPatience;
    request.idle = kPatience;
    const HttpReply reply = m_http.send(request, cancel);
    if (hasNoSuchPage(reply))
        return reply;
    if (auto failure = ServiceFailure::classify(reply, false, QDateTime::currentDateTimeUtc())) {
        for (QString& arg : failure->error.args)
            arg = m_key.redacted(arg);
        failure->error.detail = m_key.redacted(failure->error.detail);
        return tl::make_unexpected(failure->error);
    }
    return reply;
}

Expected<QList<ServiceModel>> ServiceInfo::models(const CancelToken& cancel) const {
    const auto reply = get(QStringLiteral("/models"), m_key, cancel);
    if (!reply)
        return tl::make_unexpected(reply.error());
    if (hasNoSuchPage(*reply))
        return QList<ServiceModel>();
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson(reply->body, &error);
    const QJsonValue data = json.object().value(QLatin1String("data"));
    if (error.error != QJsonParseError::NoError || !data.isArray())
        return notAService(error.errorString());
    QList<ServiceModel> models;
    for (const QJsonValue& entry : data.toArray()) {
        const QString id = entry[QLatin1String("id")].toString().simplified();
        if (id.isEmpty() || id.size() > kLongestName)
            continue;
        models.append(
            {id,
             holds(entry[QLatin1String("architecture")][QLatin1String("input_modalities")],
                   QStringLiteral("image")),
             holds(entry[QLatin1String("supported_parameters")], QStringLiteral("structured_outputs"))});
    }
    std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    models.erase(
        std::unique(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.id == b.id; }),
        models.end());
    return models;
}

Expected<KeyReport> ServiceInfo::testKey(const CancelToken& cancel) const {
    QElapsedTimer timer;
    timer.start();
    auto reply = get(QStringLiteral("/key"), m_key, cancel);
    bool checked = true;
    if (reply && hasNoSuchPage(*reply)) {
        // Services other than OpenRouter have no such page. Their list of models tells whether a key is
        // good only where it is refused without one.
        reply = get(QStringLiteral("/models"), m_key, cancel);
        checked = reply && !get(QStringLiteral("/models"), {}, cancel);
    }
    if (!reply)
        return tl::make_unexpected(reply.error());
    const QJsonDocument json = QJsonDocument::fromJson(reply->body);
    if (hasNoSuchPage(*reply) || !json.isObject())
        return notAService();
    KeyReport report = reportIn(json);
    report.keyWasChecked = checked;
    report.elapsedMs = timer.elapsed();
    return report;
}

Expected<std::optional<KeyReport>> ServiceInfo::keyReport(const CancelToken& cancel) const {
    QElapsedTimer timer;
    timer.start();
    const auto reply = get(QStringLiteral("/key"), m_key, cancel);
    if (!reply)
        return tl::make_unexpected(reply.error());
    const QJsonDocument json = QJsonDocument::fromJson(reply->body);
    if (hasNoSuchPage(*reply) || !json.object().value(QLatin1String("data")).isObject())
        return std::optional<KeyReport>();
    KeyReport report = reportIn(json);
    report.keyWasChecked = true;
    report.elapsedMs = timer.elapsed();
    return std::optional(report);
}

std::optional<FreeLimits> FreeLimits::of(const ServiceSettings& settings,
                                         const std::optional<KeyReport>& key) {
    if (!settings.isOpenRouter() || !settings.model.endsWith(QLatin1String(":free")))
        return std::nullopt;
    FreeLimits limits;
    if (key && !key->freeTier)
        limits.perDay = 1000;
    return limits;
}

}  // namespace tallydesk
