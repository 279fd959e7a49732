// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/DottedLines.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace tallydesk {

namespace {

constexpr int largestDot = 8;
constexpr int lineTolerance = 13;      // runs of one line; the next line is at least 50 px away
constexpr double leastDepth = 0.33;    // of dots, as a share of the darker third's
constexpr double mostFoldShare = 0.6;  // of the dots' depth
constexpr double leastEven = 0.7;      // of the gaps of a row of dots
constexpr double surelyDot = 0.7;      // quantile of a row's columns, of which 57 % lie between its dots

// How dark print is: what the darker third of the runs reaches.
double depthOfPrint(const std::vector<DotRun>& runs) {
    std::vector<double> depths;
    for (const auto& run : runs)
        depths.push_back(run.depth);
    const auto upper = depths.begin() + static_cast<std::ptrdiff_t>(depths.size() * 2 / 3);
    std::nth_element(depths.begin(), upper, depths.end());
    return *upper;
}

// Rows of dots, closer to each other than letters.
std::vector<DotRun> dotRuns(const cv::Mat& ink, const cv::Mat& grey) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
    cv::Mat dots = cv::Mat::zeros(ink.size(), CV_8U);
    for (int i = 1; i < count; ++i) {
        const int w = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int h = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        if (h > largestDot || w > 60 || stats.at<int>(i, cv::CC_STAT_AREA) < 2 || (w > 14 && h > 6))
            continue;
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        const int y = cvRound(centroids.at<double>(i, 1));
        cv::line(dots, {x, y}, {x + w - 1, y}, 255, 1);
    }
    cv::Mat joined;
    cv::dilate(dots, joined, cv::getStructuringElement(cv::MORPH_RECT, {15, 3}));
    count = cv::connectedComponentsWithStats(joined, labels, stats, centroids, 8, CV_32S);
    // A dot that lies between two rows of pixels is faint in each; the darker of them comes nearer to its
    // ink.
    cv::Mat darkest;
    cv::erode(grey, darkest, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
    std::vector<DotRun> runs;
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        if (box.width < 30 || box.height > 16)
            continue;
        cv::Mat flat;
        cv::reduce(dots(box), flat, 0, cv::REDUCE_MAX);
        std::vector<int> starts;
        for (int x = 1; x < flat.cols; ++x) {
            if (flat.at<uchar>(0, x) != 0 && flat.at<uchar>(0, x - 1) == 0)
                starts.push_back(x);
        }
        const int covered = cv::countNonZero(flat);
        // Either many dots, or dots that the scan ran together into a rule.
        if (starts.size() < 3 && covered < 30)
            continue;
        const double paper = cv::mean(grey(box), joined(box) == 0)[0];
        const double stroke = cv::mean(darkest(box), dots(box))[0];
        const double around = cv::countNonZero(joined(box) == 0) > 20 ? paper : 255.0;
        std::vector<int> gaps(starts.size());
        std::adjacent_difference(starts.begin(), starts.end(), gaps.begin());
        if (!gaps.empty())
            gaps.erase(gaps.begin());
        runs.push_back({box.x + 7, box.br().x - 7, cvRound(centroids.at<double>(i, 1)), around - stroke,
                        std::move(gaps)});
    }
    // What shows through from the other side is fainter than this side's print.
    if (!runs.empty()) {
        std::erase_if(runs,
                      [least = leastDepth * depthOfPrint(runs)](const DotRun& p) { return p.depth < least; });
    }
    return runs;
}

bool liesOnOne(const std::vector<FoldLine>& folds, const DotRun& run) {
    return std::any_of(folds.begin(), folds.end(), [&run](const FoldLine& fold) {
        return std::abs(run.y - fold.at(run.left)) <= foldTolerance &&
               std::abs(run.y - fold.at(run.right)) <= foldTolerance;
    });
}

