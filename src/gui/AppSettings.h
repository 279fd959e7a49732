// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>
#include <optional>

#include "batch/BatchProcessor.h"
#include "readers/ReaderFactory.h"
#include "store/ProjectStore.h"

class QSettings;

namespace tallydesk {

/// One more reader of the same ballots (FurtherReading), before it is made.
struct FurtherChoice {
    ReaderChoice reader;
    FurtherReading::When when = FurtherReading::When::Always;
};

/// What a person chose for this computer. The service's key is never among it: it lives in a SecretStore.
/// A plain value: any thread; load() and save() in the GUI thread.
struct AppSettings {
    /// "on-device" or "ai".
    QString reader = QStringLiteral("on-device");
    QUrl serviceUrl{ServiceSettings().baseUrl};
    QString model = ServiceSettings().model;
    double requestsPerSecond = 2.0;
    /// Absent: no such window.
    std::optional<int> perMinute;
    std::optional<int> perDay;
    int workers = BatchOptions::kAutoWorkers;
    int attempts = 3;
    int backoffMinSeconds = 4;
    int backoffMaxSeconds = 10;
    /// The run stops when its answers have cost this much, in US dollars. Absent: no limit.
    std::optional<double> budget;
    /// With the service: this computer reads every ballot too, blind to it, and both must agree.
    bool crossCheck = false;
    /// With the service: another model reads what was not accepted. Empty: none.
    QString secondModel;
    /// "system", "none" or an address (SettingsCheck::proxy).
    QString proxy = QStringLiteral("system");
    QString reviewer;
    /// "system", "en" or "th".
    QString language = QStringLiteral("system");
    /// "system", "light" or "dark".
    QString theme = QStringLiteral("system");
    /// A person agreed that pictures go to the service at serviceUrl.
    bool aiConsent = false;

    /// Values that are missing or can't be used become their defaults.
    static AppSettings load(QSettings& store);
    void save(QSettings& store) const;

    bool usesService() const { return reader == QLatin1String("ai"); }
    ReaderChoice readerChoice(const SecretKey& key) const;
    /// The readers of the same ballots after the first.
    QList<FurtherChoice> furtherChoices(const SecretKey& key) const;
    /// The same as results and project name them.
    RunReaders runReaders() const;
    /// Workers, pace, attempts and budget; pointers are left null. Waits at a used-up quota.
    BatchOptions batchOptions() const;
    /// What a clerk calls the service: "OpenRouter", else the host.
    QString serviceName() const;

    bool operator==(const AppSettings&) const = default;

    // The bounds of the window's fields. The command line has its own (cli/CommandLine.cpp).
    static constexpr int kMostWorkers = 64;
    static constexpr double kLeastRate = 0.1;
    static constexpr double kMostRate = 1000.0;
    static constexpr int kMostPerMinute = 1'000'000;
    static constexpr int kMostPerDay = 100'000'000;
    static constexpr int kMostAttempts = 100;
    static constexpr int kLongestBackoffSeconds = 86'400;
    static constexpr double kMostBudget = 100'000.0;
};

/// Makes the setting `proxy` count for every later connection of the program. GUI thread.
void applyProxy(const QString& proxy);

}  // namespace tallydesk
