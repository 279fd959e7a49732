// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <mutex>
#include <optional>

#include "batch/BatchProgress.h"
#include "core/Clock.h"
#include "gui/BallotTableModel.h"

namespace tallydesk {

/// What a batch told since the last look: the newest state of each ballot that changed, and whether the
/// batch waits. Workers put in, the GUI thread takes out; thread-safe.
class BatchInbox final : public BatchProgress {
public:
    struct News {
        QList<BallotChange> changes;
        /// Ballots with an outcome, since the run began.
        int done = 0;
        int failed = 0;
        int needReview = 0;
        /// The batch waits: why, and until when where that is known.
        std::optional<Error> pause;
        std::optional<QDateTime> pauseUntil;
        /// Requests a second, as the service bears them.
        std::optional<double> pace;
        ServiceUsage usage;
    };

    BatchInbox(QList<BallotScan> scans, const Clock& clock);

    News take();

    void started(int index, int total) override;
    void attempt(int index, int number) override;
    void retry(int index, const ReadFailure& failure, std::chrono::milliseconds after) override;
    void finished(int index, const BallotResult& result) override;
    void revised(int index, const BallotResult& result) override;
    void paused(const Error& reason, std::optional<QDateTime> until) override;
    void resumed() override;
    void paceChanged(double requestsPerSecond) override;
    void spent(const ServiceUsage& sum) override;

private:
    BallotChange& changeOf(int index);

    const QList<BallotScan> m_scans;
    const Clock& m_clock;
    std::mutex m_mutex;
    // Guarded by m_mutex.
    QHash<int, BallotChange> m_changes;
    QHash<int, int> m_attempts;
    News m_news;
};

}  // namespace tallydesk
