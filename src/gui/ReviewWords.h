// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <optional>

#include "core/FormTemplate.h"
#include "core/MessageCatalog.h"
#include "gui/Icons.h"
#include "gui/ReviewSession.h"

namespace tallydesk {

/// A sign with its words.
struct SignedText {
    Sign sign = Sign::NeedsReview;
    QString text;
};

/// What the review panel says, in the language of the window. Stateless; GUI thread.
class ReviewWords {
    Q_DECLARE_TR_FUNCTIONS(ReviewWords)
public:
    /// A field without the number printed before it: "Spoiled", "Rows", "3 เพื่อไทย".
    static QString shortName(const FormTemplate& form, const QString& key);
    /// The same where room is little: "Received" for "Ballots received".
    static QString briefName(const FormTemplate& form, const QString& key);
    /// A field with the number printed before it: "2.3 No vote", in the brief name.
    static QString briefLabel(const FormTemplate& form, const QString& key);
    static QString percent(double share);

    /// The chip beside a number: how sure it is, or what is wrong with it; nothing for a sure one.
    static std::optional<SignedText> chip(const ReviewSession& session, const QString& key);
    /// What each reader made of a field: "this computer read 54, google/gemini read 59"; empty for one
    /// reader.
    static QString readers(const ReviewSession& session, const QString& key);
    /// Why a number is to be looked at, as one sentence; empty for a sure one.
    static QString why(const ReviewSession& session, const QString& key, const MessageCatalog& messages);
    static QString suggestion(const Suggestion& suggestion, const VoteEntry* entry);
    /// What a person made of it: "1 → 7, by you".
    static QString change(const ReviewSession& session, const QString& key);
    /// All about a number for who listens instead of looking.
    static QString spoken(const ReviewSession& session, const QString& key, const MessageCatalog& messages);

    /// `brief`: with the names of briefName().
    static QString equationTitle(const EquationView& view, const FormTemplate& form, bool brief = false);
    /// "6 missing", "2 too many", "Sum holds".
    static QString equationVerdict(const EquationView& view);
    /// "651 of 657"; empty when a number is missing.
    static QString equationSums(const EquationView& view);
    /// What to look at first in a broken sum: its doubtful number.
    static QString equationAdvice(const ReviewSession& session, const Finding& finding);

    static QString reason(ReviewReason reason);
    /// A province in the language of the window; as it is written where it is not known.
    static QString provinceName(const QString& written);
    static QString valueText(const VoteEntry* entry);
};

}  // namespace tallydesk
