// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/PaintOver.h"

#include <opencv2/imgproc.hpp>

#include "imaging/PageInk.h"

namespace tallydesk {

cv::Mat strokesWhere(const cv::Mat& grey, const std::function<bool(const cv::Rect&)>& chosen) {
    const cv::Mat ink = inkMask(grey, 41, 10.0);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
    cv::Mat strokes = cv::Mat::zeros(ink.size(), CV_8U);
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        if (chosen(box))
            strokes.setTo(255, labels == i);
    }
    return strokes;
}

cv::Mat paperOf(const cv::Mat& grey, double softness) {
    cv::Mat paper;
    cv::dilate(grey, paper, cv::getStructuringElement(cv::MORPH_RECT, {31, 31}));
    if (softness > 0.0)
        cv::GaussianBlur(paper, paper, {0, 0}, softness);
    return paper;
}

void paintOver(cv::Mat& grey, const cv::Mat& strokes, const cv::Mat& paper) {
    cv::Mat wider;
    cv::dilate(strokes, wider, cv::getStructuringElement(cv::MORPH_ELLIPSE, {5, 5}));
    paper.copyTo(grey, wider);
}

}  // namespace tallydesk
