// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <random>

#include "imaging/DottedLines.h"
#include "imaging/FoldLine.h"
#include "imaging/PageInk.h"

using namespace tallydesk;

namespace {

constexpr int left = 110;  // of the table
constexpr int right = 1510;
constexpr int printed = 90;  // grey levels
constexpr int paper = 250;

cv::Mat blankPage() {
    return {420, 1620, CV_8UC1, cv::Scalar(paper)};
}

void drawDots(cv::Mat& page, int from, int to, int y, int level = printed) {
    for (int x = from; x < to; x += 7)
        cv::rectangle(page, {x, y - 1, 3, 3}, cv::Scalar(level), cv::FILLED);
}

void drawPrint(cv::Mat& page, int x, int y) {
    cv::putText(page, "number of ballots", {x, y}, cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar(printed), 2,
                cv::LINE_AA);
}

// Lines of a form: print, and blanks behind it. The dots of the second are `level`.
cv::Mat form(int level = printed) {
    cv::Mat page = blankPage();
    for (const int y : {100, 153, 206}) {
        drawPrint(page, 240, y);
        drawDots(page, 720, 832, y, y == 153 ? level : printed);
        drawDots(page, 918, 1492, y, y == 153 ? level : printed);
    }
    return page;
}

// A dark line in pieces, of which some lie beside the table; what lies under it becomes darker.
void drawFold(cv::Mat& page, double y, double slope, double dark, int from = 0, int to = 1620) {
    std::minstd_rand random(static_cast<unsigned>(100.0 * y) + 1);
    for (int x = from; x < to; ++x) {
        const double piece = 1.2 * (random() % 1000) / 1000.0 - 0.6;
        if (std::sin(x * 0.011 + 2.0) + piece < -0.35)
            continue;
        const int at = cvRound(y + slope * x + 2.0 * std::sin(x * 0.01));
        for (int k = at - 1; k <= at + 1; ++k) {
            const double keep = k == at ? dark : 0.5 + 0.5 * dark;
            page.at<uchar>(k, x) = cv::saturate_cast<uchar>(page.at<uchar>(k, x) * keep);
        }
    }
}

// Blurred, and on paper of that grey level.
cv::Mat scanned(const cv::Mat& page, int level = paper) {
    cv::Mat result;
    cv::GaussianBlur(page, result, {}, 0.8);
    return result * level / paper;
}

std::vector<DottedLine> linesOf(const cv::Mat& page) {
    return findDottedLines(inkMask(page), page, findFolds(page, left, right));
}

// Whether dots fill the blank from `from` to `to` from end to end, but for pieces and some pixels.
bool isFilled(const DottedLine& line, int from, int to) {
    constexpr int someDots = 10;
    int first = to;
    int last = from;
    int covered = 0;
    for (const DotRun& run : line.runs) {
        if (run.left < from - someDots || run.right > to + someDots)
            continue;
        first = std::min(first, run.left);
        last = std::max(last, run.right);
        covered += run.right - run.left;
    }
    return first <= from + someDots && last >= to - someDots && covered >= 0.8 * (to - from);
}

// The line at `y` has its two blanks and nothing else.
bool hasItsBlanks(const std::vector<DottedLine>& lines, int y) {
    return std::any_of(lines.begin(), lines.end(), [y](const DottedLine& line) {
        return std::abs(line.y - y) <= 2 && isFilled(line, 720, 832) && isFilled(line, 918, 1492) &&
               std::all_of(line.runs.begin(), line.runs.end(), [](const DotRun& run) {
                   return (run.left > 705 && run.right < 847) || (run.left > 903 && run.right < 1507);
               });
    });
}

void compareWithForm(const std::vector<DottedLine>& lines) {
    QCOMPARE(lines.size(), 3U);
    for (const int y : {100, 153, 206})
        QVERIFY2(hasItsBlanks(lines, y), qPrintable(QString::number(y)));
}

}  // namespace

