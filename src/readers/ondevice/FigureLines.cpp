// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/FigureLines.h"

#include <algorithm>
#include <cstdlib>

namespace tallydesk {

namespace {

// Table pixels. The forms' lines are 53 apart, give or take what a bent page adds.
constexpr int usualPitch = 53;
constexpr int tooClose = 40;      // one of the two is none
constexpr int perhapsClose = 46;  // one may be none
constexpr int clearlyUneven = 6;
constexpr int mostEven = 3;
constexpr std::size_t leastEven = 3;  // two lines are always even
constexpr int sameEnd = 15;

// How far the distance between two lines is from a multiple of the usual one.
int unevenness(int distance) {
    const int times = std::max(1, (distance + usualPitch / 2) / usualPitch);
    return std::abs(distance - times * usualPitch);
}

// How unevenly the line at `index` stands to its neighbours but `other`, one of them.
int unevennessOf(const std::vector<const BlankLine*>& lines, std::size_t index, std::size_t other) {
    const std::size_t before = std::min(index, other);
    const std::size_t behind = std::max(index, other);
    int sum = 0;
    if (before > 0)
        sum += unevenness(lines[index]->y - lines[before - 1]->y);
    if (behind + 1 < lines.size())
        sum += unevenness(lines[behind + 1]->y - lines[index]->y);
    return sum;
}

int endOf(const BlankLine* line) {
    return line->blanks.back().right;
}

// Whether the last line is a fold that passes for one: the `wanted` above it stand evenly, the first of them
// and another end one under the other (writing may hide the last dots of the rest), and it does neither.
bool lastIsStray(const std::vector<const BlankLine*>& lines, std::size_t wanted) {
    const std::size_t last = lines.size() - 1;
    const std::size_t first = last - wanted;
    // Words that hide all of their dots end nowhere.
    if (lines[last]->firstWords >= static_cast<int>(lines[last]->blanks.size()))
        return false;
    std::size_t alike = 0;
    for (std::size_t i = first; i < last; ++i) {
        if (i > first && unevenness(lines[i]->y - lines[i - 1]->y) > mostEven)
            return false;
        if (std::abs(endOf(lines[last]) - endOf(lines[i])) <= sameEnd)
            return false;
        alike += std::abs(endOf(lines[i]) - endOf(lines[first])) <= sameEnd ? 1 : 0;
    }
    return alike >= 2 && unevenness(lines[last]->y - lines[last - 1]->y) >= clearlyUneven;
}

}  // namespace

std::size_t dropStrayLines(std::vector<const BlankLine*>& lines, std::size_t wanted) {
    std::size_t sureFrom = 0;
    if (lines.size() > wanted && wanted >= leastEven && lastIsStray(lines, wanted))
        lines.pop_back();
    for (std::size_t i = 1; i < lines.size();) {
        if (lines[i]->y - lines[i - 1]->y >= tooClose || lines.size() <= wanted) {
            ++i;
            continue;
        }
        const int upper = unevennessOf(lines, i - 1, i);
        const int lower = unevennessOf(lines, i, i - 1);
        const std::size_t stray = upper > lower ? i - 1 : i;
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(stray));
        if (std::abs(upper - lower) < clearlyUneven)
            sureFrom = i;
    }
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i]->y - lines[i - 1]->y < perhapsClose)
            sureFrom = std::max(sureFrom, i + 1);
    }
    return sureFrom;
}

}  // namespace tallydesk
