// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/DesktopNotice.h"

#include <QApplication>
#include <QDBusMessage>
#include <QVariantMap>
#include <QWidget>

namespace tallydesk {

void DesktopNotice::show(QWidget* window, const QString& title, const QString& text,
                         QDBusConnection session) {
    if (window && window->isActiveWindow())
        return;
    if (window)
        QApplication::alert(window);
    if (!session.isConnected())
        return;
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    // Arguments: program, notice to replace, icon, title, text, actions, hints, the desktop's own time.
    // The text may hold markup there.
    message.setArguments({QStringLiteral("TallyDesk"), 0U, QString(), title, text.toHtmlEscaped(),
                          QStringList(), QVariantMap(), -1});
    session.send(message);
}

}  // namespace tallydesk
