// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "SampleResults.h"
#include "core/CrossBallotRules.h"
#include "core/OtherReadings.h"
#include "core/PageArrangement.h"
#include "store/Migrations.h"
#include "store/ProjectStore.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

const QString kReader = QStringLiteral("on-device");

BallotResult withStatus(BallotResult result, BallotStatus status) {
    result.status = status;
    return result;
}

// The process that the crash test kills: keeps results until it dies.
int writeUntilKilled(const QString& path) {
    const SystemClock clock;
    auto store = ProjectStore::open(path, ProjectStore::Access::ReadWrite, clock);
    if (!store)
        return 1;
    QList<BallotScan> scans;
    for (int i = 0; i < 5000; ++i)
        scans.append(sampleScan(QStringLiteral("%1.pdf").arg(i), i));
    if (!(*store)->beginRun(scans, kReader))
        return 2;
    for (int i = 0; i < scans.size(); ++i) {
        if (!(*store)->keepResult(fullResult(scans[i].file, i)))
            return 3;
        printf("%d\n", i);
        fflush(stdout);
    }
    return 0;
}

}  // namespace

class TestProjectStore : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    SystemClock m_clock;

    QString path(const QString& name = QStringLiteral("a.tallydesk")) const { return m_dir->filePath(name); }

    std::unique_ptr<ProjectStore> openStore(ProjectStore::Access access = ProjectStore::Access::ReadWrite,
                                            const QString& name = QStringLiteral("a.tallydesk")) {
        auto store = ProjectStore::open(path(name), access, m_clock);
        if (!store) {
            QTest::qFail(qPrintable(store.error().code + store.error().detail), __FILE__, __LINE__);
            return nullptr;
        }
        return std::move(*store);
    }

    QString openError(const QString& name, ProjectStore::Access access = ProjectStore::Access::ReadWrite) {
        const auto store = ProjectStore::open(path(name), access, m_clock);
        return store ? QString() : store.error().code;
    }

    void writeFile(const QString& name, const QByteArray& bytes) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    // A scan whose file is there, with the same content in every folder.
    BallotScan scanOnDisk(const QString& name) {
        QDir().mkpath(QFileInfo(path(name)).path());
        writeFile(name, "the same scan");
        BallotScan scan = sampleScan(QFileInfo(name).fileName());
        for (PageRef& page : scan.pages)
            page.path = path(name);
        return scan;
    }

    static BallotResult acceptedOf(const BallotScan& scan) {
        BallotResult result = withStatus(fullResult(scan.file), BallotStatus::Accepted);
        result.scan = scan;
        result.findings.clear();
        return result;
    }

    // A file that could not be opened, as intake gives it.
    static BallotScan damagedScan(const QString& path, const QString& sha256 = {}) {
        BallotScan scan;
        scan.file = QFileInfo(path).fileName();
        scan.sha256 = sha256;
        scan.pages = {{path, 1, 0, {}}};
        scan.error = Error{QStringLiteral("intake.pdf_damaged"), {scan.file}, {}};
        return scan;
    }

    static BallotResult failedOf(const BallotScan& scan) {
        BallotResult failed;
        failed.scan = scan;
        failed.reader = kReader;
        failed.status = BallotStatus::Failed;
        failed.error = scan.error;
        return failed;
    }

    void runSql(const QString& name, const QStringList& statements) {
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
            db.setDatabaseName(path(name));
            QVERIFY(db.open());
            for (const QString& statement : statements) {
                QSqlQuery query(db);
                QVERIFY2(query.exec(statement), qPrintable(statement));
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("outside"));
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void everyFieldComesBackAsItWas() {
        const BallotResult full = fullResult(QStringLiteral("ชุดที่ 1/a.pdf"));
        BallotResult failed = failedResult(QStringLiteral("b.pdf"), 2);
        failed.scan.error = Error{QStringLiteral("intake.pdf_encrypted"), {QStringLiteral("b.pdf")}, {}};
        BallotResult bare;
        bare.status = BallotStatus::Accepted;
        bare.scan.file = QStringLiteral("c.pdf");
        {
            auto store = openStore();
            QVERIFY(store->keepResult(full));
            QVERIFY(store->keepResult(failed));
            QVERIFY(store->keepResult(bare));
        }
        const auto results = openStore(ProjectStore::Access::ReadOnly)->results();
        QVERIFY(results);
        QCOMPARE(results->size(), 3);
        QVERIFY(results->at(0) == full);
        QVERIFY(results->at(1) == failed);
        QVERIFY(results->at(2) == bare);
        // What operator== of strings does not tell apart.
        const BallotData& data = results->at(0).data;
        QVERIFY(data.header[QStringLiteral("place")].text.has_value());
        QVERIFY(!data.header[QStringLiteral("committee")].text.has_value());
        QVERIFY(data.rows[0].entry.words.has_value());
        QVERIFY(!data.rows[2].entry.words.has_value());
        QCOMPARE(data.readerNotes[u"tokens"].toInteger(), 9007199254740993LL);
    }

    void attemptsKeepTheRawAnswer() {
        auto store = openStore();
        const BallotScan scan = sampleScan(QStringLiteral("a.pdf"));
        const QByteArray raw("{\"a\": \0 1}", 10);
        QVERIFY(store->keepAttempt(
            scan, {1, QStringLiteral("ai:m"), QStringLiteral("network.timeout"), 0, 120000, {}}));
        QVERIFY(store->keepAttempt(scan, {2, QStringLiteral("ai:m"), QString(), 200, 6000, raw}));
        const auto attempts = store->attempts(scan);
        QVERIFY(attempts);
        QCOMPARE(attempts->size(), 2);
        QCOMPARE(attempts->at(0).errorCode, QStringLiteral("network.timeout"));
        QCOMPARE(attempts->at(1).rawAnswer, raw);
        QCOMPARE(attempts->at(1).httpStatus, 200);
    }

    void resumedRunReadsNothingTwice() {
        const QList<BallotScan> scans{
            sampleScan(QStringLiteral("a.pdf"), 1), sampleScan(QStringLiteral("b.pdf"), 2),
            sampleScan(QStringLiteral("c.pdf"), 3), sampleScan(QStringLiteral("d.pdf"), 4)};
        {
            auto store = openStore();
            QCOMPARE(store->beginRun(scans, kReader).value(), scans);
            QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"), 1)));
            QVERIFY(store->keepResult(
                withStatus(fullResult(QStringLiteral("c.pdf"), 3), BallotStatus::Accepted)));
        }
        auto store = openStore();
        QCOMPARE(store->beginRun(scans, kReader).value(), (QList<BallotScan>{scans[1], scans[3]}));
        const auto results = store->results().value();
        QCOMPARE(results.size(), 4);
        QCOMPARE(results[1].status, BallotStatus::Cancelled);
        QCOMPARE(results[1].scan, scans[1]);
        QCOMPARE(results[2].status, BallotStatus::Accepted);
    }

    void failedBallotIsReadAgainOnResume() {
        auto store = openStore();
        const QList<BallotScan> scans{sampleScan(QStringLiteral("a.pdf"))};
        QVERIFY(store->beginRun(scans, kReader));
        QVERIFY(store->keepResult(failedResult(QStringLiteral("a.pdf"))));
        QCOMPARE(store->beginRun(scans, kReader).value(), scans);
        QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"))));
        QVERIFY(store->beginRun(scans, kReader).value().isEmpty());
        QCOMPARE(store->results().value().first(), fullResult(QStringLiteral("a.pdf")));
    }

    void anotherReaderReadsAgainWithoutLosingTheFirst() {
        auto store = openStore();
        const QList<BallotScan> scans{sampleScan(QStringLiteral("a.pdf"))};
        QVERIFY(store->beginRun(scans, kReader));
        QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"))));
        QCOMPARE(store->beginRun(scans, QStringLiteral("ai:m")).value(), scans);
        BallotResult other = fullResult(QStringLiteral("a.pdf"));
        other.reader = QStringLiteral("ai:m");
        other.data.total->value = 615;
        QVERIFY(store->keepResult(other));
        QCOMPARE(store->results().value().first(), other);
        QVERIFY(store->beginRun(scans, kReader).value().isEmpty());
        QCOMPARE(store->results().value().first(), fullResult(QStringLiteral("a.pdf")));
        QCOMPARE(store->lastReader().value(), kReader);
    }

    void scansThatAreAddedLeaveWhatCounts() {
        auto store = openStore();
        const BallotScan first = sampleScan(QStringLiteral("a.pdf"), 1);
        const BallotScan more = sampleScan(QStringLiteral("b.pdf"), 2);
        RunReaders service(QStringLiteral("ai:m"));
        QVERIFY(store->beginRun({first}, service));
        BallotResult accepted = withStatus(fullResult(first.file, 1), BallotStatus::Accepted);
        accepted.reader = service.first;
        QVERIFY(store->keepResult(accepted));
        // Read again with the other reader, which is in doubt.
        const BallotResult doubted = fullResult(first.file, 1);
        QVERIFY(store->keepResult(doubted));
        service.onlyEnter = true;
        QVERIFY(store->beginRun({first, more}, service));
        const auto results = store->results().value();
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[0], doubted);
        QCOMPARE(results[1].status, BallotStatus::Cancelled);
        QCOMPARE(store->lastReader().value(), service.first);
    }

    void answersAreKeptByTheirRequest() {
        auto store = openStore();
        QVERIFY(!store->answerTo(QStringLiteral("a")).value());
        QVERIFY(store->keepAnswer(QStringLiteral("a"), QByteArrayLiteral("first")));
        QVERIFY(store->keepAnswer(QStringLiteral("a"), QByteArrayLiteral("second")));
        QVERIFY(!store->refusesFormat(QStringLiteral("m/x")));
        store->keepRefusal(QStringLiteral("m/x"));
        store.reset();
        store = openStore();
        QCOMPARE(store->answerTo(QStringLiteral("a")).value(), std::optional(QByteArrayLiteral("second")));
        QVERIFY(!store->answerTo(QStringLiteral("b")).value());
        QVERIFY(store->refusesFormat(QStringLiteral("m/x")));
        QVERIFY(!store->refusesFormat(QStringLiteral("m/y")));
    }

    void ballotThatLacksAReadingIsReadAgain() {
        auto store = openStore();
        const QList<BallotScan> scans{sampleScan(QStringLiteral("a.pdf"), 1),
                                      sampleScan(QStringLiteral("b.pdf"), 2)};
        const QString second = QStringLiteral("ai:second");
        QVERIFY(store->beginRun(scans, kReader));
        for (int i = 0; i < 2; ++i) {
            BallotResult result = fullResult(scans[i].file, i + 1);
            result.status = i == 0 ? BallotStatus::Accepted : BallotStatus::NeedsReview;
            QVERIFY(store->keepResult(result));
        }
        QVERIFY(store->beginRun(scans, kReader).value().isEmpty());
        QCOMPARE(store->beginRun(scans, {kReader, {second}}).value(), scans);
        // Only what was flagged is a second model's.
        QCOMPARE(store->beginRun(scans, {kReader, {}, {second}}).value(), QList<BallotScan>{scans[1]});
        BallotResult both = fullResult(scans[1].file, 2);
        both.status = BallotStatus::NeedsReview;
        BallotResult tried = both;
        OtherReadings::add(tried.data, {second, {}, QStringLiteral("network.timeout")});
        QVERIFY(store->keepResult(tried));
        QVERIFY(store->beginRun(scans, kReader).value().isEmpty());
        QCOMPARE(store->beginRun(scans, {kReader, {}, {second}}).value(), QList<BallotScan>{scans[1]});
        // It counts until the ballot is read again.
        QCOMPARE(store->results().value()[1], tried);
        OtherReadings::add(both.data, {second, both.data, std::nullopt});
        QVERIFY(store->keepResult(both));
        QVERIFY(store->beginRun(scans, {kReader, {}, {second}}).value().isEmpty());
        QCOMPARE(store->beginRun(scans, {kReader, {second}}).value(), QList<BallotScan>{scans[0]});
        QCOMPARE(store->results().value()[1], both);
        // What a person settled is not read again for the sake of a further reading.
        QVERIFY(store->keepReview(withStatus(tried, BallotStatus::Reviewed), {}));
        QCOMPARE(store->beginRun(scans, {kReader, {second}}).value(), QList<BallotScan>{scans[0]});
    }

    void meanCostIsThatOfTheReadersAnswers() {
        auto store = openStore();
        QVERIFY(!store->meanCost(QStringLiteral("ai:m")).value());
        for (int i = 0; i < 3; ++i) {
            BallotResult result = fullResult(QStringLiteral("%1.pdf").arg(i), i);
            result.reader = QStringLiteral("ai:m");
            result.data.readerNotes.insert(QStringLiteral("usage"),
                                           QJsonObject{{QStringLiteral("cost"), 0.25 * (i + 1)}});
            QVERIFY(store->keepResult(result));
        }
        QCOMPARE(store->meanCost(QStringLiteral("ai:m")).value(), std::optional(0.5));
        QVERIFY(!store->meanCost(QStringLiteral("ai:n")).value());
    }

    void cancelledNeverHidesWhatWasRead() {
        auto store = openStore();
        QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"))));
        BallotResult cancelled;
        cancelled.scan = sampleScan(QStringLiteral("a.pdf"));
        cancelled.reader = QStringLiteral("ai:m");
        QVERIFY(store->keepResult(cancelled));
        QCOMPARE(store->results().value().first(), fullResult(QStringLiteral("a.pdf")));
    }

    void failedNeverHidesWhatWasRead() {
        const QList<BallotScan> scans{sampleScan(QStringLiteral("a.pdf"))};
        for (const BallotStatus status : {BallotStatus::Accepted, BallotStatus::NeedsReview}) {
            auto store = openStore(ProjectStore::Access::ReadWrite, statusName(status));
            const BallotResult good = withStatus(fullResult(QStringLiteral("a.pdf")), status);
            QVERIFY(store->beginRun(scans, kReader));
            QVERIFY(store->keepResult(good));
            for (const QString& reader : {kReader, QStringLiteral("ai:m")}) {
                BallotResult failed = failedResult(QStringLiteral("a.pdf"));
                failed.reader = reader;
                QVERIFY(store->keepResult(failed));
                QCOMPARE(store->results().value().first(), good);
            }
            QVERIFY(store->beginRun(scans, kReader).value().isEmpty());
            // The other reader has not read it yet.
            QCOMPARE(store->beginRun(scans, QStringLiteral("ai:m")).value(), scans);
            QCOMPARE(store->results().value().first(), good);
        }
    }

    void fileThatIsAnotherOneLosesItsNumbers() {
        auto store = openStore();
        const QList<BallotScan> scans{sampleScan(QStringLiteral("a.pdf"))};
        const BallotResult good = withStatus(fullResult(QStringLiteral("a.pdf")), BallotStatus::Accepted);
        QVERIFY(store->beginRun(scans, kReader));
        QVERIFY(store->keepResult(good));
        BallotResult changed = failedResult(QStringLiteral("a.pdf"));
        changed.error = Error{QStringLiteral("intake.file_changed"), {QStringLiteral("a.pdf")}, {}};
        QVERIFY(store->keepResult(changed));
        QCOMPARE(store->results().value().first(), changed);
        QCOMPARE(store->beginRun(scans, kReader).value(), scans);
    }

    void whatAPersonSettledStands() {
        auto store = openStore();
        const QList<BallotScan> scans{sampleScan(QStringLiteral("a.pdf"))};
        QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"))));
        BallotResult reviewed = fullResult(QStringLiteral("a.pdf"));
        reviewed.status = BallotStatus::Reviewed;
        reviewed.reviewedBy = QStringLiteral("สมชาย");
        reviewed.reviewedAt =
            QDateTime::fromString(QStringLiteral("2026-02-09T08:00:00.123Z"), Qt::ISODateWithMs);
        reviewed.data.total->value = 615;
        const QList<Correction> corrections{{QStringLiteral("total"), QStringLiteral("614"),
                                             QStringLiteral("615"), reviewed.reviewedBy, reviewed.reviewedAt},
                                            {QStringLiteral("row 1"), std::nullopt, QStringLiteral(""),
                                             reviewed.reviewedBy, reviewed.reviewedAt}};
        QVERIFY(store->keepReview(reviewed, corrections));
        QVERIFY(store->beginRun(scans, QStringLiteral("ai:m")).value().isEmpty());
        BallotResult machine = fullResult(QStringLiteral("a.pdf"));
        machine.reader = QStringLiteral("ai:m");
        QVERIFY(store->keepResult(machine));
        QCOMPARE(store->results().value().first(), reviewed);
        QCOMPARE(store->corrections(scans.first()).value(), corrections);
        QVERIFY(store->corrections(scans.first()).value()[1].after.has_value());
    }

    void replacedFileLeavesTheResults() {
        auto store = openStore();
        QVERIFY(store->beginRun(
            {sampleScan(QStringLiteral("a.pdf"), 1), sampleScan(QStringLiteral("b.pdf"), 2)}, kReader));
        QVERIFY(store->keepResult(failedResult(QStringLiteral("a.pdf"), 1)));
        QVERIFY(store->keepResult(fullResult(QStringLiteral("b.pdf"), 2)));
        const BallotScan better = sampleScan(QStringLiteral("a.pdf"), 9);
        QCOMPARE(store->beginRun({better, sampleScan(QStringLiteral("b.pdf"), 2)}, kReader).value(),
                 QList<BallotScan>{better});
        const auto results = store->results().value();
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[0].scan, better);
        QCOMPARE(results[1].status, BallotStatus::NeedsReview);
    }

    void ballotSetAsideComesBackWithItsReading() {
        const auto store = openStore();
        const QList<BallotScan> scans{sampleScan(QStringLiteral("1.pdf"), 1),
                                      sampleScan(QStringLiteral("2.pdf"), 2)};
        QVERIFY(store->beginRun(scans, kReader));
        QVERIFY(store->keepResult(fullResult(QStringLiteral("1.pdf"), 1)));
        QVERIFY(store->retire({scans[0]}));
        QCOMPARE(store->results()->size(), 1);
        QCOMPARE(store->results()->first().scan.file, QStringLiteral("2.pdf"));
        QCOMPARE(store->beginRun(scans, kReader)->size(), 1);
        QCOMPARE(store->results()->first(), fullResult(QStringLiteral("1.pdf"), 1));
    }

    void movedFolderIsNotReadAgain() {
        auto store = openStore();
        BallotScan scan = sampleScan(QStringLiteral("a.pdf"));
        QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"))));
        for (PageRef& page : scan.pages)
            page.path.prepend(QStringLiteral("/mnt"));
        QVERIFY(store->beginRun({scan}, kReader).value().isEmpty());
        const auto results = store->results().value();
        QCOMPARE(results.size(), 1);
        QCOMPARE(results.first().scan, scan);
    }

    void copiesInTwoFoldersStayTwoBallots() {
        auto store = openStore();
        BallotScan first = sampleScan(QStringLiteral("a.pdf"));
        BallotScan second = first;
        for (PageRef& page : second.pages)
            page.path.prepend(QStringLiteral("/other"));
        QCOMPARE(store->beginRun({first, second}, kReader).value().size(), 2);
        BallotResult result = fullResult(QStringLiteral("a.pdf"));
        result.scan = second;
        QVERIFY(store->keepResult(result));
        QCOMPARE(store->beginRun({first, second}, kReader).value(), QList<BallotScan>{first});
        QCOMPARE(store->results().value().size(), 2);
    }

    void copyThatIsFoundLaterIsABallotOfItsOwn() {
        const BallotScan first = scanOnDisk(QStringLiteral("ชุดที่ 1/x.pdf"));
        const BallotScan second = scanOnDisk(QStringLiteral("ชุดที่ 2/x.pdf"));
        auto store = openStore();
        QCOMPARE(store->beginRun({first}, kReader).value(), QList<BallotScan>{first});
        QVERIFY(store->keepResult(acceptedOf(first)));
        QCOMPARE(store->beginRun({second}, kReader).value(), QList<BallotScan>{second});
        QVERIFY(store->keepResult(acceptedOf(second)));
        auto results = store->results().value();
        checkAcrossBallots(results);
        QCOMPARE(results.size(), 2);
        QSet<QString> paths;
        for (const BallotResult& result : std::as_const(results)) {
            paths.insert(result.scan.pages.first().path);
            QCOMPARE(result.status, BallotStatus::NeedsReview);
            QVERIFY(std::any_of(result.findings.begin(), result.findings.end(),
                                [](const Finding& finding) { return finding.code == u"W.302"; }));
        }
        QCOMPARE(paths, (QSet<QString>{first.pages.first().path, second.pages.first().path}));
        // Each is known where it lies.
        QVERIFY(store->beginRun({first}, kReader).value().isEmpty());
        QVERIFY(store->beginRun({second}, kReader).value().isEmpty());
        QCOMPARE(store->results().value().size(), 2);
    }

    void fileThatIsGoneFromItsFirstPlaceHasMoved_data() {
        QTest::addColumn<QByteArray>("whatIsThere");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("another scan") << QByteArray("another scan, which is longer");
    }

    void fileThatIsGoneFromItsFirstPlaceHasMoved() {
        QFETCH(QByteArray, whatIsThere);
        const BallotScan first = scanOnDisk(QStringLiteral("F/x.pdf"));
        auto store = openStore();
        QVERIFY(store->beginRun({first}, kReader));
        QVERIFY(store->keepResult(acceptedOf(first)));
        QVERIFY(QFile::remove(path(QStringLiteral("F/x.pdf"))));
        if (!whatIsThere.isEmpty())
            writeFile(QStringLiteral("F/x.pdf"), whatIsThere);
        const BallotScan second = scanOnDisk(QStringLiteral("G/x.pdf"));
        QVERIFY(store->beginRun({second}, kReader).value().isEmpty());
        QCOMPARE(store->results().value(), QList<BallotResult>{acceptedOf(second)});
    }

    void linkToAFolderIsNoCopy() {
        const BallotScan first = scanOnDisk(QStringLiteral("F/x.pdf"));
        QVERIFY(QFile::link(path(QStringLiteral("F")), path(QStringLiteral("G"))));
        BallotScan second = first;
        for (PageRef& page : second.pages)
            page.path = path(QStringLiteral("G/x.pdf"));
        auto store = openStore();
        QVERIFY(store->beginRun({first}, kReader));
        QVERIFY(store->keepResult(acceptedOf(first)));
        QVERIFY(store->beginRun({second}, kReader).value().isEmpty());
        QCOMPARE(store->results().value().size(), 1);
    }

    void copyIsTakenOverBesideWhatIsThere() {
        const BallotScan first = scanOnDisk(QStringLiteral("F/x.pdf"));
        const BallotScan second = scanOnDisk(QStringLiteral("G/x.pdf"));
        auto store = openStore();
        QVERIFY(store->keepReview(withStatus(acceptedOf(first), BallotStatus::Reviewed), {}));
        QVERIFY(store->adopt({{acceptedOf(second), {}}}));
        const auto results = store->results().value();
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[0].status, BallotStatus::Reviewed);
        QCOMPARE(results[1], acceptedOf(second));
    }

    void ordersByIntakeNotByCompletion() {
        auto store = openStore();
        const QList<BallotScan> scans{sampleScan(QStringLiteral("a.pdf"), 1),
                                      sampleScan(QStringLiteral("b.pdf"), 2),
                                      sampleScan(QStringLiteral("c.pdf"), 3)};
        QVERIFY(store->beginRun({scans[0], scans[2]}, kReader));
        QVERIFY(store->keepResult(fullResult(QStringLiteral("c.pdf"), 3)));
        QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"), 1)));
        QVERIFY(store->beginRun(scans, kReader));
        QStringList files;
        for (const BallotResult& result : store->results().value())
            files.append(result.scan.file);
        QCOMPARE(files.join(u' '), QStringLiteral("a.pdf b.pdf c.pdf"));
    }

    void manyThreadsKeepAtOnce() {
        auto store = openStore();
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 10; ++i) {
                    const int seed = t * 10 + i;
                    const BallotResult result = fullResult(QStringLiteral("%1.pdf").arg(seed), seed);
                    if (!store->keepAttempt(result.scan, {1, kReader, {}, 0, 1, QByteArrayLiteral("x")}) ||
                        !store->keepResult(result))
                        ++failures;
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(store->results().value().size(), 80);
        QVERIFY(store->integrityProblems().value().isEmpty());
    }

    void killedProcessLosesNothingThatWasKept() {
        QProcess child;
        child.setProgram(QCoreApplication::applicationFilePath());
        child.setArguments({QStringLiteral("--write-until-killed"), path()});
        child.start();
        int kept = -1;
        while (kept < 40 && child.waitForReadyRead(20000))
            while (child.canReadLine())
                kept = child.readLine().trimmed().toInt();
        QVERIFY2(kept >= 40, child.readAllStandardError().constData());
        child.kill();
        QVERIFY(child.waitForFinished(20000));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        while (child.canReadLine())
            kept = child.readLine().trimmed().toInt();

        auto store = openStore();
        QVERIFY(store);
        QVERIFY(store->integrityProblems().value().isEmpty());
        const auto results = store->results().value();
        QCOMPARE(results.size(), 5000);
        for (int i = 0; i <= kept; ++i)
            QCOMPARE(results[i], fullResult(QStringLiteral("%1.pdf").arg(i), i));
        // One more may have been committed before its line was printed.
        for (int i = kept + 2; i < 5000; ++i)
            QCOMPARE(results[i].status, BallotStatus::Cancelled);
    }

    void secondWriterIsTurnedAway() {
        auto first = openStore();
        QVERIFY(first);
        QCOMPARE(openError(QStringLiteral("a.tallydesk")), QStringLiteral("store.in_use"));
        // Looking is allowed meanwhile.
        QCOMPARE(openError(QStringLiteral("a.tallydesk"), ProjectStore::Access::ReadOnly), QString());
        first.reset();
        QCOMPARE(openError(QStringLiteral("a.tallydesk")), QString());
    }

    void foreignFilesAreLeftAlone() {
        writeFile(QStringLiteral("text"), QByteArray(4096, 'x'));
        QCOMPARE(openError(QStringLiteral("text")), QStringLiteral("store.not_a_project"));
        runSql(QStringLiteral("other"), {QStringLiteral("CREATE TABLE t (a)")});
        QCOMPARE(openError(QStringLiteral("other")), QStringLiteral("store.not_a_project"));
        QCOMPARE(openError(QStringLiteral("none"), ProjectStore::Access::ReadOnly),
                 QStringLiteral("store.missing"));
        QCOMPARE(openError(QStringLiteral("no-folder/p")), QStringLiteral("store.cannot_open"));
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("folder")));
        QCOMPARE(openError(QStringLiteral("folder")), QStringLiteral("store.not_a_project"));
        writeFile(QStringLiteral("empty"), {});
        QCOMPARE(openError(QStringLiteral("empty"), ProjectStore::Access::ReadOnly),
                 QStringLiteral("store.not_a_project"));
        QCOMPARE(openError(QStringLiteral("empty")), QString());
    }

    void newerVersionIsNotTouched() {
        openStore().reset();
        runSql(QStringLiteral("a.tallydesk"), {QStringLiteral("PRAGMA user_version=99")});
        const auto store = ProjectStore::open(path(), ProjectStore::Access::ReadWrite, m_clock);
        QVERIFY(!store);
        QCOMPARE(store.error().code, QStringLiteral("store.newer_version"));
        QCOMPARE(store.error().args[1], QStringLiteral("99"));
    }

    void truncatedFileIsDamaged() {
        {
            auto store = openStore();
            for (int i = 0; i < 20; ++i)
                QVERIFY(store->keepResult(fullResult(QStringLiteral("%1.pdf").arg(i), i)));
        }
        QFile file(path());
        QVERIFY(file.resize(file.size() / 2));
        auto store = ProjectStore::open(path(), ProjectStore::Access::ReadOnly, m_clock);
        if (store) {
            const auto problems = (*store)->integrityProblems();
            QVERIFY(!problems || !problems->isEmpty());
        } else {
            QCOMPARE(store.error().code, QStringLiteral("store.damaged"));
        }
    }

    void damageInARowNamesTheFile() {
        QVERIFY(openStore()->keepResult(fullResult(QStringLiteral("a.pdf"))));
        runSql(QStringLiteral("a.tallydesk"), {QStringLiteral("UPDATE readings SET status='odd'")});
        const auto results = openStore()->results();
        QVERIFY(!results);
        QCOMPARE(results.error().code, QStringLiteral("store.damaged"));
        QCOMPARE(results.error().args, QStringList{path()});
    }

    void decisionTakenBackLeavesTheMachinesReading() {
        auto store = openStore();
        const BallotScan scan = sampleScan(QStringLiteral("a.pdf"));
        QVERIFY(store->beginRun({scan}, kReader));
        BallotResult failed;
        failed.scan = scan;
        failed.reader = kReader;
        failed.status = BallotStatus::Failed;
        failed.error = Error{QStringLiteral("ondevice.no_table"), {}, {}};
        QVERIFY(store->keepResult(failed));
        BallotResult unreadable = failed;
        unreadable.status = BallotStatus::Unreadable;
        QVERIFY(store->keepReview(unreadable, {}));
        QVERIFY(store->beginRun({scan}, kReader).value().isEmpty());
        // Undone: the ballot waits to be read again, and what is read then counts.
        QVERIFY(store->keepReview(failed, {}));
        QCOMPARE(store->results().value().first().status, BallotStatus::Failed);
        QCOMPARE(store->beginRun({scan}, kReader).value(), QList<BallotScan>{scan});
        QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"))));
        QVERIFY(store->beginRun({scan}, kReader).value().isEmpty());
        QCOMPARE(store->results().value().first().status, BallotStatus::NeedsReview);
    }

    void fileNamedFromAnotherFolderIsTheSameBallot() {
        auto store = openStore();
        BallotScan scan = sampleScan(QStringLiteral("f.pdf"));
        QVERIFY(store->beginRun({scan}, kReader));
        QVERIFY(
            store->keepReview(withStatus(fullResult(QStringLiteral("f.pdf")), BallotStatus::Reviewed), {}));
        scan.file = QStringLiteral("sub/f.pdf");
        QVERIFY(store->beginRun({scan}, kReader).value().isEmpty());
        const auto results = store->results().value();
        QCOMPARE(results.size(), 1);
        QCOMPARE(results[0].scan.file, QStringLiteral("sub/f.pdf"));
        QCOMPARE(results[0].status, BallotStatus::Reviewed);
    }

    void folderThatSaysOtherwiseNowIsReadAnew() {
        auto store = openStore();
        const auto inFolder = [](const QString& folder) {
            BallotScan scan = sampleScan(QStringLiteral("f.pdf"));
            for (PageRef& page : scan.pages)
                page.path = QStringLiteral("/scans/%1/f.pdf").arg(folder);
            return scan;
        };
        const BallotScan before = inFolder(QStringLiteral("ชุดที่ 2"));
        QVERIFY(store->beginRun({before}, kReader));
        BallotResult read = fullResult(QStringLiteral("f.pdf"));
        read.scan = before;
        QVERIFY(store->keepResult(read));
        QVERIFY(store->beginRun({inFolder(QStringLiteral("old/ชุดที่ 2"))}, kReader).value().isEmpty());
        const BallotScan renamed = inFolder(QStringLiteral("ชุดที่ 3"));
        QCOMPARE(store->beginRun({renamed}, kReader).value(), QList<BallotScan>{renamed});
        QCOMPARE(store->results().value().first().status, BallotStatus::Cancelled);
        // Nor does the old reading count after a run that was stopped before this ballot, or failed at it.
        QCOMPARE(store->beginRun({renamed}, kReader).value(), QList<BallotScan>{renamed});
        QCOMPARE(store->results().value().first().status, BallotStatus::Cancelled);
        BallotResult failed = failedResult(QStringLiteral("f.pdf"));
        failed.scan = renamed;
        QVERIFY(store->keepResult(failed));
        QCOMPARE(store->beginRun({renamed}, kReader).value(), QList<BallotScan>{renamed});
        QCOMPARE(store->results().value().first().status, BallotStatus::Failed);
    }

    void fileThatCouldNotBeOpenedIsOneBallotOnceItIsMended() {
        auto store = openStore();
        const BallotScan damaged = damagedScan(QStringLiteral("/scans/f.pdf"), fakeHash(77));
        QVERIFY(store->beginRun({damaged}, kReader));
        QVERIFY(store->keepResult(failedOf(damaged)));
        QCOMPARE(store->results().value(), QList<BallotResult>{failedOf(damaged)});
        const BallotScan mended = sampleScan(QStringLiteral("f.pdf"));
        QCOMPARE(store->beginRun({mended}, kReader).value(), QList<BallotScan>{mended});
        QCOMPARE(store->results().value().size(), 1);
    }

    void mendedFileMayBeALaterPageOfItsBallot() {
        auto store = openStore();
        const BallotScan damaged = damagedScan(QStringLiteral("/scans/f-2.jpg"), fakeHash(77));
        QVERIFY(store->beginRun({damaged}, kReader));
        QVERIFY(store->keepResult(failedOf(damaged)));
        BallotScan mended = sampleScan(QStringLiteral("f-1.jpg"));
        PageRef second = mended.pages.first();
        second.path = QStringLiteral("/scans/f-2.jpg");
        mended.pages.append(second);
        QVERIFY(store->beginRun({mended}, kReader));
        QCOMPARE(store->results().value().size(), 1);
    }

    void fileThatCouldNotBeOpenedStaysBesideOneOfItsName() {
        auto store = openStore();
        const BallotScan damaged = damagedScan(QStringLiteral("/a/f.pdf"));
        QVERIFY(store->beginRun({damaged}, kReader));
        QVERIFY(store->keepResult(failedOf(damaged)));
        const BallotScan good = sampleScan(QStringLiteral("f.pdf"));
        QCOMPARE(store->beginRun({good}, kReader).value(), QList<BallotScan>{good});
        QVERIFY(store->keepResult(acceptedOf(good)));
        QCOMPARE(store->results().value(), (QList<BallotResult>{acceptedOf(good), failedOf(damaged)}));
    }

    void twoFilesOfOneNameThatCouldNotBeOpenedAreTwoBallots() {
        QList<BallotScan> damaged;
        for (const char* folder : {"a", "b"}) {
            const QString name = QString::fromLatin1(folder) + QStringLiteral("/f.pdf");
            QVERIFY(QDir(m_dir->path()).mkdir(QString::fromLatin1(folder)));
            writeFile(name, folder == QByteArray("a") ? "short" : "not so short");
            damaged.append(damagedScan(path(name)));
        }
        auto store = openStore();
        for (const BallotScan& scan : damaged) {
            QVERIFY(store->beginRun({scan}, kReader));
            QVERIFY(store->keepResult(failedOf(scan)));
        }
        QCOMPARE(store->results().value(), (QList<BallotResult>{failedOf(damaged[1]), failedOf(damaged[0])}));
        QCOMPARE(store->beginRun(damaged, kReader).value(), damaged);
        QCOMPARE(store->results().value().size(), 2);
    }

    void fileThatCannotBeOpenedForTheMomentKeepsWhatWasRead() {
        auto store = openStore();
        const BallotScan good = sampleScan(QStringLiteral("f.pdf"));
        QVERIFY(store->beginRun({good}, kReader));
        QVERIFY(store->keepResult(acceptedOf(good)));
        const BallotScan locked = damagedScan(good.pages.first().path);
        QVERIFY(store->beginRun({locked}, kReader));
        QVERIFY(store->results().value().contains(acceptedOf(good)));
        QVERIFY(store->beginRun({good}, kReader).value().isEmpty());
        QCOMPARE(store->results().value(), QList<BallotResult>{acceptedOf(good)});
    }

    void arrangedBallotsStandForWhatIntakeFinds() {
        const BallotScan found = sampleScan(QStringLiteral("a.pdf"), 1);
        const BallotScan other = sampleScan(QStringLiteral("b.pdf"), 2);
        PageArrangement pages({found});
        pages.split(1);
        const QList<BallotScan> parts = pages.ballots();
        QCOMPARE(parts.size(), 2);
        {
            auto store = openStore();
            QCOMPARE(store->beginRun({found, other}, kReader).value().size(), 2);
            QVERIFY(store->keepResult(fullResult(QStringLiteral("a.pdf"), 1)));
            QVERIFY(store->rearrange({found}, parts));
            const auto results = store->results().value();
            QCOMPARE(results.size(), 3);
            QCOMPARE(results[0].scan, parts[0]);
            QCOMPARE(results[1].scan, parts[1]);
            QCOMPARE(results[2].scan, other);
            // What was read from the whole does not count for a part.
            QCOMPARE(results[0].status, BallotStatus::Cancelled);
        }
        auto store = openStore();
        // The folder is found again: the parts are read, not the whole.
        QCOMPARE(store->beginRun({found, other}, kReader).value(),
                 (QList<BallotScan>{parts[0], parts[1], other}));
        QCOMPARE(store->results().value().size(), 3);
        // And back: what was read before counts again.
        QVERIFY(store->rearrange(parts, {found}));
        const auto back = store->results().value();
        QCOMPARE(back.size(), 2);
        QCOMPARE(back[0].status, BallotStatus::NeedsReview);
        QCOMPARE(store->beginRun({found, other}, kReader).value(), QList<BallotScan>{other});
    }
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--write-until-killed") == 0)
        return writeUntilKilled(QString::fromLocal8Bit(argv[2]));
    TestProjectStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_projectstore.moc"
