// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <opencv2/imgproc.hpp>

#include "imaging/BlankCutter.h"
#include "imaging/BlankFinder.h"
#include "imaging/CellLocator.h"
#include "imaging/CropNormaliser.h"
#include "imaging/EvenLight.h"
#include "imaging/TableFinder.h"

using namespace tallydesk;

namespace {

constexpr int left = 140;
constexpr int right = 1530;
constexpr int scoreX = 960;
constexpr int bracketX = scoreX + 140;

void dots(cv::Mat& page, int x0, int x1, int y) {
    for (int x = x0; x < x1; x += 7)
        cv::rectangle(page, cv::Rect(x, y, 3, 3), 40, cv::FILLED);
}

void bracket(cv::Mat& page, int x, int y, bool open) {
    cv::ellipse(page, {open ? x + 14 : x - 14, y - 12}, {14, 18}, 0, open ? 125 : -55, open ? 235 : 55, 30,
                2);
}

void text(cv::Mat& page, int x, int y, const char* what) {
    cv::putText(page, what, {x, y}, cv::FONT_HERSHEY_SIMPLEX, 0.8, 30, 2);
}

// An A4 page at 200 dpi: three figure lines, a table with a header, `rows` rows and a total.
cv::Mat drawnPage(int rows, bool total, int rowHeight = 68) {
    cv::Mat page(2339, 1654, CV_8U, cv::Scalar(250));
    for (int i = 0; i < 3; ++i) {
        const int y = 520 + i * 54;
        text(page, 300, y, "2.1 xxxxxxx");
        dots(page, 740, 830, y);
        text(page, 838, y, "xxxx");
        bracket(page, 920, y, true);
        dots(page, 940, 1420, y);
        bracket(page, 1436, y, false);
    }
    int y = 760;
    const auto rule = [&](int at) { cv::line(page, {left, at}, {right, at}, 20, 3); };
    const int top = y;
    rule(y);
    text(page, 180, y + 36, "number");
    text(page, 1100, y + 36, "votes");
    text(page, 1050, y + 80, "(digits and words)");
    y += 98;
    rule(y);
    const int separatorTop = top;
    for (int i = 0; i < rows; ++i) {
        text(page, 230, y + 46, "1");
        dots(page, scoreX + 14, bracketX - 4, y + rowHeight - 20);
        bracket(page, bracketX, y + rowHeight - 18, true);
        dots(page, bracketX + 18, right - 30, y + rowHeight - 20);
        bracket(page, right - 14, y + rowHeight - 18, false);
        y += rowHeight;
        rule(y);
    }
    const int separatorBottom = y;
    if (total) {
        text(page, 420, y + 50, "total of all");
        text(page, scoreX + 40, y + 50, "614");
        text(page, scoreX + 210, y + 50, "six hundred");
        y += rowHeight + 4;
        rule(y);
    }
    for (const int x : {left, scoreX, right})
        cv::line(page, {x, top}, {x, y}, 20, 3);
    for (const int x : {360, 700})
        cv::line(page, {x, separatorTop}, {x, separatorBottom}, 20, 3);
    return page;
}

cv::Mat turned(const cv::Mat& page, double degrees) {
    const cv::Mat rotation = cv::getRotationMatrix2D({827, 1170}, degrees, 1.0);
    cv::Mat result;
    cv::warpAffine(page, result, rotation, page.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 250);
    return result;
}

// A photograph from the side: the table becomes a trapezoid.
cv::Mat slanted(const cv::Mat& page) {
    const std::vector<cv::Point2f> from{{0, 0}, {1653, 0}, {1653, 2338}, {0, 2338}};
    const std::vector<cv::Point2f> to{{60, 20}, {1590, 60}, {1640, 2300}, {10, 2330}};
    cv::Mat result;
    cv::warpPerspective(page, result, cv::getPerspectiveTransform(from, to), page.size(), cv::INTER_LINEAR,
                        cv::BORDER_CONSTANT, 250);
    return result;
}

cv::Mat scaled(const cv::Mat& page, double factor) {
    cv::Mat result;
    cv::resize(page, result, {}, factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    return result;
}

std::vector<ScoreCell> cellsOf(const cv::Mat& page) {
    const auto table = findTable(page, preparePageInk(page));
    return table ? locateCells(*table) : std::vector<ScoreCell>();
}

}  // namespace

class TableFinderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStripThatIsNoPageIsLeftAsItIs() {
        for (const cv::Size& size : {cv::Size(100, 40'001), cv::Size(130'000, 100)}) {
            const cv::Mat strip(size, CV_8U, cv::Scalar(120));
            QCOMPARE(evenLight(strip).data, strip.data);
        }
    }

