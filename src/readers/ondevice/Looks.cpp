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

// In rows of a crop. Above the dots:
constexpr int aboveDots = 27;
constexpr int mostSmall = 16;
constexpr int leastSmall = 6;
constexpr int leastInk = 8;  // pixels of a stroke
constexpr int dark = 128;
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

// Of what is written above the dots: the height of its highest stroke, and the row where the lowest ends.
struct WritingRows {
    int height = 0;
    int foot = 0;
};

WritingRows writingRows(const cv::Mat& crop) {
    WritingRows rows;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(crop.rowRange(0, aboveDots) < dark, labels, stats,
                                                       centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_AREA) < leastInk)
            continue;
        const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        rows.height = std::max(rows.height, height);
        rows.foot = std::max(rows.foot, stats.at<int>(i, cv::CC_STAT_TOP) + height - 1);
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
    const WritingRows rows = writingRows(crop);
    if (rows.height < leastSmall || rows.height > mostSmall)
        return result;
    for (const CloserLook& view : closerLooks) {
        const double scale = view.height / rows.height;
        result.push_back(lookOnce(net, crop, {scale, aboveDots - scale * rows.foot, view.lean}));
    }
    return result;
}

}  // namespace tallydesk
