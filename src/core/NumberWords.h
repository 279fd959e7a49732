// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <memory>
#include <optional>

#include "core/Error.h"

namespace tallydesk {

/// Words that stand for numbers in one language. Immutable; any thread.
class NumberWords {
public:
    virtual ~NumberWords() = default;
    /// The number that a text stands for, or nullopt when the words are ill-formed. Never a guess.
    virtual std::optional<qint64> parse(const QString& text) const = 0;
    /// The standard spelling of 0 to 999,999,999.
    virtual QString spell(qint64 number) const = 0;

    /// From the "number_words" object of a form file: {"system": "thai"}, or {"system": "lexicon",
    /// "units": {"one": 1, ...}, "scales": {"hundred": 100, ...}, "ignore": ["and", "votes"]} for languages
    /// that multiply scales and add, or {"system": "none"} (every text is unreadable).
    static Expected<std::shared_ptr<const NumberWords>> fromJson(const QJsonObject& json);
};

}  // namespace tallydesk
