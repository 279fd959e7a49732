// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/MessageCatalog.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace tallydesk {

namespace {

const QString kUnknownCode = QStringLiteral("internal.error");
const QString kCaseMark = QStringLiteral("case:");

/// Replaces %0 to %9 in one pass, so that a % inside an arg stays what it is.
QString filledIn(const QString& text, const QString& fields, const QStringList& args) {
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool placeholder =
            text[i] == u'%' && i + 1 < text.size() && text[i + 1] >= u'0' && text[i + 1] <= u'9';
        if (!placeholder) {
            out.append(text[i]);
            continue;
        }
        const int number = text[++i].unicode() - u'0';
        out.append(number == 0 ? fields : args.value(number - 1));
    }
    return out;
}

QString fieldNames(const QStringList& keys, const FormTemplate* form, Language language,
                   const QString& separator) {
    QStringList names;
    for (const QString& key : keys)
        names.append(form ? form->fieldLabel(key, language) : key);
    return names.join(separator);
}

QString spokenArg(const QString& arg, const FormTemplate* form, Language language) {
    const QString field = QStringLiteral("field:");
    const QString sum = QStringLiteral("sum:");
    if (arg.startsWith(field))
        return fieldNames(arg.sliced(field.size()).split(u','), form, language, QStringLiteral(", "));
    if (arg.startsWith(sum))
        return fieldNames(arg.sliced(sum.size()).split(u','), form, language, QStringLiteral(" + "));
    if (arg == u"missing:")
        return language == Language::Thai ? QStringLiteral("ไม่มีตัวเลข") : QStringLiteral("no number");
    return arg;
}

}  // namespace

MessageCatalog MessageCatalog::builtIn() {
    MessageCatalog catalog;
    const QDir dir(QStringLiteral(":/messages"));
    for (const QString& name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
        for (auto it = json.constBegin(); it != json.constEnd(); ++it) {
            const QJsonObject texts = it.value().toObject();
            catalog.m_texts.insert(it.key(), {texts.value(QStringLiteral("en")).toString(),
                                              texts.value(QStringLiteral("th")).toString()});
        }
    }
    return catalog;
}

QString MessageCatalog::text(const Error& error, Language language) const {
    const auto it = m_texts.constFind(error.code);
    if (it != m_texts.constEnd())
        return filledIn(it->in(language), {}, error.args);
    return filledIn(m_texts.value(kUnknownCode).in(language), {}, {error.code});
}

QString MessageCatalog::text(const Finding& finding, const FormTemplate* form, Language language) const {
    QStringList args = finding.args;
    QString key = finding.code;
    if (!args.isEmpty() && args.last().startsWith(kCaseMark)) {
        const QString special = key + u'/' + args.takeLast().sliced(kCaseMark.size());
        if (m_texts.contains(special))
            key = special;
    }
    for (QString& arg : args)
        arg = spokenArg(arg, form, language);
    const QString fields = fieldNames(finding.fields, form, language, QStringLiteral(", "));
    if (!m_texts.contains(key))
        return fields.isEmpty() ? finding.code : QStringLiteral("%1: %2").arg(finding.code, fields);
    return filledIn(m_texts.value(key).in(language), fields, args);
}

bool MessageCatalog::contains(const QString& code) const {
    return m_texts.contains(code);
}

}  // namespace tallydesk
