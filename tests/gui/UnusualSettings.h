// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/AppSettings.h"

namespace tallydesk::testing {

/// Settings of which none is the default.
inline AppSettings unusual() {
    AppSettings settings;
    settings.reader = QStringLiteral("ai");
    settings.serviceUrl = QUrl(QStringLiteral("http://127.0.0.1:8080/v1"));
    settings.model = QStringLiteral("local/vision");
    settings.requestsPerSecond = 0.5;
    settings.perMinute = 20;
    settings.perDay = 50;
    settings.workers = 3;
    settings.attempts = 7;
    settings.backoffMinSeconds = 1;
    settings.backoffMaxSeconds = 90;
    settings.budget = 2.5;
    settings.crossCheck = true;
    settings.secondModel = QStringLiteral("local/other");
    settings.proxy = QStringLiteral("socks5://proxy.example:1080");
    settings.reviewer = QStringLiteral("วนิดา ก.");
    settings.language = QStringLiteral("th");
    settings.theme = QStringLiteral("dark");
    settings.aiConsent = true;
    return settings;
}

}  // namespace tallydesk::testing
