// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace tallydesk {

/// Where a fold crosses a page, in pixels of the picture it was found in.
struct FoldLine {
    double y = 0.0;  ///< at x = 0
    double slope = 0.0;

    [[nodiscard]] double at(double x) const { return y + slope * x; }
};

/// How many pixels a fold may stray from its line, as paper is not flat.
constexpr int foldTolerance = 7;

/// The folds that run from the picture's left side to its right: thin dark lines that show beyond both sides
/// of the table and in long pieces between them, as neither dots nor letters do. `grey` is the picture,
/// `left` and `right` the sides of its table. None where less than 50 px of the picture lie beside the table.
/// Any thread.
[[nodiscard]] std::vector<FoldLine> findFolds(const cv::Mat& grey, int left, int right);

/// How many grey levels darker than the paper (the brightest within 14 rows) the picture is at row `y` or two
/// rows above or below it, for each of its columns from `left` to before `right`. Any thread.
[[nodiscard]] std::vector<int> depthsAlong(const cv::Mat& grey, int y, int left, int right);

/// The ink mask without what, within foldTolerance of a fold, is at most 5 rows thick and at most `mostDepth`
/// grey levels darker than the paper. Print and writing that cross a fold stay, and so do darker dots, but
/// for their pale edges. Any thread.
[[nodiscard]] cv::Mat withoutFolds(const cv::Mat& ink, const cv::Mat& grey,
                                   const std::vector<FoldLine>& folds, int mostDepth);

}  // namespace tallydesk
