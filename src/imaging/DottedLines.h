// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "imaging/FoldLine.h"

namespace tallydesk {

/// A row of dots without a break, in pixels of the picture it was found in.
struct DotRun {
    int left = 0;
    int right = 0;
    int y = 0;
    double depth = 0.0;  ///< how much darker than the paper
    /// Pixels from the left side of each dot to that of the next, as far as they stand apart.
    std::vector<int> gaps{};
};

/// The runs of one line of a form, from left to right; `y` is that of the longest.
struct DottedLine {
    int y = 0;
    std::vector<DotRun> runs;
};

/// All dotted lines of a picture, top to bottom: `ink` its ink mask, `grey` the picture itself, `folds` those
/// that cross it. What shows through from the other side is left out, and so are the folds, which beside a
/// dotted line would be taken for a part of it. Dots on a fold that is as dark as they are may be lost. Any
/// thread.
[[nodiscard]] std::vector<DottedLine> findDottedLines(const cv::Mat& ink, const cv::Mat& grey,
                                                      const std::vector<FoldLine>& folds);

}  // namespace tallydesk
