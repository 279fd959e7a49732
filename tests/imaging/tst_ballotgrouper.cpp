// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRandomGenerator>
#include <QTest>

#include "imaging/BallotGrouper.h"

using namespace tallydesk;

class BallotGrouperTest : public QObject {
    Q_OBJECT

private:
    FormCatalog m_forms;

    // P, C: first page of the 5/17 party-list or constituency form; F: of an unknown one; t: table, T: with
    // total; S: signatures; L: letter; Q: letter that quotes a title; b: blank.
    static PageClass page(QChar sign) {
        PageClass what;
        switch (sign.unicode()) {
            case u'P':
            case u'C':
                what.kind = PageKind::First;
                what.formIds = {sign == u'P' ? QStringLiteral("5-17-party-list")
                                             : QStringLiteral("5-17-constituency")};
                break;
            case u'F':
                what.kind = PageKind::First;
                break;
            case u'K':
                what.kind = PageKind::First;
                what.formIds = {QStringLiteral("5-17-constituency"), QStringLiteral("5-17-party-list")};
                break;
            case u't':
            case u'T':
                what.kind = PageKind::Table;
                what.totalRow = sign == u'T';
                break;
            case u'S':
                what.kind = PageKind::Signatures;
                break;
            case u'Q':
                what.kind = PageKind::Titled;
                what.formIds = {QStringLiteral("5-17-party-list")};
                break;
            case u'b':
                what.kind = PageKind::Blank;
                break;
            default:
                what.kind = PageKind::Other;
        }
        return what;
    }
    static FileScan file(const QString& name, const QString& pages) {
        FileScan scan;
        scan.file = name;
        scan.path = QStringLiteral("/scans/") + name;
        scan.sha256 = name;
        for (const QChar sign : pages)
            scan.pages.append(page(sign));
        return scan;
    }
    // "id 1,2,3 aside 4; ..." with ids shortened.
    static QString told(const QList<BallotScan>& ballots) {
        QStringList all;
        for (const BallotScan& ballot : ballots) {
            QString id = ballot.formId.isEmpty() ? QStringLiteral("?") : ballot.formId;
            if (ballot.error)
                id = ballot.error->code;
            id.replace(QStringLiteral("5-17-party-list"), QStringLiteral("pl"));
            id.replace(QStringLiteral("5-17-constituency"), QStringLiteral("co"));
            QStringList pages;
            for (const PageRef& ref : ballot.pages)
                pages.append(QString::number(ref.pageInFile));
            QString text = (id + u' ' + pages.join(u',')).trimmed();
            QStringList aside;
            for (const int number : ballot.setAsidePages)
                aside.append(QString::number(number));
            if (!aside.isEmpty())
                text += QStringLiteral(" aside ") + aside.join(u',');
            all.append(text);
        }
        return all.join(QStringLiteral("; "));
    }

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms.has_value());
        m_forms = *forms;
    }

    void pagesOfOneFile_data() {
        QTest::addColumn<QString>("pages");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* pages, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(pages) << QString::fromLatin1(expected);
        };
        row("party-list", "PtTS", "pl 1,2,3,4");
        row("constituency", "CS", "co 1,2");
        row("several forms", "CSPtTSCSCS", "co 1,2; pl 3,4,5,6; co 7,8; co 9,10");
        row("cover letter first", "LPtTS", "pl 2,3,4,5 aside 1");
        row("cover letter quotes the title", "QPtTS", "pl 2,3,4,5 aside 1");
        row("letter after", "CSL", "co 1,2 aside 3");
        row("blank backs", "CbSbCbSb", "co 1,3 aside 2,4,6,8; co 5,7");
        row("unmarked signature page", "CLCL", "co 1,2; co 3,4");
        row("pages 2 and 3 exchanged", "PTtS", "pl 1,3,2,4");
        row("total row not seen", "PttS", "pl 1,2,3,4");
        row("total row seen on two pages keeps the order", "PTTS", "pl 1,2,3,4");
        row("backwards, total row not seen", "SttP", "pl 4,3,2,1");
        row("scanned from the last page", "STtP", "pl 4,3,2,1");
        row("two scanned from the last page", "STtPSTtP", "pl 4,3,2,1; pl 8,7,6,5");
        row("first page second", "tPTS", "pl 2,1,3,4");
        row("signatures before the tables", "PStT", "pl 1,3,4,2");
        row("table goes on, on a signature page", "CTS", "co 1,2,3");
        row("kind told by what follows", "KtTSKS", "pl 1,2,3,4; co 5,6");
        row("unknown form", "FtTS", "? 1,2,3,4");
        row("title unread", "tTS", "? 1,2,3");
        row("unread first page between two forms", "PtTSFtTSCS", "pl 1,2,3,4; ? 5,6,7,8; co 9,10");
        row("badly seen first page", "QtTS", "pl 1,2,3,4");
        row("low table inside a form", "PFTS", "pl 1,2,3,4");
        row("no form at all", "LLb", "intake.no_form 1,2,3 aside 1,2,3");
        row("signatures alone", "S", "intake.no_form 1 aside 1");
    }
    void pagesOfOneFile() {
        QFETCH(QString, pages);
        QFETCH(QString, expected);
        const auto ballots = BallotGrouper(m_forms).group({file(QStringLiteral("scan.pdf"), pages)});
        QCOMPARE(told(ballots), expected);
        for (const BallotScan& ballot : ballots) {
            QCOMPARE(ballot.pages.size(), ballot.pageNumbers.size());
            QCOMPARE(ballot.sha256, QStringLiteral("scan.pdf"));
        }
    }

    void pageImagesAreJoined() {
        const auto ballots =
            BallotGrouper(m_forms).group({file(QStringLiteral("a/name-1.png"), QStringLiteral("P")),
                                          file(QStringLiteral("a/name-2.png"), QStringLiteral("t")),
                                          file(QStringLiteral("a/name-3.png"), QStringLiteral("T")),
                                          file(QStringLiteral("a/name-4.png"), QStringLiteral("S"))});
        QCOMPARE(ballots.size(), 1);
        QCOMPARE(ballots.first().file, QStringLiteral("a/name-1.png"));
        QCOMPARE(ballots.first().pageNumbers, (QList<int>{1, 2, 3, 4}));
        QCOMPARE(ballots.first().pages.at(2).path, QStringLiteral("/scans/a/name-3.png"));
        QCOMPARE(ballots.first().pages.at(2).pageInFile, 1);
        QCOMPARE(ballots.first().sha256.size(), 64);
    }

    void filesWithoutRelationStaySingle() {
        const auto ballots =
            BallotGrouper(m_forms).group({file(QStringLiteral("IMG_0001.jpg"), QStringLiteral("C")),
                                          file(QStringLiteral("IMG_0002.jpg"), QStringLiteral("C")),
                                          file(QStringLiteral("IMG_0450.jpg"), QStringLiteral("T")),
                                          file(QStringLiteral("other.jpg"), QStringLiteral("T")),
                                          file(QStringLiteral("sub/IMG_0003.jpg"), QStringLiteral("T"))});
        QCOMPARE(told(ballots), QStringLiteral("co 1; co 1; ? 1; ? 1; ? 1"));
    }

    void failedFileKeepsItsCause() {
        FileScan broken = file(QStringLiteral("broken.pdf"), {});
        broken.error = Error{QStringLiteral("intake.pdf_damaged"), {QStringLiteral("broken.pdf")}, {}};
        const auto ballots =
            BallotGrouper(m_forms).group({file(QStringLiteral("a-1.png"), QStringLiteral("C")), broken,
                                          file(QStringLiteral("c.pdf"), QStringLiteral("CS"))});
        QCOMPARE(told(ballots), QStringLiteral("co 1; intake.pdf_damaged 1; co 1,2"));
        // Known by its place; none of its pages has been seen.
        QCOMPARE(ballots.at(1).pages.size(), 1);
        QCOMPARE(ballots.at(1).pages.first().path, broken.path);
        QVERIFY(ballots.at(1).pageNumbers.isEmpty());
    }

    void pageNames_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("stem");
        QTest::addColumn<int>("number");
        const auto row = [](const char* file, const char* stem, int number) {
            QTest::newRow(file) << QString::fromUtf8(file) << QString::fromUtf8(stem) << number;
        };
        row("name-1.png", "name", 1);
        row("name_p12.jpg", "name", 12);
        row("name page 2.jpg", "name", 2);
        row("name (3).jpg", "name", 3);
        row("name.jpg", "name", 0);
        row("หน่วย 5 หน้า 2.jpg", "หน่วย 5", 2);
        row("IMG_0007.jpg", "IMG", 7);
        row("12.png", "", 12);
    }
    void pageNames() {
        QFETCH(QString, file);
        QFETCH(QString, stem);
        QFETCH(int, number);
        const PageName name = pageName(file);
        QCOMPARE(name.stem, stem);
        QCOMPARE(name.number, number);
    }

    void noPageIsEverLost() {
        QRandomGenerator random(20260208);
        const QString signs = QStringLiteral("PCFKtTSLQb");
        for (int round = 0; round < 2000; ++round) {
            QList<FileScan> files;
            int pages = 0;
            for (int f = 0; f < 4; ++f) {
                QString content;
                const int count = random.bounded(3) == 0 ? random.bounded(1, 9) : 1;
                for (int i = 0; i < count; ++i)
                    content.append(signs.at(random.bounded(int(signs.size()))));
                files.append(file(QStringLiteral("scan-%1.pdf").arg(f), content));
                pages += count;
            }
            QSet<QString> seen;
            int counted = 0;
            for (const BallotScan& ballot : BallotGrouper(m_forms).group(files)) {
                QVERIFY(!ballot.pages.isEmpty());
                // A file without any form shows the very pages that were set aside.
                QVERIFY(!ballot.error || ballot.pages.size() == ballot.setAsidePages.size());
                for (const PageRef& ref : ballot.error ? QList<PageRef>() : ballot.pages) {
                    seen.insert(QStringLiteral("%1#%2").arg(ref.path).arg(ref.pageInFile));
                    ++counted;
                }
                for (const int number : ballot.setAsidePages) {
                    seen.insert(QStringLiteral("/scans/%1#%2").arg(ballot.file).arg(number));
                    ++counted;
                }
            }
            QCOMPARE(counted, pages);
            QCOMPARE(seen.size(), pages);
        }
    }
};

QTEST_MAIN(BallotGrouperTest)
#include "tst_ballotgrouper.moc"
