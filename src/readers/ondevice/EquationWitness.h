// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/FormTemplate.h"
#include "core/VoteEntry.h"
#include "readers/ondevice/NumberJudge.h"

namespace tallydesk {

/// The term of an equation that stands for all rows together.
inline const QString rowSum = QStringLiteral("sum(rows)");

inline bool isRow(const WitnessedNumber& n) {
    return n.crop.row > 0;
}

/// What the equations of a form call this number: rowSum for a row, else its field.
QString termOf(const WitnessedNumber& n);

/// It holds on every form that is in order.
bool isEquality(const Equation& equation);

/// Whether any equality of the form has this number as a member.
bool standsInEquality(const FormTemplate& form, const WitnessedNumber& n);

/// The numbers of a form as its equations see them: which members are sure, and whether an equation holds.
/// Refers to `numbers` and `entries` (of the same order), and follows what becomes sure there. One thread.
class EquationWitness {
public:
    /// `strong` says of each number whether its digits are strong by themselves.
    EquationWitness(const QList<WitnessedNumber>& numbers, const QList<VoteEntry>& entries,
                    QList<bool> strong)
        : m_numbers(numbers), m_entries(entries), m_strong(std::move(strong)) {}

    /// The equation holds and every member of it but `index` is sure, so that it gives the number's value. A
    /// strong number may stand beside other strong ones: two of them would have to be wrong by the same
    /// amount.
    bool gives(const Equation& equation, qsizetype index) const;

private:
    std::optional<qint64> sureValue(const QString& term, qsizetype index, bool repeats) const;

    const QList<WitnessedNumber>& m_numbers;
    const QList<VoteEntry>& m_entries;
    const QList<bool> m_strong;
};

}  // namespace tallydesk
