// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/FormTemplate.h"
#include "core/MessageCatalog.h"
#include "gui/BallotItem.h"

namespace tallydesk {

/// A ballot's state as the table shows it: what a run does with it, else its outcome.
enum class ShownState {
    Waiting,
    Reading,
    Retrying,
    NotRead,
    NeedsReview,
    Accepted,
    Settled,
    Unreadable,
    Failed,
    Count
};

/// What the window says about a ballot, in the language of the window. Immutable; any thread.
class BallotWords {
    Q_DECLARE_TR_FUNCTIONS(BallotWords)
public:
    BallotWords(FormCatalog forms, MessageCatalog messages)
        : m_forms(std::move(forms)), m_messages(std::move(messages)) {}

    static ShownState stateOf(const BallotItem& item);
    static QString stateName(ShownState state);
    /// "Needs review", or "Retry in 6 s" while a retry is awaited.
    static QString status(const BallotItem& item, const QDateTime& now);

    /// Code and kind, "5/17 บช"; the code as read where the form is not known.
    QString form(const BallotResult& result) const;
    /// "Committee 1".
    static QString committee(qint64 number);
    /// "Committee 1", "Unit 2, กาญจนา".
    static QString place(const BallotResult& result);
    /// The committee or polling unit; 0 when not known.
    static qint64 placeNumber(const BallotResult& result);
    /// The cause of a failure, or the gravest finding and how many more there are.
    QString findings(const BallotResult& result) const;
    /// Every finding, one a line.
    QString allFindings(const BallotResult& result) const;
    static QString seconds(qint64 milliseconds);

    const FormCatalog& forms() const { return m_forms; }
    const MessageCatalog& messages() const { return m_messages; }

private:
    FormCatalog m_forms;
    MessageCatalog m_messages;
};

}  // namespace tallydesk
