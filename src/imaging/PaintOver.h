// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <opencv2/core.hpp>

namespace tallydesk {

/// The strokes of a grey picture, connected pieces of its ink, whose bounding box `chosen` picks: 255 on 0.
/// Pure.
[[nodiscard]] cv::Mat strokesWhere(const cv::Mat& grey, const std::function<bool(const cv::Rect&)>& chosen);

/// The paper of a grey picture (8-bit): the brightest within about 15 px, blurred by `softness` (standard
/// deviation in pixels; 0: not at all). Pure.
[[nodiscard]] cv::Mat paperOf(const cv::Mat& grey, double softness = 0.0);

/// Lets `strokes` (255 on 0) and what lies within 2 px of them give way to `paper`, in place. Pure.
void paintOver(cv::Mat& grey, const cv::Mat& strokes, const cv::Mat& paper);

}  // namespace tallydesk
