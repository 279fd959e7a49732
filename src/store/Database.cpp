// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Database.h"

#include <QFileInfo>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

namespace tallydesk {

namespace {

// Primary result codes of SQLite (https://www.sqlite.org/rescode.html); extended ones carry them in the
// low byte.
enum SqliteCode {
    kPermission = 3,
    kBusy = 5,
    kLocked = 6,
    kReadOnly = 8,
    kCorrupt = 11,
    kFull = 13,
    kCannotOpen = 14,
    kNotADatabase = 26
};

// How long a statement waits for another program that writes the same file.
const QString kBusyTimeout = QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000");

}  // namespace

Database::Database(QString path, QString connectionName)
    : m_path(std::move(path)), m_connectionName(std::move(connectionName)) {
    m_connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName);
}

Database::~Database() {
    m_statements.clear();
    m_connection.close();
    m_connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Expected<std::unique_ptr<Database>> Database::open(const QString& path, Access access) {
    const QFileInfo info(path);
    if (access == Access::ReadOnly && !info.exists())
        return fail(QStringLiteral("store.missing"), {path});
    if (info.isDir())
        return fail(QStringLiteral("store.not_a_project"), {path}, QStringLiteral("is a folder"));
    std::unique_ptr<Database> database(
        new Database(path, QStringLiteral("tallydesk-%1").arg(QUuid::createUuid().toString(QUuid::Id128))));
    QSqlDatabase& connection = database->m_connection;
    QString options = kBusyTimeout;
    connection.setDatabaseName(path);
    if (access == Access::ReadOnly) {
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
        const QFileInfo log(path + QStringLiteral("-wal"));
        // A write-ahead file needs its shared-memory file beside it. Where none can be made and no log is
        // left over, the file is complete in itself.
        if (!QFileInfo(info.absolutePath()).isWritable() && (!log.exists() || log.size() == 0)) {
            options += QStringLiteral(";QSQLITE_OPEN_URI");
            connection.setDatabaseName(
                QString::fromLatin1(QUrl::fromLocalFile(info.absoluteFilePath()).toEncoded()) +
                QStringLiteral("?immutable=1"));
        }
    }
    connection.setConnectOptions(options);
    if (!connection.open())
        return tl::make_unexpected(database->translate(connection.lastError()));
    // The first statement that touches the file says whether it is a database at all.
    if (auto version = database->scalar(QStringLiteral("PRAGMA schema_version")); !version)
        return tl::make_unexpected(version.error());
    if (auto done = database->exec(QStringLiteral("PRAGMA foreign_keys=ON")); !done)
        return tl::make_unexpected(done.error());
    return database;
}

Expected<void> Database::exec(const QString& sql) {
    QSqlQuery query(m_connection);
    if (!query.exec(sql))
        return tl::make_unexpected(translate(query.lastError()));
    return {};
}

Expected<QVariant> Database::scalar(const QString& sql) {
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return tl::make_unexpected(translate(query.lastError()));
    if (!query.next()) {
        if (query.lastError().isValid())
            return tl::make_unexpected(translate(query.lastError()));
        return QVariant();
    }
    return query.value(0);
}

Expected<QSqlQuery*> Database::statement(const QString& sql) {
    auto it = m_statements.find(sql);
    if (it == m_statements.end()) {
        QSqlQuery query(m_connection);
        query.setForwardOnly(true);
        if (!query.prepare(sql))
            return tl::make_unexpected(translate(query.lastError()));
        it = m_statements.emplace(sql, std::move(query)).first;
    }
    return &it->second;
}

Error Database::translate(const QSqlError& error) const {
    const QString detail =
        QStringLiteral("%1 %2 (%3)").arg(error.driverText(), error.databaseText(), error.nativeErrorCode());
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber) & 0xff;
    QString name = QStringLiteral("store.write_failed");
    switch (isNumber ? code : 0) {
        case kBusy:
        case kLocked:
            name = QStringLiteral("store.busy");
            break;
        case kReadOnly:
        case kPermission:
            name = QStringLiteral("store.read_only");
            break;
        case kCorrupt:
            name = QStringLiteral("store.damaged");
            break;
        case kFull:
            name = QStringLiteral("store.disk_full");
            break;
        case kCannotOpen:
            name = QStringLiteral("store.cannot_open");
            break;
        case kNotADatabase:
            name = QStringLiteral("store.not_a_project");
            break;
        default:
            break;
    }
    return {name, {m_path}, detail.simplified()};
}

Transaction::Transaction(Database& database, Kind kind) : m_database(database) {
    // Immediate: a writer that waits for its turn does so here, not in the middle.
    const auto begun =
        m_database.exec(kind == Kind::Write ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN"));
    if (begun)
        m_open = true;
    else
        m_error = begun.error();
}

Transaction::~Transaction() {
    // Fails harmlessly where SQLite has rolled back by itself (disk full).
    if (m_open)
        m_database.exec(QStringLiteral("ROLLBACK"));
}

void Transaction::setError(Error error) {
    if (!m_error)
        m_error = std::move(error);
}

void Transaction::run(const QString& sql, const QVariantList& values) {
    each(sql, values, [](const QSqlQuery&) {});
}

void Transaction::each(const QString& sql, const QVariantList& values,
                       const std::function<void(const QSqlQuery&)>& visit) {
    if (m_error)
        return;
    const Expected<QSqlQuery*> prepared = m_database.statement(sql);
    if (!prepared) {
        setError(prepared.error());
        return;
    }
    QSqlQuery& query = **prepared;
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values[i]);
    if (!query.exec()) {
        setError(m_database.translate(query.lastError()));
        query.finish();
        return;
    }
    m_lastInsertId = query.lastInsertId().toLongLong();
    while (!m_error && query.next())
        visit(query);
    if (!m_error && query.isSelect() && query.lastError().isValid())
        setError(m_database.translate(query.lastError()));
    query.finish();
}

std::optional<QVariant> Transaction::first(const QString& sql, const QVariantList& values) {
    std::optional<QVariant> found;
    each(sql, values, [&](const QSqlQuery& row) {
        if (!found)
            found = row.value(0);
    });
    return m_error ? std::nullopt : found;
}

Expected<void> Transaction::commit() {
    if (m_error)
        return tl::make_unexpected(*m_error);
    if (auto done = m_database.exec(QStringLiteral("COMMIT")); !done) {
        m_error = done.error();
        return done;
    }
    m_open = false;
    return {};
}

}  // namespace tallydesk
