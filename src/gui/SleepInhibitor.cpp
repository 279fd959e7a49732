// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/SleepInhibitor.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>

#include <fcntl.h>
#include <unistd.h>

namespace tallydesk {

namespace {

const QString kProgram = QStringLiteral("TallyDesk");
const QString kScreenSaver = QStringLiteral("org.freedesktop.ScreenSaver");
const QString kScreenSaverPath = QStringLiteral("/org/freedesktop/ScreenSaver");

template <typename... Answer, typename Done>
void send(QDBusConnection& bus, const QDBusMessage& message, QObject* context, Done done) {
    if (!bus.isConnected())
        return;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [done](QDBusPendingCallWatcher* finished) {
                         finished->deleteLater();
                         const QDBusPendingReply<Answer...> reply = *finished;
                         if (!reply.isError())
                             done(reply);
                     });
}

}  // namespace

SleepInhibitor::SleepInhibitor(QObject* parent)
    : SleepInhibitor(QDBusConnection::systemBus(), QDBusConnection::sessionBus(), parent) {}

SleepInhibitor::SleepInhibitor(QDBusConnection system, QDBusConnection session, QObject* parent)
    : QObject(parent), m_system(std::move(system)), m_session(std::move(session)) {}

SleepInhibitor::~SleepInhibitor() {
    release();
}

void SleepInhibitor::hold(const QString& reason) {
    if (m_held)
        return;
    m_held = true;
    ++m_hold;
    holdSystem(reason);
    holdSession(reason);
}

void SleepInhibitor::holdSystem(const QString& reason) {
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    message.setArguments({QStringLiteral("sleep:idle"), kProgram, reason, QStringLiteral("block")});
    send<QDBusUnixFileDescriptor>(
        m_system, message, this,
        [this, hold = m_hold](const QDBusPendingReply<QDBusUnixFileDescriptor>& reply) {
            if (!m_held || hold != m_hold)
                return;
            // The reply closes its descriptor; a copy keeps the lock.
            m_lock = fcntl(reply.value().fileDescriptor(), F_DUPFD_CLOEXEC, 0);
        });
}

void SleepInhibitor::holdSession(const QString& reason) {
    QDBusMessage message = QDBusMessage::createMethodCall(kScreenSaver, kScreenSaverPath, kScreenSaver,
                                                          QStringLiteral("Inhibit"));
    message.setArguments({kProgram, reason});
    send<uint>(m_session, message, this, [this, hold = m_hold](const QDBusPendingReply<uint>& reply) {
        if (m_held && hold == m_hold)
            m_cookie = reply.value();
        else
            uninhibit(reply.value());
    });
}

void SleepInhibitor::uninhibit(uint cookie) {
    QDBusMessage message = QDBusMessage::createMethodCall(kScreenSaver, kScreenSaverPath, kScreenSaver,
                                                          QStringLiteral("UnInhibit"));
    message.setArguments({cookie});
    m_session.send(message);
}

void SleepInhibitor::release() {
    if (!m_held)
        return;
    m_held = false;
    if (m_lock >= 0)
        close(m_lock);
    m_lock = -1;
    if (m_cookie != 0)
        uninhibit(m_cookie);
    m_cookie = 0;
}

}  // namespace tallydesk
