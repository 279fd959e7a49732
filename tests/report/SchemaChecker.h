// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QRegularExpression>
#include <QStringList>

namespace tallydesk::testing {

/// Holds JSON against a JSON Schema (draft 2020-12), for the keywords that results.schema.json uses. A
/// keyword that it does not know is itself an error, so that none is passed over in silence.
class SchemaChecker {
public:
    explicit SchemaChecker(QJsonObject schema) : m_root(std::move(schema)) {}

    QStringList check(const QJsonValue& value) {
        m_errors.clear();
        visit(m_root, value, QStringLiteral("$"));
        return m_errors;
    }

private:
    static QString typeOf(const QJsonValue& value) {
        switch (value.type()) {
            case QJsonValue::Null:
                return QStringLiteral("null");
            case QJsonValue::Bool:
                return QStringLiteral("boolean");
            case QJsonValue::Double:
                return value.toDouble() == static_cast<double>(value.toInteger()) ? QStringLiteral("integer")
                                                                                  : QStringLiteral("number");
            case QJsonValue::String:
                return QStringLiteral("string");
            case QJsonValue::Array:
                return QStringLiteral("array");
            case QJsonValue::Object:
                return QStringLiteral("object");
            case QJsonValue::Undefined:
                break;
        }
        return QStringLiteral("undefined");
    }

    static bool hasType(const QJsonValue& value, const QString& wanted) {
        const QString type = typeOf(value);
        return type == wanted || (wanted == u"number" && type == u"integer");
    }

    bool holds(const QJsonObject& schema, const QJsonValue& value) const {
        SchemaChecker inner(m_root);
        inner.visit(schema, value, QString());
        return inner.m_errors.isEmpty();
    }

    void wrong(const QString& where, const QString& what) {
        m_errors.append(where + QStringLiteral(": ") + what);
    }

    void visit(const QJsonObject& schema, const QJsonValue& value, const QString& where) {
        for (auto it = schema.begin(); it != schema.end(); ++it)
            keyword(schema, it.key(), it.value(), value, where);
    }

    void keyword(const QJsonObject& schema, const QString& name, const QJsonValue& rule,
                 const QJsonValue& value, const QString& where) {
        static const QStringList ignored{QStringLiteral("$schema"), QStringLiteral("$id"),
                                         QStringLiteral("$defs"),   QStringLiteral("title"),
                                         QStringLiteral("then"),    QStringLiteral("else")};
        if (ignored.contains(name))
            return;
        if (name == u"$ref") {
            const QString target = rule.toString().section(u'/', -1);
            visit(m_root[u"$defs"][target].toObject(), value, where);
        } else if (name == u"type") {
            bool fits = false;
            for (const QJsonValue& type : rule.isArray() ? rule.toArray() : QJsonArray{rule})
                fits = fits || hasType(value, type.toString());
            if (!fits)
                wrong(where, QStringLiteral("is ") + typeOf(value));
        } else if (name == u"const") {
            if (value != rule)
                wrong(where, QStringLiteral("is not ") + rule.toString());
        } else if (name == u"enum") {
            if (!rule.toArray().contains(value))
                wrong(where, QStringLiteral("is none of the listed values"));
        } else if (name == u"anyOf") {
            bool fits = false;
            for (const QJsonValue& option : rule.toArray())
                fits = fits || holds(option.toObject(), value);
            if (!fits)
                wrong(where, QStringLiteral("fits none"));
        } else if (name == u"if") {
            const QString branch =
                holds(rule.toObject(), value) ? QStringLiteral("then") : QStringLiteral("else");
            visit(schema[branch].toObject(), value, where);
        } else if (!numberKeyword(name, rule, value, where) && !textKeyword(name, rule, value, where) &&
                   !arrayKeyword(name, rule, value, where) &&
                   !objectKeyword(schema, name, rule, value, where)) {
            wrong(where, QStringLiteral("the checker does not know the keyword ") + name);
        }
    }

    bool numberKeyword(const QString& name, const QJsonValue& rule, const QJsonValue& value,
                       const QString& where) {
        if (name != u"minimum" && name != u"maximum")
            return false;
        if (value.isDouble() &&
            (name == u"minimum" ? value.toDouble() < rule.toDouble() : value.toDouble() > rule.toDouble()))
            wrong(where, QStringLiteral("is out of bounds"));
        return true;
    }

    bool textKeyword(const QString& name, const QJsonValue& rule, const QJsonValue& value,
                     const QString& where) {
        if (name != u"minLength" && name != u"pattern")
            return false;
        if (value.isString() &&
            (name == u"minLength" ? value.toString().size() < rule.toInt()
                                  : !QRegularExpression(rule.toString()).match(value.toString()).hasMatch()))
            wrong(where, QStringLiteral("breaks ") + name);
        return true;
    }

    bool arrayKeyword(const QString& name, const QJsonValue& rule, const QJsonValue& value,
                      const QString& where) {
        if (name != u"items" && name != u"minItems" && name != u"maxItems")
            return false;
        if (!value.isArray())
            return true;
        const QJsonArray array = value.toArray();
        if (name == u"minItems" && array.size() < rule.toInt())
            wrong(where, QStringLiteral("is too short"));
        if (name == u"maxItems" && array.size() > rule.toInt())
            wrong(where, QStringLiteral("is too long"));
        if (name == u"items")
            for (qsizetype i = 0; i < array.size(); ++i)
                visit(rule.toObject(), array[i], QStringLiteral("%1[%2]").arg(where).arg(i));
        return true;
    }

    bool objectKeyword(const QJsonObject& schema, const QString& name, const QJsonValue& rule,
                       const QJsonValue& value, const QString& where) {
        if (name != u"properties" && name != u"required" && name != u"additionalProperties")
            return false;
        const QJsonObject object = value.toObject();
        const QJsonObject known = schema[u"properties"].toObject();
        if (!value.isObject())
            return true;
        if (name == u"properties") {
            for (auto it = known.begin(); it != known.end(); ++it)
                if (object.contains(it.key()))
                    visit(it.value().toObject(), object[it.key()], where + u'.' + it.key());
        } else if (name == u"required") {
            for (const QJsonValue& key : rule.toArray())
                if (!object.contains(key.toString()))
                    wrong(where, QStringLiteral("lacks ") + key.toString());
        } else {
            for (const QString& key : object.keys()) {
                if (known.contains(key))
                    continue;
                if (rule.isObject())
                    visit(rule.toObject(), object[key], where + u'.' + key);
                else if (!rule.toBool())
                    wrong(where, QStringLiteral("has the unknown key ") + key);
            }
        }
        return true;
    }

    const QJsonObject m_root;
    QStringList m_errors;
};

}  // namespace tallydesk::testing
