// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <optional>

#include "readers/ondevice/FormFieldMap.h"
#include "readers/ondevice/LabelledBlank.h"

// Header fields without a row of dots that is seen: the dots are hidden by the writing, too faint, or the
// office prints the name. They are found by their labels. Table coordinates; any thread; errors: "cancelled",
// "intake.no_text_engine".
namespace tallydesk {

/// Some offices print the province's name where others leave a blank, and a name may hide all of its dots: it
/// stands behind its label, which is looked for after the last blank of each line, and inside a number's that
/// is too wide for one. Nullopt for none.
Expected<std::optional<HeaderCrop>> provinceByLabel(const FormTemplate& form, const HeaderField& field,
                                                    const TableGeometry& table, const PageImage& page,
                                                    const QList<LabelledBlank>& labelled, int end,
                                                    const TextRecogniser& recogniser,
                                                    const CancelToken& cancel);

/// The `missing` numbers whose labels stand in `text`, between the blanks that were found.
Expected<QList<HeaderCrop>> hiddenNumbers(const FormTemplate& form, const QList<const HeaderField*>& missing,
                                          const TableGeometry& table, const PageImage& page,
                                          const QList<LabelledBlank>& labelled, const cv::Rect& text,
                                          const TextRecogniser& recogniser, const CancelToken& cancel);

}  // namespace tallydesk
