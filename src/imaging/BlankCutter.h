// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/BlankFinder.h"

#include <vector>

namespace tallydesk {

/// Table pixels; of a shorter row of dots handwriting has hidden the beginning, and cutBlank() cuts so much.
inline constexpr int shortestBlank = 90;

/// The crop of a blank's handwriting at the print scale of score cells, `extraLeft` and `extraRight`
/// table pixels wider than its dots.
[[nodiscard]] ZoneCrop cutBlank(const TableGeometry& table, const Blank& blank, int extraLeft,
                                int extraRight);

/// The same between two x (table coordinates), over the dotted line at `y`.
[[nodiscard]] ZoneCrop cutBetween(const TableGeometry& table, int left, int right, int y);

/// Digits and words of a figure line that has a bracket; `all` are the page's lines, of which those set
/// alike help where handwriting hides the dots.
[[nodiscard]] ScoreCell cutFigureLine(const TableGeometry& table, const BlankLine& line,
                                      const std::vector<BlankLine>& all);

}  // namespace tallydesk
