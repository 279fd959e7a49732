// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include "core/Error.h"
#include "core/Finding.h"
#include "core/FormTemplate.h"
#include "core/Language.h"

namespace tallydesk {

/// The sentences for error and finding codes, in English and Thai: what is wrong and what to do next.
/// Reads resources/messages/*.json ({"code": {"en": "...", "th": "..."}}, %1, %2 ... stand for args).
/// Args of a finding may be marks that only here become words: "field:a,b" the printed names of fields,
/// "sum:a,b" the same joined by +, "missing:" a number that is not there. A last arg "case:x" picks the text
/// "CODE/x" where there is one. %0 stands for the names of the finding's own fields.
/// Immutable after loading; any thread.
class MessageCatalog {
public:
    /// The catalogue that ships in the program's resources.
    static MessageCatalog builtIn();

    QString text(const Error& error, Language language) const;
    /// `form` gives fields their printed names; may be null.
    QString text(const Finding& finding, const FormTemplate* form, Language language) const;
    bool contains(const QString& code) const;
    /// Every code with a sentence.
    QStringList codes() const { return m_texts.keys(); }

private:
    QHash<QString, Label> m_texts;
};

}  // namespace tallydesk
