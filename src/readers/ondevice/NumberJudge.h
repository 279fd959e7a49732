// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "core/CancelToken.h"
#include "core/FormTemplate.h"
#include "core/VoteEntry.h"
#include "readers/ondevice/FormFieldMap.h"
#include "readers/ondevice/WitnessReader.h"

namespace tallydesk {

/// One number with what its two witnesses say.
struct WitnessedNumber {
    NumberCrop crop;
    WitnessReading digits;
    WitnessReading words;
    bool digitsSeen = false;
    bool wordsSeen = false;
};

/// Decides value, mark and confidence of every number of a form from both witnesses and the equations, in
/// the order given. The confidence is the probability that the value is right, held below the threshold of
/// acceptance (0.95) unless two independent witnesses carry the value: digits and words that are certain
/// together, very sure digits beside empty words, or one of them with an equation that gives it
/// (EquationWitness). Digits and words are reported as read, never copied from one another. Where `cancel`
/// says so the equations are left out: the caller drops what comes back. Pure; any thread.
QList<VoteEntry> judgeNumbers(const FormTemplate& form, const QList<WitnessedNumber>& numbers,
                              const CancelToken& cancel = CancelToken());

}  // namespace tallydesk
