// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/BlankCutter.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

#include "imaging/PaintOver.h"

namespace tallydesk {

namespace {

constexpr int usualBlank = 130;
constexpr int narrowestBlank = 100;
constexpr int widestBlank = 200;
constexpr int longestLead = 80;        // a number hides so much of a blank behind its first dots
constexpr int usualFigureBlank = 120;  // of a line with one number and no words
constexpr int longestTail = 45;        // a figure hides so much of it behind its last dots
constexpr int longestHiddenEnd = 200;  // of a blank that words go on over
constexpr int longestOverrun = 90;     // of words beyond the end of their line
constexpr int overrunMargin = 6;
constexpr int foldAbove = 90;       // folds and page edges go on so far above writing,
constexpr double foldShare = 0.75;  // for so much of it
constexpr int furthestBefore = 90;  // a number begins before the usual place
constexpr int clearBefore = 30;     // with so much paper before it
constexpr int leastPrint = 3;       // letters
constexpr int unitWidth = 58;       // the printed unit between a number and its bracket is at least so wide

// Text lines stand closer than table rows: strokes that belong wholly to the line above or below would
// be read as part of the number, so they are painted over with paper.
void removeOtherLines(ZoneCrop& zone) {
    if (zone.image.empty())
        return;
    const int dotted = cropAbove - dottedToBase;
    const cv::Mat foreign = strokesWhere(
        zone.image, [=](const cv::Rect& box) { return box.y > dotted + 8 || box.br().y < dotted - 46; });
    paintOver(zone.image, foreign, paperOf(zone.image, 5.0));
}

}  // namespace

ZoneCrop cutBlank(const TableGeometry& table, const Blank& blank, int extraLeft, int extraRight) {
    // Dots fewer than usual are what the writing left of a longer row: the number stands before them, or its
    // last figure behind them.
    const int hidden = std::max(0, usualFigureBlank - (blank.right - blank.left));
    return cutBetween(table, blank.left - extraLeft - hidden,
                      blank.right + extraRight + std::min(hidden, longestTail), blank.y);
}

ZoneCrop cutBetween(const TableGeometry& table, int left, int right, int y) {
    ZoneCrop zone = cutZone(table, std::max(left, -table.origin.x + 1),
                            std::min(right, tableWidth + table.origin.x - 1), y + dottedToBase);
    removeOtherLines(zone);
    return zone;
}

namespace {

// The number blank of a line with a bracket, where its dots are seen.
std::optional<Blank> numberBlank(const BlankLine& line) {
    std::optional<Blank> found;
    for (int i = 0; line.bracket && i < line.firstWords; ++i) {
        const Blank& blank = line.blanks[static_cast<std::size_t>(i)];
        if (blank.right > *line.bracket - 270 && blank.right < *line.bracket - 20)
            found = blank;
    }
    return found;
}

// Where the dots before a number begin: those left of a number that is written over the middle of its blank
// are too few to be taken for a row of dots by themselves.
int leadingDots(const TableGeometry& table, const Blank& blank) {
    const cv::Rect area = cv::Rect(blank.left + table.origin.x - longestLead,
                                   blank.y + table.origin.y - largestDot, longestLead, 2 * largestDot) &
                          cv::Rect({}, table.ink.size());
    if (area.empty())
        return blank.left;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(table.ink(area), labels, stats, centroids, 8, CV_32S);
    int first = area.width;
    for (int i = 1; i < count; ++i) {
        const int top = stats.at<int>(i, cv::CC_STAT_TOP);
        const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        // Feet of letters and digits reach out of the strip.
        const bool within = top > 0 && top + height < area.height;
        if (within && height <= largestDot && stats.at<int>(i, cv::CC_STAT_WIDTH) <= 30 &&
            stats.at<int>(i, cv::CC_STAT_AREA) >= 2)
            first = std::min(first, stats.at<int>(i, cv::CC_STAT_LEFT));
    }
    return first < area.width ? area.x + first - table.origin.x : blank.left;
}

// Whether writing stands over the dotted line at `y` in the column `x` (of table.ink, as y). What goes on far
// above it is the edge of a page or a fold.
bool writtenAt(const cv::Mat& ink, int x, int y) {
    const auto share = [&](int from, int to) {
        const int top = std::max(0, from);
        const int height = std::min(to, ink.rows) - top;
        return height > 0 ? cv::countNonZero(ink(cv::Rect(x, top, 1, height))) / static_cast<double>(height)
                          : 0.0;
    };
    return share(y - writingAbove, y - largestDot / 2) > 0.0 &&
           share(y - foldAbove, y - writingAbove) < foldShare;
}

}  // namespace

int writingEnd(const TableGeometry& table, int right, int y, int furthest) {
    const int begin = right + table.origin.x;
    const cv::Rect area = cv::Rect(begin - widestLetterGap, y + table.origin.y - writingAbove,
                                   furthest + widestLetterGap, writingSeen) &
                          cv::Rect({}, table.ink.size());
    if (area.empty())
        return right;
    int last = begin;
    int gap = 0;
    for (int x = area.x; x < area.br().x && gap <= widestLetterGap; ++x) {
        const bool written = writtenAt(table.ink, x, y + table.origin.y);
        gap = written ? 0 : gap + 1;
        if (written && x >= begin)
            last = x + 1 + overrunMargin;
    }
    return std::max(right, last - table.origin.x);
}

std::vector<StrokeExtent> strokesOver(const TableGeometry& table, int left, int right, int y) {
    const cv::Rect area = cv::Rect(left + table.origin.x, y + table.origin.y - writingAbove,
                                   std::max(0, right - left), writingSeen) &
                          cv::Rect({}, table.ink.size());
    std::vector<StrokeExtent> strokes;
    if (area.empty())
        return strokes;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(table.ink(area), labels, stats, centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
        const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        if (height <= largestDot)
            continue;
        const int first = area.x + stats.at<int>(i, cv::CC_STAT_LEFT) - table.origin.x;
        strokes.push_back({first, first + stats.at<int>(i, cv::CC_STAT_WIDTH), height});
    }
    return strokes;
}

namespace {

// Where the writing begins that goes on to the left of `left`, over the dotted line at `y`: `left` where
// none does, or where it is print.
int writingBegin(const TableGeometry& table, int left, int y) {
    const int edge = left + table.origin.x;
    const cv::Rect area = cv::Rect(edge - furthestBefore, y + table.origin.y - writingAbove,
                                   furthestBefore + widestLetterGap, writingSeen) &
                          cv::Rect({}, table.ink.size());
    if (area.width < furthestBefore)
        return left;
    int first = edge;
    int gap = 0;
    for (int x = area.br().x - 1; x >= area.x; --x) {
        const bool written = writtenAt(table.ink, x, y + table.origin.y);
        gap = written ? 0 : gap + 1;
        if (written && x < edge)
            first = x - overrunMargin;
        if (gap > (first < edge ? clearBefore : widestLetterGap)) {
            const bool print = printedLetters(table.ink, first, edge, y + table.origin.y) >= leastPrint;
            return print ? left : std::min(left, first - table.origin.x);
        }
    }
    return left;
}

}  // namespace

ScoreCell cutFigureLine(const TableGeometry& table, const BlankLine& line,
                        const std::vector<BlankLine>& all) {
    ScoreCell cell;
    if (!line.bracket || line.blanks.empty())
        return cell;
    cell.hasBracket = true;
    const int bracket = *line.bracket;
    // Words may hide all of their dots.
    const bool hidden = line.firstWords >= static_cast<int>(line.blanks.size());
    const int wordsY = hidden ? line.y : line.blanks[static_cast<std::size_t>(line.firstWords)].y;
    // Digits may hide the first dots: of lines set alike the widest tells where the blank starts; without
    // any, the usual place right before the unit and the bracket.
    int start = 0;
    for (const auto& other : all) {
        const auto blank = numberBlank(other);
        if (blank && std::abs(*other.bracket - bracket) <= 30)
            start = std::min(start, leadingDots(table, *blank) - *other.bracket);
    }
    const auto own = numberBlank(line);
    int left = start < 0 ? bracket + start - 20 : bracket - unitWidth - usualBlank;
    if (own)
        left = std::min(left, own->left - 20);
    left = std::clamp(left, bracket - unitWidth - widestBlank, bracket - unitWidth - narrowestBlank);
    left = writingBegin(table, left, own ? own->y : wordsY);
    const int end = own ? std::max(bracket - unitWidth, own->right + 12) : bracket - unitWidth;
    // Nor do long words leave the last dots to be seen: the lines end one under the other.
    int wordsEnd = hidden ? bracket : line.blanks.back().right;
    int margin = wordsEnd;
    for (const auto& other : all) {
        if (other.bracket)
            margin = std::max(margin, other.blanks.back().right);
    }
    if (hidden || margin - wordsEnd <= longestHiddenEnd)
        wordsEnd = margin;
    cell.digits = cutZone(table, left, end, (own ? own->y : wordsY) + dottedToBase);
    const int wordsRight = std::min(std::max(wordsEnd + 18, bracket + 200), tableWidth + 20);
    cell.words =
        cutZone(table, bracket, writingEnd(table, wordsRight, wordsY, longestOverrun), wordsY + dottedToBase);
    removeOtherLines(cell.digits);
    removeOtherLines(cell.words);
    return cell;
}

}  // namespace tallydesk
