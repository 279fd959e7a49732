// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <tl/expected.hpp>

#include "core/BallotReader.h"

namespace tallydesk {

/// What a chat completion carries around the model's text. A plain value: any thread.
struct AnswerEnvelope {
    /// What the model wrote.
    QString content;
    /// model, answer_id, provider and usage of the answer, for BallotData::readerNotes. Fallback models
    /// change the reader silently, so the answer's own model is kept.
    QJsonObject notes;

    /// Opens the body of an HTTP 200. Many of these are failures all the same (spec: openrouter.md): an
    /// error object, no choices, no content, a finish_reason other than stop.
    static tl::expected<AnswerEnvelope, ReadFailure> open(const QByteArray& body);
    /// What an answer says that it cost; a failure may cost as well.
    static ServiceUsage usageIn(const QByteArray& body);
};

/// A failure of a 200 whose ballot is worth another attempt unless `reach` says otherwise.
ReadFailure answerFailure(const QString& code, const QString& detail = {},
                          FailureReach reach = FailureReach::Retry);

}  // namespace tallydesk
