// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

namespace tallydesk {

/// A page as if it were lit evenly and printed black: photographs in a dim room, faint copies. A page that
/// has bright paper and dark ink comes back as it is, sharing its pixels, and so does a strip that is no
/// page. 8-bit grey; any thread.
[[nodiscard]] cv::Mat evenLight(const cv::Mat& grey);

}  // namespace tallydesk
