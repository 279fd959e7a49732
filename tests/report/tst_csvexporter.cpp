// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QFile>
#include <QTest>

#include "../store/SampleResults.h"
#include "FailDevice.h"
#include "report/CsvExporter.h"
#include "report/CsvRecords.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

// A reader of RFC 4180 of its own, so that the writer is not held against itself.
QList<QStringList> parse(const QByteArray& bytes) {
    const QString text = QString::fromUtf8(bytes);
    QList<QStringList> records;
    QStringList record;
    QString cell;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c != u'"')
                cell.append(c);
            else if (i + 1 < text.size() && text[i + 1] == u'"')
                cell.append(text[++i]);
            else
                quoted = false;
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',') {
            record.append(cell);
            cell.clear();
        } else if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n') {
            ++i;
            record.append(cell);
            cell.clear();
            records.append(record);
            record.clear();
        } else {
            cell.append(c);
        }
    }
    return records;
}

}  // namespace

class TestCsvExporter : public QObject {
    Q_OBJECT

    std::optional<ReportContext> m_context;

    static ResultsDocument document(const QList<BallotResult>& ballots) {
        return {QStringLiteral("0.1.0"), QDateTime::currentDateTimeUtc(), QStringLiteral("on-device"),
                ballots};
    }

    static ResultsDocument sample() {
        BallotResult cancelled;
        cancelled.scan = sampleScan(QStringLiteral("d.pdf"), 4);
        return document({fullResult(QStringLiteral("=cmd,\"a\".pdf"), 1),
                         failedResult(QStringLiteral("b.pdf"), 2), fullResult(QStringLiteral("c.pdf"), 3),
                         cancelled});
    }

