// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>

#include "Studio.h"
#include "core/BallotResult.h"

namespace tallydesk::shots {

/// The review desk with one sample ballot in known states: a misread digit with its suggestion, the sum that
/// holds, the whole form, a ballot typed in. `read` gives the places on the pages; the numbers are those
/// written on the sample.
void takeReviewDesk(Studio& studio, const QHash<QString, BallotResult>& read);

}  // namespace tallydesk::shots
