// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <chrono>
#include <optional>

#include "core/BallotReader.h"
#include "core/BallotResult.h"
#include "core/Error.h"

namespace tallydesk {

struct BatchResult;

/// Hears how a batch goes. Called from worker threads and from the thread that runs the batch, one call at
/// a time; must not block. It may call pause(), resume() and cancel() of the processor. `index` counts
/// ballots in intake order from 0.
class BatchProgress {
public:
    virtual ~BatchProgress() = default;
    /// Work on a ballot begins (its pages are opened).
    virtual void started(int index, int total) {
        Q_UNUSED(index)
        Q_UNUSED(total)
    }
    /// An attempt leaves, from 1; what is sent again at once keeps its number.
    virtual void attempt(int index, int number) {
        Q_UNUSED(index)
        Q_UNUSED(number)
    }
    /// An attempt failed and the ballot is tried again after `after`.
    virtual void retry(int index, const ReadFailure& failure, std::chrono::milliseconds after) {
        Q_UNUSED(index)
        Q_UNUSED(failure)
        Q_UNUSED(after)
    }
    /// A ballot has its outcome; exactly once for each ballot.
    virtual void finished(int index, const BallotResult& result) {
        Q_UNUSED(index)
        Q_UNUSED(result)
    }
    /// A finished ballot was changed by the rules between ballots (W.301, W.302).
    virtual void revised(int index, const BallotResult& result) {
        Q_UNUSED(index)
        Q_UNUSED(result)
    }
    /// Nothing is sent for now: the service asks to wait, a quota is used up ("batch.quota_reached"), the
    /// service is gone ("batch.service_away"; `until` is the next look), or the user said so ("batch.paused",
    /// without `until`). `until` is wall-clock time in UTC.
    virtual void paused(const Error& reason, std::optional<QDateTime> until) {
        Q_UNUSED(reason)
        Q_UNUSED(until)
    }
    /// The user's pause is over, or a service that was gone answers again.
    virtual void resumed() {}
    /// The service bears only this pace for now, or more again.
    virtual void paceChanged(double requestsPerSecond) { Q_UNUSED(requestsPerSecond) }
    /// What the run has sent and cost so far, after each answer.
    virtual void spent(const ServiceUsage& sum) { Q_UNUSED(sum) }
    virtual void done(const BatchResult& result) { Q_UNUSED(result) }
};

}  // namespace tallydesk
