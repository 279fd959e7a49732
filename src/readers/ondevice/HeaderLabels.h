// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/FormTemplate.h"
#include "readers/ondevice/LabelledBlank.h"

namespace tallydesk {

/// A label of the head read at least so well is where it was found.
inline constexpr double kSureLabel = 0.85;
/// Pixels of a blank's first dots that a name may hide.
inline constexpr int kMostHiddenName = 240;
/// Pixels behind its label before which a name begins, and beyond which it goes on.
inline constexpr int kFirstLetters = 45;

/// The header field of the blank at `index`: the one whose label ends the print before it or, since a name
/// may hide its blank's first dots and is then read like print, whose label begins it. Null where there is
/// none: dots without a label behind those of a name are the rest of them. `score` is how well the label was
/// read, 0 to 1. Pure.
const HeaderField* headerFieldOf(const FormTemplate& form, const QList<LabelledBlank>& labelled,
                                 qsizetype index, double& score);

/// Whether a label begins the text it was found in: no more than misread dots and a number stand before it.
/// Further in, the same word is part of another name ("ศาลากลางจังหวัด..."). Pure.
bool beginsText(const PrintedSpan& label, const QList<PrintedSymbol>& letters);

/// The first label of any header field that stands behind `x` among the letters of a line; `first` if that
/// stands before it. Pure.
std::optional<PrintedSpan> labelBehind(const FormTemplate& form, QList<PrintedSymbol> letters, int x,
                                       std::optional<PrintedSpan> first = std::nullopt);

}  // namespace tallydesk
