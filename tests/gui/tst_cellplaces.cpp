// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "gui/CellPlaces.h"

using namespace tallydesk;

namespace {

VoteEntry entryAt(const QRect& digits, const QRect& words = {}, int page = 1) {
    VoteEntry entry;
    entry.page = page;
    entry.box = digits;
    if (!words.isNull())
        entry.wordsBox = words;
    return entry;
}

}  // namespace

class TestCellPlaces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void overlappingCellsAreCutToTheirLine();
    void aLoneCellIsAsHighAsItsLikes();
    void cellsThatDoNotOverlapStay();
    void cellsOfOtherPagesAndColumnsDoNotCount();
};

void TestCellPlaces::overlappingCellsAreCutToTheirLine() {
    BallotData data;
    for (int line = 0; line < 3; ++line) {
        const int top = 100 + 50 * line;
        data.rows.append({line + 1, entryAt({300, top, 100, 100}, {420, top, 600, 100})});
    }
    const auto places = cellPlaces(data);
    QCOMPARE(places.size(), 3);
    for (int no = 1; no <= 3; ++no) {
        const CellPlace place = places.value(QStringLiteral("row %1").arg(no));
        QCOMPARE(place.digits->height(), 50);
        QCOMPARE(place.words->height(), 50);
        QCOMPARE(place.digits->left(), 300);
        QCOMPARE(place.words->width(), 600);
        // The middle of its own line, where the number stands, lies inside; those of the others outside.
        for (int line = 0; line < 3; ++line)
            QCOMPARE(place.digits->contains(350, 150 + 50 * line), line + 1 == no);
    }
}

void TestCellPlaces::aLoneCellIsAsHighAsItsLikes() {
    BallotData data;
    data.figures.insert(QStringLiteral("received"), entryAt({900, 20, 100, 104}));
    data.figures.insert(QStringLiteral("valid"), entryAt({300, 200, 100, 100}));
    data.figures.insert(QStringLiteral("invalid"), entryAt({300, 250, 100, 100}));
    QCOMPARE(cellPlaces(data).value(QStringLiteral("received")).digits->height(), 50);
}

void TestCellPlaces::cellsThatDoNotOverlapStay() {
    BallotData data;
    data.rows.append({1, entryAt({300, 100, 100, 40})});
    data.rows.append({2, entryAt({300, 150, 100, 40})});
    data.rows.append({3, VoteEntry()});
    const auto places = cellPlaces(data);
    QCOMPARE(places.value(QStringLiteral("row 1")).digits, QRect(300, 100, 100, 40));
    QCOMPARE(places.value(QStringLiteral("row 2")).digits, QRect(300, 150, 100, 40));
    QVERIFY(!places.value(QStringLiteral("row 3")).digits);
}

void TestCellPlaces::cellsOfOtherPagesAndColumnsDoNotCount() {
    BallotData data;
    data.rows.append({1, entryAt({300, 100, 100, 100})});
    data.rows.append({2, entryAt({300, 150, 100, 100}, {}, 2)});
    data.rows.append({3, entryAt({500, 150, 100, 100})});
    for (const CellPlace& place : cellPlaces(data))
        QCOMPARE(place.digits->height(), 100);
}

QTEST_GUILESS_MAIN(TestCellPlaces)
#include "tst_cellplaces.moc"
