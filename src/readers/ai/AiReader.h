// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <atomic>
#include <functional>

#include "core/AnswerStore.h"
#include "core/BallotReader.h"
#include "core/FormTemplate.h"
#include "core/SecretKey.h"
#include "net/HttpClient.h"
#include "readers/ai/PromptBuilder.h"
#include "readers/ai/ResponseParser.h"
#include "readers/ai/ServiceSettings.h"

namespace tallydesk {

class AiBallot;

/// Reads ballots with a vision model behind an OpenAI-compatible service (spec: openrouter.md). One attempt
/// is one HTTP request. Structured output is asked for until the service says that it can't do it, then plain
/// prompting. Answers go to the AnswerStore before they are looked into, and a request that it knows is not
/// sent. The key appears in the Authorization header and nowhere else. Thread-safe; `http` and `answers` (may
/// be null) must outlive it.
class AiReader final : public BallotReader {
public:
    /// "reader.bad_url" (not http(s), or plain http to another machine), "reader.no_model", "reader.no_key",
    /// "reader.bad_key" (holds characters that a header can't carry).
    static Expected<std::shared_ptr<AiReader>> create(HttpClient& http, FormCatalog forms,
                                                      ServiceSettings settings, SecretKey key,
                                                      AnswerStore* answers = nullptr);

    QString id() const override { return idOf(m_settings.model); }
    static QString idOf(const QString& model) { return QStringLiteral("ai:") + model; }
    bool usesService() const override { return true; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan, const QList<PageImage>& pages,
                                                      const CancelToken& cancel) override;
    std::optional<ReadAttempt> recall(const PreparedBallot& ballot) override;
    ReadAttempt attempt(const PreparedBallot& ballot, int attemptNumber, const CancelToken& cancel) override;

private:
    AiReader(HttpClient& http, FormCatalog forms, ServiceSettings settings, SecretKey key,
             AnswerStore* answers);
    HttpRequest requestOf(const AiBallot& ballot, bool structured) const;
    ReadAttempt received(const AiBallot& ballot, const HttpReply& reply, bool structured);
    ReadAttempt understood(const AiBallot& ballot, const QByteArray& answer) const;
    QByteArray requestTail(const QJsonObject& schema, bool structured, int maxTokens) const;

    // Constant after construction.
    HttpClient& m_http;
    const FormCatalog m_forms;
    const ServiceSettings m_settings;
    const SecretKey m_key;
    AnswerStore* const m_answers;
    const ResponseParser m_parser;
    const Prompt m_unknownFormPrompt;
    QHash<QString, Prompt> m_prompts;
    // The service said once that it can't do response_format, and then answered without it.
    std::atomic<bool> m_plainOnly;
};

}  // namespace tallydesk
