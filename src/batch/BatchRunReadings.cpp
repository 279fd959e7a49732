// SPDX-License-Identifier: GPL-3.0-or-later
// From what a reader read to the ballot's one outcome: the first reader's, further ones blind to it, and what
// is known from before.
#include "batch/BatchRun.h"

namespace tallydesk {

using std::chrono::milliseconds;

// The further reading that a ballot is at; null at its first one.
const FurtherReading* BatchRun::furtherOf(int index) const {
    const int reading = m_ballots[static_cast<size_t>(index)].reading;
    return reading == 0 ? nullptr : &m_tools.options.further[reading - 1];
}

BallotReader& BatchRun::readerOf(int index) const {
    const FurtherReading* further = furtherOf(index);
    return further ? *further->reader : m_tools.reader;
}

QString BatchRun::readerIdOf(int index) const {
    const FurtherReading* further = furtherOf(index);
    return further ? further->reader->id() : m_readerId;
}

// True when an earlier answer settles this reading.
bool BatchRun::recall(int index) {
    auto known = readerOf(index).recall(*at(index).prepared);
    if (!known || !known->data)
        return false;
    // Before the ballot may be handed on to its next reader.
    leaveGate(index);
    judge(index, std::move(*known->data));
    return true;
}

void BatchRun::judge(int index, BallotData data) {
    Ballot& ballot = at(index);
    if (!furtherOf(index)) {
        proceed(index, m_tools.judge.judge(m_scans[index], std::move(data), m_readerId));
        return;
    }
    BallotResult result = std::move(*ballot.soFar);
    ballot.soFar.reset();
    m_tools.judge.compare(result, readerIdOf(index), data);
    proceed(index, std::move(result));
}

void BatchRun::proceed(int index, BallotResult result) {
    Ballot& ballot = at(index);
    const int count = static_cast<int>(m_tools.options.further.size());
    for (int next = ballot.reading + 1; next <= count; ++next) {
        if (m_tools.options.further[next - 1].when == FurtherReading::When::Flagged &&
            result.status == BallotStatus::Accepted)
            continue;
        // Also where the reader before gave nothing: each prepares its own.
        ballot.prepared.reset();
        ballot.lessons.reset();
        ballot.soFar = std::move(result);
        ballot.attemptsBefore += ballot.attempts;
        ballot.attempts = 0;
        ballot.immediateRetries = 0;
        ballot.reading = next;
        waitForRetry(index, m_tools.clock.now());
        return;
    }
    settle(index, std::move(result));
}

void BatchRun::fail(int index, Error error) {
    Ballot& ballot = at(index);
    if (ballot.soFar) {
        // The first reading stands; that there is no other to hold against it is said.
        BallotResult result = std::move(*ballot.soFar);
        ballot.soFar.reset();
        m_tools.judge.compareWithNothing(result, readerIdOf(index), error.code,
                                         furtherOf(index)->when == FurtherReading::When::Always);
        proceed(index, std::move(result));
        return;
    }
    BallotResult result = blankResult(index);
    result.status = BallotStatus::Failed;
    result.error = std::move(error);
    settle(index, std::move(result));
}

void BatchRun::cancelled(int index) {
    Ballot& ballot = at(index);
    // A flagged ballot goes to review with or without another reading; one whose acceptance was to rest on
    // the other reading is read again (its first answer is known by then).
    if (ballot.soFar && furtherOf(index)->when == FurtherReading::When::Flagged) {
        BallotResult result = std::move(*ballot.soFar);
        ballot.soFar.reset();
        settle(index, std::move(result));
        return;
    }
    settle(index, blankResult(index));
}

BallotResult BatchRun::blankResult(int index) const {
    BallotResult result;
    result.scan = m_scans[index];
    result.reader = m_readerId;
    result.status = BallotStatus::Cancelled;
    return result;
}

// The one place where a ballot gets its outcome.
void BatchRun::settle(int index, BallotResult result) {
    Ballot& ballot = at(index);
    {
        const std::lock_guard lock(m_mutex);
        if (ballot.stage == Stage::Done)
            return;
        ballot.stage = Stage::Done;
    }
    ballot.prepared.reset();
    ballot.soFar.reset();
    result.attempts = ballot.attemptsBefore + ballot.attempts;
    result.elapsedMs = std::chrono::duration_cast<milliseconds>(ballot.worked).count();
    if (result.status != BallotStatus::Cancelled)
        keep([&](ResultSink& sink) { return sink.keepResult(result); });
    BallotResult& kept = m_results[static_cast<size_t>(index)];
    kept = std::move(result);
    tell([&](BatchProgress& progress) { progress.finished(index, kept); });
    const std::lock_guard lock(m_mutex);
    --m_open;
    ++m_done;
}

}  // namespace tallydesk
