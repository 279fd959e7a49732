// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/BlankFinder.h"

#include <vector>

namespace tallydesk {

/// Of a dotted line, in table pixels: what is higher is no dot.
inline constexpr int largestDot = 8;
/// Writing over a dotted line is looked for so far above it,
inline constexpr int writingAbove = 40;
/// as far as it is no dot: no stroke is seen higher than this.
inline constexpr int writingSeen = writingAbove - largestDot / 2;
/// Between two letters or digits of one piece of writing.
inline constexpr int widestLetterGap = 14;

/// The crop of the handwriting of a figure's blank at the print scale of score cells, `extraLeft` and
/// `extraRight` table pixels wider than its dots, and as much wider as writing may hide of these at both
/// ends.
[[nodiscard]] ZoneCrop cutBlank(const TableGeometry& table, const Blank& blank, int extraLeft,
                                int extraRight);

/// The same between two x (table coordinates), over the dotted line at `y`.
[[nodiscard]] ZoneCrop cutBetween(const TableGeometry& table, int left, int right, int y);

/// Where writing over the dotted line at `y` ends that goes on to the right of `right`, by `furthest` pixels
/// at most: at the first gap wider than between two letters. `right` where none does.
[[nodiscard]] int writingEnd(const TableGeometry& table, int right, int y, int furthest);

/// A stroke from `left` to `right` (exclusive), in table coordinates, and how high it is.
struct StrokeExtent {
    int left = 0;
    int right = 0;
    int height = 0;
};

/// The strokes that stand over the dotted line at `y` between two x (table coordinates), cut off there, in
/// any order; those no higher than dots are left out. Any thread.
[[nodiscard]] std::vector<StrokeExtent> strokesOver(const TableGeometry& table, int left, int right, int y);

/// Digits and words of a figure line that has a bracket; `all` are the page's lines, of which those set
/// alike help where handwriting hides the dots.
[[nodiscard]] ScoreCell cutFigureLine(const TableGeometry& table, const BlankLine& line,
                                      const std::vector<BlankLine>& all);

}  // namespace tallydesk
