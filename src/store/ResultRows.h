// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/BallotResult.h"
#include "store/Database.h"

namespace tallydesk {

/// BallotResult to rows of the project file and back, every field exactly (null stays apart from empty).
/// Errors stick to the transaction. In the database's thread.
namespace ResultRows {

/// Adds a ballot with its pages at `position` of the intake order; returns its id.
qint64 insertBallot(Transaction& transaction, const BallotScan& scan, qint64 position);
/// Replaces what is known about a ballot's scan (its form, its pages); its identity stays.
void updateBallot(Transaction& transaction, qint64 ballot, const BallotScan& scan);
/// The scan of a ballot.
BallotScan loadScan(Transaction& transaction, qint64 ballot);

/// Puts a reading in the place of the one by the same reader (or of the person's), and makes it the one
/// that counts.
void replaceReading(Transaction& transaction, qint64 ballot, const BallotResult& result, bool byPerson);
/// The result that a reading stands for; `scan` as loadScan() gave it.
BallotResult loadReading(Transaction& transaction, qint64 reading, BallotScan scan);

/// The absolute path that tells two ballots of the same name and content apart.
QString identityPath(const BallotScan& scan);

}  // namespace ResultRows

}  // namespace tallydesk
