// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/TableFinder.h"

#include <vector>

namespace tallydesk {

/// Print scale of every crop, in table pixels: so much above and below a row's bottom line.
inline constexpr int cropAbove = 84;
inline constexpr int cropBelow = 16;
/// A row's dotted line stands so far above its bottom line.
inline constexpr int dottedToBase = 22;

/// One zone of handwriting: an 8-bit grey crop cropAbove + cropBelow high, and its place on the page.
struct ZoneCrop {
    cv::Mat image;      ///< print scale, not yet normalised; empty where the form has no such zone
    cv::Rect2d onPage;  ///< pixels of the page as given
};

/// One score cell: where its digits and its words stand. A plain value; any thread.
struct ScoreCell {
    ZoneCrop digits;
    ZoneCrop words;
    bool isTotal = false;     ///< the row whose left columns are merged
    bool hasBracket = false;  ///< its own "(" was found
    int top = 0;              ///< table coordinates
    int bottom = 0;
    /// Its own height is no row's, or the head of the table is too high: a line was missed or seen twice.
    bool heightUnusual = false;
    bool countUncertain = false;  ///< a row's line was missed at or above it: counted rows may be off by one
};

/// What a form asks for in its score cells. Digits alone may stand anywhere in theirs.
enum class CellContent { DigitsAndWords, DigitsAlone };

/// The score cells of a table from top to bottom, without the header. Any thread.
[[nodiscard]] std::vector<ScoreCell> locateCells(const TableGeometry& table,
                                                 CellContent content = CellContent::DigitsAndWords);

/// Cuts [x0, x1) around the base line y (table coordinates) at print scale.
[[nodiscard]] ZoneCrop cutZone(const TableGeometry& table, int x0, int x1, int baseLine);

}  // namespace tallydesk
