// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BallotRegister.h"

#include <QFileInfo>
#include <QSet>
#include <algorithm>

#include "core/BallotResult.h"
#include "core/OtherReadings.h"
#include "core/PageArrangement.h"
#include "core/PathMetadata.h"
#include "store/ProjectStore.h"
#include "store/ResultRows.h"
#include "store/RowValues.h"

namespace tallydesk::BallotRegister {

namespace {

struct KnownBallot {
    qint64 id = 0;
    QString path;
};

// Whether intake has seen its pages.
bool couldBeOpened(const BallotScan& scan) {
    return !scan.pageNumbers.isEmpty();
}

// The form's place in its file, whatever the file is called: what stands behind the last '#' of its key.
QString placeInFile(const BallotScan& scan) {
    const QString key = scan.key();
    return key.mid(key.lastIndexOf(u'#'));
}

// By name, or, where the same file was named from another folder, by its place on disk.
QList<KnownBallot> withContent(Transaction& transaction, const BallotScan& scan) {
    const QString path = ResultRows::identityPath(scan);
    const QString place = placeInFile(scan);
    QList<KnownBallot> known;
    transaction.each(
        QStringLiteral(
            "SELECT id, path FROM ballots WHERE sha256=? AND (ballot_key=? OR (path<>'' AND path=? AND "
            "substr(ballot_key, -length(?))=?)) ORDER BY ballot_key<>?, id"),
        {RowValues::text(scan.sha256), scan.key(), RowValues::text(path), place, place, scan.key()},
        [&](const QSqlQuery& row) {
            known.append({row.value(0).toLongLong(), row.value(1).toString()});
        });
    return known;
}

// Of two files with one content in two places: both are there, so neither is the other in a folder that has
// moved. Told by size, because hashing would keep the database's thread busy; a file that can't be seen (a
// drive that is not plugged in) may have moved.
bool isCopy(const QString& knownPath, const BallotScan& scan) {
    const QFileInfo known(knownPath);
    const QFileInfo found(ResultRows::identityPath(scan));
    // Equal also where a link leads to the same file.
    if (!known.exists() || !found.exists() || known == found)
        return false;
    // Without a content each of the files is one that could not be opened.
    return scan.sha256.isEmpty() || known.size() == found.size();
}

// Whether the further readers have read what a reading stands for.
bool isComplete(const QString& status, const QJsonObject& notes, const RunReaders& readers) {
    BallotData data;
    data.readerNotes = notes;
    QStringList others;
    // One that failed is tried again.
    for (const OtherReading& other : OtherReadings::of(data))
        if (!other.errorCode)
            others.append(other.reader);
    const auto hasAll = [&](const QStringList& wanted) {
        return std::all_of(wanted.begin(), wanted.end(),
                           [&](const QString& reader) { return others.contains(reader); });
    };
    return hasAll(readers.always) &&
           (status == statusName(BallotStatus::Accepted) || hasAll(readers.flagged));
}

// The reading that spares this ballot from being read by these readers, if there is one. A machine's counts
// only while `machineCounts`.
std::optional<qint64> usableReading(Transaction& transaction, qint64 ballot, const RunReaders& readers,
                                    bool machineCounts) {
    std::optional<qint64> usable;
    transaction.each(
        QStringLiteral("SELECT id, by_person, status, reader_notes FROM readings WHERE ballot=? "
                       "AND (by_person=1 OR (reader=? AND status IN (?, ?))) ORDER BY "
                       "by_person DESC, id DESC"),
        {ballot, RowValues::text(readers.first), statusName(BallotStatus::Accepted),
         statusName(BallotStatus::NeedsReview)},
        [&](const QSqlQuery& row) {
            if (!usable && (row.value(1).toBool() ||
                            (machineCounts && isComplete(row.value(2).toString(),
                                                         RowValues::toObject(row.value(3)), readers))))
                usable = row.value(0).toLongLong();
        });
    return usable;
}

// False also for what was read under other folder names, until it is read anew.
bool hasCountedReading(Transaction& transaction, qint64 ballot) {
    const auto reading =
        transaction.first(QStringLiteral("SELECT reading FROM ballots WHERE id=?"), {ballot});
    return reading && !reading->isNull();
}

bool saysTheSame(const QString& earlierPath, const QString& path) {
    return earlierPath == path ||
           PathMetadata::fromPath(earlierPath, FormCatalog()) == PathMetadata::fromPath(path, FormCatalog());
}

QList<BallotScan> arrangedByHand(Transaction& transaction) {
    QList<qint64> ids;
    transaction.each(
        QStringLiteral("SELECT id FROM ballots WHERE arranged=1 AND retired=0 ORDER BY position, id"), {},
        [&](const QSqlQuery& row) { ids.append(row.value(0).toLongLong()); });
    QList<BallotScan> scans;
    for (const qint64 id : ids)
        scans.append(ResultRows::loadScan(transaction, id));
    return scans;
}

// A file that now holds other bytes, or other ballots, no longer stands behind what was read from it,
// unless a person has settled that.
void retireReplaced(Transaction& transaction, const QSet<QString>& paths, const QSet<qint64>& entered) {
    QList<qint64> replaced;
    transaction.each(QStringLiteral("SELECT b.id, b.path FROM ballots b LEFT JOIN readings r ON "
                                    "r.id=b.reading WHERE b.retired=0 AND coalesce(r.by_person, 0)=0"),
                     {}, [&](const QSqlQuery& row) {
                         const qint64 id = row.value(0).toLongLong();
                         if (!entered.contains(id) && paths.contains(row.value(1).toString()))
                             replaced.append(id);
                     });
    for (const qint64 id : replaced)
        transaction.run(QStringLiteral("UPDATE ballots SET retired=1 WHERE id=?"), {id});
}

// A file that could not be opened and now can be, or fails otherwise, is not two ballots.
void retireMended(Transaction& transaction, const QList<BallotScan>& scans, const QSet<qint64>& entered) {
    // Any page of a ballot may lie in the file that was mended.
    QSet<QString> paths;
    QSet<QString> files;
    for (const BallotScan& scan : scans) {
        files.insert(scan.file);
        for (const PageRef& page : scan.pages)
            paths.insert(page.path);
    }
    QList<qint64> mended;
    transaction.each(
        QStringLiteral(
            "SELECT id, path, file FROM ballots WHERE retired=0 AND page_numbers=? AND error IS NOT NULL"),
        {RowValues::numbers({})}, [&](const QSqlQuery& row) {
            const qint64 id = row.value(0).toLongLong();
            const QString path = row.value(1).toString();
            // Without a path only the name tells.
            const bool isThere =
                path.isEmpty() ? files.contains(row.value(2).toString()) : paths.contains(path);
            if (!entered.contains(id) && isThere)
                mended.append(id);
        });
    for (const qint64 id : mended)
        transaction.run(QStringLiteral("UPDATE ballots SET retired=1 WHERE id=?"), {id});
}

}  // namespace

std::optional<qint64> find(Transaction& transaction, const BallotScan& scan) {
    const QList<KnownBallot> known = withContent(transaction, scan);
    const QString path = ResultRows::identityPath(scan);
    for (const KnownBallot& ballot : known)
        if (ballot.path == path)
            return ballot.id;
    for (const KnownBallot& ballot : known)
        if (!isCopy(ballot.path, scan))
            return ballot.id;
    return std::nullopt;
}

qint64 findOrAdd(Transaction& transaction, const BallotScan& scan) {
    if (const auto ballot = find(transaction, scan))
        return *ballot;
    const auto last = transaction.first(QStringLiteral("SELECT coalesce(max(position), -1) FROM ballots"));
    return ResultRows::insertBallot(transaction, scan, last ? last->toLongLong() + 1 : 0);
}

QList<BallotScan> enter(Transaction& transaction, const QList<BallotScan>& found, const RunReaders& readers) {
    const QList<BallotScan> scans = withArrangements(found, arrangedByHand(transaction));
    QSet<QString> paths;
    QSet<QString> opened;
    for (const BallotScan& scan : scans) {
        paths.insert(ResultRows::identityPath(scan));
        if (couldBeOpened(scan))
            opened.insert(ResultRows::identityPath(scan));
    }
    // Ballots of earlier runs with other paths follow those of this intake, in their own order.
    transaction.run(QStringLiteral("UPDATE ballots SET position=position+?"), {qint64(scans.size())});
    QSet<qint64> entered;
    QList<BallotScan> toRead;
    for (qint64 position = 0; position < scans.size() && transaction.ok(); ++position) {
        const BallotScan& scan = scans[position];
        const QString path = ResultRows::identityPath(scan);
        std::optional<qint64> ballot;
        QString earlierPath = path;
        for (const KnownBallot& known : withContent(transaction, scan)) {
            if (entered.contains(known.id))
                continue;
            // The same place first; else a ballot whose folder has moved.
            if (known.path == path) {
                ballot = known.id;
                earlierPath = path;
                break;
            }
            if (!ballot && !paths.contains(known.path) && !isCopy(known.path, scan)) {
                ballot = known.id;
                earlierPath = known.path;
            }
        }
        if (ballot)
            ResultRows::updateBallot(transaction, *ballot, scan);
        else
            ballot = ResultRows::insertBallot(transaction, scan, position);
        entered.insert(*ballot);
        transaction.run(QStringLiteral("UPDATE ballots SET position=?, retired=0 WHERE id=?"),
                        {position, *ballot});
        // What folder names say went into the reading; where they say otherwise now only a person's decision
        // holds.
        const bool sameFolders = saysTheSame(earlierPath, path);
        const bool machineCounts = sameFolders && hasCountedReading(transaction, *ballot);
        const auto reading = usableReading(transaction, *ballot, readers, machineCounts);
        if (!reading)
            toRead.append(scan);
        else if (!readers.onlyEnter)
            transaction.run(QStringLiteral("UPDATE ballots SET reading=? WHERE id=?"), {*reading, *ballot});
        if (!sameFolders)
            transaction.run(
                QStringLiteral("UPDATE ballots SET reading=NULL WHERE id=? AND reading IN (SELECT id "
                               "FROM readings WHERE by_person=0)"),
                {*ballot});
    }
    // What was read from a file that can't be opened for the moment still stands.
    retireReplaced(transaction, opened, entered);
    retireMended(transaction, scans, entered);
    return toRead;
}

void rearrange(Transaction& transaction, const QList<BallotScan>& before, const QList<BallotScan>& after) {
    std::optional<qint64> place;
    for (const BallotScan& scan : before) {
        const auto ballot = find(transaction, scan);
        if (!ballot)
            continue;
        const auto position =
            transaction.first(QStringLiteral("SELECT position FROM ballots WHERE id=?"), {*ballot});
        if (position)
            place = std::min(place.value_or(position->toLongLong()), position->toLongLong());
        transaction.run(QStringLiteral("UPDATE ballots SET retired=1 WHERE id=?"), {*ballot});
    }
    for (const BallotScan& scan : after)
        transaction.run(QStringLiteral("UPDATE ballots SET position=?, retired=0 WHERE id=?"),
                        {place.value_or(0), findOrAdd(transaction, scan)});
}

}  // namespace tallydesk::BallotRegister
