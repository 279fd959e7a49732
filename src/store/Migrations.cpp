// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Migrations.h"

namespace tallydesk {

namespace {

// A ballot is one form at one place (file, first page, content). It keeps one reading for each reader and
// one of a person, so that reading again or settling by hand never loses what was there before; `reading`
// names the one that counts. A ballot whose file has since been replaced is retired, not deleted.
QList<QString> versionOne() {
    return {
        QStringLiteral("CREATE TABLE project (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE scans (id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT "
                       "NULL, UNIQUE (path, sha256))"),
        QStringLiteral("CREATE TABLE ballots (id INTEGER PRIMARY KEY, ballot_key TEXT NOT NULL, "
                       "sha256 TEXT NOT NULL, path TEXT NOT NULL, position INTEGER NOT NULL, "
                       "retired INTEGER NOT NULL DEFAULT 0, file TEXT NOT NULL, page_numbers TEXT NOT NULL, "
                       "form_id TEXT NOT NULL, set_aside TEXT NOT NULL, error TEXT, "
                       "reading INTEGER REFERENCES readings (id), UNIQUE (ballot_key, sha256, path))"),
        QStringLiteral("CREATE TABLE ballot_pages (ballot INTEGER NOT NULL REFERENCES ballots (id), "
                       "position INTEGER NOT NULL, scan INTEGER NOT NULL REFERENCES scans (id), "
                       "page_in_file INTEGER NOT NULL, rotation INTEGER NOT NULL, "
                       "PRIMARY KEY (ballot, position)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE readings (id INTEGER PRIMARY KEY, "
                       "ballot INTEGER NOT NULL REFERENCES ballots (id), reader TEXT NOT NULL, "
                       "by_person INTEGER NOT NULL, status TEXT NOT NULL, error TEXT, "
                       "attempts INTEGER NOT NULL, elapsed_ms INTEGER NOT NULL, reviewed_by TEXT, "
                       "reviewed_at TEXT, form_id TEXT NOT NULL, form_code TEXT NOT NULL, "
                       "party_list INTEGER, page_roles TEXT NOT NULL, "
                       "difference_explained INTEGER NOT NULL, reader_notes TEXT NOT NULL, "
                       "UNIQUE (ballot, reader, by_person))"),
        QStringLiteral("CREATE TABLE headers (reading INTEGER NOT NULL REFERENCES readings (id) ON DELETE "
                       "CASCADE, field TEXT NOT NULL, text TEXT, number INTEGER, confidence REAL, "
                       "source TEXT NOT NULL, page INTEGER NOT NULL, box TEXT, "
                       "PRIMARY KEY (reading, field)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE numbers (reading INTEGER NOT NULL REFERENCES readings (id) ON DELETE "
                       "CASCADE, position INTEGER NOT NULL, kind TEXT NOT NULL, field TEXT NOT NULL, "
                       "row_number INTEGER, value INTEGER, digits INTEGER, words TEXT, "
                       "words_value INTEGER, mark TEXT, confidence REAL, page INTEGER NOT NULL, box TEXT, "
                       "words_box TEXT, digit_readings TEXT, word_readings TEXT, "
                       "PRIMARY KEY (reading, position)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE findings (reading INTEGER NOT NULL REFERENCES readings (id) ON DELETE "
                       "CASCADE, position INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, "
                       "fields TEXT NOT NULL, args TEXT NOT NULL, "
                       "PRIMARY KEY (reading, position)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE attempts (id INTEGER PRIMARY KEY, "
                       "ballot INTEGER NOT NULL REFERENCES ballots (id), reader TEXT NOT NULL, "
                       "number INTEGER NOT NULL, error_code TEXT NOT NULL, http_status INTEGER NOT NULL, "
                       "elapsed_ms INTEGER NOT NULL, raw_answer BLOB, made_at TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX attempts_of_ballot ON attempts (ballot)"),
        QStringLiteral("CREATE TABLE corrections (id INTEGER PRIMARY KEY, "
                       "ballot INTEGER NOT NULL REFERENCES ballots (id), field TEXT NOT NULL, "
                       "before_value TEXT, after_value TEXT, user_name TEXT NOT NULL, "
                       "made_at TEXT NOT NULL)"),
        QStringLiteral("CREATE INDEX corrections_of_ballot ON corrections (ballot)"),
    };
}

// Ballots whose pages a person arranged stand for those that an intake would find in the same pages.
QList<QString> versionTwo() {
    return {QStringLiteral("ALTER TABLE ballots ADD COLUMN arranged INTEGER NOT NULL DEFAULT 0")};
}

// Answers of AI services by the request that they answer, kept as they came before anybody looks into them.
QList<QString> versionThree() {
    return {
        QStringLiteral("CREATE TABLE answers (request TEXT PRIMARY KEY, answer BLOB NOT NULL, "
                       "made_at TEXT NOT NULL) WITHOUT ROWID")};
}

// Ballots are found by content when their file is named from another folder.
QList<QString> versionFour() {
    return {QStringLiteral("CREATE INDEX ballots_of_content ON ballots (sha256)")};
}

}  // namespace

QList<Migration> projectMigrations() {
    return {Migration{versionOne()}, Migration{versionTwo()}, Migration{versionThree()},
            Migration{versionFour()}};
}

Expected<ProjectState> inspectProject(Database& database, int newestVersion) {
    const auto application = database.scalar(QStringLiteral("PRAGMA application_id"));
    const auto version = database.scalar(QStringLiteral("PRAGMA user_version"));
    const auto tables = database.scalar(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    for (const auto* answer : {&application, &version, &tables})
        if (!*answer)
            return tl::make_unexpected(answer->error());
    if (application->toInt() == 0 && version->toInt() == 0 && tables->toInt() == 0)
        return ProjectState::Empty;
    if (application->toInt() != kProjectApplicationId || version->toInt() < 1)
        return fail(QStringLiteral("store.not_a_project"), {database.path()},
                    QStringLiteral("application_id %1").arg(application->toInt()));
    if (version->toInt() > newestVersion)
        return fail(QStringLiteral("store.newer_version"),
                    {database.path(), version->toString(), QString::number(newestVersion)});
    return version->toInt() == newestVersion ? ProjectState::Current : ProjectState::Older;
}

Expected<void> migrateProject(Database& database, const QList<Migration>& migrations) {
    const int newest = static_cast<int>(migrations.size());
    // Inside the write transaction, so that two programs can't both take the same step.
    Transaction transaction(database, Transaction::Kind::Write);
    if (!transaction.ok())
        return transaction.commit();
    const auto state = inspectProject(database, newest);
    if (!state)
        return tl::make_unexpected(state.error());
    if (*state == ProjectState::Current)
        return transaction.commit();
    const auto version = transaction.first(QStringLiteral("PRAGMA user_version"));
    for (int step = version ? version->toInt() : newest; step < newest; ++step)
        for (const QString& statement : migrations[step].statements)
            transaction.run(statement);
    transaction.run(QStringLiteral("PRAGMA application_id=%1").arg(kProjectApplicationId));
    transaction.run(QStringLiteral("PRAGMA user_version=%1").arg(newest));
    return transaction.commit();
}

}  // namespace tallydesk
