// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/EquationWitness.h"

#include <algorithm>
#include <functional>

namespace tallydesk {

namespace {

constexpr double sureMember = 0.95;  // of an equation that is to confirm another number
constexpr double mostDoubt = 2e-4;   // that two members without a second witness are wrong together

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

bool EquationWitness::isSure(qsizetype i) const {
    return m_entries[i].confidence.value_or(0.0) >= sureMember;
}

bool EquationWitness::gives(const Equation& equation, qsizetype index) const {
    if (equation.op != EquationOp::Equal)
        return false;
    const QStringList terms = equation.left + equation.right;
    if (terms.count(termOf(m_numbers[index])) != 1)
        return false;
    QList<double> doubts;
    for (qsizetype i = 0; i < m_numbers.size(); ++i)
        if (i != index && terms.contains(termOf(m_numbers[i])) && !isSure(i))
            doubts.append(m_doubts[i]);
    if (!doubts.isEmpty()) {
        // A figure written twice by one hand is misread alike: its digits can't confirm each other.
        if (terms.size() == 2 && !terms.contains(rowSum))
            return false;
        doubts.append(m_doubts[index]);
        std::sort(doubts.begin(), doubts.end(), std::greater<>());
        if (doubts[0] >= 1.0 || doubts[0] * doubts[1] > mostDoubt)
            return false;
    }
    qint64 difference = 0;
    for (const auto& [side, sign] : {std::pair{&equation.left, 1}, std::pair{&equation.right, -1}}) {
        for (const QString& term : *side) {
            const auto value = valueOf(term);
            if (!value)
                return false;
            difference += sign * *value;
        }
    }
    return difference == 0;
}

// Nullopt while a number is missing.
std::optional<qint64> EquationWitness::valueOf(const QString& term) const {
    std::optional<qint64> sum;
    for (qsizetype i = 0; i < m_numbers.size(); ++i) {
        if (termOf(m_numbers[i]) != term)
            continue;
        if (!m_entries[i].value)
            return std::nullopt;
        sum = sum.value_or(0) + *m_entries[i].value;
    }
    return sum;
}

}  // namespace tallydesk