    void aRulingTallerThanAnyFormIsNoTable() {
        cv::Mat page(1700, 700, CV_8U, cv::Scalar(255));
        for (const int x : {50, 150, 400, 650})
            cv::line(page, {x, 50}, {x, 1640}, cv::Scalar(0), 3);
        for (int y = 50; y <= 1640; y += 53)
            cv::line(page, {50, y}, {650, y}, cv::Scalar(0), 3);
        QVERIFY(!findTable(page, preparePageInk(page)));
    }

    void countsRowsHoweverThePageLies_data() {
        QTest::addColumn<double>("degrees");
        QTest::addColumn<double>("scale");
        QTest::addColumn<bool>("slant");
        QTest::addColumn<bool>("oneBit");
        QTest::newRow("straight") << 0.0 << 1.0 << false << false;
        QTest::newRow("skewed left") << 3.0 << 1.0 << false << false;
        QTest::newRow("skewed right") << -4.0 << 1.0 << false << false;
        QTest::newRow("trapezoid") << 0.0 << 1.0 << true << false;
        QTest::newRow("400 dpi") << 1.0 << 2.0 << false << false;
        QTest::newRow("100 dpi") << 0.0 << 0.5 << false << false;
        QTest::newRow("1 bit") << 0.6 << 1.0 << false << true;
    }

    void countsRowsHoweverThePageLies() {
        QFETCH(double, degrees);
        QFETCH(double, scale);
        QFETCH(bool, slant);
        QFETCH(bool, oneBit);
        cv::Mat page = drawnPage(10, true);
        if (slant)
            page = slanted(page);
        if (degrees != 0.0)
            page = turned(page, degrees);
        if (scale != 1.0)
            page = scaled(page, scale);
        if (oneBit)
            page = page > 140;
        const auto cells = cellsOf(page);
        QCOMPARE(cells.size(), std::size_t(11));
        for (std::size_t i = 0; i < cells.size(); ++i)
            QCOMPARE(cells[i].isTotal, i == 10);
    }

    void aTableWithoutTotalHasNone() {
        const auto cells = cellsOf(drawnPage(16, false));
        QCOMPARE(cells.size(), std::size_t(16));
        QVERIFY(std::none_of(cells.begin(), cells.end(), [](const ScoreCell& c) { return c.isTotal; }));
    }

    void boxesLieOnThePageAsGiven() {
        const cv::Mat page = drawnPage(10, true);
        const auto cells = cellsOf(page);
        QCOMPARE(cells.size(), std::size_t(11));
        // Third row: bottom line at 760 + 98 + 3 * 68.
        const cv::Rect2d box = cells[2].digits.onPage;
        QVERIFY(std::abs(box.x - scoreX) < 14);
        QVERIFY(std::abs(box.br().x - bracketX) < 24);
        const double scale = double(right - left) / tableWidth;
        QVERIFY(std::abs(box.br().y - cropBelow * scale - (760 + 98 + 3 * 68)) < 6);
        QVERIFY(std::abs(cells[2].words.onPage.br().x - right) < 14);
    }

    void aFoldThroughTheTableAddsNoRow() {
        cv::Mat page = drawnPage(10, true);
        cv::line(page, {0, 1130}, {1653, 1138}, 120, 2);
        QCOMPARE(cellsOf(page).size(), std::size_t(11));
    }

    // One row made of two moves all votes below by one candidate, and no sum shows it.
    void aLostRowLineLeavesTheCountUncertain() {
        const int header = 760;
        const int firstRow = header + 98;
        cv::Mat page = drawnPage(10, true);
        for (const ScoreCell& cell : cellsOf(page))
            QVERIFY(!cell.countUncertain);
        cv::Mat inTheMiddle = page.clone();
        inTheMiddle(cv::Rect(0, firstRow + 3 * 68 - 5, page.cols, 10)).setTo(250);
        const auto cells = cellsOf(inTheMiddle);
        QVERIFY(!cells.empty());
        QVERIFY(!cells.front().countUncertain);
        QVERIFY(cells.back().countUncertain);
        cv::Mat underTheHeader = page.clone();
        underTheHeader(cv::Rect(0, firstRow - 5, page.cols, 10)).setTo(250);
        for (const ScoreCell& cell : cellsOf(underTheHeader))
            QVERIFY(cell.countUncertain);
    }

    void pagesWithoutATableHaveNone() {
        cv::Mat page(2339, 1654, CV_8U, cv::Scalar(255));
        QVERIFY(!findTable(page, preparePageInk(page)));
        for (int y = 200; y < 2000; y += 60)
            text(page, 150, y, "only lines of text stand on this page, and no table");
        QVERIFY(!findTable(page, preparePageInk(page)));
        QVERIFY(!findTable({}, preparePageInk({})));
    }

