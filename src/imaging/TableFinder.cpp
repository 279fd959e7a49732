// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/TableFinder.h"

#include "imaging/RowLines.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace tallydesk {

namespace {

constexpr int minimumSideHeight = 110;  // two rows at 200 dpi
constexpr int endTolerance = 14;
constexpr int sideMargin = 110;  // text lines may reach further than the table
constexpr int farAbove = 2400;  // of the page around the table, so much is kept at most
constexpr int farBelow = 3600;
constexpr int leastBelow = 40;  // under the table's last line
constexpr int tallestTable = farBelow - leastBelow;

struct Upright {  // x = offset + slope * y
    double offset = 0.0;
    double slope = 0.0;
    double top = 0.0;
    double bottom = 0.0;
    std::vector<cv::Point2f> points;

    [[nodiscard]] double at(double y) const { return offset + slope * y; }
};

struct Level {
    cv::Point2d left;
    cv::Point2d right;
};

// Least squares with repeated rejection: corners where two lines meet pull a plain fit aside.
void fitUpright(Upright& line) {
    std::vector<cv::Point2f> kept = line.points;
    for (int round = 0; round < 4 && kept.size() >= 10; ++round) {
        cv::Vec4f v;
        cv::fitLine(kept, v, cv::DIST_HUBER, 0, 0.01, 0.01);
        if (std::abs(v[1]) < 1e-3F)
            break;
        line.slope = v[0] / v[1];
        line.offset = v[2] - line.slope * v[3];
        std::vector<cv::Point2f> next;
        for (const auto& p : line.points) {
            if (std::abs(line.at(p.y) - p.x) < 5.0)
                next.push_back(p);
        }
        kept.swap(next);
    }
}

std::vector<Upright> findUprights(const cv::Mat& vertical) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(vertical, labels, stats, centroids, 8, CV_32S);
    std::vector<Upright> found;
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        if (box.height < 60 || box.width > 12 + box.height / 6)
            continue;
        Upright line;
        for (int y = box.y; y < box.br().y; y += 2) {
            const int* row = labels.ptr<int>(y);
            int sum = 0;
            int n = 0;
            for (int x = box.x; x < box.br().x; ++x) {
                if (row[x] == i) {
                    sum += x;
                    ++n;
                }
            }
            if (n > 0 && n < 16)
                line.points.emplace_back(static_cast<float>(sum) / static_cast<float>(n),
                                         static_cast<float>(y));
        }
        if (line.points.size() < 20)
            continue;
        line.top = box.y;
        line.bottom = box.br().y;
        fitUpright(line);
        found.push_back(std::move(line));
    }
    // Pieces of one line, broken by handwriting or a fold, become one.
    std::sort(found.begin(), found.end(),
              [](const Upright& a, const Upright& b) { return a.points.size() > b.points.size(); });
    std::vector<Upright> merged;
    for (const auto& piece : found) {
        const double middle = (piece.top + piece.bottom) / 2.0;
        auto host = std::find_if(merged.begin(), merged.end(), [&](const Upright& m) {
            const double away = std::max({0.0, m.top - middle, middle - m.bottom});
            return std::abs(m.at(middle) - piece.at(middle)) < 7.0 + 0.01 * away && away < 500.0;
        });
        if (host == merged.end()) {
            merged.push_back(piece);
            continue;
        }
        host->points.insert(host->points.end(), piece.points.begin(), piece.points.end());
        host->top = std::min(host->top, piece.top);
        host->bottom = std::max(host->bottom, piece.bottom);
        fitUpright(*host);
    }
    std::erase_if(merged, [](const Upright& u) { return u.bottom - u.top < minimumSideHeight; });
    return merged;
}

std::vector<Level> findLevels(const cv::Mat& horizontal) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(horizontal, labels, stats, centroids, 8, CV_32S);
    std::vector<Level> levels;
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        if (box.width < 90 || box.height > 60)
            continue;
        const auto meanY = [&](int x) {
            double sum = 0.0;
            int n = 0;
            for (int y = box.y; y < box.br().y; ++y) {
                if (labels.at<int>(y, x) == i) {
                    sum += y;
                    ++n;
                }
            }
            return n > 0 ? sum / n : box.y + box.height / 2.0;
        };
        levels.push_back({{static_cast<double>(box.x), meanY(std::min(box.x + 3, box.br().x - 1))},
                          {static_cast<double>(box.br().x), meanY(std::max(box.br().x - 4, box.x))}});
    }
    return levels;
}

struct Sides {
    const Upright* left = nullptr;
    const Upright* right = nullptr;
    double score = 0.0;
};

// The two uprights between which the most row lines run from end to end.
Sides chooseSides(const std::vector<Upright>& uprights, const std::vector<Level>& levels, int pageWidth) {
    Sides best;
    for (const auto& l : uprights) {
        for (const auto& r : uprights) {
            const double top = std::max(l.top, r.top);
            const double bottom = std::min(l.bottom, r.bottom);
            const double middle = (top + bottom) / 2.0;
            if (bottom - top < minimumSideHeight || r.at(middle) - l.at(middle) < 0.5 * pageWidth)
                continue;
            int starts = 0;
            int ends = 0;
            int through = 0;
            int whole = 0;
            for (const auto& level : levels) {
                const double y = (level.left.y + level.right.y) / 2.0;
                if (y < top - 25 || y > bottom + 25)
                    continue;
                const bool start = std::abs(level.left.x - l.at(level.left.y)) < endTolerance;
                const bool end = std::abs(level.right.x - r.at(level.right.y)) < endTolerance;
                starts += start ? 1 : 0;
                ends += end ? 1 : 0;
                whole += start && end ? 1 : 0;
                if (level.left.x < l.at(level.left.y) - 40 && level.right.x > l.at(level.left.y) + 40)
                    ++through;
                if (level.right.x > r.at(level.right.y) + 40 && level.left.x < r.at(level.right.y) - 40)
                    ++through;
            }
            if (starts < 2 || ends < 2)
                continue;
            const double score = std::min(starts, ends) + whole - 1.0 * through + (bottom - top) / 2000.0;
            if (score > best.score)
                best = {&l, &r, score};
        }
    }
    return best;
}

}  // namespace

