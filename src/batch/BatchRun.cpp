// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/BatchRun.h"

#include <QRunnable>
#include <QThread>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/CrossBallotRules.h"

namespace tallydesk {

/// One step of one ballot in a pool's thread.
class BallotTask final : public QRunnable {
public:
    BallotTask(BatchRun& run, BatchRun::Step step, int index) : m_run(run), m_step(step), m_index(index) {
        m_complete.store(true, std::memory_order_release);
    }
    void run() override {
        // The pool hands the task over properly, but inside Qt, where the thread sanitizer can't see it.
        if (m_complete.load(std::memory_order_acquire))
            m_run.perform(m_step, m_index);
    }

private:
    BatchRun& m_run;
    const BatchRun::Step m_step;
    const int m_index;
    std::atomic<bool> m_complete{false};
};

namespace {

RetryOptions retryOptions(const BatchOptions& options) {
    RetryOptions result;
    result.attempts = options.attempts;
    result.backoffMin = options.backoffMin;
    result.backoffMax = options.backoffMax;
    return result;
}

// Looks for a lost service follow the waits that the user chose for its ballots.
OutageOptions outageOptions(const BatchOptions& options) {
    if (options.outage)
        return *options.outage;
    OutageOptions result;
    result.firstProbe = options.backoffMin;
    result.longestProbe = 6 * options.backoffMax;
    return result;
}

int workersOf(const BatchOptions& options, bool oneAtATime, bool usesService) {
    if (oneAtATime)
        return 1;
    if (options.workers != BatchOptions::kAutoWorkers)
        return options.workers;
    return usesService ? BatchOptions::kMostWorkers
                       : std::clamp(QThread::idealThreadCount(), 1, BatchOptions::kMostWorkers);
}

// With workers at auto: how much of the gate's time to come is covered by threads that wait there (waking one
// takes a moment), and by ballots that are prepared ahead (pages take up to a second), and the least and most
// of both. Prepared ballots are what memory holds.
constexpr double kGateSeconds = 0.25;
constexpr int kLeastAtGate = 2;
constexpr double kAheadSeconds = 3.0;
constexpr int kLeastAhead = 4;
constexpr int kMostAhead = 24;

int covering(double seconds, double pace, int least, int most) {
    return std::clamp(static_cast<int>(std::ceil(std::min(seconds * pace, 1000.0))), least, most);
}

// Nobody sleeps longer in one go; also keeps sums of time points from overflowing.
constexpr std::chrono::hours kLongestSleep{1};

}  // namespace

BatchRun::BatchRun(const BatchTools& tools, const QList<BallotScan>& scans, bool oneAtATime)
    : m_tools(tools),
      m_scans(scans),
      m_oneAtATime(oneAtATime),
      m_usesService(tools.reader.usesService()),
      m_readerId(tools.reader.id()),
      m_retry(retryOptions(tools.options)),
      m_autoWorkers(!oneAtATime && m_usesService && tools.options.workers == BatchOptions::kAutoWorkers),
      m_workers(workersOf(tools.options, oneAtATime, m_usesService)),
      m_cancelClosesGate(m_cancel.onCancel([gate = m_gate]() mutable { gate.cancel(); })),
      m_outage(outageOptions(tools.options)),
      m_results(static_cast<size_t>(scans.size())),
      m_ballots(static_cast<size_t>(scans.size())) {}

BatchRun::~BatchRun() = default;

void BatchRun::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_wake = true;
    }
    m_changed.notify_all();
}

BatchResult BatchRun::run() {
    const auto gateWake = m_gate.onCancel([this] { wake(); });
    const auto cancelWake = m_cancel.onCancel([this] { wake(); });
    const auto jumpWake = m_tools.clock.onJump([this] { wake(); });
    m_tools.limiter.setShare(1.0);
    settleUnreadable();

    const int total = static_cast<int>(m_scans.size());
    std::unique_lock lock(m_mutex);
    while (m_done < total || m_preparing + m_working + m_localReadings > 0) {
        m_wake = false;
        // One look at the clock for handing out and for sleeping: what falls due between two looks would
        // be in neither, and nobody would wake up for it.
        const Clock::TimePoint now = m_tools.clock.now();
        if (m_gate.isCancelled()) {
            const std::vector<int> idle = takeIdle();
            lock.unlock();
            for (const int index : idle)
                cancelled(index);
            lock.lock();
            // What is paid for waits for nothing but this machine.
            dispatchLocal(now);
        } else {
            dispatch(now);
            if (m_budgetIsSpent) {
                lock.unlock();
                finishEarly({QStringLiteral("batch.budget_reached"),
                             {QString::number(m_tools.options.budget.value_or(0))},
                             {}});
                lock.lock();
            }
        }
        waitForChange(lock, now);
    }
    lock.unlock();
    // The gate serves later runs too.
    m_tools.limiter.endProbing();
    m_tools.limiter.setShare(1.0);

    BatchResult result = collect();
    tell([&](BatchProgress& progress) { progress.done(result); });
    return result;
}

