// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/BlankFinder.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/Brackets.h"
#include "imaging/DottedLines.h"

namespace tallydesk {

namespace {

constexpr int coveredGap = 130;      // handwriting may hide so many dots of one blank
constexpr double coarseDepth = 9.0;  // of a bracket's blurred stroke
constexpr int tallerThanDots = 7;
// Pixels below the lines in which a fold is sought as well, which may come near them at one side only.
constexpr int belowLines = 40;
constexpr int surePrint = 4;      // so many letters between dots are a printed word
constexpr int possiblePrint = 2;  // so few may as well be a number

// A blank follows printed words on its own line; marks on empty paper do not.
bool followsPrint(const cv::Mat& ink, int left, int y) {
    const cv::Rect area = cv::Rect(left - 90, y - 34, 84, 36) & cv::Rect({}, ink.size());
    if (area.empty())
        return false;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink(area), labels, stats, centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_HEIGHT) >= 14 && stats.at<int>(i, cv::CC_STAT_AREA) >= 25)
            return true;
    }
    return false;
}

}  // namespace

int printedLetters(const cv::Mat& ink, int left, int right, int y) {
    const cv::Rect area = cv::Rect(left, y - 44, right - left, 52) & cv::Rect({}, ink.size());
    if (area.width < 40)
        return 0;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink(area), labels, stats, centroids, 8, CV_32S);
    int letters = 0;
    for (int i = 1; i < count; ++i) {
        const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        const int foot = stats.at<int>(i, cv::CC_STAT_TOP) + height + area.y;
        if (height >= 13 && height <= 27 && std::abs(foot - y) <= 6)
            ++letters;
    }
    return letters;
}

std::vector<BlankLine> findBlankLines(const TableGeometry& table, Sharpness sharpness) {
    const int end = table.origin.y + (table.lines.empty() ? 0 : table.lines.front()) - 12;
    if (end < 60)
        return {};
    const cv::Mat ink = table.ink.rowRange(0, end);
    cv::Mat strokes = ink;
    if (sharpness == Sharpness::Coarse) {
        strokes = inkMask(table.image.rowRange(0, end), 41, coarseDepth);
        cv::morphologyEx(strokes, strokes, cv::MORPH_OPEN,
                         cv::getStructuringElement(cv::MORPH_RECT, {1, tallerThanDots}));
    }
    const int searchEnd = std::min(table.image.rows, end + belowLines);
    const std::vector<FoldLine> folds =
        findFolds(table.image.rowRange(0, searchEnd), table.origin.x, table.origin.x + tableWidth);
    const std::vector<DottedLine> dotted = findDottedLines(ink, table.image.rowRange(0, end), folds);
    const std::vector<std::optional<int>> brackets = findBrackets(ink, strokes, dotted);

    std::vector<BlankLine> lines;
    for (std::size_t g = 0; g < dotted.size(); ++g) {
        BlankLine line;
        line.y = dotted[g].y - table.origin.y;
        const auto bracket = brackets[g];
        if (bracket)
            line.bracket = *bracket - table.origin.x;
        for (const auto& run : dotted[g].runs) {
            const bool behind = bracket && run.left > *bracket - 8;
            const bool divided = behind && static_cast<int>(line.blanks.size()) == line.firstWords;
            if (!line.blanks.empty() && !divided &&
                run.left - table.origin.x - line.blanks.back().right < coveredGap) {
                Blank& last = line.blanks.back();
                const int letters =
                    behind ? 0 : printedLetters(ink, last.right + table.origin.x + 4, run.left - 4, run.y);
                if (letters < surePrint) {
                    if (letters >= possiblePrint)
                        last.gaps.emplace_back(last.right, run.left - table.origin.x);
                    last.right = std::max(last.right, run.right - table.origin.x);
                    continue;
                }
            }
            if (!behind && !followsPrint(ink, run.left, run.y))
                continue;
            line.blanks.push_back(
                {run.left - table.origin.x, run.right - table.origin.x, run.y - table.origin.y});
            line.firstWords += behind ? 0 : 1;
        }
        if (!line.blanks.empty())
            lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace tallydesk
