// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "readers/ondevice/FormFieldMap.h"
#include "readers/ondevice/LabelledBlank.h"

namespace tallydesk {

/// Finds the header fields of a first page among its labelled blanks above `end` (table coordinates): by the
/// print before each, which also says where the writing may begin, as the print behind a number says where it
/// ends. A number or a province whose row of dots is not seen, printed or written over, is found by its
/// label. Any thread. Errors: "cancelled", "intake.no_text_engine".
Expected<QList<HeaderCrop>> locateHeader(const FormTemplate& form, const TableGeometry& table,
                                         const PageImage& page, const QList<LabelledBlank>& labelled, int end,
                                         const TextRecogniser& recogniser, const CancelToken& cancel);

}  // namespace tallydesk
