// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/FormFile.h"

#include <QRegularExpression>
#include <algorithm>
#include <functional>

#include "core/StrictJson.h"

namespace tallydesk {

namespace {

// Rows beyond this can't stand on paper; the bound keeps a broken file from filling memory.
constexpr int kMostRows = 500;

Label readLabel(StrictObject object) {
    const Label label{object.filledText(QStringLiteral("en")), object.filledText(QStringLiteral("th"))};
    object.finish();
    return label;
}

bool isKey(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^[a-z][a-z0-9_]*$"));
    return pattern.match(text).hasMatch();
}

/// A field key: lower-case letters, digits and _, not one of the words that mean something else, not twice.
QString readKey(StrictObject& object, QSet<QString>& taken) {
    static const QSet<QString> reserved{QStringLiteral("total"),   QStringLiteral("rows"),
                                        QStringLiteral("figures"), QStringLiteral("form_code"),
                                        QStringLiteral("row"),     QStringLiteral("party_list")};
    const QString name = QStringLiteral("key");
    const QString key = object.filledText(name);
    if (!isKey(key))
        object.bad(name, QStringLiteral("must be lower-case letters, digits and _"));
    else if (reserved.contains(key))
        object.bad(name, QStringLiteral("\"%1\" has a meaning of its own").arg(key));
    else if (taken.contains(key))
        object.bad(name, QStringLiteral("\"%1\" stands here twice").arg(key));
    taken.insert(key);
    return key;
}

QString readChoice(StrictObject& object, const QString& key, const QStringList& choices) {
    const QString value = object.text(key);
    if (!choices.contains(value))
        object.bad(key, QStringLiteral("must be one of: %1").arg(choices.join(QStringLiteral(", "))));
    return value;
}

void readRecognition(StrictObject object, FormTemplate& form) {
    form.titleTexts = object.texts(QStringLiteral("title"));
    form.kindTexts = object.texts(QStringLiteral("kind"), true);
    form.boxTexts = object.texts(QStringLiteral("box"), true);
    form.pathTexts = object.texts(QStringLiteral("path"), true);
    object.finish();
}

void readHeader(StrictObject& root, FormTemplate& form, QSet<QString>& keys) {
    for (StrictObject& item : root.objects(QStringLiteral("header"))) {
        HeaderField field;
        field.key = readKey(item, keys);
        field.type = readChoice(item, QStringLiteral("type"),
                                {QStringLiteral("text"), QStringLiteral("number")}) == u"number"
                         ? HeaderType::Number
                         : HeaderType::Text;
        field.label = readLabel(item.object(QStringLiteral("label")));
        field.printed = item.texts(QStringLiteral("printed"), true);
        field.required = item.flag(QStringLiteral("required"));
        if (item.has(QStringLiteral("reference")))
            field.reference = readChoice(item, QStringLiteral("reference"), {provincesReference.toString()});
        item.finish();
        form.header.append(field);
    }
}

void readFigures(StrictObject& root, FormTemplate& form, QSet<QString>& keys) {
    for (StrictObject& item : root.objects(QStringLiteral("figures"))) {
        FigureField field;
        field.key = readKey(item, keys);
        field.item = item.text(QStringLiteral("item"));
        field.label = readLabel(item.object(QStringLiteral("label")));
        field.printed = item.texts(QStringLiteral("printed"), true);
        field.hasWords = item.flag(QStringLiteral("words"));
        field.required = item.flag(QStringLiteral("required"));
        field.place =
            readChoice(item, QStringLiteral("place"), {QStringLiteral("line"), QStringLiteral("paragraph")});
        item.finish();
        form.figures.append(field);
    }
}

void readRows(StrictObject object, bool wordsAreUsual, FormTemplate& form) {
    form.rowCount = object.integer(QStringLiteral("count"), 1, kMostRows);
    form.rowsFixed = object.flag(QStringLiteral("fixed"));
    form.rowsHaveWords = object.flagOr(QStringLiteral("words"), wordsAreUsual);
    form.rowLabel = readLabel(object.object(QStringLiteral("label")));
    const QString namesKey = QStringLiteral("names");
    if (object.has(namesKey)) {
        const QStringList names = object.texts(namesKey);
        if (names.size() != form.rowCount)
            object.bad(namesKey,
                       QStringLiteral("names %1 rows, but count is %2").arg(names.size()).arg(form.rowCount));
        for (int i = 0; i < names.size(); ++i)
            form.rowNames.insert(i + 1, names[i]);
    }
    object.finish();
}

QStringList readTerms(StrictObject& object, const QString& key, const FormTemplate& form) {
    const QStringList terms = object.texts(key);
    for (const QString& term : terms)
        if (!form.figure(term) && term != u"total" && term != sumOfRowsTerm && term != u"each(rows)")
            object.bad(key,
                       QStringLiteral("\"%1\" is no figure of this form, nor total, sum(rows) or each(rows)")
                           .arg(term));
    return terms;
}

void readEquations(StrictObject& root, FormTemplate& form) {
    static const QRegularExpression codePattern(QStringLiteral("^F\\.2\\d\\d$"));
    for (StrictObject& item : root.objects(QStringLiteral("equations"))) {
        Equation equation;
        equation.code = item.text(QStringLiteral("code"));
        if (!codePattern.match(equation.code).hasMatch())
            item.bad(QStringLiteral("code"), QStringLiteral("must be a rule code from F.200 to F.299"));
        equation.left = readTerms(item, QStringLiteral("left"), form);
        equation.op =
            readChoice(item, QStringLiteral("op"), {QStringLiteral("="), QStringLiteral("<=")}) == u"="
                ? EquationOp::Equal
                : EquationOp::AtMost;
        equation.right = readTerms(item, QStringLiteral("right"), form);
        equation.onlyWhenFilled = item.flagOr(QStringLiteral("only_when_filled"), false);
        equation.explainable = item.flagOr(QStringLiteral("explainable"), false);
        const QString each = QStringLiteral("each(rows)");
        if (equation.right.contains(each) || (equation.left.contains(each) && equation.left.size() > 1))
            item.bad(QStringLiteral("left"), QStringLiteral("each(rows) may only stand alone on the left"));
        item.finish();
        form.equations.append(equation);
    }
}

/// A page whose place says nothing of what it carries, or whose numbers no table leads to, would load and
/// then leave every ballot to a person.
void checkReadable(StrictObject& item, const PagePlan& page, const QList<PagePlan>& before) {
    const bool hasRows = page.lastRow > 0;
    const auto once = [&](const QString& key, bool PagePlan::*carried) {
        if (!(page.*carried))
            return;
        if (!hasRows)
            item.report(QStringLiteral("form.page_without_rows"), key, page.role);
        else if (std::any_of(before.begin(), before.end(), std::mem_fn(carried)))
            item.report(QStringLiteral("form.on_two_pages"), key, page.role);
    };
    if (before.isEmpty() && !hasRows)
        item.report(QStringLiteral("form.head_without_rows"), QStringLiteral("rows"), page.role);
    once(QStringLiteral("figures"), &PagePlan::hasFigures);
    once(QStringLiteral("total"), &PagePlan::hasTotal);
    if (hasRows ? !page.role.startsWith(u"numbers") : page.role != u"signatures")
        item.report(QStringLiteral("form.page_role"), QStringLiteral("role"), page.role);
}

void readPages(StrictObject& root, FormTemplate& form) {
    const QString pagesKey = QStringLiteral("pages");
    QList<int> covered(form.rowCount + 1, 0);
    QSet<QString> roles;
    bool figures = form.figures.isEmpty();
    bool total = false;
    for (StrictObject& item : root.objects(pagesKey)) {
        PagePlan page;
        page.role = item.filledText(QStringLiteral("role"));
        if (roles.contains(page.role) || page.role == u"unknown")
            item.bad(QStringLiteral("role"),
                     QStringLiteral("must differ from every other page and from \"unknown\""));
        roles.insert(page.role);
        const QString rowsKey = QStringLiteral("rows");
        if (!item.isNull(rowsKey) && item.has(rowsKey)) {
            const QJsonArray range = item.array(rowsKey);
            page.firstRow = range.size() == 2 ? range[0].toInt() : 0;
            page.lastRow = range.size() == 2 ? range[1].toInt() : 0;
            if (page.firstRow < 1 || page.lastRow < page.firstRow || page.lastRow > form.rowCount)
                item.bad(rowsKey,
                         QStringLiteral("must be [first, last] within 1 to %1, or null").arg(form.rowCount));
            else
                for (int row = page.firstRow; row <= page.lastRow; ++row)
                    ++covered[row];
        }
        page.hasFigures = item.flag(QStringLiteral("figures"));
        page.hasTotal = item.flag(QStringLiteral("total"));
        figures = figures || page.hasFigures;
        total = total || page.hasTotal;
        checkReadable(item, page, form.pages);
        item.finish();
        form.pages.append(page);
    }
    for (int row = 1; row <= form.rowCount; ++row)
        if (covered[row] != 1) {
            root.bad(pagesKey,
                     QStringLiteral("row %1 stands on %2 pages, must be one").arg(row).arg(covered[row]));
            return;
        }
    if (!figures)
        root.bad(pagesKey, QStringLiteral("no page has the figures"));
    if (!total)
        root.bad(pagesKey, QStringLiteral("no page has the total"));
}

void readShares(StrictObject object, FormTemplate& form) {
    const QString baseKey = QStringLiteral("ballots_base");
    form.ballotsBase = object.text(baseKey);
    if (!form.ballotsBase.isEmpty() && !form.figure(form.ballotsBase))
        object.bad(baseKey, QStringLiteral("\"%1\" is no figure of this form").arg(form.ballotsBase));
    form.dominantShare = object.fraction(QStringLiteral("dominant"), 0.0, 1.0);
    object.finish();
}

void readNumberWords(StrictObject& root, FormTemplate& form) {
    const QString key = QStringLiteral("number_words");
    const QJsonObject json = root.rawObject(key);
    auto words = NumberWords::fromJson(json);
    if (words)
        form.numberWords = *words;
    else
        root.report(words.error().code, words.error().args.value(1, key), words.error().args.value(2));
}

void checkBlanks(StrictObject blanks, const FormTemplate& form) {
    for (const QString& figure : blanks.keys()) {
        StrictObject blank = blanks.object(figure);
        if (!form.figure(figure))
            blanks.bad(figure, QStringLiteral("is no figure of this form"));
        blank.text(QStringLiteral("before"));
        blank.text(QStringLiteral("after"));
        blank.finish();
    }
}

/// Only shape is checked here. The columns tell how a page lies and which kind it is
/// (imaging/PageClassifier); the rest tells people what the paper looks like.
void checkLayout(StrictObject& root, FormTemplate& form) {
    const QString key = QStringLiteral("layout");
    form.layout = root.rawObject(key);
    StrictObject layout = root.object(key);
    layout.flagOr(QStringLiteral("code_box"), false);
    StrictObject table = layout.object(QStringLiteral("table"));
    double width = 0;
    bool score = false;
    for (StrictObject& column : table.objects(QStringLiteral("columns"))) {
        score |= readChoice(column, QStringLiteral("content"),
                            {QStringLiteral("number"), QStringLiteral("name"), QStringLiteral("party"),
                             QStringLiteral("score")}) == u"score";
        width += column.fraction(QStringLiteral("width"), 0.0, 1.0);
        column.finish();
    }
    if (!score)
        table.bad(QStringLiteral("columns"), QStringLiteral("no column has the score"));
    else if (width < 0.99 || width > 1.01)
        table.bad(QStringLiteral("columns"), QStringLiteral("widths add up to %1, must be 1").arg(width));
    if (table.has(QStringLiteral("parenthesis")))
        table.fraction(QStringLiteral("parenthesis"), 0.0, 1.0);
    table.finish();
    if (layout.has(QStringLiteral("blanks")))
        checkBlanks(layout.object(QStringLiteral("blanks")), form);
    layout.finish();
}

}  // namespace

Expected<FormTemplate> readFormFile(const QJsonObject& json, const QString& fileName) {
    StrictJsonProblems problems(fileName);
    StrictObject root(json, {}, problems);
    FormTemplate form;

    readChoice(root, QStringLiteral("format"), {QStringLiteral("tallydesk-form/1")});
    form.id = root.filledText(QStringLiteral("id"));
    form.code = root.filledText(QStringLiteral("code"));
    form.partyList =
        readChoice(root, QStringLiteral("kind"),
                   {QStringLiteral("constituency"), QStringLiteral("party-list")}) == u"party-list";
    form.title = readLabel(root.object(QStringLiteral("title")));
    form.displayCode = root.filledText(QStringLiteral("display_code"));
    readRecognition(root.object(QStringLiteral("recognise")), form);
    QSet<QString> keys;
    readHeader(root, form, keys);
    readFigures(root, form, keys);
    const QJsonObject numberWords = json.value(u"number_words").toObject();
    const bool wordsAreUsual = numberWords.value(u"system").toString() != u"none";
    readRows(root.object(QStringLiteral("rows")), wordsAreUsual, form);
    StrictObject total = root.object(QStringLiteral("total"));
    form.totalLabel = readLabel(total.object(QStringLiteral("label")));
    total.finish();
    readEquations(root, form);
    readPages(root, form);
    readShares(root.object(QStringLiteral("shares")), form);
    readNumberWords(root, form);
    form.wordsLanguage = root.text(QStringLiteral("words_language"));
    checkLayout(root, form);
    root.finish();

    if (problems.first())
        return tl::make_unexpected(*problems.first());
    return form;
}

}  // namespace tallydesk
