// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <opencv2/core.hpp>

#include "readers/ondevice/CtcNet.h"

namespace tallydesk {

/// What the printed numbers of rows that stand one under another say. A plain value; any thread.
struct RowNumbering {
    /// The number of each row on the most probable way through them; empty when nothing was read.
    QList<int> numbers;
    /// How much more probable (natural logarithm) that is than numbering them one after another from any
    /// other number: 0 and below when the print says nothing.
    double lead = 0.0;
    /// They follow one another without a gap or a repetition.
    bool consecutive = true;
    /// The last rows clearly say other numbers than these, shifted alike: one was left out or repeated before
    /// them, though they are too few to outweigh the others.
    bool endsOtherwise = false;
    /// The first row's own print says its number; false where that follows from the others alone.
    bool firstRead = true;
    /// That print is like a number at all, and not just most like that one.
    bool firstIsNumber = true;
};

/// Reads row numbers, printed in Thai or Arabic numerals, with the digit net: one alone may be misread, but
/// rows are numbered one after another. `cells` as cutRowNumber() gives them, empty ones included, from top
/// to bottom; numbers from 1 to `last`. Pure; any thread.
RowNumbering readRowNumbers(const CtcNet& digits, const QList<cv::Mat>& cells, int last);

/// The same from each row's log-likelihood of every number; exposed for tests. `rows[i][n - 1]` belongs to n,
/// an empty list to a row that was not seen.
RowNumbering followRowNumbers(const QList<QList<double>>& rows, int last);

}  // namespace tallydesk
