// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/RowNumberCell.h"

#include "imaging/CropNormaliser.h"
#include "imaging/PaintOver.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace tallydesk {

namespace {

constexpr int border = 7;         // pixels beside a rule that may be the rule's own
constexpr int lowestDigit = 9;    // a printed digit is at least so high,
constexpr int highestDigit = 44;  // and at most; rules and folds are longer
constexpr int widestNumber = 90;
constexpr int frame = 14;         // paper left around the number
constexpr int wantedHeight = 32;  // of a digit in a crop: as high as people write them
constexpr int foot = cropAbove - dottedToBase;

}  // namespace

cv::Mat cutRowNumber(const TableGeometry& table, const ScoreCell& cell) {
    if (table.separators.empty() || table.separators.front() >= table.scoreLeft - 20)
        return {};
    // The rules of the number column lean and bend by a few pixels from those of the score column.
    const cv::Rect area =
        cv::Rect(table.origin.x + border, table.origin.y + cell.top - border,
                 table.separators.front() - 2 * border, cell.bottom - cell.top + 2 * border) &
        cv::Rect({}, table.image.size());
    if (area.width < 30 || area.height < 30)
        return {};
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const cv::Mat ink = table.ink(area);
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
    // The number's digits stand side by side about the middle of the cell.
    cv::Rect number;
    double nearest = 1e9;
    int first = 0;
    const auto boxOf = [&](int i) {
        return cv::Rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                        stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    };
    const auto isDigit = [&](int i) {
        const cv::Rect box = boxOf(i);
        return box.height >= lowestDigit && box.height <= highestDigit && box.width <= highestDigit &&
               stats.at<int>(i, cv::CC_STAT_AREA) >= 12;
    };
    for (int i = 1; i < count; ++i) {
        if (!isDigit(i))
            continue;
        const double away = std::abs(centroids.at<double>(i, 1) - area.height / 2.0) +
                            0.5 * std::abs(centroids.at<double>(i, 0) - area.width / 2.0);
        if (away < nearest) {
            nearest = away;
            first = i;
        }
    }
    if (first == 0)
        return {};
    number = boxOf(first);
    for (bool grown = true; grown;) {
        grown = false;
        for (int i = 1; i < count; ++i) {
            const cv::Rect box = boxOf(i);
            if (!isDigit(i) || (box & number) == box)
                continue;
            const int gap = std::max(box.x - number.br().x, number.x - box.br().x);
            const int level = std::min(box.br().y, number.br().y) - std::max(box.y, number.y);
            const cv::Rect both = box | number;
            if (gap <= 12 && level >= std::min(box.height, number.height) / 2 && both.width <= widestNumber) {
                number = both;
                grown = true;
            }
        }
    }
    const cv::Rect around =
        cv::Rect(number.x - frame, number.y - frame, number.width + 2 * frame, number.height + 2 * frame) &
        cv::Rect({}, area.size());
    cv::Mat part = table.image(area)(around).clone();
    // Whatever else reaches into the frame gives way to paper.
    cv::Mat foreign = cv::Mat::zeros(part.size(), CV_8U);
    for (int i = 1; i < count; ++i) {
        const cv::Rect box = boxOf(i);
        if (!isDigit(i) || (box & number).area() * 2 < box.area())
            foreign.setTo(255, labels(around) == i);
    }
    const cv::Mat paper = paperOf(part);
    paintOver(part, foreign, paper);

    const double scale = static_cast<double>(wantedHeight) / number.height;
    cv::resize(part, part, {}, scale, scale, cv::INTER_CUBIC);
    const int below = cvRound((around.br().y - number.br().y) * scale);
    const int top = foot + below - part.rows;
    const cv::Rect kept(0, std::max(0, -top), part.cols,
                        std::min(part.rows - std::max(0, -top), cropAbove + cropBelow - std::max(0, top)));
    cv::Mat crop;
    const double white = cv::mean(paper)[0];
    cv::copyMakeBorder(part(kept), crop, std::max(0, top),
                       cropAbove + cropBelow - std::max(0, top) - kept.height, 12, 12, cv::BORDER_CONSTANT,
                       cv::Scalar(white));
    return normaliseCrop(crop);
}

}  // namespace tallydesk
