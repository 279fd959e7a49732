// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

#include "core/BallotReader.h"

namespace tallydesk {

/// How often and how long to try again; settings.
struct RetryOptions {
    int attempts = 3;
    std::chrono::milliseconds backoffMin = std::chrono::seconds(4);
    std::chrono::milliseconds backoffMax = std::chrono::seconds(10);
    /// How often a ballot may be sent once more "in another way" (FailureReach::RetryNow).
    int immediateRetries = 2;
};

/// What to do after a failed attempt.
struct RetryDecision {
    enum class Action { Retry, RetryNow, FailBallot, StopBatch, Cancelled };
    Action action = Action::FailBallot;
    /// With Retry: how long to wait first.
    std::chrono::milliseconds after{0};

    bool operator==(const RetryDecision&) const = default;
};

/// Decides whether and when a failed attempt is made again (spec: openrouter.md). A pure function of its
/// arguments; any thread.
class RetryPolicy {
public:
    explicit RetryPolicy(RetryOptions options = {});

    /// `attempt` counts from 1; `jitter` is a random number in 0..1; `immediateRetries` is how many RetryNow
    /// this ballot has had. The service's own Retry-After wins over the backoff, unless it is shorter than
    /// backoffMin: nobody is asked again sooner than that.
    RetryDecision decide(int attempt, const ReadFailure& failure, double jitter,
                         int immediateRetries = 0) const;
    /// The wait after the given attempt: doubles from backoffMin up to backoffMax, the upper half of it
    /// jittered.
    std::chrono::milliseconds backoff(int attempt, double jitter) const;

    const RetryOptions& options() const { return m_options; }

private:
    RetryOptions m_options;
};

}  // namespace tallydesk
