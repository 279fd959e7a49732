// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/CrossBallotRules.h"

#include <QHash>
#include <algorithm>
#include <numeric>

#include "core/PathMetadata.h"
#include "core/RuleTools.h"
#include "core/Validator.h"

namespace tallydesk {

using namespace RuleTools;

namespace {

const QString kPairCode = QStringLiteral("W.301");
const QString kDuplicateCode = QStringLiteral("W.302");

bool hasNumbers(const BallotResult& result) {
    return result.status == BallotStatus::Accepted || result.status == BallotStatus::NeedsReview ||
           result.status == BallotStatus::Reviewed;
}

QString plainText(const BallotData& data, const QString& key) {
    QString text = data.header.value(key).text.value_or(QString()).normalized(QString::NormalizationForm_KC);
    text.remove(u' ');
    return text;
}

/// Names the unit or committee whose form this is, without the kind; empty when something is not known.
QString unitKey(const BallotData& data) {
    const auto number = [&](const char16_t* key) {
        return data.header.value(QString::fromUtf16(key)).number;
    };
    const QString province =
        normalisedProvince(data.header.value(QStringLiteral("province")).text.value_or(QString()));
    const auto constituency = number(u"constituency");
    const auto committee = number(u"committee");
    const auto unit = number(u"polling_unit");
    if (province.isEmpty() || !constituency || (!committee && !unit) || data.formCode.isEmpty() ||
        !data.partyList)
        return {};
    return QStringLiteral("%1|%2|%3|%4|%5")
        .arg(data.formCode, province)
        .arg(*constituency)
        .arg(committee.value_or(-1))
        .arg(unit.value_or(-1));
}

/// A row that one scan shows empty and another not at all makes no other form.
bool sameNumbers(const BallotData& a, const BallotData& b) {
    const auto numbersOf = [](const BallotData& data) {
        QMap<QString, QList<std::optional<qint64>>> numbers;
        forEachNumber(data, [&numbers](const QString& key, const VoteEntry& entry) {
            if (entry.value != 0)
                numbers[key].append(entry.value);
        });
        return numbers;
    };
    return numbersOf(a) == numbersOf(b);
}

/// Fewest letters to change, add or leave out between two names.
qsizetype lettersApart(const QString& a, const QString& b) {
    QList<qsizetype> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const qsizetype change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, change});
        }
    }
    return row.last();
}

/// Voters on the roll and ballots allocated belong to a polling unit, however often its votes are counted:
/// units that differ in both are two.
bool sameElectorate(const BallotData& a, const BallotData& b) {
    for (const QString& key : {QStringLiteral("eligible"), QStringLiteral("allocated")}) {
        const auto first = figureNumber(a, key);
        const auto second = figureNumber(b, key);
        if (!first || !second || *first == *second)
            return true;
    }
    return false;
}

/// Polling units are numbered anew in every subdistrict. Where both papers name different ones the forms
/// are of different units. Handwritten names are read with mistakes: names that differ in less than a third
/// of their letters may be one, and then a person looks. Where a subdistrict is not read the electorate
/// tells, but for the two kinds of form: each has ballots of its own, and W.301 is about their voters.
bool samePlace(const BallotData& a, const BallotData& b) {
    bool named = true;
    for (const QString& key : {QStringLiteral("subdistrict"), QStringLiteral("district")}) {
        const QString first = plainText(a, key);
        const QString second = plainText(b, key);
        if (first.isEmpty() || second.isEmpty())
            named = named && key != u"subdistrict";
        else if (3 * lettersApart(first, second) > std::max(first.size(), second.size()))
            return false;
    }
    return named || a.partyList != b.partyList || sameElectorate(a, b);
}

bool sameScan(const BallotScan& a, const BallotScan& b) {
    return !a.sha256.isEmpty() && a.sha256 == b.sha256 && a.pageNumbers == b.pageNumbers;
}

