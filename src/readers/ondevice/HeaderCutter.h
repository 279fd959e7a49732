// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

#include "core/FormTemplate.h"
#include "imaging/BlankCutter.h"
#include "readers/ondevice/LabelledBlank.h"

namespace tallydesk {

/// Widths in pixels: of a blank for one number, and of a name over the middle of its blank or behind its
/// dots.
inline constexpr int kWidestNumber = 190;
inline constexpr int kWidestName = 180;

/// What is written between `left` and `right` on the line at `y` (table coordinates). The last of a printed
/// letter at the left edge, which alone would look like a 1, gives way to paper. Any thread.
ZoneCrop cutWriting(const TableGeometry& table, int left, int right, int y);

/// The writing of a field's blank up to `right`, without the print before it as far as that was read: a net
/// takes a printed letter for a digit. Writing that hides the first dots starts before them. Any thread.
ZoneCrop cutHeader(const TableGeometry& table, const LabelledBlank& blank, const HeaderField& field,
                   int right);

/// The crop that the nets read: normalised, with paper at both sides like the number cells by which they know
/// what a number looks like. Any thread.
cv::Mat headerPicture(const ZoneCrop& zone);

}  // namespace tallydesk
