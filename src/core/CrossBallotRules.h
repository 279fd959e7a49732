// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "core/BallotResult.h"

namespace tallydesk {

/// Rules between ballots (W.301, W.302): appends findings and turns accepted ballots that they concern
/// into needs_review where a rule demands it (W.302). Earlier findings of these two rules are replaced.
/// Failed and cancelled ballots are left alone. Deterministic in the order of `results`; run once when all
/// results are there; running it again on its own output changes nothing.
void checkAcrossBallots(QList<BallotResult>& results);

}  // namespace tallydesk
