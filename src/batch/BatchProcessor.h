// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "batch/BatchProgress.h"
#include "batch/OutageWatch.h"
#include "core/BallotJudge.h"
#include "core/BallotReader.h"
#include "core/BallotResult.h"
#include "core/CancelToken.h"
#include "core/Clock.h"
#include "core/RequestLedger.h"
#include "core/ResultSink.h"
#include "net/RateLimiter.h"

namespace tallydesk {

/// What to do when the service's quota (per day, or a very long Retry-After) is used up.
enum class OnQuota { Stop, Wait };

/// One more reader of the same ballots, blind to what the first one read (F.301).
struct FurtherReading {
    enum class When { Always, Flagged };
    /// Outlives the processor.
    BallotReader* reader = nullptr;
    /// Flagged: only ballots that are not accepted so far.
    When when = When::Always;
};

/// How a batch is run. Pointers may be null and must outlive the processor.
struct BatchOptions {
    /// Whatever rate and latency need, from 1 to kMostWorkers; for a reader on the device as many as there
    /// are cores.
    static constexpr int kAutoWorkers = 0;
    static constexpr int kMostWorkers = 64;

    int workers = 5;
    double requestsPerSecond = 2.0;
    std::optional<int> perMinute;
    std::optional<int> perDay;
    int attempts = 3;
    std::chrono::milliseconds backoffMin = std::chrono::seconds(4);
    std::chrono::milliseconds backoffMax = std::chrono::seconds(10);
    OnQuota onQuota = OnQuota::Stop;
    /// A wait that the service or a window asks for and that is longer than this is a quota. With
    /// OnQuota::Stop a service that is away for so long ends the run too, and a ballot that is asked to wait
    /// so long by itself fails.
    std::chrono::milliseconds quotaPatience = std::chrono::minutes(5);
    /// When a service counts as gone. Its waits follow backoffMin and backoffMax unless set.
    std::optional<OutageOptions> outage;
    /// The run stops when its answers have cost this much, in US dollars.
    std::optional<double> budget;
    /// In this order, after the first reader.
    QList<FurtherReading> further;
    RequestLedger* ledger = nullptr;
    ResultSink* sink = nullptr;
    BatchProgress* progress = nullptr;
    const Clock* clock = nullptr;
    quint64 jitterSeed = 1;
    /// The sentence for BatchError::message (MessageCatalog); without it the error's detail or code.
    std::function<QString(const Error&)> describe;
};

/// A ballot that could not be read.
struct BatchError {
    QString path;
    QString code;
    QString message;

    bool operator==(const BatchError&) const = default;
};

/// A batch after its run. A plain value.
struct BatchResult {
    /// One for each ballot, in intake order. A ballot that was not reached is Cancelled.
    QList<BallotResult> results;
    /// The failed ones, in intake order.
    QList<BatchError> errors;
    int total = 0;
    /// Ballots that were read or failed on their own: all but the cancelled ones.
    int processed = 0;
    /// Why the batch stopped before its end, when the cause concerns all ballots.
    std::optional<Error> stopped;
    ServiceUsage usage;
};

/// Reads many ballots at once: prepares pages ahead, lets each attempt pass the gate, tries again, keeps
/// every outcome. Every ballot ends in exactly one outcome, also when a reader throws, and parallel and
/// sequential runs give equal results apart from times. Cancelled ballots are not given to the sink, so
/// that a later run reads them. One run at a time; pause, resume and cancel from any thread. The reader,
/// loader and judge must outlive it.
class BatchProcessor {
public:
    BatchProcessor(BallotReader& reader, const PageLoader& loader, const BallotJudge& judge,
                   BatchOptions options = {});
    ~BatchProcessor();
    BatchProcessor(const BatchProcessor&) = delete;
    BatchProcessor& operator=(const BatchProcessor&) = delete;

    const BatchOptions& options() const;
    /// The gate that every request of this processor passes.
    RateLimiter& limiter();

    /// Each blocks its caller (any thread but the GUI's) until every ballot has its outcome. `cancel` ends
    /// the run as cancel() does.
    BallotResult processSingle(const BallotScan& scan, const CancelToken& cancel = {});
    /// `workers` ballots at once. A quota or a budget that is used up, and credit, end the run when what is
    /// under way has been answered; other causes that concern all end it at once.
    BatchResult processBatch(const QList<BallotScan>& scans, const CancelToken& cancel = {});
    /// One ballot after the other, each with its retries before the next begins.
    BatchResult processBatchSequential(const QList<BallotScan>& scans, const CancelToken& cancel = {});

    /// No new attempt begins until resume(); what is under way goes on. Holds across runs.
    void pause();
    void resume();
    bool isPaused() const;
    /// Ends the current run within a second: what is not done ends as Cancelled. Nothing without a run.
    void cancel();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace tallydesk
