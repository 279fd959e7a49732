// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/BallotScan.h"
#include "store/Database.h"

namespace tallydesk {

struct RunReaders;

/// Which row of the project file a scanned ballot is. A ballot is known by its key and content; its path
/// tells two equal ones apart and may change when a folder moves. In the database's thread.
namespace BallotRegister {

/// The row of a ballot, if it has one.
std::optional<qint64> find(Transaction& transaction, const BallotScan& scan);
/// The row of a ballot, added at the end of the order when there is none.
qint64 findOrAdd(Transaction& transaction, const BallotScan& scan);
/// ProjectStore::beginRun().
QList<BallotScan> enter(Transaction& transaction, const QList<BallotScan>& scans, const RunReaders& readers);

/// ProjectStore::rearrange().
void rearrange(Transaction& transaction, const QList<BallotScan>& before, const QList<BallotScan>& after);

}  // namespace BallotRegister

}  // namespace tallydesk
