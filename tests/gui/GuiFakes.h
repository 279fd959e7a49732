// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <mutex>

#include "core/SecretStore.h"
#include "net/HttpClient.h"

namespace tallydesk::testing {

/// A keychain in memory that can be made to fail.
class FakeKeychain final : public SecretStore {
public:
    Expected<std::optional<QString>> read(const QString& name) override {
        if (trouble)
            return tl::make_unexpected(*trouble);
        return entries.contains(name) ? std::optional(entries.value(name)) : std::nullopt;
    }
    Expected<void> write(const QString& name, const QString& secret) override {
        if (trouble)
            return tl::make_unexpected(*trouble);
        entries.insert(name, secret);
        return {};
    }
    Expected<void> remove(const QString& name) override {
        if (trouble)
            return tl::make_unexpected(*trouble);
        entries.remove(name);
        return {};
    }

    std::optional<Error> trouble;
    QHash<QString, QString> entries;
};

/// A service that answers by path: a small list of models, and a free key.
class ScriptedHttp final : public HttpClient {
public:
    HttpReply send(const HttpRequest& request, const CancelToken& cancel) override {
        const std::lock_guard lock(m_mutex);
        requests.append(request);
        HttpReply reply;
        if (hang)
            while (!cancel.waitFor(std::chrono::hours(1))) {
            }
        if (cancel.isCancelled()) {
            reply.error = TransportError::Cancelled;
            return reply;
        }
        const QString path = request.url.path();
        reply.status = path.endsWith(QStringLiteral("/models")) ? modelsStatus : keyStatus;
        reply.body = path.endsWith(QStringLiteral("/models")) ? models : key;
        return reply;
    }

    // Set before the questions.
    bool hang = false;
    int modelsStatus = 200;
    int keyStatus = 200;
    QByteArray models =
        R"({"data": [{"id": "google/gemini-2.5-flash", "architecture": {"input_modalities": ["image"]},
                      "supported_parameters": ["structured_outputs"]},
                     {"id": "other/words-only", "architecture": {"input_modalities": ["text"]}}]})";
    QByteArray key = R"({"data": {"limit": 5, "limit_remaining": 4.57, "is_free_tier": false}})";
    // Read after the answers.
    QList<HttpRequest> requests;

private:
    std::mutex m_mutex;
};

}  // namespace tallydesk::testing
