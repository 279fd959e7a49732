// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <memory>
#include <optional>

#include "batch/BatchProcessor.h"
#include "cli/Commands.h"
#include "core/CancelToken.h"
#include "readers/ReaderFactory.h"

namespace tallydesk {

/// What is settled with the AI service before a batch: asks about the key while scans are looked for, counts
/// the day's requests, and says what the batch will take. Main thread; dropping it ends its question.
class ServiceDesk {
public:
    /// `context` must outlive it; `cancel` ends the question early.
    ServiceDesk(const ReaderChoice& service, const CommandContext& context, const CancelToken& cancel);
    ~ServiceDesk();

    void askAboutKey();
    /// Why no request needs to be sent: the service refused the key. Waits a moment for its answer.
    std::optional<Error> keyRefusal();
    /// Sets ledger and the limits of free models where none are given; returns what to tell the user.
    QStringList setUp(int ballots, int readingsPerBallot, std::optional<double> costPerBallot,
                      BatchOptions& options);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace tallydesk
