// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include "core/BallotResult.h"
#include "core/Error.h"

namespace tallydesk::shots {

/// What the on-device reader reads from the sample batch, by BallotScan::key(). Kept in a project file in
/// `folder`, so that it is read once for all pictures.
Expected<QHash<QString, BallotResult>> readSamples(const QString& samples, const QString& folder);

}  // namespace tallydesk::shots
