// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/CropNormaliser.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace tallydesk {

namespace {

// Paper noise is not stretched to black: faint show-through must stay faint.
constexpr int leastInkDepth = 70;

}  // namespace

cv::Mat normaliseCrop(const cv::Mat& grey) {
    if (grey.empty())
        return {};
    // The paper is the brightest thing in a neighbourhood wider than any pen stroke.
    cv::Mat paper;
    cv::dilate(grey, paper, cv::getStructuringElement(cv::MORPH_ELLIPSE, {25, 25}));
    cv::GaussianBlur(paper, paper, {0, 0}, 9.0);
    cv::max(paper, grey, paper);
    cv::Mat flat;
    cv::divide(grey, paper, flat, 255.0);

    std::array<int, 256> histogram{};
    for (int y = 0; y < flat.rows; ++y) {
        const uchar* row = flat.ptr<uchar>(y);
        for (int x = 0; x < flat.cols; ++x)
            ++histogram[row[x]];
    }
    const auto level = [&](double share) {
        const double wanted = share * static_cast<double>(flat.total());
        double seen = 0.0;
        for (int v = 0; v < 256; ++v) {
            seen += histogram[static_cast<std::size_t>(v)];
            if (seen >= wanted)
                return v;
        }
        return 255;
    };
    const int white = std::max(level(0.60) - 6, 60);
    const int black = std::min(level(0.01), white - leastInkDepth);
    cv::Mat stretched;
    flat.convertTo(stretched, CV_8U, 255.0 / (white - black), -255.0 * black / (white - black));

    const int width =
        std::max(1, cvRound(static_cast<double>(stretched.cols) * normalisedHeight / stretched.rows));
    cv::Mat scaled;
    cv::resize(stretched, scaled, {width, normalisedHeight}, 0, 0, cv::INTER_AREA);
    return scaled;
}

}  // namespace tallydesk
