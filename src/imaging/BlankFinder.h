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

/// Coarse or blurred scans run a bracket together with the dots behind it and leave it faint.
enum class Sharpness { Usual, Coarse };

/// How many strokes of `ink` between two x look like printed letters: of one height, all on the line at `y`
/// (pixels of `ink`). A hand-written number has fewer and stands freely. 0 in places narrower than 40 px, which
/// hold no word. Any thread.
[[nodiscard]] int printedLetters(const cv::Mat& ink, int left, int right, int y);

/// All dotted lines above a table, top to bottom. Any thread.
[[nodiscard]] std::vector<BlankLine> findBlankLines(const TableGeometry& table,
                                                    Sharpness sharpness = Sharpness::Usual);

}  // namespace tallydesk
