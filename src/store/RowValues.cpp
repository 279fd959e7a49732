// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RowValues.h"

#include <QJsonDocument>

namespace tallydesk::RowValues {

namespace {

QVariant json(const QJsonArray& array) {
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QJsonArray toArray(const QVariant& value) {
    return QJsonDocument::fromJson(value.toString().toUtf8()).array();
}

QJsonArray stringArray(const QStringList& values) {
    QJsonArray array;
    for (const QString& value : values)
        array.append(value.isNull() ? QStringLiteral("") : value);
    return array;
}

QStringList fromStringArray(const QJsonArray& array) {
    QStringList values;
    for (const QJsonValue& value : array)
        values.append(value.toString());
    return values;
}

}  // namespace

QVariant text(const QString& value) {
    return value.isNull() ? QStringLiteral("") : value;
}

QVariant optionalText(const std::optional<QString>& value) {
    return value ? text(*value) : QVariant(QMetaType::fromType<QString>());
}

QVariant optionalNumber(const std::optional<qint64>& value) {
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<qint64>());
}

QVariant optionalReal(const std::optional<double>& value) {
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<double>());
}

QVariant optionalFlag(const std::optional<bool>& value) {
    return value ? QVariant(*value ? 1 : 0) : QVariant(QMetaType::fromType<int>());
}

QVariant box(const std::optional<QRect>& value) {
    if (!value)
        return QVariant(QMetaType::fromType<QString>());
    return json({value->x(), value->y(), value->width(), value->height()});
}

QVariant list(const QStringList& values) {
    return json(stringArray(values));
}

QVariant numbers(const QList<int>& values) {
    QJsonArray array;
    for (const int value : values)
        array.append(value);
    return json(array);
}

QVariant readings(const QList<Reading>& values) {
    if (values.isEmpty())
        return QVariant(QMetaType::fromType<QString>());
    QJsonArray array;
    for (const Reading& value : values)
        array.append(QJsonArray{value.value, value.probability});
    return json(array);
}

QVariant object(const QJsonObject& value) {
    return QString::fromUtf8(QJsonDocument(value).toJson(QJsonDocument::Compact));
}

QVariant optionalError(const std::optional<Error>& value) {
    if (!value)
        return QVariant(QMetaType::fromType<QString>());
    return object({{QStringLiteral("code"), value->code},
                   {QStringLiteral("args"), stringArray(value->args)},
                   {QStringLiteral("detail"), value->detail}});
}

QVariant time(const QDateTime& value) {
    if (!value.isValid())
        return QVariant(QMetaType::fromType<QString>());
    return value.toUTC().toString(Qt::ISODateWithMs);
}

QVariant headerSource(HeaderSource source) {
    switch (source) {
        case HeaderSource::Path:
            return QStringLiteral("path");
        case HeaderSource::Person:
            return QStringLiteral("person");
        case HeaderSource::Paper:
            break;
    }
    return QStringLiteral("paper");
}

std::optional<QString> toOptionalText(const QVariant& value) {
    return value.isNull() ? std::nullopt : std::optional(value.toString());
}

std::optional<qint64> toOptionalNumber(const QVariant& value) {
    return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
}

std::optional<double> toOptionalReal(const QVariant& value) {
    return value.isNull() ? std::nullopt : std::optional(value.toDouble());
}

std::optional<bool> toOptionalFlag(const QVariant& value) {
    return value.isNull() ? std::nullopt : std::optional(value.toInt() != 0);
}

std::optional<QRect> toBox(const QVariant& value) {
    const QJsonArray array = toArray(value);
    if (array.size() != 4)
        return std::nullopt;
    return QRect(array[0].toInt(), array[1].toInt(), array[2].toInt(), array[3].toInt());
}

QStringList toList(const QVariant& value) {
    return fromStringArray(toArray(value));
}

QList<int> toNumbers(const QVariant& value) {
    QList<int> values;
    for (const QJsonValue& number : toArray(value))
        values.append(number.toInt());
    return values;
}

QList<Reading> toReadings(const QVariant& value) {
    QList<Reading> values;
    for (const QJsonValue& pair : toArray(value))
        values.append({pair[0].toInteger(), pair[1].toDouble()});
    return values;
}

QJsonObject toObject(const QVariant& value) {
    return QJsonDocument::fromJson(value.toString().toUtf8()).object();
}

std::optional<Error> toOptionalError(const QVariant& value) {
    if (value.isNull())
        return std::nullopt;
    const QJsonObject error = toObject(value);
    return Error{error[u"code"].toString(), fromStringArray(error[u"args"].toArray()),
                 error[u"detail"].toString()};
}

QDateTime toTime(const QVariant& value) {
    return value.isNull() ? QDateTime() : QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

HeaderSource toHeaderSource(const QVariant& value) {
    for (const HeaderSource source : {HeaderSource::Path, HeaderSource::Person})
        if (headerSource(source) == value)
            return source;
    return HeaderSource::Paper;
}

}  // namespace tallydesk::RowValues