    void figureLinesAreDividedAtTheirBracket() {
        const cv::Mat page = drawnPage(10, true);
        const auto table = findTable(page, preparePageInk(page));
        QVERIFY(table.has_value());
        const auto lines = findBlankLines(*table);
        QCOMPARE(std::count_if(lines.begin(), lines.end(),
                               [](const BlankLine& l) { return l.bracket.has_value(); }),
                 std::ptrdiff_t(3));
        for (const BlankLine& line : lines) {
            const ScoreCell cell = cutFigureLine(*table, line, lines);
            QVERIFY(cell.digits.onPage.x < 745);
            QVERIFY(cell.digits.onPage.br().x > 830);
            QVERIFY(cell.words.onPage.br().x > 1415);
        }
    }

    void wordsMayHideAllOfTheirDots() {
        const cv::Mat page = drawnPage(10, true);
        const auto table = findTable(page, preparePageInk(page));
        QVERIFY(table.has_value());
        auto lines = findBlankLines(*table);
        const auto line = std::find_if(lines.begin(), lines.end(),
                                       [](const BlankLine& l) { return l.bracket.has_value(); });
        QVERIFY(line != lines.end());
        const Blank number{*line->bracket - 170, *line->bracket - 80, line->y};
        line->blanks = {number, line->blanks.back()};
        line->firstWords = 1;
        const ScoreCell seen = cutFigureLine(*table, *line, lines);
        line->blanks.pop_back();
        const ScoreCell hidden = cutFigureLine(*table, *line, lines);
        QVERIFY(hidden.hasBracket);
        QCOMPARE(hidden.digits.image.cols, seen.digits.image.cols);
        QVERIFY(std::abs(hidden.words.onPage.br().x - seen.words.onPage.br().x) < 12);
    }

    void dotsThatANumberHidesAreCutAlong() {
        const cv::Mat page = drawnPage(10, true);
        const auto table = findTable(page, preparePageInk(page));
        QVERIFY(table.has_value());
        const auto widthOf = [&](int dots) {
            return cutBlank(*table, Blank{500, 500 + dots, -200}, 34, 24).image.cols;
        };
        QCOMPARE(widthOf(130), 130 + 34 + 24);
        // 636 hides the first half of its dots, or the last: as much is cut at either side, behind up to 45.
        QCOMPARE(widthOf(100), 100 + 34 + 24 + 20 + 20);
        QCOMPARE(widthOf(60), 60 + 34 + 24 + 60 + 45);
    }

    void writingGoesOnBehindItsDots() {
        cv::Mat page = drawnPage(10, true);
        const auto clean = findTable(page, preparePageInk(page));
        QVERIFY(clean.has_value());
        const cv::Rect2d from = clean->toPage(cv::Rect2d(500, -430, 60, 20));
        // Letters from 500 to about 620, a wide gap, and print.
        for (const double x : {0.0, 30.0, 60.0, 90.0, 170.0, 200.0})
            cv::line(page, cv::Point2d(from.x + x, from.y), cv::Point2d(from.x + x + 22, from.y + 20), 20, 4);
        const auto table = findTable(page, preparePageInk(page));
        QVERIFY(table.has_value());
        const int end = writingEnd(*table, 540, -400, 180);
        QVERIFY2(end > 600 && end < 650, qPrintable(QString::number(end)));
        const int near = writingEnd(*table, 540, -400, 40);
        QVERIFY2(near > 560 && near <= 586, qPrintable(QString::number(near)));
        // Nothing goes on: the dots' end.
        QCOMPARE(writingEnd(*clean, 540, -400, 180), 540);
        // Its strokes between two x, cut off there: one from 530 on, one whole, one that is cut at 600.
        std::vector<StrokeExtent> strokes = strokesOver(*table, 525, 600, -400);
        std::sort(strokes.begin(), strokes.end(),
                  [](const StrokeExtent& a, const StrokeExtent& b) { return a.left < b.left; });
        QCOMPARE(strokes.size(), std::size_t{3});
        QVERIFY(std::abs(strokes[0].left - 529) <= 3 && std::abs(strokes[0].right - 555) <= 4);
        QVERIFY(strokes[2].left > 580 && strokes[2].right == 600);
        QVERIFY(strokesOver(*clean, 525, 600, -400).empty());
        QVERIFY(strokesOver(*table, 600, 525, -400).empty());
    }

    void cropsAre48HighAndDarkOnWhite() {
        cv::Mat grey(100, 150, CV_8U, cv::Scalar(170));
        cv::line(grey, {40, 20}, {60, 80}, 110, 5);
        const cv::Mat crop = normaliseCrop(grey);
        QCOMPARE(crop.rows, normalisedHeight);
        QCOMPARE(crop.cols, 72);
        double low = 0.0;
        double high = 0.0;
        cv::minMaxLoc(crop, &low, &high);
        QVERIFY(low < 40);
        QVERIFY(high > 250);
        QVERIFY(cv::mean(normaliseCrop(cv::Mat(100, 150, CV_8U, cv::Scalar(170))))[0] > 250);
        QVERIFY(normaliseCrop({}).empty());
    }
};

QTEST_APPLESS_MAIN(TableFinderTest)
#include "tst_tablefinder.moc"
