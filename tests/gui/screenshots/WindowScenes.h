// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>

#include "Studio.h"
#include "core/BallotResult.h"

namespace tallydesk::shots {

/// The main window from its first start to the last ballot settled. `read` is what a reader finds in the
/// sample batch.
void takeWindow(Studio& studio, const QHash<QString, BallotResult>& read);

}  // namespace tallydesk::shots
