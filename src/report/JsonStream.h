// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>
#include <optional>

#include "report/SafeFile.h"

namespace tallydesk {

/// Writes JSON member by member in the order of the calls (QJsonObject sorts its keys), so that a large
/// result never stands in memory. The outer levels get a line for each member, the inner ones stay on it.
/// Not thread-safe.
class JsonStream {
public:
    explicit JsonStream(CheckedWriter& out);

    void beginObject();
    void endObject();
    void beginArray();
    void endArray();
    void key(const QString& name);
    void value(const QJsonValue& value);

    void member(const QString& name, const QJsonValue& content);
    template <typename T>
    void member(const QString& name, const std::optional<T>& content) {
        member(name, content ? QJsonValue(*content) : QJsonValue(QJsonValue::Null));
    }

private:
    void separate();
    void begin(char bracket);
    void end(char bracket);

    CheckedWriter& m_out;
    // For each open container: whether something stands in it already.
    QList<bool> m_filled;
    bool m_afterKey = false;
};

}  // namespace tallydesk
