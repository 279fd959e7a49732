// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "core/FormTemplate.h"
#include "core/MessageCatalog.h"
#include "core/RuleTools.h"
#include "core/Validator.h"

using namespace tallydesk;

namespace {

QString madeUpPath() {
    return QStringLiteral(TALLYDESK_SOURCE_DIR "/tests/core/data/made-up-form.json");
}

QJsonObject madeUpJson() {
    QFile file(madeUpPath());
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

VoteEntry both(const FormTemplate& form, const QString& words) {
    VoteEntry entry;
    entry.words = words;
    entry.wordsValue = form.numberWords->parse(words);
    entry.digits = entry.wordsValue;
    entry.value = entry.wordsValue;
    entry.confidence = 0.99;
    return entry;
}

}  // namespace

class TestFormTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sixFormsShip() {
        const auto catalog = FormCatalog::builtIn();
        QVERIFY2(catalog, catalog ? "" : qPrintable(catalog.error().args.join(u' ')));
        QStringList ids;
        for (const auto& form : catalog->forms())
            ids.append(form->id);
        QCOMPARE(ids, (QStringList{QStringLiteral("5-16-constituency"), QStringLiteral("5-16-party-list"),
                                   QStringLiteral("5-17-constituency"), QStringLiteral("5-17-party-list"),
                                   QStringLiteral("5-18-constituency"), QStringLiteral("5-18-party-list")}));
        for (const auto& form : catalog->forms())
            QCOMPARE(catalog->byCode(form->code, form->partyList), form);
        QVERIFY(!catalog->byId(QStringLiteral("5-19")));
    }

    void partyListNamesItsRowsAsPrinted() {
        const auto form = FormCatalog::builtIn()->byId(QStringLiteral("5-17-party-list"));
        QCOMPARE(form->rowCount, 57);
        QVERIFY(form->rowsFixed);
        QCOMPARE(form->rowNames.size(), 57);
        QCOMPARE(form->rowNames.value(9), QStringLiteral("เพื่อไทย"));
        QCOMPARE(form->rowNames.value(46), QStringLiteral("ประชาชน"));
        QVERIFY(!form->figure(QStringLiteral("received"))->hasWords);
        QCOMPARE(form->fieldLabel(QStringLiteral("row 37"), Language::English),
                 QStringLiteral("Party 37 (ภูมิใจไทย)"));
        QCOMPARE(form->fieldLabel(QStringLiteral("invalid"), Language::English),
                 QStringLiteral("2.2 Spoiled"));
    }

