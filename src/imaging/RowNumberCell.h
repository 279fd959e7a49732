// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/CellLocator.h"

namespace tallydesk {

/// The printed number at the left of a score cell's row, normalised as the digit net wants a number: alone on
/// paper, its foot where writing stands. Empty where the number column was not found or nothing stands in it.
/// Any thread.
[[nodiscard]] cv::Mat cutRowNumber(const TableGeometry& table, const ScoreCell& cell);

}  // namespace tallydesk
