// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/EvenLight.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace tallydesk {

namespace {

constexpr double viewLength = 600.0;    // paper changes slowly: a small view shows it
constexpr double narrowestView = 10.0;  // no page is such a strip
constexpr int strokeReach = 15;         // in that view, wider than any stroke
constexpr double brightPaper = 205.0;   // of paper that needs no help,
constexpr double enoughInk = 120.0;     // and how far its darker print must stand from it
constexpr double printShare = 0.985;    // so much of a form is lighter than its darker print
constexpr double paperLevel = 245.0;
constexpr double wantedInk = 190.0;
constexpr double mostGain = 2.6;       // more would make ink of the grain
constexpr double darkestPaper = 45.0;  // black borders are no paper

double levelOf(const cv::Mat& grey, double share) {
    std::vector<uchar> values;
    values.reserve(grey.total());
    for (int y = 0; y < grey.rows; ++y)
        values.insert(values.end(), grey.ptr<uchar>(y), grey.ptr<uchar>(y) + grey.cols);
    const auto at =
        values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace

cv::Mat evenLight(const cv::Mat& grey) {
    if (grey.empty() || grey.type() != CV_8U || std::min(grey.cols, grey.rows) < 100)
        return grey;
    const double scale = std::min(1.0, viewLength / std::max(grey.cols, grey.rows));
    if (scale * std::min(grey.cols, grey.rows) < narrowestView)
        return grey;
    cv::Mat small;
    cv::resize(grey, small, {}, scale, scale, cv::INTER_AREA);
    cv::Mat paper;
    cv::dilate(small, paper, cv::getStructuringElement(cv::MORPH_ELLIPSE, {strokeReach, strokeReach}));
    cv::GaussianBlur(paper, paper, {0, 0}, 8.0);
    // Print is thin: its depth is measured at the page's own sharpness, away from the edges.
    const int marginX = grey.cols / 10;
    const int marginY = grey.rows / 10;
    const cv::Rect inner(marginX, marginY, grey.cols - 2 * marginX, grey.rows - 2 * marginY);
    cv::Mat fullPaper;
    cv::resize(paper, fullPaper, grey.size(), 0, 0, cv::INTER_LINEAR);
    cv::max(fullPaper, cv::Scalar(darkestPaper), fullPaper);
    cv::Mat flat;
    cv::divide(grey, fullPaper, flat, paperLevel);
    const double ink = paperLevel - levelOf(flat(inner), 1.0 - printShare);
    const cv::Rect innerPaper(paper.cols / 10, paper.rows / 10, paper.cols * 8 / 10, paper.rows * 8 / 10);
    if (levelOf(paper(innerPaper), 0.2) >= brightPaper && ink >= enoughInk)
        return grey;
    const double gain = std::clamp(wantedInk / std::max(1.0, ink), 1.0, mostGain);
    flat.convertTo(flat, CV_8U, gain, paperLevel * (1.0 - gain));
    return flat;
}

}  // namespace tallydesk
