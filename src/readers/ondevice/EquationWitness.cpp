// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/EquationWitness.h"

#include <algorithm>

namespace tallydesk {

namespace {

constexpr double sureMember = 0.95;  // of an equation that is to confirm another number

}  // namespace

QString termOf(const WitnessedNumber& n) {
    return isRow(n) ? rowSum : n.crop.field;
}

bool isEquality(const Equation& equation) {
    return equation.op == EquationOp::Equal && !equation.explainable;
}

bool standsInEquality(const FormTemplate& form, const WitnessedNumber& n) {
    return std::any_of(form.equations.begin(), form.equations.end(), [&n](const Equation& equation) {
        return isEquality(equation) && (equation.left + equation.right).contains(termOf(n));
    });
}

bool EquationWitness::gives(const Equation& equation, qsizetype index) const {
    if (equation.op != EquationOp::Equal)
        return false;
    const QString own = termOf(m_numbers[index]);
    const QStringList terms = equation.left + equation.right;
    if (terms.count(own) != 1)
        return false;
    // A figure written twice by one hand is misread alike: its digits can't confirm each other.
    const bool repeats = terms.size() == 2 && !terms.contains(rowSum);
    qint64 difference = 0;
    for (const auto& [side, sign] : {std::pair{&equation.left, 1}, std::pair{&equation.right, -1}}) {
        for (const QString& term : *side) {
            const auto value = sureValue(term, index, repeats);
            if (!value)
                return false;
            difference += sign * *value;
        }
    }
    return difference == 0;
}

// Nullopt while a member other than `index` is missing or unsure.
std::optional<qint64> EquationWitness::sureValue(const QString& term, qsizetype index, bool repeats) const {
    std::optional<qint64> sum;
    for (qsizetype i = 0; i < m_numbers.size(); ++i) {
        if (term == rowSum ? !isRow(m_numbers[i]) : m_numbers[i].crop.field != term)
            continue;
        const VoteEntry& entry = m_entries[i];
        const bool sure =
            entry.confidence.value_or(0.0) >= sureMember || (!repeats && m_strong[i] && m_strong[index]);
        if (!entry.value || (i != index && !sure))
            return std::nullopt;
        sum = sum.value_or(0) + *entry.value;
    }
    return sum;
}

}  // namespace tallydesk
