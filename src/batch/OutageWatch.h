// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "core/BallotReader.h"
#include "core/Clock.h"

namespace tallydesk {

/// When a service counts as gone, and how long it is looked for.
struct OutageOptions {
    /// Failures in a row that concern everybody.
    int failuresInARow = 5;
    /// Before the first look; doubles up to the longest.
    std::chrono::milliseconds firstProbe = std::chrono::seconds(4);
    std::chrono::milliseconds longestProbe = std::chrono::minutes(1);
    /// How long an outage may last before the batch stops: of a service that has answered in this run, and
    /// of one that never has (a wrong address, no network from the start).
    std::chrono::milliseconds patience = std::chrono::hours(1);
    std::chrono::milliseconds patienceUnproven = std::chrono::minutes(1);
};

/// Tells from the outcomes of all requests whether the service is there at all. After some failures in a row
/// that concern everybody, and no answer between them, it says to pause; from then on single requests
/// (probes) look at growing intervals, until one is answered. Thread-safe.
class OutageWatch {
public:
    enum class Advice {
        GoOn,
        Probe,   ///< let one request pass after wait(), and none besides
        Resume,  ///< the service is there again
        GiveUp,  ///< gone for too long
    };

    explicit OutageWatch(OutageOptions options = {});

    /// No network, no name, no TLS, no answer at all, 5xx: another ballot would fare the same.
    static bool concernsEverybody(const ReadFailure& failure);

    Advice failed(bool isProbe, Clock::TimePoint now);
    /// Anything else came back: also a refusal shows that somebody is there.
    Advice answered();
    bool isOut() const;
    std::chrono::milliseconds wait() const;

private:
    const OutageOptions m_options;
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    int m_inARow = 0;
    bool m_hasAnswered = false;
    std::optional<Clock::TimePoint> m_outSince;
    std::chrono::milliseconds m_wait{};
};

}  // namespace tallydesk
