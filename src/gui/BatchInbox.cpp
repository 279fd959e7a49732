// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BatchInbox.h"

#include <utility>

namespace tallydesk {

BatchInbox::BatchInbox(QList<BallotScan> scans, const Clock& clock)
    : m_scans(std::move(scans)), m_clock(clock) {}

BatchInbox::News BatchInbox::take() {
    const std::lock_guard lock(m_mutex);
    News news = m_news;
    news.changes = std::exchange(m_changes, {}).values();
    return news;
}

BallotChange& BatchInbox::changeOf(int index) {
    BallotChange& change = m_changes[index];
    change.scan = m_scans[index];
    change.attempt = m_attempts.value(index);
    return change;
}

void BatchInbox::started(int index, int) {
    const std::lock_guard lock(m_mutex);
    changeOf(index).run = RunState::Reading;
}

void BatchInbox::attempt(int index, int number) {
    const std::lock_guard lock(m_mutex);
    m_attempts[index] = number;
    changeOf(index).run = RunState::Reading;
    // An attempt that leaves shows that the service's wait is over.
    if (m_news.pauseUntil) {
        m_news.pause.reset();
        m_news.pauseUntil.reset();
    }
}

void BatchInbox::retry(int index, const ReadFailure&, std::chrono::milliseconds after) {
    const std::lock_guard lock(m_mutex);
    BallotChange& change = changeOf(index);
    change.run = RunState::Retrying;
    change.retryAt = m_clock.utcNow().addMSecs(after.count());
}

void BatchInbox::finished(int index, const BallotResult& result) {
    const std::lock_guard lock(m_mutex);
    BallotChange& change = changeOf(index);
    change.run = RunState::Idle;
    change.retryAt = {};
    m_attempts.remove(index);
    // A ballot that a stop left unread keeps what was known about it.
    if (result.status == BallotStatus::Cancelled)
        return;
    change.attempt = result.attempts;
    change.result = result;
    ++m_news.done;
    m_news.failed += result.status == BallotStatus::Failed;
    m_news.needReview += result.status == BallotStatus::NeedsReview;
}

void BatchInbox::revised(int index, const BallotResult& result) {
    const std::lock_guard lock(m_mutex);
    BallotChange& change = changeOf(index);
    change.run = RunState::Idle;
    change.attempt = result.attempts;
    change.result = result;
}

void BatchInbox::paused(const Error& reason, std::optional<QDateTime> until) {
    const std::lock_guard lock(m_mutex);
    m_news.pause = reason;
    m_news.pauseUntil = until;
}

void BatchInbox::resumed() {
    const std::lock_guard lock(m_mutex);
    m_news.pause.reset();
    m_news.pauseUntil.reset();
}

void BatchInbox::paceChanged(double requestsPerSecond) {
    const std::lock_guard lock(m_mutex);
    m_news.pace = requestsPerSecond;
}

void BatchInbox::spent(const ServiceUsage& sum) {
    const std::lock_guard lock(m_mutex);
    m_news.usage = sum;
}

}  // namespace tallydesk
