// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "SampleBallots.h"
#include "core/Validator.h"

using namespace tallydesk;
using namespace tallydesk::samples;

using Edit = std::function<void(BallotData&, const FormTemplate&)>;
Q_DECLARE_METATYPE(Edit)

namespace {

QStringList codesOf(const QList<Finding>& findings) {
    QStringList codes;
    for (const Finding& finding : findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    return codes;
}

QStringList fieldsOf(const QList<Finding>& findings, const QString& code) {
    QStringList fields;
    for (const Finding& finding : findings)
        if (finding.code == code)
            fields += finding.fields;
    return fields;
}

}  // namespace

class TestValidator : public QObject {
    Q_OBJECT

    FormCatalog m_forms = FormCatalog::builtIn().value();

    const FormTemplate& form(const QString& id) const { return *m_forms.byId(id); }

private Q_SLOTS:
    void soundBallotsHaveNoFinding() {
        for (const auto& each : m_forms.forms())
            QCOMPARE(codesOf(Validator().check(soundBallot(*each), each.get())), QStringList());
    }

    void digitsAloneAreEnoughWhereTheFormAsksForNoWords() {
        FormTemplate made = form(QStringLiteral("5-16-constituency"));
        BallotData data = soundBallot(made);
        const auto withoutWords = [](VoteEntry& entry) {
            entry.words.reset();
            entry.wordsValue.reset();
            entry.confidence.reset();  // as the AI reader says none
        };
        for (VoteEntry& entry : data.figures)
            withoutWords(entry);
        for (TallyRow& row : data.rows)
            withoutWords(row.entry);
        withoutWords(*data.total);
        QCOMPARE(codesOf(Validator().check(data, &made)),
                 (QStringList{QStringLiteral("W.205"), QStringLiteral("W.206")}));
        for (FigureField& figure : made.figures)
            figure.hasWords = false;
        made.rowsHaveWords = false;
        QCOMPARE(codesOf(Validator().check(data, &made)), QStringList());
    }

    void everyRequiredTextOfTheHeadIsJudged() {
        FormTemplate made = form(QStringLiteral("5-18-constituency"));
        const QString key = QStringLiteral("district");
        BallotData data = soundBallot(made);
        data.header[key].text = QStringLiteral("ปัว");
        data.header[key].confidence = 0.5;
        QCOMPARE(codesOf(Validator().check(data, &made)), QStringList());
        for (HeaderField& field : made.header)
            field.required = field.required || field.key == key;
        QCOMPARE(fieldsOf(Validator().check(data, &made), QStringLiteral("W.205")), QStringList{key});
        // Another reading, the path or a person says the same, or nobody doubts it.
        QCOMPARE(codesOf(Validator().check(data, &made, {key})), QStringList());
        data.header[key].source = HeaderSource::Path;
        QCOMPARE(codesOf(Validator().check(data, &made)), QStringList());
        data.header[key].source = HeaderSource::Paper;
        data.header[key].confidence = 0.99;
        QCOMPARE(codesOf(Validator().check(data, &made)), QStringList());
    }

