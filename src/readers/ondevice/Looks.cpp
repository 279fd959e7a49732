// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/Looks.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

namespace tallydesk {

namespace {

struct Look {
    double scale;
    double down;  // pixels; 8 % larger, 3 up keeps the writing about where it is
    double lean;  // columns to the right for each row above the one that stays
};
using Looks = std::array<Look, 3>;
constexpr Looks digitLooks{{{0.92, 3.0, 0.15}, {1.08, -3.0, -0.15}, {1.16, -3.0, 0.0}}};
constexpr Looks headLooks{{{1.0, 0.0, 0.0}, {1.16, -3.0, 0.0}, {1.16, 0.0, 0.0}}};
constexpr Looks wordLooks{{{1.0, 0.0, 0.15}, {1.0, 0.0, -0.15}, {1.08, 0.0, 0.0}}};
constexpr Looks nameLooks{{{1.0, 0.0, 0.0}, {0.92, 3.0, 0.15}, {1.08, -3.0, -0.15}}};
constexpr double upright = 30.0;  // the row that does not move when the rest leans

// From this row of a crop on its dots are over.
constexpr int belowDots = 34;
// Heights of small writing, in rows.
constexpr int mostSmall = 16;
constexpr int leastSmall = 6;
constexpr int leastInk = 3;  // pixels; fewer are dirt
constexpr int dark = 128;
constexpr int faint = 200;  // a thin stroke that the scan made lighter
constexpr int leastFaint = 2;
struct CloserLook {
    double height;  // that the writing is brought to, standing on the dots
    double lean;
};
constexpr std::array<CloserLook, 3> closerLooks{{{17.0, -0.15}, {17.0, 0.0}, {18.0, -0.15}}};

const Looks& looksFor(Writing writing) {
    switch (writing) {
        case Writing::Digits:
            return digitLooks;
        case Writing::HeadNumber:
            return headLooks;
        case Writing::Words:
            return wordLooks;
        case Writing::Name:
            break;
    }
    return nameLooks;
}

CtcScores lookOnce(const CtcNet& net, const cv::Mat& crop, const Look& view) {
    if (view.scale == 1.0 && view.down == 0.0 && view.lean == 0.0)
        return net.run(crop);
    const double slant = view.lean * view.scale;
    const cv::Matx23d warp(view.scale, -slant, slant * upright, 0.0, view.scale, view.down);
    cv::Mat scaled;
    cv::warpAffine(crop, scaled, warp, cv::Size(static_cast<int>(crop.cols * view.scale) + 4, crop.rows),
                   cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
    return net.run(scaled);
}

// The rows of all that is written above the dots; empty where something is written below them, which may be
// part of it.
cv::Range writtenRows(const cv::Mat& crop) {
    const cv::Mat ink = crop < dark;
    if (cv::countNonZero(ink.rowRange(belowDots, ink.rows)) >= leastInk)
        return {};
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count =
        cv::connectedComponentsWithStats(ink.rowRange(0, rowsAboveDots), labels, stats, centroids, 8, CV_32S);
    cv::Range rows;
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_AREA) < leastInk)
            continue;
        const int top = stats.at<int>(i, cv::CC_STAT_TOP);
        const int end = top + stats.at<int>(i, cv::CC_STAT_HEIGHT);
        rows = rows.empty() ? cv::Range(top, end)
                            : cv::Range(std::min(rows.start, top), std::max(rows.end, end));
    }
    return rows;
}

}  // namespace

std::vector<CtcScores> lookAt(const CtcNet& net, const cv::Mat& crop, Writing writing) {
    std::vector<CtcScores> result;
    for (const Look& view : looksFor(writing))
        result.push_back(lookOnce(net, crop, view));
    return result;
}

std::vector<CtcScores> lookCloser(const CtcNet& net, const cv::Mat& crop) {
    std::vector<CtcScores> result;
    const cv::Range rows = writtenRows(crop);
    if (rows.size() < leastSmall || rows.size() > mostSmall)
        return result;
    int top = 0;  // of all that is not paper
    while (top < rows.start && cv::countNonZero(crop.row(top) < faint) < leastFaint)
        ++top;
    std::array<Look, closerLooks.size()> views{};
    for (size_t i = 0; i < views.size(); ++i) {
        const double scale = closerLooks[i].height / rows.size();
        views[i] = {scale, rowsAboveDots - scale * (rows.end - 1), closerLooks[i].lean};
        if (scale * top + views[i].down < 0.0 || scale * belowDots + views[i].down > crop.rows)
            return result;
    }
    for (const Look& view : views)
        result.push_back(lookOnce(net, crop, view));
    return result;
}

}  // namespace tallydesk
