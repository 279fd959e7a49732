// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/PaceControl.h"

#include <algorithm>

namespace tallydesk {

namespace {

using namespace std::chrono_literals;

constexpr double kDecrease = 0.5;
// By the request and not by the clock: where one in ten is refused for no limit's sake, nine that pass make
// good for it, and the pace stays at nine tenths.
constexpr double kIncrease = 0.05;
// A sixteenth of 2 a second is 7 a minute, slower than any plan that was seen.
constexpr double kLeastShare = 1.0 / 16;
// Refusals further apart than this are single ones: quotas by the minute are the longest that a pace cures.
constexpr auto kSoon = 2min;

}  // namespace

std::optional<double> PaceControl::refused(Clock::TimePoint sent, Clock::TimePoint now, bool saysHowLong) {
    const std::lock_guard lock(m_mutex);
    const std::optional<Clock::TimePoint> before = m_lastRefusal;
    if (before && sent <= *before)
        return std::nullopt;
    m_lastRefusal = now;
    if (saysHowLong && (!before || now - *before > kSoon))
        return std::nullopt;
    const double share = std::max(kLeastShare, m_share * kDecrease);
    if (share == m_share)
        return std::nullopt;
    m_share = share;
    return share;
}

std::optional<double> PaceControl::letThrough() {
    const std::lock_guard lock(m_mutex);
    if (m_share >= 1.0)
        return std::nullopt;
    m_share = std::min(1.0, m_share + kIncrease);
    return m_share;
}

}  // namespace tallydesk
