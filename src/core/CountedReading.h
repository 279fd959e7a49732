// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/BallotResult.h"

namespace tallydesk {

/// Whether what a run made of a ballot counts from then on, in place of what counts for it with the status
/// `counted`. Never in place of a person's decision; nor, without numbers, in place of a reading that has
/// some, unless the file on disk is another one than was read ("intake.file_changed").
bool takesThePlaceOf(const BallotResult& fresh, BallotStatus counted);

}  // namespace tallydesk
