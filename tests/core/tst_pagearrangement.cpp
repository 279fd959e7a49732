// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <random>

#include "core/PageArrangement.h"

using namespace tallydesk;

namespace {

BallotScan ballot(const QString& file, const QList<int>& pages,
                  const QString& form = QStringLiteral("5-18-constituency")) {
    BallotScan scan;
    scan.file = file;
    scan.sha256 = file + QStringLiteral("-hash");
    scan.formId = form;
    for (const int page : pages)
        scan.pages.append({QStringLiteral("/scans/") + file, page, 0, scan.sha256});
    scan.pageNumbers = pages;
    return scan;
}

// "1,2 | 3,4": the pages of each ballot.
QString told(const QList<BallotScan>& ballots) {
    QStringList all;
    for (const BallotScan& scan : ballots) {
        QStringList pages;
        for (const PageRef& page : scan.pages)
            pages.append(QString::number(page.pageInFile));
        all.append(pages.join(u','));
    }
    return all.join(QStringLiteral(" | "));
}

}  // namespace

class TestPageArrangement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void untouchedBallotsStayWhatTheyWere() {
        const QList<BallotScan> found{ballot(QStringLiteral("a.pdf"), {1, 2}),
                                      ballot(QStringLiteral("a.pdf"), {3, 4})};
        QCOMPARE(PageArrangement(found).ballots(), found);
    }

    void splitMakesTwoBallots() {
        PageArrangement pages({ballot(QStringLiteral("a.pdf"), {1, 2, 3, 4})});
        QVERIFY(!pages.canSplit(0));
        pages.split(2);
        const QList<BallotScan> after = pages.ballots();
        QCOMPARE(told(after), QStringLiteral("1,2 | 3,4"));
        QVERIFY(after[0].arranged && after[1].arranged);
        QCOMPARE(after[1].formId, QStringLiteral("5-18-constituency"));
        QCOMPARE(after[1].pageNumbers, (QList<int>{3, 4}));
        QVERIFY(after[0].key() != after[1].key());
        // Its first page is that of the ballot before, but nothing read from that one counts for it.
        QVERIFY(after[0].key() != ballot(QStringLiteral("a.pdf"), {1, 2, 3, 4}).key());
    }

    void joinMakesOneOfTwoFiles() {
        PageArrangement pages(
            {ballot(QStringLiteral("x/a.png"), {1}), ballot(QStringLiteral("x/b.png"), {1})});
        QVERIFY(!pages.canJoin(0));
        pages.join(1);
        const QList<BallotScan> after = pages.ballots();
        QCOMPARE(after.size(), 1);
        QCOMPARE(after[0].file, QStringLiteral("x/a.png"));
        QCOMPARE(after[0].pageNumbers, (QList<int>{1, 2}));
        QCOMPARE(after[0].sha256,
                 joinedHash({QStringLiteral("x/a.png-hash"), QStringLiteral("x/b.png-hash")}));
    }

    void pagesMoveWithinAndAcrossBallots() {
        const PageArrangement two(
            {ballot(QStringLiteral("a.pdf"), {1, 2}), ballot(QStringLiteral("a.pdf"), {3, 4})});
        PageArrangement pages = two;
        QCOMPARE(pages.move(0, 1), 1);
        QCOMPARE(told(pages.ballots()), QStringLiteral("2,1 | 3,4"));
        QVERIFY(pages.pages()[0].startsBallot && !pages.pages()[1].startsBallot);
        pages = two;
        QCOMPARE(pages.move(1, 1), 1);
        QCOMPARE(told(pages.ballots()), QStringLiteral("1 | 2,3,4"));
        pages = two;
        QCOMPARE(pages.move(2, -1), 2);
        QCOMPARE(told(pages.ballots()), QStringLiteral("1,2,3 | 4"));
        QVERIFY(!pages.canMove(3, 1));
        QVERIFY(!pages.canMove(0, -1));
    }

    void turnedPageIsReadAnew() {
        PageArrangement pages({ballot(QStringLiteral("a.pdf"), {1, 2})});
        pages.turn(1, -90);
        const BallotScan after = pages.ballots().first();
        QCOMPARE(after.pages[1].rotation, 270);
        QVERIFY(after.arranged);
        pages.turn(1, 90);
        QVERIFY(!pages.ballots().first().arranged);
    }

    void chosenFormMakesAFailedScanReadable() {
        BallotScan letter = ballot(QStringLiteral("a.pdf"), {1, 2}, {});
        letter.setAsidePages = {1, 2};
        letter.error = Error{QStringLiteral("intake.no_form"), {}, {}};
        PageArrangement pages({letter});
        QCOMPARE(pages.pages().size(), 2);
        QVERIFY(pages.ballots().first().arranged);
        pages.chooseForm(1, QStringLiteral("5-17-party-list"));
        const BallotScan after = pages.ballots().first();
        QCOMPARE(after.formId, QStringLiteral("5-17-party-list"));
        QVERIFY(!after.error);
    }

    void pagesSetAsideCanBeTakenIn() {
        BallotScan scan = ballot(QStringLiteral("a.pdf"), {1, 3});
        scan.setAsidePages = {2};
        PageArrangement pages({scan});
        QCOMPARE(pages.ballots(), QList<BallotScan>{scan});
        QVERIFY(pages.pages()[2].leftOut);
        pages.setLeftOut(2, false);
        pages.move(2, -1);
        QCOMPARE(told(pages.ballots()), QStringLiteral("1,2,3"));
        QVERIFY(pages.ballots().first().setAsidePages.isEmpty());
    }

    void findingAgainKeepsTheArrangement() {
        const QList<BallotScan> found{ballot(QStringLiteral("a.pdf"), {1, 2}),
                                      ballot(QStringLiteral("a.pdf"), {3, 4}),
                                      ballot(QStringLiteral("b.pdf"), {1, 2})};
        PageArrangement pages({found[0], found[1]});
        pages.move(2, -1);
        const QList<BallotScan> arranged = pages.ballots();
        const QList<BallotScan> again = withArrangements(found, arranged);
        QCOMPARE(told(again), QStringLiteral("1,2,3 | 4 | 1,2"));
        QCOMPARE(again.last(), found[2]);
        // What is arranged already stands for itself.
        QCOMPARE(withArrangements(again, arranged), again);
        // A page that came since is not lost.
        QList<BallotScan> more = found;
        more[1].pages.append({QStringLiteral("/scans/a.pdf"), 5, 0, QStringLiteral("a.pdf-hash")});
        more[1].pageNumbers.append(5);
        QCOMPARE(told(withArrangements(more, arranged)), QStringLiteral("1,2,3 | 4 | 5 | 1,2"));
        // The folder has moved: the arrangement goes with it.
        QList<BallotScan> moved = found;
        for (BallotScan& scan : moved)
            for (PageRef& page : scan.pages)
                page.path.replace(QStringLiteral("/scans/"), QStringLiteral("/elsewhere/"));
        const QList<BallotScan> there = withArrangements(moved, arranged);
        QCOMPARE(told(there), QStringLiteral("1,2,3 | 4 | 1,2"));
        QCOMPARE(there[0].pages[0].path, QStringLiteral("/elsewhere/a.pdf"));
        QCOMPARE(there[0].key(), arranged[0].key());
        // A file that holds other bytes now is another file.
        QList<BallotScan> replaced{ballot(QStringLiteral("a.pdf"), {1, 2})};
        replaced[0].pages[0].sha256 = replaced[0].pages[1].sha256 = QStringLiteral("other");
        QCOMPARE(withArrangements(replaced, arranged), replaced);
    }

    void anyOrderOfStepsKeepsEveryPageOnce() {
        std::mt19937 random(7);
        const auto pick = [&](int bound) {
            return static_cast<int>(random() % static_cast<unsigned>(bound));
        };
        for (int round = 0; round < 200; ++round) {
            PageArrangement pages({ballot(QStringLiteral("a.pdf"), {1, 2, 3}),
                                   ballot(QStringLiteral("b.pdf"), {1}),
                                   ballot(QStringLiteral("c.pdf"), {1, 2, 3, 4})});
            for (int step = 0; step < 40; ++step) {
                const int page = pick(8);
                switch (pick(5)) {
                    case 0:
                        pages.split(page);
                        break;
                    case 1:
                        pages.join(page);
                        break;
                    case 2:
                        pages.turn(page, 90 * pick(4));
                        break;
                    default:
                        pages.move(page, pick(2) ? 1 : -1);
                }
            }
            QVERIFY(pages.pages().first().startsBallot);
            QStringList places;
            QSet<QString> keys;
            for (const BallotScan& scan : pages.ballots()) {
                QVERIFY(!scan.pages.isEmpty());
                QVERIFY(!keys.contains(scan.key() + scan.sha256));
                keys.insert(scan.key() + scan.sha256);
                for (const PageRef& ref : scan.pages)
                    places.append(ref.path + QString::number(ref.pageInFile));
            }
            places.sort();
            QCOMPARE(places.size(), 8);
            QCOMPARE(places.removeDuplicates(), 0);
            QCOMPARE(pages.ballotCount(), static_cast<int>(pages.ballots().size()));
        }
    }
};

QTEST_APPLESS_MAIN(TestPageArrangement)
#include "tst_pagearrangement.moc"
