// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tallydesk {

/// Text with only what a reader of print is sure to see: compatibility-normalised letters, vowels and
/// digits (Thai ones as Arabic), without spaces, tone marks and punctuation, in lower case.
QString bareText(const QString& text);

/// bareText() without vowels above and below the letters, the next that print loses.
QString baseLetters(const QString& text);

/// How well `pattern` occurs anywhere in `text`, both bare: 1 exactly, 0 not at all; 1 minus the fewest
/// edits per letter of the pattern (Sellers, 1980).
double occurrence(const QString& pattern, const QString& text);

}  // namespace tallydesk