/// Pictures of a form's lines, 1,400 px from one side of its table to the other.
class DottedLinesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blanksOfAPlainFormAreFound() {
        compareWithForm(linesOf(form()));
        QVERIFY(findFolds(form(), left, right).empty());
    }

    void aFoldBesideOrOnDotsLeavesThemWhereTheyAre_data() {
        QTest::addColumn<double>("y");
        QTest::addColumn<double>("slope");
        QTest::addColumn<int>("level");
        for (const double y : {140.0, 147.0, 151.0, 153.0, 155.0, 158.0, 164.0, 168.0}) {
            for (const double slope : {0.0, 0.008, -0.008, 0.03}) {
                for (const int level : {paper, 215})
                    QTest::addRow("%.0f, %.3f on %d", y, slope, level) << y - slope * 810 << slope << level;
            }
        }
    }
    void aFoldBesideOrOnDotsLeavesThemWhereTheyAre() {
        QFETCH(double, y);
        QFETCH(double, slope);
        QFETCH(int, level);
        cv::Mat page = form();
        drawFold(page, y, slope, 0.8);
        page = scanned(page, level);
        const auto folds = findFolds(page, left, right);
        QCOMPARE(folds.size(), 1U);
        QVERIFY(std::abs(folds[0].at(810) - (y + slope * 810)) < 4.0);
        compareWithForm(linesOf(page));
    }

    // Dots that the scan made fainter than the rest of the page's are no fold, nor is anything fainter than a
    // pen that crosses the dots.
    void faintDotsStayBesideAFold() {
        for (const bool pen : {false, true}) {
            cv::Mat page = form(135);
            drawFold(page, 153.0, 0.0, 0.85);
            for (int x = 930; pen && x < 1480; x += 30)
                cv::line(page, {x, 175}, {x + 12, 220}, cv::Scalar(10), 9);
            const auto lines = linesOf(scanned(page, 215));
            QVERIFY(hasItsBlanks(lines, 100));
            QVERIFY(hasItsBlanks(lines, 153));
        }
    }

    void everyFoldIsFound() {
        cv::Mat page = form();
        drawFold(page, 104.0, -0.004, 0.8);
        drawFold(page, 214.0, 0.004, 0.75);
        page = scanned(page);
        QCOMPARE(findFolds(page, left, right).size(), 2U);
        compareWithForm(linesOf(page));
    }

    // It may hide dots on which it lies, but never those of other lines.
    void aDarkFoldLeavesOtherLines() {
        for (const double y : {146.0, 153.0, 160.0}) {
            cv::Mat page = form();
            drawFold(page, y, 0.0, 0.4);
            drawFold(page, 211.0, 0.0, 0.8);
            const auto lines = linesOf(scanned(page));
            QVERIFY(hasItsBlanks(lines, 100));
            QVERIFY(hasItsBlanks(lines, 206));
        }
    }

    // Its pieces stand less evenly than dots: on a line of their own they would be taken for a line of the
    // form, as they would in all of these 21. By chance a few do stand evenly.
    void aDarkFoldBetweenLinesIsHardlyEverOne() {
        int taken = 0;
        for (const double y : {60.0, 75.0, 125.0, 128.0, 178.0, 235.0, 260.0}) {
            for (const double dark : {0.3, 0.4, 0.5}) {
                cv::Mat page = form();
                drawFold(page, y, 0.0, dark);
                const auto lines = linesOf(scanned(page));
                for (const int own : {100, 153, 206})
                    QVERIFY(hasItsBlanks(lines, own));
                taken += lines.size() > 3 ? 1 : 0;
            }
        }
        QVERIFY2(taken <= 3, qPrintable(QString::number(taken)));
    }

    void whatEndsAtTheTableIsNoFold() {
        cv::Mat page = form();
        drawFold(page, 165.0, 0.0, 0.3, 90, 1530);
        QVERIFY(findFolds(page, left, right).empty());
        drawFold(page, 165.0, 0.0, 0.3, 0, 110);
        QVERIFY(findFolds(page, left, right).empty());
        // Pictures without paper beside the table, and of nothing.
        QVERIFY(findFolds(page.colRange(left, right), 0, right - left).empty());
        QVERIFY(findFolds(page.rowRange(0, 5), left, right).empty());
    }

    // A line of the form between marks at both edges of the paper, as a scan that ends beside the table makes
    // of specks.
    void marksBesideTheTableAreNoFold() {
        for (const int y : {150, 153, 156}) {
            cv::Mat page = form();
            cv::rectangle(page, {0, y - 1, 90, 3}, cv::Scalar(40), cv::FILLED);
            cv::rectangle(page, {1530, y - 1, 90, 3}, cv::Scalar(40), cv::FILLED);
            QVERIFY(findFolds(scanned(page), left, right).empty());
            compareWithForm(linesOf(scanned(page)));
            // Dots that run together look like a long stroke: all the same they stay.
            cv::GaussianBlur(page, page, {}, 1.2);
            compareWithForm(linesOf(page));
        }
    }

    void blackAndWhiteKeepsItsDots() {
        cv::Mat page = form();
        drawFold(page, 163.0, 0.0, 0.4);
        cv::Mat bits;
        cv::threshold(scanned(page), bits, 160, 255, cv::THRESH_BINARY);
        QCOMPARE(findFolds(bits, left, right).size(), 1U);
        const auto lines = linesOf(bits);
        for (const int y : {100, 153, 206}) {
            const auto line = std::find_if(lines.begin(), lines.end(),
                                           [y](const DottedLine& each) { return std::abs(each.y - y) <= 2; });
            QVERIFY2(line != lines.end() && isFilled(*line, 720, 832) && isFilled(*line, 918, 1492),
                     qPrintable(QString::number(y)));
        }
    }
};

QTEST_APPLESS_MAIN(DottedLinesTest)
#include "tst_dottedlines.moc"
