// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "imaging/DottedLines.h"

namespace tallydesk {

/// For every line the x of the "(" between its number and its words, where it has one. `ink` is the picture's
/// ink mask, `strokes` the same or one in which brackets do not run together with dots. Any thread.
[[nodiscard]] std::vector<std::optional<int>> findBrackets(const cv::Mat& ink, const cv::Mat& strokes,
                                                           const std::vector<DottedLine>& lines);

}  // namespace tallydesk
