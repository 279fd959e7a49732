// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace tallydesk {

/// A row of dots without a break, in pixels of the picture it was found in.
struct DotRun {
    int left = 0;
    int right = 0;
    int y = 0;
    double depth = 0.0;  ///< how much darker than the paper
};

/// The runs of one line of a form, from left to right; `y` is that of the longest.
struct DottedLine {
    int y = 0;
    std::vector<DotRun> runs;
};

/// All dotted lines of a picture, top to bottom: `ink` its ink mask, `grey` the picture itself, `left` and
/// `right` the sides of its table. What shows through from the other side is left out, and so is a fold that
/// crosses the page, which looks like one. Any thread.
[[nodiscard]] std::vector<DottedLine> findDottedLines(const cv::Mat& ink, const cv::Mat& grey, int left,
                                                      int right);

}  // namespace tallydesk
