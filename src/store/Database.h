// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "core/Error.h"

namespace tallydesk {

/// One SQLite connection with a name of its own and its prepared statements. Belongs to the thread that
/// opened it; that thread must also destroy it.
class Database {
public:
    enum class Access { ReadWrite, ReadOnly };

    /// Opens `path` (created when missing and writable). A file in a folder that can't be written is
    /// opened read-only without its side files. Errors: "store.missing", "store.cannot_open" and those of
    /// translate().
    static Expected<std::unique_ptr<Database>> open(const QString& path, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs statements that take no values and give no rows back.
    Expected<void> exec(const QString& sql);
    /// The first column of the first row of a query without values (a PRAGMA, a count).
    Expected<QVariant> scalar(const QString& sql);
    const QString& path() const { return m_path; }

    /// What a SQLite error means to the user: "store.disk_full", "store.read_only", "store.busy",
    /// "store.damaged", "store.not_a_project" or "store.write_failed".
    Error translate(const QSqlError& error) const;

private:
    friend class Transaction;
    Database(QString path, QString connectionName);
    Expected<QSqlQuery*> statement(const QString& sql);

    QString m_path;
    QString m_connectionName;
    QSqlDatabase m_connection;
    // A map, because its members keep their place while a visitor prepares another statement.
    std::map<QString, QSqlQuery> m_statements;
};

/// A transaction that rolls back unless committed. The first error sticks: whatever follows it does
/// nothing, and commit() returns it. Lives in the database's thread.
class Transaction {
public:
    enum class Kind { Read, Write };

    Transaction(Database& database, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Runs one statement with its values in order.
    void run(const QString& sql, const QVariantList& values = {});
    /// Calls `visit` for every row of a query. `visit` may run other statements of this transaction.
    void each(const QString& sql, const QVariantList& values,
              const std::function<void(const QSqlQuery&)>& visit);
    /// The first column of the first row; nullopt without rows or after an error.
    std::optional<QVariant> first(const QString& sql, const QVariantList& values = {});
    qint64 lastInsertId() const { return m_lastInsertId; }

    bool ok() const { return !m_error; }
    const QString& path() const { return m_database.path(); }
    void setError(Error error);
    Expected<void> commit();

private:
    Database& m_database;
    std::optional<Error> m_error;
    qint64 m_lastInsertId = 0;
    bool m_open = false;
};

}  // namespace tallydesk
