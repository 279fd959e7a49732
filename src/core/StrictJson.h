// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/Error.h"

namespace tallydesk {

/// Collects the first thing that is wrong with a JSON file: "form.unknown_key", "form.missing_key" or
/// "form.bad_value" with args {file, key as a JSON path, reason}. One thread.
class StrictJsonProblems {
public:
    explicit StrictJsonProblems(QString file) : m_file(std::move(file)) {}

    void report(const QString& code, const QString& key, const QString& reason);
    const std::optional<Error>& first() const { return m_first; }

private:
    QString m_file;
    std::optional<Error> m_first;
};

/// Reads an object key by key and remembers which keys were asked for, so that finish() can name those
/// that nobody knows. Getters return an empty value after reporting a missing key or a wrong type.
/// One thread; `problems` outlives it.
class StrictObject {
public:
    StrictObject(QJsonObject object, QString path, StrictJsonProblems& problems);

    QString text(const QString& key);
    /// Text that may not be empty.
    QString filledText(const QString& key);
    bool flag(const QString& key);
    bool flagOr(const QString& key, bool fallback);
    /// A whole number within [low, high].
    int integer(const QString& key, int low, int high);
    /// A number within (low, high].
    double fraction(const QString& key, double low, double high);
    QStringList texts(const QString& key, bool mayBeEmpty = false);
    QJsonArray array(const QString& key);
    QJsonObject rawObject(const QString& key);
    StrictObject object(const QString& key);
    /// The objects of an array, each with its own path ("header[2]").
    QList<StrictObject> objects(const QString& key);

    bool has(const QString& key) const { return m_object.contains(key); }
    bool isNull(const QString& key);
    QStringList keys() const { return m_object.keys(); }
    QString pathOf(const QString& key) const;
    const QString& path() const { return m_path; }
    void bad(const QString& key, const QString& reason);
    /// Passes on what another reader found wrong at `key`, with its own code.
    void report(const QString& code, const QString& key, const QString& reason);
    /// Reports the first key that was never asked for.
    void finish();

private:
    std::optional<QJsonValue> take(const QString& key);

    QJsonObject m_object;
    QString m_path;
    StrictJsonProblems* m_problems;
    QSet<QString> m_known;
};

}  // namespace tallydesk