    QByteArray written(const ResultsDocument& results, CsvOptions options = {CsvLayout::Long, false}) const {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        return CsvExporter(*m_context, options).write(buffer, results) ? buffer.data() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms);
        m_context.emplace(ReportContext{*forms, MessageCatalog::builtIn()});
    }

    void formulaCellsAreNeutralised_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        QTest::newRow("plain") << QStringLiteral("abc") << QStringLiteral("abc");
        QTest::newRow("equals") << QStringLiteral("=1+1") << QStringLiteral("'=1+1");
        QTest::newRow("plus") << QStringLiteral("+1") << QStringLiteral("'+1");
        QTest::newRow("minus") << QStringLiteral("-1") << QStringLiteral("'-1");
        QTest::newRow("at") << QStringLiteral("@a") << QStringLiteral("'@a");
        QTest::newRow("tab") << QStringLiteral("\t=1") << QStringLiteral("\"'\t'=1\"");
        QTest::newRow("after a semicolon") << QStringLiteral("a;=1+1") << QStringLiteral("\"a;'=1+1\"");
        QTest::newRow("after a tab") << QStringLiteral("a\t@b") << QStringLiteral("\"a\t'@b\"");
        QTest::newRow("codes") << QStringLiteral("F.203;W.205") << QStringLiteral("\"F.203;W.205\"");
        QTest::newRow("semicolon at the end") << QStringLiteral("a;") << QStringLiteral("\"a;\"");
        QTest::newRow("carriage return") << QStringLiteral("\r=1") << QStringLiteral("\"'\r=1\"");
        QTest::newRow("quote") << QStringLiteral("a\"b") << QStringLiteral("\"a\"\"b\"");
        QTest::newRow("comma") << QStringLiteral("a,b") << QStringLiteral("\"a,b\"");
        QTest::newRow("line end") << QStringLiteral("a\nb") << QStringLiteral("\"a\nb\"");
        QTest::newRow("both") << QStringLiteral("=a,b") << QStringLiteral("\"'=a,b\"");
        QTest::newRow("inner equals") << QStringLiteral("a=b") << QStringLiteral("a=b");
        QTest::newRow("empty") << QString() << QString();
    }

    void formulaCellsAreNeutralised() {
        QFETCH(QString, text);
        QTEST(CsvRecords::cell(text), "cell");
    }

    void longLayout() {
        const QList<QStringList> records = parse(written(sample()));
        QCOMPARE(
            records.first().join(u' '),
            QStringLiteral("file field form_code kind province constituency committee polling_unit district "
                           "subdistrict no name party votes votes_words status findings source_sha256 "
                           "reviewed_by reviewed_at"));
        for (const QStringList& record : records)
            QCOMPARE(record.size(), 20);
        // Two ballots with the form's figures, three rows and a total each.
        const auto form = m_context->forms.byId(QStringLiteral("5-17-party-list"));
        QCOMPARE(records.size(), 1 + 2 * (form->figures.size() + 3 + 1));
        QCOMPARE(records[1][0], QStringLiteral("'=cmd,\"a\".pdf"));
        const QStringList row = records[1 + form->figures.size() + 1];
        QCOMPARE(row[1], QStringLiteral("row"));
        QCOMPARE(row[3], QStringLiteral("party-list"));
        QCOMPARE(row[4], QStringLiteral("แพร่"));
        QCOMPARE(row[10], QStringLiteral("1"));
        QCOMPARE(row[12], form->rowNames.value(1));
        QCOMPARE(row[13], QStringLiteral("614"));
        QCOMPARE(row[14], QStringLiteral("หกร้อยสิบสี่"));
        QCOMPARE(row[15], QStringLiteral("needs_review"));
        QCOMPARE(row[16], QStringLiteral("F.203;W.205"));
        // Not read is empty, never 0.
        QCOMPARE(records[1 + form->figures.size() + 2][13], QString());
        QCOMPARE(records[1 + form->figures.size() + 3][1], QStringLiteral("total"));
    }

    void wideLayoutShowsBothVotesOfARepeatedRow() {
        const QList<QStringList> records = parse(written(sample(), {CsvLayout::Wide, false}));
        QCOMPARE(records.size(), 3);
        const QStringList& columns = records.first();
        QCOMPARE(columns.last(), QStringLiteral("3"));
        QCOMPARE(records[1].size(), columns.size());
        QCOMPARE(records[1][columns.indexOf(QStringLiteral("1"))], QStringLiteral("614 / "));
        QCOMPARE(records[1][columns.indexOf(QStringLiteral("3"))], QStringLiteral("0"));
        QCOMPARE(records[1][columns.indexOf(QStringLiteral("valid"))], QStringLiteral("614"));
        QCOMPARE(records[1][columns.indexOf(QStringLiteral("total"))], QStringLiteral("614"));
    }

    void unreadableBallotHasNoVotes() {
        BallotResult ballot = fullResult(QStringLiteral("a.pdf"));
        ballot.status = BallotStatus::Unreadable;
        const QList<QStringList> lines = parse(written(document({ballot})));
        QVERIFY(lines.size() > 4);
        for (const QStringList& line : lines.mid(1)) {
            QCOMPARE(line[13], QString());
            QCOMPARE(line[15], QStringLiteral("unreadable"));
        }
        // What was read stays to be looked at.
        QCOMPARE(lines.last()[14], QStringLiteral("หกร้อยสิบสี่"));
        const QList<QStringList> wide = parse(written(document({ballot}), {CsvLayout::Wide, false}));
        QCOMPARE(wide.size(), 2);
        QCOMPARE(wide[1].size(), wide[0].size());
        for (qsizetype i = wide[0].indexOf(QStringLiteral("reviewed_at")) + 1; i < wide[0].size(); ++i)
            QCOMPARE(wide[1][i], QString());
    }

    void byteOrderMarkIsTheDefault() {
        QVERIFY(written(sample(), CsvOptions{})
                    .startsWith("\xEF\xBB\xBF"
                                "file,"));
        QVERIFY(written(sample()).startsWith("file,"));
    }

    void failedBallotsStandInTheirOwnFile() {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        QVERIFY(CsvExporter(*m_context, {CsvLayout::Long, false}).writeFailed(buffer, sample()));
        const QList<QStringList> records = parse(buffer.data());
        QCOMPARE(records.size(), 3);
        QCOMPARE(records[0].join(u' '), QStringLiteral("file pages error_code message attempts"));
        QCOMPARE(records[1].mid(0, 3), (QStringList{QStringLiteral("b.pdf"), QStringLiteral("1 2"),
                                                    QStringLiteral("network.timeout")}));
        QCOMPARE(records[1][4], QStringLiteral("3"));
        QCOMPARE(records[2][2], QStringLiteral("cancelled"));
        QCOMPARE(CsvExporter::failedPath(QStringLiteral("/a.b/out.CSV")),
                 QStringLiteral("/a.b/out.failed.csv"));
        QCOMPARE(CsvExporter::failedPath(QStringLiteral("out")), QStringLiteral("out.failed.csv"));
    }

    void columnsOfAMadeUpFormFollowFromItsFile() {
        const QString path = QStringLiteral(TALLYDESK_SOURCE_DIR "/tests/core/data/made-up-form.json");
        const auto form = FormTemplate::load(path);
        QVERIFY2(form, form ? "" : qPrintable(form.error().code));
        const FormCatalog catalog({std::make_shared<const FormTemplate>(*form)});
        BallotResult ballot;
        ballot.status = BallotStatus::Accepted;
        ballot.scan = sampleScan(QStringLiteral("x.pdf"));
        ballot.data.formId = form->id;
        ballot.data.formCode = form->code;
        ballot.data.partyList = form->partyList;
        VoteEntry entry;
        for (const FigureField& figure : form->figures) {
            entry.value = entry.value.value_or(10) + 1;
            ballot.data.figures.insert(figure.key, entry);
        }
        for (int no = 1; no <= form->rowCount; ++no) {
            entry.value = 100 * no;
            ballot.data.rows.append({no, entry});
        }
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const ReportContext context{catalog, MessageCatalog::builtIn()};
        QVERIFY(CsvExporter(context, {CsvLayout::Wide, false}).write(buffer, document({ballot})));
        const QList<QStringList> records = parse(buffer.data());
        QStringList expected;
        for (const FigureField& figure : form->figures)
            expected.append(figure.key);
        expected.append(QStringLiteral("total"));
        for (int no = 1; no <= form->rowCount; ++no)
            expected.append(QString::number(no));
        QCOMPARE(records[0].mid(records[0].size() - expected.size()), expected);
        QCOMPARE(records[1].last(), QString::number(100 * form->rowCount));
        QCOMPARE(records[1][records[0].indexOf(form->figures.first().key)], QStringLiteral("11"));
    }

    void fullDeviceIsAnError() {
        const qsizetype size = written(sample()).size();
        for (const qsizetype room : {qsizetype(0), size / 2, size - 1}) {
            FailDevice device(room);
            QVERIFY(!CsvExporter(*m_context, {CsvLayout::Long, false}).write(device, sample()));
        }
    }
};

QTEST_GUILESS_MAIN(TestCsvExporter)
#include "tst_csvexporter.moc"
