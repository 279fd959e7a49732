// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "ScanFiles.h"
#include "imaging/FolderScanner.h"
#include "imaging/NaturalOrder.h"

using namespace tallydesk;
using namespace tallydesk::test;

class FolderScannerTest : public QObject {
    Q_OBJECT

private:
    static QStringList names(const FoundFiles& found) {
        QStringList all;
        for (const FoundFile& file : found.files)
            all.append(file.file);
        return all;
    }
    static FoundFiles find(const QStringList& paths, int most = 1'000'000) {
        return findScanFiles(paths, most, CancelToken());
    }

private Q_SLOTS:
    void sortsAsAPersonWould() {
        QTemporaryDir dir;
        for (const char* name : {"name-10.png", "name-2.png", "b/1.pdf", "a.pdf", "name.png", "name (1).png",
                                 "หน่วย ๑๐.jpg", "หน่วย ๙.jpg", "b/10.pdf", "b/9.PDF"})
            writeFile(dir.filePath(QString::fromUtf8(name)), "x");
        QCOMPARE(names(find({dir.path()})),
                 (QStringList{QStringLiteral("a.pdf"), QStringLiteral("b/1.pdf"), QStringLiteral("b/9.PDF"),
                              QStringLiteral("b/10.pdf"), QStringLiteral("name.png"),
                              QStringLiteral("name (1).png"), QStringLiteral("name-2.png"),
                              QStringLiteral("name-10.png"), QStringLiteral("หน่วย ๙.jpg"),
                              QStringLiteral("หน่วย ๑๐.jpg")}));
    }

    void naturalOrderIsTotal() {
        const QStringList all{QStringLiteral("a1"),  QStringLiteral("a01"), QStringLiteral("a"),
                              QStringLiteral("a/b"), QStringLiteral("a10"), QStringLiteral("a9x"),
                              QStringLiteral("๒"),   QStringLiteral("3"),   QStringLiteral("หน่วย"),
                              QStringLiteral("-"),   QStringLiteral("๒ก"),  QStringLiteral("02")};
        for (const QString& a : all) {
            for (const QString& b : all) {
                const int ab = compareNaturally(a, b);
                const int ba = compareNaturally(b, a);
                QVERIFY((ab == 0) == (a == b));
                QVERIFY((ab < 0) == (ba > 0));
                for (const QString& c : all)
                    QVERIFY(!(ab < 0 && compareNaturally(b, c) < 0) || compareNaturally(a, c) < 0);
            }
        }
    }

    void leavesHiddenFilesOutAndNamesOthers() {
        QTemporaryDir dir;
        writeFile(dir.filePath(QStringLiteral(".hidden.pdf")), "x");
        writeFile(dir.filePath(QStringLiteral(".folder/a.pdf")), "x");
        writeFile(dir.filePath(QStringLiteral("notes.txt")), "x");
        writeFile(dir.filePath(QStringLiteral("sub/a.tiff")), "x");
        QVERIFY(QFile::link(dir.filePath(QStringLiteral("gone")), dir.filePath(QStringLiteral("dead.pdf"))));
        const FoundFiles found = find({dir.path()});
        QCOMPARE(names(found), QStringList{QStringLiteral("sub/a.tiff")});
        QCOMPARE(found.skipped.size(), 2);
        QCOMPARE(found.skipped.at(0).file, QStringLiteral("dead.pdf"));
        QCOMPARE(found.skipped.at(0).reason.code, QStringLiteral("intake.broken_link"));
        QCOMPARE(found.skipped.at(1).file, QStringLiteral("notes.txt"));
        QCOMPARE(found.skipped.at(1).reason.code, QStringLiteral("intake.not_a_scan"));
        QVERIFY(mayHideScans(found.skipped.at(0)));
        QVERIFY(!mayHideScans(found.skipped.at(1)));
    }

    void symlinkLoopEnds() {
        QTemporaryDir dir;
        writeFile(dir.filePath(QStringLiteral("a/b/scan.pdf")), "x");
        QVERIFY(QFile::link(dir.path(), dir.filePath(QStringLiteral("a/b/up"))));
        QVERIFY(QFile::link(dir.filePath(QStringLiteral("a")), dir.filePath(QStringLiteral("a/self"))));
        QCOMPARE(names(find({dir.path()})), QStringList{QStringLiteral("a/b/scan.pdf")});
    }

    void severalPathsKeepNamesUnique() {
        QTemporaryDir dir;
        writeFile(dir.filePath(QStringLiteral("one/scan.pdf")), "x");
        writeFile(dir.filePath(QStringLiteral("two/scan.pdf")), "y");
        const QString one = dir.filePath(QStringLiteral("one"));
        const QString two = dir.filePath(QStringLiteral("two"));
        QCOMPARE(names(find({one, two})),
                 (QStringList{QStringLiteral("scan.pdf"), QStringLiteral("two/scan.pdf")}));
        // The same file by two PATHs counts once; a file given by itself has its base name.
        QCOMPARE(names(find({one, one + QStringLiteral("/scan.pdf")})),
                 QStringList{QStringLiteral("scan.pdf")});
        QCOMPARE(names(find({two + QStringLiteral("/scan.pdf")})), QStringList{QStringLiteral("scan.pdf")});
    }

    void missingPathIsNamed() {
        const FoundFiles found = find({QStringLiteral("/no/such/folder")});
        QCOMPARE(found.files.size(), 1);
        QCOMPARE(found.files.first().error->code, QStringLiteral("intake.file_missing"));
    }

    void filesBeyondTheLimitAreNamed() {
        QTemporaryDir dir;
        for (int i = 0; i < 5; ++i)
            writeFile(dir.filePath(QStringLiteral("%1.pdf").arg(i)), "x");
        const FoundFiles found = find({dir.path()}, 3);
        QCOMPARE(found.files.size(), 3);
        QCOMPARE(found.skipped.size(), 2);
        QCOMPARE(found.skipped.first().reason.code, QStringLiteral("intake.too_many_files"));
        QVERIFY(mayHideScans(found.skipped.first()));
    }

    void thousandsAreFoundQuickly() {
        QTemporaryDir dir;
        for (int i = 0; i < 3000; ++i)
            writeFile(dir.filePath(QStringLiteral("%1/%2.pdf").arg(i % 30).arg(i)), "x");
        QElapsedTimer timer;
        timer.start();
        int last = 0;
        const FoundFiles found =
            findScanFiles({dir.path()}, 1'000'000, CancelToken(), [&](int files) { last = files; });
        QCOMPARE(found.files.size(), 3000);
        QCOMPARE(last, 3000);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void cancelStopsTheSearch() {
        QTemporaryDir dir;
        for (int i = 0; i < 600; ++i)
            writeFile(dir.filePath(QStringLiteral("%1.pdf").arg(i)), "x");
        CancelToken cancel;
        const FoundFiles found =
            findScanFiles({dir.path()}, 1'000'000, cancel, [&](int) { cancel.cancel(); });
        QVERIFY(found.files.size() < 600);
    }
};

QTEST_MAIN(FolderScannerTest)
#include "tst_folderscanner.moc"
