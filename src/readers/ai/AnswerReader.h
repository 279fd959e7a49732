// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/BallotData.h"
#include "core/FormTemplate.h"
#include "readers/ai/AnswerJson.h"

namespace tallydesk {

/// Turns the object that a model answered into BallotData: exactly what it says, as far as it goes.
/// What can't be read (1e3, -5, 2.5, a list) is absent and remarked in readerNotes["unreadable"]; keys that
/// the form doesn't know, and keys given twice with different values, in readerNotes["unexpected"]
/// (unexpectedKeys, F.104), and what stands there is no reading of the form. Never a guess, never copied
/// between digits and words. Used by one thread, for one answer.
class AnswerReader {
public:
    /// `expected` is the form that intake recognised; null when none.
    AnswerReader(const FormCatalog& forms, const FormTemplate* expected);

    BallotData read(const AnswerValue& answer);

    /// Whether an object claims to be an answer: it has at least one of the top keys of any form.
    static bool looksLikeAnswer(const AnswerValue& value, const FormCatalog& forms);

private:
    const AnswerValue* take(const AnswerValue& object, const QString& key, const QString& field);
    std::optional<qint64> count(const AnswerValue& value, const QString& field);
    VoteEntry entry(const AnswerValue& value, const QString& field, const NumberWords* words);
    void settleValue(VoteEntry& entry, bool digitsUnreadable, const QString& field);
    void readForm(const AnswerValue& answer, BallotData& data);
    void readHeader(const AnswerValue& answer, BallotData& data);
    void readFigures(const AnswerValue& answer, BallotData& data, const NumberWords* words);
    void readRows(const AnswerValue& answer, BallotData& data, const NumberWords* words);
    void remarkUnknown(const AnswerValue& object, const QStringList& known, const QString& prefix);
    void unreadable(const QString& field, const AnswerValue& value);
    void unexpected(const QString& key);

    const FormCatalog& m_forms;
    const FormTemplate* m_expected;
    /// The form whose words count: the answered one, else the expected one.
    std::shared_ptr<const FormTemplate> m_answered;
    /// The form whose fields the answer may fill; null when that is open.
    const FormTemplate* m_form = nullptr;
    QStringList m_unreadable;
    QStringList m_unexpected;
};

}  // namespace tallydesk