// Scans that intake could not open at all fail without being read.
void BatchRun::settleUnreadable() {
    for (int index = 0; index < m_scans.size() && !m_gate.isCancelled(); ++index) {
        if (!m_scans[index].error)
            continue;
        {
            const std::lock_guard lock(m_mutex);
            at(index).stage = Stage::Working;
            ++m_open;
            ++m_working;
        }
        at(index).startedTold = true;
        tell([&](BatchProgress& progress) { progress.started(index, static_cast<int>(m_scans.size())); });
        fail(index, *m_scans[index].error);
        const std::lock_guard lock(m_mutex);
        --m_working;
    }
}

void BatchRun::dispatch(Clock::TimePoint now) {
    // Paying services get their pages prepared ahead, so that no slot waits for an image. On the device
    // preparing is part of the same computing, and fewer pages at a time keep memory flat.
    if (m_usesService && !m_oneAtATime)
        dispatchAhead(now);
    else
        dispatchWhole(now);
}

void BatchRun::dispatchAhead(Clock::TimePoint now) {
    while (const auto due = takeDue(Due::Prepared, now)) {
        at(*due).stage = Stage::Ready;
        // As in takeWhole().
        if (m_outage.isOut())
            m_ready.push_back(*due);
        else
            m_ready.push_front(*due);
    }
    const int ahead = m_autoWorkers ? covering(kAheadSeconds, m_tools.limiter.rate(), kLeastAhead, kMostAhead)
                                    : m_workers + 2;
    while (m_preparing + static_cast<int>(m_ready.size()) < ahead) {
        std::optional<int> index = takeDue(Due::Unprepared, now);
        if (!index)
            index = nextNew();
        if (!index)
            break;
        at(*index).stage = Stage::Preparing;
        ++m_preparing;
        start(Step::Prepare, *index);
    }
    while (m_working < m_workers && !m_ready.empty() && !m_tools.paused && gateWantsMore() &&
           budgetAllows()) {
        const auto index = takeReady();
        if (!index)
            break;
        at(*index).stage = Stage::Working;
        ++m_working;
        ++m_atGate;
        at(*index).atGate = true;
        start(Step::Attempt, *index);
    }
    dispatchLocal(now);
}

void BatchRun::dispatchLocal(Clock::TimePoint now) {
    while (m_localReadings < m_tools.preparers.maxThreadCount() && !m_tools.paused) {
        const auto index = takeDue(Due::Local, now);
        if (!index)
            break;
        at(*index).stage = Stage::Working;
        ++m_localReadings;
        start(Step::Local, *index);
    }
}

void BatchRun::dispatchWhole(Clock::TimePoint now) {
    while (m_working < m_workers && !m_tools.paused) {
        const std::optional<int> index = takeWhole(now);
        if (!index)
            break;
        at(*index).stage = Stage::Working;
        ++m_working;
        start(Step::Whole, *index);
    }
}

// The budget is asked for requests alone, and only where there is one to make.
std::optional<int> BatchRun::takeWhole(Clock::TimePoint now) {
    const auto mayBegin = [this] { return hasNew() && (!m_usesService || budgetAllows()); };
    // While the service is gone each look is made by another ballot, so that none uses up its attempts.
    if (m_outage.isOut() && mayBegin())
        return nextNew();
    const bool isAsked =
        findDue(Due::Prepared, now) != m_waiting.end() || findDue(Due::Unprepared, now) != m_waiting.end();
    if (isAsked && budgetAllows()) {
        const auto prepared = takeDue(Due::Prepared, now);
        return prepared ? prepared : takeDue(Due::Unprepared, now);
    }
    if (const auto local = takeDue(Due::Local, now))
        return local;
    return (!m_oneAtATime || m_open == 0) && mayBegin() ? nextNew() : std::nullopt;
}

bool BatchRun::gateWantsMore() const {
    return !m_autoWorkers ||
           m_atGate < covering(kGateSeconds, m_tools.limiter.rate(), kLeastAtGate, m_workers);
}

// Whether one more request may be made. What is under way counts with the mean cost so far; before the first
// answer only one may be.
bool BatchRun::budgetAllows() {
    if (!m_tools.options.budget)
        return true;
    if (*m_tools.options.budget <= 0) {
        m_budgetIsSpent = m_budgetIsSpent || m_asking == 0;
        return false;
    }
    if (m_usage.requests == 0)
        return m_asking == 0;
    const double mean = m_usage.cost / static_cast<double>(m_usage.requests);
    // Sums of prices are no exact numbers; a millionth of a cent is not worth a ballot.
    const bool allows = m_usage.cost + (m_asking + 1) * mean <= *m_tools.options.budget + 1e-8;
    m_budgetIsSpent = m_budgetIsSpent || (!allows && m_asking == 0);
    return allows;
}

