// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPair>
#include <QString>

namespace tallydesk {

/// A JSON value as a model wrote it: numbers keep their spelling and objects their repeated keys, both of
/// which QJsonDocument drops. A plain value: any thread.
struct AnswerValue {
    enum class Kind { Null, Bool, Number, String, Array, Object };
    Kind kind = Kind::Null;
    /// A string's content, a number's or truth value's spelling.
    QString text;
    QList<AnswerValue> items;
    QList<QPair<QString, AnswerValue>> members;

    bool isNull() const { return kind == Kind::Null; }
    bool isObject() const { return kind == Kind::Object; }
    bool isArray() const { return kind == Kind::Array; }
    bool isString() const { return kind == Kind::String; }
    /// The member of that name; null when there is none. `conflict` becomes true when the name occurs
    /// several times with different values: then none of them is to be believed.
    const AnswerValue* member(const QString& name, bool* conflict = nullptr) const;
    /// A short one-line rendering for notes.
    QString summary() const;

    bool operator==(const AnswerValue&) const = default;
};

/// Reads JSON by RFC 8259, at most 32 levels deep. Stateless; any thread.
namespace AnswerJson {

enum class Status {
    Complete,
    CutOff,  ///< the text ended inside the value
    Broken,  ///< not JSON
};

struct Result {
    Status status = Status::Broken;
    AnswerValue value;
    /// Index behind the value when complete.
    qsizetype end = 0;
};

/// The value that begins at `from` (blanks before it are skipped).
Result parse(QStringView text, qsizetype from = 0);

}  // namespace AnswerJson

}  // namespace tallydesk
