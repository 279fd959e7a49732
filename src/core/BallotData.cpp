// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotData.h"

#include <QJsonArray>

#include "core/RuleTools.h"

namespace tallydesk {

void forEachNumber(const BallotData& data,
                   const std::function<void(const QString&, const VoteEntry&)>& visit) {
    for (auto it = data.figures.cbegin(); it != data.figures.cend(); ++it)
        visit(it.key(), it.value());
    for (const TallyRow& row : data.rows)
        visit(RuleTools::rowKey(row.no), row.entry);
    if (data.total)
        visit(QStringLiteral("total"), *data.total);
}

QStringList unexpectedKeys(const BallotData& data) {
    QStringList keys;
    for (const QJsonValue key : data.readerNotes.value(QLatin1String("unexpected")).toArray())
        keys.append(key.toString());
    return keys;
}

}  // namespace tallydesk
