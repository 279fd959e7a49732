// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "imaging/BlankCutter.h"
#include "readers/ondevice/LabelledBlank.h"

namespace tallydesk {

/// Of a blank: so far behind its last dot writing ends, table pixels.
inline constexpr int kBehindDots = 15;
/// Table pixels between a printed letter and what may be writing.
inline constexpr int kAfterPrint = 2;

/// Where the writing of a header's blank ends, x in table coordinates.
struct WritingEnds {
    /// A little behind its last dot, and before the label that follows on the line.
    int usual = 0;
    std::optional<int> hidden;  ///< right before that label, which is near: a number may hide the last dots
};

/// Where a label ends that was read to end at `right`, before its blank's first dot `dotsBegin`. The text
/// engine may place its last letter some pixels off, so that `right` cuts it in two: a letter with a sign
/// over it, both at both sides of `right` and no higher than the letters before, belongs to the label. A
/// figure is one stroke. `strokes` are those of the label (its last 110 px) and 30 px more. All in table
/// coordinates. Pure.
int endOfLabel(const std::vector<StrokeExtent>& strokes, int right, int dotsBegin);

/// `end` is the blank's last dot. The label's beginning must have been looked for (PrintedSpan::whole), or
/// print would be taken for writing. Pure.
WritingEnds endsOfWriting(const Blank& dots, int end, const std::optional<PrintedSpan>& nextLabel);

/// Whether a number may have lost its last figure to the label behind, among the `strokes` of both: one that
/// is higher than the label's letters stands in the place of its first letter. Or the label its first letter
/// to the number, whose `usual` end is that of the letters that were read, close behind its last dot
/// `dotsEnd`. All in table coordinates. Pure.
bool mayBeMixedUp(const PrintedSpan& label, const std::vector<StrokeExtent>& strokes, int dotsEnd, int usual);

/// Whether a number that goes on over `x` is known to end with the figure that `x` cuts: all of `strokes`
/// that reach beyond it stand before it with at least half of their width, and before `end`, where print
/// follows. A further figure, or a tick, does not. All in table coordinates. Pure.
bool cutsOnlyAFigure(const std::vector<StrokeExtent>& strokes, int x, int end);

/// Whether a number that reaches beyond `x` is known to end with two digits, one that `x` cuts and one behind
/// it, and its writing at `end`: a number may hide the end of a short blank. Both digits are higher than the
/// letters of the label that follows, of similar height, wider than a tick, close together and clear of the
/// label, and nothing else stands there. False where no letter of the label is seen. `strokes` are those of
/// number and label. All in table coordinates. Pure.
bool endsWithTwoDigits(const PrintedSpan& label, const std::vector<StrokeExtent>& strokes, int x, int end);

}  // namespace tallydesk
