// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/SettingsCheck.h"

#include <QUrl>

#include "core/SecretKey.h"
#include "net/HttpTransport.h"

namespace tallydesk {

QString SettingsCheck::serviceAddress(const QString& text) {
    if (text.trimmed().isEmpty())
        return tr("Enter the address of the service, for example https://openrouter.ai/api/v1.");
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || url.host().isEmpty())
        return tr("This is not a web address. It begins with https:// and a name.");
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return tr("Leave names, passwords and keys out of the address. The key has a field of its own.");
    if (!HttpTransport::mayContact(url))
        return tr("Use https. Plain http is safe only for a service on this computer.");
    return {};
}

QString SettingsCheck::model(const QString& text) {
    return text.trimmed().isEmpty() ? tr("Name the model, for example google/gemini-2.5-flash.") : QString();
}

QString SettingsCheck::key(const QString& text) {
    const SecretKey key(text);
    if (key.isEmpty())
        return tr("Enter the key that the service gave you.");
    return key.isWellFormed()
               ? QString()
               : tr("A key has no blanks and only Latin letters, digits and signs. Copy it again.");
}

QString SettingsCheck::proxy(const QString& text) {
    if (text == QLatin1String("system") || text == QLatin1String("none"))
        return {};
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool known = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("socks5");
    if (!url.isValid() || !known || url.host().isEmpty())
        return tr("Enter the proxy as http://name:port or socks5://name:port.");
    if (!url.userInfo().isEmpty())
        return tr("Leave name and password out: they would stand in a file that others can read.");
    return {};
}

QString SettingsCheck::backoff(int shortestSeconds, int longestSeconds) {
    return longestSeconds < shortestSeconds ? tr("The longest wait is shorter than the shortest one.")
                                            : QString();
}

}  // namespace tallydesk
