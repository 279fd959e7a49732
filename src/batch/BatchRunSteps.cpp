// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker thread does with one ballot: prepare, attempt, try again, keep.
#include <algorithm>
#include <exception>

#include "batch/BatchRun.h"

namespace tallydesk {

namespace {

using std::chrono::milliseconds;

// Ballots that keep their prepared form while they wait for a retry.
constexpr int kMostRetained = 16;

Error internalError(const QString& detail) {
    return {QStringLiteral("internal.error"), {QStringLiteral("batch")}, detail};
}

ReadAttempt internalFailure(const QString& detail) {
    ReadFailure failure;
    failure.error = internalError(detail);
    return ReadAttempt::failed(std::move(failure));
}

// The text of the exception that is being handled.
QString currentExceptionText() {
    try {
        throw;
    } catch (const std::exception& exception) {
        return QString::fromLocal8Bit(exception.what());
    } catch (...) {
        return QStringLiteral("unknown exception");
    }
}

// Adds the time from construction to destruction to a sum, on the run's clock.
class Stopwatch {
public:
    Stopwatch(const Clock& clock, Clock::Duration& sum) : m_clock(clock), m_sum(sum), m_from(clock.now()) {}
    ~Stopwatch() { m_sum += m_clock.now() - m_from; }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    qint64 elapsedMs() const {
        return std::chrono::duration_cast<milliseconds>(m_clock.now() - m_from).count();
    }

private:
    const Clock& m_clock;
    Clock::Duration& m_sum;
    const Clock::TimePoint m_from;
};

}  // namespace

void BatchRun::perform(Step step, int index) {
    bool ready = false;
    // The ballot may be at its next reader when this step is over.
    const bool asked = asks(step, index);
    const QString name = step == Step::Attempt ? at(index).prepared->requestName : QString();
    try {
        switch (step) {
            case Step::Prepare:
                ready = prepare(index);
                break;
            case Step::Attempt:
                // An identical request may have been answered since this one was prepared.
                if (name.isEmpty() || !recall(index))
                    attempt(index);
                break;
            case Step::Whole:
            case Step::Local:
                if (at(index).prepared || prepare(index))
                    attempt(index);
                break;
        }
    } catch (...) {
        ready = false;
        leaveGate(index);
        fail(index, internalError(currentExceptionText()));
    }
    const std::lock_guard lock(m_mutex);
    if (step == Step::Prepare)
        --m_preparing;
    else if (step == Step::Local)
        --m_localReadings;
    else
        --m_working;
    m_asking -= asked;
    m_underWay.remove(name);
    if (ready) {
        at(index).stage = Stage::Ready;
        m_ready.push_back(index);
    }
    // Notified with the mutex held: after the last task the run may be gone as soon as it is free.
    m_wake = true;
    m_changed.notify_all();
}

// True when the ballot's prepared form is there; else the ballot is settled.
bool BatchRun::prepare(int index) {
    Ballot& ballot = at(index);
    const BallotScan& scan = m_scans[index];
    if (tokenOf(index).isCancelled()) {
        cancelled(index);
        return false;
    }
    if (!ballot.startedTold) {
        ballot.startedTold = true;
        tell([&](BatchProgress& progress) { progress.started(index, static_cast<int>(m_scans.size())); });
    }
    Expected<std::shared_ptr<PreparedBallot>> prepared;
    {
        const Stopwatch stopwatch(m_tools.clock, ballot.worked);
        try {
            const auto pages = m_tools.loader.load(scan, m_cancel);
            prepared = pages ? readerOf(index).prepare(scan, *pages, m_cancel)
                             : Expected<std::shared_ptr<PreparedBallot>>(tl::make_unexpected(pages.error()));
        } catch (...) {
            prepared = tl::make_unexpected(internalError(currentExceptionText()));
        }
    }
    if (prepared && !*prepared)
        prepared = tl::make_unexpected(internalError(QStringLiteral("the reader prepared nothing")));
    if (prepared) {
        ballot.prepared = *prepared;
        if (ballot.lessons)
            ballot.prepared->lessons = ballot.lessons;
        else
            ballot.lessons = ballot.prepared->lessons;
        return !recall(index);
    }
    // Work that was interrupted says nothing about the ballot.
    if (m_cancel.isCancelled())
        cancelled(index);
    else
        fail(index, prepared.error());
    return false;
}

void BatchRun::attempt(int index) {
    Ballot& ballot = at(index);
    bool again = true;
    while (again) {
        again = false;
        std::optional<RateSlot> slot;
        if (!takeSlot(index, slot))
            return;
        const int number = ballot.attempts + 1;
        ReadAttempt outcome = guardedAttempt(index, number, slot);
        if (outcome.data) {
            ballot.attempts = number;
            judge(index, std::move(*outcome.data));
            if (outcome.failure && outcome.failure->reach == FailureReach::Batch)
                stop(outcome.failure->error);
        } else {
            again = handleFailure(index, *outcome.failure);
        }
    }
}

ReadAttempt BatchRun::guardedAttempt(int index, int number, std::optional<RateSlot>& slot) {
    Ballot& ballot = at(index);
    tell([&](BatchProgress& progress) { progress.attempt(index, number); });
    AttemptRecord record;
    // Counts what was sent, so that a ballot sent once more at once leaves two records.
    record.number = number + ballot.immediateRetries;
    record.reader = readerIdOf(index);
    ReadAttempt outcome;
    const Clock::TimePoint sent = m_tools.clock.now();
    {
        const Stopwatch stopwatch(m_tools.clock, ballot.worked);
        try {
            // As late as can be: the pace counts from here.
            if (slot)
                slot->spend();
            if (slot && m_tools.options.ledger)
                m_tools.options.ledger->note();
            outcome = readerOf(index).attempt(*ballot.prepared, number, m_cancel);
            if (!outcome.data && !outcome.failure)
                outcome = internalFailure(QStringLiteral("the reader gave nothing"));
        } catch (...) {
            outcome = internalFailure(currentExceptionText());
        }
        record.elapsedMs = stopwatch.elapsedMs();
    }
    if (outcome.failure) {
        record.errorCode = outcome.failure->error.code;
        record.httpStatus = outcome.failure->httpStatus;
    }
    record.rawAnswer = outcome.rawAnswer;
    record.usage = outcome.usage;
    if (slot)
        learn(outcome, sent, slot->isProbe());
    if (!outcome.failure || outcome.failure->reach != FailureReach::Cancelled)
        keep([&](ResultSink& sink) { return sink.keepAttempt(m_scans[index], record); });
    return outcome;
}

bool BatchRun::handleFailure(int index, const ReadFailure& failure) {
    Ballot& ballot = at(index);
    if (failure.reach == FailureReach::Cancelled && m_cancel.isCancelled()) {
        cancelled(index);
        return false;
    }
    const int number = ballot.attempts + 1;
    // The wait counts from the failure, and not from when all listeners have heard of it.
    const Clock::TimePoint failedAt = m_tools.clock.now();
    if (usesService(index) && heedServicePause(failure)) {
        ballot.attempts = number;
        cancelled(index);
        return false;
    }
    if (usesService(index) && asksTooLongAWait(failure)) {
        ballot.attempts = number;
        fail(index, failure.error);
        return false;
    }
    const RetryDecision decision = m_retry.decide(number, failure, jitter(index), ballot.immediateRetries);
    if (decision.action == RetryDecision::Action::RetryNow) {
        ++ballot.immediateRetries;
        return true;
    }
    ballot.attempts = number;
    switch (decision.action) {
        case RetryDecision::Action::Retry:
            tell([&](BatchProgress& progress) { progress.retry(index, failure, decision.after); });
            waitForRetry(index, failedAt + decision.after);
            break;
        case RetryDecision::Action::StopBatch:
            // The service still answers what it has taken before the credit was used up.
            if (failure.error.code == QLatin1String("service.credit_used_up"))
                finishEarly(failure.error);
            else
                stop(failure.error);
            cancelled(index);
            break;
        default:
            // Also a reader that says "cancelled" although nobody cancelled.
            fail(index, failure.error);
            break;
    }
    return false;
}

void BatchRun::waitForRetry(int index, Clock::TimePoint due) {
    const std::lock_guard lock(m_mutex);
    Ballot& ballot = at(index);
    ballot.due = due;
    // When many wait at once (the service is down), the later ones give up their pages and are prepared
    // anew, so that memory stays bounded.
    if (ballot.prepared && m_retained < std::min(m_workers, kMostRetained))
        ++m_retained;
    else
        ballot.prepared.reset();
    ballot.stage = Stage::Waiting;
    m_waiting.push_back(index);
}

void BatchRun::keep(const std::function<Expected<void>(ResultSink&)>& write) {
    if (!m_tools.options.sink)
        return;
    Expected<void> kept;
    try {
        kept = write(*m_tools.options.sink);
    } catch (...) {
        kept = tl::make_unexpected(internalError(currentExceptionText()));
    }
    if (!kept)
        stop(kept.error());
}

void BatchRun::tell(const std::function<void(BatchProgress&)>& event) {
    if (!m_tools.options.progress)
        return;
    const std::lock_guard lock(m_tools.progressMutex);
    try {
        event(*m_tools.options.progress);
    } catch (...) {
        // A listener's trouble is not the ballot's.
        qWarning("A progress listener threw: %s", qPrintable(currentExceptionText()));
    }
}

// The same for the same seed, ballot and attempt (splitmix64), so that runs can be repeated.
double BatchRun::jitter(int index) const {
    const auto& ballot = m_ballots[static_cast<size_t>(index)];
    quint64 x = m_tools.options.jitterSeed + 0x9e3779b97f4a7c15ULL * (static_cast<quint64>(index) * 64 + 1 +
                                                                      static_cast<quint64>(ballot.attempts));
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    x ^= x >> 31;
    return static_cast<double>(x >> 11) / 9007199254740992.0;
}

}  // namespace tallydesk
