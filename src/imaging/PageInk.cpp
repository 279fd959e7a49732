// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/PageInk.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace tallydesk {

namespace {

constexpr double workingLength = 2339.0;  // A4 at 200 dpi
constexpr int lineLength = 45;            // longer than any letter stroke at 200 dpi

double shearScore(const std::vector<cv::Point>& points, int height, double slope) {
    std::vector<int> rows(static_cast<std::size_t>(height), 0);
    for (const auto& p : points) {
        const int y = static_cast<int>(std::lround(p.y + slope * p.x));
        if (y >= 0 && y < height)
            ++rows[static_cast<std::size_t>(y)];
    }
    double score = 0.0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const double d = rows[i] - rows[i - 1];
        score += d * d;
    }
    return score;
}

}  // namespace

cv::Mat toGrey(const cv::Mat& page) {
    if (page.empty())
        return {};
    cv::Mat eight = page;
    if (page.depth() == CV_16U)
        page.convertTo(eight, CV_8U, 1.0 / 257.0);
    else if (page.depth() != CV_8U)
        page.convertTo(eight, CV_8U);
    cv::Mat grey;
    if (eight.channels() == 1)
        grey = eight;
    else
        cv::cvtColor(eight, grey, eight.channels() == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
    return grey;
}

cv::Mat inkMask(const cv::Mat& grey, int block, double offset) {
    cv::Mat ink;
    cv::adaptiveThreshold(grey, ink, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV, block, offset);
    return ink;
}

double estimateSkew(const cv::Mat& ink) {
    // Only a third of the resolution: rows of text still stand apart, and the search stays cheap.
    cv::Mat small;
    cv::resize(ink, small, {}, 1.0 / 3.0, 1.0 / 3.0, cv::INTER_AREA);
    const int marginX = small.cols / 12;
    const int marginY = small.rows / 20;
    const cv::Mat inner =
        small(cv::Rect(marginX, marginY, small.cols - 2 * marginX, small.rows - 2 * marginY)) > 100;
    std::vector<cv::Point> points;
    cv::findNonZero(inner, points);
    if (points.size() < 200)
        return 0.0;
    const auto search = [&](double from, double to, double step) {
        double best = 0.0;
        double bestScore = -1.0;
        for (double angle = from; angle <= to + 1e-9; angle += step) {
            const double score = shearScore(points, inner.rows, std::tan(angle * CV_PI / 180.0));
            if (score > bestScore) {
                bestScore = score;
                best = angle;
            }
        }
        return best;
    };
    const double coarse = search(-6.0, 6.0, 0.5);
    return search(coarse - 0.4, coarse + 0.4, 0.1);
}

PageInk preparePageInk(const cv::Mat& page) {
    PageInk result;
    const cv::Mat grey = toGrey(page);
    if (grey.empty() || grey.cols < 100 || grey.rows < 100)
        return result;
    double scale = workingLength / std::max(grey.cols, grey.rows);
    if (scale > 0.93 && scale < 1.07)
        scale = 1.0;
    cv::Mat work = grey;
    if (scale != 1.0)
        cv::resize(grey, work, {}, scale, scale, scale < 1.0 ? cv::INTER_AREA : cv::INTER_CUBIC);
    result.skewDegrees = estimateSkew(inkMask(work));
    result.toWork = cv::Matx23d(scale, 0, 0, 0, scale, 0);
    if (std::abs(result.skewDegrees) > 0.15) {
        const cv::Mat rotation = cv::getRotationMatrix2D(
            cv::Point2f(static_cast<float>(work.cols) / 2.0F, static_cast<float>(work.rows) / 2.0F),
            -result.skewDegrees, 1.0);
        const cv::Matx23d r(rotation.at<double>(0, 0), rotation.at<double>(0, 1), rotation.at<double>(0, 2),
                            rotation.at<double>(1, 0), rotation.at<double>(1, 1), rotation.at<double>(1, 2));
        cv::Mat turned;
        cv::warpAffine(work, turned, r, work.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
        work = turned;
        result.toWork =
            cv::Matx23d(r(0, 0) * scale, r(0, 1) * scale, r(0, 2), r(1, 0) * scale, r(1, 1) * scale, r(1, 2));
    }
    result.grey = work;
    result.ink = inkMask(work);

    const auto opened = [&](cv::Size grow, cv::Size length, cv::Size bridge) {
        cv::Mat lines;
        cv::dilate(result.ink, lines, cv::getStructuringElement(cv::MORPH_RECT, grow));
        cv::morphologyEx(lines, lines, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, length));
        cv::morphologyEx(lines, lines, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, bridge));
        return lines;
    };
    result.horizontal = opened({1, 3}, {lineLength, 1}, {31, 3});
    result.vertical = opened({3, 1}, {1, lineLength}, {3, 31});
    return result;
}

}  // namespace tallydesk
