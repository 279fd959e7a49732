// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

namespace tallydesk {

/// Height in pixels of every normalised crop: what the networks read.
inline constexpr int normalisedHeight = 48;

/// Divides by the background, stretches the contrast and scales to 48 px high, width in proportion:
/// 8-bit grey, ink dark on white (255). A crop without ink stays white. Any thread.
[[nodiscard]] cv::Mat normaliseCrop(const cv::Mat& grey);

}  // namespace tallydesk
