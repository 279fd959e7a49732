// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <unistd.h>

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <csignal>
#include <memory>

namespace {

struct Outcome {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QJsonObject> events(const QByteArray& lines) {
    QList<QJsonObject> found;
    for (const QByteArray& line : lines.split('\n'))
        if (line.startsWith('{'))
            found.append(QJsonDocument::fromJson(line).object());
    return found;
}

QList<QJsonObject> ofKind(const QList<QJsonObject>& all, const QString& kind) {
    QList<QJsonObject> some;
    for (const QJsonObject& event : all)
        if (event[u"event"].toString() == kind)
            some.append(event);
    return some;
}

// Everything but the times.
QJsonArray timeless(const QString& path) {
    QJsonArray ballots;
    for (const QJsonValue& value : QJsonDocument::fromJson(content(path)).object()[u"ballots"].toArray()) {
        QJsonObject ballot = value.toObject();
        ballot.remove(QStringLiteral("elapsed_ms"));
        ballots.append(ballot);
    }
    return ballots;
}

// Generous for a machine that does other things as well.
constexpr int kPatienceMs = 240'000;

}  // namespace

// Drives the program as a user does.
class TestCli : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path(const QString& name) const { return m_dir->filePath(name); }

    void start(QProcess& process, const QStringList& arguments) const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        // No display and no platform of the test's own.
        environment.remove(QStringLiteral("DISPLAY"));
        environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
        environment.insert(QStringLiteral("OPENROUTER_API_KEY"), QStringLiteral("sk-secret-of-the-test"));
        process.setProcessEnvironment(environment);
        process.setProgram(QStringLiteral(TALLYDESK_CLI));
        process.setArguments(arguments);
        process.start();
    }

    static Outcome outcomeOf(QProcess& process) {
        if (process.state() != QProcess::NotRunning)
            process.waitForFinished(kPatienceMs);
        if (process.state() != QProcess::NotRunning || process.exitStatus() != QProcess::NormalExit) {
            process.kill();
            process.waitForFinished();
            return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
        }
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    Outcome run(const QStringList& arguments) const {
        QProcess process;
        start(process, arguments);
        return outcomeOf(process);
    }

    void writeFile(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    // A folder with copies of the first ballots of the sample batch.
    QString samples(int count) const {
        QStringList found;
        QDirIterator it(QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/samples"),
                        {QStringLiteral("*.pdf"), QStringLiteral("*.jpg")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString file = it.next();
            // Not the damaged one, and not the long forms, which take longer.
            if (QFileInfo(file).size() > 100'000 && QFileInfo(file).size() < 500'000)
                found.append(file);
        }
        found.sort();
        const QString folder = path(QStringLiteral("scans"));
        QDir().mkpath(folder);
        for (int i = 0; i < qMin(count, static_cast<int>(found.size())); ++i)
            QFile::copy(found[i],
                        QStringLiteral("%1/%2.%3").arg(folder).arg(i).arg(QFileInfo(found[i]).suffix()));
        return folder;
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void helpNamesWhatExistsOnly() {
        for (const QStringList& arguments :
             {QStringList{QStringLiteral("--help")}, {QStringLiteral("read"), QStringLiteral("--help")}}) {
            const Outcome help = run(arguments);
            QCOMPARE(help.status, 0);
            QVERIFY(help.out.contains("--parallel"));
            QVERIFY(help.out.contains("--workers"));
            QVERIFY(help.err.isEmpty());
            for (const char* present : {"auto", "--budget", "--cross-check", "--second-model", "--on-quota"})
                QVERIFY2(help.out.contains(present), present);
            for (const char* absent : {"--xlsx", "--pdf", "aggregate"})
                QVERIFY2(!help.out.contains(absent), absent);
        }
    }

    void versionIsPrinted() {
        const Outcome version = run({QStringLiteral("--version")});
        QCOMPARE(version.status, 0);
        QVERIFY(version.out.startsWith("tallydesk-cli "));
    }

    void wrongUsage_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString here = QStringLiteral(".");
        const auto read = [&](const QStringList& more) {
            return QStringList{QStringLiteral("read"), here} + more;
        };
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{QStringLiteral("aggregate")};
        QTest::newRow("read without path") << QStringList{QStringLiteral("read")};
        QTest::newRow("missing path")
            << QStringList{QStringLiteral("read"), QStringLiteral("/no/such/folder")};
        QTest::newRow("unknown flag") << read({QStringLiteral("--no-such-flag")});
        QTest::newRow("flag of a part to come") << read({QStringLiteral("--xlsx"), QStringLiteral("a.xlsx")});
        QTest::newRow("budget in words") << read({QStringLiteral("--budget"), QStringLiteral("much")});
        QTest::newRow("budget below nothing") << read({QStringLiteral("--budget"), QStringLiteral("-1")});
        QTest::newRow("second model without a name")
            << read({QStringLiteral("--second-model"), QStringLiteral("")});
        QTest::newRow("quota in words") << read({QStringLiteral("--on-quota"), QStringLiteral("maybe")});
        QTest::newRow("no workers") << read({QStringLiteral("--workers"), QStringLiteral("0")});
        QTest::newRow("workers in words") << read({QStringLiteral("--workers"), QStringLiteral("many")});
        QTest::newRow("no rate") << read({QStringLiteral("--rate"), QStringLiteral("0")});
        QTest::newRow("rate nan") << read({QStringLiteral("--rate"), QStringLiteral("nan")});
        QTest::newRow("unknown reader") << read({QStringLiteral("--reader"), QStringLiteral("abc")});
        QTest::newRow("backoff upside down") << read({QStringLiteral("--backoff-min"), QStringLiteral("9"),
                                                      QStringLiteral("--backoff-max"), QStringLiteral("8")});
        QTest::newRow("plain http to another machine")
            << read({QStringLiteral("--reader"), QStringLiteral("ai"), QStringLiteral("--base-url"),
                     QStringLiteral("http://example.org/v1")});
        QTest::newRow("http that only looks like loopback")
            << read({QStringLiteral("--reader"), QStringLiteral("ai"), QStringLiteral("--base-url"),
                     QStringLiteral("http://127.0.0.1.example.org/v1")});
        QTest::newRow("one file twice") << read(
            {QStringLiteral("--csv"), QStringLiteral("a"), QStringLiteral("--json"), QStringLiteral("a")});
        QTest::newRow("output in no folder")
            << read({QStringLiteral("--csv"), QStringLiteral("/no/such/folder/a.csv")});
        QTest::newRow("project in no folder")
            << read({QStringLiteral("--project"), QStringLiteral("/no/such/folder/a")});
        QTest::newRow("project that is none")
            << read({QStringLiteral("--project"), QStringLiteral(TALLYDESK_SOURCE_DIR "/LICENSE")});
        QTest::newRow("export of nothing") << QStringList{QStringLiteral("export")};
        QTest::newRow("export to nowhere")
            << QStringList{QStringLiteral("export"), QStringLiteral("--project"), QStringLiteral("a")};
        QTest::newRow("check of no project")
            << QStringList{QStringLiteral("check"), QStringLiteral(TALLYDESK_SOURCE_DIR "/LICENSE")};
    }

    void wrongUsage() {
        QFETCH(QStringList, arguments);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(outcome.err.startsWith("tallydesk-cli: "));
    }

    void resultsNeverReplaceAScanOrTheProject() {
        const QString scans = samples(1);
        const QString scan = scans + u'/' + QDir(scans).entryList(QDir::Files).first();
        const QByteArray before = content(scan);
        QVERIFY(!before.isEmpty());
        const QString other = path(QStringLiteral("plain.dat"));
        writeFile(QStringLiteral("plain.dat"), "kept");
        const QString project = path(QStringLiteral("project.db"));
        for (const QStringList& wrong :
             {QStringList{QStringLiteral("--csv"), scan}, QStringList{QStringLiteral("--json"), scan},
              QStringList{other, QStringLiteral("--json"), other},
              QStringList{QStringLiteral("--project"), project, QStringLiteral("--csv"), project}}) {
            const Outcome outcome = run(QStringList{QStringLiteral("read"), scans} + wrong);
            QCOMPARE(outcome.status, 2);
            QVERIFY2(outcome.err.contains("stays as it is"), outcome.err.constData());
        }
        QCOMPARE(content(scan), before);
        QCOMPARE(content(other), QByteArray("kept"));
        QVERIFY(!QFile::exists(project));
    }

    void emptyFolderIsNoFailure() {
        const Outcome outcome =
            run({QStringLiteral("read"), m_dir->path(), QStringLiteral("--csv"), QStringLiteral("-")});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.out.count("\r\n"), 1);
        QVERIFY(outcome.err.contains("No scans were found"));
    }

    void brokenFilesFailAndAreNamed() {
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("in")));
        writeFile(QStringLiteral("in/empty.pdf"), {});
        writeFile(QStringLiteral("in/broken.jpg"), QByteArray(5000, 'x'));
        writeFile(QStringLiteral("in/notes.txt"), "not a scan");
        const Outcome outcome =
            run({QStringLiteral("read"), path(QStringLiteral("in")), QStringLiteral("--parallel"),
                 QStringLiteral("--csv"), path(QStringLiteral("out.csv")), QStringLiteral("--json"),
                 path(QStringLiteral("out.json"))});
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(outcome.err.contains("Failed: empty.pdf"));
        QVERIFY(outcome.err.contains("Failed: broken.jpg"));
        QVERIFY(outcome.err.contains("Skipped: notes.txt"));
        const QByteArray failed = content(path(QStringLiteral("out.failed.csv")));
        QCOMPARE(failed.count("\r\n"), 3);
        QVERIFY(failed.contains("intake."));
        QCOMPARE(timeless(path(QStringLiteral("out.json"))).size(), 2);
    }

    void resultsDoNotDependOnWhoListens_data() {
        QTest::addColumn<bool>("stdoutGone");
        QTest::addColumn<int>("status");
        QTest::newRow("nobody hears stderr") << false << 0;
        QTest::newRow("nobody reads stdout") << true << 3;
    }

    void resultsDoNotDependOnWhoListens() {
        QFETCH(bool, stdoutGone);
        QFETCH(int, status);
        const QString json = path(QStringLiteral("out.json"));
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        ::close(ends[0]);
        QProcess process;
        process.setChildProcessModifier([&] { ::dup2(ends[1], stdoutGone ? STDOUT_FILENO : STDERR_FILENO); });
        start(process, {QStringLiteral("read"), samples(1), QStringLiteral("--csv"), QStringLiteral("-"),
                        QStringLiteral("--json"), json});
        const Outcome outcome = outcomeOf(process);
        ::close(ends[1]);
        QCOMPARE(outcome.status, status);
        QCOMPARE(timeless(json).size(), 1);
        if (stdoutGone)
            QVERIFY2(outcome.err.contains("tallydesk-cli: Standard output did not take all results"),
                     outcome.err.constData());
        else
            QVERIFY(outcome.out.contains("accepted"));
    }

    void damagedScanStaysBesideAGoodOneOfItsName() {
        const QString good = samples(1);
        const QString name = QDir(good).entryList(QDir::Files).first();
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("damaged")));
        writeFile(QStringLiteral("damaged/") + name, "no scan");
        const auto readFolder = [&](const QString& folder) {
            return run({QStringLiteral("read"), folder, QStringLiteral("--project"),
                        path(QStringLiteral("p")), QStringLiteral("--csv"), path(QStringLiteral("out.csv"))});
        };
        QCOMPARE(readFolder(path(QStringLiteral("damaged"))).status, 1);
        const Outcome outcome = readFolder(good);
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains("Failed: " + name.toUtf8()), outcome.err.constData());
        QCOMPARE(content(path(QStringLiteral("out.failed.csv"))).count("\r\n"), 2);
    }

    void scansThatMayBeMissingAreNoSuccess() {
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("in")));
        writeFile(QStringLiteral("in/notes.txt"), "not a scan");
        const QStringList arguments{QStringLiteral("read"), path(QStringLiteral("in")),
                                    QStringLiteral("--quiet"), QStringLiteral("--csv"),
                                    path(QStringLiteral("out.csv"))};
        const Outcome nothing = run(arguments);
        QCOMPARE(nothing.status, 0);
        QVERIFY2(nothing.err.isEmpty(), nothing.err.constData());
        QVERIFY(QFile::link(path(QStringLiteral("gone.pdf")), path(QStringLiteral("in/unit-7.pdf"))));
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains("Skipped: unit-7.pdf"), outcome.err.constData());
        QVERIFY(!outcome.err.contains("notes.txt"));
    }

    void interruptedRunKeepsResultsAndGoesOn() {
        const QString scans = samples(3);
        const QStringList arguments{QStringLiteral("read"),       scans,
                                    QStringLiteral("--project"),  path(QStringLiteral("p")),
                                    QStringLiteral("--json"),     path(QStringLiteral("out.json")),
                                    QStringLiteral("--progress"), QStringLiteral("json")};
        QProcess process;
        start(process, arguments);
        QByteArray seen;
        process.setReadChannel(QProcess::StandardError);
        while (ofKind(events(seen), QStringLiteral("ballot")).isEmpty() &&
               process.waitForReadyRead(kPatienceMs))
            seen += process.readAllStandardError();
        QElapsedTimer sinceSignal;
        sinceSignal.start();
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const Outcome interrupted = outcomeOf(process);
        QCOMPARE(interrupted.status, 130);
        // A second for the cancel, the rest for writing on a busy machine.
        QVERIFY2(sinceSignal.elapsed() < 5000, qPrintable(QString::number(sinceSignal.elapsed())));

        const QJsonArray half = timeless(path(QStringLiteral("out.json")));
        QVERIFY(half.size() >= 3);
        int read = 0;
        for (const QJsonValue& ballot : half)
            read += ballot[u"status"].toString() == u"cancelled" ? 0 : 1;
        QVERIFY(read >= 1);
        QVERIFY(read < half.size());

        const Outcome resumed = run(arguments);
        QCOMPARE(resumed.status, 0);
        const QList<QJsonObject> told = events(resumed.err);
        QCOMPARE(told.first()[u"event"].toString(), QStringLiteral("start"));
        QCOMPARE(told.first()[u"already_read"].toInt(), read);
        const QList<QJsonObject> ballots = ofKind(told, QStringLiteral("ballot"));
        QCOMPARE(ballots.size(), half.size() - read);
        for (const char* key : {"index", "total", "file", "status", "attempts", "elapsed_ms"})
            QVERIFY2(ballots.first().contains(QLatin1String(key)), key);
        QCOMPARE(told.last()[u"event"].toString(), QStringLiteral("done"));
        const QJsonArray whole = timeless(path(QStringLiteral("out.json")));
        QCOMPARE(whole.size(), half.size());

        // A third time there is nothing left to read, and the same comes out; so it does by export.
        const Outcome again = run(arguments);
        QCOMPARE(again.status, 0);
        QVERIFY(ofKind(events(again.err), QStringLiteral("ballot")).isEmpty());
        QCOMPARE(timeless(path(QStringLiteral("out.json"))), whole);
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--project"), path(QStringLiteral("p")),
                      QStringLiteral("--json"), path(QStringLiteral("exported.json"))})
                     .status,
                 0);
        QCOMPARE(timeless(path(QStringLiteral("exported.json"))), whole);

        const Outcome sound = run({QStringLiteral("check"), path(QStringLiteral("p"))});
        QCOMPARE(sound.status, 0);
        QVERIFY(sound.out.contains("sound"));
    }

    void progressCountsWhatTheResultsSay() {
        const QString scans = samples(1);
        const QString name = QDir(scans).entryList(QDir::Files).first();
        QVERIFY(QFile::copy(scans + u'/' + name, scans + QStringLiteral("/copy-of-") + name));
        const Outcome outcome =
            run({QStringLiteral("read"), scans, QStringLiteral("--json"), path(QStringLiteral("out.json")),
                 QStringLiteral("--progress"), QStringLiteral("json")});
        QCOMPARE(outcome.status, 0);
        QHash<QString, int> counts;
        QHash<QString, QString> statuses;
        for (const QJsonValue& ballot : timeless(path(QStringLiteral("out.json")))) {
            ++counts[ballot[u"status"].toString()];
            statuses.insert(ballot[u"file"].toString(), ballot[u"status"].toString());
        }
        QCOMPARE(counts.value(QStringLiteral("needs_review")), 2);
        const QList<QJsonObject> told = events(outcome.err);
        const QList<QJsonObject> done = ofKind(told, QStringLiteral("done"));
        QCOMPARE(done.size(), 1);
        for (const char* status : {"accepted", "needs_review", "failed", "cancelled"})
            QCOMPARE(done.first()[QLatin1String(status)].toInt(), counts.value(QLatin1String(status)));
        // The last word about each ballot.
        QHash<QString, QString> lastTold;
        bool wasAccepted = false;
        for (const QJsonObject& ballot : ofKind(told, QStringLiteral("ballot"))) {
            wasAccepted |= ballot[u"status"].toString() == u"accepted";
            lastTold.insert(ballot[u"file"].toString(), ballot[u"status"].toString());
        }
        QVERIFY(wasAccepted);
        QCOMPARE(lastTold, statuses);
    }

    void refusedKeyStopsTheBatchAndIsNeverShown() {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int requests = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* socket = server.nextPendingConnection();
            auto received = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, socket, [&, socket, received] {
                *received += socket->readAll();
                const qsizetype head = received->indexOf("\r\n\r\n");
                if (head < 0)
                    return;
                const QByteArray lower = received->left(head).toLower();
                const qsizetype at = lower.indexOf("content-length:");
                const qsizetype length =
                    at < 0 ? 0 : lower.mid(at + 15, 12).split('\r').first().trimmed().toLongLong();
                if (received->size() < head + 4 + length)
                    return;
                ++requests;
                const QByteArray body(
                    R"({"error":{"code":401,"message":"No auth for sk-secret-of-the-test"}})");
                socket->write(
                    "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nConnection: "
                    "close\r\nContent-Length: " +
                    QByteArray::number(body.size()) + "\r\n\r\n" + body);
                socket->disconnectFromHost();
            });
        });
        QProcess process;
        start(process, {QStringLiteral("read"), samples(2), QStringLiteral("--reader"), QStringLiteral("ai"),
                        QStringLiteral("--base-url"),
                        QStringLiteral("http://127.0.0.1:%1/api/v1").arg(server.serverPort()),
                        QStringLiteral("--json"), path(QStringLiteral("out.json")),
                        QStringLiteral("--project"), path(QStringLiteral("p"))});
        QTRY_VERIFY_WITH_TIMEOUT(process.state() == QProcess::NotRunning, kPatienceMs);
        const Outcome outcome = outcomeOf(process);
        QCOMPARE(outcome.status, 3);
        QCOMPARE(requests, 1);
        const QByteArray everything = outcome.err + outcome.out + content(path(QStringLiteral("out.json"))) +
                                      content(path(QStringLiteral("p")));
        QVERIFY(!everything.contains("sk-secret-of-the-test"));
        QVERIFY(timeless(path(QStringLiteral("out.json"))).size() >= 2);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
