// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/BallotData.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// What the rules share: reading numbers as the catalogue counts them, and findings' args
/// (marks that MessageCatalog turns into words). Stateless; any thread.
namespace RuleTools {

inline QString rowKey(int number) {
    return QStringLiteral("row %1").arg(number);
}

inline bool isEmptyMark(Mark mark) {
    return mark == Mark::Blank || mark == Mark::Dash;
}

/// The number of a row: a dash or an empty cell counts as 0.
inline std::optional<qint64> rowNumber(const VoteEntry& entry) {
    return !entry.value && isEmptyMark(entry.mark) ? std::optional<qint64>(0) : entry.value;
}

/// The number of a figure or the total: a dash counts as 0, an empty place is not filled.
inline std::optional<qint64> figureNumber(const VoteEntry& entry) {
    if (entry.mark == Mark::Blank)
        return std::nullopt;
    return rowNumber(entry);
}

inline std::optional<qint64> figureNumber(const BallotData& data, const QString& key) {
    const auto it = data.figures.constFind(key);
    return it == data.figures.constEnd() ? std::nullopt : figureNumber(*it);
}

inline std::optional<qint64> totalNumber(const BallotData& data) {
    return data.total ? figureNumber(*data.total) : std::nullopt;
}

inline QString fieldArg(const QStringList& keys) {
    return QStringLiteral("field:") + keys.join(u',');
}
inline QString sumArg(const QStringList& terms) {
    return QStringLiteral("sum:") + terms.join(u',');
}
inline QString numberArg(std::optional<qint64> number) {
    return number ? QString::number(*number) : QStringLiteral("missing:");
}
inline QString caseArg(const QString& name) {
    return QStringLiteral("case:") + name;
}

inline Finding errorFinding(const QString& code, QStringList fields, QStringList args = {}) {
    return {code, Severity::Error, std::move(fields), std::move(args)};
}
inline Finding warningFinding(const QString& code, QStringList fields, QStringList args = {}) {
    return {code, Severity::Warning, std::move(fields), std::move(args)};
}

/// True when the form asks for words beside the number of this field.
inline bool hasWords(const FormTemplate& form, const QString& fieldKey) {
    const FigureField* figure = form.figure(fieldKey);
    return figure ? figure->hasWords : form.rowsHaveWords;
}

/// By code; findings of one code keep their order.
void sortByCode(QList<Finding>& findings);

/// Header, figures, rows, total, as they stand on the form; unknown keys last.
QStringList inFormOrder(QStringList keys, const FormTemplate& form);

}  // namespace RuleTools

/// F.2xx: the equations of the form definition and digits = words. Appends to `findings`.
void checkEquations(const BallotData& data, const FormTemplate& form, QList<Finding>& findings);

}  // namespace tallydesk
