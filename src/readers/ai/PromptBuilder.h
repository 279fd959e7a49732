// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include "core/FormTemplate.h"

namespace tallydesk {

/// What a model is asked for one ballot: the text part, the answer's schema, and what names both.
struct Prompt {
    QString text;
    QJsonObject schema;
    /// First 12 hex digits of the SHA-256 of text and schema: tells which question an answer belongs to.
    QString version;
};

/// Words the question to a vision model from form definitions alone, so that a new form needs no code.
/// Digits and words are asked for as two separate readings. Stateless; any thread.
namespace PromptBuilder {

/// For a form that is known from its title.
Prompt forForm(const FormTemplate& form);
/// For a form that is not known: names all forms of the catalogue and lets the model say which it is.
Prompt forUnknownForm(const FormCatalog& catalog);

}  // namespace PromptBuilder

}  // namespace tallydesk
