// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <opencv2/core.hpp>
#include <optional>

namespace tallydesk {

/// The ruled table of a page as its lines show it. Positions are shares of the page's width and height.
struct TableSketch {
    double top = 0.0;
    double bottom = 0.0;
    double left = 0.0;
    double right = 0.0;
    /// Column widths from the left, as shares of the table's width.
    QList<double> columns;
    /// The lowest band is not parted between its first two columns, as a total row is.
    bool mergedLast = false;
};

/// What can be seen of a page without reading: which way its lines run, its table, its code box.
/// All in the page turned by `rotation` and straightened. A plain value; any thread.
struct PageSketch {
    /// Clockwise turn in degrees that makes the text lines level: 0 or 90. Up or down is not yet known.
    int rotation = 0;
    double skewDegrees = 0.0;
    /// Grey, straightened, long side `sketchLength`.
    cv::Mat grey;
    std::optional<TableSketch> table;
    /// A code box stands at the top right.
    bool codeBox = false;
    /// Share of dark pixels; a blank page has nearly none.
    double ink = 0.0;

    /// The same page turned upside down: nothing is sought again but the code box.
    PageSketch turned() const;
};

/// Long side in pixels of PageSketch::grey: 150 dpi of A4, enough for printed Thai.
inline constexpr int sketchLength = 1754;

/// Looks at a page of any resolution. Never throws for odd pictures.
PageSketch sketchPage(const QImage& page);

}  // namespace tallydesk