/// Figures that both kinds of form of a unit must share, and that these two give differently.
QStringList differingFigures(const BallotData& a, const BallotData& b) {
    QStringList fields;
    for (const QString& key : {QStringLiteral("eligible"), QStringLiteral("turnout"), QStringLiteral("used"),
                               QStringLiteral("received")}) {
        const auto first = figureNumber(a, key);
        const auto second = figureNumber(b, key);
        if (first && second && *first != *second)
            fields.append(key);
    }
    return fields;
}

QString nameOf(const BallotScan& scan) {
    return scan.pageNumbers.isEmpty() || scan.pageNumbers.first() == 1
               ? scan.file
               : QStringLiteral("%1 (%2)").arg(scan.file).arg(scan.pageNumbers.first());
}

struct Relations {
    QStringList duplicates;
    QStringList partners;
    QStringList differing;
};

void relate(const QList<BallotResult>& results, qsizetype i, qsizetype j, QList<Relations>& relations) {
    const BallotResult& a = results[i];
    const BallotResult& b = results[j];
    const QString key = unitKey(a.data);
    const bool sameUnit = !key.isEmpty() && key == unitKey(b.data);
    const bool sameKind = a.data.partyList == b.data.partyList;
    const bool place = samePlace(a.data, b.data);
    if (sameScan(a.scan, b.scan) || (sameUnit && sameKind && (place || sameNumbers(a.data, b.data)))) {
        relations[i].duplicates.append(nameOf(b.scan));
        relations[j].duplicates.append(nameOf(a.scan));
        return;
    }
    if (!sameUnit || sameKind || !place)
        return;
    const QStringList fields = differingFigures(a.data, b.data);
    if (fields.isEmpty())
        return;
    relations[i].partners.append(nameOf(b.scan));
    relations[j].partners.append(nameOf(a.scan));
    relations[i].differing += fields;
    relations[j].differing += fields;
}

}  // namespace

void checkAcrossBallots(QList<BallotResult>& results) {
    QList<Relations> relations(results.size());
    // Only ballots of one unit or one file are compared with one another.
    QHash<QString, QList<qsizetype>> groups;
    for (qsizetype i = 0; i < results.size(); ++i) {
        if (!hasNumbers(results[i]))
            continue;
        QStringList keys;
        if (!results[i].scan.sha256.isEmpty())
            keys.append(QStringLiteral("scan|") + results[i].scan.sha256);
        if (const QString unit = unitKey(results[i].data); !unit.isEmpty())
            keys.append(QStringLiteral("unit|") + unit);
        for (const QString& key : keys)
            groups[key].append(i);
    }
    QSet<QPair<qsizetype, qsizetype>> pairs;
    for (const QList<qsizetype>& group : std::as_const(groups))
        for (qsizetype a = 0; a < group.size(); ++a)
            for (qsizetype b = a + 1; b < group.size(); ++b)
                pairs.insert({group[a], group[b]});
    QList<QPair<qsizetype, qsizetype>> ordered(pairs.cbegin(), pairs.cend());
    std::sort(ordered.begin(), ordered.end());
    for (const auto& [i, j] : ordered)
        relate(results, i, j, relations);

    for (qsizetype i = 0; i < results.size(); ++i) {
        BallotResult& result = results[i];
        if (!hasNumbers(result))
            continue;
        result.findings.removeIf([](const Finding& finding) {
            return finding.code == kPairCode || finding.code == kDuplicateCode;
        });
        Relations& relation = relations[i];
        relation.differing.removeDuplicates();
        if (!relation.partners.isEmpty())
            result.findings.append(
                warningFinding(kPairCode, relation.differing,
                               {fieldArg(relation.differing), relation.partners.join(QStringLiteral(", "))}));
        if (!relation.duplicates.isEmpty())
            result.findings.append(
                warningFinding(kDuplicateCode, {}, {relation.duplicates.join(QStringLiteral(", "))}));
        sortByCode(result.findings);
        if (result.status == BallotStatus::Accepted && !Validator::allowsAcceptance(result.findings))
            result.status = BallotStatus::NeedsReview;
    }
}

}  // namespace tallydesk
