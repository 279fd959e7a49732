// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/PromptBuilder.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include "readers/ai/AnswerSchema.h"

namespace tallydesk {

namespace {

QString quoted(const QStringList& texts) {
    QStringList parts;
    for (const QString& text : texts)
        parts.append(QChar(0x201C) + text + QChar(0x201D));
    return parts.join(QStringLiteral(" or "));
}

QString kindOf(const FormTemplate& form) {
    return form.partyList ? QStringLiteral("true") : QStringLiteral("false");
}

QString wordsHint(bool hasWords) {
    return hasWords ? QString() : QStringLiteral("; usually without words: words is then null");
}

QString rowsOf(const FormTemplate& form) {
    QString text =
        form.rowsFixed
            ? QStringLiteral("The table (%1) has the rows 1 to %2; give each of them once.")
            : QStringLiteral("The table (%1) has up to %2 rows; give each row that has a printed number.");
    text = text.arg(quoted({form.rowLabel.th, form.rowLabel.en})).arg(form.rowCount);
    if (!form.rowNames.isEmpty()) {
        QStringList names;
        for (auto it = form.rowNames.cbegin(); it != form.rowNames.cend(); ++it)
            names.append(QStringLiteral("%1 %2").arg(it.key()).arg(it.value()));
        text += QStringLiteral(" Printed names: %1.").arg(names.join(QStringLiteral(", ")));
    }
    if (!form.rowsHaveWords)
        text += QStringLiteral(" Its rows are usually without words: words is then null.");
    return text;
}

QString describe(const FormTemplate& form) {
    QStringList lines;
    lines << QStringLiteral("Form %1 (%2), printed code %3: form_code \"%4\", party_list %5.")
                 .arg(form.title.th, form.title.en, quoted({form.displayCode}), form.code, kindOf(form));
    lines << QStringLiteral("Head of the form:");
    for (const HeaderField& field : form.header)
        lines << QStringLiteral("- %1: %2, written after %3")
                     .arg(field.key,
                          field.type == HeaderType::Number ? QStringLiteral("a whole number")
                                                           : QStringLiteral("text as written"),
                          quoted(field.printed));
    lines << QStringLiteral("Figures:");
    for (const FigureField& field : form.figures)
        lines << QStringLiteral("- %1: %2%3 (%4)%5")
                     .arg(field.key,
                          field.item.isEmpty() ? QString() : QStringLiteral("item %1 ").arg(field.item),
                          quoted(field.printed), field.label.en, wordsHint(field.hasWords));
    lines << rowsOf(form);
    lines << QStringLiteral("Last line of the table: total, %1%2.")
                 .arg(quoted({form.totalLabel.th}), wordsHint(form.rowsHaveWords));
    return lines.join(QChar(u'\n'));
}

QString rules(const QString& language) {
    return QStringLiteral(
               "Every number is an object {\"digits\", \"words\", \"mark\"}:\n"
               "- digits: the whole number that is written in digits (Arabic or Thai numerals).\n"
               "- words: the %1 words that are written, letter by letter as they stand, without "
               "correcting them.\n"
               "- Digits and words are two separate readings: never copy one from the other, not even "
               "when they disagree.\n"
               "- Never compute, complete or correct anything: sums may be wrong on paper.\n"
               "- mark: \"dash\" when a dash stands in the number's place, \"blank\" when nothing is "
               "written; digits and words are then null. \"struck\" when a number was struck out or "
               "overwritten: give the last value. Otherwise null.\n"
               "- What is not legible, or not on the form, is null. Never guess.\n"
               "- Ignore tick marks beside numbers, folds, and writing that shows through from the other "
               "side.\n"
               "Rows follow the printed row numbers, over all pages; \"no\" is the printed number. The "
               "table may go on from page to page.\n"
               "Answer with one JSON object and nothing else.")
        .arg(language);
}

QString exampleOf(const AnswerFields& fields) {
    const QString number =
        QStringLiteral("{\"digits\": integer|null, \"words\": string|null, \"mark\": string|null}");
    QStringList top{QStringLiteral("\"form_code\": string|null"),
                    QStringLiteral("\"party_list\": boolean|null")};
    for (const HeaderField& field : fields.header)
        top << QStringLiteral("\"%1\": %2|null")
                   .arg(field.key, field.type == HeaderType::Number ? QStringLiteral("integer")
                                                                    : QStringLiteral("string"));
    QStringList figures;
    for (const QString& key : fields.figures)
        figures << QStringLiteral("\"%1\": NUMBER").arg(key);
    top << QStringLiteral("\"figures\": {%1}").arg(figures.join(QStringLiteral(", ")));
    top << QStringLiteral(
        "\"rows\": [{\"no\": integer, \"digits\": integer|null, \"words\": string|null, "
        "\"mark\": string|null}, ...]");
    top << QStringLiteral("\"total\": NUMBER");
    return QStringLiteral("Shape of the answer, where NUMBER is %1:\n{%2}")
        .arg(number, top.join(QStringLiteral(", ")));
}

Prompt finished(const QString& task, const QList<std::shared_ptr<const FormTemplate>>& forms) {
    QStringList languages;
    for (const auto& form : forms)
        if (!form->wordsLanguage.isEmpty() && !languages.contains(form->wordsLanguage))
            languages.append(form->wordsLanguage);
    Prompt prompt;
    prompt.schema = AnswerSchema::build(forms);
    prompt.text =
        QStringList{task, rules(languages.join(QStringLiteral(" or "))), exampleOf(AnswerFields::of(forms))}
            .join(QStringLiteral("\n\n"));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(prompt.text.toUtf8());
    hash.addData(QJsonDocument(prompt.schema).toJson(QJsonDocument::Compact));
    prompt.version = QString::fromLatin1(hash.result().toHex().left(12));
    return prompt;
}

QString opening() {
    return QStringLiteral(
        "The images are the pages of one election tally form, filled by hand and scanned. Read what is "
        "written on it.");
}

}  // namespace

Prompt PromptBuilder::forForm(const FormTemplate& form) {
    const QString task = opening() +
                         QStringLiteral(
                             " The printed title says which form it is; when the pages show another "
                             "form, give that form's code and kind.\n\n") +
                         describe(form);
    return finished(task, {std::make_shared<const FormTemplate>(form)});
}

Prompt PromptBuilder::forUnknownForm(const FormCatalog& catalog) {
    QStringList parts{opening() +
                      QStringLiteral(" First find out which of these forms it is, from the printed title and "
                                     "the code in the box at the top right. When it is none of them, "
                                     "form_code is null. Fields that the form does not have are null.")};
    for (const auto& form : catalog.forms())
        parts.append(describe(*form));
    return finished(parts.join(QStringLiteral("\n\n")), catalog.forms());
}

}  // namespace tallydesk
