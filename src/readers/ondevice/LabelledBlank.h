// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/CancelToken.h"
#include "core/Error.h"
#include "core/FormTemplate.h"
#include "imaging/BlankFinder.h"
#include "imaging/TextRecogniser.h"

namespace tallydesk {

/// Of the print before or behind a blank so much is read, in table pixels: enough for the longest label's
/// last words.
inline constexpr int kLabelWidth = 360;

/// A blank of the running text with the print that stands before it on its line. A plain value; any thread.
struct LabelledBlank {
    Blank blank;
    int line = 0;                  ///< index of its line, from the top of the page
    QString label;                 ///< the letters of its own line, without spaces
    QList<PrintedSymbol> letters;  ///< of the label, with their places in table coordinates
};

/// Reads the print before every blank of `lines` that are no figures with words. A blank in whose breaks one
/// of the form's header labels is printed comes back as two. Errors: "intake.no_text_engine", "cancelled".
Expected<QList<LabelledBlank>> labelBlanks(const FormTemplate& form, const TableGeometry& table,
                                           const std::vector<BlankLine>& lines,
                                           const TextRecogniser& recogniser, const CancelToken& cancel);

/// What is printed in a part of the page (table coordinates), its letters in table coordinates. Errors as
/// labelBlanks().
Expected<PrintedText> readPrint(const TableGeometry& table, const cv::Rect& part,
                                const TextRecogniser& recogniser, const CancelToken& cancel);

/// The letters of the line whose blanks stand at `y`: the strip that is read holds scraps of its neighbours.
QList<PrintedSymbol> lettersOfLine(const QList<PrintedSymbol>& symbols, int y);

/// The part between two x of the text line whose blanks stand at `y`.
cv::Rect textLine(int left, int right, int y);

/// Whether a label is compared with the vowels above and below its letters, which faint print loses.
enum class Letters { WithVowels, Base };

/// How well any of the printed texts ends a label, 0 to 1. Only the last letters count: the beginning may
/// stand on the line above. Texts of fewer than five base letters have 0 as such.
double labelScore(const QStringList& printed, const QString& label, Letters letters = Letters::WithVowels);

/// Where a printed text begins and ends among letters, in their coordinates.
struct PrintedSpan {
    int left = 0;
    int firstRight = 0;  ///< where its first letter ends
    int right = 0;
    int foot = 0;        ///< of its last letter
    double score = 0.0;  ///< 0 to 1
    qsizetype end = 0;   ///< index of the letter behind it, or of a sign of its last letter
    bool whole = true;   ///< its first letter stands at `left`: of a long text only the end is looked for
};

/// The best occurrence of any of the printed texts, by its base letters where their vowels were lost; nullopt
/// when none is read well enough to trust its place.
std::optional<PrintedSpan> findPrinted(const QStringList& printed, const QList<PrintedSymbol>& letters);

}  // namespace tallydesk
