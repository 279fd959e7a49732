// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/CountedReading.h"

namespace tallydesk {

bool takesThePlaceOf(const BallotResult& fresh, BallotStatus counted) {
    if (isSettledByPerson(counted))
        return isSettledByPerson(fresh.status);
    if (fresh.status == BallotStatus::Cancelled)
        return counted == BallotStatus::Cancelled;
    if (fresh.status == BallotStatus::Failed && hasResult(counted))
        // The numbers are of another file then; who exports them should know.
        return fresh.error && fresh.error->code == QStringLiteral("intake.file_changed");
    return true;
}

}  // namespace tallydesk
