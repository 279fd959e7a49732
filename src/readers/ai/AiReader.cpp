// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/AiReader.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "net/HttpTransport.h"
#include "net/ServiceFailure.h"
#include "readers/ai/AnswerEnvelope.h"
#include "readers/ai/PageJpeg.h"

namespace tallydesk {

/// What earlier attempts at a ballot taught. Attempts follow each other, in any thread.
class AiLessons final : public AttemptLessons {
public:
    explicit AiLessons(int room) : maxTokens(room) {}
    std::atomic<int> maxTokens;
    std::atomic<bool> plain = false;
    std::atomic<bool> formatRefused = false;
};

/// The request of one ballot, without its last fields, which depend on the attempt.
class AiBallot final : public PreparedBallot {
public:
    QByteArray requestHead;
    Prompt prompt;
    std::shared_ptr<const FormTemplate> expected;
    // Names the request: pictures, model, prompt. How much room the answer gets and how strictly its shape is
    // asked for changes nothing in what is read.
    QString name;
    AiLessons& learnt() const { return static_cast<AiLessons&>(*lessons); }
};

namespace {

QByteArray compact(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray quotedJson(const QString& text) {
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

ReadFailure withoutAnswer(const QString& code, FailureReach reach) {
    ReadFailure failure;
    failure.error.code = code;
    failure.reach = reach;
    return failure;
}

QUrl endPoint(const QString& baseUrl) {
    QString base = baseUrl.trimmed();
    while (base.endsWith(u'/'))
        base.chop(1);
    return QUrl(base + QStringLiteral("/chat/completions"));
}

}  // namespace

Expected<std::shared_ptr<AiReader>> AiReader::create(HttpClient& http, FormCatalog forms,
                                                     ServiceSettings settings, SecretKey key,
                                                     AnswerStore* answers) {
    if (!HttpTransport::mayContact(endPoint(settings.baseUrl)))
        // User names and passwords in an address are secrets too.
        return fail(QStringLiteral("reader.bad_url"),
                    {QUrl(settings.baseUrl).toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)});
    if (settings.model.trimmed().isEmpty())
        return fail(QStringLiteral("reader.no_model"));
    if (key.isEmpty())
        return fail(QStringLiteral("reader.no_key"));
    if (!key.isWellFormed())
        return fail(QStringLiteral("reader.bad_key"));
    return std::shared_ptr<AiReader>(
        new AiReader(http, std::move(forms), std::move(settings), std::move(key), answers));
}

AiReader::AiReader(HttpClient& http, FormCatalog forms, ServiceSettings settings, SecretKey key,
                   AnswerStore* answers)
    : m_http(http),
      m_forms(std::move(forms)),
      m_settings(std::move(settings)),
      m_key(std::move(key)),
      m_answers(answers),
      m_parser(m_forms),
      m_unknownFormPrompt(PromptBuilder::forUnknownForm(m_forms)),
      m_plainOnly(answers && answers->refusesFormat(m_settings.model)) {
    for (const auto& form : m_forms.forms())
        m_prompts.insert(form->id, PromptBuilder::forForm(*form));
}

Expected<std::shared_ptr<PreparedBallot>> AiReader::prepare(const BallotScan& scan,
                                                            const QList<PageImage>& pages,
                                                            const CancelToken& cancel) {
    if (pages.isEmpty())
        return fail(QStringLiteral("reader.no_pages"));
    auto ballot = std::make_shared<AiBallot>();
    ballot->expected = m_forms.byId(scan.formId);
    ballot->prompt = ballot->expected ? m_prompts.value(ballot->expected->id) : m_unknownFormPrompt;
    ballot->lessons = std::make_shared<AiLessons>(m_settings.maxTokens);

    QByteArray& head = ballot->requestHead;
    head = QByteArrayLiteral("{\"model\":") + quotedJson(m_settings.model) +
           QByteArrayLiteral(
               ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
               "\"text\":") +
           quotedJson(ballot->prompt.text) + QByteArrayLiteral("}");
    QCryptographicHash name(QCryptographicHash::Sha256);
    // Models of two services may bear one name.
    name.addData(endPoint(m_settings.baseUrl).toEncoded() + '\n' + m_settings.model.toUtf8() + '\n' +
                 ballot->prompt.version.toUtf8());
    for (const PageImage& page : pages) {
        if (cancel.isCancelled())
            return fail(QStringLiteral("cancelled"));
        const auto jpeg = PageJpeg::encode(page.image, m_settings.maxPageBytes, cancel);
        if (!jpeg)
            return tl::make_unexpected(jpeg.error());
        name.addData(QCryptographicHash::hash(*jpeg, QCryptographicHash::Sha256));
        head +=
            QByteArrayLiteral(",{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,") +
            jpeg->toBase64() + QByteArrayLiteral("\"}}");
    }
    head += QByteArrayLiteral("]}]");
    ballot->name = QString::fromLatin1(name.result().toHex());
    if (m_answers && m_settings.reuseAnswers)
        ballot->requestName = ballot->name;
    return std::shared_ptr<PreparedBallot>(std::move(ballot));
}

QByteArray AiReader::requestTail(const QJsonObject& schema, bool structured, int maxTokens) const {
    QJsonObject tail{{QStringLiteral("temperature"), 0},
                     {QStringLiteral("max_tokens"), maxTokens},
                     {QStringLiteral("stream"), false}};
    if (structured)
        tail.insert(QStringLiteral("response_format"),
                    QJsonObject{{QStringLiteral("type"), QStringLiteral("json_schema")},
                                {QStringLiteral("json_schema"),
                                 QJsonObject{{QStringLiteral("name"), QStringLiteral("tally_form")},
                                             {QStringLiteral("strict"), true},
                                             {QStringLiteral("schema"), schema}}}});
    if (m_settings.isOpenRouter()) {
        // Election data: only providers that neither keep nor train on it.
        QJsonObject provider{{QStringLiteral("data_collection"), QStringLiteral("deny")},
                             {QStringLiteral("zdr"), true}};
        if (structured)
            provider.insert(QStringLiteral("require_parameters"), true);
        tail.insert(QStringLiteral("provider"), provider);
    }
    QByteArray json = compact(tail);
    json[0] = ',';
    return json;
}

HttpRequest AiReader::requestOf(const AiBallot& ballot, bool structured) const {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = endPoint(m_settings.baseUrl);
    request.deadline = m_settings.deadline;
    request.idle = m_settings.idle;
    // The answer comes in one piece when the model has done: until then silence means work.
    request.idleBeforeAnswer = m_settings.deadline;
    request.headers = {
        {QByteArrayLiteral("Authorization"), QByteArrayLiteral("Bearer ") + m_key.unwrap()},
        {QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")},
        {QByteArrayLiteral("Accept"), QByteArrayLiteral("application/json")},
    };
    if (m_settings.isOpenRouter()) {
        if (!m_settings.referer.isEmpty())
            request.headers.append({QByteArrayLiteral("HTTP-Referer"), m_settings.referer.toUtf8()});
        request.headers.append({QByteArrayLiteral("X-OpenRouter-Title"), QByteArrayLiteral("TallyDesk")});
    }
    request.bodyHead = ballot.requestHead;
    request.body = requestTail(ballot.prompt.schema, structured, ballot.learnt().maxTokens);
    return request;
}

ReadAttempt AiReader::understood(const AiBallot& ballot, const QByteArray& answer) const {
    ReadAttempt result = m_parser.parse(answer, ballot.expected.get());
    if (result.data)
        result.data->readerNotes.insert(QStringLiteral("prompt"), ballot.prompt.version);
    return result;
}

std::optional<ReadAttempt> AiReader::recall(const PreparedBallot& prepared) {
    const auto* ballot = dynamic_cast<const AiBallot*>(&prepared);
    if (!ballot || !m_answers || !m_settings.reuseAnswers)
        return std::nullopt;
    const auto answer = m_answers->answerTo(ballot->name);
    if (!answer || !*answer)
        return std::nullopt;
    // An answer that is of no use is asked for again.
    ReadAttempt known = understood(*ballot, **answer);
    return known.data ? std::optional(std::move(known)) : std::nullopt;
}

ReadAttempt AiReader::attempt(const PreparedBallot& prepared, int, const CancelToken& cancel) {
    const auto* ballot = dynamic_cast<const AiBallot*>(&prepared);
    if (!ballot)
        return ReadAttempt::failed(withoutAnswer(QStringLiteral("reader.no_pages"), FailureReach::Ballot));
    if (cancel.isCancelled())
        return ReadAttempt::failed(withoutAnswer(QStringLiteral("cancelled"), FailureReach::Cancelled));

    const bool structured = !ballot->learnt().plain && !m_plainOnly;
    const HttpRequest request = requestOf(*ballot, structured);
    HttpReply reply = m_http.send(request, cancel);
    // A service may quote the key back; nothing that is kept may hold it.
    reply.body = m_key.redacted(reply.body);
    reply.errorText = m_key.redacted(reply.errorText);
    ServiceUsage usage = AnswerEnvelope::usageIn(reply.body);
    usage.requests = 1;
    usage.bytesSent = request.bodySize();
    ReadAttempt result = received(*ballot, reply, structured);
    result.usage = usage;
    return result;
}

ReadAttempt AiReader::received(const AiBallot& ballot, const HttpReply& reply, bool structured) {
    AiLessons& learnt = ballot.learnt();
    if (auto failure = ServiceFailure::classify(reply, structured, QDateTime::currentDateTimeUtc())) {
        if (failure->reach == FailureReach::RetryNow) {
            learnt.plain = true;
            learnt.formatRefused = ServiceFailure::refusesResponseFormat(reply);
        }
        return ReadAttempt::failed(*failure, reply.body);
    }
    // Before anybody looks into it: whatever happens from here on, it need not be paid for again.
    if (m_answers)
        if (auto kept = m_answers->keepAnswer(ballot.name, reply.body); !kept) {
            ReadFailure failure;
            failure.error = kept.error();
            failure.reach = FailureReach::Batch;
            failure.httpStatus = reply.status;
            // It is paid for, and the last one: what it says is told all the same.
            ReadAttempt last = understood(ballot, reply.body);
            last.failure = failure;
            return last;
        }
    // The service named the format and answers without it: so it is for every ballot. Any other refusal may
    // have been a passing one, and concerns its own ballot only.
    if (learnt.formatRefused && !m_plainOnly.exchange(true) && m_answers)
        m_answers->keepRefusal(m_settings.model);

    ReadAttempt result = understood(ballot, reply.body);
    if (result.failure && result.failure->error.code == QLatin1String("reader.answer_too_long"))
        learnt.maxTokens = std::max(learnt.maxTokens.load(),
                                    std::min(2 * learnt.maxTokens.load(), m_settings.largestMaxTokens));
    return result;
}

}  // namespace tallydesk
