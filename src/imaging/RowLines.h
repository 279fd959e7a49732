// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/TableFinder.h"

namespace tallydesk {

/// Finds the column lines of a rectified table; false where no score column stands out.
[[nodiscard]] bool findColumns(TableGeometry& table);

/// Finds all row lines, from the header's top to the table's end, by dynamic programming on even
/// spacing, within the left half of the score column. Leaves `lines` empty where there are none.
void findRowLines(TableGeometry& table);

/// How much of the strip [x0, x1) at height y (table coordinates) is covered by one straight rule,
/// tilted by at most `tilt` pixels over the strip; 0..1 for every row of `table.image`.
[[nodiscard]] std::vector<double> ruleResponse(const TableGeometry& table, int x0, int x1, int tilt = 6);

/// An upright line at x that runs on above and below the table is none of its own: a fold, or the edge of a
/// page behind.
[[nodiscard]] bool runsThrough(const TableGeometry& table, int x, int top, int bottom);
/// Share of [y0, y1) in table coordinates in which a vertical rule runs within `reach` px of x.
[[nodiscard]] double uprightShare(const TableGeometry& table, int x, int y0, int y1, int reach = 12);

}  // namespace tallydesk
