// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QString>

class QWidget;

namespace tallydesk {

/// Tells a person who is elsewhere that something ended. Stateless; GUI thread.
namespace DesktopNotice {

/// Marks the window in the task bar and, where the desktop shows notices, shows one. Nothing when the window
/// is in front. Never waits for an answer.
void show(QWidget* window, const QString& title, const QString& text,
          QDBusConnection session = QDBusConnection::sessionBus());

}  // namespace DesktopNotice

}  // namespace tallydesk
