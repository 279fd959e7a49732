// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/FormTemplate.h"
#include "readers/ondevice/FormFieldMap.h"
#include "readers/ondevice/RowNumbers.h"

namespace tallydesk {

/// Gives the rows of `crops`, which were counted so far, the numbers printed beside them, one entry of
/// `printed` for each table. Where print and count contradict one another, where the print skips or repeats a
/// number (but for what looks like a row above the first, which is dropped), and where a table that is not
/// the form's first can't be placed by either, the rows stay uncertain. Page roles follow the rows. Pure; any
/// thread.
void nameRows(const FormTemplate& form, const QList<RowNumbering>& printed, FormCrops& crops);

/// What is printed beside the rows of each table of `crops`; of no use where `cancel` says so.
QList<RowNumbering> readPrintedRows(const FormTemplate& form, const CtcNet& digits, const FormCrops& crops,
                                    const CancelToken& cancel);

}  // namespace tallydesk
