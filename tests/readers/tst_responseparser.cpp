// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include "AiTestTools.h"
#include "core/BallotJudge.h"
#include "core/MessageCatalog.h"
#include "core/Validator.h"
#include "readers/ai/ResponseParser.h"

using namespace tallydesk;
using namespace tallydesk::aitest;

namespace {

const QString kAnswer = QStringLiteral(R"({"form_code":"5/18","party_list":false,"province":"แพร่",)"
                                       R"("constituency":1,"committee":null,"polling_unit":2,)"
                                       R"("district":"เมืองแพร่","subdistrict":null,"place":null,)"
                                       R"("figures":{"valid":%1,"invalid":{"digits":null,"words":null,)"
                                       R"("mark":"dash"}},"rows":[{"no":1,"digits":153,)"
                                       R"("words":"หนึ่งร้อยห้าสิบสาม","mark":null}],)"
                                       R"("total":{"digits":252,"words":null,"mark":null}})");
const QString kValid = QStringLiteral(R"({"digits":252,"words":"สองร้อยห้าสิบสอง","mark":null})");

QString answer(const QString& valid = kValid) {
    return QString(kAnswer).replace(QStringLiteral("%1"), valid);
}

/// An answer about a 5/17 form that needs no person.
QJsonObject soundCommittee() {
    QJsonArray rows;
    for (const qint64 votes : {60, 50, 40}) {
        QJsonObject row = number(votes);
        row.insert(QStringLiteral("no"), rows.size() + 1);
        rows.append(row);
    }
    const QJsonObject figures{
        {QStringLiteral("envelopes"), number(155)}, {QStringLiteral("in_envelopes"), number(155)},
        {QStringLiteral("received"), number(155)},  {QStringLiteral("valid"), number(150)},
        {QStringLiteral("invalid"), number(2)},     {QStringLiteral("no_vote"), number(3)}};
    return {{QStringLiteral("form_code"), QStringLiteral("5/17")},
            {QStringLiteral("party_list"), false},
            {QStringLiteral("province"), QStringLiteral("แพร่")},
            {QStringLiteral("constituency"), 1},
            {QStringLiteral("committee"), 3},
            {QStringLiteral("place"), QStringLiteral("วัด")},
            {QStringLiteral("figures"), figures},
            {QStringLiteral("rows"), rows},
            {QStringLiteral("total"), number(150)}};
}

QByteArray withChoice(const char* choice) {
    return QByteArrayLiteral("{\"id\":\"g\",\"model\":\"m\",\"choices\":[") + choice + "]}";
}

}  // namespace

class TestResponseParser : public QObject {
    Q_OBJECT

    const FormCatalog m_forms = formsWithMadeUp();
    const ResponseParser m_parser{m_forms};

    BallotData parsed(const QString& content, const char* form = "5-18-constituency") const {
        const auto expected = m_forms.byId(QLatin1String(form));
        const auto data = m_parser.parseContent(content, expected.get());
        if (!data)
            qWarning("failed: %s", qPrintable(data.error().error.code));
        return data ? *data : BallotData();
    }

private Q_SLOTS:
    void readsTheDocumentedShape() {
        const ReadAttempt attempt =
            m_parser.parse(completion(answer()), m_forms.byId(QStringLiteral("5-18-constituency")).get());
        QVERIFY(attempt.data);
        const BallotData& data = *attempt.data;
        QCOMPARE(data.formId, QStringLiteral("5-18-constituency"));
        QCOMPARE(data.formCode, QStringLiteral("5/18"));
        QCOMPARE(data.partyList, std::optional(false));
        QCOMPARE(data.header.value(QStringLiteral("province")).text, std::optional(QStringLiteral("แพร่")));
        QCOMPARE(data.header.value(QStringLiteral("polling_unit")).number, std::optional<qint64>(2));
        QVERIFY(!data.header.contains(QStringLiteral("subdistrict")));
        const VoteEntry valid = data.figures.value(QStringLiteral("valid"));
        QCOMPARE(valid.value, std::optional<qint64>(252));
        QCOMPARE(valid.wordsValue, std::optional<qint64>(252));
        const VoteEntry invalid = data.figures.value(QStringLiteral("invalid"));
        QCOMPARE(invalid.value, std::optional<qint64>(0));
        QVERIFY(!invalid.digits);
        QCOMPARE(invalid.mark, Mark::Dash);
        QCOMPARE(data.rows.size(), 1);
        QCOMPARE(data.rows.first().entry.value, std::optional<qint64>(153));
        QCOMPARE(data.total->value, std::optional<qint64>(252));
        QVERIFY(!data.total->words);
        QCOMPARE(data.readerNotes.value(QLatin1String("model")).toString(),
                 QStringLiteral("other/fallback-model"));
        QCOMPARE(data.readerNotes.value(QLatin1String("answer_id")).toString(), QStringLiteral("gen-1"));
        QCOMPARE(
            data.readerNotes.value(QLatin1String("usage")).toObject().value(QLatin1String("cost")).toDouble(),
            0.001);
    }