cv::Rect2d TableGeometry::toPage(const cv::Rect2d& rect) const {
    const std::vector<cv::Point2d> corners{{rect.x, rect.y},
                                           {rect.x + rect.width, rect.y},
                                           {rect.x, rect.y + rect.height},
                                           {rect.x + rect.width, rect.y + rect.height}};
    std::vector<cv::Point2d> mapped;
    cv::perspectiveTransform(corners, mapped, pageToTable.inv());
    const auto [x0, x1] = std::minmax_element(mapped.begin(), mapped.end(),
                                              [](const auto& a, const auto& b) { return a.x < b.x; });
    const auto [y0, y1] = std::minmax_element(mapped.begin(), mapped.end(),
                                              [](const auto& a, const auto& b) { return a.y < b.y; });
    return {x0->x, y0->y, x1->x - x0->x, y1->y - y0->y};
}

std::optional<TableGeometry> findTable(const cv::Mat& page, const PageInk& ink) {
    if (ink.ink.empty())
        return std::nullopt;
    const std::vector<Upright> uprights = findUprights(ink.vertical);
    const std::vector<Level> levels = findLevels(ink.horizontal);
    const Sides sides = chooseSides(uprights, levels, ink.ink.cols);
    if (sides.left == nullptr)
        return std::nullopt;
    const Upright& l = *sides.left;
    const Upright& r = *sides.right;

    // Corners: the first and last line that end at both sides; the sides' own ends where none does.
    double topLeft = l.top;
    double topRight = r.top;
    double bottomLeft = l.bottom;
    double bottomRight = r.bottom;
    double first = 1e9;
    double last = -1e9;
    for (const auto& level : levels) {
        const double y = (level.left.y + level.right.y) / 2.0;
        if (y < std::max(l.top, r.top) - 25 || y > std::min(l.bottom, r.bottom) + 25 ||
            std::abs(level.left.x - l.at(level.left.y)) > endTolerance ||
            std::abs(level.right.x - r.at(level.right.y)) > endTolerance)
            continue;
        if (y < first) {
            first = y;
            topLeft = level.left.y;
            topRight = level.right.y;
        }
        if (y > last) {
            last = y;
            bottomLeft = level.left.y;
            bottomRight = level.right.y;
        }
    }
    if (last - first < 40) {
        topLeft = topRight = std::max(l.top, r.top);
        bottomLeft = bottomRight = std::min(l.bottom, r.bottom);
    }

    TableGeometry table;
    const double width = (r.at(topRight) - l.at(topLeft) + r.at(bottomRight) - l.at(bottomLeft)) / 2.0;
    const double height = (bottomLeft - topLeft + bottomRight - topRight) / 2.0;
    const double tableHeight = height * tableWidth / width;
    if (width < 100 || tableHeight < 60 || tableHeight > tallestTable)
        return std::nullopt;
    const std::vector<cv::Point2f> from{
        {static_cast<float>(l.at(topLeft)), static_cast<float>(topLeft)},
        {static_cast<float>(r.at(topRight)), static_cast<float>(topRight)},
        {static_cast<float>(r.at(bottomRight)), static_cast<float>(bottomRight)},
        {static_cast<float>(l.at(bottomLeft)), static_cast<float>(bottomLeft)}};
    const float w = tableWidth;
    const float h = static_cast<float>(tableHeight);
    const std::vector<cv::Point2f> to{{0, 0}, {w, 0}, {w, h}, {0, h}};
    const cv::Mat m = cv::getPerspectiveTransform(from, to);
    const cv::Matx33d workToTable(m);
    const cv::Matx33d pageToWork(ink.toWork(0, 0), ink.toWork(0, 1), ink.toWork(0, 2), ink.toWork(1, 0),
                                 ink.toWork(1, 1), ink.toWork(1, 2), 0, 0, 1);
    table.pageToTable = workToTable * pageToWork;
    table.bodyHeight = cvRound(tableHeight);

    // The whole page at the table's scale: lines may go on beyond the corners found, figures stand above.
    const double middleX = page.cols / 2.0;
    std::vector<cv::Point2d> ends{{middleX, 0.0}, {middleX, static_cast<double>(page.rows)}};
    std::vector<cv::Point2d> mapped;
    cv::perspectiveTransform(ends, mapped, table.pageToTable);
    const int above = std::clamp(cvRound(-mapped[0].y), 40, farAbove);
    const int below = std::clamp(cvRound(mapped[1].y), table.bodyHeight + leastBelow, farBelow);
    table.origin = {sideMargin, above};
    // Fine scans are shrunk properly first; sampling them sparsely would break thin strokes.
    const bool fine = ink.toWork(0, 0) < 0.8;
    const cv::Matx33d shift(1, 0, sideMargin, 0, 1, above, 0, 0, 1);
    cv::warpPerspective(fine ? ink.grey : toGrey(page), table.image,
                        shift * (fine ? workToTable : table.pageToTable),
                        {tableWidth + 2 * sideMargin, above + below}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    table.ink = inkMask(table.image, 41, 14.0);
    if (!findColumns(table))
        return std::nullopt;
    findRowLines(table);
    if (table.lines.size() < 2)
        return std::nullopt;
    return table;
}

}  // namespace tallydesk