// The ballot of this kind that has been due for longest.
BatchRun::Waiting BatchRun::findDue(Due kind, Clock::TimePoint now) {
    auto best = m_waiting.end();
    for (auto it = m_waiting.begin(); it != m_waiting.end(); ++it) {
        const Ballot& ballot = at(*it);
        const Due isKind = !usesService(*it) ? Due::Local : ballot.prepared ? Due::Prepared : Due::Unprepared;
        if (ballot.due <= now && isKind == kind && (best == m_waiting.end() || ballot.due < at(*best).due))
            best = it;
    }
    return best;
}

std::optional<int> BatchRun::takeDue(Due kind, Clock::TimePoint now) {
    const Waiting found = findDue(kind, now);
    if (found == m_waiting.end())
        return std::nullopt;
    const int index = *found;
    m_waiting.erase(found);
    if (at(index).prepared)
        --m_retained;
    return index;
}

bool BatchRun::hasNew() {
    while (m_firstNew < static_cast<int>(m_ballots.size()) && at(m_firstNew).stage != Stage::New)
        ++m_firstNew;
    return m_firstNew < static_cast<int>(m_ballots.size());
}

std::optional<int> BatchRun::nextNew() {
    if (!hasNew())
        return std::nullopt;
    ++m_open;
    return m_firstNew++;
}

// Every ballot that no thread works on; they become the caller's to settle. But for those that only wait for
// a reading on the device, unless the run is cancelled: the answer that they have is paid for.
std::vector<int> BatchRun::takeIdle() {
    std::vector<int> idle;
    std::vector<int> goingOn;
    for (int index = 0; index < static_cast<int>(m_ballots.size()); ++index) {
        Ballot& ballot = at(index);
        if (ballot.stage != Stage::New && ballot.stage != Stage::Ready && ballot.stage != Stage::Waiting)
            continue;
        if (ballot.stage == Stage::New)
            ++m_open;
        ballot.prepared.reset();
        if (ballot.stage == Stage::Waiting && !tokenOf(index).isCancelled()) {
            goingOn.push_back(index);
            continue;
        }
        ballot.stage = Stage::Working;
        idle.push_back(index);
    }
    m_ready.clear();
    m_waiting = std::move(goingOn);
    m_retained = 0;
    m_firstNew = static_cast<int>(m_ballots.size());
    return idle;
}

void BatchRun::start(Step step, int index) {
    // Requests must not wait for readings on the device.
    const bool prepares = step == Step::Prepare || step == Step::Local;
    QThreadPool& pool = prepares ? m_tools.preparers : m_tools.workers;
    m_asking += asks(step, index);
    pool.start(new BallotTask(*this, step, index), step == Step::Local ? 0 : 1);
}

// What was due at `seen` has been handed out, or waits for a worker, who wakes this thread when it is free.
void BatchRun::waitForChange(std::unique_lock<std::mutex>& lock, Clock::TimePoint seen) {
    if (m_done == static_cast<int>(m_ballots.size()) && m_preparing + m_working + m_localReadings == 0)
        return;
    std::optional<Clock::TimePoint> due;
    for (const int index : m_waiting)
        if (at(index).due > seen && (!due || at(index).due < *due))
            due = at(index).due;
    const auto woken = [this] { return m_wake; };
    if (due)
        m_changed.wait_for(lock, std::min<Clock::Duration>(*due - m_tools.clock.now(), kLongestSleep), woken);
    else
        m_changed.wait(lock, woken);
}

BatchResult BatchRun::collect() {
    BatchResult result;
    result.total = static_cast<int>(m_scans.size());
    result.results.reserve(result.total);
    for (BallotResult& ballot : m_results)
        result.results.append(std::move(ballot));
    applyRulesBetweenBallots(result.results);
    for (const BallotResult& ballot : std::as_const(result.results)) {
        if (ballot.status != BallotStatus::Cancelled)
            ++result.processed;
        if (ballot.status == BallotStatus::Failed && ballot.error)
            result.errors.append({ballot.scan.file, ballot.error->code, sentence(*ballot.error)});
    }
    const std::lock_guard lock(m_mutex);
    result.stopped = m_stopped;
    result.usage = m_usage;
    return result;
}

void BatchRun::applyRulesBetweenBallots(QList<BallotResult>& results) {
    // Lists share their contents, so this copies no finding.
    QList<std::pair<BallotStatus, QList<Finding>>> before;
    before.reserve(results.size());
    for (const BallotResult& ballot : std::as_const(results))
        before.append({ballot.status, ballot.findings});
    checkAcrossBallots(results);
    for (int index = 0; index < results.size(); ++index) {
        const BallotResult& ballot = std::as_const(results)[index];
        if (ballot.status == before[index].first && ballot.findings == before[index].second)
            continue;
        keep([&](ResultSink& sink) { return sink.keepResult(ballot); });
        tell([&](BatchProgress& progress) { progress.revised(index, ballot); });
    }
}

QString BatchRun::sentence(const Error& error) const {
    if (m_tools.options.describe)
        return m_tools.options.describe(error);
    return error.detail.isEmpty() ? error.code : error.detail;
}

}  // namespace tallydesk