// The rows of dots that lie on no fold.
std::vector<DotRun> besideFolds(const std::vector<DotRun>& runs, const std::vector<FoldLine>& folds) {
    std::vector<DotRun> result;
    std::copy_if(runs.begin(), runs.end(), std::back_inserter(result),
                 [&folds](const DotRun& run) { return !liesOnOne(folds, run); });
    return result;
}

// How dark a row of dots is as depthsAlong() tells it. A pen that crosses it is darker.
double depthOfDots(const cv::Mat& grey, const DotRun& run) {
    std::vector<int> depths = depthsAlong(grey, run.y, run.left, run.right);
    const auto dot = depths.begin() + static_cast<std::ptrdiff_t>(surelyDot * depths.size());
    std::nth_element(depths.begin(), dot, depths.end());
    return std::min<double>(*dot, run.depth);
}

// What is at most so dark beside these rows of dots can be told from dots that a fold crosses.
int mostFoldDepth(const cv::Mat& grey, std::vector<DotRun> printed) {
    for (DotRun& run : printed)
        run.depth = depthOfDots(grey, run);
    return static_cast<int>(mostFoldShare * depthOfPrint(printed));
}

// How far dots stand from each other; nullopt where all run together.
std::optional<int> usualGap(const std::vector<DotRun>& printed) {
    std::vector<int> gaps;
    for (const DotRun& run : printed)
        gaps.insert(gaps.end(), run.gaps.begin(), run.gaps.end());
    if (gaps.empty())
        return std::nullopt;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

// How many of a row's gaps are the usual one. Dots stand evenly, pieces of a fold do not.
double evenShare(const DotRun& run, int gap) {
    const auto even = std::count_if(run.gaps.begin(), run.gaps.end(),
                                    [gap](int each) { return std::abs(each - gap) <= 1; });
    return run.gaps.empty() ? 0.0 : static_cast<double>(even) / static_cast<double>(run.gaps.size());
}

std::vector<DottedLine> groupRuns(std::vector<DotRun> runs) {
    std::sort(runs.begin(), runs.end(), [](const DotRun& a, const DotRun& b) { return a.y < b.y; });
    std::vector<DottedLine> groups;
    for (const auto& run : runs) {
        const auto host = std::find_if(groups.begin(), groups.end(), [&](const DottedLine& group) {
            return std::any_of(group.runs.begin(), group.runs.end(), [&](const DotRun& other) {
                return std::abs(other.y - run.y) <= lineTolerance;
            });
        });
        if (host == groups.end())
            groups.push_back({run.y, {run}});
        else
            host->runs.push_back(run);
    }
    for (auto& group : groups) {
        // The longest run gives the height: short ones may be stray marks.
        group.y =
            std::max_element(group.runs.begin(), group.runs.end(), [](const DotRun& a, const DotRun& b) {
                return a.right - a.left < b.right - b.left;
            })->y;
        std::sort(group.runs.begin(), group.runs.end(),
                  [](const DotRun& a, const DotRun& b) { return a.left < b.left; });
    }
    std::sort(groups.begin(), groups.end(),
              [](const DottedLine& a, const DottedLine& b) { return a.y < b.y; });
    return groups;
}

}  // namespace

std::vector<DottedLine> findDottedLines(const cv::Mat& ink, const cv::Mat& grey,
                                        const std::vector<FoldLine>& folds) {
    std::vector<DotRun> runs = dotRuns(ink, grey);
    const std::vector<DotRun> printed = besideFolds(runs, folds);
    if (!folds.empty() && !printed.empty()) {
        const int faint = mostFoldDepth(grey, printed);
        const auto gap = usualGap(printed);
        runs = dotRuns(withoutFolds(ink, grey, folds, faint), grey);
        std::erase_if(runs, [&](const DotRun& run) {
            return liesOnOne(folds, run) &&
                   (depthOfDots(grey, run) <= faint || (gap && evenShare(run, *gap) < leastEven));
        });
    }
    return groupRuns(std::move(runs));
}

}  // namespace tallydesk
