// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProjectStore.h"

#include <QFileInfo>

#include "core/CountedReading.h"
#include "store/BallotRegister.h"
#include "store/Migrations.h"
#include "store/ResultRows.h"
#include "store/RowValues.h"

namespace tallydesk {

namespace {

const QString kLastReader = QStringLiteral("last_reader");
const QString kRefusesFormat = QStringLiteral("refuses_format:");

// Of the reading that counts, if there is one.
std::optional<BallotStatus> countedStatus(Transaction& transaction, qint64 ballot) {
    const auto counted = transaction.first(
        QStringLiteral("SELECT r.status FROM ballots b JOIN readings r ON r.id=b.reading WHERE b.id=?"),
        {ballot});
    return counted ? statusFromName(counted->toString()) : std::nullopt;
}

void keepReading(Transaction& transaction, const BallotResult& result) {
    const qint64 ballot = BallotRegister::findOrAdd(transaction, result.scan);
    const auto status = countedStatus(transaction, ballot);
    if (status && !takesThePlaceOf(result, *status))
        return;
    ResultRows::replaceReading(transaction, ballot, result, false);
}

void keepDecision(Transaction& transaction, qint64 ballot, const BallotResult& result,
                  const QList<Correction>& corrections) {
    if (isSettledByPerson(result.status)) {
        ResultRows::replaceReading(transaction, ballot, result, true);
    } else {
        // A decision taken back: what the machine read counts again.
        transaction.run(
            QStringLiteral("UPDATE ballots SET reading=(SELECT max(id) FROM readings WHERE ballot=? "
                           "AND by_person=0) WHERE id=?"),
            {ballot, ballot});
        transaction.run(QStringLiteral("DELETE FROM readings WHERE ballot=? AND by_person=1"), {ballot});
    }
    for (const Correction& correction : corrections)
        transaction.run(
            QStringLiteral("INSERT INTO corrections (ballot, field, before_value, after_value, "
                           "user_name, made_at) VALUES (?, ?, ?, ?, ?, ?)"),
            {ballot, RowValues::text(correction.field), RowValues::optionalText(correction.before),
             RowValues::optionalText(correction.after), RowValues::text(correction.userName),
             RowValues::time(correction.at)});
}

BallotResult unreadBallot(BallotScan scan) {
    BallotResult result;
    result.scan = std::move(scan);
    return result;
}

}  // namespace

ProjectStore::ProjectStore(QString path, const Clock& clock) : m_path(std::move(path)), m_clock(clock) {}

ProjectStore::~ProjectStore() {
    m_thread.run([this] { m_database.reset(); });
}

Expected<std::unique_ptr<ProjectStore>> ProjectStore::open(const QString& path, Access access,
                                                           const Clock& clock) {
    std::unique_ptr<ProjectStore> store(new ProjectStore(path, clock));
    Expected<void> opened;
    store->m_thread.run([&] { opened = store->openDatabase(access); });
    if (!opened)
        return tl::make_unexpected(opened.error());
    return store;
}

Expected<void> ProjectStore::openDatabase(Access access) {
    const QFileInfo info(m_path);
    if (access == Access::ReadWrite && !info.isDir()) {
        m_lock = std::make_unique<QLockFile>(m_path + QStringLiteral(".lock"));
        // A lock is stale only when its program is gone, however long a batch takes.
        m_lock->setStaleLockTime(0);
        if (!m_lock->tryLock(0)) {
            const bool held = m_lock->error() == QLockFile::LockFailedError;
            return fail(held            ? QStringLiteral("store.in_use")
                        : info.exists() ? QStringLiteral("store.read_only")
                                        : QStringLiteral("store.cannot_open"),
                        {m_path});
        }
    }
    auto database = Database::open(m_path, access);
    if (!database)
        return tl::make_unexpected(database.error());
    const QList<Migration> migrations = projectMigrations();
    const auto state = inspectProject(**database, static_cast<int>(migrations.size()));
    if (!state)
        return tl::make_unexpected(state.error());
    if (access == Access::ReadOnly) {
        if (*state == ProjectState::Empty)
            return fail(QStringLiteral("store.not_a_project"), {m_path}, QStringLiteral("empty"));
        if (*state == ProjectState::Older)
            return fail(QStringLiteral("store.older_version"), {m_path});
    } else {
        // A share that can't do write-ahead logging keeps SQLite's rollback journal: slower, as safe.
        if (auto mode = (*database)->scalar(QStringLiteral("PRAGMA journal_mode=WAL")); !mode)
            return tl::make_unexpected(mode.error());
        // Each commit reaches the disk: a power cut may not cost a result either.
        if (auto done = (*database)->exec(QStringLiteral("PRAGMA synchronous=FULL")); !done)
            return done;
        if (auto done = migrateProject(**database, migrations); !done)
            return done;
    }
    m_database = std::move(*database);
    return {};
}

template <typename T>
Expected<T> ProjectStore::inTransaction(Transaction::Kind kind,
                                        const std::function<T(Transaction&)>& work) const {
    Expected<T> outcome = fail(QStringLiteral("store.cannot_open"), {m_path});
    m_thread.run([&] {
        Transaction transaction(*m_database, kind);
        if constexpr (std::is_void_v<T>) {
            if (transaction.ok())
                work(transaction);
            outcome = transaction.commit();
        } else {
            T value{};
            if (transaction.ok())
                value = work(transaction);
            const Expected<void> committed = transaction.commit();
            if (committed)
                outcome = std::move(value);
            else
                outcome = tl::make_unexpected(committed.error());
        }
    });
    return outcome;
}

Expected<QList<BallotScan>> ProjectStore::beginRun(const QList<BallotScan>& scans,
                                                   const RunReaders& readers) {
    return inTransaction<QList<BallotScan>>(Transaction::Kind::Write, [&](Transaction& transaction) {
        transaction.run(QStringLiteral("INSERT OR REPLACE INTO project (name, value) VALUES (?, ?)"),
                        {kLastReader, RowValues::text(readers.first)});
        return BallotRegister::enter(transaction, scans, readers);
    });
}

Expected<QString> ProjectStore::lastReader() const {
    return inTransaction<QString>(Transaction::Kind::Read, [&](Transaction& transaction) {
        const auto reader =
            transaction.first(QStringLiteral("SELECT value FROM project WHERE name=?"), {kLastReader});
        return reader ? reader->toString() : QString();
    });
}

Expected<void> ProjectStore::keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) {
    return inTransaction<void>(Transaction::Kind::Write, [&](Transaction& transaction) {
        transaction.run(QStringLiteral("INSERT INTO attempts (ballot, reader, number, error_code, "
                                       "http_status, elapsed_ms, raw_answer, made_at) VALUES (?, ?, ?, ?, "
                                       "?, ?, ?, ?)"),
                        {BallotRegister::findOrAdd(transaction, scan), RowValues::text(attempt.reader),
                         attempt.number, RowValues::text(attempt.errorCode), attempt.httpStatus,
                         attempt.elapsedMs, attempt.rawAnswer, RowValues::time(m_clock.utcNow())});
    });
}

