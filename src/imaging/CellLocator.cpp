// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/CellLocator.h"

#include "imaging/RowLines.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace tallydesk {

namespace {

// In pitches; rows of real forms measure 0.89 to 1.15, the head of the table 1.1 to 1.8.
constexpr double tallestRow = 1.5;
constexpr double lowestRow = 0.6;
constexpr double tallestHeader = 2.0;

constexpr int cellMarginLeft = 5;
constexpr int cellMarginRight = 2;
constexpr int bracketMargin = 10;  // digits may lean over the bracket
constexpr double usualBracket = 0.25;

struct Bracket {
    int row = 0;
    int left = 0;
};

// Tall, thin strokes that may be a printed "(": height about that of a printed line.
std::vector<Bracket> bracketCandidates(const TableGeometry& table, int row, int top, int bottom) {
    const int width = tableWidth - table.scoreLeft;
    const cv::Rect area(table.scoreLeft + table.origin.x + width / 8,
                        std::max(0, bottom - 70 + table.origin.y), width * 3 / 10,
                        std::min(70, bottom - top) - 3);
    const cv::Mat part = table.ink(area & cv::Rect({}, table.ink.size()));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(part, labels, stats, centroids, 8, CV_32S);
    std::vector<Bracket> found;
    for (int i = 1; i < count; ++i) {
        const int w = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int h = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        const int n = stats.at<int>(i, cv::CC_STAT_AREA);
        if (h < 20 || h > 46 || w < 4 || w > 17 || h < 2 * w || n > 6 * h)
            continue;
        // A "(" is hollow at its right: its middle lies left of its ends.
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        const int y = stats.at<int>(i, cv::CC_STAT_TOP);
        const auto meanX = [&](int from, int to) {
            double sum = 0.0;
            int pixels = 0;
            for (int k = from; k < to; ++k) {
                for (int c = x; c < x + w; ++c) {
                    if (labels.at<int>(k, c) == i) {
                        sum += c;
                        ++pixels;
                    }
                }
            }
            return pixels > 0 ? sum / pixels : 0.0;
        };
        const double ends = (meanX(y, y + h / 4) + meanX(y + h - h / 4, y + h)) / 2.0;
        const double middle = meanX(y + h * 3 / 8, y + h * 5 / 8);
        if (ends - middle < 0.8)
            continue;
        const int left = x + area.x - table.origin.x;
        found.push_back({row, left});
    }
    return found;
}

// The x on which most rows agree; nothing where they do not.
std::optional<int> commonBracket(const std::vector<Bracket>& candidates, std::size_t rows) {
    std::optional<int> best;
    std::size_t most = std::max<std::size_t>(2, rows / 4) - 1;
    for (const auto& c : candidates) {
        std::vector<int> near;
        for (const auto& other : candidates) {
            if (std::abs(other.left - c.left) <= 7)
                near.push_back(other.left);
        }
        if (near.size() > most) {
            most = near.size();
            std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(near.size() / 2),
                             near.end());
            best = near[near.size() / 2];
        }
    }
    return best;
}

// Share of columns in the cell in which small dots stand just above the bottom line.
double dottedShare(const TableGeometry& table, int top, int bottom) {
    const int left = table.scoreLeft + table.origin.x + 20;
    const int right = tableWidth + table.origin.x - 20;
    const int y0 = std::clamp(std::max(top + 4, bottom - 42) + table.origin.y, 0, table.ink.rows - 2);
    const int y1 = std::clamp(bottom - 5 + table.origin.y, y0 + 1, table.ink.rows);
    cv::Mat dots = table.ink(cv::Range(y0, y1), cv::Range(left, right)).clone();
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(dots, labels, stats, centroids, 8, CV_32S);
    cv::Mat covered = cv::Mat::zeros(1, right - left, CV_8U);
    for (int i = 1; i < count; ++i) {
        const int w = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int h = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        if (h > 8)
            continue;
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        covered.colRange(std::max(0, x - 5), std::min(covered.cols, x + w + 5)).setTo(255);
    }
    return static_cast<double>(cv::countNonZero(covered)) / covered.cols;
}

// The widest ink-free gap near the usual place of the bracket: where digits end and words begin.
struct Gap {
    int left = 0;
    int right = 0;
};

Gap widestGap(const TableGeometry& table, int bottom) {
    const int width = tableWidth - table.scoreLeft;
    const int from = table.scoreLeft + table.origin.x + width / 12;
    const int to = table.scoreLeft + table.origin.x + width * 45 / 100;
    const int y0 = std::clamp(bottom - 72 + table.origin.y, 0, table.ink.rows - 2);
    const int y1 = std::clamp(bottom - 4 + table.origin.y, y0 + 1, table.ink.rows);
    cv::Mat strokes = table.ink(cv::Range(y0, y1), cv::Range(from, to)).clone();
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(strokes, labels, stats, centroids, 8, CV_32S);
    std::vector<bool> inked(static_cast<std::size_t>(to - from), false);
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_HEIGHT) < 9)
            continue;
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        for (int k = x; k < x + stats.at<int>(i, cv::CC_STAT_WIDTH); ++k)
            inked[static_cast<std::size_t>(k)] = true;
    }
    Gap best;
    int start = 0;
    bool seenInk = false;
    for (int x = 0; x <= to - from; ++x) {
        const bool stop = x == to - from || inked[static_cast<std::size_t>(x)];
        if (!stop)
            continue;
        // Only a gap between two pieces of writing says anything.
        if (seenInk && x < to - from && x - start > best.right - best.left)
            best = {start, x};
        seenInk = true;
        start = x + 1;
    }
    if (best.right - best.left < 14)
        return {};
    return {best.left + from - table.origin.x, best.right + from - table.origin.x};
}