    void brokenFileNamesKeyAndReason_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("key");
        const auto row = [](const char* name, const QJsonObject& json, const char* code, const char* key) {
            QTest::newRow(name) << QJsonDocument(json).toJson() << QString::fromLatin1(code)
                                << QString::fromLatin1(key);
        };
        const auto with = [](const QString& key, const QJsonValue& value) {
            QJsonObject json = madeUpJson();
            json.insert(key, value);
            return json;
        };
        const auto nested = [](const QString& list, int index, const QString& key, const QJsonValue& value) {
            QJsonObject json = madeUpJson();
            QJsonArray items = json.value(list).toArray();
            QJsonObject item = items[index].toObject();
            item.insert(key, value);
            items[index] = item;
            json.insert(list, items);
            return json;
        };
        const auto inside = [](const QString& object, const QString& key, const QJsonValue& value) {
            QJsonObject json = madeUpJson();
            QJsonObject item = json.value(object).toObject();
            item.insert(key, value);
            json.insert(object, item);
            return json;
        };
        QTest::newRow("not JSON") << QByteArrayLiteral("{\"id\": ") << QStringLiteral("form.bad_json")
                                  << QString();
        QTest::newRow("a list") << QByteArrayLiteral("[]") << QStringLiteral("form.bad_json") << QString();
        row("unknown key", with(QStringLiteral("colour"), 1), "form.unknown_key", "colour");
        QJsonObject without = madeUpJson();
        without.remove(QStringLiteral("pages"));
        row("missing key", without, "form.missing_key", "pages");
        row("wrong type", with(QStringLiteral("code"), 7), "form.bad_value", "code");
        row("other format", with(QStringLiteral("format"), QStringLiteral("x/9")), "form.bad_value",
            "format");
        row("kind", with(QStringLiteral("kind"), QStringLiteral("both")), "form.bad_value", "kind");
        row("unknown key deep inside", nested(QStringLiteral("figures"), 1, QStringLiteral("colour"), 1),
            "form.unknown_key", "figures[1].colour");
        row("key twice", nested(QStringLiteral("figures"), 1, QStringLiteral("key"), QStringLiteral("cast")),
            "form.bad_value", "figures[1].key");
        row("reserved key",
            nested(QStringLiteral("figures"), 1, QStringLiteral("key"), QStringLiteral("total")),
            "form.bad_value", "figures[1].key");
        row("dangling term",
            nested(QStringLiteral("equations"), 0, QStringLiteral("right"),
                   QJsonArray{QStringLiteral("votes")}),
            "form.bad_value", "equations[0].right");
        row("operator", nested(QStringLiteral("equations"), 0, QStringLiteral("op"), QStringLiteral(">")),
            "form.bad_value", "equations[0].op");
        row("each row on the right",
            nested(QStringLiteral("equations"), 0, QStringLiteral("right"),
                   QJsonArray{QStringLiteral("each(rows)")}),
            "form.bad_value", "equations[0].left");
        row("a row on no page", nested(QStringLiteral("pages"), 0, QStringLiteral("rows"), QJsonArray{1, 3}),
            "form.bad_value", "pages");
        row("a row beyond the last",
            nested(QStringLiteral("pages"), 0, QStringLiteral("rows"), QJsonArray{1, 5}), "form.bad_value",
            "pages[0].rows");
        const auto page = [](const char* role, const QJsonValue& rows, bool figures, bool total) {
            return QJsonObject{{QStringLiteral("role"), QString::fromLatin1(role)},
                               {QStringLiteral("rows"), rows},
                               {QStringLiteral("figures"), figures},
                               {QStringLiteral("total"), total}};
        };
        const auto pages = [&](const char* name, const QJsonArray& plan, const char* code, const char* key) {
            row(name, with(QStringLiteral("pages"), plan), code, key);
        };
        const QJsonArray all{1, 4};
        const QJsonArray upper{1, 2};
        const QJsonArray lower{3, 4};
        const QJsonValue none;
        pages("the first page without rows",
              {page("signatures", none, false, false), page("numbers-1", all, true, true)},
              "form.head_without_rows", "pages[0].rows");
        pages("figures on a page without rows",
              {page("numbers-1", all, false, true), page("signatures", none, true, false)},
              "form.page_without_rows", "pages[1].figures");
        pages("the total on a page without rows",
              {page("numbers-1", all, true, false), page("signatures", none, false, true)},
              "form.page_without_rows", "pages[1].total");
        pages("figures on two pages",
              {page("numbers-1", upper, true, false), page("numbers-2", lower, true, true)},
              "form.on_two_pages", "pages[1].figures");
        pages("the total on two pages",
              {page("numbers-1", upper, true, true), page("numbers-2", lower, false, true)},
              "form.on_two_pages", "pages[1].total");
        pages("a page with rows that is called otherwise", {page("table", all, true, true)}, "form.page_role",
              "pages[0].role");
        pages("a page without rows that is called otherwise",
              {page("numbers-1", all, true, true), page("numbers-2", none, false, false)}, "form.page_role",
              "pages[1].role");
        row("no page with the total", nested(QStringLiteral("pages"), 0, QStringLiteral("total"), false),
            "form.bad_value", "pages");
        row("words of the rows that are no yes or no",
            inside(QStringLiteral("rows"), QStringLiteral("words"), QStringLiteral("thai")), "form.bad_value",
            "rows.words");
        row("half a row", inside(QStringLiteral("rows"), QStringLiteral("count"), 4.5), "form.bad_value",
            "rows.count");
        row("names of other rows",
            inside(QStringLiteral("rows"), QStringLiteral("names"), QJsonArray{QStringLiteral("A")}),
            "form.bad_value", "rows.names");
        row("share of a figure that is not there",
            inside(QStringLiteral("shares"), QStringLiteral("ballots_base"), QStringLiteral("used")),
            "form.bad_value", "shares.ballots_base");
        row("number words",
            inside(QStringLiteral("number_words"), QStringLiteral("system"), QStringLiteral("roman")),
            "form.bad_value", "number_words.system");
        row("unknown key of the number words",
            inside(QStringLiteral("number_words"), QStringLiteral("number_words"), 1), "form.unknown_key",
            "number_words.number_words");
        row("layout without columns",
            inside(
                QStringLiteral("layout"), QStringLiteral("table"),
                QJsonObject{{QStringLiteral("columns"), QJsonArray()}, {QStringLiteral("parenthesis"), 0.2}}),
            "form.bad_value", "layout.table.columns");
    }
    void brokenFileNamesKeyAndReason() {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);
        QFETCH(QString, key);
        const auto form = FormTemplate::fromJson(json, QStringLiteral("some.json"));
        QVERIFY(!form);
        QCOMPARE(form.error().code, code);
        QCOMPARE(form.error().args.value(0), QStringLiteral("some.json"));
        if (!key.isEmpty())
            QCOMPARE(form.error().args.value(1), key);
        QVERIFY(!form.error().args.last().isEmpty());
        for (const Language language : {Language::English, Language::Thai})
            QVERIFY(MessageCatalog::builtIn().text(form.error(), language).contains(key));
    }

    void figuresMayStandOnALaterPage() {
        QJsonObject json = madeUpJson();
        QJsonArray pages;
        for (const int first : {1, 3})
            pages.append(QJsonObject{{QStringLiteral("role"), QStringLiteral("numbers-%1").arg(first)},
                                     {QStringLiteral("rows"), QJsonArray{first, first + 1}},
                                     {QStringLiteral("figures"), first == 3},
                                     {QStringLiteral("total"), first == 3}});
        json.insert(QStringLiteral("pages"), pages);
        const auto form = FormTemplate::fromJson(QJsonDocument(json).toJson(), QStringLiteral("some.json"));
        QVERIFY2(form, form ? "" : qPrintable(form.error().args.join(u' ')));
    }

    void rowsHaveWordsUnlessTheFileSaysOtherwise() {
        const auto hasWords = [](const QJsonValue& rowsWords, const QString& system) {
            QJsonObject json = madeUpJson();
            QJsonObject rows = json.value(QStringLiteral("rows")).toObject();
            if (!rowsWords.isNull())
                rows.insert(QStringLiteral("words"), rowsWords);
            json.insert(QStringLiteral("rows"), rows);
            json.insert(QStringLiteral("number_words"), QJsonObject{{QStringLiteral("system"), system}});
            const auto form =
                FormTemplate::fromJson(QJsonDocument(json).toJson(), QStringLiteral("some.json"));
            return form && form->rowsHaveWords == RuleTools::hasWords(*form, QStringLiteral("row 2")) &&
                           form->rowsHaveWords == RuleTools::hasWords(*form, QStringLiteral("total"))
                       ? std::optional(form->rowsHaveWords)
                       : std::nullopt;
        };
        const QString thai = QStringLiteral("thai");
        const QString none = QStringLiteral("none");
        QCOMPARE(hasWords({}, thai), std::optional(true));
        QCOMPARE(hasWords(false, thai), std::optional(false));
        QCOMPARE(hasWords({}, none), std::optional(false));
        QCOMPARE(hasWords(true, none), std::optional(true));
    }

    void whatNothingReadsOfTheLayoutMayBeLeftOut() {
        QJsonObject json = madeUpJson();
        QJsonObject layout = json.value(QStringLiteral("layout")).toObject();
        QJsonObject table = layout.value(QStringLiteral("table")).toObject();
        table.remove(QStringLiteral("parenthesis"));
        json.insert(QStringLiteral("layout"), QJsonObject{{QStringLiteral("table"), table}});
        const auto form = FormTemplate::fromJson(QJsonDocument(json).toJson(), QStringLiteral("some.json"));
        QVERIFY2(form, form ? "" : qPrintable(form.error().args.join(u' ')));
    }

    void missingFileAndEmptyFolderAreErrors() {
        QTemporaryDir dir;
        const auto form = FormTemplate::load(dir.filePath(QStringLiteral("none.json")));
        QVERIFY(!form);
        QCOMPARE(form.error().code, QStringLiteral("form.unreadable"));
        QCOMPARE(FormCatalog::load(dir.path()).error().code, QStringLiteral("form.unreadable"));
    }

    void twoFilesOfOneFormAreAnError() {
        QTemporaryDir dir;
        QVERIFY(QFile::copy(madeUpPath(), dir.filePath(QStringLiteral("a.json"))));
        QVERIFY(FormCatalog::load(dir.path()));
        QVERIFY(QFile::copy(madeUpPath(), dir.filePath(QStringLiteral("b.json"))));
        const auto catalog = FormCatalog::load(dir.path());
        QVERIFY(!catalog);
        QCOMPARE(catalog.error().args.value(0), dir.filePath(QStringLiteral("b.json")));
        QCOMPARE(catalog.error().args.value(1), QStringLiteral("id"));
    }

    void anotherCountrysFormIsAFileAlone() {
        const auto form = FormTemplate::load(madeUpPath());
        QVERIFY2(form, form ? "" : qPrintable(form.error().args.join(u' ')));
        QCOMPARE(form->figures.size(), 3);
        QCOMPARE(form->rowCount, 4);

        BallotData data;
        data.formId = form->id;
        data.formCode = form->code;
        data.partyList = form->partyList;
        data.header[QStringLiteral("province")].text = QStringLiteral("Westmere");
        data.header[QStringLiteral("polling_unit")].number = 12;
        data.figures.insert(QStringLiteral("cast"),
                            both(*form, QStringLiteral("one hundred and thirty-one ballots")));
        data.figures.insert(QStringLiteral("counted"), both(*form, QStringLiteral("One hundred thirty")));
        data.figures.insert(QStringLiteral("rejected"), both(*form, QStringLiteral("one")));
        const QStringList votes{QStringLiteral("forty"), QStringLiteral("Sixty-Five votes"),
                                QStringLiteral("twenty five"), QStringLiteral("zero")};
        for (int i = 0; i < 4; ++i)
            data.rows.append({i + 1, both(*form, votes[i])});
        data.total = both(*form, QStringLiteral("one hundred and thirty only"));
        QCOMPARE(Validator().check(data, &*form), QList<Finding>());

        data.rows[0].entry = both(*form, QStringLiteral("fifty"));
        const auto findings = Validator().check(data, &*form);
        QCOMPARE(findings.size(), 2);
        QCOMPARE(findings[0].code, QStringLiteral("F.203"));
        QCOMPARE(findings[1].code, QStringLiteral("F.204"));
    }

    void lexiconReadsOnlyTheStandardSpelling() {
        const auto words = FormTemplate::load(madeUpPath())->numberWords;
        for (qint64 number = 0; number < 20'000; number += 7)
            QCOMPARE(words->parse(words->spell(number)), std::optional<qint64>(number));
        QCOMPARE(words->spell(1'021'300), QStringLiteral("one million twenty one thousand three hundred"));
        for (const QString& text :
             {QString(), QStringLiteral("and"), QStringLiteral("two three"), QStringLiteral("ten five"),
              QStringLiteral("hundred thousand hundred"), QStringLiteral("five twenty"),
              QStringLiteral("zero one"), QStringLiteral("fourty"), QStringLiteral("one thousand million"),
              QStringLiteral("131")})
            QCOMPARE(words->parse(text), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TestFormTemplate)
#include "tst_formtemplate.moc"
