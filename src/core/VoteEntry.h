// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>
#include <QString>
#include <optional>

namespace tallydesk {

/// What stands in a number's place on the paper besides a number.
/// Struck: overwritten or struck out, then written anew.
enum class Mark { None, Blank, Dash, Struck };

/// One candidate reading of one witness (digits or words) with its calibrated probability.
struct Reading {
    qint64 value = 0;
    double probability = 0.0;

    bool operator==(const Reading&) const = default;
};

/// One number of a form as its two witnesses give it (spec: results.md). `digits`, `words` and
/// `wordsValue` are what was read from each place on its own and are never copied from one another;
/// `value` is what the product stands behind. A blank or dashed place has value 0 and that mark.
/// A plain value: any thread.
struct VoteEntry {
    std::optional<qint64> value;
    std::optional<qint64> digits;
    std::optional<QString> words;
    std::optional<qint64> wordsValue;
    Mark mark = Mark::None;
    /// Calibrated probability that `value` is right; nullopt when the reader gives none.
    std::optional<double> confidence;
    /// Page of the ballot as it is counted in its file, from 1; 0 when unknown.
    int page = 0;
    /// Pixels of the page as opened upright at 200 dpi: the digits' place and the words' place.
    std::optional<QRect> box;
    std::optional<QRect> wordsBox;
    /// Ranked readings of each witness, best first: the most probable ones and that of the value. Evidence for the reviewer.
    QList<Reading> digitReadings;
    QList<Reading> wordReadings;

    bool operator==(const VoteEntry&) const = default;
};

/// The stable text of a mark in JSON: "blank", "dash", "struck"; null for None.
std::optional<QString> markName(Mark mark);
/// The mark of a stable text; nullopt for an unknown one.
std::optional<Mark> markFromName(const QString& name);

}  // namespace tallydesk
