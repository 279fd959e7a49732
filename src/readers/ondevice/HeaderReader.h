// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>

#include "core/BallotData.h"
#include "core/Provinces.h"
#include "readers/ondevice/FormFieldMap.h"
#include "readers/ondevice/HandWitness.h"
#include "readers/ondevice/NameReader.h"
#include "readers/ondevice/WitnessReader.h"

namespace tallydesk {

/// A number read in one blank, and how probable it is.
struct HeaderNumber {
    qint64 value = 0;
    double trust = 0.0;
};

/// The number in a blank of the head as the usual looks read it. Struck out and written anew is contested, as
/// in the table. Nullopt for none, 0, or a guess. Pure.
std::optional<HeaderNumber> headerNumberOf(const WitnessReading& reading);

/// What counts of a blank whose end is not known, read up to its last dot (`usual`) and up to the print that
/// follows (`wider`), where a cut-off digit is whole but print may pass for one: a sure number must come out
/// of both alike, or of the usual one alone. Nullopt where neither was read. Pure.
std::optional<HeaderNumber> sameInBoth(const std::optional<HeaderNumber>& usual,
                                       const std::optional<HeaderNumber>& wider);

/// What a closer look (DigitStringReader::lookCloser()) says of a number that the usual looks made `usual`
/// out of `reading`. It counts where both read the same plain digits, the usual looks hardly doubted how many
/// they are, and nothing is struck out; where it reads another number, a person decides. Nullopt where it
/// changes nothing. Pure.
std::optional<HeaderNumber> lookedCloser(const HeaderNumber& usual, const WitnessReading& reading,
                                         const WitnessReading& closer);

/// The name in a blank over whose last dot writing goes on, read up to there (`usual`) and to its end
/// (`wider`). The whole counts where its letters are those of the name; its part alone may look like another
/// name, so that a person decides, as for writing that stands behind the dots but not over them (not
/// `overDots`). Nullopt where both are guesses. Pure.
std::optional<NameReading> nameOfBoth(const std::optional<NameReading>& usual,
                                      const std::optional<NameReading>& wider, bool overDots);

/// A name as the text engine read it in a dotted blank, without what it made of the dots before and behind.
/// Pure.
QString nameWithoutDots(const QString& text);

/// Turns header blanks into values: numbers by the digit reader and, where it doubts, by the hand's other
/// digits, a province (HeaderField::namesProvince()) by the name net and by the text engine, other names as
/// the text engine reads them, with low confidence. Immutable; any thread.
class HeaderReader {
public:
    /// `names` knows the provinces in the order given.
    HeaderReader(QList<Province> provinces, DigitStringReader digits, NameReader names);

    /// Where a field stands in several blanks, the best read one counts; where two differ it is contested
    /// (contestedConfidence). Fields without a reading are absent; a number that is struck out and unreadable
    /// has no value and the confidence 0. A number that is not very sure is held below the threshold of
    /// acceptance (0.95).
    /// `hand` knows the digits of the form's other numbers.
    QMap<QString, HeaderValue> read(const QList<HeaderCrop>& crops, const HandWitness& hand) const;

private:
    std::optional<HeaderValue> readOne(const HeaderCrop& crop, const HandWitness& hand) const;
    // Nullopt for no number, 0, or one read less surely than leastNumberTrust. Without `hand` what the usual
    // looks leave in doubt stays so, or becomes more doubtful.
    std::optional<HeaderNumber> numberIn(const cv::Mat& picture, const HandWitness* hand) const;
    // Something is struck out there.
    bool isOverwritten(const cv::Mat& picture) const;
    std::optional<NameReading> provinceOf(const HeaderCrop& crop) const;
    std::optional<NameReading> provinceInText(const QString& text) const;
    std::optional<HeaderValue> readSameProvince(const QList<HeaderCrop>& crops, const QString& field) const;

    QList<Province> m_provinces;
    DigitStringReader m_digits;
    NameReader m_names;
};

}  // namespace tallydesk
