// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include "core/BallotResult.h"

namespace tallydesk {

/// What a running batch does with a ballot at this moment.
enum class RunState { Idle, Waiting, Reading, Retrying };

/// One ballot of the project as the window holds it. A plain value.
struct BallotItem {
    BallotResult result;
    RunState run = RunState::Idle;
    /// The attempt under way, from 1; 0 before the first.
    int attempt = 0;
    /// When a failed attempt is tried again; valid while Retrying.
    QDateTime retryAt;

    bool operator==(const BallotItem&) const = default;
};

/// The name by which the window knows a ballot: file, first page, content and place on disk, as the project
/// file tells ballots apart.
QString ballotIdentity(const BallotScan& scan);

}  // namespace tallydesk
