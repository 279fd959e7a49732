// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <functional>
#include <optional>

#include "core/Finding.h"
#include "core/VoteEntry.h"

namespace tallydesk {

/// Where a header value comes from. The paper leads; a path only fills gaps (PathMetadata).
enum class HeaderSource { Paper, Path, Person };

/// One header field of a form. Numbers (constituency, committee, polling unit) fill `number`, names
/// fill `text`.
struct HeaderValue {
    std::optional<QString> text;
    std::optional<qint64> number;
    std::optional<double> confidence;
    HeaderSource source = HeaderSource::Paper;
    int page = 0;
    std::optional<QRect> box;

    bool operator==(const HeaderValue&) const = default;
};

/// One row of the tally table: the printed candidate or party number and its votes.
struct TallyRow {
    int no = 0;
    VoteEntry entry;

    bool operator==(const TallyRow&) const = default;
};

/// The numbers and names of one ballot form, as read. `formId` names the FormTemplate ("5-17-party-list");
/// empty when the form was not recognised. `formCode` and `partyList` are what the paper says.
/// Rows keep the order in which they were read; repeated or missing numbers are kept as they are (F.104).
/// A plain value: any thread.
struct BallotData {
    QString formId;
    QString formCode;
    std::optional<bool> partyList;
    QMap<QString, HeaderValue> header;
    QMap<QString, VoteEntry> figures;
    QList<TallyRow> rows;
    std::optional<VoteEntry> total;
    /// Role of each page in the form definition ("numbers-1", "numbers-2", ..., "signatures"),
    /// in order of the ballot's pages; an unrecognised page is "unknown". Empty when the reader can't tell.
    QStringList pageRoles;
    /// The paper carries an explanation of a difference between turnout and used (5/18, F.206).
    bool differenceExplained = false;
    /// What the reader remarks: model, answer id, tokens, cost, unreadable header parts.
    QJsonObject readerNotes;

    bool operator==(const BallotData&) const = default;
};

/// Every number of the ballot with its field key: figures in the map's order, "row N", then "total".
/// The callback may not change the container's size.
void forEachNumber(const BallotData& data,
                   const std::function<void(const QString&, const VoteEntry&)>& visit);

/// What a service's answer holds besides the form, or says twice in different ways (F.104): names as they
/// stand in the answer, from readerNotes["unexpected"].
QStringList unexpectedKeys(const BallotData& data);

}  // namespace tallydesk
