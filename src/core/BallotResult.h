// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <optional>

#include "core/BallotData.h"
#include "core/BallotScan.h"
#include "core/Error.h"
#include "core/Finding.h"

namespace tallydesk {

/// The one outcome in which every ballot ends (spec: results.md).
enum class BallotStatus { Accepted, NeedsReview, Reviewed, Unreadable, Failed, Cancelled };

/// The stable text of a status: "accepted", "needs_review", ...
QString statusName(BallotStatus status);
std::optional<BallotStatus> statusFromName(const QString& name);
/// A person decided it: reviewed or unreadable. No machine changes it then.
bool isSettledByPerson(BallotStatus status);
/// Something was read, so that results show its numbers; failed and cancelled ballots have none.
bool hasResult(BallotStatus status);

/// One ballot after a run: its scan, its outcome, its numbers and what is to be said about them.
/// A plain value: any thread.
struct BallotResult {
    BallotScan scan;
    BallotStatus status = BallotStatus::Cancelled;
    std::optional<Error> error;
    BallotData data;
    QList<Finding> findings;
    /// BallotReader::id() of the reader that gave `data`.
    QString reader;
    int attempts = 0;
    qint64 elapsedMs = 0;
    QString reviewedBy;
    QDateTime reviewedAt;

    bool operator==(const BallotResult&) const = default;
};

}  // namespace tallydesk
