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
constexpr int clearlyBefore = 6;       // a label's last letter begins so far before its end as it was read,
constexpr int farthestOff = 16;        // and ends no further behind that
constexpr int heightsSeen = 100;       // of a label before its end, its letters' height is taken

constexpr int clearOfLabel = 8;  // a digit nearer to the label may be a part of it
// Shares.
constexpr double mostUnlike = 1.3;  // heights of two digits

// A stroke as high as a letter, with its middle between two x.
bool letterWithin(const StrokeExtent& stroke, int from, int to) {
    const int middle = (stroke.left + stroke.right) / 2;
    return stroke.height >= lowestLetter && middle >= from && middle < to;
}

// How high a letter may be among those between two x; nullopt where none stands. A figure is higher.
std::optional<double> highestOf(const std::vector<StrokeExtent>& strokes, int from, int to) {
    std::vector<int> heights;
    for (const StrokeExtent& stroke : strokes) {
        if (letterWithin(stroke, from, to))
            heights.push_back(stroke.height);
    }
    if (heights.empty())
        return std::nullopt;
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>((heights.size() - 1) / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle * highestLetter;
}

// Wider than a 1, a tick or a fold.
bool wideDigit(const StrokeExtent& stroke) {
    const int width = stroke.right - stroke.left;
    return 2 * width >= stroke.height && width <= 1.2 * stroke.height && stroke.height < writingSeen;
}

}  // namespace

bool endsWithTwoDigits(const PrintedSpan& label, const std::vector<StrokeExtent>& strokes, int x, int end) {
    const auto highestPrint = highestOf(strokes, label.left, label.right);
    const int print = label.left - kAfterPrint;
    std::vector<StrokeExtent> digits;
    for (const StrokeExtent& stroke : strokes) {
        if (stroke.right > x && stroke.left < print)
            digits.push_back(stroke);
    }
    if (!highestPrint || digits.size() != 2)
        return false;
    if (digits[1].left < digits[0].left)
        std::swap(digits[0], digits[1]);
    const StrokeExtent& first = digits[0];
    const StrokeExtent& second = digits[1];
    const int low = std::min(first.height, second.height);
    const int high = std::max(first.height, second.height);
    return first.left < x && second.left >= x && low > *highestPrint && high <= low * mostUnlike &&
           wideDigit(first) && wideDigit(second) && second.left - first.right <= widestLetterGap &&
           second.right <= std::min(end, print - clearOfLabel);
}

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
            letterWithin(stroke, label.left - kAfterPrint, label.firstRight) && stroke.height > highestPrint;
        const bool letter =
            !label.whole && usual < dotsEnd + kBehindDots && letterWithin(stroke, dotsEnd, usual);
        return figure || letter;
    });
}

int endOfLabel(const std::vector<StrokeExtent>& strokes, int right, int dotsBegin) {
    const int before = right - clearlyBefore;
    const auto highestPrint = highestOf(strokes, right - heightsSeen, before);
    int end = right;
    for (const StrokeExtent& letter : strokes) {
        const bool cut = highestPrint && letter.height <= *highestPrint && letter.left <= before &&
                         letter.right > right && letter.right <= std::min(right + farthestOff, dotsBegin);
        // A letter with its sign over it: a figure is one stroke.
        const bool underSign =
            cut && std::any_of(strokes.begin(), strokes.end(), [&](const StrokeExtent& sign) {
                return &sign != &letter && sign.height <= *highestPrint && sign.right > right &&
                       sign.left >= letter.left - 1 && sign.right <= letter.right + 1;
            });
        if (underSign)
            end = std::max(end, letter.right);
    }
    return end;
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
