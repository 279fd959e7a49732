// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/CancelToken.h"
#include "core/Error.h"
#include "core/SecretKey.h"
#include "net/HttpClient.h"
#include "readers/ai/ServiceSettings.h"

namespace tallydesk {

/// One model of a service's list. Absent: the service does not say.
struct ServiceModel {
    QString id;
    std::optional<bool> readsPictures;
    std::optional<bool> strictAnswers;

    bool operator==(const ServiceModel&) const = default;
};

/// What a service says about a key. Amounts in US dollars.
struct KeyReport {
    std::optional<double> limit;
    std::optional<double> remaining;
    bool freeTier = false;
    /// False when the service answers whoever asks, so that nothing was learnt about the key.
    bool keyWasChecked = false;
    qint64 elapsedMs = 0;
};

/// What a free model of OpenRouter may be asked at most, as documented; the day's part depends on whether
/// credit was ever bought. Nothing for other models and services.
struct FreeLimits {
    int perMinute = 20;
    int perDay = 50;

    static std::optional<FreeLimits> of(const ServiceSettings& settings, const std::optional<KeyReport>& key);
};

/// Asks an AI service about itself (spec: openrouter.md): its models, and whether it takes a key. Costs
/// nothing at the service. Thread-safe; blocks its caller; `http` must outlive it.
class ServiceInfo {
public:
    ServiceInfo(HttpClient& http, ServiceSettings settings, SecretKey key);

    /// By name, without repetition; empty when the service gives no list. Errors as ServiceFailure, and
    /// "service.not_a_service" when something else answers at the address.
    Expected<QList<ServiceModel>> models(const CancelToken& cancel) const;
    /// "service.key_refused" when the service says so.
    Expected<KeyReport> testKey(const CancelToken& cancel) const;
    /// The same by a single request; nullopt where the service has no page for it.
    Expected<std::optional<KeyReport>> keyReport(const CancelToken& cancel) const;

private:
    Expected<HttpReply> get(const QString& path, const SecretKey& key, const CancelToken& cancel) const;

    HttpClient& m_http;
    const ServiceSettings m_settings;
    const SecretKey m_key;
};

}  // namespace tallydesk
