// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/JsonStream.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tallydesk {

namespace {

// Result, ballots, ballot, and its lists: one line for each figure and row.
constexpr int kLinedLevels = 4;

}  // namespace

JsonStream::JsonStream(CheckedWriter& out) : m_out(out) {}

void JsonStream::separate() {
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_filled.isEmpty())
        return;
    if (m_filled.last())
        m_out.write(QByteArrayLiteral(","));
    m_filled.last() = true;
    if (m_filled.size() <= kLinedLevels)
        m_out.write('\n' + QByteArray(m_filled.size(), ' '));
    else
        m_out.write(QByteArrayLiteral(" "));
}

void JsonStream::begin(char bracket) {
    separate();
    m_out.write(QByteArray(1, bracket));
    m_filled.append(false);
}

void JsonStream::end(char bracket) {
    m_filled.removeLast();
    m_out.write(QByteArray(1, bracket));
    if (m_filled.isEmpty())
        m_out.write(QByteArrayLiteral("\n"));
}

void JsonStream::beginObject() {
    begin('{');
}
void JsonStream::endObject() {
    end('}');
}
void JsonStream::beginArray() {
    begin('[');
}
void JsonStream::endArray() {
    end(']');
}

void JsonStream::key(const QString& name) {
    separate();
    m_out.write(QJsonDocument(QJsonArray{name}).toJson(QJsonDocument::Compact).chopped(1).sliced(1) +
                QByteArrayLiteral(": "));
    m_afterKey = true;
}

void JsonStream::value(const QJsonValue& value) {
    separate();
    // QJsonDocument writes no bare values: one in a list, without the brackets.
    m_out.write(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).chopped(1).sliced(1));
}

void JsonStream::member(const QString& name, const QJsonValue& content) {
    key(name);
    value(content);
}

}  // namespace tallydesk
