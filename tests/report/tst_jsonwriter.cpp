// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "../store/SampleResults.h"
#include "FailDevice.h"
#include "SchemaChecker.h"
#include "report/JsonWriter.h"

using namespace tallydesk;
using namespace tallydesk::testing;

class TestJsonWriter : public QObject {
    Q_OBJECT

    std::optional<ReportContext> m_context;

    static ResultsDocument document() {
        BallotResult reviewed = fullResult(QStringLiteral("c.pdf"), 3);
        reviewed.status = BallotStatus::Reviewed;
        reviewed.reviewedBy = QStringLiteral("สมชาย");
        reviewed.reviewedAt = QDateTime::fromString(QStringLiteral("2026-02-09T08:00:00Z"), Qt::ISODate);
        reviewed.data.header[QStringLiteral("moo")] = {std::nullopt,        5, std::nullopt,
                                                       HeaderSource::Paper, 1, std::nullopt};
        BallotResult cancelled;
        cancelled.scan = sampleScan(QStringLiteral("d.pdf"), 4);
        ResultsDocument document{QStringLiteral("0.1.0"),
                                 QDateTime::fromString(QStringLiteral("2026-02-09T08:00:00Z"), Qt::ISODate),
                                 QStringLiteral("on-device"),
                                 {fullResult(QStringLiteral("ชุดที่ 1/a\"b.pdf"), 1),
                                  failedResult(QStringLiteral("b.pdf"), 2), reviewed, cancelled}};
        // The sample's extreme values are for the store; a box never lies outside its page.
        for (BallotResult& ballot : document.ballots)
            ballot.data.readerNotes.remove(QStringLiteral("tokens"));
        return document;
    }

    QByteArray written(const ResultsDocument& results) const {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        if (!JsonWriter(*m_context).write(buffer, results))
            return {};
        return buffer.data();
    }

    static QString schemaPath() {
        return QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/results.schema.json");
    }

