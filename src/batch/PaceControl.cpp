// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/PaceControl.h"

#include <algorithm>

namespace tallydesk {

namespace {

using namespace std::chrono_literals;

constexpr double kDecrease = 0.5;
constexpr double kIncrease = 0.05;
// A thirty-second of 2 a second is 4 a minute, slower than any plan that was seen.
constexpr double kLeastShare = 1.0 / 32;
// Refusals further apart than this are single ones: quotas by the minute are the longest that a pace cures.
constexpr auto kSoon = 2min;
// So often the pace grows by kIncrease: from half to whole in some 50 s.
constexpr auto kGrowEvery = 5s;

}  // namespace

std::optional<double> PaceControl::refused(Clock::TimePoint sent, Clock::TimePoint now, bool saysHowLong) {
    const std::lock_guard lock(m_mutex);
    const std::optional<Clock::TimePoint> before = m_lastRefusal;
    if (before && sent <= *before)
        return std::nullopt;
    m_lastRefusal = now;
    if (saysHowLong && (!before || now - *before > kSoon))
        return std::nullopt;
    m_lastChange = now;
    const double share = std::max(kLeastShare, m_share * kDecrease);
    if (share == m_share)
        return std::nullopt;
    m_share = share;
    return share;
}

std::optional<double> PaceControl::letThrough(Clock::TimePoint now) {
    const std::lock_guard lock(m_mutex);
    if (m_share >= 1.0 || now - m_lastChange < kGrowEvery)
        return std::nullopt;
    m_lastChange = now;
    m_share = std::min(1.0, m_share + kIncrease);
    return m_share;
}

}  // namespace tallydesk
