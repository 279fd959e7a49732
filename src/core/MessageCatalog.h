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
/// Immutable after loading; any thread.
class MessageCatalog {
public:
    /// The catalogue that ships in the program's resources.
    static MessageCatalog builtIn();

    QString text(const Error& error, Language language) const;
    /// `form` gives fields their printed names; may be null.
    QString text(const Finding& finding, const FormTemplate* form, Language language) const;
    bool contains(const QString& code) const;

private:
    QHash<QString, Label> m_texts;
};

}  // namespace tallydesk
