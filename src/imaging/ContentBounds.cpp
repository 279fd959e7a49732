// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/ContentBounds.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace tallydesk {

namespace {

constexpr double kViewLength = 600.0;  // marks are found in a small view
constexpr double kInkLevel = 215.0;    // anything darker than paper and its grain
constexpr double kGutterShare = 0.6;   // of a line that is dark from end to end
constexpr double kGutterReach = 0.08;  // a gutter is no wider than this part of the page
constexpr int kSeam = 2;               // bright lines that may lie before it
constexpr double kLeastMark = 6.0;     // pixels of the view; smaller ones are specks
constexpr double kRim = 0.012;         // of the longer side

/// How many lines at one end are dark gutter. `line(i)` is the i-th line from that end. A line of a table
/// that stands apart from the edge is none.
template <typename Line>
int gutter(int lines, Line line) {
    int dark = 0;
    for (int i = 0; i < lines && i <= dark + kSeam; ++i)
        if (cv::countNonZero(line(i)) > kGutterShare * static_cast<double>(line(i).total()))
            dark = i + 1;
    return dark;
}

/// Within the gutters of a view whose marks are not 0.
cv::Rect withoutGutters(const cv::Mat& marks) {
    const int rows = cvRound(kGutterReach * marks.rows);
    const int columns = cvRound(kGutterReach * marks.cols);
    const int left = gutter(columns, [&](int i) { return marks.col(i); });
    const int right = gutter(columns, [&](int i) { return marks.col(marks.cols - 1 - i); });
    const int top = gutter(rows, [&](int i) { return marks.row(i); });
    const int bottom = gutter(rows, [&](int i) { return marks.row(marks.rows - 1 - i); });
    return {left, top, marks.cols - left - right, marks.rows - top - bottom};
}

}  // namespace

cv::Rect contentBounds(const cv::Mat& grey) {
    const cv::Rect all(0, 0, grey.cols, grey.rows);
    if (grey.empty() || grey.type() != CV_8U)
        return all;
    const double scale = std::min(1.0, kViewLength / std::max(grey.cols, grey.rows));
    // The darkest pixel of each tile: a thin faint stroke would vanish in the mean.
    const int tile = cvCeil(1.0 / scale);
    cv::Mat darkest;
    cv::erode(grey, darkest, cv::getStructuringElement(cv::MORPH_RECT, {tile, tile}));
    cv::Mat view;
    cv::resize(darkest, view, {}, scale, scale, cv::INTER_NEAREST);
    const cv::Mat marks = view < kInkLevel;
    const cv::Rect inner = withoutGutters(marks);
    if (inner.width < marks.cols / 2 || inner.height < marks.rows / 2)
        return all;

    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(marks(inner), labels, stats, centroids, 8);
    cv::Rect found;
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_AREA) < kLeastMark)
            continue;
        found |= cv::Rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                          stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    }
    if (found.empty())
        return all;
    const cv::Rect2d exact((found.x + inner.x) / scale, (found.y + inner.y) / scale, found.width / scale,
                           found.height / scale);
    const int rim = cvRound(kRim * std::max(grey.cols, grey.rows)) + tile;
    const cv::Rect bounds(cvFloor(exact.x) - rim, cvFloor(exact.y) - rim, cvCeil(exact.width) + 2 * rim,
                          cvCeil(exact.height) + 2 * rim);
    return bounds & all;
}

}  // namespace tallydesk
