// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/FormTemplate.h"
#include "core/VoteEntry.h"
#include "readers/ondevice/NumberJudge.h"

namespace tallydesk {

// What a number's two witnesses say, each by itself. All of it pure.

/// A witness whose best reading is less probable was not read.
inline constexpr double readable = 0.5;
/// Words at 0.5 to 0.7 are right in two of five.
inline constexpr double readableWords = 0.7;
/// So probable, something is struck out.
inline constexpr double struckShare = 0.5;

/// The words say something at all; an empty place beside a written number is no contradiction.
bool wordsSpeak(const WitnessedNumber& n);
bool digitsSpeak(const WitnessedNumber& n);

/// The witness reads something, and the value is among what it may be: less probable than another number, but
/// not by far.
bool supports(const WitnessReading& w, qint64 value);

/// What the witness says, where it is read: its first reading, when that is at least as probable as `least`.
/// The ballot as a whole makes it `value`; a first reading of that needs to be less probable, and another one
/// that is not clear and leaves room for it counts as not read.
std::optional<qint64> readNumber(const WitnessReading& w, double least, std::optional<qint64> value);

/// A dash is a zero (F.205): in either place it contradicts any other value, as a number would.
bool dashSpeaksAgainst(const WitnessedNumber& n, qint64 value);

/// The value with what each witness says beside it, its place, marks and readings; without a confidence.
VoteEntry evidenceOf(const FormTemplate& form, const WitnessedNumber& n, std::optional<qint64> value);

}  // namespace tallydesk
