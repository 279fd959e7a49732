// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/CellLocator.h"

#include <optional>
#include <utility>
#include <vector>

namespace tallydesk {

/// One dotted blank to be filled by hand, in table coordinates; `y` is the dotted line.
struct Blank {
    int left = 0;
    int right = 0;
    int y = 0;
    /// Breaks of its dots, as {left, right}, in which print may stand: what looks like one may be two blanks.
    std::vector<std::pair<int, int>> gaps = {};
};

/// A text line above the table with its blanks from left to right. `bracket` is the x of the "(" that
/// divides a number from its words; lines in the running text have none. A plain value; any thread.
struct BlankLine {
    int y = 0;
    std::vector<Blank> blanks;
    std::optional<int> bracket;
    int firstWords = 0;  ///< with a bracket: index of the first blank behind it
};

/// All dotted lines above a table, top to bottom. Any thread.
[[nodiscard]] std::vector<BlankLine> findBlankLines(const TableGeometry& table);

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
