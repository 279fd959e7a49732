// SPDX-License-Identifier: GPL-3.0-or-later
// Real, transcribed scans, where they lie beside the project: the figures that the reader must reach, with
// the names that offices give their files and with names that say nothing.
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString shared = QStringLiteral(TALLYDESK_SOURCE_DIR "/../shared");

struct Outcome {
    int exitCode = -1;
    QString output;
};

Outcome runProgram(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(280'000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAll())};
}

}  // namespace

class DevScansTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_python = QStandardPaths::findExecutable(QStringLiteral("python3"));
        if (!QFile::exists(shared + QStringLiteral("/tools/score.py")) || m_python.isEmpty())
            QSKIP("no transcribed scans beside the project");
    }

    void underTheNamesOfTheOffices() {
        check(shared + QStringLiteral("/scans/dev"), shared + QStringLiteral("/scans/dev/truth"));
    }

    void underNamesThatSayNothing() {
        QTemporaryDir scans;
        QTemporaryDir truth;
        QVERIFY(scans.isValid() && truth.isValid());
        QHash<QString, QString> names;
        QDirIterator pdfs(shared + QStringLiteral("/scans/dev"), {QStringLiteral("*.pdf")}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (pdfs.hasNext()) {
            const QString path = pdfs.next();
            const QString name = QStringLiteral("x%1.pdf").arg(names.size(), 3, 10, QLatin1Char('0'));
            names.insert(pdfs.fileName().normalized(QString::NormalizationForm_C), name);
            QVERIFY(QFile::copy(path, scans.filePath(name)));
        }
        QDirIterator truths(shared + QStringLiteral("/scans/dev/truth"), {QStringLiteral("*.json")});
        while (truths.hasNext()) {
            QFile in(truths.next());
            QVERIFY(in.open(QIODevice::ReadOnly));
            QJsonObject document = QJsonDocument::fromJson(in.readAll()).object();
            const QString file = document.value(u"file").toString().normalized(QString::NormalizationForm_C);
            QVERIFY2(names.contains(file), qPrintable(file));
            document.insert(u"file", names.value(file));
            QFile out(truth.filePath(truths.fileName()));
            QVERIFY(out.open(QIODevice::WriteOnly));
            QVERIFY(out.write(QJsonDocument(document).toJson()) > 0);
        }
        QVERIFY(names.size() > 10);
        check(scans.path(), truth.path());
    }

private:
    void check(const QString& scans, const QString& truth) {
        QTemporaryDir folder;
        const QString json = folder.filePath(QStringLiteral("out.json"));
        const Outcome read = runProgram(
            QStringLiteral(TALLYDESK_CLI),
            {QStringLiteral("read"), scans, QStringLiteral("--reader"), QStringLiteral("on-device"),
             QStringLiteral("--parallel"), QStringLiteral("--quiet"), QStringLiteral("--json"), json});
        QVERIFY2(read.exitCode == 0, qPrintable(read.output));
        const Outcome score = runProgram(
            m_python,
            {shared + QStringLiteral("/tools/score.py"), json, truth, QStringLiteral("--max-silent"),
             QStringLiteral("0"), QStringLiteral("--min-header"), QStringLiteral("90"),
             QStringLiteral("--min-numbers"), QStringLiteral("92"), QStringLiteral("--min-nonzero"),
             QStringLiteral("85"), QStringLiteral("--min-accepted"), QStringLiteral("25")});
        qInfo("%s", qPrintable(score.output.trimmed()));
        QVERIFY2(score.exitCode == 0, qPrintable(score.output));
        const QRegularExpression found(QStringLiteral("forms (\\d+)\\s+found (\\d+)\\s+extra 0"));
        const auto match = found.match(score.output);
        QVERIFY(match.hasMatch());
        QCOMPARE(match.captured(2), match.captured(1));
    }

    QString m_python;
};

QTEST_GUILESS_MAIN(DevScansTest)
#include "tst_devscans.moc"
