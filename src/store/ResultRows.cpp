// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ResultRows.h"

#include "store/RowValues.h"

namespace tallydesk::ResultRows {

namespace {

const QString kFigure = QStringLiteral("figure");
const QString kRow = QStringLiteral("row");
const QString kTotal = QStringLiteral("total");

void insertPages(Transaction& transaction, qint64 ballot, const BallotScan& scan) {
    int position = 0;
    for (const PageRef& page : scan.pages) {
        const QVariantList file{RowValues::text(page.path), RowValues::text(page.sha256)};
        transaction.run(QStringLiteral("INSERT OR IGNORE INTO scans (path, sha256) VALUES (?, ?)"), file);
        const auto id =
            transaction.first(QStringLiteral("SELECT id FROM scans WHERE path=? AND sha256=?"), file);
        transaction.run(QStringLiteral("INSERT INTO ballot_pages (ballot, position, scan, page_in_file, "
                                       "rotation) VALUES (?, ?, ?, ?, ?)"),
                        {ballot, position++, id.value_or(QVariant()), page.pageInFile, page.rotation});
    }
}

void insertNumber(Transaction& transaction, qint64 reading, int position, const QString& kind,
                  const QString& field, const QVariant& rowNumber, const VoteEntry& entry) {
    transaction.run(
        QStringLiteral("INSERT INTO numbers (reading, position, kind, field, row_number, value, digits, "
                       "words, words_value, mark, confidence, page, box, words_box, digit_readings, "
                       "word_readings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {reading, position, kind, RowValues::text(field), rowNumber, RowValues::optionalNumber(entry.value),
         RowValues::optionalNumber(entry.digits), RowValues::optionalText(entry.words),
         RowValues::optionalNumber(entry.wordsValue), RowValues::optionalText(markName(entry.mark)),
         RowValues::optionalReal(entry.confidence), entry.page, RowValues::box(entry.box),
         RowValues::box(entry.wordsBox), RowValues::readings(entry.digitReadings),
         RowValues::readings(entry.wordReadings)});
}

void insertNumbers(Transaction& transaction, qint64 reading, const BallotData& data) {
    int position = 0;
    for (auto it = data.figures.cbegin(); it != data.figures.cend(); ++it)
        insertNumber(transaction, reading, position++, kFigure, it.key(),
                     QVariant(QMetaType::fromType<int>()), it.value());
    for (const TallyRow& row : data.rows)
        insertNumber(transaction, reading, position++, kRow, kRow, row.no, row.entry);
    if (data.total)
        insertNumber(transaction, reading, position++, kTotal, kTotal, QVariant(QMetaType::fromType<int>()),
                     *data.total);
}

void loadNumbers(Transaction& transaction, qint64 reading, BallotData& data) {
    transaction.each(
        QStringLiteral("SELECT kind, field, row_number, value, digits, words, words_value, mark, "
                       "confidence, page, box, words_box, digit_readings, word_readings FROM numbers "
                       "WHERE reading=? ORDER BY position"),
        {reading}, [&](const QSqlQuery& row) {
            VoteEntry entry;
            entry.value = RowValues::toOptionalNumber(row.value(3));
            entry.digits = RowValues::toOptionalNumber(row.value(4));
            entry.words = RowValues::toOptionalText(row.value(5));
            entry.wordsValue = RowValues::toOptionalNumber(row.value(6));
            entry.mark = markFromName(row.value(7).toString()).value_or(Mark::None);
            entry.confidence = RowValues::toOptionalReal(row.value(8));
            entry.page = row.value(9).toInt();
            entry.box = RowValues::toBox(row.value(10));
            entry.wordsBox = RowValues::toBox(row.value(11));
            entry.digitReadings = RowValues::toReadings(row.value(12));
            entry.wordReadings = RowValues::toReadings(row.value(13));
            const QString kind = row.value(0).toString();
            if (kind == kFigure)
                data.figures.insert(row.value(1).toString(), entry);
            else if (kind == kRow)
                data.rows.append({row.value(2).toInt(), entry});
            else
                data.total = entry;
        });
}

void insertHeaders(Transaction& transaction, qint64 reading, const BallotData& data) {
    for (auto it = data.header.cbegin(); it != data.header.cend(); ++it)
        transaction.run(QStringLiteral("INSERT INTO headers (reading, field, text, number, confidence, "
                                       "source, page, box) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                        {reading, RowValues::text(it.key()), RowValues::optionalText(it->text),
                         RowValues::optionalNumber(it->number), RowValues::optionalReal(it->confidence),
                         RowValues::headerSource(it->source), it->page, RowValues::box(it->box)});
}

void loadHeaders(Transaction& transaction, qint64 reading, BallotData& data) {
    transaction.each(
        QStringLiteral("SELECT field, text, number, confidence, source, page, box FROM headers WHERE "
                       "reading=?"),
        {reading}, [&](const QSqlQuery& row) {
            HeaderValue value;
            value.text = RowValues::toOptionalText(row.value(1));
            value.number = RowValues::toOptionalNumber(row.value(2));
            value.confidence = RowValues::toOptionalReal(row.value(3));
            value.source = RowValues::toHeaderSource(row.value(4));
            value.page = row.value(5).toInt();
            value.box = RowValues::toBox(row.value(6));
            data.header.insert(row.value(0).toString(), value);
        });
}

void insertFindings(Transaction& transaction, qint64 reading, const QList<Finding>& findings) {
    int position = 0;
    for (const Finding& finding : findings)
        transaction.run(
            QStringLiteral("INSERT INTO findings (reading, position, code, severity, fields, "
                           "args) VALUES (?, ?, ?, ?, ?, ?)"),
            {reading, position++, RowValues::text(finding.code),
             finding.severity == Severity::Error ? QStringLiteral("error") : QStringLiteral("warning"),
             RowValues::list(finding.fields), RowValues::list(finding.args)});
}

void loadFindings(Transaction& transaction, qint64 reading, QList<Finding>& findings) {
    transaction.each(
        QStringLiteral("SELECT code, severity, fields, args FROM findings WHERE reading=? ORDER BY position"),
        {reading}, [&](const QSqlQuery& row) {
            findings.append(
                {row.value(0).toString(),
                 row.value(1).toString() == QLatin1String("warning") ? Severity::Warning : Severity::Error,
                 RowValues::toList(row.value(2)), RowValues::toList(row.value(3))});
        });
}

QVariantList scanValues(const BallotScan& scan) {
    return {RowValues::text(scan.file),           RowValues::numbers(scan.pageNumbers),
            RowValues::text(scan.formId),         RowValues::numbers(scan.setAsidePages),
            RowValues::optionalError(scan.error), scan.arranged};
}

}  // namespace

QString identityPath(const BallotScan& scan) {
    return scan.pages.isEmpty() ? QStringLiteral("") : scan.pages.first().path;
}

qint64 insertBallot(Transaction& transaction, const BallotScan& scan, qint64 position) {
    transaction.run(QStringLiteral("INSERT INTO ballots (file, page_numbers, form_id, set_aside, error, "
                                   "arranged, ballot_key, sha256, path, position) VALUES (?, ?, ?, ?, ?, ?, "
                                   "?, ?, ?, ?)"),
                    scanValues(scan) + QVariantList{scan.key(), RowValues::text(scan.sha256),
                                                    RowValues::text(identityPath(scan)), position});
    const qint64 ballot = transaction.lastInsertId();
    insertPages(transaction, ballot, scan);
    return ballot;
}

void updateBallot(Transaction& transaction, qint64 ballot, const BallotScan& scan) {
    transaction.run(QStringLiteral("UPDATE ballots SET file=?, page_numbers=?, form_id=?, set_aside=?, "
                                   "error=?, arranged=?, ballot_key=?, path=? WHERE id=?"),
                    scanValues(scan) + QVariantList{scan.key(), RowValues::text(identityPath(scan)), ballot});
    transaction.run(QStringLiteral("DELETE FROM ballot_pages WHERE ballot=?"), {ballot});
    insertPages(transaction, ballot, scan);
}

BallotScan loadScan(Transaction& transaction, qint64 ballot) {
    BallotScan scan;
    transaction.each(
        QStringLiteral(
            "SELECT file, page_numbers, form_id, set_aside, error, sha256, arranged FROM ballots WHERE "
            "id=?"),
        {ballot}, [&](const QSqlQuery& row) {
            scan.file = row.value(0).toString();
            scan.pageNumbers = RowValues::toNumbers(row.value(1));
            scan.formId = row.value(2).toString();
            scan.setAsidePages = RowValues::toNumbers(row.value(3));
            scan.error = RowValues::toOptionalError(row.value(4));
            scan.sha256 = row.value(5).toString();
            scan.arranged = row.value(6).toBool();
        });
    transaction.each(
        QStringLiteral("SELECT s.path, s.sha256, p.page_in_file, p.rotation FROM ballot_pages p JOIN scans "
                       "s ON s.id=p.scan WHERE p.ballot=? ORDER BY p.position"),
        {ballot}, [&](const QSqlQuery& row) {
            scan.pages.append({row.value(0).toString(), row.value(2).toInt(), row.value(3).toInt(),
                               row.value(1).toString()});
        });
    return scan;
}

void replaceReading(Transaction& transaction, qint64 ballot, const BallotResult& result, bool byPerson) {
    transaction.run(QStringLiteral("UPDATE ballots SET reading=NULL WHERE id=?"), {ballot});
    transaction.run(QStringLiteral("DELETE FROM readings WHERE ballot=? AND reader=? AND by_person=?"),
                    {ballot, RowValues::text(result.reader), byPerson ? 1 : 0});
    const BallotData& data = result.data;
    transaction.run(
        QStringLiteral("INSERT INTO readings (ballot, reader, by_person, status, error, attempts, "
                       "elapsed_ms, reviewed_by, reviewed_at, form_id, form_code, party_list, page_roles, "
                       "difference_explained, reader_notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                       "?, ?)"),
        {ballot, RowValues::text(result.reader), byPerson ? 1 : 0, statusName(result.status),
         RowValues::optionalError(result.error), result.attempts, result.elapsedMs,
         RowValues::text(result.reviewedBy), RowValues::time(result.reviewedAt), RowValues::text(data.formId),
         RowValues::text(data.formCode), RowValues::optionalFlag(data.partyList),
         RowValues::list(data.pageRoles), data.differenceExplained ? 1 : 0,
         RowValues::object(data.readerNotes)});
    const qint64 reading = transaction.lastInsertId();
    insertHeaders(transaction, reading, data);
    insertNumbers(transaction, reading, data);
    insertFindings(transaction, reading, result.findings);
    transaction.run(QStringLiteral("UPDATE ballots SET reading=? WHERE id=?"), {reading, ballot});
}

BallotResult loadReading(Transaction& transaction, qint64 reading, BallotScan scan) {
    BallotResult result;
    result.scan = std::move(scan);
    transaction.each(
        QStringLiteral("SELECT reader, status, error, attempts, elapsed_ms, reviewed_by, reviewed_at, "
                       "form_id, form_code, party_list, page_roles, difference_explained, reader_notes "
                       "FROM readings WHERE id=?"),
        {reading}, [&](const QSqlQuery& row) {
            result.reader = row.value(0).toString();
            const auto status = statusFromName(row.value(1).toString());
            if (!status)
                transaction.setError(
                    {QStringLiteral("store.damaged"), {transaction.path()}, row.value(1).toString()});
            result.status = status.value_or(BallotStatus::Cancelled);
            result.error = RowValues::toOptionalError(row.value(2));
            result.attempts = row.value(3).toInt();
            result.elapsedMs = row.value(4).toLongLong();
            result.reviewedBy = row.value(5).toString();
            result.reviewedAt = RowValues::toTime(row.value(6));
            result.data.formId = row.value(7).toString();
            result.data.formCode = row.value(8).toString();
            result.data.partyList = RowValues::toOptionalFlag(row.value(9));
            result.data.pageRoles = RowValues::toList(row.value(10));
            result.data.differenceExplained = row.value(11).toInt() != 0;
            result.data.readerNotes = RowValues::toObject(row.value(12));
        });
    loadHeaders(transaction, reading, result.data);
    loadNumbers(transaction, reading, result.data);
    loadFindings(transaction, reading, result.findings);
    return result;
}

}  // namespace tallydesk::ResultRows
