// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "batch/BatchProcessor.h"
#include "net/RetryPolicy.h"

namespace tallydesk {

/// What a run borrows from its processor. Everything outlives the run.
struct BatchTools {
    BallotReader& reader;
    const PageLoader& loader;
    const BallotJudge& judge;
    const BatchOptions& options;
    RateLimiter& limiter;
    const Clock& clock;
    QThreadPool& workers;
    QThreadPool& preparers;
    const std::atomic<bool>& paused;
    /// Serialises the calls of BatchProgress.
    std::recursive_mutex& progressMutex;
};

/// One run over a list of ballots. The thread that calls run() hands out the work and sleeps in between;
/// the pools' threads do it. A ballot goes New, Preparing, Ready, Working, perhaps Waiting (for its retry,
/// without a thread), Done. Private to the room.
class BatchRun {
public:
    BatchRun(const BatchTools& tools, const QList<BallotScan>& scans, bool oneAtATime);
    ~BatchRun();

    BatchResult run();

    /// The token that ends this run.
    CancelToken token() const { return m_cancel; }
    /// Something changed from outside (pause): look again.
    void wake();

private:
    friend class BallotTask;
    enum class Stage { New, Preparing, Ready, Working, Waiting, Done };
    enum class Step { Prepare, Attempt, Whole };

    struct Ballot {
        Stage stage = Stage::New;
        int attempts = 0;
        int immediateRetries = 0;
        // Touched by the task that works on the ballot; by others, under the mutex, at Ready or Waiting only.
        std::shared_ptr<PreparedBallot> prepared;
        Clock::Duration worked{};
        Clock::TimePoint due{};
        bool startedTold = false;
    };

    // The caller's thread.
    void settleUnreadable();
    void dispatch(Clock::TimePoint now);
    void dispatchAhead(Clock::TimePoint now);
    void dispatchWhole(Clock::TimePoint now);
    std::vector<int> takeIdle();
    void waitForChange(std::unique_lock<std::mutex>& lock, Clock::TimePoint seen);
    std::optional<int> takeDue(bool prepared, Clock::TimePoint now);
    std::optional<int> nextNew();
    void start(Step step, int index);
    Ballot& at(int index) { return m_ballots[static_cast<size_t>(index)]; }
    void applyRulesBetweenBallots(QList<BallotResult>& results);
    QString sentence(const Error& error) const;
    BatchResult collect();

    // Worker threads.
    void perform(Step step, int index);
    bool prepare(int index);
    void attempt(int index);
    bool takeSlot(int index, std::optional<RateSlot>& slot);
    ReadAttempt guardedAttempt(int index, int number, std::optional<RateSlot>& slot);
    void judge(int index, BallotData data);
    /// True when the ballot is to be sent once more at once.
    bool handleFailure(int index, const ReadFailure& failure);
    /// True when the service's wait is so long that the batch stops.
    bool heedServicePause(const ReadFailure& failure);
    void tellQuotaPause();
    void waitForRetry(int index, Clock::TimePoint due);

    // Any thread.
    void fail(int index, Error error);
    void cancelled(int index);
    void settle(int index, BallotResult result);
    void stop(Error cause);
    void keep(const std::function<Expected<void>(ResultSink&)>& write);
    void tell(const std::function<void(BatchProgress&)>& event);
    BallotResult blankResult(int index) const;
    double jitter(int index) const;

    // Constant after construction.
    const BatchTools m_tools;
    const QList<BallotScan> m_scans;
    const bool m_oneAtATime;
    const bool m_usesService;
    const QString m_readerId;
    const RetryPolicy m_retry;
    const int m_workers;
    const CancelToken m_cancel;

    // Each element is written once by the thread that settles it; read when all threads are done.
    std::vector<BallotResult> m_results;

    // Guarded by m_mutex; the fields of a Ballot below its stage belong to the task that works on it.
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_wake = false;
    std::vector<Ballot> m_ballots;
    std::deque<int> m_ready;
    std::vector<int> m_waiting;
    int m_firstNew = 0;
    int m_preparing = 0;
    int m_working = 0;
    int m_retained = 0;
    int m_open = 0;
    int m_done = 0;
    std::optional<Error> m_stopped;
    std::optional<Clock::TimePoint> m_quotaTold;
};

}  // namespace tallydesk
