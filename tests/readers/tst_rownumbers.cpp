// SPDX-License-Identifier: GPL-3.0-or-later
#include <QGuiApplication>
#include <QTest>
#include <cmath>

#include "imaging/CellLocator.h"
#include "imaging/RowNumberCell.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "readers/ondevice/RowNaming.h"
#include "synth/BallotPainter.h"

using namespace tallydesk;

namespace {

constexpr int most = 20;

// A row whose print reads as `number`; 0 for one that can't be read.
QList<double> reads(int number) {
    QList<double> likelihood(most, -12.0);
    if (number > 0)
        likelihood[number - 1] = -0.1;
    return number > 0 ? likelihood : QList<double>();
}

QList<QList<double>> reads(const QList<int>& numbers) {
    QList<QList<double>> rows;
    for (const int number : numbers)
        rows.append(reads(number));
    return rows;
}

RowNumbering printed(const QList<int>& numbers, double lead = 30.0, bool consecutive = true) {
    RowNumbering numbering;
    numbering.numbers = numbers;
    numbering.lead = lead;
    numbering.consecutive = consecutive;
    return numbering;
}

// Rows as they are counted over all tables.
FormCrops counted(const QList<int>& rowsInTables, bool certain) {
    FormCrops crops;
    int next = 1;
    for (qsizetype t = 0; t < rowsInTables.size(); ++t) {
        crops.tables.append({t, certain, false});
        crops.pageRoles.append(QStringLiteral("numbers-%1").arg(t + 1));
        for (int i = 0; i < rowsInTables[t]; ++i) {
            NumberCrop crop;
            crop.row = next++;
            crop.field = QStringLiteral("row %1").arg(crop.row);
            crop.table = static_cast<int>(t);
            crop.placeUncertain = !certain;
            crops.numbers.append(crop);
        }
    }
    return crops;
}

QList<int> rowsOf(const FormCrops& crops) {
    QList<int> rows;
    for (const NumberCrop& crop : crops.numbers)
        rows.append(crop.row);
    return rows;
}

bool anyUncertain(const FormCrops& crops) {
    return std::any_of(crops.numbers.begin(), crops.numbers.end(),
                       [](const NumberCrop& crop) { return crop.placeUncertain; });
}

QList<int> range(int first, int last) {
    QList<int> numbers;
    for (int n = first; n <= last; ++n)
        numbers.append(n);
    return numbers;
}

}  // namespace

