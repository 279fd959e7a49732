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
constexpr int highestPrint = 20;       // a figure is higher
constexpr int clearlyBefore = 6;       // the place where a label was seen to end
constexpr int farthestOff = 16;        // from it, the true end

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

int endOfLabel(const std::vector<StrokeExtent>& strokes, int right) {
    int end = right;
    for (const StrokeExtent& stroke : strokes) {
        if (stroke.height <= highestPrint && stroke.left <= right - clearlyBefore &&
            stroke.right <= right + farthestOff)
            end = std::max(end, stroke.right);
    }
    return end;
}

PrintedSpan behindDots(const PrintedSpan& label, const std::vector<StrokeExtent>& strokes, int dotsEnd) {
    if (label.left >= dotsEnd)
        return label;
    int begin = dotsEnd;
    for (const StrokeExtent& stroke : strokes) {
        const bool print = stroke.height <= highestPrint;
        if (stroke.right <= label.left || stroke.left >= label.right || (print && stroke.left >= dotsEnd))
            continue;
        // A letter of the label stands over the dots after all, or a figure behind them.
        if (print || stroke.left >= dotsEnd || stroke.right > dotsEnd + kBehindDots)
            return label;
        begin = std::max(begin, stroke.right + kAfterPrint);
    }
    PrintedSpan later = label;
    later.left = begin;
    later.firstRight = std::max(label.firstRight, begin);
    later.whole = false;
    return later;
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
