// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "readers/ondevice/FormFieldMap.h"
#include "readers/ondevice/LabelledBlank.h"

namespace tallydesk {

/// Finds the header fields of a first page among its labelled blanks above `end` (table coordinates): by the
/// print before each, which also says where the writing may begin. A province that is printed and not written
/// comes as text without a picture. Any thread. Errors: "cancelled", "intake.no_text_engine".
Expected<QList<HeaderCrop>> locateHeader(const FormTemplate& form, const TableGeometry& table,
                                         const PageImage& page, const QList<LabelledBlank>& labelled, int end,
                                         const TextRecogniser& recogniser, const CancelToken& cancel);

/// Where the crop of a header's blank ends (x in table coordinates): a little behind its last dot, `end`, and
/// before the label that follows on the line. A number that hides the last dots goes on to that label, if the
/// label's beginning was found and is near. Pure.
int endOfWriting(const Blank& dots, int end, HeaderType type, const std::optional<PrintedSpan>& nextLabel);

}  // namespace tallydesk
