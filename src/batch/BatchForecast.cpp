// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/BatchForecast.h"

#include <algorithm>
#include <cmath>

namespace tallydesk {

namespace {

// A vision model's usual answer, for the end of the batch and for workers that are too few.
constexpr double kAnswerSeconds = 6.0;

double requestsPerSecond(const BatchOptions& options) {
    double rate = options.requestsPerSecond;
    if (options.perMinute)
        rate = std::min(rate, *options.perMinute / 60.0);
    if (options.workers != BatchOptions::kAutoWorkers)
        rate = std::min(rate, options.workers / kAnswerSeconds);
    return rate;
}

}  // namespace

BatchForecast forecast(const BatchOutlook& outlook, const BatchOptions& options) {
    BatchForecast result;
    result.requests = outlook.ballots * outlook.readingsPerBallot;
    if (result.requests == 0)
        return result;
    const double seconds = (result.requests - 1) / requestsPerSecond(options) + kAnswerSeconds;
    result.duration = std::chrono::milliseconds(std::llround(1000 * seconds));
    if (outlook.costPerBallot)
        result.cost = *outlook.costPerBallot * outlook.ballots;
    if (options.perDay) {
        result.leftToday = std::max(0, *options.perDay - outlook.requestsToday);
        result.quotaSuffices = result.requests <= *result.leftToday;
    }
    // Without a price only an empty account is known not to suffice.
    if (outlook.creditLeft)
        result.creditSuffices = *outlook.creditLeft > 0 && *outlook.creditLeft >= result.cost.value_or(0);
    return result;
}

}  // namespace tallydesk