    void brokenRules_data() {
        QTest::addColumn<QString>("formId");
        QTest::addColumn<Edit>("edit");
        QTest::addColumn<QStringList>("codes");
        QTest::addColumn<QStringList>("fields");  // of the first code
        const QString unit = QStringLiteral("5-18-constituency");
        const QString parties = QStringLiteral("5-18-party-list");
        const QString abroad = QStringLiteral("5-17-constituency");
        const auto row = [](const char* name, const QString& id, const QStringList& codes,
                            const QStringList& fields,
                            Edit edit) { QTest::newRow(name) << id << std::move(edit) << codes << fields; };
        const auto figure = [](const char16_t* key, qint64 value) -> Edit {
            return [key, value](BallotData& data, const FormTemplate& form) {
                data.figures[QString::fromUtf16(key)] = entry(form, value);
            };
        };
        const auto l = [](std::initializer_list<const char*> texts) {
            QStringList out;
            for (const char* text : texts)
                out.append(QString::fromLatin1(text));
            return out;
        };

        row("F.101 no code", unit, l({"F.101"}), l({"form_code", "party_list"}),
            [](BallotData& d, const FormTemplate&) { d.formCode.clear(); });
        row("F.101 no kind", unit, l({"F.101"}), l({"form_code", "party_list"}),
            [](BallotData& d, const FormTemplate&) { d.partyList.reset(); });
        row("F.101 another form's code", unit, l({"F.101"}), l({"form_code", "party_list"}),
            [](BallotData& d, const FormTemplate&) { d.formCode = QStringLiteral("5/17"); });
        row("F.102 province", unit, l({"F.102"}), l({"province"}),
            [](BallotData& d, const FormTemplate&) { d.header.remove(QStringLiteral("province")); });
        row("F.103 province that there is not", unit, l({"F.103"}), l({"province"}),
            [](BallotData& d, const FormTemplate&) {
                d.header[QStringLiteral("province")].text = QStringLiteral("แพน");
            });
        row("province with its kind and as people shorten it", unit, {}, {},
            [](BallotData& d, const FormTemplate&) {
                d.header[QStringLiteral("province")].text = QStringLiteral("จังหวัด กทม.");
            });
        row("W.205 unsure of the province", unit, l({"W.205"}), l({"province"}),
            [](BallotData& d, const FormTemplate&) {
                d.header[QStringLiteral("province")].confidence = 0.9;
            });
        row("F.102 unit", unit, l({"F.102"}), l({"polling_unit"}), [](BallotData& d, const FormTemplate&) {
            d.header[QStringLiteral("polling_unit")].number.reset();
        });
        row("F.102 committee", abroad, l({"F.102"}), l({"committee"}),
            [](BallotData& d, const FormTemplate&) { d.header[QStringLiteral("committee")].number.reset(); });
        row("F.104 party missing", parties, l({"F.104", "F.203", "F.204"}), l({"row 57"}),
            [](BallotData& d, const FormTemplate&) { d.rows.removeLast(); });
        row("F.104 gap", unit, l({"F.104", "F.203", "F.204"}), l({"row 2"}),
            [](BallotData& d, const FormTemplate&) { d.rows.removeAt(1); });
        row("F.104 repeated", unit, l({"F.104", "F.203", "F.204"}), l({"row 3"}),
            [](BallotData& d, const FormTemplate&) { d.rows.append(d.rows[2]); });
        row("F.104 row beyond the form", parties, l({"F.104"}), l({"row 58"}),
            [](BallotData& d, const FormTemplate&) {
                d.rows.append({58, marked(Mark::Blank)});
            });
        row("F.104 no rows", unit, l({"F.104", "F.203", "F.204"}), l({"row 1"}),
            [](BallotData& d, const FormTemplate&) { d.rows.clear(); });
        row("F.104 page missing", parties, l({"F.104"}), {},
            [](BallotData& d, const FormTemplate&) { d.pageRoles.removeAt(1); });
        row("F.104 page twice", parties, l({"F.104"}), {},
            [](BallotData& d, const FormTemplate&) { d.pageRoles.append(QStringLiteral("numbers-2")); });
        row("W.304 no signatures", unit, l({"W.304"}), {},
            [](BallotData& d, const FormTemplate&) { d.pageRoles.removeLast(); });
        row("pages unknown", parties, {}, {},
            [](BallotData& d, const FormTemplate&) { d.pageRoles.clear(); });
        row("a table broken over two pages", unit, {}, {},
            [](BallotData& d, const FormTemplate&) { d.pageRoles.insert(1, QStringLiteral("numbers-2")); });
        row("F.105 figure blank", unit, l({"F.105", "F.201"}), l({"invalid"}),
            [](BallotData& d, const FormTemplate&) {
                d.figures[QStringLiteral("invalid")] = marked(Mark::Blank);
            });
        row("F.105 figure absent", abroad, l({"F.105", "F.201"}), l({"received"}),
            [](BallotData& d, const FormTemplate&) { d.figures.remove(QStringLiteral("received")); });
        row("F.105 total", unit, l({"F.105", "F.204"}), l({"total"}),
            [](BallotData& d, const FormTemplate&) { d.total.reset(); });
        row("F.105 row not legible", unit, l({"F.105", "F.203", "F.204"}), l({"row 4"}),
            [](BallotData& d, const FormTemplate&) { d.rows[3].entry = VoteEntry(); });
        row("a dash in a figure is 0", unit, {}, {}, [](BallotData& d, const FormTemplate& f) {
            d.figures[QStringLiteral("invalid")] = marked(Mark::Dash);
            d.figures[QStringLiteral("no_vote")] = entry(f, 2);
        });
        row("a blank row is 0", unit, {}, {}, [](BallotData& d, const FormTemplate&) {
            d.rows.append({7, marked(Mark::Blank)});
        });
        row("F.201", abroad, l({"F.201"}), l({"received", "valid", "invalid", "no_vote"}),
            [](BallotData& d, const FormTemplate& f) { d.figures[QStringLiteral("invalid")] = entry(f, 0); });
        row("F.202", unit, l({"F.202"}), l({"allocated", "used", "remaining"}), figure(u"remaining", 9));
        row("F.203", unit, l({"F.203", "F.204"}), l({"valid", "rows"}),
            [](BallotData& d, const FormTemplate& f) { d.rows[0].entry = entry(f, 6); });
        row("F.203 errors that cancel stay unseen by sums", unit, {}, {},
            [](BallotData& d, const FormTemplate& f) {
                d.rows[0].entry = entry(f, 6);
                d.rows[1].entry = entry(f, 4);
            });
        row("F.204", unit, l({"F.204"}), l({"rows", "total", "valid", "total"}),
            [](BallotData& d, const FormTemplate& f) { d.total = entry(f, 31); });
        row("F.205", unit, l({"F.205"}), l({"row 2"}),
            [](BallotData& d, const FormTemplate&) { d.rows[1].entry.wordsValue = 9; });
        row("F.205 words beside an empty place", unit, l({"F.205", "W.205"}), l({"row 7"}),
            [](BallotData& d, const FormTemplate&) {
                d.rows.append({7, marked(Mark::Blank)});
                d.rows[6].entry.wordsValue = 5;
            });
        row("F.206", unit, l({"F.206"}), l({"turnout", "used"}), figure(u"turnout", 31));
        row("F.206 explained", unit, {}, {}, [](BallotData& d, const FormTemplate& f) {
            d.figures[QStringLiteral("turnout")] = entry(f, 31);
            d.differenceExplained = true;
        });
        row("F.206 an explanation fills no gap", unit, l({"F.105", "F.206", "F.207"}), l({"turnout"}),
            [](BallotData& d, const FormTemplate&) {
                d.figures.remove(QStringLiteral("turnout"));
                d.differenceExplained = true;
            });
        row("F.207 turnout above eligible", unit, l({"F.207", "W.203"}), l({"eligible", "turnout"}),
            figure(u"eligible", 31));
        row("F.207 remaining above allocated", unit, l({"F.202", "F.207"}),
            l({"allocated", "used", "remaining"}), figure(u"remaining", 43));
        row("F.207 row above valid", unit, l({"F.203", "F.204", "F.207", "W.204"}), l({"valid", "rows"}),
            [](BallotData& d, const FormTemplate& f) { d.rows[0].entry = entry(f, 31); });
        row("F.207 envelopes", abroad, l({"F.207"}), l({"envelopes", "received"}),
            [](BallotData& d, const FormTemplate& f) {
                d.figures[QStringLiteral("envelopes")] = entry(f, 33, false);
            });
        row("F.207 envelopes left blank", abroad, {}, {}, [](BallotData& d, const FormTemplate&) {
            d.figures[QStringLiteral("envelopes")] = marked(Mark::Blank);
        });
        row("W.201", unit, l({"W.201"}), l({"used", "no_vote"}), [](BallotData& d, const FormTemplate& f) {
            d.figures[QStringLiteral("invalid")] = entry(f, 0);
            d.figures[QStringLiteral("no_vote")] = entry(f, 4);
            d.figures[QStringLiteral("used")] = entry(f, 34);
            d.figures[QStringLiteral("turnout")] = entry(f, 34);
            d.figures[QStringLiteral("allocated")] = entry(f, 44);
        });
        row("W.202", unit, l({"W.202"}), l({"used", "invalid"}), [](BallotData& d, const FormTemplate& f) {
            d.figures[QStringLiteral("invalid")] = entry(f, 2);
            d.figures[QStringLiteral("no_vote")] = entry(f, 0);
        });
        row("W.203 few came", unit, l({"W.203"}), l({"eligible", "turnout"}), figure(u"eligible", 1'000));
        row("W.204", unit, l({"W.204"}), l({"valid", "row 1"}), [](BallotData& d, const FormTemplate& f) {
            for (int i = 1; i < 6; ++i)
                d.rows[i].entry = entry(f, 1);
            d.rows[0].entry = entry(f, 25);
        });
        row("W.205 unsure", unit, l({"W.205"}), l({"row 3"}),
            [](BallotData& d, const FormTemplate&) { d.rows[2].entry.confidence = 0.5; });
        row("W.205 unsure of a blank", unit, l({"W.205"}), l({"row 7"}),
            [](BallotData& d, const FormTemplate&) {
                d.rows.append({7, marked(Mark::Blank)});
                d.rows[6].entry.confidence = 0.5;
            });
        row("W.205 unsure of the unit", unit, l({"W.205"}), l({"polling_unit"}),
            [](BallotData& d, const FormTemplate&) {
                d.header[QStringLiteral("polling_unit")].confidence = 0.5;
            });
        row("W.205 struck", unit, l({"W.205"}), l({"total"}),
            [](BallotData& d, const FormTemplate&) { d.total->mark = Mark::Struck; });
        row("W.205 value that nobody read", unit, l({"W.205", "W.206"}), l({"row 1"}),
            [](BallotData& d, const FormTemplate&) {
                d.rows[0].entry.digits.reset();
                d.rows[0].entry.wordsValue.reset();
            });
        row("W.205 value against its digits", unit, l({"W.205", "W.206"}), l({"row 1"}),
            [](BallotData& d, const FormTemplate&) {
                d.rows[0].entry.digits = 6;
                d.rows[0].entry.wordsValue.reset();
            });
        row("W.205 one witness without confidence", unit, l({"W.205", "W.206"}), l({"row 1"}),
            [](BallotData& d, const FormTemplate&) {
                d.rows[0].entry.confidence.reset();
                d.rows[0].entry.wordsValue.reset();
            });
        row("both witnesses without confidence", unit, {}, {},
            [](BallotData& d, const FormTemplate&) { d.rows[0].entry.confidence.reset(); });
        row("digits-only figure without confidence", abroad, {}, {}, [](BallotData& d, const FormTemplate&) {
            d.figures[QStringLiteral("received")].confidence.reset();
        });
        row("W.205 envelopes nobody read", abroad, l({"W.205"}), l({"in_envelopes"}),
            [](BallotData& d, const FormTemplate&) { d.figures.remove(QStringLiteral("in_envelopes")); });
        row("W.206", unit, l({"W.206"}), l({"valid", "row 2"}), [](BallotData& d, const FormTemplate&) {
            d.figures[QStringLiteral("valid")].wordsValue.reset();
            d.rows[1].entry.digits.reset();
        });
    }
    void brokenRules() {
        QFETCH(QString, formId);
        QFETCH(Edit, edit);
        QFETCH(QStringList, codes);
        QFETCH(QStringList, fields);
        BallotData data = soundBallot(form(formId));
        edit(data, form(formId));
        const BallotData before = data;
        const auto findings = Validator().check(data, &form(formId));
        QCOMPARE(codesOf(findings), codes);
        if (!codes.isEmpty())
            QCOMPARE(fieldsOf(findings, codes.first()), fields);
        QCOMPARE(data, before);
        for (const Finding& finding : findings)
            QCOMPARE(finding.severity, finding.code.startsWith(u'F') ? Severity::Error : Severity::Warning);
    }

    void withoutAFormOnlyThatIsSaid() {
        QCOMPARE(codesOf(Validator().check(BallotData(), nullptr)), QStringList{QStringLiteral("F.101")});
    }

    void corroboratedHeaderNeedsNoConfidence() {
        BallotData data = soundBallot(form(QStringLiteral("5-18-constituency")));
        data.header[QStringLiteral("constituency")].confidence = 0.4;
        QCOMPARE(codesOf(Validator().check(data, &form(data.formId))), QStringList{QStringLiteral("W.205")});
        QCOMPARE(codesOf(Validator().check(data, &form(data.formId), {QStringLiteral("constituency")})),
                 QStringList());
    }

    void thresholdsAreSettings() {
        ValidatorSettings settings;
        settings.noVoteShare = 0.001;
        settings.invalidShare = 0.001;
        settings.turnoutLow = 0.9;
        settings.confidence = 0.9999;
        const auto& unit = form(QStringLiteral("5-18-constituency"));
        QCOMPARE(codesOf(Validator(settings).check(soundBallot(unit), &unit)),
                 (QStringList{QStringLiteral("W.201"), QStringLiteral("W.202"), QStringLiteral("W.203"),
                              QStringLiteral("W.205")}));
    }

    void onlySomeWarningsBlockAcceptance() {
        const auto allows = [](const char* code, Severity severity) {
            return Validator::allowsAcceptance({{QString::fromLatin1(code), severity, {}, {}}});
        };
        QVERIFY(Validator::allowsAcceptance({}));
        for (const char* code : {"W.201", "W.202", "W.203", "W.204", "W.206", "W.301", "W.304"})
            QVERIFY(allows(code, Severity::Warning));
        for (const char* code : {"W.205", "W.302", "W.303"})
            QVERIFY(!allows(code, Severity::Warning));
        QVERIFY(!allows("F.206", Severity::Error));
    }

    void hugeNumbersDoNotOverflowIntoASumThatHolds() {
        const auto& unit = form(QStringLiteral("5-18-constituency"));
        BallotData data = soundBallot(unit);
        data.rows[0].entry.value = std::numeric_limits<qint64>::max();
        QVERIFY(codesOf(Validator().check(data, &unit)).contains(QStringLiteral("F.203")));
    }

    void twoReadingsThatDiffer() {
        const auto& unit = form(QStringLiteral("5-18-constituency"));
        const BallotData first = soundBallot(unit);
        BallotData second = first;
        QCOMPARE(checkReadingsAgree(first, second, unit), QList<Finding>());
        second.rows[1].entry.value = 50;
        second.header[QStringLiteral("constituency")].number = 2;
        second.figures.remove(QStringLiteral("used"));
        second.header[QStringLiteral("province")].text = QStringLiteral("น่าน");
        const auto findings = checkReadingsAgree(first, second, unit);
        QCOMPARE(codesOf(findings), QStringList{QStringLiteral("F.301")});
        QCOMPARE(findings.first().fields,
                 (QStringList{QStringLiteral("province"), QStringLiteral("constituency"),
                              QStringLiteral("used"), QStringLiteral("row 2")}));
        // A name that one of them could not read is no contradiction.
        BallotData silent = first;
        silent.header.remove(QStringLiteral("province"));
        QCOMPARE(checkReadingsAgree(first, silent, unit), QList<Finding>());
    }
};

QTEST_APPLESS_MAIN(TestValidator)
#include "tst_validator.moc"
