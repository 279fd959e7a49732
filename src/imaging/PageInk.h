// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

namespace tallydesk {

/// A page brought to working size (about 200 dpi) and deskewed, with its ink as a binary mask.
/// A plain value; any thread. `toWork` maps page pixels to working pixels (2x3 affine, CV_64F).
struct PageInk {
    cv::Mat grey;
    cv::Mat ink;
    cv::Mat horizontal;
    cv::Mat vertical;
    cv::Matx23d toWork;
    double skewDegrees = 0.0;
};

/// Any depth and channel count to 8-bit grey, one channel. An empty matrix stays empty.
[[nodiscard]] cv::Mat toGrey(const cv::Mat& page);

/// Dark strokes as 255 on 0. `block` is the neighbourhood in pixels (odd).
[[nodiscard]] cv::Mat inkMask(const cv::Mat& grey, int block = 35, double offset = 14.0);

/// The angle in degrees, within +-6, by which the text lines of a mask rise to the right.
[[nodiscard]] double estimateSkew(const cv::Mat& ink);

/// Working copy of a page of any resolution between about 100 and 400 dpi.
[[nodiscard]] PageInk preparePageInk(const cv::Mat& page);

}  // namespace tallydesk
