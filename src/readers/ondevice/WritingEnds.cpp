// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/WritingEnds.h"

#include <algorithm>

namespace tallydesk {

namespace {

// Table pixels.
constexpr int shortestRest = 40;       // of a blank that ends where the next label begins
constexpr int mostHiddenEnd = 60;      // a number hides no more of a blank's last dots than this
constexpr int lowestLetter = 13;       // the signs above a letter are lower
constexpr double highestLetter = 1.2;  // as a share of the middle one of a label's letters

}  // namespace

bool cutsOnlyAFigure(const std::vector<StrokeExtent>& strokes, int x, int end) {
    bool cut = false;
    for (const StrokeExtent& stroke : strokes) {
        if (stroke.right <= x)
            continue;
        if (x - stroke.left < stroke.right - x || stroke.right >= end)
            return false;
        cut = true;
    }
    return cut;
}

bool mayBeMixedUp(const PrintedSpan& label, const std::vector<StrokeExtent>& strokes, int dotsEnd,
                  int usual) {
    const auto within = [](const StrokeExtent& stroke, int from, int to) {
        const int middle = (stroke.left + stroke.right) / 2;
        return stroke.height >= lowestLetter && middle >= from && middle < to;
    };
    std::vector<int> heights;
    for (const StrokeExtent& stroke : strokes) {
        if (within(stroke, label.left, label.right))
            heights.push_back(stroke.height);
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    const double highestPrint = heights.empty() ? 0.0 : *middle * highestLetter;
    return std::any_of(strokes.begin(), strokes.end(), [&](const StrokeExtent& stroke) {
        const bool figure =
            within(stroke, label.left - kAfterPrint, label.firstRight) && stroke.height > highestPrint;
        const bool letter = !label.whole && usual < dotsEnd + kBehindDots && within(stroke, dotsEnd, usual);
        return figure || letter;
    });
}

WritingEnds endsOfWriting(const Blank& dots, int end, const std::optional<PrintedSpan>& nextLabel) {
    WritingEnds ends{end + kBehindDots, std::nullopt};
    if (!nextLabel || nextLabel->left <= dots.left + shortestRest)
        return ends;
    const int beforePrint = nextLabel->left - kAfterPrint;
    if (nextLabel->whole && beforePrint > ends.usual && beforePrint <= end + mostHiddenEnd)
        ends.hidden = beforePrint;
    ends.usual = std::min(ends.usual, beforePrint);
    return ends;
}

}  // namespace tallydesk
