// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "SampleResults.h"
#include "store/Migrations.h"
#include "store/ProjectStore.h"

using namespace tallydesk;
using namespace tallydesk::testing;

// Each released schema version has a file of that version as SQL (data/project-vN.sql). Opened by this
// program it must give what it held when it was written: one full, one failed and one unread ballot.
class TestMigrations : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    SystemClock m_clock;
    QString path() const { return m_dir->filePath(QStringLiteral("p")); }

    static QList<BallotResult> fixtureContent() {
        BallotResult unread;
        unread.scan = sampleScan(QStringLiteral("c.pdf"), 3);
        return {fullResult(QStringLiteral("a.pdf"), 1), failedResult(QStringLiteral("b.pdf"), 2), unread};
    }

    static QString fixture(int version) {
        return QStringLiteral(TALLYDESK_SOURCE_DIR "/tests/store/data/project-v%1.sql").arg(version);
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void everyVersionHasAFixture() {
        for (int version = 1; version <= projectMigrations().size(); ++version)
            QVERIFY2(QFile::exists(fixture(version)), qPrintable(fixture(version)));
    }

    void fixturesOpen_data() {
        QTest::addColumn<int>("version");
        for (int version = 1; version <= projectMigrations().size(); ++version)
            QTest::addRow("v%d", version) << version;
    }

    void fixturesOpen() {
        QFETCH(int, version);
        QFile sql(fixture(version));
        QVERIFY(sql.open(QIODevice::ReadOnly));
        {
            auto database = Database::open(path(), Database::Access::ReadWrite);
            QVERIFY(database);
            QVERIFY((*database)->exec(QStringLiteral("PRAGMA foreign_keys=OFF")));
            for (const QString& statement : QString::fromUtf8(sql.readAll()).split(QStringLiteral(";\n")))
                if (!statement.trimmed().isEmpty())
                    QVERIFY2((*database)->exec(statement), qPrintable(statement));
        }
        auto store = ProjectStore::open(path(), ProjectStore::Access::ReadWrite, m_clock);
        QVERIFY2(store, store ? "" : qPrintable(store.error().code));
        QVERIFY((*store)->integrityProblems().value().isEmpty());
        QCOMPARE((*store)->results().value(), fixtureContent());
        QCOMPARE((*store)->attempts(sampleScan(QStringLiteral("b.pdf"), 2)).value().size(), 1);
        QCOMPARE((*store)->corrections(sampleScan(QStringLiteral("a.pdf"), 1)).value().size(), 1);
    }

    void laterStepsRunOnOlderFiles() {
        auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        const QList<Migration> one{
            {{QStringLiteral("CREATE TABLE t (a)"), QStringLiteral("INSERT INTO t VALUES (1)")}}};
        QVERIFY(migrateProject(**database, one));
        QVERIFY(inspectProject(**database, 1).value() == ProjectState::Current);
        const QList<Migration> three{one.first(),
                                     {{QStringLiteral("ALTER TABLE t ADD COLUMN b DEFAULT 7")}},
                                     {{QStringLiteral("UPDATE t SET a=a+b")}}};
        QVERIFY(inspectProject(**database, 3).value() == ProjectState::Older);
        QVERIFY(migrateProject(**database, three));
        QCOMPARE((*database)->scalar(QStringLiteral("SELECT a FROM t")).value().toInt(), 8);
        QVERIFY(migrateProject(**database, three));
        QCOMPARE((*database)->scalar(QStringLiteral("SELECT a FROM t")).value().toInt(), 8);
        QCOMPARE(migrateProject(**database, one).error().code, QStringLiteral("store.newer_version"));
    }

    void brokenStepLeavesTheFileAsItWas() {
        auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        const QList<Migration> one{{{QStringLiteral("CREATE TABLE t (a)")}}};
        QVERIFY(migrateProject(**database, one));
        const QList<Migration> broken{
            one.first(),
            {{QStringLiteral("ALTER TABLE t ADD COLUMN b"), QStringLiteral("UPDATE nothing SET a=1")}}};
        QVERIFY(!migrateProject(**database, broken));
        QVERIFY(inspectProject(**database, 1).value() == ProjectState::Current);
        QCOMPARE((*database)
                     ->scalar(QStringLiteral("SELECT count(*) FROM pragma_table_info('t')"))
                     .value()
                     .toInt(),
                 1);
    }

    void fullDiskRollsBackWithItsOwnError() {
        auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        QVERIFY((*database)->exec(QStringLiteral("CREATE TABLE t (a BLOB)")));
        // The file may not grow: SQLite answers as on a full disk.
        QVERIFY((*database)->scalar(QStringLiteral("PRAGMA max_page_count=3")));
        {
            Transaction transaction(**database, Transaction::Kind::Write);
            transaction.run(QStringLiteral("INSERT INTO t VALUES (zeroblob(100))"));
            transaction.run(QStringLiteral("INSERT INTO t VALUES (zeroblob(100000))"));
            const auto done = transaction.commit();
            QVERIFY(!done);
            QCOMPARE(done.error().code, QStringLiteral("store.disk_full"));
        }
        QCOMPARE((*database)->scalar(QStringLiteral("SELECT count(*) FROM t")).value().toInt(), 0);
    }

    void transactionRollsBackUnlessCommitted() {
        auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        QVERIFY((*database)->exec(QStringLiteral("CREATE TABLE t (a)")));
        {
            Transaction transaction(**database, Transaction::Kind::Write);
            transaction.run(QStringLiteral("INSERT INTO t VALUES (1)"));
            QVERIFY(transaction.ok());
        }
        QCOMPARE((*database)->scalar(QStringLiteral("SELECT count(*) FROM t")).value().toInt(), 0);
        Transaction transaction(**database, Transaction::Kind::Write);
        transaction.run(QStringLiteral("INSERT INTO missing VALUES (1)"));
        transaction.run(QStringLiteral("INSERT INTO t VALUES (1)"));
        QVERIFY(!transaction.commit());
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
