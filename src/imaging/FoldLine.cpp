// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/FoldLine.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace tallydesk {

namespace {

constexpr double steepest = 0.06;
constexpr int outside = 20;            // printed lines may reach a little further than the table
constexpr int leastStrip = 30;         // columns beside the table in which a fold can be told
constexpr int apart = 6;               // rows from a fold's middle to the paper above and below it
constexpr int longerThanPrint = 11;    // level strokes of letters and dots are shorter
constexpr int leastDepth = 8;          // grey levels
constexpr double leastBeside = 0.3;    // of the columns beside the table,
constexpr double leastBetween = 0.25;  // and between its sides
constexpr int drift = 3;               // rows by which a fold climbs beside the table
constexpr int thickest = 5;            // rows

// What is darker than the rows above and below it, as 255 on 0.
cv::Mat darkerThanRowsAround(const cv::Mat& grey) {
    cv::Mat depth = cv::Mat::zeros(grey.size(), CV_8U);
    const int rows = grey.rows - 2 * apart;
    if (rows <= 0)
        return depth;
    cv::Mat paper;
    cv::min(grey.rowRange(0, rows), grey.rowRange(2 * apart, grey.rows), paper);
    cv::subtract(paper, grey.rowRange(apart, apart + rows), depth.rowRange(apart, apart + rows));
    return depth >= leastDepth;
}

cv::Mat levelStrokes(const cv::Mat& dark) {
    cv::Mat result;
    cv::morphologyEx(dark, result, cv::MORPH_OPEN,
                     cv::getStructuringElement(cv::MORPH_RECT, {longerThanPrint, 1}));
    return result;
}

// Beside the table, where no dots are, a stroke in pieces is one.
cv::Mat levelStrokesInPieces(const cv::Mat& dark) {
    cv::Mat whole;
    cv::morphologyEx(dark, whole, cv::MORPH_CLOSE,
                     cv::getStructuringElement(cv::MORPH_RECT, {longerThanPrint, 1}));
    return levelStrokes(whole);
}

// The rows near which most of a strip beside the table is stroke, those of one fold once.
std::vector<int> strokeRows(const cv::Mat& strokes) {
    cv::Mat tall;
    cv::dilate(strokes, tall, cv::getStructuringElement(cv::MORPH_RECT, {1, 2 * drift + 1}));
    cv::Mat shares;
    cv::reduce(tall, shares, 1, cv::REDUCE_AVG, CV_32F);
    std::vector<int> rows;
    while (true) {
        double most = 0.0;
        cv::Point place;
        cv::minMaxLoc(shares, nullptr, &most, nullptr, &place);
        if (most < leastBeside * 255.0)
            return rows;
        // As dark for some rows: its middle.
        int end = place.y;
        while (end + 1 < shares.rows && shares.at<float>(end + 1) >= most)
            ++end;
        rows.push_back((place.y + end) / 2);
        shares.rowRange(std::max(0, place.y - foldTolerance),
                        std::min(shares.rows, end + foldTolerance + 1)) = 0.0f;
    }
}

// How much of a line is stroke, between these columns.
double coveredBy(const cv::Mat& strokes, const FoldLine& line, int left, int right) {
    constexpr int stray = 4;
    int covered = 0;
    for (int x = left; x < right; ++x) {
        const int y = cvRound(line.at(x));
        const int end = std::min(strokes.rows - 1, y + stray);
        for (int k = std::max(0, y - stray); k <= end; ++k) {
            if (strokes.at<uchar>(k, x) != 0) {
                ++covered;
                break;
            }
        }
    }
    return right > left ? static_cast<double>(covered) / (right - left) : 0.0;
}

bool isSameFold(const FoldLine& a, const FoldLine& b, int left, int right) {
    return std::abs(a.at(left) - b.at(left)) <= foldTolerance &&
           std::abs(a.at(right) - b.at(right)) <= foldTolerance;
}

// What depthsAlong() tells of one column, of the rows from `top` to before `end`.
int depthOf(const cv::Mat& grey, int x, int top, int end) {
    constexpr int around = 12;
    int paper = 0;
    for (int k = std::max(0, top - around); k < std::min(grey.rows, end + around); ++k)
        paper = std::max<int>(paper, grey.at<uchar>(k, x));
    int darkest = paper;
    for (int k = std::max(0, top); k < std::min(grey.rows, end); ++k)
        darkest = std::min<int>(darkest, grey.at<uchar>(k, x));
    return paper - darkest;
}

}  // namespace

std::vector<FoldLine> findFolds(const cv::Mat& grey, int left, int right) {
    const cv::Range before(0, left - outside);
    const cv::Range behind(right + outside, grey.cols);
    if (before.size() < leastStrip || behind.size() < leastStrip)
        return {};
    const cv::Mat dark = darkerThanRowsAround(grey);
    const std::vector<int> firsts = strokeRows(levelStrokesInPieces(dark.colRange(before)));
    const std::vector<int> lasts = strokeRows(levelStrokesInPieces(dark.colRange(behind)));
    if (firsts.empty() || lasts.empty())
        return {};
    const cv::Mat strokes = levelStrokes(dark);
    const double length = (behind.start + behind.end - before.end) / 2.0;
    std::vector<std::pair<double, FoldLine>> candidates;
    for (const int first : firsts) {
        for (const int last : lasts) {
            const double slope = (last - first) / length;
            if (std::abs(slope) > steepest)
                continue;
            const FoldLine line{first - slope * before.end / 2.0, slope};
            const double covered = coveredBy(strokes, line, left, right);
            if (covered >= leastBetween)
                candidates.emplace_back(covered, line);
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<FoldLine> folds;
    for (const auto& [covered, line] : candidates) {
        if (std::none_of(folds.begin(), folds.end(), [&line = line, left, right](const FoldLine& fold) {
                return isSameFold(fold, line, left, right);
            }))
            folds.push_back(line);
    }
    return folds;
}

std::vector<int> depthsAlong(const cv::Mat& grey, int y, int left, int right) {
    constexpr int beside = 2;
    std::vector<int> depths;
    for (int x = std::max(0, left); x < std::min(grey.cols, right); ++x)
        depths.push_back(depthOf(grey, x, y - beside, y + beside + 1));
    return depths;
}

cv::Mat withoutFolds(const cv::Mat& ink, const cv::Mat& grey, const std::vector<FoldLine>& folds,
                     int mostDepth) {
    cv::Mat result = ink.clone();
    for (const FoldLine& fold : folds) {
        for (int x = 0; x < ink.cols; ++x) {
            const int y = cvRound(fold.at(x));
            const int bandEnd = std::min(ink.rows, y + foldTolerance + 1);
            for (int k = std::max(0, y - foldTolerance); k < bandEnd; ++k) {
                if (ink.at<uchar>(k, x) == 0)
                    continue;
                int top = k;
                while (top > 0 && ink.at<uchar>(top - 1, x) != 0)
                    --top;
                int end = k + 1;
                while (end < ink.rows && ink.at<uchar>(end, x) != 0)
                    ++end;
                if (end - top <= thickest && depthOf(grey, x, top, end) <= mostDepth)
                    result(cv::Rect(x, top, 1, end - top)).setTo(0);
                k = end;
            }
        }
    }
    return result;
}

}  // namespace tallydesk
