// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/FigureLines.h"

#include <algorithm>

namespace tallydesk {

namespace {

constexpr std::size_t fewestDistances = 3;  // that tell what is usual

// How far the distance between two lines is from a multiple of the usual one.
int unevenness(int distance, int pitch) {
    const int times = std::max(1, (distance + pitch / 2) / pitch);
    return std::abs(distance - times * pitch);
}

}  // namespace

std::size_t dropStrayLines(std::vector<const BlankLine*>& lines, std::size_t wanted) {
    std::vector<int> distances;
    for (std::size_t i = 1; i < lines.size(); ++i)
        distances.push_back(lines[i]->y - lines[i - 1]->y);
    if (distances.size() < fewestDistances)
        return 0;
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    const int pitch = *middle;
    const auto without = [&](std::size_t i) {
        if (i == 0 || i + 1 == lines.size())
            return 0;
        return unevenness(lines[i + 1]->y - lines[i - 1]->y, pitch);
    };
    std::size_t sureFrom = 0;
    for (std::size_t i = 1; i < lines.size();) {
        if (lines[i]->y - lines[i - 1]->y >= pitch * 3 / 4) {
            ++i;
        } else if (lines.size() <= wanted) {
            sureFrom = ++i;
        } else {
            const std::size_t stray = without(i - 1) < without(i) ? i - 1 : i;
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(stray));
        }
    }
    return sureFrom;
}

}  // namespace tallydesk
