// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QWidget>

#include <fcntl.h>
#include <unistd.h>

#include "gui/DesktopNotice.h"
#include "gui/SleepInhibitor.h"

using namespace tallydesk;

/// logind as far as it matters: hands out one end of a pipe, whose closing is seen at the other.
class FakeLogin : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
public:
    ~FakeLogin() override {
        if (m_reading >= 0)
            close(m_reading);
    }
    bool isHeld() const {
        char byte = 0;
        return m_reading >= 0 && read(m_reading, &byte, 1) < 0;
    }
    QStringList asked;

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString& what, const QString& who, const QString& why,
                                    const QString& mode) {
        asked = {what, who, why, mode};
        int ends[2];
        if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
            return {};
        m_reading = ends[0];
        QDBusUnixFileDescriptor descriptor(ends[1]);
        close(ends[1]);
        return descriptor;
    }

private:
    int m_reading = -1;
};

/// The desktop's screen saver.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")
public:
    QList<uint> held;

public Q_SLOTS:
    uint Inhibit(const QString&, const QString&) {
        held.append(++m_last);
        return m_last;
    }
    void UnInhibit(uint cookie) { held.removeAll(cookie); }

private:
    uint m_last = 40;
};

/// Shows nothing and keeps what it was asked to show.
class FakeNotices : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QStringList shown;

public Q_SLOTS:
    uint Notify(const QString&, uint, const QString&, const QString& title, const QString& text,
                const QStringList&, const QVariantMap&, int) {
        shown.append(title + u'|' + text);
        return 1;
    }
};

class TestSleepInhibitor : public QObject {
    Q_OBJECT

    QProcess m_daemon;
    QString m_address;
    std::unique_ptr<FakeLogin> m_login;
    FakeDesktop m_desktop;
    FakeNotices m_notices;

    QDBusConnection client() const {
        return QDBusConnection::connectToBus(m_address, QStringLiteral("client"));
    }

private Q_SLOTS:
    void initTestCase() {
        const QString daemon = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (daemon.isEmpty())
            QSKIP("There is no dbus-daemon here.");
        m_daemon.start(daemon, {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                QStringLiteral("--print-address")});
        QVERIFY(m_daemon.waitForReadyRead());
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        QDBusConnection server = QDBusConnection::connectToBus(m_address, QStringLiteral("server"));
        QVERIFY(server.registerService(QStringLiteral("org.freedesktop.login1")));
        QVERIFY(server.registerService(QStringLiteral("org.freedesktop.ScreenSaver")));
        QVERIFY(server.registerService(QStringLiteral("org.freedesktop.Notifications")));
        QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &m_notices,
                                      QDBusConnection::ExportAllSlots));
        QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/ScreenSaver"), &m_desktop,
                                      QDBusConnection::ExportAllSlots));
    }
    void cleanupTestCase() {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    void init() {
        QDBusConnection server = QDBusConnection::connectToBus(m_address, QStringLiteral("server"));
        server.unregisterObject(QStringLiteral("/org/freedesktop/login1"));
        m_login = std::make_unique<FakeLogin>();
        QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/login1"), m_login.get(),
                                      QDBusConnection::ExportAllSlots));
        m_desktop.held.clear();
    }

    void theComputerStaysAwakeWhileHeld() {
        SleepInhibitor inhibitor(client(), client());
        inhibitor.hold(QStringLiteral("Reading"));
        QTRY_COMPARE(m_login->asked, (QStringList{QStringLiteral("sleep:idle"), QStringLiteral("TallyDesk"),
                                                  QStringLiteral("Reading"), QStringLiteral("block")}));
        QTRY_VERIFY(m_login->isHeld());
        QTRY_COMPARE(m_desktop.held.size(), 1);
        // A second hold changes nothing.
        inhibitor.hold(QStringLiteral("Again"));
        inhibitor.release();
        QTRY_VERIFY(!m_login->isHeld());
        QTRY_VERIFY(m_desktop.held.isEmpty());
        QVERIFY(!inhibitor.isHeld());
    }

    void releasedBeforeTheAnswerCame() {
        SleepInhibitor inhibitor(client(), client());
        inhibitor.hold(QStringLiteral("Reading"));
        inhibitor.release();
        QTRY_VERIFY(!m_login->asked.isEmpty());
        QTRY_VERIFY(!m_login->isHeld());
        QTRY_VERIFY(m_desktop.held.isEmpty());
    }

    void itEndsWithTheProgram() {
        {
            SleepInhibitor inhibitor(client(), client());
            inhibitor.hold(QStringLiteral("Reading"));
            QTRY_VERIFY(m_login->isHeld());
            QTRY_COMPARE(m_desktop.held.size(), 1);
        }
        QTRY_VERIFY(!m_login->isHeld());
        QTRY_VERIFY(m_desktop.held.isEmpty());
    }

    void aNoticeIsShownUnlessTheWindowIsInFront() {
        QWidget window;
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        DesktopNotice::show(&window, QStringLiteral("not"), QStringLiteral("this"), client());
        DesktopNotice::show(nullptr, QStringLiteral("Ended"), QStringLiteral("3 < 4"), client());
        // Names and signs are not taken for markup.
        QTRY_COMPARE(m_notices.shown, QStringList{QStringLiteral("Ended|3 &lt; 4")});
    }

    void withoutADesktopNothingHappens() {
        const QDBusConnection none =
            QDBusConnection::connectToBus(QStringLiteral("unix:path=/nonexistent"), QStringLiteral("none"));
        QVERIFY(!none.isConnected());
        SleepInhibitor inhibitor(none, none);
        inhibitor.hold(QStringLiteral("Reading"));
        QVERIFY(inhibitor.isHeld());
        inhibitor.release();
        QVERIFY(!inhibitor.isHeld());
    }
};

QTEST_MAIN(TestSleepInhibitor)
#include "tst_sleepinhibitor.moc"
