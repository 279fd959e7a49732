// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/OtherReadings.h"

#include <QJsonArray>

namespace tallydesk {

namespace {

const QString kKey = QStringLiteral("other_readings");

template <typename T>
QJsonValue json(const std::optional<T>& value) {
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

std::optional<qint64> whole(const QJsonValue& value) {
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

std::optional<double> real(const QJsonValue& value) {
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<QString> text(const QJsonValue& value) {
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

QJsonObject toJson(const VoteEntry& entry) {
    return {{QStringLiteral("value"), json(entry.value)},
            {QStringLiteral("digits"), json(entry.digits)},
            {QStringLiteral("words"), json(entry.words)},
            {QStringLiteral("words_value"), json(entry.wordsValue)},
            {QStringLiteral("mark"), json(markName(entry.mark))},
            {QStringLiteral("confidence"), json(entry.confidence)}};
}

VoteEntry entryOf(const QJsonObject& object) {
    VoteEntry entry;
    entry.value = whole(object[u"value"]);
    entry.digits = whole(object[u"digits"]);
    entry.words = text(object[u"words"]);
    entry.wordsValue = whole(object[u"words_value"]);
    entry.mark = markFromName(object[u"mark"].toString()).value_or(Mark::None);
    entry.confidence = real(object[u"confidence"]);
    return entry;
}

QJsonObject toJson(const OtherReading& other) {
    QJsonObject object{{QStringLiteral("reader"), other.reader}};
    if (other.errorCode) {
        object.insert(QStringLiteral("error"), *other.errorCode);
        return object;
    }
    const BallotData& data = other.data;
    object.insert(QStringLiteral("form_id"), data.formId);
    object.insert(QStringLiteral("form_code"), data.formCode);
    object.insert(QStringLiteral("party_list"), json(data.partyList));
    QJsonObject header;
    for (auto it = data.header.cbegin(); it != data.header.cend(); ++it)
        header.insert(it.key(), it->number ? QJsonValue(*it->number) : json(it->text));
    object.insert(QStringLiteral("header"), header);
    QJsonObject figures;
    for (auto it = data.figures.cbegin(); it != data.figures.cend(); ++it)
        figures.insert(it.key(), toJson(*it));
    object.insert(QStringLiteral("figures"), figures);
    QJsonArray rows;
    for (const TallyRow& row : data.rows) {
        QJsonObject entry = toJson(row.entry);
        entry.insert(QStringLiteral("no"), row.no);
        rows.append(entry);
    }
    object.insert(QStringLiteral("rows"), rows);
    if (data.total)
        object.insert(QStringLiteral("total"), toJson(*data.total));
    if (!data.readerNotes.isEmpty())
        object.insert(QStringLiteral("reader_notes"), data.readerNotes);
    return object;
}

OtherReading readingOf(const QJsonObject& object) {
    OtherReading other;
    other.reader = object[u"reader"].toString();
    other.errorCode = text(object[u"error"]);
    BallotData& data = other.data;
    data.formId = object[u"form_id"].toString();
    data.formCode = object[u"form_code"].toString();
    if (object[u"party_list"].isBool())
        data.partyList = object[u"party_list"].toBool();
    const QJsonObject header = object[u"header"].toObject();
    for (auto it = header.begin(); it != header.end(); ++it) {
        HeaderValue value;
        value.number = whole(it.value());
        value.text = text(it.value());
        data.header.insert(it.key(), value);
    }
    const QJsonObject figures = object[u"figures"].toObject();
    for (auto it = figures.begin(); it != figures.end(); ++it)
        data.figures.insert(it.key(), entryOf(it.value().toObject()));
    for (const QJsonValue row : object[u"rows"].toArray())
        data.rows.append({row[u"no"].toInt(), entryOf(row.toObject())});
    if (object.contains(u"total"))
        data.total = entryOf(object[u"total"].toObject());
    data.readerNotes = object[u"reader_notes"].toObject();
    return other;
}

}  // namespace

void OtherReadings::add(BallotData& data, const OtherReading& other) {
    QJsonArray all = data.readerNotes.value(kKey).toArray();
    all.append(toJson(other));
    data.readerNotes.insert(kKey, all);
}

QList<OtherReading> OtherReadings::of(const BallotData& data) {
    QList<OtherReading> all;
    for (const QJsonValue other : data.readerNotes.value(kKey).toArray())
        all.append(readingOf(other.toObject()));
    return all;
}

}  // namespace tallydesk
