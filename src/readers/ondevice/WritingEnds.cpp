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
constexpr int clearlyBefore = 6;       // the place where a label was seen to end
constexpr int farthestOff = 16;        // from it, the true end
constexpr int lettersCompared = 100;   // before it, for their height

// A stroke as high as a letter, with its middle between two x.
bool within(const StrokeExtent& stroke, int from, int to) {
    const int middle = (stroke.left + stroke.right) / 2;
    return stroke.height >= lowestLetter && middle >= from && middle < to;
}

// How high a letter may be among those between two x; nullopt where none stands. A figure is higher.
std::optional<double> highestOf(const std::vector<StrokeExtent>& strokes, int from, int to) {
    std::vector<int> heights;
    for (const StrokeExtent& stroke : strokes) {
        if (within(stroke, from, to))
            heights.push_back(stroke.height);
    }
    if (heights.empty())
        return std::nullopt;
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>((heights.size() - 1) / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle * highestLetter;
}

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
    const double highestPrint = highestOf(strokes, label.left, label.right).value_or(0.0);
    return std::any_of(strokes.begin(), strokes.end(), [&](const StrokeExtent& stroke) {
        const bool figure =
            within(stroke, label.left - kAfterPrint, label.firstRight) && stroke.height > highestPrint;
        const bool letter = !label.whole && usual < dotsEnd + kBehindDots && within(stroke, dotsEnd, usual);
        return figure || letter;
    });
}

int endOfLabel(const std::vector<StrokeExtent>& strokes, int right, int dotsBegin) {
    const int before = right - clearlyBefore;
    const auto highestPrint = highestOf(strokes, right - lettersCompared, before);
    int end = right;
    for (const StrokeExtent& stroke : strokes) {
        if (highestPrint && stroke.height <= *highestPrint && stroke.left <= before &&
            stroke.right <= std::min(right + farthestOff, dotsBegin))
            end = std::max(end, stroke.right);
    }
    return end;
}

PrintedSpan behindDots(const PrintedSpan& label, const std::vector<StrokeExtent>& strokes, int dotsEnd) {
    const auto highestPrint = highestOf(strokes, dotsEnd, label.right);
    if (label.left >= dotsEnd || !highestPrint)
        return label;
    int begin = dotsEnd;
    for (const StrokeExtent& stroke : strokes) {
        const bool print = stroke.height <= *highestPrint;
        if (stroke.right <= label.left || stroke.left >= label.right || (print && stroke.left >= dotsEnd))
            continue;
        // A letter of the label stands over the dots after all, or a figure behind them.
        if (print || stroke.left >= dotsEnd || stroke.right > dotsEnd + kBehindDots)
            return label;
        begin = std::max(begin, stroke.right + kAfterPrint);
    }
    PrintedSpan later = label;
    later.left = begin;
    later.whole = false;
    // What stands there first is to be as high as the other letters (mayBeMixedUp).
    later.firstRight = label.right;
    for (const StrokeExtent& stroke : strokes) {
        if (stroke.left >= dotsEnd && stroke.height >= lowestLetter)
            later.firstRight = std::min(later.firstRight, stroke.right);
    }
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
