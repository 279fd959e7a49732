// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/CancelToken.h"
#include "core/Error.h"
#include "core/FormTemplate.h"
#include "imaging/BlankFinder.h"
#include "imaging/TextRecogniser.h"

namespace tallydesk {

/// A blank of the running text with the print that stands before it on its line. A plain value; any thread.
struct LabelledBlank {
    Blank blank;
    int line = 0;   ///< index of its line, from the top of the page
    QString label;  ///< as the text engine reads it
};

/// Reads the print before every blank of `lines` that have no bracket. Errors: "intake.no_text_engine",
/// "cancelled".
Expected<QList<LabelledBlank>> labelBlanks(const TableGeometry& table, const std::vector<BlankLine>& lines,
                                           const TextRecogniser& recogniser, const CancelToken& cancel);

/// How well any of the printed texts ends a label, 0 to 1. Only the last letters count: the beginning may
/// stand on the line above.
double labelScore(const QStringList& printed, const QString& label);

}  // namespace tallydesk
