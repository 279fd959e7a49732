// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

#include "core/BallotReader.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// Reads what an AI service answered with HTTP 200 (spec: openrouter.md). Either yields exactly what the
/// answer says or a typed failure, never a guess. Fenced JSON and JSON between sentences are read; an answer
/// that holds several different ballots is "reader.answer_ambiguous". Immutable; any thread.
class ResponseParser {
public:
    explicit ResponseParser(FormCatalog forms);

    /// `expected` is the form that intake recognised; null when none.
    ReadAttempt parse(const QByteArray& body, const FormTemplate* expected) const;
    /// The model's text alone.
    tl::expected<BallotData, ReadFailure> parseContent(const QString& content,
                                                       const FormTemplate* expected) const;

private:
    FormCatalog m_forms;
};

}  // namespace tallydesk
