// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>

#include "batch/BatchProcessor.h"

namespace tallydesk {

/// What is known before a batch that asks a service. A plain value.
struct BatchOutlook {
    int ballots = 0;
    /// Further readings by the service for each ballot; those of flagged ballots are not counted.
    int readingsPerBallot = 1;
    /// What a ballot has cost so far; absent where nothing is known.
    std::optional<double> costPerBallot;
    /// Requests of the last 24 hours.
    int requestsToday = 0;
    /// What the key may still spend, where the service says so.
    std::optional<double> creditLeft;
};

/// How much a batch will take: what the start dialog and the command line say before it begins.
struct BatchForecast {
    int requests = 0;
    /// From the first request to the last answer, without pauses for a quota.
    std::chrono::milliseconds duration{};
    std::optional<double> cost;
    /// Of the day's quota, where there is one.
    std::optional<int> leftToday;
    bool quotaSuffices = true;
    bool creditSuffices = true;

    bool operator==(const BatchForecast&) const = default;
};

/// A pure function; any thread.
BatchForecast forecast(const BatchOutlook& outlook, const BatchOptions& options);

}  // namespace tallydesk
