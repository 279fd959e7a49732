// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/RuleTools.h"

#include <limits>

namespace tallydesk {

using namespace RuleTools;

namespace RuleTools {

void sortByCode(QList<Finding>& findings) {
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.code < b.code; });
}

QStringList inFormOrder(QStringList keys, const FormTemplate& form) {
    const auto rank = [&form](const QString& key) {
        for (int i = 0; i < form.header.size(); ++i)
            if (form.header[i].key == key)
                return i;
        for (int i = 0; i < form.figures.size(); ++i)
            if (form.figures[i].key == key)
                return 1'000 + i;
        if (key == u"rows")
            return 2'000;
        if (key.startsWith(u"row "))
            return 2'001 + key.mid(4).toInt();
        return key == u"total" ? std::numeric_limits<int>::max() - 1 : std::numeric_limits<int>::max();
    };
    keys.removeDuplicates();
    std::stable_sort(keys.begin(), keys.end(),
                     [&](const QString& a, const QString& b) { return rank(a) < rank(b); });
    return keys;
}

}  // namespace RuleTools

namespace {

const QString kEachRow = QStringLiteral("each(rows)");

std::optional<qint64> sumOfRows(const BallotData& data) {
    if (data.rows.isEmpty())
        return std::nullopt;
    qint64 sum = 0;
    for (const TallyRow& row : data.rows) {
        const auto number = rowNumber(row.entry);
        if (!number || __builtin_add_overflow(sum, *number, &sum))
            return std::nullopt;
    }
    return sum;
}

std::optional<qint64> termNumber(const BallotData& data, const QString& term) {
    if (term == sumOfRowsTerm)
        return sumOfRows(data);
    return term == u"total" ? totalNumber(data) : figureNumber(data, term);
}

/// nullopt when a member is missing.
std::optional<qint64> sideNumber(const BallotData& data, const QStringList& terms) {
    qint64 sum = 0;
    for (const QString& term : terms) {
        const auto number = termNumber(data, term);
        if (!number || __builtin_add_overflow(sum, *number, &sum))
            return std::nullopt;
    }
    return sum;
}

QStringList fieldsOf(const QStringList& terms) {
    QStringList fields = terms;
    fields.replaceInStrings(sumOfRowsTerm, QStringLiteral("rows"));
    return fields;
}

bool compare(qint64 left, EquationOp op, qint64 right) {
    return op == EquationOp::Equal ? left == right : left <= right;
}

void checkEachRow(const BallotData& data, const Equation& equation, const FormTemplate& form,
                  QList<Finding>& findings) {
    const auto right = sideNumber(data, equation.right);
    QStringList broken;
    for (const TallyRow& row : data.rows) {
        const auto number = rowNumber(row.entry);
        if (number && right && !compare(*number, equation.op, *right))
            broken.append(rowKey(row.no));
    }
    if (!broken.isEmpty())
        findings.append(errorFinding(
            equation.code, inFormOrder(equation.right + broken, form),
            {fieldArg(broken), sumArg(equation.right), numberArg(right), caseArg(QStringLiteral("rows"))}));
    else if (!right && !equation.onlyWhenFilled)
        findings.append(errorFinding(equation.code, inFormOrder(fieldsOf(equation.right), form),
                                     {fieldArg({QStringLiteral("rows")}), sumArg(equation.right),
                                      numberArg(right), caseArg(QStringLiteral("rows"))}));
}

void checkEquation(const BallotData& data, const Equation& equation, const FormTemplate& form,
                   QList<Finding>& findings) {
    if (equation.left == QStringList{kEachRow}) {
        checkEachRow(data, equation, form, findings);
        return;
    }
    const auto left = sideNumber(data, equation.left);
    const auto right = sideNumber(data, equation.right);
    const bool judged = left && right;
    if (judged && compare(*left, equation.op, *right))
        return;
    if (!judged && equation.onlyWhenFilled)
        return;
    if (judged && equation.explainable && data.differenceExplained)
        return;
    QStringList args{sumArg(equation.left), numberArg(left), sumArg(equation.right), numberArg(right)};
    if (!judged)
        args.append(caseArg(QStringLiteral("missing")));
    else if (equation.op == EquationOp::AtMost)
        args.append(caseArg(QStringLiteral("more")));
    findings.append(
        errorFinding(equation.code, inFormOrder(fieldsOf(equation.left + equation.right), form), args));
}

void checkDigitsAndWords(const BallotData& data, QList<Finding>& findings) {
    forEachNumber(data, [&](const QString& key, const VoteEntry& entry) {
        auto digits = entry.digits;
        // Words beside an empty or dashed place for digits contradict it.
        if (!digits && isEmptyMark(entry.mark))
            digits = entry.value.value_or(0);
        if (digits && entry.wordsValue && *digits != *entry.wordsValue)
            findings.append(errorFinding(QStringLiteral("F.205"), {key},
                                         {numberArg(digits), numberArg(entry.wordsValue), fieldArg({key})}));
    });
}

}  // namespace

void checkEquations(const BallotData& data, const FormTemplate& form, QList<Finding>& findings) {
    for (const Equation& equation : form.equations)
        checkEquation(data, equation, form, findings);
    checkDigitsAndWords(data, findings);
}

}  // namespace tallydesk
