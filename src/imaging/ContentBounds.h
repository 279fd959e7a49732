// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

namespace tallydesk {

/// The part of a page that says something, in its pixels: without the scanner's black edges and without
/// margins that hold neither print nor ink, but for a narrow rim. Doubtful marks, faint ones too, count as
/// content, so that nothing written is cut off; a page without any marks is all content. 8-bit grey, paper
/// white and evenly lit. Stateless; any thread.
[[nodiscard]] cv::Rect contentBounds(const cv::Mat& grey);

}  // namespace tallydesk
