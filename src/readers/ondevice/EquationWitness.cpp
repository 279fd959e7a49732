// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/EquationWitness.h"

#include <algorithm>

#include "core/Validator.h"

namespace tallydesk {

namespace {

constexpr double sureMember = acceptanceConfidence;  // of an equation that is to confirm another number
constexpr double mostPairsDoubt = 5e-3;  // that any two members without a second witness are wrong
constexpr double leastOther = 1e-3;      // a reading less probable than that is no other reading

}  // namespace

QString termOf(const WitnessedNumber& n) {
    return isRow(n) ? sumOfRowsTerm : n.crop.field;
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

// Independent errors: what depends on the hand is for holdsOtherwise().
bool EquationWitness::hardlyWrongTogether(const QList<qsizetype>& members) const {
    double sum = 0.0;
    double squares = 0.0;
    for (const qsizetype i : members) {
        if (m_doubts[i] >= 1.0)
            return false;
        sum += m_doubts[i];
        squares += m_doubts[i] * m_doubts[i];
    }
    return (sum * sum - squares) / 2.0 <= mostPairsDoubt;
}

// Whether two members have other readings with which the equation holds as well.
bool EquationWitness::holdsOtherwise(const Equation& equation, const QList<qsizetype>& members) const {
    const auto changes = [&](qsizetype i) {
        const qint64 side = equation.left.contains(termOf(m_numbers[i])) ? 1 : -1;
        QList<qint64> result;
        for (const Reading& reading : m_numbers[i].digits.numbers)
            if (reading.probability >= leastOther && reading.value != m_entries[i].value)
                result.append(side * (reading.value - m_entries[i].value.value_or(0)));
        return result;
    };
    QList<QList<qint64>> all;
    for (const qsizetype i : members) {
        const QList<qint64> own = changes(i);
        for (const QList<qint64>& others : all)
            for (const qint64 change : own)
                if (others.contains(-change))
                    return true;
        all.append(own);
    }
    return false;
}

bool EquationWitness::gives(const Equation& equation, qsizetype index) const {
    if (equation.op != EquationOp::Equal)
        return false;
    const QStringList terms = equation.left + equation.right;
    if (terms.count(termOf(m_numbers[index])) != 1)
        return false;
    QList<qsizetype> alone{index};
    for (qsizetype i = 0; i < m_numbers.size(); ++i)
        if (i != index && terms.contains(termOf(m_numbers[i])) && !isSure(i))
            alone.append(i);
    // A figure written twice by one hand is misread alike: its digits can't confirm each other.
    const bool repetition = terms.size() == 2 && !terms.contains(sumOfRowsTerm);
    if (alone.size() > 1 && (repetition || !hardlyWrongTogether(alone) || holdsOtherwise(equation, alone)))
        return false;
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
