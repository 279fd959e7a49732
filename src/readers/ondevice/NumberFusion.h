// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/VoteEntry.h"
#include "readers/ondevice/JointDecision.h"
#include "readers/ondevice/WitnessReader.h"

namespace tallydesk {

/// Where a number stands: a blank row has no votes, a blank figure was left out.
enum class NumberPlace { Row, Figure };

/// One number after both witnesses were heard, before any equation: what stands there, and the values that
/// the witnesses support, best first.
struct FusedNumber {
    VoteEntry entry;
    Candidates candidates;
};

/// Puts the witnesses of one number together. `words` is nullopt where the form has no place for words.
/// The confidence is high (0.95 and more) only where both witnesses agree, or where one stands alone and is
/// very sure; where they disagree it is below one half. Pure; any thread.
FusedNumber fuseWitnesses(const WitnessReading& digits, const std::optional<WitnessReading>& words,
                          NumberPlace place);

/// Takes over what the equations decided: the entry's value becomes `value`. Where that is not the
/// witnesses' own first choice the confidence falls below one half, so that a person looks.
void applyDecision(FusedNumber& number, qint64 value);

}  // namespace tallydesk
