// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QJsonObject>
#include <QList>

#include "batch/BatchProgress.h"
#include "cli/CommandLine.h"
#include "core/MessageCatalog.h"
#include "imaging/Intake.h"

namespace tallydesk {

/// Shows on stderr how intake and a batch go: a line that rewrites itself (auto, on a terminal), a line for
/// each ballot (plain), or JSON lines (spec: cli.md). Called one call at a time, from any thread.
class ProgressPrinter final : public BatchProgress, public IntakeObserver {
public:
    /// `messages` must outlive it.
    ProgressPrinter(ProgressStyle style, const MessageCatalog& messages);

    /// The ballots of the batch in its order, and how many of the project are read already.
    void begin(const QList<BallotScan>& scans, int alreadyRead, const QString& reader);

    void filesFound(int files) override;
    void fileDone(int done, int total) override;
    void retry(int index, const ReadFailure& failure, std::chrono::milliseconds after) override;
    void finished(int index, const BallotResult& result) override;
    void revised(int index, const BallotResult& result) override;
    void paused(const Error& reason, std::optional<QDateTime> until) override;
    void paceChanged(double requestsPerSecond) override;
    void spent(const ServiceUsage& sum) override;
    void done(const BatchResult& result) override;

private:
    enum class Style { None, Plain, Line, Json };

    void event(const QString& name, QJsonObject members);
    void tellOutcome(int index, const BallotResult& result);
    void rewrite(const QString& line, bool now = false);
    QString counts() const;

    // Constant after construction.
    const Style m_style;
    const MessageCatalog& m_messages;

    // The caller's: one call at a time.
    QList<BallotScan> m_scans;
    int m_finished = 0;
    QMap<BallotStatus, int> m_counts;
    /// What was told of each ballot, by its index.
    QHash<int, BallotStatus> m_told;
    double m_cost = 0;
    QElapsedTimer m_sinceLine;
};

}  // namespace tallydesk
