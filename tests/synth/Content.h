// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <optional>

#include "Random.h"
#include "core/FormTemplate.h"

namespace tallydesk::synth {

/// What is wrong on purpose with a ballot's numbers.
enum class Contradiction {
    RowsNotValid,     ///< a row is off, so the rows don't sum to valid and total
    PartsNotBallots,  ///< valid + invalid + no_vote differ from used or received
    DigitsNotWords,   ///< one number's words say something else
    TotalMissing,     ///< the total was left blank
};

/// What one number's place carries on paper.
struct WrittenNumber {
    std::optional<qint64> digits;  ///< truth; nullopt when blank or dashed
    QString words;                 ///< as written between the brackets; empty when none or dashed
    bool dashed = false;
    QString digitsText;    ///< as drawn: "718", "-718-", "-", ""
    QString wordsText;     ///< as drawn, "-" for a dash
    QString struckDigits;  ///< written first and struck out
    QString struckWords;
    bool ticked = false;
};

/// One row of the table on paper.
struct WrittenRow {
    int no = 0;
    QString name;
    QString party;
    WrittenNumber number;
    int page = 0;  ///< set by the drawing, from 1
};

/// All that stands on one ballot form, before it is drawn: the truth.
struct BallotContent {
    QString formCode;
    bool partyList = false;
    QMap<QString, QString> header;  ///< by field key; numbers as Arabic digits
    QMap<QString, WrittenNumber> figures;
    QList<WrittenRow> rows;
    WrittenNumber total;
    int totalPage = 0;
    bool namesByHand = false;
    QStringList notes;

    /// Something was struck out somewhere, which a person has to look at.
    bool struckOut() const;

    /// One form of a truth file: `firstPage` is its first page in the document.
    QJsonObject truth(int firstPage, int pageCount) const;
};

/// What a content may be asked to be.
struct ContentOptions {
    std::optional<Contradiction> contradiction;
    /// 0 tidy to 3: more ticks, corrections, missing words.
    int difficulty = 1;
    /// Header values to use instead of random ones.
    QMap<QString, QString> header;
};

/// Invents a ballot: plausible votes for which every equation of the form holds, unless a contradiction is
/// asked for. The same random stream gives the same content.
BallotContent inventContent(const FormTemplate& form, Random& random, const ContentOptions& options);

}  // namespace tallydesk::synth
