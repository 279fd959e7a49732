// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Clock.h"

namespace tallydesk {

std::shared_ptr<void> Clock::onJump(std::function<void()>) const {
    return {};
}

Clock::TimePoint SystemClock::now() const {
    return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
}

QDateTime SystemClock::utcNow() const {
    return QDateTime::currentDateTimeUtc();
}

}  // namespace tallydesk
