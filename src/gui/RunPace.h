// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <deque>
#include <optional>

namespace tallydesk {

/// How fast a run goes: ballots a minute over the last minute, and how long the rest will take. Times are
/// those in which the batch was not paused. A plain value.
class RunPace {
public:
    using Time = std::chrono::milliseconds;

    /// `at` is the running time so far, `done` how many ballots have their outcome by then.
    void note(Time at, int done);
    /// nullopt until there is something to go by.
    std::optional<double> perMinute() const;
    std::optional<Time> timeLeft(int ballotsLeft) const;

private:
    struct Point {
        Time at;
        int done;
    };
    std::deque<Point> m_points;
};

}  // namespace tallydesk