Expected<void> ProjectStore::keepResult(const BallotResult& result) {
    return inTransaction<void>(Transaction::Kind::Write,
                               [&](Transaction& transaction) { keepReading(transaction, result); });
}

Expected<std::optional<QByteArray>> ProjectStore::answerTo(const QString& request) const {
    return inTransaction<std::optional<QByteArray>>(
        Transaction::Kind::Read, [&](Transaction& transaction) -> std::optional<QByteArray> {
            const auto answer =
                transaction.first(QStringLiteral("SELECT answer FROM answers WHERE request=?"), {request});
            return answer ? std::optional(answer->toByteArray()) : std::nullopt;
        });
}

Expected<void> ProjectStore::keepAnswer(const QString& request, const QByteArray& answer) {
    return inTransaction<void>(Transaction::Kind::Write, [&](Transaction& transaction) {
        transaction.run(
            QStringLiteral("INSERT OR REPLACE INTO answers (request, answer, made_at) VALUES (?, ?, ?)"),
            {request, answer, RowValues::time(m_clock.utcNow())});
    });
}

bool ProjectStore::refusesFormat(const QString& model) const {
    return inTransaction<bool>(Transaction::Kind::Read,
                               [&](Transaction& transaction) {
                                   return transaction
                                       .first(QStringLiteral("SELECT value FROM project WHERE name=?"),
                                              {kRefusesFormat + model})
                                       .has_value();
                               })
        .value_or(false);
}

void ProjectStore::keepRefusal(const QString& model) {
    // Only spares a request next time; an error shows where something is at stake.
    (void)inTransaction<void>(Transaction::Kind::Write, [&](Transaction& transaction) {
        transaction.run(QStringLiteral("INSERT OR REPLACE INTO project (name, value) VALUES (?, ?)"),
                        {kRefusesFormat + model, QStringLiteral("1")});
    });
}

Expected<void> ProjectStore::keepReview(const BallotResult& result, const QList<Correction>& corrections) {
    return inTransaction<void>(Transaction::Kind::Write, [&](Transaction& transaction) {
        keepDecision(transaction, BallotRegister::findOrAdd(transaction, result.scan), result, corrections);
    });
}

Expected<void> ProjectStore::retire(const QList<BallotScan>& scans) {
    return inTransaction<void>(Transaction::Kind::Write, [&](Transaction& transaction) {
        for (const BallotScan& scan : scans)
            if (const auto ballot = BallotRegister::find(transaction, scan))
                transaction.run(QStringLiteral("UPDATE ballots SET retired=1 WHERE id=?"), {*ballot});
    });
}

Expected<void> ProjectStore::rearrange(const QList<BallotScan>& before, const QList<BallotScan>& after) {
    return inTransaction<void>(Transaction::Kind::Write, [&](Transaction& transaction) {
        BallotRegister::rearrange(transaction, before, after);
    });
}

