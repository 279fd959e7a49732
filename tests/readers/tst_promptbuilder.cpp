// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "AiTestTools.h"
#include "readers/ai/PromptBuilder.h"

using namespace tallydesk;
using namespace tallydesk::aitest;

namespace {

bool typeFits(const QJsonValue& value, const QString& type) {
    if (type == u"null"_qs)
        return value.isNull();
    if (type == u"object"_qs)
        return value.isObject();
    if (type == u"array"_qs)
        return value.isArray();
    if (type == u"string"_qs)
        return value.isString();
    if (type == u"boolean"_qs)
        return value.isBool();
    return type == u"integer"_qs && value.isDouble() && value.toDouble() == value.toInteger();
}

/// The part of JSON Schema that the answer's schema uses; the path of the first violation, or empty.
QString violation(const QJsonValue& value, const QJsonObject& schema, const QString& path = u"$"_qs) {
    const QJsonValue type = schema.value(u"type"_qs);
    const QJsonArray types = type.isArray() ? type.toArray() : QJsonArray{type};
    bool fits = false;
    for (const QJsonValue one : types)
        fits = fits || typeFits(value, one.toString());
    if (!fits)
        return path + u" has a wrong type"_qs;
    if (schema.contains(u"enum"_qs) && !schema.value(u"enum"_qs).toArray().contains(value))
        return path + u" is none of the enum"_qs;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        const QJsonObject properties = schema.value(u"properties"_qs).toObject();
        for (const QJsonValue key : schema.value(u"required"_qs).toArray())
            if (!object.contains(key.toString()))
                return path + u'.' + key.toString() + u" is missing"_qs;
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!properties.contains(it.key()))
                return path + u'.' + it.key() + u" is not allowed"_qs;
            const QString inner =
                violation(it.value(), properties.value(it.key()).toObject(), path + u'.' + it.key());
            if (!inner.isEmpty())
                return inner;
        }
    }
    for (const QJsonValue item : value.toArray()) {
        const QString inner = violation(item, schema.value(u"items"_qs).toObject(), path + u"[]"_qs);
        if (!inner.isEmpty())
            return inner;
    }
    return {};
}

/// Strict mode of the services: every object is closed and requires all of its keys.
QString looseObject(const QJsonObject& schema, const QString& path = u"$"_qs) {
    if (schema.contains(u"properties"_qs)) {
        const QJsonObject properties = schema.value(u"properties"_qs).toObject();
        if (schema.value(u"additionalProperties"_qs) != QJsonValue(false) ||
            schema.value(u"required"_qs).toArray().size() != properties.size())
            return path;
        for (auto it = properties.begin(); it != properties.end(); ++it)
            if (const QString inner = looseObject(it.value().toObject(), path + u'.' + it.key());
                !inner.isEmpty())
                return inner;
    }
    if (schema.contains(u"items"_qs))
        return looseObject(schema.value(u"items"_qs).toObject(), path + u"[]"_qs);
    return {};
}

}  // namespace

class TestPromptBuilder : public QObject {
    Q_OBJECT

    const FormCatalog m_forms = formsWithMadeUp();

private Q_SLOTS:
    void asksForEverythingOnTheForm_data() {
        QTest::addColumn<QString>("id");
        for (const auto& form : m_forms.forms())
            QTest::newRow(qPrintable(form->id)) << form->id;
    }
    void asksForEverythingOnTheForm() {
        QFETCH(QString, id);
        const auto form = m_forms.byId(id);
        const Prompt prompt = PromptBuilder::forForm(*form);
        QVERIFY(prompt.text.contains(form->code));
        QVERIFY(prompt.text.contains(form->wordsLanguage + u" words"_qs));
        for (const HeaderField& field : form->header) {
            QVERIFY(prompt.text.contains(field.key));
            QVERIFY(prompt.text.contains(field.printed.first()));
        }
        for (const FigureField& field : form->figures) {
            QVERIFY(prompt.text.contains(field.key));
            QVERIFY(prompt.text.contains(field.printed.first()));
        }
        for (const QString& name : form->rowNames)
            QVERIFY(prompt.text.contains(name));
        QVERIFY(prompt.text.contains(u"never copy one from the other"_qs));
        QVERIFY(prompt.text.contains(u"Never compute"_qs));
        QVERIFY2(!prompt.text.contains(u'%'), "a placeholder was left open");

        const QString loose = looseObject(prompt.schema);
        QVERIFY2(loose.isEmpty(), qPrintable(loose));
        const QJsonObject figures = prompt.schema.value(u"properties"_qs)
                                        .toObject()
                                        .value(u"figures"_qs)
                                        .toObject()
                                        .value(u"properties"_qs)
                                        .toObject();
        QCOMPARE(figures.size(), form->figures.size());
        for (const FigureField& field : form->figures)
            QVERIFY(figures.contains(field.key));
    }