// The bottom line seen by a strip further right: curled pages lift it there.
int lineNear(const std::vector<double>& response, const TableGeometry& table, int y) {
    int best = y;
    double high = 0.35;
    for (int k = -14; k <= 14; ++k) {
        const int index = y + k + table.origin.y;
        if (index < 0 || index >= static_cast<int>(response.size()))
            continue;
        const double value = response[static_cast<std::size_t>(index)] - 0.004 * std::abs(k);
        if (value > high) {
            high = value;
            best = y + k;
        }
    }
    return best;
}

// Compares with the row above, with which a curled page moves the separators together.
bool leftColumnsMerged(const TableGeometry& table, int aboveTop, int top, int bottom) {
    double strongest = 0.0;
    int inner = 0;
    for (const int x : table.separators) {
        if (x >= table.scoreLeft - 20)
            continue;
        ++inner;
        int shifted = x;
        double high = 0.0;
        for (int k = -24; k <= 24; k += 3) {
            const double share = uprightShare(table, x + k, aboveTop + 8, top - 8, 3) - 0.002 * std::abs(k);
            if (share > high) {
                high = share;
                shifted = x + k;
            }
        }
        strongest = std::max(strongest, uprightShare(table, shifted, top + 8, bottom - 8, 9));
    }
    return inner > 0 && strongest < 0.6;
}

bool isHeader(const TableGeometry& table, int top, int bottom) {
    // Two lines of print and no dots: taller than a row, or without the dotted rule of one.
    const double dotted = dottedShare(table, top, bottom);
    return dotted < 0.35 || (bottom - top > 1.15 * table.pitch && dotted < 0.7);
}

}  // namespace

ZoneCrop cutZone(const TableGeometry& table, int x0, int x1, int baseLine) {
    ZoneCrop zone;
    const cv::Rect wanted(x0 + table.origin.x, baseLine - cropAbove + table.origin.y, std::max(8, x1 - x0),
                          cropAbove + cropBelow);
    const cv::Rect inside = wanted & cv::Rect({}, table.image.size());
    if (inside.empty())
        return zone;
    cv::copyMakeBorder(table.image(inside), zone.image, inside.y - wanted.y, wanted.br().y - inside.br().y,
                       inside.x - wanted.x, wanted.br().x - inside.br().x, cv::BORDER_REPLICATE);
    zone.onPage = table.toPage(cv::Rect2d(x0, baseLine - cropAbove, wanted.width, wanted.height));
    return zone;
}

std::vector<ScoreCell> locateCells(const TableGeometry& table, CellContent content) {
    std::vector<ScoreCell> cells;
    bool headUnusual = false;
    bool missed = false;
    for (std::size_t i = 1; i < table.lines.size(); ++i) {
        ScoreCell cell;
        cell.top = table.lines[i - 1];
        cell.bottom = table.lines[i];
        const double height = (cell.bottom - cell.top) / table.pitch;
        if (i == 1 && isHeader(table, cell.top, cell.bottom)) {
            headUnusual = missed = height > tallestHeader;
            continue;
        }
        // A faint or folded line makes one row of two; no sum shows that, where one of them has no votes.
        cell.heightUnusual = headUnusual || height > tallestRow || height < lowestRow;
        missed = missed || cell.heightUnusual;
        cell.countUncertain = missed;
        cell.isTotal = i >= 2 && i + 1 == table.lines.size() &&
                       leftColumnsMerged(table, table.lines[i - 2], cell.top, cell.bottom);
        cells.push_back(std::move(cell));
    }

    const int width = tableWidth - table.scoreLeft;
    const auto middle =
        ruleResponse(table, table.scoreLeft + width * 35 / 100, table.scoreLeft + width * 75 / 100);
    if (content == CellContent::DigitsAlone) {
        for (ScoreCell& cell : cells)
            cell.digits = cutZone(table, table.scoreLeft + cellMarginLeft, tableWidth - cellMarginRight,
                                  lineNear(middle, table, cell.bottom));
        return cells;
    }

    std::vector<Bracket> candidates;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto found = bracketCandidates(table, static_cast<int>(i), cells[i].top, cells[i].bottom);
        candidates.insert(candidates.end(), found.begin(), found.end());
    }
    const int usual =
        commonBracket(candidates, cells.size()).value_or(table.scoreLeft + cvRound(usualBracket * width));

    for (std::size_t i = 0; i < cells.size(); ++i) {
        ScoreCell& cell = cells[i];
        int left = usual;
        for (const auto& c : candidates) {
            if (c.row == static_cast<int>(i) && std::abs(c.left - usual) <= 12 &&
                (!cell.hasBracket || std::abs(c.left - usual) < std::abs(left - usual))) {
                left = c.left;
                cell.hasBracket = true;
            }
        }
        int digitsEnd = left + bracketMargin;
        int wordsStart = left;
        if (cell.isTotal) {
            // Without a printed bracket the words start anywhere, and a letter may pass for one.
            const Gap gap = widestGap(table, cell.bottom);
            if (gap.right > 0 && (!cell.hasBracket || std::abs(gap.right - left) > 14)) {
                cell.hasBracket = false;
                digitsEnd = (gap.left + gap.right) / 2;
                wordsStart = std::max(digitsEnd, gap.right - 10);
            }
        }
        cell.digits = cutZone(table, table.scoreLeft + cellMarginLeft, digitsEnd, cell.bottom);
        cell.words =
            cutZone(table, wordsStart, tableWidth - cellMarginRight, lineNear(middle, table, cell.bottom));
    }
    return cells;
}

}  // namespace tallydesk
