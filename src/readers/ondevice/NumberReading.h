// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <optional>

#include "core/CancelToken.h"
#include "core/NumberWords.h"
#include "readers/ondevice/HandWitness.h"
#include "readers/ondevice/NumberJudge.h"
#include "readers/ondevice/WitnessReader.h"

namespace tallydesk {

/// The numbers of a form, each with what its two witnesses say, and what they tell of the hand.
struct NumbersRead {
    QList<WitnessedNumber> numbers;  ///< in the order of the crops
    HandWitness hand;
};

/// Reads digits and words of all crops, each place on its own, and asks each witness about what the other one
/// reads. Digits that differ from sure words are heard once more beside this hand's other digits
/// (HandWitness::heard()). Without `words` no word zone is read. nullopt when cancelled. Any thread.
std::optional<NumbersRead> readNumbers(const QList<NumberCrop>& crops, const DigitStringReader& digits,
                                       const std::optional<WordReader>& words, const NumberWords& numberWords,
                                       const CancelToken& cancel);

}  // namespace tallydesk