Expected<void> ProjectStore::adopt(const QList<AdoptedBallot>& ballots) {
    return inTransaction<void>(Transaction::Kind::Write, [&](Transaction& transaction) {
        for (const auto& [result, corrections] : ballots) {
            const qint64 ballot = BallotRegister::findOrAdd(transaction, result.scan);
            transaction.run(QStringLiteral("UPDATE ballots SET retired=0 WHERE id=?"), {ballot});
            const auto status = countedStatus(transaction, ballot);
            if (status && isSettledByPerson(*status))
                continue;
            if (isSettledByPerson(result.status))
                keepDecision(transaction, ballot, result, corrections);
            else
                keepReading(transaction, result);
        }
    });
}

Expected<QList<BallotResult>> ProjectStore::results() const {
    return inTransaction<QList<BallotResult>>(Transaction::Kind::Read, [&](Transaction& transaction) {
        QList<BallotResult> results;
        transaction.each(
            QStringLiteral("SELECT id, reading FROM ballots WHERE retired=0 ORDER BY position, id"), {},
            [&](const QSqlQuery& row) {
                BallotScan scan = ResultRows::loadScan(transaction, row.value(0).toLongLong());
                results.append(
                    row.value(1).isNull()
                        ? unreadBallot(std::move(scan))
                        : ResultRows::loadReading(transaction, row.value(1).toLongLong(), std::move(scan)));
            });
        return results;
    });
}

Expected<QList<AttemptRecord>> ProjectStore::attempts(const BallotScan& scan) const {
    return inTransaction<QList<AttemptRecord>>(Transaction::Kind::Read, [&](Transaction& transaction) {
        QList<AttemptRecord> attempts;
        transaction.each(QStringLiteral("SELECT number, reader, error_code, http_status, elapsed_ms, "
                                        "raw_answer FROM attempts WHERE ballot=? ORDER BY id"),
                         {BallotRegister::find(transaction, scan).value_or(0)}, [&](const QSqlQuery& row) {
                             attempts.append({row.value(0).toInt(), row.value(1).toString(),
                                              row.value(2).toString(), row.value(3).toInt(),
                                              row.value(4).toLongLong(), row.value(5).toByteArray()});
                         });
        return attempts;
    });
}

Expected<std::optional<double>> ProjectStore::meanCost(const QString& reader) const {
    return inTransaction<std::optional<double>>(Transaction::Kind::Read, [&](Transaction& transaction) {
        double sum = 0;
        int count = 0;
        transaction.each(
            QStringLiteral("SELECT reader_notes FROM readings WHERE reader=? ORDER BY id DESC LIMIT 200"),
            {RowValues::text(reader)}, [&](const QSqlQuery& row) {
                const QJsonValue cost = RowValues::toObject(row.value(0))[u"usage"][u"cost"];
                sum += cost.toDouble();
                count += cost.isDouble();
            });
        return count > 0 ? std::optional(sum / count) : std::nullopt;
    });
}

Expected<QList<Correction>> ProjectStore::corrections(const BallotScan& scan) const {
    return inTransaction<QList<Correction>>(Transaction::Kind::Read, [&](Transaction& transaction) {
        QList<Correction> corrections;
        transaction.each(
            QStringLiteral("SELECT field, before_value, after_value, user_name, made_at FROM "
                           "corrections WHERE ballot=? ORDER BY id"),
            {BallotRegister::find(transaction, scan).value_or(0)}, [&](const QSqlQuery& row) {
                corrections.append({row.value(0).toString(), RowValues::toOptionalText(row.value(1)),
                                    RowValues::toOptionalText(row.value(2)), row.value(3).toString(),
                                    RowValues::toTime(row.value(4))});
            });
        return corrections;
    });
}

Expected<QStringList> ProjectStore::integrityProblems() const {
    return inTransaction<QStringList>(Transaction::Kind::Read, [&](Transaction& transaction) {
        QStringList problems;
        transaction.each(QStringLiteral("PRAGMA integrity_check"), {}, [&](const QSqlQuery& row) {
            if (row.value(0).toString() != QLatin1String("ok"))
                problems.append(row.value(0).toString());
        });
        transaction.each(QStringLiteral("PRAGMA foreign_key_check"), {}, [&](const QSqlQuery& row) {
            problems.append(
                QStringLiteral("%1 row %2 refers to a missing %3")
                    .arg(row.value(0).toString(), row.value(1).toString(), row.value(2).toString()));
        });
        transaction.each(QStringLiteral("SELECT b.ballot_key FROM ballots b JOIN readings r ON "
                                        "r.id=b.reading WHERE r.ballot<>b.id"),
                         {}, [&](const QSqlQuery& row) {
                             problems.append(QStringLiteral("ballot %1 counts the reading of another ballot")
                                                 .arg(row.value(0).toString()));
                         });
        transaction.each(QStringLiteral("SELECT id, status FROM readings"), {}, [&](const QSqlQuery& row) {
            if (!statusFromName(row.value(1).toString()))
                problems.append(QStringLiteral("reading %1 has the unknown status %2")
                                    .arg(row.value(0).toString(), row.value(1).toString()));
        });
        return problems;
    });
}

}  // namespace tallydesk
