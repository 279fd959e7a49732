// SPDX-License-Identifier: GPL-3.0-or-later
// What the program keeps besides projects: the day's requests and the log for support.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "FakeClock.h"
#include "store/LedgerFile.h"
#include "store/SupportLog.h"

using namespace tallydesk;
using namespace std::chrono_literals;

namespace {

const QString kKey = QStringLiteral("sk-or-v1-topsecret0123456789");

BallotScan scanOfAPerson() {
    BallotScan scan;
    scan.file = QStringLiteral("สมชาย ใจดี/หน่วย 3.pdf");
    scan.pageNumbers = {5, 6};
    scan.sha256 = QStringLiteral("0123456789abcdef0123456789abcdef");
    return scan;
}

}  // namespace

class TestDataFolder : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    FakeClock m_clock;

    QByteArray everything() const {
        QByteArray all;
        const QDir dir(m_dir->path());
        for (const QString& name : dir.entryList(QDir::Files)) {
            QFile file(dir.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                all += name.toUtf8() + '\n' + file.readAll();
        }
        return all;
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void requestsOfTheDayOutliveTheProgram() {
        const QString account =
            LedgerFile::accountOf(QUrl(QStringLiteral("https://openrouter.ai/api/v1")), SecretKey(kKey));
        {
            LedgerFile ledger(m_dir->path(), account, m_clock);
            QVERIFY(ledger.ages().empty());
            ledger.note();
            m_clock.advance(5h);
            ledger.note();
        }
        m_clock.advance(1h);
        const LedgerFile again(m_dir->path(), account, m_clock);
        QCOMPARE(again.ages(), (std::vector<std::chrono::nanoseconds>{6h, 1h}));
        // Over midnight, and out of the day.
        m_clock.advance(18h);
        QCOMPARE(again.ages(), (std::vector<std::chrono::nanoseconds>{19h}));
        m_clock.advance(48h);
        QVERIFY(LedgerFile(m_dir->path(), account, m_clock).ages().empty());
        QVERIFY(QDir(m_dir->path()).isEmpty());
    }

    void accountsAreApartAndNeverShowTheKey() {
        const QUrl service(QStringLiteral("https://openrouter.ai/api/v1"));
        const QString one = LedgerFile::accountOf(service, SecretKey(kKey));
        QVERIFY(one != LedgerFile::accountOf(service, SecretKey(kKey + u'0')));
        QVERIFY(one !=
                LedgerFile::accountOf(QUrl(QStringLiteral("https://example.org/v1")), SecretKey(kKey)));
        LedgerFile ledger(m_dir->path(), one, m_clock);
        ledger.note();
        QVERIFY(LedgerFile(m_dir->path(), QStringLiteral("other"), m_clock).ages().empty());
        const QByteArray all = everything();
        QVERIFY(all.contains(one.toUtf8()));
        QVERIFY(!all.contains("topsecret"));
    }

    void clockSetBackCountsTheRequestsAsJustMade() {
        const QString account = QStringLiteral("a");
        LedgerFile ledger(m_dir->path(), account, m_clock);
        ledger.note();
        m_clock.setWallClock(m_clock.utcNow().addSecs(-3600));
        QCOMPARE(ledger.ages(), (std::vector<std::chrono::nanoseconds>{0h}));
    }

    void severalProgramsCountAtOnce() {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                LedgerFile ledger(m_dir->path(), QStringLiteral("a"), m_clock);
                for (int n = 0; n < 200; ++n)
                    ledger.note();
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(LedgerFile(m_dir->path(), QStringLiteral("a"), m_clock).ages().size(), size_t(800));
    }

    void folderThatCannotBeWrittenDisturbsNothing() {
        LedgerFile ledger(QStringLiteral("/proc/nowhere"), QStringLiteral("a"), m_clock);
        ledger.note();
        QVERIFY(ledger.ages().empty());
        SupportLog log(QStringLiteral("/proc/nowhere"), m_clock);
        log.note(QStringLiteral("begin"));
        QVERIFY(log.content().isEmpty());
    }

    void logSaysWhatHappenedAndNamesNobody() {
        SupportLog log(m_dir->path(), m_clock);
        LoggedSink sink(log, nullptr);
        AttemptRecord record;
        record.number = 2;
        record.reader = QStringLiteral("ai:google/gemini-2.5-flash");
        record.errorCode = QStringLiteral("service.unavailable");
        record.httpStatus = 503;
        record.elapsedMs = 812;
        record.rawAnswer = QByteArrayLiteral("{\"key\":\"sk-or-v1-topsecret0123456789\",\"name\":\"สมชาย\"}");
        record.usage.bytesSent = 154321;
        QVERIFY(sink.keepAttempt(scanOfAPerson(), record));
        BallotResult result;
        result.scan = scanOfAPerson();
        result.status = BallotStatus::Failed;
        result.error = Error{QStringLiteral("service.unavailable"), {QStringLiteral("สมชาย")}, kKey};
        QVERIFY(sink.keepResult(result));
        const QString text = QString::fromUtf8(log.content());
        for (const char* wanted : {"Z attempt ", "ballot=0123456789ab#5", "number=2", "status=503",
                                   "ms=812", "sent=154321", "reader=ai:google/gemini-2.5-flash",
                                   "error=service.unavailable", "status=failed"})
            QVERIFY2(text.contains(QLatin1String(wanted)), wanted);
        for (const QString& unwanted : {QStringLiteral("สมชาย"), QStringLiteral("หน่วย"),
                                        QStringLiteral("topsecret"), QStringLiteral(".pdf")})
            QVERIFY2(!text.contains(unwanted), qPrintable(unwanted));
        // A code that carries a key by mistake.
        record.errorCode = kKey + QStringLiteral(" สมชาย");
        QVERIFY(sink.keepAttempt(scanOfAPerson(), record));
        QVERIFY(!log.content().contains("topsecret"));
        QVERIFY(!log.content().contains("สมชาย"));
    }

    void logIsRotatedAndBounded() {
        SupportLog log(m_dir->path(), m_clock, 2000, 3);
        for (int i = 0; i < 500; ++i)
            log.note(QStringLiteral("line"), QStringLiteral("number=%1").arg(i));
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 3);
        const QByteArray all = log.content();
        QVERIFY(all.size() <= 6000);
        QVERIFY(all.endsWith("number=499\n"));
        QVERIFY(!all.contains("number=7\n"));
        // What is there is without a gap.
        QCOMPARE(all.count('\n'), 499 - all.mid(all.indexOf("number=") + 7).split('\n').first().toInt() + 1);
    }
};

QTEST_GUILESS_MAIN(TestDataFolder)
#include "tst_datafolder.moc"
