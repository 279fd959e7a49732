// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

#include "core/FormTemplate.h"

namespace tallydesk {

/// What an answer about one or several possible forms may hold: the union of their fields, in form order.
struct AnswerFields {
    QList<HeaderField> header;
    QStringList figures;

    static AnswerFields of(const QList<std::shared_ptr<const FormTemplate>>& forms);
};

/// The strict JSON schema of the answer (spec: openrouter.md), for response_format. Every key is required
/// and nullable and no other is allowed. Rows are a plain array: the model says which numbers it sees.
/// Stateless; any thread.
namespace AnswerSchema {

/// For one form, or for a form that is not known yet (all of a catalogue).
QJsonObject build(const QList<std::shared_ptr<const FormTemplate>>& forms);

}  // namespace AnswerSchema

}  // namespace tallydesk
