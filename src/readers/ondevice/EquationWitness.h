// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/FormTemplate.h"
#include "core/VoteEntry.h"
#include "readers/ondevice/NumberJudge.h"

namespace tallydesk {

inline bool isRow(const WitnessedNumber& n) {
    return n.crop.row > 0;
}

/// What the equations of a form call this number: sumOfRowsTerm for a row, else its field.
QString termOf(const WitnessedNumber& n);

/// It holds on every form that is in order.
bool isEquality(const Equation& equation);

/// Whether any equality of the form has this number as a member.
bool standsInEquality(const FormTemplate& form, const WitnessedNumber& n);

/// The numbers of a form as its equations see them: which members are sure, and whether an equation holds.
/// Refers to `numbers` and `entries` (of the same order), and follows what becomes sure there. One thread.
class EquationWitness {
public:
    /// `doubts` is how probable it is of each number that its digits are wrong; 1 where they may not vouch
    /// for it.
    EquationWitness(const QList<WitnessedNumber>& numbers, const QList<VoteEntry>& entries,
                    QList<double> doubts)
        : m_numbers(numbers), m_entries(entries), m_doubts(std::move(doubts)) {}

    /// The equation holds and every member of it but `index` is sure, so that it gives the number's value.
    /// Members without a second witness may stand beside it: two of them would have to be wrong, by the same
    /// amount. That is ruled out where their digits are hardly wrong together, and where no two of them may
    /// also be read so that the equation holds (one hand's 7 may be a 2 in both).
    bool gives(const Equation& equation, qsizetype index) const;

private:
    bool isSure(qsizetype i) const;
    bool hardlyWrongTogether(const QList<qsizetype>& members) const;
    bool holdsOtherwise(const Equation& equation, const QList<qsizetype>& members) const;
    std::optional<qint64> valueOf(const QString& term) const;

    const QList<WitnessedNumber>& m_numbers;
    const QList<VoteEntry>& m_entries;
    const QList<double> m_doubts;
};

}  // namespace tallydesk