/// Rows carry the numbers that are printed beside them.
class RowNumbersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms);
        m_forms = *forms;
        m_constituency = m_forms.byId(QStringLiteral("5-18-constituency"));
        m_partyList = m_forms.byId(QStringLiteral("5-18-party-list"));
        QVERIFY(m_constituency && m_partyList);
    }

    void misreadRowsFollowTheOthers() {
        const RowNumbering numbering = followRowNumbers(reads({9, 10, 17, 12, 0, 14}), most);
        QCOMPARE(numbering.numbers, range(9, 14));
        QVERIFY(numbering.consecutive);
        QVERIFY(numbering.lead > 8.0);
    }

    void aNumberLeftOutBreaksTheOrder() {
        const RowNumbering numbering = followRowNumbers(reads({1, 2, 3, 5, 6, 7, 8}), most);
        QCOMPARE(numbering.numbers, QList<int>({1, 2, 3, 5, 6, 7, 8}));
        QVERIFY(!numbering.consecutive);
    }

    void aNumberLeftOutNearTheEndIsNotCountedOver() {
        for (const int left : {1, 2, 3}) {
            for (const int candidates : {9 + left, 20}) {
                QList<QList<double>> rows = reads(range(1, 8) + range(10, 9 + left));
                for (QList<double>& row : rows)
                    row.resize(candidates);
                FormCrops crops = counted({8 + left}, false);
                nameRows(*m_constituency, {followRowNumbers(rows, candidates)}, crops);
                QVERIFY2(anyUncertain(crops), qPrintable(QString::number(left)));
            }
        }
        // Nor below a row that a fold cut off the table's head.
        const RowNumbering folded =
            followRowNumbers(reads(QList<int>{0} + range(1, 8) + range(10, 11)), most);
        FormCrops below = counted({11}, false);
        nameRows(*m_constituency, {folded}, below);
        QVERIFY(anyUncertain(below));
        // Where the page's own shape and place say which rows these are, a misread last one moves none.
        FormCrops placed = counted({9}, true);
        nameRows(*m_constituency, {followRowNumbers(reads(range(1, 8) + QList<int>{19}), most)}, placed);
        QVERIFY(!anyUncertain(placed));
        // Print that is like no number says nothing.
        QList<QList<double>> rows = reads(range(1, 9));
        rows[8] = QList<double>(most, -30.0);
        rows[8][14] = -3.0;
        FormCrops crops = counted({9}, false);
        nameRows(*m_constituency, {followRowNumbers(rows, most)}, crops);
        QVERIFY(!anyUncertain(crops));
    }

    void aNumberThatComesTwiceBreaksTheOrder() {
        const RowNumbering numbering = followRowNumbers(reads({1, 2, 3, 4, 4, 5, 6, 7}), most);
        QCOMPARE(numbering.numbers, QList<int>({1, 2, 3, 4, 4, 5, 6, 7}));
        QVERIFY(!numbering.consecutive);
    }

    void rowsWithoutPrintSayNothing() {
        QVERIFY(followRowNumbers(reads({0, 0, 0}), most).lead < 0.1);
        QVERIFY(followRowNumbers({}, most).numbers.isEmpty());
    }

    void moreRowsThanNumbersAreNoneOfThemClearly() {
        const RowNumbering unseen = followRowNumbers(QList<QList<double>>(most + 1), most);
        QVERIFY(!unseen.consecutive);
        QVERIFY(unseen.lead < 0.0);
        // Where all are read, with one above the first, they are told by their print.
        const RowNumbering read = followRowNumbers(reads(QList<int>{1} + range(1, most)), most);
        QVERIFY(std::isfinite(read.lead));
        QVERIFY(read.lead > 8.0);
    }

    void aTableThatGoesOnCarriesItsPrintedNumbers() {
        FormCrops crops = counted({8, 3}, false);
        nameRows(*m_constituency, {printed(range(1, 8)), printed(range(9, 11))}, crops);
        QCOMPARE(rowsOf(crops), range(1, 11));
        QVERIFY(!anyUncertain(crops));
    }

    void aMissingFirstPageShowsInTheNumbers() {
        FormCrops crops = counted({12}, false);
        nameRows(*m_constituency, {printed(range(9, 20))}, crops);
        QCOMPARE(rowsOf(crops), range(9, 20));
        QVERIFY(!anyUncertain(crops));
    }

    void aPageThatComesTwiceRepeatsItsNumbers() {
        FormCrops crops = counted({8, 8}, false);
        nameRows(*m_constituency, {printed(range(1, 8)), printed(range(1, 8))}, crops);
        QCOMPARE(rowsOf(crops), range(1, 8) + range(1, 8));
    }

    void whatStandsAboveTheFirstRowIsTheHead() {
        FormCrops crops = counted({6}, false);
        nameRows(*m_constituency, {printed({9, 1, 2, 3, 4, 5}, 20.0, false)}, crops);
        QCOMPARE(rowsOf(crops), range(1, 5));
        QVERIFY(!anyUncertain(crops));
        // Also where nothing was read of its number.
        crops = counted({8}, false);
        nameRows(*m_constituency, {followRowNumbers(reads({0, 1, 2, 3, 4, 5, 6, 7}), most)}, crops);
        QCOMPARE(rowsOf(crops), range(1, 7));
        QVERIFY(!anyUncertain(crops));
        // A table that goes on: its first row, whose number was not read, would be the last of the one
        // before.
        crops = counted({5, 6}, false);
        RowNumbering further = printed({5, 6, 7, 8, 9, 10});
        further.firstRead = false;
        nameRows(*m_partyList, {printed(range(1, 5)), further}, crops);
        QCOMPARE(rowsOf(crops), range(1, 10));
        QVERIFY(!anyUncertain(crops));
        // Where its print does say so, it stays.
        crops = counted({5, 6}, false);
        nameRows(*m_partyList, {printed(range(1, 5)), printed({5, 6, 7, 8, 9, 10})}, crops);
        QCOMPARE(crops.numbers.size(), 11);
        further.firstRead = true;
        further.firstIsNumber = false;
        crops = counted({5, 6}, false);
        nameRows(*m_partyList, {printed(range(1, 5)), further}, crops);
        QCOMPARE(crops.numbers.size(), 11);
        QVERIFY(followRowNumbers(reads({5, 6, 7, 8}), most).firstRead);
        QVERIFY(!followRowNumbers(reads({0, 6, 7, 8}), most).firstRead);
        QVERIFY(!followRowNumbers(reads({9, 6, 7, 8, 9, 10}), most).firstRead);
        // Its print is no number, but most like a 1.
        QList<QList<double>> folded = reads({0, 1, 2, 3, 4, 5, 6, 7});
        folded[0] = QList<double>(most, -12.0);
        folded[0][0] = -5.0;
        crops = counted({8}, false);
        crops.tables[0].rowsMissed = true;
        crops.numbers.first().heightUnusual = true;
        nameRows(*m_constituency, {followRowNumbers(folded, most)}, crops);
        QCOMPARE(rowsOf(crops), range(1, 7));
        QVERIFY(!anyUncertain(crops));
        // Another row is too high as well, or the print is a 1.
        crops = counted({8}, false);
        crops.numbers[3].heightUnusual = true;
        nameRows(*m_constituency, {followRowNumbers(folded, most)}, crops);
        QVERIFY(anyUncertain(crops));
        folded[0][0] = -0.5;
        crops = counted({8}, false);
        nameRows(*m_constituency, {followRowNumbers(folded, most)}, crops);
        QCOMPARE(crops.numbers.size(), 8);
        QVERIFY(anyUncertain(crops));
        // A 1 that comes twice is a row too many, and so is what stands below the first.
        for (const QList<int>& odd :
             {QList<int>{1, 1, 2, 3, 4, 5}, QList<int>{1, 9, 2, 3, 4, 5}, QList<int>{9, 2, 3, 4, 5, 6}}) {
            crops = counted({6}, false);
            nameRows(*m_constituency, {printed(odd, 20.0, false)}, crops);
            QCOMPARE(crops.numbers.size(), 6);
            QVERIFY(anyUncertain(crops));
        }
    }

    void aSecondTableThatNothingPlacesIsUncertain() {
        FormCrops crops = counted({8, 3}, false);
        nameRows(*m_constituency, {printed(range(1, 8)), printed({}, 0.0)}, crops);
        QVERIFY(!crops.numbers.first().placeUncertain);
        QVERIFY(crops.numbers.last().placeUncertain);
        QVERIFY(crops.remarks.contains(QStringLiteral("rows-uncounted")));
    }

    void aLastRowInATableOfItsOwnIsTheNextOne() {
        FormCrops crops = counted({8, 1}, false);
        nameRows(*m_constituency, {printed(range(1, 8)), printed({9}, 4.0)}, crops);
        QCOMPARE(rowsOf(crops), range(1, 9));
        QVERIFY(!anyUncertain(crops));
        crops = counted({8, 1}, false);
        nameRows(*m_constituency, {printed(range(1, 8)), printed({10}, 4.0)}, crops);
        QVERIFY(anyUncertain(crops));
    }

    void oneRowAloneReadsWellEnoughToAgree() {
        const RowNumbering numbering = followRowNumbers({reads(9)}, most);
        QCOMPARE(numbering.numbers, QList<int>({9}));
        QVERIFY2(numbering.lead >= 3.0 && numbering.lead < 8.0, qPrintable(QString::number(numbering.lead)));
    }

    void printThatContradictsTheShapeIsUncertain() {
        FormCrops crops = counted({10, 24, 23}, true);
        nameRows(*m_partyList, {printed(range(1, 10)), printed(range(12, 35)), printed(range(35, 57))},
                 crops);
        QVERIFY(anyUncertain(crops));
    }

    void tablesThatBreakElsewhereArePlacedByPrint() {
        FormCrops crops = counted({20, 20, 17}, false);
        nameRows(*m_partyList, {printed(range(1, 20)), printed(range(21, 40)), printed(range(41, 57))},
                 crops);
        QCOMPARE(rowsOf(crops), range(1, 57));
        QVERIFY(!anyUncertain(crops));
        QCOMPARE(crops.pageRoles, QStringList({QStringLiteral("numbers-1"), QStringLiteral("numbers-2"),
                                               QStringLiteral("numbers-3")}));
    }

    void numbersArePrintedBesideGeneratedRows() {
        const auto models = OnDeviceModels::load(QStringLiteral(":/models"));
        QVERIFY(models);
        const synth::DrawnBallot ballot = synth::drawBallot(*m_partyList, 5);
        int first = 1;
        for (int page = 0; page < 3; ++page) {
            const QImage grey = ballot.pages[page].convertToFormat(QImage::Format_Grayscale8);
            const cv::Mat mat(grey.height(), grey.width(), CV_8U, const_cast<uchar*>(grey.constBits()),
                              static_cast<std::size_t>(grey.bytesPerLine()));
            const auto table = findTable(mat, preparePageInk(mat));
            QVERIFY(table);
            QList<cv::Mat> cells;
            for (const ScoreCell& cell : locateCells(*table)) {
                if (!cell.isTotal)
                    cells.append(cutRowNumber(*table, cell));
            }
            const RowNumbering numbering = readRowNumbers(*models->digits, cells, m_partyList->rowCount);
            QCOMPARE(numbering.numbers, range(first, first + static_cast<int>(cells.size()) - 1));
            QVERIFY2(numbering.lead > 8.0, qPrintable(QString::number(numbering.lead)));
            first += static_cast<int>(cells.size());
        }
        QCOMPARE(first, 58);
    }

private:
    FormCatalog m_forms;
    std::shared_ptr<const FormTemplate> m_constituency;
    std::shared_ptr<const FormTemplate> m_partyList;
};

QTEST_MAIN(RowNumbersTest)
#include "tst_rownumbers.moc"
