// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/FormTemplate.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include "core/BallotData.h"
#include "core/FormFile.h"

namespace tallydesk {

namespace {

// A definition is some kilobytes; more than this is some other file.
constexpr qint64 kLargestFile = 4 * 1024 * 1024;

QString rowLabelText(const FormTemplate& form, int number, Language language) {
    QString text = QStringLiteral("%1 %2").arg(form.rowLabel.in(language)).arg(number);
    const QString name = form.rowNames.value(number);
    return name.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, name);
}

}  // namespace

Expected<FormTemplate> FormTemplate::load(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("form.unreadable"), {path, file.errorString()});
    if (file.size() > kLargestFile)
        return fail(QStringLiteral("form.unreadable"), {path, QStringLiteral("larger than 4 MiB")});
    const QByteArray json = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return fail(QStringLiteral("form.unreadable"), {path, file.errorString()});
    return fromJson(json, path);
}

Expected<FormTemplate> FormTemplate::fromJson(const QByteArray& json, const QString& fileName) {
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (parseError.error != QJsonParseError::NoError)
        return fail(
            QStringLiteral("form.bad_json"),
            {fileName, QStringLiteral("%1 at byte %2").arg(parseError.errorString()).arg(parseError.offset)});
    if (!document.isObject())
        return fail(QStringLiteral("form.bad_json"), {fileName, QStringLiteral("not an object")});
    return readFormFile(document.object(), fileName);
}

const FigureField* FormTemplate::figure(const QString& key) const {
    for (const FigureField& field : figures)
        if (field.key == key)
            return &field;
    return nullptr;
}

const HeaderField* FormTemplate::headerField(const QString& key) const {
    for (const HeaderField& field : header)
        if (field.key == key)
            return &field;
    return nullptr;
}

QString FormTemplate::fieldLabel(const QString& fieldKey, Language language) const {
    if (fieldKey == u"total")
        return totalLabel.in(language);
    const bool thai = language == Language::Thai;
    if (fieldKey == u"rows" || fieldKey == sumOfRowsTerm)
        return thai ? QStringLiteral("ผลรวมทุกแถว") : QStringLiteral("the sum of the rows");
    if (fieldKey.startsWith(u"row ")) {
        bool isNumber = false;
        const int number = fieldKey.mid(4).toInt(&isNumber);
        return isNumber ? rowLabelText(*this, number, language) : fieldKey;
    }
    if (const FigureField* field = figure(fieldKey))
        return field->item.isEmpty() ? field->label.in(language)
                                     : QStringLiteral("%1 %2").arg(field->item, field->label.in(language));
    if (const HeaderField* field = headerField(fieldKey))
        return field->label.in(language);
    if (fieldKey == u"form_code")
        return thai ? QStringLiteral("รหัสแบบ") : QStringLiteral("Form code");
    if (fieldKey == u"party_list")
        return thai ? QStringLiteral("ชนิดของแบบ") : QStringLiteral("Kind of form");
    return fieldKey;
}

FormCatalog::FormCatalog(QList<std::shared_ptr<const FormTemplate>> forms) : m_forms(std::move(forms)) {}

Expected<FormCatalog> FormCatalog::load(const QString& folder) {
    const QDir dir(folder);
    const QStringList names = dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    if (!dir.exists() || names.isEmpty())
        return fail(QStringLiteral("form.unreadable"), {folder, QStringLiteral("no form definitions there")});
    QList<std::shared_ptr<const FormTemplate>> forms;
    for (const QString& name : names) {
        auto form = FormTemplate::load(dir.filePath(name));
        if (!form)
            return tl::make_unexpected(form.error());
        for (const auto& other : forms) {
            if (other->id == form->id)
                return fail(QStringLiteral("form.bad_value"),
                            {dir.filePath(name), QStringLiteral("id"),
                             QStringLiteral("\"%1\" is the id of another file too").arg(form->id)});
            if (other->code == form->code && other->partyList == form->partyList)
                return fail(
                    QStringLiteral("form.bad_value"),
                    {dir.filePath(name), QStringLiteral("code"),
                     QStringLiteral("\"%1\" of this kind is defined by another file too").arg(form->code)});
        }
        forms.append(std::make_shared<const FormTemplate>(std::move(*form)));
    }
    return FormCatalog(std::move(forms));
}

Expected<FormCatalog> FormCatalog::builtIn() {
    return load(QStringLiteral(":/forms"));
}

std::shared_ptr<const FormTemplate> FormCatalog::byId(const QString& id) const {
    for (const auto& form : m_forms)
        if (form->id == id)
            return form;
    return nullptr;
}

std::shared_ptr<const FormTemplate> FormCatalog::byCode(const QString& code, bool partyList) const {
    for (const auto& form : m_forms)
        if (form->code == code && form->partyList == partyList)
            return form;
    return nullptr;
}

std::shared_ptr<const FormTemplate> FormCatalog::of(const BallotData& data) const {
    if (auto form = byId(data.formId))
        return form;
    return data.partyList ? byCode(data.formCode, *data.partyList) : nullptr;
}

}  // namespace tallydesk
