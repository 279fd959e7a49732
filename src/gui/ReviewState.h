// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/BallotData.h"
#include "core/BallotResult.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// How one field of a ballot stands in a review; each has a colour, a pattern and an icon of its own.
enum class FieldState {
    Sure,       ///< read with certainty
    Confirmed,  ///< unsure once, a person said that it is right
    Changed,    ///< a person wrote another value
    Unsure,     ///< to be compared with the paper
    Broken,     ///< an error names it
    Missing,    ///< no value, or a person said that it can't be read
};

/// What a person has made of a ballot so far. A plain value: any thread.
struct ReviewState {
    BallotData data;
    /// Field keys that a person typed or confirmed.
    QSet<QString> decided;
    /// Numbers of which a person said that they can't be read.
    QSet<QString> unreadable;

    bool operator==(const ReviewState&) const = default;
};

/// One value that a witness gives for a number.
struct ReadingChoice {
    qint64 value = 0;
    bool fromDigits = false;
    bool fromWords = false;
    /// The higher of its witnesses' probabilities, where they give any.
    std::optional<double> probability;

    bool operator==(const ReadingChoice&) const = default;
};

/// A reading with which a broken sum would hold. Only ever shown; never taken by itself.
struct Suggestion {
    qint64 value = 0;
    /// What stands there now.
    std::optional<qint64> instead;
    bool digitsSay = false;
    bool wordsSay = false;

    bool operator==(const Suggestion&) const = default;
};

/// One number of an equation. `field` is a field key or sumOfRowsTerm.
struct EquationTerm {
    QString field;
    std::optional<qint64> value;

    bool operator==(const EquationTerm&) const = default;
};

enum class EquationVerdict { Holds, Broken, NotJudged };

/// A rule of the form with the numbers that stand in it now.
struct EquationView {
    QString code;
    EquationOp op = EquationOp::Equal;
    QList<EquationTerm> left;
    QList<EquationTerm> right;
    std::optional<qint64> leftSum;
    std::optional<qint64> rightSum;
    EquationVerdict verdict = EquationVerdict::NotJudged;

    /// What the parts lack (above 0) or have too much (below 0) against the whole, which is the side with
    /// one number of its own; of "at most", what is too much as a negative number.
    std::optional<qint64> missing() const;
    /// Sum of the parts and the whole, as in "651 of 657".
    std::optional<qint64> partsSum() const;
    std::optional<qint64> wholeSum() const;
    /// True when the whole stands on the right (sum(rows) = valid).
    bool wholeOnRight() const;

    bool operator==(const EquationView&) const = default;
};

/// Header keys in the form's order.
QStringList headerKeys(const FormTemplate& form);
/// Every number that the form has or the data holds: figures, rows, total.
QStringList numberKeys(const FormTemplate& form, const BallotData& data);

/// The entry of a field key; nullptr when the data has none. Of a repeated row, the first.
const VoteEntry* findEntry(const BallotData& data, const QString& key);
/// The same for change; makes the entry (a row in its place) when there is none.
VoteEntry& entryOf(BallotData& data, const QString& key);
/// Row number of "row N".
std::optional<int> rowNumberOf(const QString& key);

/// The place in BallotScan::pages of a page that a reader names; a reader that names none means the only
/// one. -1 when there is no such page.
int pageIndex(const BallotScan& scan, int number);

/// What stands there in stable words for records: "54", "dash", "blank"; nullopt for nothing.
std::optional<QString> recordText(const VoteEntry* entry);
std::optional<QString> recordText(const HeaderValue& value);

/// Distinct readings: digits, words, then the rest by probability.
QList<ReadingChoice> readingChoices(const VoteEntry& entry);

/// Where each field of a ballot stands by its findings alone, against an earlier version of itself: what
/// differs from `base` is changed.
QMap<QString, FieldState> fieldStates(const BallotResult& result, const BallotData& base);

}  // namespace tallydesk
