// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/RunPace.h"

#include <cmath>

namespace tallydesk {

namespace {

using namespace std::chrono_literals;

// Long enough to even out slow and fast ballots, short enough to follow a change.
constexpr RunPace::Time kWindow = 60s;
// Before that a figure would jump about.
constexpr RunPace::Time kLeast = 2s;

}  // namespace

void RunPace::note(Time at, int done) {
    m_points.push_back({at, done});
    while (m_points.size() > 2 && at - m_points[1].at >= kWindow)
        m_points.pop_front();
}

std::optional<double> RunPace::perMinute() const {
    if (m_points.empty())
        return std::nullopt;
    const Time passed = m_points.back().at - m_points.front().at;
    const int done = m_points.back().done - m_points.front().done;
    if (passed < kLeast || done <= 0)
        return std::nullopt;
    return 60'000.0 * done / static_cast<double>(passed.count());
}

std::optional<RunPace::Time> RunPace::timeLeft(int ballotsLeft) const {
    const auto rate = perMinute();
    if (!rate)
        return std::nullopt;
    return Time(std::llround(60'000.0 * ballotsLeft / *rate));
}

}  // namespace tallydesk