    void schemaTakesTheDocumentedShape() {
        const Prompt prompt = PromptBuilder::forForm(*m_forms.byId(u"5-18-constituency"_qs));
        QJsonObject answer = derivedForm(sha256("x"));
        for (const QString& key : {u"moo"_qs, u"subdistrict"_qs, u"district"_qs})
            answer.insert(key, QJsonValue());
        QCOMPARE(violation(answer, prompt.schema), QString());

        QJsonObject blank = answer;
        blank.insert(u"total"_qs, QJsonObject{{u"digits"_qs, QJsonValue()},
                                              {u"words"_qs, QJsonValue()},
                                              {u"mark"_qs, u"blank"_qs}});
        QCOMPARE(violation(blank, prompt.schema), QString());

        QJsonObject missing = answer;
        missing.remove(u"total"_qs);
        QVERIFY(!violation(missing, prompt.schema).isEmpty());
        QJsonObject extra = answer;
        extra.insert(u"comment"_qs, u"x"_qs);
        QVERIFY(!violation(extra, prompt.schema).isEmpty());
        QJsonObject text = answer;
        text.insert(u"constituency"_qs, u"one"_qs);
        QVERIFY(!violation(text, prompt.schema).isEmpty());
    }

    void rowsAreNotCounted() {
        // An enum of row numbers would make a model invent the rows that it can't see.
        const Prompt prompt = PromptBuilder::forForm(*m_forms.byId(u"5-17-party-list"_qs));
        const QJsonObject rows =
            prompt.schema.value(u"properties"_qs).toObject().value(u"rows"_qs).toObject();
        QCOMPARE(rows.value(u"type"_qs).toString(), u"array"_qs);
        QVERIFY(!rows.contains(u"minItems"_qs));
        QVERIFY(!compact(rows.value(u"items"_qs)
                             .toObject()
                             .value(u"properties"_qs)
                             .toObject()
                             .value(u"no"_qs)
                             .toObject())
                     .contains("enum"));
    }

    void unknownFormListsThemAll() {
        const Prompt prompt = PromptBuilder::forUnknownForm(m_forms);
        for (const auto& form : m_forms.forms()) {
            QVERIFY(prompt.text.contains(form->displayCode));
            QVERIFY(prompt.text.contains(form->title.th));
        }
        QCOMPARE(looseObject(prompt.schema), QString());
        const QByteArray schema = compact(prompt.schema);
        for (const char* key : {"eligible", "received", "cast", "committee", "polling_unit"})
            QVERIFY(schema.contains(key));
    }

    void versionNamesTheQuestion() {
        QStringList versions{PromptBuilder::forUnknownForm(m_forms).version};
        for (const auto& form : m_forms.forms())
            versions.append(PromptBuilder::forForm(*form).version);
        versions.removeDuplicates();
        QCOMPARE(versions.size(), m_forms.forms().size() + 1);
        FormTemplate changed = *m_forms.forms().first();
        const QString before = PromptBuilder::forForm(changed).version;
        QCOMPARE(PromptBuilder::forForm(changed).version, before);
        changed.figures.first().printed = QStringList{u"other label"_qs};
        QVERIFY(PromptBuilder::forForm(changed).version != before);
    }
};

QTEST_GUILESS_MAIN(TestPromptBuilder)
#include "tst_promptbuilder.moc"
