// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/PageInk.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace tallydesk {

/// Width in pixels to which every table is rectified: the fixed print scale of all crops.
inline constexpr int tableWidth = 1400;

/// A score table on a page, rectified so that its sides stand at x = 0 and x = tableWidth.
/// A plain value; any thread. Table coordinates have their origin at the table's top left corner;
/// `image` is larger than the table, with `origin` the pixel of that corner.
struct TableGeometry {
    cv::Matx33d pageToTable;      ///< page pixels to table coordinates
    cv::Mat image;                ///< the page, rectified, grey; the figures above the table included
    cv::Mat ink;                  ///< ink mask of `image`
    cv::Point origin;             ///< of table coordinates in `image`
    int bodyHeight = 0;           ///< as far as the sides tell; `lines` know better
    std::vector<int> separators;  ///< x of the inner column lines, ascending
    int scoreLeft = 0;            ///< x of the line at the left of the score column
    std::vector<int> lines;       ///< y of all row lines in the score column, ascending
    double pitch = 0.0;           ///< usual height of a row

    [[nodiscard]] cv::Rect2d toPage(const cv::Rect2d& rect) const;
};

/// Finds the score table of one upright page, or nothing where there is none.
/// `page` is the picture from which `ink` was prepared. Never throws for odd pictures; any thread.
[[nodiscard]] std::optional<TableGeometry> findTable(const cv::Mat& page, const PageInk& ink);

}  // namespace tallydesk
