// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

namespace tallydesk {

/// Keeps the computer awake while a batch runs: logind's inhibitor and the desktop's screen saver, each where
/// it is present; elsewhere nothing happens. Never waits for an answer. GUI thread.
class SleepInhibitor final : public QObject {
    Q_OBJECT
public:
    explicit SleepInhibitor(QObject* parent = nullptr);
    /// With other buses, for tests.
    SleepInhibitor(QDBusConnection system, QDBusConnection session, QObject* parent = nullptr);
    ~SleepInhibitor() override;

    /// `reason` is shown by the desktop.
    void hold(const QString& reason);
    void release();
    bool isHeld() const { return m_held; }

private:
    void holdSystem(const QString& reason);
    void holdSession(const QString& reason);
    void uninhibit(uint cookie);

    QDBusConnection m_system;
    QDBusConnection m_session;
    bool m_held = false;
    // Answers of an earlier hold() are given back at once.
    int m_hold = 0;
    // The lock lasts as long as this descriptor is open.
    int m_lock = -1;
    uint m_cookie = 0;
};

}  // namespace tallydesk
