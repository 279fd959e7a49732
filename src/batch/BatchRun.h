// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
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
#include "batch/OutageWatch.h"
#include "batch/PaceControl.h"
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
/// the pools' threads do it. A ballot goes New, Preparing, Ready, Working, perhaps Waiting (for its retry or
/// its next reading, without a thread), Done. Private to the room.
///
/// With workers at auto a thread is sent to the gate whenever fewer than a few wait there: so as many
/// requests are under way as rate x latency needs, whatever the latency is at the moment, and from the first
/// second on.
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
    enum class Step {
        Prepare,  ///< pages and request, in the preparers' pool
        Attempt,  ///< slot, request, answer, in the workers' pool
        Whole,    ///< both, in the workers' pool
        Local,    ///< both for a further reading on the device, in the preparers' pool
    };
    /// Which waiting ballots are meant: their request is ready, or has to be made, or nothing will be sent.
    enum class Due { Prepared, Unprepared, Local };
    using Waiting = std::vector<int>::iterator;

    struct Ballot {
        Stage stage = Stage::New;
        int attempts = 0;
        int immediateRetries = 0;
        // 0: by the first reader; n: by the n-th further one, with what the earlier ones came to.
        int reading = 0;
        int attemptsBefore = 0;
        std::optional<BallotResult> soFar;
        // Touched by the task that works on the ballot; by others, under the mutex, at Ready or Waiting only.
        std::shared_ptr<PreparedBallot> prepared;
        // Of the reader that the ballot is at, once it prepared the ballot.
        std::shared_ptr<AttemptLessons> lessons;
        Clock::Duration worked{};
        Clock::TimePoint due{};
        bool startedTold = false;
        // Counted in m_atGate; guarded by m_mutex.
        bool atGate = false;
    };

    // The caller's thread.
    void settleUnreadable();
    void dispatch(Clock::TimePoint now);
    void dispatchAhead(Clock::TimePoint now);
    void dispatchWhole(Clock::TimePoint now);
    void dispatchLocal(Clock::TimePoint now);
    std::optional<int> takeWhole(Clock::TimePoint now);
    /// Ballots that the closed gate, or the cancelled run, leaves nothing to wait for.
    std::vector<int> takeIdle();
    void waitForChange(std::unique_lock<std::mutex>& lock, Clock::TimePoint seen);
    Waiting findDue(Due kind, Clock::TimePoint now);
    std::optional<int> takeDue(Due kind, Clock::TimePoint now);
    /// The next ready ballot whose request nobody is making already.
    std::optional<int> takeReady();
    bool hasNew();
    std::optional<int> nextNew();
    bool gateWantsMore() const;
    bool budgetAllows();
    void start(Step step, int index);
    Ballot& at(int index) { return m_ballots[static_cast<size_t>(index)]; }
    void applyRulesBetweenBallots(QList<BallotResult>& results);
    QString sentence(const Error& error) const;
    BatchResult collect();

    // Worker threads.
    void perform(Step step, int index);
    bool prepare(int index);
    void attempt(int index);
    bool recall(int index);
    bool takeSlot(int index, std::optional<RateSlot>& slot);
    bool waitForSlot(std::optional<RateSlot>& slot);
    void leaveGate(int index);
    ReadAttempt guardedAttempt(int index, int number, std::optional<RateSlot>& slot);
    /// What an outcome says about the service, and not about its ballot.
    void learn(const ReadAttempt& outcome, Clock::TimePoint sent, bool wasProbe);
    void heedOutage(OutageWatch::Advice advice, const ReadAttempt& outcome);
    void addUsage(const ServiceUsage& usage);
    void judge(int index, BallotData data);
    /// Settles the ballot, or sends it to its next reader.
    void proceed(int index, BallotResult result);
    /// True when the ballot is to be sent once more at once.
    bool handleFailure(int index, const ReadFailure& failure);
    /// True when the service's wait is so long that the batch stops.
    bool heedServicePause(const ReadFailure& failure);
    /// The service asks for a wait that nobody wants to sit out.
    bool asksTooLongAWait(const ReadFailure& failure) const;
    void tellQuotaPause();
    void waitForRetry(int index, Clock::TimePoint due);

    // Any thread.
    void fail(int index, Error error);
    void cancelled(int index);
    void settle(int index, BallotResult result);
    /// Ends the run now: what is under way is cut off.
    void stop(Error cause);
    /// Ends the run when what is under way has been answered: it is paid for.
    void finishEarly(Error cause);
    void keep(const std::function<Expected<void>(ResultSink&)>& write);
    void tell(const std::function<void(BatchProgress&)>& event);
    BallotResult blankResult(int index) const;
    double jitter(int index) const;
    const FurtherReading* furtherOf(int index) const;
    BallotReader& readerOf(int index) const;
    QString readerIdOf(int index) const;
    bool asks(Step step, int index) const {
        return (step == Step::Attempt || step == Step::Whole) && usesService(index);
    }
    bool usesService(int index) const { return readerOf(index).usesService(); }
    /// Cancelled when a ballot's next step may not begin; a reading on the device goes on behind a closed
    /// gate.
    const CancelToken& tokenOf(int index) const { return usesService(index) ? m_gate : m_cancel; }

    // Constant after construction.
    const BatchTools m_tools;
    const QList<BallotScan> m_scans;
    const bool m_oneAtATime;
    const bool m_usesService;
    const QString m_readerId;
    const RetryPolicy m_retry;
    const bool m_autoWorkers;
    const int m_workers;
    const CancelToken m_cancel;
    // Cancelled before m_cancel where the run ends early: no new request leaves.
    const CancelToken m_gate;
    const std::shared_ptr<void> m_cancelClosesGate;

    // Thread-safe. m_learning makes what the watch says and what the gate then does one step.
    std::mutex m_learning;
    OutageWatch m_outage;
    PaceControl m_pace;

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
    // Of the working ones, those that ask the service.
    int m_asking = 0;
    // PreparedBallot::requestName of the requests under way.
    QSet<QString> m_underWay;
    int m_localReadings = 0;
    int m_atGate = 0;
    int m_retained = 0;
    int m_open = 0;
    int m_done = 0;
    std::optional<Error> m_stopped;
    ServiceUsage m_usage;
    bool m_budgetIsSpent = false;
    std::optional<Clock::TimePoint> m_quotaTold;
};

}  // namespace tallydesk
