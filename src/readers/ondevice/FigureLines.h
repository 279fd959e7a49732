// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "imaging/BlankFinder.h"

namespace tallydesk {

/// A fold or a scratch among the figure lines or below them may pass for one more. The last goes when the
/// `wanted` above it stand evenly, end alike where their last dots are seen, and it does neither; of two
/// lines that stand closer than the forms' lines do, the one goes without which the others stand more evenly,
/// as long as more than `wanted` are left. `lines` from the top of the page down. Returns the index before
/// which a line may still be a stray or have taken a line's place: figures are counted from the table upward.
/// Pure; any thread.
std::size_t dropStrayLines(std::vector<const BlankLine*>& lines, std::size_t wanted);

}  // namespace tallydesk
