// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "imaging/BlankFinder.h"

namespace tallydesk {

/// Figure lines stand a pitch apart. A fold or a scratch between two of them may pass for one more: of two
/// that stand too close, the one goes without which the others stand more evenly, as long as more than
/// `wanted` are left. `lines` from the top of the page down. Returns the index from which on no stray can be:
/// figures are counted from the table upward. Pure; any thread.
std::size_t dropStrayLines(std::vector<const BlankLine*>& lines, std::size_t wanted);

}  // namespace tallydesk
