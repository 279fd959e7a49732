// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/DottedLines.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace tallydesk {

namespace {

constexpr int largestDot = 8;
constexpr int lineTolerance = 13;    // runs of one line; the next line is at least 50 px away
constexpr double leastDepth = 0.33;  // of dots, as a share of the darker third's

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
        int starts = 0;
        for (int x = 1; x < flat.cols; ++x)
            starts += flat.at<uchar>(0, x) != 0 && flat.at<uchar>(0, x - 1) == 0 ? 1 : 0;
        const int covered = cv::countNonZero(flat);
        // Either many dots, or dots that the scan ran together into a rule.
        if (starts < 3 && covered < 30)
            continue;
        const double paper = cv::mean(grey(box), joined(box) == 0)[0];
        const double stroke = cv::mean(darkest(box), dots(box))[0];
        const double around = cv::countNonZero(joined(box) == 0) > 20 ? paper : 255.0;
        runs.push_back({box.x + 7, box.br().x - 7, cvRound(centroids.at<double>(i, 1)), around - stroke});
    }
    // What shows through from the other side is fainter than this side's print.
    if (!runs.empty()) {
        std::erase_if(runs,
                      [least = leastDepth * depthOfPrint(runs)](const DotRun& p) { return p.depth < least; });
    }
    return runs;
}

// The runs of a fold that runs from left of the table, where no blank stands, to right of it, and is
// clearly fainter than print: beside a dotted line they would be taken for a part of it. `left` and `right`
// are the table's sides.
void dropFolds(std::vector<DotRun>& runs, int left, int right) {
    constexpr double steepest = 0.06;
    constexpr double tolerance = 7.0;
    constexpr double leastCovered = 0.25;   // of the table's width
    constexpr double mostDepth = 0.6;       // of the print's
    constexpr int outside = 20;             // printed lines may reach a little further than the table
    constexpr std::size_t mostFaint = 200;  // of more, nothing can be told
    if (runs.empty())
        return;
    const double faintest = mostDepth * depthOfPrint(runs);
    const auto middle = [](const DotRun& run) { return (run.left + run.right) / 2.0; };
    std::vector<DotRun> faint;
    std::copy_if(runs.begin(), runs.end(), std::back_inserter(faint),
                 [faintest](const DotRun& run) { return run.depth <= faintest; });
    if (faint.size() > mostFaint)
        return;
    std::vector<DotRun> fold;
    auto most = static_cast<int>(leastCovered * (right - left));
    for (const DotRun& first : faint) {
        for (const DotRun& last : faint) {
            const double length = middle(last) - middle(first);
            if (first.left > left - outside || last.right < right + outside || length < (right - left) / 2.0)
                continue;
            const double slope = (last.y - first.y) / length;
            if (std::abs(slope) > steepest)
                continue;
            std::vector<DotRun> own;
            int covered = 0;
            for (const DotRun& run : faint) {
                const double away = run.y - first.y - slope * (middle(run) - middle(first));
                if (std::abs(away) <= tolerance) {
                    own.push_back(run);
                    covered += run.right - run.left;
                }
            }
            if (covered >= most) {
                most = covered;
                fold = std::move(own);
            }
        }
    }
    std::erase_if(runs, [&fold](const DotRun& run) {
        return std::any_of(fold.begin(), fold.end(),
                           [&run](const DotRun& each) { return each.left == run.left && each.y == run.y; });
    });
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

std::vector<DottedLine> findDottedLines(const cv::Mat& ink, const cv::Mat& grey, int left, int right) {
    std::vector<DotRun> runs = dotRuns(ink, grey);
    dropFolds(runs, left, right);
    return groupRuns(std::move(runs));
}

}  // namespace tallydesk
