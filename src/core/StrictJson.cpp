// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/StrictJson.h"

#include <cmath>

namespace tallydesk {

void StrictJsonProblems::report(const QString& code, const QString& key, const QString& reason) {
    if (!m_first)
        m_first = Error{code, {m_file, key, reason}, {}};
}

StrictObject::StrictObject(QJsonObject object, QString path, StrictJsonProblems& problems)
    : m_object(std::move(object)), m_path(std::move(path)), m_problems(&problems) {}

QString StrictObject::pathOf(const QString& key) const {
    return m_path.isEmpty() ? key : m_path + u'.' + key;
}

void StrictObject::bad(const QString& key, const QString& reason) {
    report(QStringLiteral("form.bad_value"), key, reason);
}

void StrictObject::report(const QString& code, const QString& key, const QString& reason) {
    m_problems->report(code, pathOf(key), reason);
}

std::optional<QJsonValue> StrictObject::take(const QString& key) {
    m_known.insert(key);
    const auto it = m_object.constFind(key);
    if (it == m_object.constEnd()) {
        m_problems->report(QStringLiteral("form.missing_key"), pathOf(key), QStringLiteral("missing"));
        return std::nullopt;
    }
    return it.value();
}

QString StrictObject::text(const QString& key) {
    const auto value = take(key);
    if (value && !value->isString())
        bad(key, QStringLiteral("must be text"));
    return value ? value->toString() : QString();
}

QString StrictObject::filledText(const QString& key) {
    const QString value = text(key);
    if (value.trimmed().isEmpty())
        bad(key, QStringLiteral("must not be empty"));
    return value;
}

bool StrictObject::flag(const QString& key) {
    const auto value = take(key);
    if (value && !value->isBool())
        bad(key, QStringLiteral("must be true or false"));
    return value && value->toBool();
}

bool StrictObject::flagOr(const QString& key, bool fallback) {
    m_known.insert(key);
    return has(key) ? flag(key) : fallback;
}

int StrictObject::integer(const QString& key, int low, int high) {
    const auto value = take(key);
    if (!value)
        return low;
    const double number = value->toDouble(std::nan(""));
    if (!value->isDouble() || number != std::floor(number) || number < low || number > high) {
        bad(key, QStringLiteral("must be a whole number from %1 to %2").arg(low).arg(high));
        return low;
    }
    return static_cast<int>(number);
}

double StrictObject::fraction(const QString& key, double low, double high) {
    const auto value = take(key);
    if (!value)
        return high;
    const double number = value->toDouble(std::nan(""));
    if (!value->isDouble() || !(number > low && number <= high)) {
        bad(key, QStringLiteral("must be a number above %1 and at most %2").arg(low).arg(high));
        return high;
    }
    return number;
}

QJsonArray StrictObject::array(const QString& key) {
    const auto value = take(key);
    if (value && !value->isArray())
        bad(key, QStringLiteral("must be a list"));
    return value ? value->toArray() : QJsonArray();
}

QStringList StrictObject::texts(const QString& key, bool mayBeEmpty) {
    QStringList out;
    const QJsonArray values = array(key);
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!values[i].isString() || values[i].toString().trimmed().isEmpty())
            bad(QStringLiteral("%1[%2]").arg(key).arg(i), QStringLiteral("must be text and not empty"));
        out.append(values[i].toString());
    }
    if (out.isEmpty() && !mayBeEmpty)
        bad(key, QStringLiteral("must name at least one text"));
    return out;
}

QJsonObject StrictObject::rawObject(const QString& key) {
    const auto value = take(key);
    if (value && !value->isObject())
        bad(key, QStringLiteral("must be an object"));
    return value ? value->toObject() : QJsonObject();
}

StrictObject StrictObject::object(const QString& key) {
    return StrictObject(rawObject(key), pathOf(key), *m_problems);
}

QList<StrictObject> StrictObject::objects(const QString& key) {
    QList<StrictObject> out;
    const QJsonArray values = array(key);
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QString item = QStringLiteral("%1[%2]").arg(key).arg(i);
        if (!values[i].isObject())
            bad(item, QStringLiteral("must be an object"));
        out.append(StrictObject(values[i].toObject(), pathOf(item), *m_problems));
    }
    return out;
}

bool StrictObject::isNull(const QString& key) {
    const auto value = take(key);
    return value && value->isNull();
}

void StrictObject::finish() {
    for (const QString& key : m_object.keys())
        if (!m_known.contains(key))
            m_problems->report(QStringLiteral("form.unknown_key"), pathOf(key),
                               QStringLiteral("unknown key"));
}

}  // namespace tallydesk