    static QJsonObject schema() {
        QFile file(schemaPath());
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QJsonDocument::fromJson(file.readAll()).object();
    }

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms);
        m_context.emplace(ReportContext{*forms, MessageCatalog::builtIn()});
    }

    void outputFitsTheSchema() {
        const QJsonDocument json = QJsonDocument::fromJson(written(document()));
        QVERIFY(json.isObject());
        SchemaChecker checker(schema());
        const QStringList errors = checker.check(json.object());
        QVERIFY2(errors.isEmpty(), qPrintable(errors.join(u'\n')));
    }

    void schemaRefusesWhatTheContractForbids() {
        SchemaChecker checker(schema());
        const QJsonObject good = QJsonDocument::fromJson(written(document())).object();
        const auto changed = [&](const QString& key, const QJsonValue& value) {
            QJsonArray ballots = good[u"ballots"].toArray();
            QJsonObject ballot = ballots[0].toObject();
            ballot[key] = value;
            ballots[0] = ballot;
            QJsonObject copy = good;
            copy[QStringLiteral("ballots")] = ballots;
            return checker.check(copy);
        };
        QVERIFY(changed(QStringLiteral("constituency"), 1).isEmpty());
        QVERIFY(!changed(QStringLiteral("constituency"), QStringLiteral("1")).isEmpty());
        QVERIFY(!changed(QStringLiteral("status"), QStringLiteral("done")).isEmpty());
        QVERIFY(!changed(QStringLiteral("status"), QStringLiteral("failed")).isEmpty());
        QVERIFY(!changed(QStringLiteral("sha256"), QStringLiteral("abc")).isEmpty());
        QVERIFY(!changed(QStringLiteral("extra"), 1).isEmpty());
        QVERIFY(!changed(QStringLiteral("pages"), QJsonArray{0}).isEmpty());
    }

    void anotherValidatorAgrees() {
        const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
        QProcess probe;
        if (!python.isEmpty()) {
            probe.start(python, {QStringLiteral("-c"), QStringLiteral("import jsonschema")});
            probe.waitForFinished();
        }
        if (python.isEmpty() || probe.exitCode() != 0)
            QSKIP("python3-jsonschema is not installed; outputFitsTheSchema() checks the same.");
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("out.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(written(document()));
        file.close();
        QProcess check;
        check.start(python,
                    {QStringLiteral("-c"),
                     QStringLiteral("import json,sys,jsonschema;jsonschema.validate(json.load(open(sys.argv"
                                    "[1],encoding='utf-8')),json.load(open(sys.argv[2])))"),
                     file.fileName(), schemaPath()});
        QVERIFY(check.waitForFinished());
        QVERIFY2(check.exitCode() == 0, check.readAllStandardError().constData());
    }

    void keysStandInTheContractsOrder() {
        const QByteArray json = written(document());
        qsizetype place = -1;
        for (const char* key :
             {"\"format\"",      "\"app_version\"", "\"created\"",      "\"reader\"",    "\"ballots\"",
              "\"file\"",        "\"sha256\"",      "\"pages\"",        "\"status\"",    "\"error\"",
              "\"reviewed_by\"", "\"reviewed_at\"", "\"elapsed_ms\"",   "\"reader\"",    "\"form_code\"",
              "\"party_list\"",  "\"province\"",    "\"constituency\"", "\"committee\"", "\"polling_unit\"",
              "\"district\"",    "\"subdistrict\"", "\"place\"",        "\"figures\"",   "\"rows\"",
              "\"no\"",          "\"value\"",       "\"digits\"",       "\"words\"",     "\"words_value\"",
              "\"mark\"",        "\"confidence\"",  "\"page\"",         "\"box\"",       "\"total\"",
              "\"findings\"",    "\"reader_notes\""}) {
            const qsizetype next = json.indexOf(key, place + 1);
            QVERIFY2(next > place, key);
            place = next;
        }
    }

    void absentValuesAreNull() {
        const QJsonArray ballots =
            QJsonDocument::fromJson(written(document())).object()[u"ballots"].toArray();
        const QJsonObject full = ballots[0].toObject();
        QVERIFY(full[u"error"].isNull());
        QVERIFY(full[u"polling_unit"].isNull());
        QCOMPARE(full[u"place"].toString(), QStringLiteral(""));
        QVERIFY(full[u"place"].isString());
        QVERIFY(full[u"figures"][u"no_vote"][u"value"].isNull());
        QCOMPARE(full[u"figures"][u"valid"][u"value"].toInt(), 614);
        QCOMPARE(full[u"rows"][0][u"mark"].toString(), QStringLiteral("dash"));
        QCOMPARE(full[u"rows"].toArray().size(), 3);
        QCOMPARE(full[u"reader_notes"][u"header_from_path"].toArray(),
                 QJsonArray{QStringLiteral("province")});
        const QJsonObject failed = ballots[1].toObject();
        QCOMPARE(failed[u"error"][u"code"].toString(), QStringLiteral("network.timeout"));
        QVERIFY(!failed[u"error"][u"message"].toString().isEmpty());
        QVERIFY(failed[u"figures"].toObject().isEmpty());
        QVERIFY(failed[u"total"].isNull());
        QCOMPARE(ballots[2][u"reader_notes"][u"header"][u"moo"].toInt(), 5);
        QCOMPARE(ballots[2][u"reviewed_at"].toString(), QStringLiteral("2026-02-09T08:00:00Z"));
    }

    void unreadableBallotHasNoValue() {
        ResultsDocument results = document();
        BallotResult& unreadable = results.ballots[0];
        unreadable.status = BallotStatus::Unreadable;
        const QJsonObject json = QJsonDocument::fromJson(written(results)).object();
        SchemaChecker checker(schema());
        QVERIFY(checker.check(json).isEmpty());
        const QJsonObject ballot = json[u"ballots"].toArray()[0].toObject();
        QCOMPARE(ballot[u"status"].toString(), QStringLiteral("unreadable"));
        QJsonArray numbers = ballot[u"rows"].toArray();
        for (const QJsonValue& figure : ballot[u"figures"].toObject())
            numbers.append(figure);
        numbers.append(ballot[u"total"]);
        for (const QJsonValue& number : std::as_const(numbers))
            QVERIFY(number[u"value"].isNull());
        QCOMPARE(ballot[u"total"][u"digits"].toInt(), 614);
        QCOMPARE(ballot[u"total"][u"words_value"].toInt(), 614);
        QCOMPARE(ballot[u"total"][u"words"].toString(), QStringLiteral("หกร้อยสิบสี่"));
    }

    void fullDeviceIsAnErrorAtEveryByte() {
        const qsizetype size = written(document()).size();
        for (const qsizetype room : {qsizetype(0), qsizetype(1), size / 2, size - 1}) {
            FailDevice device(room);
            const auto outcome = JsonWriter(*m_context).write(device, document());
            QVERIFY2(!outcome, qPrintable(QString::number(room)));
            QCOMPARE(outcome.error().code, QStringLiteral("report.write_failed"));
        }
        FailDevice device(size);
        QVERIFY(JsonWriter(*m_context).write(device, document()));
    }
};

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
