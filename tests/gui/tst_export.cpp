// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include "../core/SampleBallots.h"
#include "gui/CsvLines.h"
#include "gui/ExportDialog.h"
#include "gui/ExportPreviewModel.h"

using namespace tallydesk;

namespace {

template <typename Widget>
Widget& part(QWidget& parent, const char* name) {
    auto* widget = parent.findChild<Widget*>(QLatin1String(name));
    if (!widget)
        qFatal("There is no %s", name);
    return *widget;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

}  // namespace

class TestExport : public QObject {
    Q_OBJECT

    const ReportContext m_context{FormCatalog::builtIn().value(), MessageCatalog::builtIn()};

    /// One ballot of each form; the second needs review, the last failed.
    ResultsDocument document() const {
        ResultsDocument document{
            QStringLiteral("0.1.0"), QDateTime::currentDateTimeUtc(), QStringLiteral("on-device"), {}};
        for (const auto& form : m_context.forms.forms()) {
            BallotResult ballot;
            ballot.scan.file = form->id + QStringLiteral(".pdf");
            ballot.scan.pageNumbers = {1};
            ballot.scan.sha256 = form->id;
            ballot.status = BallotStatus::Accepted;
            ballot.data = samples::soundBallot(*form);
            document.ballots.append(ballot);
        }
        document.ballots[1].status = BallotStatus::NeedsReview;
        document.ballots.last().status = BallotStatus::Failed;
        document.ballots.last().error = Error{QStringLiteral("network.timeout"), {}, {}};
        return document;
    }

    /// So many ballots, each of a unit of its own.
    ResultsDocument documentOf(int count) const {
        ResultsDocument large = document();
        const QList<BallotResult> pattern = large.ballots;
        large.ballots.clear();
        for (int i = 0; i < count; ++i) {
            BallotResult ballot = pattern.at(i % pattern.size());
            ballot.scan.file = QStringLiteral("%1.pdf").arg(i);
            ballot.scan.sha256 = ballot.scan.file;
            for (const char* key : {"committee", "polling_unit"})
                if (ballot.data.header.contains(QLatin1String(key)))
                    ballot.data.header[QLatin1String(key)].number = i;
            large.ballots.append(ballot);
        }
        return large;
    }

    /// Sets the file, exports, and says which files were written.
    static QStringList exportTo(ExportDialog& dialog, const QString& path) {
        const QSignalSpy spy(&dialog, &ExportDialog::exported);
        dialog.setFile(path);
        part<QPushButton>(dialog, "write").click();
        if (!QTest::qWaitFor([&] { return !dialog.isWriting(); }, 20'000))
            return {};
        return spy.isEmpty() ? QStringList() : spy.constLast().constFirst().toStringList();
    }

private Q_SLOTS:
    void linesAreReadAsTheStandardSays() {
        QCOMPARE(csvLines("a,\"b\"\"c\",\"d\ne\"\r\n1,,\r\nrest,of,it\r\n", 2),
                 (QList<QStringList>{{QStringLiteral("a"), QStringLiteral("b\"c"), QStringLiteral("d\ne")},
                                     {QStringLiteral("1"), QString(), QString()}}));
        QVERIFY(csvLines("", 5).isEmpty());
    }

    void thePreviewModelKeepsTheRulesOfModels() {
        ExportPreviewModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRecords({{QStringLiteral("file"), QStringLiteral("votes")},
                          {QStringLiteral("a.pdf"), QStringLiteral("7")},
                          {QStringLiteral("b.pdf")}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("votes"));
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("7"));
        QVERIFY(model.index(1, 1).data().toString().isEmpty());
        model.setRecords({});
        QCOMPARE(model.columnCount(), 0);
    }

    void whatIsPreviewedIsWhatIsWritten_data() {
        QTest::addColumn<bool>("wide");
        QTest::newRow("long") << false;
        QTest::newRow("wide") << true;
    }
    void whatIsPreviewedIsWhatIsWritten() {
        QFETCH(bool, wide);
        const QTemporaryDir folder;
        ExportDialog dialog(m_context, document());
        dialog.show();
        if (wide)
            part<QRadioButton>(dialog, "wideLayout").click();
        const QAbstractItemModel& preview = *part<QTableView>(dialog, "preview").model();
        QTRY_COMPARE(preview.columnCount() > 30, wide);
        QTRY_VERIFY(preview.rowCount() > 0);
        const QString path = folder.filePath(QStringLiteral("ผล.csv"));
        QCOMPARE(exportTo(dialog, path),
                 (QStringList{path, folder.filePath(QStringLiteral("ผล.failed.csv"))}));

        const QByteArray bytes = contentOf(path);
        QVERIFY(bytes.startsWith("\xEF\xBB\xBF"));
        const QList<QStringList> lines = csvLines(bytes.mid(3), 100'000);
        QCOMPARE(preview.rowCount(), qMin(qsizetype(ExportJob::kPreviewLines), lines.size() - 1));
        for (int column = 0; column < preview.columnCount(); ++column) {
            QCOMPARE(preview.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                     lines.at(0).at(column));
            for (int row = 0; row < preview.rowCount(); ++row)
                QCOMPARE(preview.index(row, column).data().toString(), lines.at(row + 1).at(column));
        }
        // Five ballots are in it, the sixth is in the other file.
        QSet<QString> files;
        for (const QStringList& line : lines.mid(1))
            files.insert(line.at(0));
        QCOMPARE(files.size(), 5);
        const QList<QStringList> failed =
            csvLines(contentOf(folder.filePath(QStringLiteral("ผล.failed.csv"))).mid(3), 100);
        QCOMPARE(failed.size(), 2);
        QCOMPARE(failed.at(1).at(2), QStringLiteral("network.timeout"));
    }

    void choicesDecideWhatIsWritten() {
        const QTemporaryDir folder;
        ExportDialog dialog(m_context, document());
        part<QCheckBox>(dialog, "failedList").setChecked(false);
        part<QCheckBox>(dialog, "json").setChecked(true);
        part<QCheckBox>(dialog, "byteOrderMark").setChecked(false);
        const QString path = folder.filePath(QStringLiteral("r.csv"));
        const QString json = folder.filePath(QStringLiteral("r.json"));
        QCOMPARE(exportTo(dialog, path), (QStringList{path, json}));
        QVERIFY(contentOf(path).startsWith("file,"));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("r.failed.csv"))));
        const QJsonObject root = QJsonDocument::fromJson(contentOf(json)).object();
        QCOMPARE(root.value(QStringLiteral("format")).toString(), QStringLiteral("tallydesk-results/1"));
    }

