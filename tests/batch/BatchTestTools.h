// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "FakeReader.h"

namespace tallydesk::batchtest {

// So fast that no test waits for the pace.
constexpr double kNoPace = 10000.0;

inline BatchOptions fast() {
    using namespace std::chrono_literals;
    BatchOptions options;
    options.requestsPerSecond = kNoPace;
    options.backoffMin = 1ms;
    options.backoffMax = 5ms;
    return options;
}

/// The batch in a thread of its own, as the window runs it. It never outlives its test: a batch that does
/// not end by itself is a failed check, not a hang.
class InBackground {
public:
    InBackground(BatchProcessor& processor, const QList<BallotScan>& scans, const CancelToken& cancel = {})
        : m_cancel(cancel), m_thread([this, &processor, scans] {
              BatchResult result = processor.processBatch(scans, m_cancel);
              const std::lock_guard lock(m_mutex);
              m_result = std::move(result);
              m_done = true;
              m_ended.notify_all();
          }) {}
    ~InBackground() { end(); }
    InBackground(const InBackground&) = delete;
    InBackground& operator=(const InBackground&) = delete;

    bool done() const {
        const std::lock_guard lock(m_mutex);
        return m_done;
    }
    BatchResult result() {
        std::unique_lock lock(m_mutex);
        const bool ended = m_ended.wait_for(lock, std::chrono::seconds(30), [this] { return m_done; });
        lock.unlock();
        if (!ended)
            QTest::qFail("the batch did not end", __FILE__, __LINE__);
        end();
        return m_result;
    }

private:
    void end() {
        if (!m_thread.joinable())
            return;
        if (!done())
            m_cancel.cancel();
        m_thread.join();
    }

    CancelToken m_cancel;
    mutable std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_done = false;
    BatchResult m_result;
    std::thread m_thread;
};

inline ReadAttempt hang(const CancelToken& cancel) {
    while (!cancel.waitFor(std::chrono::minutes(1))) {
    }
    return failedWith(FailureReach::Cancelled, QStringLiteral("cancelled"));
}

inline void verifyOutcomes(const BatchResult& result, const QList<BallotScan>& scans) {
    QCOMPARE(result.total, static_cast<int>(scans.size()));
    QCOMPARE(result.results.size(), scans.size());
    int cancelled = 0;
    for (int i = 0; i < scans.size(); ++i) {
        const BallotResult& ballot = result.results[i];
        QCOMPARE(ballot.scan, scans[i]);
        cancelled += ballot.status == BallotStatus::Cancelled;
        QCOMPARE(ballot.status == BallotStatus::Failed, ballot.error.has_value());
        if (ballot.status == BallotStatus::Accepted || ballot.status == BallotStatus::NeedsReview)
            QCOMPARE(ballot.data.rows.value(0).entry.value, std::optional<qint64>(numberOf(scans[i])));
    }
    QCOMPARE(result.processed, result.total - cancelled);
}

}  // namespace tallydesk::batchtest
