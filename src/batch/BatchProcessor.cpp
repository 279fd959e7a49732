// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/BatchProcessor.h"

#include <QThread>
#include <QThreadPool>
#include <algorithm>
#include <atomic>
#include <mutex>

#include "batch/BatchRun.h"

namespace tallydesk {

struct BatchProcessor::Private {
    Private(BallotReader& theReader, const PageLoader& theLoader, const BallotJudge& theJudge,
            BatchOptions theOptions)
        : reader(theReader),
          loader(theLoader),
          judge(theJudge),
          options(std::move(theOptions)),
          clock(options.clock ? *options.clock : systemClock),
          limiter(options.requestsPerSecond, &clock) {
        options.workers = std::max(BatchOptions::kAutoWorkers, options.workers);
        const std::vector<RateLimiter::Duration> before =
            options.ledger ? options.ledger->ages() : std::vector<RateLimiter::Duration>();
        if (options.perMinute)
            limiter.addWindow(*options.perMinute, std::chrono::minutes(1), before);
        if (options.perDay)
            limiter.addWindow(*options.perDay, std::chrono::hours(24), before);
        const int most =
            options.workers == BatchOptions::kAutoWorkers ? BatchOptions::kMostWorkers : options.workers;
        workers.setMaxThreadCount(most);
        preparers.setMaxThreadCount(std::clamp(QThread::idealThreadCount(), 1, most));
        // A worker's thread keeps its connection to the service; it must not end in a pause.
        workers.setExpiryTimeout(-1);
    }

    BatchTools tools() {
        return {reader, loader, judge, options, limiter, clock, workers, preparers, paused, progressMutex};
    }

    BatchResult run(const QList<BallotScan>& scans, bool oneAtATime, const CancelToken& cancel) {
        BatchRun batch(tools(), scans, oneAtATime);
        const auto link = cancel.onCancel([token = batch.token()]() mutable { token.cancel(); });
        {
            const std::lock_guard lock(mutex);
            current = &batch;
        }
        BatchResult result = batch.run();
        const std::lock_guard lock(mutex);
        current = nullptr;
        return result;
    }

    void tell(const std::function<void(BatchProgress&)>& event) {
        if (!options.progress)
            return;
        const std::lock_guard lock(progressMutex);
        event(*options.progress);
    }

    // Constant after construction.
    BallotReader& reader;
    const PageLoader& loader;
    const BallotJudge& judge;
    BatchOptions options;
    const SystemClock systemClock;
    const Clock& clock;
    // Thread-safe by themselves.
    RateLimiter limiter;
    std::atomic<bool> paused{false};
    // Serialises progress calls, pause() and resume(); recursive, so that a progress call may use those two.
    std::recursive_mutex progressMutex;
    // Guarded by `mutex`.
    std::mutex mutex;
    BatchRun* current = nullptr;
    // Last, so that their threads end before what they use.
    QThreadPool preparers;
    QThreadPool workers;
};

BatchProcessor::BatchProcessor(BallotReader& reader, const PageLoader& loader, const BallotJudge& judge,
                               BatchOptions options)
    : d(std::make_unique<Private>(reader, loader, judge, std::move(options))) {}

BatchProcessor::~BatchProcessor() = default;

const BatchOptions& BatchProcessor::options() const {
    return d->options;
}

RateLimiter& BatchProcessor::limiter() {
    return d->limiter;
}

BallotResult BatchProcessor::processSingle(const BallotScan& scan, const CancelToken& cancel) {
    return d->run({scan}, true, cancel).results.constFirst();
}

BatchResult BatchProcessor::processBatch(const QList<BallotScan>& scans, const CancelToken& cancel) {
    return d->run(scans, false, cancel);
}

BatchResult BatchProcessor::processBatchSequential(const QList<BallotScan>& scans,
                                                   const CancelToken& cancel) {
    return d->run(scans, true, cancel);
}

// Pausing and resuming at once from two threads must not leave the gate held without a pause; so each
// happens as a whole, and its listener hears of them in that order.
void BatchProcessor::pause() {
    const std::lock_guard whole(d->progressMutex);
    if (d->paused.exchange(true))
        return;
    d->limiter.hold();
    d->tell([](BatchProgress& progress) {
        progress.paused({QStringLiteral("batch.paused"), {}, {}}, std::nullopt);
    });
}

void BatchProcessor::resume() {
    const std::lock_guard whole(d->progressMutex);
    if (!d->paused.exchange(false))
        return;
    d->limiter.release();
    {
        const std::lock_guard lock(d->mutex);
        if (d->current)
            d->current->wake();
    }
    d->tell([](BatchProgress& progress) { progress.resumed(); });
}

bool BatchProcessor::isPaused() const {
    return d->paused;
}

void BatchProcessor::cancel() {
    std::optional<CancelToken> token;
    {
        const std::lock_guard lock(d->mutex);
        if (d->current)
            token = d->current->token();
    }
    if (token)
        token->cancel();
}

}  // namespace tallydesk
