// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QRect>
#include <QStringList>
#include <QVariant>
#include <optional>

#include "core/BallotData.h"
#include "core/Error.h"

namespace tallydesk {

/// How single values stand in a column of the project file. Stateless; any thread.
namespace RowValues {

/// A text that is never NULL: Qt would bind a null string as NULL.
QVariant text(const QString& value);
/// nullopt as NULL; an empty text stays an empty text.
QVariant optionalText(const std::optional<QString>& value);
QVariant optionalNumber(const std::optional<qint64>& value);
QVariant optionalReal(const std::optional<double>& value);
QVariant optionalFlag(const std::optional<bool>& value);
/// "[x,y,w,h]".
QVariant box(const std::optional<QRect>& value);
QVariant list(const QStringList& values);
QVariant numbers(const QList<int>& values);
QVariant readings(const QList<Reading>& values);
QVariant object(const QJsonObject& value);
QVariant optionalError(const std::optional<Error>& value);
/// ISO 8601 in UTC with milliseconds; an invalid time as NULL.
QVariant time(const QDateTime& value);
QVariant headerSource(HeaderSource source);

std::optional<QString> toOptionalText(const QVariant& value);
std::optional<qint64> toOptionalNumber(const QVariant& value);
std::optional<double> toOptionalReal(const QVariant& value);
std::optional<bool> toOptionalFlag(const QVariant& value);
std::optional<QRect> toBox(const QVariant& value);
QStringList toList(const QVariant& value);
QList<int> toNumbers(const QVariant& value);
QList<Reading> toReadings(const QVariant& value);
QJsonObject toObject(const QVariant& value);
std::optional<Error> toOptionalError(const QVariant& value);
QDateTime toTime(const QVariant& value);
HeaderSource toHeaderSource(const QVariant& value);

}  // namespace RowValues

}  // namespace tallydesk
