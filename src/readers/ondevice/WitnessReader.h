// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "core/NumberWords.h"
#include "core/VoteEntry.h"
#include "readers/ondevice/CtcDecoder.h"
#include "readers/ondevice/CtcNet.h"

namespace tallydesk {

/// What one witness (a digit zone or a word zone) says. Probabilities sum to at most 1; the rest belongs to
/// readings that are no number.
struct WitnessReading {
    double blank = 0.0;      ///< nothing is written
    double dash = 0.0;       ///< a dash, no number
    double struck = 0.0;     ///< something is struck out, with or without a new number beside it
    QList<Reading> numbers;  ///< ranked, best first
    /// How probable it is that a number stands there in words that few people use for it ("three one" for
    /// 31): so also looks a word that was struck out, with the right one beside it. Part of `numbers`.
    QMap<qint64, double> unusual;
    QString text;  ///< the most probable writing as such ("614", "หกร้อยสิบสี่"), empty for none

    /// The most probable number, when that is more probable than blank and dash; nullopt otherwise.
    std::optional<qint64> number() const;
    double probabilityOf(qint64 value) const;
};

/// Reads the digits of a cell or figure. Immutable; any thread.
class DigitStringReader {
public:
    explicit DigitStringReader(std::shared_ptr<const CtcNet> net);
    /// The scores of each look (Looks.h) at the digits of a row or a figure. `crop` as CtcNet::run() wants
    /// it.
    std::vector<CtcScores> look(const cv::Mat& crop) const;
    /// The same of a number of the form's head, which is written smaller.
    std::vector<CtcScores> lookAtHead(const cv::Mat& crop) const;
    /// The same, brought to the size that the net reads best (Looks.h); empty where it is not small.
    std::vector<CtcScores> lookCloser(const cv::Mat& crop) const;
    /// How probable it is that a number is written in plain digits there, as the mean of these looks.
    double probabilityOf(const std::vector<CtcScores>& looks, qint64 value) const;
    /// The mean of several looks at one crop.
    WitnessReading read(const std::vector<CtcScores>& looks) const;
    /// Completes the probabilities of `values` in a reading of these looks; the free search keeps only the
    /// best few of each look.
    void weigh(const std::vector<CtcScores>& looks, const QList<qint64>& values,
               WitnessReading& reading) const;

private:
    std::vector<std::vector<int>> writingsOf(qint64 value) const;

    std::shared_ptr<const CtcNet> m_net;
};

/// Reads the number words of a cell or figure; only what NumberWords takes as well-formed counts as a
/// number. Immutable; any thread.
class WordReader {
public:
    explicit WordReader(std::shared_ptr<const CtcNet> net);
    std::vector<CtcScores> look(const cv::Mat& crop) const;
    WitnessReading read(const std::vector<CtcScores>& looks, const NumberWords& words) const;
    /// As DigitStringReader::weigh(), over the standard spelling of each number and what differs from it in
    /// the first or the last word.
    void weigh(const std::vector<CtcScores>& looks, const QList<qint64>& values, const NumberWords& words,
               WitnessReading& reading) const;

private:
    std::shared_ptr<const CtcNet> m_net;
};

/// One witness of a number: the looks at its place and what is read there.
struct WitnessLooks {
    std::vector<CtcScores> looks;
    WitnessReading reading;
};

/// A free search keeps only the most probable readings; so each of the two witnesses of a number is also
/// asked how probable the numbers are that the other one reads. Any thread.
void weighEachOther(const DigitStringReader& digitReader, WitnessLooks& digits, const WordReader& wordReader,
                    WitnessLooks& written, const NumberWords& words);

}  // namespace tallydesk
