// SPDX-License-Identifier: GPL-3.0-or-later
// The command line with an AI service: what is sent, what it costs, and where the key never appears.
#include <QCryptographicHash>
#include <QDirIterator>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "../readers/AiTestTools.h"
#include "FakeServer.h"

using namespace tallydesk;
using namespace tallydesk::aitest;

namespace {

constexpr int kPatienceMs = 240'000;
const QByteArray kKey = QByteArrayLiteral("sk-or-v1-cliservice0123456789abcdef");

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isChat(const FakeRequest& request) {
    return request.method == "POST";
}

QByteArray hashOf(const FakeRequest& request) {
    return sha256(imagesIn(request.body).value(0));
}

QString modelOf(const FakeRequest& request) {
    return QJsonDocument::fromJson(request.body).object().value(QLatin1String("model")).toString();
}

FakeAnswer answerTo(const FakeRequest& request) {
    FakeAnswer answer;
    if (isChat(request)) {
        answer.body = completion(QString::fromUtf8(compact(derivedForm(hashOf(request)))));
    } else {
        answer.status = 404;
        answer.body = R"({"error":{"message":"no such page"}})";
    }
    return answer;
}

}  // namespace

class TestCliService : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path(const QString& name) const { return m_dir->filePath(name); }

    QString samples(int count) const {
        QStringList found;
        QDirIterator it(QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/samples"),
                        {QStringLiteral("*.pdf"), QStringLiteral("*.jpg")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString file = it.next();
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

    void start(QProcess& process, const FakeServer& server, const QStringList& more) const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("DISPLAY"));
        environment.insert(QStringLiteral("OPENROUTER_API_KEY"), QString::fromLatin1(kKey));
        // Everything that the program leaves behind lies in the test's folder.
        for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"}) {
            const QString folder = path(QString::fromLatin1(name).toLower());
            QDir().mkpath(folder);
            environment.insert(QLatin1String(name), folder);
        }
        process.setProcessEnvironment(environment);
        process.setProgram(QStringLiteral(TALLYDESK_CLI));
        process.setArguments(QStringList{QStringLiteral("read"), path(QStringLiteral("scans")),
                                         QStringLiteral("--base-url"),
                                         server.url(QStringLiteral("/api/v1")).toString()} +
                             more);
        process.start();
    }

    struct Outcome {
        int status = -1;
        QByteArray err;
        QByteArray out;
    };
    Outcome run(const FakeServer& server, const QStringList& more) const {
        QProcess process;
        start(process, server, more);
        if (!process.waitForFinished(kPatienceMs))
            process.kill();
        process.waitForFinished();
        return {process.exitCode(), process.readAllStandardError(), process.readAllStandardOutput()};
    }

    static Outcome runPlainly(const QStringList& arguments) {
        QProcess process;
        process.start(QStringLiteral(TALLYDESK_CLI), arguments);
        if (!process.waitForFinished(kPatienceMs))
            process.kill();
        process.waitForFinished();
        return {process.exitCode(), process.readAllStandardError(), process.readAllStandardOutput()};
    }

    // What happened to the project outside the program.
    bool changeProject(const QString& statement) const {
        const QString connection = QStringLiteral("outside");
        bool done = false;
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
            db.setDatabaseName(path(QStringLiteral("p")));
            done = db.open() && QSqlQuery(db).exec(statement);
        }
        QSqlDatabase::removeDatabase(connection);
        return done;
    }

    QStringList readersOfBallots() const {
        QStringList readers;
        for (const QJsonValue& ballot : ballots())
            readers.append(ballot[u"reader"].toString());
        return readers;
    }

    QJsonArray ballots() const {
        return QJsonDocument::fromJson(content(path(QStringLiteral("out.json"))))
            .object()[u"ballots"]
            .toArray();
    }

    static QStringList ai(const QStringList& more = {}) {
        return QStringList{QStringLiteral("--reader"), QStringLiteral("ai"), QStringLiteral("--rate"),
                           QStringLiteral("50")} +
               more;
    }

    QStringList kept() const {
        return {QStringLiteral("--project"), path(QStringLiteral("p")), QStringLiteral("--json"),
                path(QStringLiteral("out.json"))};
    }

    static int chats(const FakeServer& server) {
        int count = 0;
        for (const FakeRequest& request : server.requests())
            count += isChat(request);
        return count;
    }

    static bool holdsKey(const QByteArray& text) {
        return text.contains(kKey) || text.contains(kKey.mid(9)) || text.contains(kKey.toBase64().left(30));
    }

    /// What an ended program said on both streams and all that it left in the test's folder, names included.
    QByteArray leftBehind(QProcess& process) const {
        QByteArray everything = process.readAllStandardError() + process.readAllStandardOutput();
        int files = 0;
        QDirIterator it(m_dir->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString file = it.next();
            everything += file.toUtf8() + content(file);
            ++files;
        }
        return files < 3 ? kKey : everything;
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void killedRunSendsNoAnsweredBallotAgain() {
        samples(4);
        std::atomic<int> sent = 0;
        // The third answer never comes; so the program is killed with two that have arrived.
        FakeServer server([&](const FakeRequest& request) {
            FakeAnswer answer = answerTo(request);
            if (isChat(request) && ++sent == 3)
                answer.way = FakeAnswer::Way::Hang;
            return answer;
        });
        const QStringList arguments = ai({QStringLiteral("--progress"), QStringLiteral("json")}) + kept();
        QProcess process;
        start(process, server, arguments);
        QElapsedTimer patience;
        patience.start();
        while (sent < 3 && !patience.hasExpired(kPatienceMs))
            QVERIFY(!process.waitForFinished(50));
        QCOMPARE(sent.load(), 3);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGKILL), 0);
        QVERIFY(process.waitForFinished(kPatienceMs));

        const Outcome resumed = run(server, arguments);
        QVERIFY2(resumed.status == 0, resumed.err);
        QHash<QByteArray, int> times;
        for (const FakeRequest& request : server.requests())
            if (isChat(request))
                ++times[hashOf(request)];
        const int total = static_cast<int>(ballots().size());
        QCOMPARE(times.size(), total);
        // Only the ballot whose answer had not come was sent again.
        QCOMPARE(chats(server), total + 1);
    }

    void identicalRequestsAreAnsweredFromTheProject() {
        samples(2);
        FakeServer server(answerTo);
        QCOMPARE(run(server, ai(kept())).status, 0);
        const int first = chats(server);
        // The same scans under other names: other ballots, the same pictures.
        QVERIFY(QDir(m_dir->path()).rename(QStringLiteral("scans"), QStringLiteral("old")));
        QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("scans/copies")));
        const QDir old(path(QStringLiteral("old")));
        for (const QString& name : old.entryList(QDir::Files))
            QVERIFY(QFile::copy(old.filePath(name), path(QStringLiteral("scans/copies/x") + name)));
        QCOMPARE(run(server, ai(kept())).status, 0);
        QCOMPARE(chats(server), first);
    }

    void budgetStopsTheBatchAndKeepsWhatIsDone() {
        samples(4);
        FakeServer server(answerTo);
        // A thousandth of a dollar each: two fit.
        const Outcome outcome = run(
            server, ai({QStringLiteral("--budget"), QStringLiteral("0.0025"), QStringLiteral("--parallel"),
                        QStringLiteral("--workers"), QStringLiteral("auto")}) +
                        kept());
        QCOMPARE(outcome.status, 3);
        QCOMPARE(chats(server), 2);
        QVERIFY2(outcome.err.contains("budget"), outcome.err);
        QVERIFY2(outcome.err.contains("2 requests, 240 tokens, 0.0020 USD"), outcome.err);
        int read = 0;
        for (const QJsonValue ballot : ballots())
            read += ballot[u"status"].toString() != QLatin1String("cancelled");
        QCOMPARE(read, 2);
        // Going on costs only the rest.
        QCOMPARE(run(server, ai(kept())).status, 0);
        QCOMPARE(chats(server), static_cast<int>(ballots().size()));
    }

    void daysQuotaCountsOverRuns() {
        samples(4);
        FakeServer server(answerTo);
        const QStringList limited = ai({QStringLiteral("--per-day"), QStringLiteral("3")});
        const Outcome first = run(server, limited + kept());
        QCOMPARE(first.status, 3);
        QCOMPARE(chats(server), 3);
        QVERIFY2(first.err.contains("quota"), first.err);
        const Outcome second = run(server, limited + kept());
        QCOMPARE(second.status, 3);
        QCOMPARE(chats(server), 3);
        QVERIFY2(second.err.contains("The day's quota has 0 requests left"), second.err);
    }

    void keyIsAskedAboutBeforeTheBatch() {
        samples(1);
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = answerTo(request);
            if (!isChat(request)) {
                answer.status = 200;
                answer.body =
                    R"({"data":{"label":"x","limit":10,"limit_remaining":3.5,"is_free_tier":true}})";
            }
            return answer;
        });
        const Outcome outcome = run(server, ai());
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.err.contains("free tier; 3.50 USD left on the key"), outcome.err);
        const auto requests = server.requests();
        QCOMPARE(requests.first().path, QByteArrayLiteral("/api/v1/key"));
    }

    void crossCheckKeepsBothReadings() {
        samples(1);
        FakeServer server(answerTo);
        const Outcome outcome = run(server, ai({QStringLiteral("--cross-check")}) + kept());
        QVERIFY2(outcome.status == 0, outcome.err);
        QVERIFY(!ballots().isEmpty());
        for (const QJsonValue ballot : ballots()) {
            // The answer is made up: it can't be what is on the form.
            QCOMPARE(ballot[u"status"].toString(), QStringLiteral("needs_review"));
            QVERIFY(ballot[u"reader"].toString().startsWith(QLatin1String("ai:")));
            bool differs = false;
            for (const QJsonValue finding : ballot[u"findings"].toArray())
                differs = differs || finding[u"code"].toString() == QLatin1String("F.301");
            QVERIFY(differs);
            const QJsonValue other = ballot[u"reader_notes"][u"other_readings"][0];
            QCOMPARE(other[u"reader"].toString(), QStringLiteral("on-device"));
            QVERIFY(other[u"rows"].toArray().size() > 0);
            QCOMPARE(ballot[u"reader_notes"][u"answer_id"].toString(), QStringLiteral("gen-1"));
        }
        // Once both have read, nothing is read again.
        const int sent = chats(server);
        QCOMPARE(run(server, ai({QStringLiteral("--cross-check")}) + kept()).status, 0);
        QCOMPARE(chats(server), sent);
    }

    void crossCheckAddsTheOtherReadingToWhatIsRead() {
        samples(1);
        FakeServer server(answerTo);
        QCOMPARE(run(server, ai(kept())).status, 0);
        const int sent = chats(server);
        QCOMPARE(run(server, ai({QStringLiteral("--cross-check")}) + kept()).status, 0);
        // The service's answer is known.
        QCOMPARE(chats(server), sent);
        QVERIFY(ballots()[0][u"reader_notes"].toObject().contains(QLatin1String("other_readings")));
    }

    void secondModelIsAskedAboutWhatWasFlagged() {
        samples(1);
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = answerTo(request);
            if (isChat(request) && modelOf(request) == QLatin1String("m/first")) {
                QJsonObject form = derivedForm(hashOf(request));
                form.insert(QStringLiteral("total"), number(1));
                answer.body = completion(QString::fromUtf8(compact(form)));
            }
            return answer;
        });
        const Outcome outcome =
            run(server, ai({QStringLiteral("--model"), QStringLiteral("m/first"),
                            QStringLiteral("--second-model"), QStringLiteral("m/second")}) +
                            kept());
        QCOMPARE(outcome.status, 0);
        QStringList models;
        for (const FakeRequest& request : server.requests())
            if (isChat(request))
                models.append(modelOf(request));
        QCOMPARE(models.count(QStringLiteral("m/first")), ballots().size());
        QCOMPARE(models.count(QStringLiteral("m/second")), ballots().size());
        QCOMPARE(ballots()[0][u"reader_notes"][u"other_readings"][0][u"reader"].toString(),
                 QStringLiteral("ai:m/second"));
    }

    void failingAgainIsSaidAndKeepsWhatWasRead() {
        samples(1);
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = answerTo(request);
            if (isChat(request) && modelOf(request) == QLatin1String("m/second"))
                answer.body = completion(QStringLiteral("no form here"));
            return answer;
        });
        const QStringList first = ai({QStringLiteral("--model"), QStringLiteral("m/first"),
                                      QStringLiteral("--attempts"), QStringLiteral("1")});
        QCOMPARE(run(server, first + kept()).status, 0);
        const QStringList before = readersOfBallots();
        QVERIFY(!before.isEmpty());
        QStringList second = first;
        second[second.indexOf(QStringLiteral("m/first"))] = QStringLiteral("m/second");
        const Outcome outcome = run(server, second + kept());
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains("Failed: "), outcome.err.constData());
        QVERIFY2(outcome.err.contains("still counts"), outcome.err.constData());
        QCOMPARE(readersOfBallots(), before);
        for (const QJsonValue& ballot : ballots())
            QVERIFY(ballot[u"status"].toString() != QLatin1String("failed"));
    }

    void whatCouldNotBeKeptStandsBeforeSomethingOlder() {
        samples(1);
        FakeServer server(answerTo);
        QCOMPARE(run(server, ai({QStringLiteral("--model"), QStringLiteral("m/first")}) + kept()).status, 0);
        QVERIFY(!readersOfBallots().contains(QStringLiteral("ai:m/second")));
        QVERIFY(
            changeProject(QStringLiteral("CREATE TRIGGER no_room BEFORE INSERT ON readings BEGIN SELECT "
                                         "RAISE(ABORT, 'no room'); END")));
        const Outcome outcome =
            run(server, ai({QStringLiteral("--model"), QStringLiteral("m/second")}) + kept());
        QCOMPARE(outcome.status, 3);
        QVERIFY2(readersOfBallots().contains(QStringLiteral("ai:m/second")), outcome.err.constData());
    }

    void unreadBallotsAreNeverAllRead() {
        samples(1);
        FakeServer server(answerTo);
        QCOMPARE(run(server, ai(kept())).status, 0);
        QDir().mkpath(path(QStringLiteral("empty")));
        const QStringList exported{QStringLiteral("export"), QStringLiteral("--project"),
                                   path(QStringLiteral("p")), QStringLiteral("--csv"), QStringLiteral("-")};
        const QStringList readElsewhere{QStringLiteral("read"), path(QStringLiteral("empty")),
                                        QStringLiteral("--quiet"), QStringLiteral("--project"),
                                        path(QStringLiteral("p"))};
        for (const QStringList& arguments : {exported, readElsewhere})
            QCOMPARE(runPlainly(arguments).status, 0);
        QVERIFY(changeProject(QStringLiteral("UPDATE ballots SET reading=NULL WHERE id=1")));
        for (const QStringList& arguments : {exported, readElsewhere}) {
            const Outcome outcome = runPlainly(arguments);
            QCOMPARE(outcome.status, 3);
            QVERIFY2(outcome.err.contains("Not read: 1 of "), outcome.err.constData());
        }
    }

    // Settings, project, log, ledger, results, the two streams and the command line of a run.
    void keyIsFoundNowhere() {
        samples(2);
        FakeServer server([](const FakeRequest& request) {
            FakeAnswer answer = answerTo(request);
            if (isChat(request)) {
                // A service that quotes the key back, in a refusal and in an answer.
                static std::atomic<int> count = 0;
                if (++count % 2 == 1) {
                    answer.status = 500;
                    answer.body = R"({"error":{"message":"bad key )" + kKey + R"("}})";
                } else {
                    answer.headers.append({"X-Echo", kKey});
                    answer.body.replace("gen-1", "gen-" + kKey);
                }
            }
            return answer;
        });
        QProcess process;
        start(process, server,
              ai({QStringLiteral("--backoff-min"), QStringLiteral("0.1"), QStringLiteral("--backoff-max"),
                  QStringLiteral("0.2"), QStringLiteral("--csv"), path(QStringLiteral("out.csv"))}) +
                  kept());
        QVERIFY(process.waitForStarted());
        QByteArray arguments = content(QStringLiteral("/proc/%1/cmdline").arg(process.processId()));
        if (!process.waitForFinished(kPatienceMs))
            process.kill();
        QVERIFY(chats(server) >= 2);
        const QByteArray everything = arguments + leftBehind(process);
        QVERIFY(everything.contains("service.unavailable"));
        QVERIFY(!holdsKey(everything));
        // The log is there, and without names.
        const QByteArray log = content(path(QStringLiteral("xdg_data_home/tallydesk/log/tallydesk.log")));
        QVERIFY(log.contains("status=500"));
        QVERIFY(!log.contains(".pdf"));
    }

    void crashTellsNoKey() {
        samples(2);
        std::atomic<int> sent = 0;
        FakeServer server([&](const FakeRequest& request) {
            FakeAnswer answer = answerTo(request);
            if (isChat(request)) {
                ++sent;
                answer.way = FakeAnswer::Way::Hang;
            }
            return answer;
        });
        QProcess process;
        process.setWorkingDirectory(m_dir->path());
        start(process, server, ai(kept()));
        QElapsedTimer patience;
        patience.start();
        while (sent < 1 && !patience.hasExpired(kPatienceMs))
            QVERIFY(!process.waitForFinished(50));
        QCOMPARE(sent.load() > 0, true);
        // The key is in memory now, and in a request under way.
        const auto id = static_cast<pid_t>(process.processId());
        const QByteArray limits = content(QStringLiteral("/proc/%1/limits").arg(id)).simplified();
        QVERIFY2(limits.contains("Max core file size 1 1"), limits);
        QVERIFY(!holdsKey(content(QStringLiteral("/proc/%1/cmdline").arg(id))));
        QCOMPARE(::kill(id, SIGSEGV), 0);
        QVERIFY(process.waitForFinished(kPatienceMs));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QVERIFY(!holdsKey(leftBehind(process)));
    }
};

QTEST_GUILESS_MAIN(TestCliService)
#include "tst_cliservice.moc"
