// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace tallydesk {

/// What is wrong with a value of the settings, said in the language of the window; an empty text when it can
/// be used. Stateless; any thread.
class SettingsCheck {
    Q_DECLARE_TR_FUNCTIONS(SettingsCheck)

public:
    /// https to anywhere, plain http to this computer only; no user name, password or query, since those
    /// are secrets that would stand in the settings file.
    static QString serviceAddress(const QString& text);
    static QString model(const QString& text);
    static QString key(const QString& text);
    /// "system", "none", or http:// or socks5:// with host and port and without a password.
    static QString proxy(const QString& text);
    static QString backoff(int shortestSeconds, int longestSeconds);
};

}  // namespace tallydesk
