// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "report/SafeFile.h"

using namespace tallydesk;

class TestSafeFile : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    QString path(const QString& name = QStringLiteral("out")) const { return m_dir->filePath(name); }

    static QByteArray content(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
    }

    static SafeFile::Write writing(const QByteArray& bytes) {
        return [bytes](QIODevice& device) {
            CheckedWriter out(device);
            out.write(bytes);
            return out.finish();
        };
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void replacesTheWholeFile() {
        QVERIFY(SafeFile::replace(path(), writing("first, longer")));
        QVERIFY(SafeFile::replace(path(), writing("second")));
        QCOMPARE(content(path()), QByteArray("second"));
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 1);
    }

    void failedWriteLeavesTheOldFile() {
        QVERIFY(SafeFile::replace(path(), writing("old")));
        const auto outcome = SafeFile::replace(path(), [](QIODevice& device) -> Expected<void> {
            device.write("half");
            return fail(QStringLiteral("report.write_failed"));
        });
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().args, QStringList{path()});
        QCOMPARE(content(path()), QByteArray("old"));
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 1);
    }

    void fullDiskHasItsOwnError() {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            return;
        const auto outcome =
            SafeFile::replace(QStringLiteral("/dev/full"), writing(QByteArray(200'000, 'x')));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, QStringLiteral("report.disk_full"));
    }

    void badPlacesAreKnownBefore() {
        QCOMPARE(SafeFile::checkWritable(m_dir->path()).error().code, QStringLiteral("report.is_folder"));
        QCOMPARE(SafeFile::checkWritable(path(QStringLiteral("no/out"))).error().code,
                 QStringLiteral("report.folder_missing"));
        QVERIFY(SafeFile::checkWritable(path()));
        QVERIFY(!QFile::exists(path()));
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 0);
    }

    void checkKeepsAnExistingFile() {
        QVERIFY(SafeFile::replace(path(), writing("old")));
        QVERIFY(SafeFile::checkWritable(path()));
        QCOMPARE(content(path()), QByteArray("old"));
    }

    void outputsStandApart() {
        const QTemporaryDir folder;
        const auto in = [&](const char* name) { return folder.filePath(QLatin1String(name)); };
        QFile scan(in("scan.pdf"));
        QVERIFY(scan.open(QIODevice::WriteOnly));
        QVERIFY(QFile::link(in("scan.pdf"), in("link.csv")));
        const auto isScan = [](const QString& path) { return path.endsWith(QStringLiteral(".pdf")); };
        const auto fine = [&](const QStringList& outputs) {
            return SafeFile::checkApart(outputs, {in("kept.tallydesk")}, isScan).has_value();
        };
        QVERIFY(fine({in("a.csv"), in("b.json"), QString(), QStringLiteral("-"), QStringLiteral("-")}));
        QVERIFY(!fine({in("a.csv"), folder.path() + QStringLiteral("/./a.csv")}));
        QVERIFY(!fine({in("kept.tallydesk")}));
        QVERIFY(!fine({in("scan.pdf")}));
        QVERIFY(!fine({in("link.csv")}));
    }
};

QTEST_GUILESS_MAIN(TestSafeFile)
#include "tst_safefile.moc"
