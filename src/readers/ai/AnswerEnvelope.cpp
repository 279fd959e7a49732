// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/AnswerEnvelope.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <cmath>

#include "net/ServiceFailure.h"

namespace tallydesk {

namespace {

/// Some services send the content in parts.
QString textOf(const QJsonValue& content) {
    if (content.isString())
        return content.toString();
    QString text;
    for (const QJsonValue part : content.toArray())
        text += part.isString() ? part.toString() : part.toObject().value(QLatin1String("text")).toString();
    return text;
}

QJsonObject notesOf(const QJsonObject& root) {
    QJsonObject notes;
    for (const auto& [from, to] :
         {std::pair("model", "model"), std::pair("id", "answer_id"), std::pair("provider", "provider")}) {
        const QJsonValue value = root.value(QLatin1String(from));
        if (value.isString())
            notes.insert(QLatin1String(to), value);
    }
    QJsonObject usage;
    const QJsonObject given = root.value(QLatin1String("usage")).toObject();
    for (const char* key : {"prompt_tokens", "completion_tokens", "total_tokens", "cost"})
        if (given.value(QLatin1String(key)).isDouble())
            usage.insert(QLatin1String(key), given.value(QLatin1String(key)));
    if (!usage.isEmpty())
        notes.insert(QStringLiteral("usage"), usage);
    return notes;
}

}  // namespace

ReadFailure answerFailure(const QString& code, const QString& detail, FailureReach reach) {
    ReadFailure failure;
    failure.error = {code, {}, detail};
    failure.reach = reach;
    failure.httpStatus = 200;
    return failure;
}

tl::expected<AnswerEnvelope, ReadFailure> AnswerEnvelope::open(const QByteArray& body) {
    const auto failed = [](const char* code, const QString& detail = {},
                           FailureReach reach = FailureReach::Retry) {
        return tl::make_unexpected(answerFailure(QLatin1String(code), detail, reach));
    };
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (!document.isObject())
        return failed("reader.answer_not_json", problem.errorString());
    const QJsonObject root = document.object();

    const QJsonValue error = root.value(QLatin1String("error"));
    if (error.isObject())
        return tl::make_unexpected(ServiceFailure::embedded(error.toObject()));
    if (error.isString())
        return tl::make_unexpected(ServiceFailure::embedded({{QStringLiteral("message"), error}}));

    const QJsonArray choices = root.value(QLatin1String("choices")).toArray();
    if (choices.isEmpty() || !choices.first().isObject())
        return failed("reader.no_choices");
    const QJsonObject choice = choices.first().toObject();
    const QString finish = choice.value(QLatin1String("finish_reason")).toString();
    // The content filter is a verdict on this ballot, whatever else the answer carries.
    if (finish == QLatin1String("content_filter"))
        return failed("reader.content_filtered", {}, FailureReach::Ballot);
    const QJsonObject choiceError = choice.value(QLatin1String("error")).toObject();
    if (!choiceError.isEmpty() || finish == QLatin1String("error"))
        return tl::make_unexpected(ServiceFailure::embedded(choiceError));
    if (finish == QLatin1String("length"))
        return failed("reader.answer_too_long");

    AnswerEnvelope envelope;
    envelope.content =
        textOf(choice.value(QLatin1String("message")).toObject().value(QLatin1String("content")));
    if (envelope.content.trimmed().isEmpty())
        return failed("reader.no_content");
    envelope.notes = notesOf(root);
    return envelope;
}

ServiceUsage AnswerEnvelope::usageIn(const QByteArray& body) {
    const QJsonObject given = QJsonDocument::fromJson(body).object().value(QLatin1String("usage")).toObject();
    const auto count = [&](QLatin1String key) { return std::max<qint64>(0, given.value(key).toInteger()); };
    ServiceUsage usage;
    usage.promptTokens = count(QLatin1String("prompt_tokens"));
    usage.completionTokens = count(QLatin1String("completion_tokens"));
    const double cost = given.value(QLatin1String("cost")).toDouble();
    usage.cost = std::isfinite(cost) ? std::max(0.0, cost) : 0.0;
    return usage;
}

}  // namespace tallydesk
