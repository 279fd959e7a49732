// SPDX-License-Identifier: GPL-3.0-or-later
// The real keychain: a gnome-keyring of its own in a private D-Bus session, open and then locked.
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include "secrets/KeyResolver.h"
#include "secrets/KeychainSecretStore.h"

using namespace tallydesk;

namespace {

const QString kKey = QStringLiteral("sk-or-v1-keyring0123456789");

// Inside the private session: what a user's program does, one line for each answer.
int useKeyring(const QString& what) {
    KeychainSecretStore store(std::chrono::milliseconds(15000));
    QTextStream out(stdout);
    const auto say = [&](const char* step, const Expected<std::optional<QString>>& read) {
        out << step << ' '
            << (!read               ? read.error().code
                : read->has_value() ? QStringLiteral("found:") + **read
                                    : QStringLiteral("none"))
            << Qt::endl;
    };
    const auto saidDone = [&](const char* step, const Expected<void>& done) {
        out << step << ' ' << (done ? QStringLiteral("done") : done.error().code) << Qt::endl;
    };
    const QString entry = KeyResolver::entryName();
    if (what == QLatin1String("write")) {
        say("before", store.read(entry));
        saidDone("write", store.write(entry, kKey));
    }
    say("read", store.read(entry));
    if (what == QLatin1String("remove")) {
        saidDone("remove", store.remove(entry));
        say("after", store.read(entry));
    }
    return 0;
}

}  // namespace

class TestKeyring : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

    // Runs this program as `what` in a session whose keyring is opened with a password, or stays locked.
    QByteArray inSession(const QStringList& steps, bool unlocked) {
        QString script =
            unlocked ? QStringLiteral(
                           "printf pw | gnome-keyring-daemon --unlock --components=secrets "
                           ">/dev/null; ")
                     : QStringLiteral("gnome-keyring-daemon --start --components=secrets >/dev/null; ");
        for (const QString& step : steps)
            script += QStringLiteral("'%1' --inside %2; ").arg(QCoreApplication::applicationFilePath(), step);
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"})
            environment.remove(QLatin1String(name));
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_home.filePath(QStringLiteral("data")));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("dbus-run-session"),
                      {QStringLiteral("--"), QStringLiteral("bash"), QStringLiteral("-c"), script});
        if (!process.waitForFinished(110'000))
            process.kill();
        process.waitForFinished();
        return process.readAllStandardOutput();
    }

private Q_SLOTS:
    void initTestCase() {
        for (const char* program : {"dbus-run-session", "gnome-keyring-daemon", "bash"})
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
                QSKIP("no gnome-keyring on this machine");
    }

    void keyIsKeptInARealKeyringAndForgotten() {
        const QByteArray said = inSession({QStringLiteral("write"), QStringLiteral("read")}, true);
        QCOMPARE(said.trimmed().split('\n'),
                 (QList<QByteArray>{"before none", "write done", "read found:" + kKey.toUtf8(),
                                    "read found:" + kKey.toUtf8()}));
        // Another session opens the same keyring.
        const QByteArray later = inSession({QStringLiteral("remove")}, true);
        QCOMPARE(later.trimmed().split('\n'),
                 (QList<QByteArray>{"read found:" + kKey.toUtf8(), "remove done", "after none"}));
    }

    // A locked keyring without a display says that there is no such entry, although there is.
    void lockedKeyringIsNeverNoKey() {
        QVERIFY(inSession({QStringLiteral("write")}, true).contains("write done"));
        const QByteArray said = inSession({QStringLiteral("read")}, false);
        QVERIFY2(said.contains("read secrets."), said.constData());
        QVERIFY2(!said.contains("none"), said.constData());
        QVERIFY(!said.contains(kKey.toUtf8()));
    }
};

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == QLatin1String("--inside"))
        return useKeyring(app.arguments().value(2));
    TestKeyring test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keyring.moc"
