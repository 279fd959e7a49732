// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/AnswerSchema.h"

#include <QJsonArray>

namespace tallydesk {

namespace {

QJsonObject nullable(const QString& type) {
    return {{QStringLiteral("type"), QJsonArray{type, QStringLiteral("null")}}};
}

QJsonObject closedObject(const QJsonObject& properties, bool mayBeNull = false) {
    QJsonValue type = QStringLiteral("object");
    if (mayBeNull)
        type = QJsonArray{QStringLiteral("object"), QStringLiteral("null")};
    return {{QStringLiteral("type"), type},
            {QStringLiteral("properties"), properties},
            {QStringLiteral("required"), QJsonArray::fromStringList(properties.keys())},
            {QStringLiteral("additionalProperties"), false}};
}

QJsonObject numberProperties() {
    QJsonObject mark = nullable(QStringLiteral("string"));
    mark.insert(QStringLiteral("enum"), QJsonArray{QStringLiteral("dash"), QStringLiteral("blank"),
                                                   QStringLiteral("struck"), QJsonValue()});
    return {{QStringLiteral("digits"), nullable(QStringLiteral("integer"))},
            {QStringLiteral("words"), nullable(QStringLiteral("string"))},
            {QStringLiteral("mark"), mark}};
}

}  // namespace

AnswerFields AnswerFields::of(const QList<std::shared_ptr<const FormTemplate>>& forms) {
    AnswerFields fields;
    QStringList seen;
    for (const auto& form : forms) {
        for (const HeaderField& field : form->header) {
            if (seen.contains(field.key))
                continue;
            seen.append(field.key);
            fields.header.append(field);
        }
        for (const FigureField& field : form->figures)
            if (!fields.figures.contains(field.key))
                fields.figures.append(field.key);
    }
    return fields;
}

QJsonObject AnswerSchema::build(const QList<std::shared_ptr<const FormTemplate>>& forms) {
    const AnswerFields fields = AnswerFields::of(forms);
    const bool formKnown = forms.size() == 1;

    QJsonObject top{{QStringLiteral("form_code"), nullable(QStringLiteral("string"))},
                    {QStringLiteral("party_list"), nullable(QStringLiteral("boolean"))}};
    for (const HeaderField& field : fields.header)
        top.insert(field.key, nullable(field.type == HeaderType::Number ? QStringLiteral("integer")
                                                                        : QStringLiteral("string")));
    QJsonObject figures;
    for (const QString& key : fields.figures)
        figures.insert(key, closedObject(numberProperties(), !formKnown));
    top.insert(QStringLiteral("figures"), closedObject(figures));

    QJsonObject row = numberProperties();
    row.insert(QStringLiteral("no"), QJsonObject{{QStringLiteral("type"), QStringLiteral("integer")}});
    top.insert(QStringLiteral("rows"), QJsonObject{{QStringLiteral("type"), QStringLiteral("array")},
                                                   {QStringLiteral("items"), closedObject(row)}});
    top.insert(QStringLiteral("total"), closedObject(numberProperties()));
    return closedObject(top);
}

}  // namespace tallydesk