    void aFileThatExistsIsNamedBeforeItIsReplaced() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("r.csv"));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        ExportDialog dialog(m_context, document());
        dialog.setFile(path);
        QTRY_VERIFY(part<QLabel>(dialog, "fileNote").text().contains(QStringLiteral("exists")));
        QCOMPARE(contentOf(path), QByteArrayLiteral("old"));
        QVERIFY(!exportTo(dialog, path).isEmpty());
        QVERIFY(contentOf(path).contains("form_code"));
    }

    void aPlaceThatCannotBeWrittenIsExplained() {
        const QTemporaryDir folder;
        ExportDialog dialog(m_context, document());
        auto& write = part<QPushButton>(dialog, "write");
        dialog.setFile(QString());
        QVERIFY(!write.isEnabled());
        for (const QString& path : {folder.path(), folder.filePath(QStringLiteral("none/r.csv"))}) {
            dialog.setFile(path);
            QTRY_COMPARE(part<QLineEdit>(dialog, "file").property("fieldState").toString(),
                         QStringLiteral("wrong"));
            QVERIFY(!write.isEnabled());
            dialog.setFile(folder.filePath(QStringLiteral("good.csv")));
            QTRY_VERIFY(write.isEnabled());
        }
    }

    void aFailureIsSaidAndTheOldFileStays() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("none/r.csv"));
        ExportDialog dialog(m_context, document());
        // Pressed before the place was looked at.
        QVERIFY(exportTo(dialog, path).isEmpty());
        QCOMPARE(part<QLabel>(dialog, "outcome").property("textTone").toString(), QStringLiteral("err"));
        QVERIFY(part<QLabel>(dialog, "outcome").text().contains(QStringLiteral("folder")));
        QVERIFY(part<QPushButton>(dialog, "openFolder").isHidden());
    }

    void aStoppedExportLeavesEverythingAsItWas() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("r.csv"));
        const ResultsDocument large = documentOf(1'000);
        ExportJob job(m_context, large);
        QSignalSpy failed(&job, &ExportJob::failed);
        // The rules between a thousand ballots take longer than the next call.
        job.write({{}, path, {}, {}});
        job.cancel();
        QVERIFY(failed.wait());
        QCOMPARE(failed.constFirst().constFirst().value<Error>().code, QStringLiteral("cancelled"));
        QVERIFY(!QFile::exists(path));
    }

    void closingWaitsForNothing() {
        const ResultsDocument large = documentOf(10'000);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("r.csv"));
        QElapsedTimer timer;
        {
            ExportJob job(m_context, large);
            job.preview(CsvLayout::Wide);
            job.write({{}, path, {}, {}});
            timer.start();
        }
        QVERIFY2(timer.elapsed() < 50, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(QThreadPool::globalInstance()->waitForDone(60'000));
        QVERIFY(!QFile::exists(path));
    }

    void whatNeedsReviewIsSaidBefore() {
        ExportDialog dialog(m_context, document());
        QVERIFY(part<QLabel>(dialog, "summary").text().contains(u'5'));
        QVERIFY(!part<QLabel>(dialog, "openBallots").isHidden());
        QVERIFY(part<QLabel>(dialog, "openBallots").text().contains(u'1'));
        ResultsDocument settled = document();
        settled.ballots[1].status = BallotStatus::Reviewed;
        QVERIFY(part<QLabel>(*std::make_unique<ExportDialog>(m_context, settled), "openBallots").isHidden());
    }
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
