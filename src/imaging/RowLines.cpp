// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/RowLines.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace tallydesk {

namespace {

constexpr double scoreFrom = 0.35;  // the score column's left line stands between these shares of the width
constexpr double scoreTo = 0.80;
constexpr double lineCost = 0.35;      // a weaker response than this is no line
constexpr double spacingWeight = 0.9;  // of the squared logarithm of the gap over the usual gap

cv::Mat openedVertical(const cv::Mat& ink, int length) {
    cv::Mat lines;
    cv::dilate(ink, lines, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
    cv::morphologyEx(lines, lines, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, length}));
    return lines;
}

// Whether the score column's own line is seen between two y (table coordinates), as it is above or below each
// row line. An underline does not meet it, nor does the edge of a page: what lies behind that is dark
// everywhere, or no longer on the picture.
bool scoreLineRuns(const TableGeometry& table, int y0, int y1) {
    constexpr int beside = 45;
    constexpr double seenAsLine = 0.6;
    constexpr double allDark = 0.95;
    const int seen = std::min(y1, table.ink.rows - table.origin.y) - std::max(y0, -table.origin.y);
    return 2 * seen > y1 - y0 && uprightShare(table, table.scoreLeft, y0, y1, 16) > seenAsLine &&
           (uprightShare(table, table.scoreLeft - beside, y0, y1) < allDark ||
            uprightShare(table, table.scoreLeft + beside, y0, y1) < allDark);
}

struct Chain {
    double score = 0.0;
    std::vector<int> lines;
};

Chain bestChain(const std::vector<int>& candidates, const std::vector<double>& response, double pitch) {
    const std::size_t n = candidates.size();
    std::vector<double> best(n);
    std::vector<int> previous(n, -1);
    Chain chain;
    std::size_t end = n;
    for (std::size_t i = 0; i < n; ++i) {
        const double own = response[static_cast<std::size_t>(candidates[i])] - lineCost;
        best[i] = own;
        for (std::size_t j = 0; j < i; ++j) {
            const double gap = candidates[i] - candidates[j];
            if (gap < 0.5 * pitch || gap > 2.3 * pitch)
                continue;
            const double bend = std::log(gap / pitch);
            const double score = best[j] + own - spacingWeight * bend * bend;
            if (score > best[i]) {
                best[i] = score;
                previous[i] = static_cast<int>(j);
            }
        }
        if (best[i] > chain.score) {
            chain.score = best[i];
            end = i;
        }
    }
    if (end < n) {
        for (int i = static_cast<int>(end); i >= 0; i = previous[static_cast<std::size_t>(i)])
            chain.lines.push_back(candidates[static_cast<std::size_t>(i)]);
        std::reverse(chain.lines.begin(), chain.lines.end());
    }
    return chain;
}

// How many of the table's upright lines run between two row lines.
int uprightsBetween(const TableGeometry& table, int top, int bottom) {
    constexpr int beside = 10;  // the row lines themselves
    constexpr int reach = 24;   // of a curled page
    constexpr double seenAsLine = 0.6;
    std::vector<int> uprights = table.separators;
    uprights.insert(uprights.end(), {0, tableWidth});
    return static_cast<int>(std::count_if(uprights.begin(), uprights.end(), [&](int x) {
        return uprightShare(table, x, top + beside, bottom - beside, reach) > seenAsLine;
    }));
}

// A fold above the table, which a bracket or a digit seems to join to it, is none of its lines: hardly any
// upright runs between them, where three or more run through the table's own head, which is higher than a
// row, and its first row.
void dropFoldAbove(TableGeometry& table) {
    constexpr int byChance = 1;
    constexpr double lowestHead = 1.1;  // pitches
    const std::vector<int>& lines = table.lines;
    if (lines.size() > 3 && lines[2] - lines[1] >= lowestHead * table.pitch &&
        uprightsBetween(table, lines[0], lines[1]) <= byChance &&
        uprightsBetween(table, lines[1], lines[2]) > byChance + 1 &&
        uprightsBetween(table, lines[2], lines[3]) > byChance + 1)
        table.lines.erase(table.lines.begin());
}

}  // namespace

bool findColumns(TableGeometry& table) {
    const int top = table.origin.y;
    const int bottom = std::min(table.image.rows, top + table.bodyHeight);
    if (bottom - top < 60)
        return false;
    cv::Mat lines = openedVertical(table.ink, 45);
    cv::dilate(lines, lines, cv::getStructuringElement(cv::MORPH_RECT, {9, 31}));
    cv::Mat share;
    cv::reduce(lines.rowRange(top, bottom), share, 0, cv::REDUCE_AVG, CV_64F);
    std::vector<std::pair<double, int>> peaks;
    const auto at = [&](int x) { return share.at<double>(0, x + table.origin.x) / 255.0; };
    for (int x = 60; x < tableWidth - 60;) {
        if (at(x) < 0.4) {
            ++x;
            continue;
        }
        int end = x;
        double high = 0.0;
        while (end < tableWidth - 60 && at(end) >= 0.4)
            high = std::max(high, at(end++));
        double sum = 0.0;
        double weight = 0.0;
        for (int k = x; k < end; ++k) {
            if (at(k) > 0.8 * high) {
                sum += k;
                weight += 1.0;
            }
        }
        const int centre = cvRound(sum / weight);
        if (peaks.empty() || centre - peaks.back().second > 40)
            peaks.emplace_back(high, centre);
        else if (high > peaks.back().first)
            peaks.back() = {high, centre};
        x = end;
    }
    // Where a fold lies on the score column's line, it can't be told from it.
    const auto isFold = [&](const std::pair<double, int>& peak) {
        return runsThrough(table, peak.second, 0, bottom - top);
    };
    const auto mayBeScore = [&](const std::pair<double, int>& peak) {
        return peak.second >= scoreFrom * tableWidth && peak.second <= scoreTo * tableWidth;
    };
    const bool tellFolds = std::any_of(peaks.begin(), peaks.end(), [&](const std::pair<double, int>& peak) {
        return mayBeScore(peak) && !isFold(peak);
    });
    double best = 0.0;
    for (const auto& [high, x] : peaks) {
        if (tellFolds && isFold({high, x}))
            continue;
        table.separators.push_back(x);
        if (!mayBeScore({high, x}))
            continue;
        // The score column's own line is the rightmost; it alone also runs beside the total.
        if (high > best - 0.08) {
            best = std::max(best, high);
            table.scoreLeft = x;
        }
    }
    return table.scoreLeft > 0;
}

