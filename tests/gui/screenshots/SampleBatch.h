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

/// Replaces what was read by what was written (tests/synth/sample-truth); the places of the numbers stay.
void correctSamples(QHash<QString, BallotResult>& read, const QString& truthFolder);

}  // namespace tallydesk::shots
