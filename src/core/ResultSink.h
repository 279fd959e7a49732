// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include "core/BallotReader.h"
#include "core/BallotResult.h"
#include "core/BallotScan.h"
#include "core/Error.h"

namespace tallydesk {

/// One attempt at a ballot, for the project's record.
struct AttemptRecord {
    int number = 1;
    QString reader;
    /// Empty on success, else the failure's code.
    QString errorCode;
    int httpStatus = 0;
    qint64 elapsedMs = 0;
    QByteArray rawAnswer;
    /// What this attempt sent and cost.
    ServiceUsage usage = {};
};

/// Where a batch keeps what it learns, as soon as it knows it. Connects `batch` and `store`, which do not
/// know each other. Implementations are thread-safe; called in worker threads. An error (disk full,
/// read-only) stops the batch.
class ResultSink {
public:
    virtual ~ResultSink() = default;
    virtual Expected<void> keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) = 0;
    virtual Expected<void> keepResult(const BallotResult& result) = 0;
};

}  // namespace tallydesk