bool runsThrough(const TableGeometry& table, int x, int top, int bottom) {
    // Folds show in pieces, but in longer ones than any letter or bracket that stands there by chance.
    constexpr int beside = 20;
    constexpr int looked = 240;
    constexpr double share = 0.3;
    constexpr int reach = 10;
    return uprightShare(table, x, top - beside - looked, top - beside, reach) > share &&
           uprightShare(table, x, bottom + beside, bottom + beside + looked, reach) > share;
}

std::vector<double> ruleResponse(const TableGeometry& table, int x0, int x1, int tilt) {
    const int height = table.image.rows;
    std::vector<double> response(static_cast<std::size_t>(height), 0.0);
    const int left = std::clamp(x0 + table.origin.x, 0, table.ink.cols - 1);
    const int right = std::clamp(x1 + table.origin.x, left + 1, table.ink.cols);
    cv::Mat lines;
    cv::dilate(table.ink.colRange(left, right), lines, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
    cv::morphologyEx(lines, lines, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {45, 1}));
    const int width = right - left;
    std::vector<int> sums(static_cast<std::size_t>(height));
    for (int t = -tilt; t <= tilt; t += 2) {
        std::fill(sums.begin(), sums.end(), 0);
        for (int y = 0; y < height; ++y) {
            const uchar* row = lines.ptr<uchar>(y);
            for (int x = 0; x < width; ++x) {
                if (row[x] == 0)
                    continue;
                const int target = y - cvRound(t * (static_cast<double>(x) / width - 0.5));
                if (target >= 0 && target < height)
                    ++sums[static_cast<std::size_t>(target)];
            }
        }
        for (std::size_t y = 0; y < sums.size(); ++y)
            response[y] = std::max(response[y], std::min(1.0, static_cast<double>(sums[y]) / width));
    }
    return response;
}

double uprightShare(const TableGeometry& table, int x, int y0, int y1, int reach) {
    const int left = std::clamp(x - reach + table.origin.x, 0, table.ink.cols - 1);
    const int right = std::clamp(x + reach + table.origin.x, left + 1, table.ink.cols);
    const int top = std::clamp(y0 + table.origin.y, 0, table.ink.rows - 1);
    const int bottom = std::clamp(y1 + table.origin.y, top + 1, table.ink.rows);
    const int length = std::max(9, (bottom - top) / 3);
    const cv::Mat lines = openedVertical(table.ink(cv::Range(top, bottom), cv::Range(left, right)), length);
    int covered = 0;
    for (int y = 0; y < lines.rows; ++y)
        covered += cv::countNonZero(lines.row(y)) > 0 ? 1 : 0;
    return static_cast<double>(covered) / lines.rows;
}

void findRowLines(TableGeometry& table) {
    table.lines.clear();
    const int width = tableWidth - table.scoreLeft;
    const std::vector<double> response =
        ruleResponse(table, table.scoreLeft + 8, table.scoreLeft + width / 2);
    std::vector<int> candidates;
    const int height = static_cast<int>(response.size());
    for (int y = 0; y < height; ++y) {
        const double own = response[static_cast<std::size_t>(y)];
        if (own < 0.3)
            continue;
        // The middle of each plateau that is highest within its neighbourhood.
        bool highest = true;
        for (int k = std::max(0, y - 8); k <= std::min(height - 1, y + 8) && highest; ++k)
            highest = response[static_cast<std::size_t>(k)] <= own;
        if (!highest)
            continue;
        int end = y;
        while (end + 1 < height && response[static_cast<std::size_t>(end + 1)] >= own)
            ++end;
        const int middle = (y + end) / 2 - table.origin.y;
        if (scoreLineRuns(table, middle - 54, middle - 10) || scoreLineRuns(table, middle + 10, middle + 54))
            candidates.push_back((y + end) / 2);
        y = end + 8;
    }
    if (candidates.size() < 2)
        return;
    Chain best;
    for (double pitch = 50.0; pitch <= 120.0; pitch += 1.0) {
        Chain chain = bestChain(candidates, response, pitch);
        if (chain.score > best.score) {
            best = std::move(chain);
            table.pitch = pitch;
        }
    }
    for (const int y : best.lines)
        table.lines.push_back(y - table.origin.y);
    std::vector<int> gaps;
    for (std::size_t i = 1; i < table.lines.size(); ++i)
        gaps.push_back(table.lines[i] - table.lines[i - 1]);
    if (gaps.empty())
        return;
    std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
    table.pitch = gaps[gaps.size() / 2];
    dropFoldAbove(table);
}

}  // namespace tallydesk