    void readsNumbersAsWritten_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<qlonglong>("value");  // -1: null
        QTest::addColumn<bool>("remarked");
        const auto row = [](const char* name, const QString& json, qlonglong value, bool remarked) {
            QTest::newRow(name) << json << value << remarked;
        };
        const auto digits = [](const char* spelling) {
            return QStringLiteral(R"({"digits":%1,"words":null,"mark":null})")
                .arg(QString::fromUtf8(spelling));
        };
        row("number", digits("153"), 153, false);
        row("zero", digits("0"), 0, false);
        row("text", digits("\"153\""), 153, false);
        row("Thai numerals", digits("\"๑๕๓\""), 153, false);
        row("comma", digits("\"1,204\""), 1204, false);
        row("unit", digits("\"703 คะแนน\""), 703, false);
        row("null", digits("null"), -1, false);
        row("empty text", digits("\"\""), -1, false);
        row("negative", digits("-5"), -1, true);
        row("negative text", digits("\"-5\""), -1, true);
        row("fraction", digits("2.5"), -1, true);
        row("fraction of zero", digits("252.0"), -1, true);
        row("exponent", digits("1e3"), -1, true);
        row("exponent text", digits("\"1e3\""), -1, true);
        row("huge", digits("123456789012"), -1, true);
        row("huge text", digits("\"123456789012345678901\""), -1, true);
        row("truth", digits("true"), -1, true);
        row("list", digits("[153]"), -1, true);
        row("nested", digits("{\"value\":153}"), -1, true);
        row("dash without mark", digits("\"-\""), -1, true);
        row("question mark", digits("\"15?\""), -1, true);
        row("two numbers", digits("\"15 or 16\""), -1, true);
        row("not an object", QStringLiteral("252"), 252, false);
        row("null entry", QStringLiteral("null"), -1, false);
        row("no keys", QStringLiteral("{}"), -1, false);
        row("only words", QStringLiteral(R"({"digits":null,"words":"ห้าสิบ","mark":null})"), 50, false);
        row("ill-formed words", QStringLiteral(R"({"digits":null,"words":"สิบร้อยหก","mark":null})"), -1,
            false);
        row("unreadable digits, words", QStringLiteral(R"({"digits":"5x","words":"ห้าสิบ","mark":null})"), -1,
            true);
        row("disagreeing", QStringLiteral(R"({"digits":51,"words":"ห้าสิบ","mark":null})"), 51, false);
        row("blank", QStringLiteral(R"({"digits":null,"words":null,"mark":"blank"})"), 0, false);
        row("dash in words too", QStringLiteral(R"({"digits":"-","words":"-","mark":"dash"})"), 0, false);
        row("blank but filled", QStringLiteral(R"({"digits":7,"words":null,"mark":"blank"})"), -1, true);
        row("dash but words", QStringLiteral(R"({"digits":null,"words":"เจ็ด","mark":"dash"})"), -1, true);
        row("struck", QStringLiteral(R"({"digits":7,"words":null,"mark":"struck"})"), 7, false);
        row("unknown mark", QStringLiteral(R"({"digits":7,"words":null,"mark":"circle"})"), 7, true);
        row("same key twice", QStringLiteral(R"({"digits":7,"digits":7,"words":null,"mark":null})"), 7,
            false);
        row("key twice", QStringLiteral(R"({"digits":7,"digits":8,"words":null,"mark":null})"), -1, true);
    }
    void readsNumbersAsWritten() {
        QFETCH(QString, json);
        QFETCH(qlonglong, value);
        QFETCH(bool, remarked);
        const BallotData data = parsed(answer(json));
        QCOMPARE(data.rows.size(), 1);
        const VoteEntry entry = data.figures.value(QStringLiteral("valid"));
        QCOMPARE(entry.value.value_or(-1), value);
        QCOMPARE(data.readerNotes.contains(QLatin1String("unreadable")), remarked);
        // One unreadable number leaves the others alone.
        QCOMPARE(data.rows.first().entry.value, std::optional<qint64>(153));
    }

    void digitsAndWordsStaySeparate() {
        const VoteEntry entry = parsed(answer(QStringLiteral(R"({"digits":51,"words":"ห้าสิบ","mark":null})")))
                                    .figures.value(QStringLiteral("valid"));
        QCOMPARE(entry.digits, std::optional<qint64>(51));
        QCOMPARE(entry.wordsValue, std::optional<qint64>(50));
        const VoteEntry wordsOnly =
            parsed(answer(QStringLiteral(R"({"digits":null,"words":"ห้าสิบ","mark":null})")))
                .figures.value(QStringLiteral("valid"));
        QVERIFY(!wordsOnly.digits);
    }

    void findsTheJsonInTheText_data() {
        QTest::addColumn<QString>("content");
        QTest::newRow("bare") << answer();
        QTest::newRow("blanks") << QStringLiteral(" \n\t") + answer() + QStringLiteral("\n");
        QTest::newRow("fenced") << QStringLiteral("```json\n%1\n```").replace(u"%1"_qs, answer());
        QTest::newRow("sentences") << QStringLiteral("Here you are {as asked} [see below]:\n") + answer() +
                                          u"\nI hope this helps! {}"_qs;
        QTest::newRow("twice the same") << answer() + u"\n\n"_qs + answer();
        QTest::newRow("wrapped") << QStringLiteral("{\"result\":") + answer() + u"}"_qs;
        QTest::newRow("in a list") << QStringLiteral("[") + answer() + u"]"_qs;
    }
    void findsTheJsonInTheText() {
        QFETCH(QString, content);
        QCOMPARE(parsed(content), parsed(answer()));
        QCOMPARE(parsed(content).total->value, std::optional<qint64>(252));
    }

    void refusesWithAType_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("again");
        const auto row = [](const char* name, const QByteArray& body, const char* code, bool again = true) {
            QTest::newRow(name) << body << QString::fromLatin1(code) << again;
        };
        const QByteArray whole = completion(answer());
        row("empty body", {}, "reader.answer_not_json");
        row("cut body", whole.left(whole.size() * 2 / 3), "reader.answer_not_json");
        row("no object", "[1]", "reader.answer_not_json");
        row("error in a 200", R"({"error":{"code":502,"message":"overloaded"}})", "service.error_in_answer");
        row("error as text", R"({"error":"overloaded"})", "service.error_in_answer");
        row("no choices", R"({"choices":[]})", "reader.no_choices");
        row("choices missing", R"({"id":"x"})", "reader.no_choices");
        row("error of the choice",
            withChoice(R"({"error":{"code":502,"message":"x"},"message":{"content":""}})"),
            "service.error_in_answer");
        row("finish error", withChoice(R"({"finish_reason":"error","message":{"content":"{}"}})"),
            "service.error_in_answer");
        row("content filter", completion(answer(), QStringLiteral("content_filter")),
            "reader.content_filtered", false);
        row("too long", completion(answer().left(100), QStringLiteral("length")), "reader.answer_too_long");
        row("null content", withChoice(R"({"finish_reason":"stop","message":{"content":null}})"),
            "reader.no_content");
        row("blank content", completion(QStringLiteral("  \n")), "reader.no_content");
        row("no message", withChoice(R"({"finish_reason":"stop"})"), "reader.no_content");
        row("prose", completion(QStringLiteral("I am sorry, I can't read 153.")), "reader.answer_prose");
        row("prose with braces", completion(QStringLiteral("Sorry {really} {sorry}.")),
            "reader.answer_prose");
        row("cut off", completion(answer().left(answer().size() / 2)), "reader.answer_cut_off");
        row("cut off by one", completion(answer().chopped(1)), "reader.answer_cut_off");
        row("list that breaks off", completion(u"["_qs + answer() + u", "_qs), "reader.answer_cut_off");
        row("malformed", completion(answer(QStringLiteral("1,204"))), "reader.answer_malformed");
        row("another shape", completion(QStringLiteral(R"({"error":"unreadable scan"})")),
            "reader.answer_other_shape");
        row("two different", completion(answer() + u"\n"_qs + answer(QStringLiteral(R"({"digits":253})"))),
            "reader.answer_ambiguous");
        row("deep nesting", completion(QString(5000, u'[') + answer()), "reader.answer_cut_off");
        row("many braces", completion(QString(50000, u'{')), "reader.answer_prose");
    }
    void refusesWithAType() {
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        QFETCH(bool, again);
        const ReadAttempt attempt = m_parser.parse(body, nullptr);
        QVERIFY(!attempt.data);
        QCOMPARE(attempt.failure->error.code, code);
        QCOMPARE(attempt.failure->reach, again ? FailureReach::Retry : FailureReach::Ballot);
        QCOMPARE(attempt.failure->httpStatus, 200);
        QCOMPARE(attempt.rawAnswer, body);
        if (code.startsWith(u"reader."_qs))
            QVERIFY2(MessageCatalog::builtIn().contains(code), qPrintable(code));
    }

    void keepsIncompleteAnswersAsFarAsTheyGo() {
        const BallotData data =
            parsed(QStringLiteral(R"({"form_code":"5/18","rows":[{"no":1,"digits":5},{"no":1,"digits":6},)"
                                  R"({"no":99,"digits":7},{"digits":8}],"comment":"hard to read"})"));
        QCOMPARE(data.rows.size(), 4);
        QCOMPARE(data.rows[0].no, 1);
        QCOMPARE(data.rows[1].no, 1);
        QCOMPARE(data.rows[1].entry.value, std::optional<qint64>(6));
        QCOMPARE(data.rows[2].no, 99);
        QCOMPARE(data.rows[3].no, 0);
        QVERIFY(data.figures.isEmpty());
        QVERIFY(!data.total);
        QVERIFY(!data.partyList);
        QCOMPARE(data.readerNotes.value(QLatin1String("unexpected")).toArray(),
                 QJsonArray{QStringLiteral("comment")});
    }

    void answersBesideTheFormGoToReview_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("named");  // empty: nothing to remark
        const QString number = QStringLiteral(R"({"digits":999,"words":"เก้าร้อยเก้าสิบเก้า","mark":null})");
        const QString known = QStringLiteral("5-17-constituency");
        const QString figures = QStringLiteral("\"figures\":{");
        const QString invalid = QStringLiteral("\"invalid\":{");
        QTest::newRow("sound") << QString() << QString() << known << QString();
        QTest::newRow("key of its own")
            << figures << u"\"comment\":\"clear\","_qs + figures << known << u"comment"_qs;
        QTest::newRow("key of its own in a number")
            << invalid << invalid + u"\"value\":2,"_qs << known << u"invalid.value"_qs;
        QTest::newRow("another form's figure")
            << figures << figures + u"\"turnout\":%1,"_qs.arg(number) << known << u"figures.turnout"_qs;
        QTest::newRow("another form's figure, form unknown")
            << figures << figures + u"\"turnout\":%1,"_qs.arg(number) << QString() << u"figures.turnout"_qs;
        QTest::newRow("another form's figure as a bare number")
            << figures << figures + u"\"turnout\":999,"_qs << known << u"figures.turnout"_qs;
        QTest::newRow("another form's figures, null")
            << figures
            << figures + u"\"turnout\":null,\"used\":{\"digits\":null,\"words\":null,\"mark\":null},"_qs
            << QString() << QString();
        QTest::newRow("another form's head")
            << figures << u"\"polling_unit\":7,"_qs + figures << known << u"polling_unit"_qs;
        QTest::newRow("another form's head, null")
            << figures << u"\"polling_unit\":null,\"moo\":null,"_qs + figures << QString() << QString();
        QTest::newRow("mark given twice")
            << invalid << invalid + u"\"mark\":\"struck\","_qs << known << u"invalid.mark"_qs;
        QTest::newRow("words of a number without words given twice")
            << u"\"received\":{"_qs << u"\"received\":{\"words\":\"x\","_qs << known << u"received.words"_qs;
        QTest::newRow("code given twice")
            << figures << u"\"form_code\":\"5/18\","_qs + figures << known << u"form_code"_qs;
        QTest::newRow("key given twice alike")
            << figures << u"\"form_code\":\"5/17\","_qs + figures << known << QString();
    }
    void answersBesideTheFormGoToReview() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, form);
        QFETCH(QString, named);
        const QString sound = QString::fromUtf8(compact(soundCommittee()));
        const QString content = from.isEmpty() ? sound : QString(sound).replace(from, to);
        QCOMPARE(content == sound, from.isEmpty());
        BallotScan scan;
        scan.formId = form;
        const BallotResult judged =
            BallotJudge(m_forms, Validator()).judge(scan, parsed(content, form.toLatin1()), u"ai:m"_qs);
        QStringList codes;
        for (const Finding& finding : judged.findings)
            codes.append(finding.code);
        QCOMPARE(judged.status, named.isEmpty() ? BallotStatus::Accepted : BallotStatus::NeedsReview);
        QCOMPARE(unexpectedKeys(judged.data), named.isEmpty() ? QStringList() : QStringList{named});
        QVERIFY2(codes.contains(u"F.104"_qs) == !named.isEmpty(), qPrintable(codes.join(u' ')));
        QVERIFY(!judged.data.figures.contains(u"turnout"_qs));
        QVERIFY(!judged.data.header.contains(u"polling_unit"_qs));
        QCOMPARE(judged.data.figures.value(u"invalid"_qs).mark,
                 named == u"invalid.mark"_qs ? Mark::Struck : Mark::None);
    }

    void witnessThatSaysMoreThanTheFormDoesNotAgree() {
        const QString sound = QString::fromUtf8(compact(soundCommittee()));
        const BallotData first = parsed(sound, "5-17-constituency");
        const BallotData second =
            parsed(QString(sound).replace(u"\"figures\":{"_qs, u"\"figures\":{\"turnout\":999,"_qs),
                   "5-17-constituency");
        const FormTemplate& form = *m_forms.byId(u"5-17-constituency"_qs);
        QVERIFY(checkReadingsAgree(first, first, form).isEmpty());
        const QList<Finding> found = checkReadingsAgree(first, second, form);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].fields, QStringList{u"form_code"_qs});
    }

    void rowsAsAnObjectKeepTheirNumbers() {
        const BallotData data = parsed(
            QStringLiteral(R"({"form_code":"5/18","rows":{"1":{"digits":5},"๒":{"digits":6},"x":7}})"));
        QCOMPARE(data.rows.size(), 3);
        QCOMPARE(data.rows[1].no, 2);
        QCOMPARE(data.rows[2].no, 0);
        QCOMPARE(data.rows[2].entry.value, std::optional<qint64>(7));
    }

    void anotherFormsCodeIsKeptAndNotSettled() {
        const QString other = answer()
                                  .replace(u"\"5/18\""_qs, u"\"ส.ส. ๕/๑๗ (บช)\""_qs)
                                  .replace(u"\"party_list\":false"_qs, u"\"party_list\":true"_qs);
        const BallotData data = parsed(other);
        QCOMPARE(data.formCode, QStringLiteral("5/17"));
        QCOMPARE(data.partyList, std::optional(true));
        QVERIFY(data.formId.isEmpty());
        QCOMPARE(data.figures.value(QStringLiteral("valid")).value, std::optional<qint64>(252));
        // Where intake did not know the form, the answer names it.
        const auto unknown = m_parser.parseContent(other, nullptr);
        QVERIFY(unknown);
        QCOMPARE(unknown->formId, QStringLiteral("5-17-party-list"));
        const BallotData strange = parsed(answer().replace(u"\"5/18\""_qs, u"\"5/180\""_qs));
        QVERIFY(strange.formId.isEmpty());
        QCOMPARE(strange.formCode, QStringLiteral("5/180"));
    }

    void readsTheMadeUpForm() {
        const BallotData data = parsed(
            QStringLiteral(R"({"form_code":"T/7","party_list":false,"province":"Kent","polling_unit":"12",)"
                           R"("figures":{"cast":{"digits":121,"words":"one hundred and twenty one",)"
                           R"("mark":null}},"rows":[],"total":null})"),
            "tally-7");
        QCOMPARE(data.formId, QStringLiteral("tally-7"));
        QCOMPARE(data.figures.value(QStringLiteral("cast")).wordsValue, std::optional<qint64>(121));
        QCOMPARE(data.header.value(QStringLiteral("polling_unit")).number, std::optional<qint64>(12));
    }

    void mutationsNeverInventANumber() {
        const QString base = QString::fromUtf8(compact(derivedForm(sha256("seed"))));
        const auto form = m_forms.byId(QStringLiteral("5-18-constituency"));
        const QString alphabet = QStringLiteral("{}[]\":,0123456789-.eE๑๕ทศ \\untrf");
        QRandomGenerator random(20260208);
        int read = 0;
        for (int round = 0; round < 4000; ++round) {
            QString text = base;
            const int edits = 1 + static_cast<int>(random.bounded(4));
            for (int i = 0; i < edits; ++i) {
                const qsizetype at = random.bounded(static_cast<int>(text.size()));
                switch (random.bounded(4)) {
                    case 0:
                        text[at] = alphabet[random.bounded(static_cast<int>(alphabet.size()))];
                        break;
                    case 1:
                        text.remove(at, 1 + random.bounded(6));
                        break;
                    case 2:
                        text.insert(at, alphabet[random.bounded(static_cast<int>(alphabet.size()))]);
                        break;
                    default:
                        text.insert(at, text.mid(random.bounded(static_cast<int>(text.size())), 30));
                        break;
                }
            }
            const auto data = m_parser.parseContent(text, form.get());
            if (!data) {
                QVERIFY(data.error().error.code.startsWith(u"reader.answer_"_qs));
                continue;
            }
            ++read;
            // Every digit reading is a whole number that stands in the text, apart from its separators.
            QString plain = text;
            plain.remove(u',').remove(u' ');
            for (QChar& c : plain)
                if (c >= QChar(0x0E50) && c <= QChar(0x0E59))
                    c = QChar(u'0' + (c.unicode() - 0x0E50));
            forEachNumber(*data, [&](const QString& field, const VoteEntry& entry) {
                if (!entry.digits)
                    return;
                const QRegularExpression whole(QStringLiteral("(?<![0-9.])0*%1(?![0-9])").arg(*entry.digits));
                QVERIFY2(whole.match(plain).hasMatch(), qPrintable(field + u": "_qs + text));
            });
        }
        QVERIFY2(read > 500, qPrintable(QString::number(read)));
    }
};

QTEST_GUILESS_MAIN(TestResponseParser)
#include "tst_responseparser.moc"
