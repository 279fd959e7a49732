// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/AppSettings.h"

#include <QNetworkProxy>
#include <QSettings>
#include <cmath>

#include "gui/SettingsCheck.h"

namespace tallydesk {

namespace {

// Names of these choices in the settings file, where a test holds the file against them. The window's layout
// (MainWindow.cpp) and the recent projects (RecentProjects.cpp) have names of their own.
namespace name {
const QString reader = QStringLiteral("reader/kind");
const QString serviceUrl = QStringLiteral("service/address");
const QString model = QStringLiteral("service/model");
const QString proxy = QStringLiteral("service/proxy");
const QString consent = QStringLiteral("service/consent");
const QString rate = QStringLiteral("pace/perSecond");
const QString perMinute = QStringLiteral("pace/perMinute");
const QString perDay = QStringLiteral("pace/perDay");
const QString workers = QStringLiteral("pace/workers");
const QString attempts = QStringLiteral("pace/attempts");
const QString backoffMin = QStringLiteral("pace/backoffMin");
const QString backoffMax = QStringLiteral("pace/backoffMax");
const QString budget = QStringLiteral("pace/budget");
const QString crossCheck = QStringLiteral("reader/crossCheck");
const QString secondModel = QStringLiteral("reader/secondModel");
const QString reviewer = QStringLiteral("review/reviewer");
const QString language = QStringLiteral("display/language");
const QString theme = QStringLiteral("display/theme");
}  // namespace name

int number(const QSettings& store, const QString& key, int least, int most, int byDefault) {
    bool fine = false;
    const int value = store.value(key).toInt(&fine);
    return fine && value >= least && value <= most ? value : byDefault;
}

std::optional<int> window(const QSettings& store, const QString& key, int most) {
    const int value = number(store, key, 1, most, 0);
    return value > 0 ? std::optional(value) : std::nullopt;
}

QString word(const QSettings& store, const QString& key, const QStringList& allowed) {
    const QString value = store.value(key).toString();
    return allowed.contains(value) ? value : allowed.first();
}

void keep(QSettings& store, const QString& key, const std::optional<int>& value) {
    if (value)
        store.setValue(key, *value);
    else
        store.remove(key);
}

}  // namespace

AppSettings AppSettings::load(QSettings& store) {
    AppSettings settings;
    settings.reader = word(store, name::reader, {QStringLiteral("on-device"), QStringLiteral("ai")});
    const QString address = store.value(name::serviceUrl).toString();
    const bool ownAddress = SettingsCheck::serviceAddress(address).isEmpty();
    if (ownAddress)
        settings.serviceUrl = QUrl(address);
    const QString model = store.value(name::model).toString().trimmed();
    if (!model.isEmpty())
        settings.model = model;
    const QString proxy = store.value(name::proxy).toString();
    if (SettingsCheck::proxy(proxy).isEmpty())
        settings.proxy = proxy;
    // Consent was given for one address and is worth nothing for the default that replaced a broken one.
    settings.aiConsent = ownAddress && store.value(name::consent).toBool();
    bool fine = false;
    const double rate = store.value(name::rate).toDouble(&fine);
    if (fine && std::isfinite(rate) && rate >= kLeastRate && rate <= kMostRate)
        settings.requestsPerSecond = rate;
    settings.perMinute = window(store, name::perMinute, kMostPerMinute);
    settings.perDay = window(store, name::perDay, kMostPerDay);
    settings.workers = number(store, name::workers, 0, kMostWorkers, settings.workers);
    settings.attempts = number(store, name::attempts, 1, kMostAttempts, settings.attempts);
    const int shortest = number(store, name::backoffMin, 0, kLongestBackoffSeconds, -1);
    const int longest = number(store, name::backoffMax, 0, kLongestBackoffSeconds, -1);
    if (shortest >= 0 && longest >= shortest) {
        settings.backoffMinSeconds = shortest;
        settings.backoffMaxSeconds = longest;
    }
    const double budget = store.value(name::budget).toDouble(&fine);
    if (fine && std::isfinite(budget) && budget > 0 && budget <= kMostBudget)
        settings.budget = budget;
    settings.crossCheck = store.value(name::crossCheck).toString() == QLatin1String("true");
    settings.secondModel = store.value(name::secondModel).toString().trimmed();
    settings.reviewer = store.value(name::reviewer).toString().simplified();
    settings.language =
        word(store, name::language, {QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("th")});
    settings.theme =
        word(store, name::theme, {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")});
    return settings;
}

void AppSettings::save(QSettings& store) const {
    store.setValue(name::reader, reader);
    store.setValue(name::serviceUrl, serviceUrl.toString());
    store.setValue(name::model, model);
    store.setValue(name::proxy, proxy);
    store.setValue(name::consent, aiConsent);
    store.setValue(name::rate, requestsPerSecond);
    keep(store, name::perMinute, perMinute);
    keep(store, name::perDay, perDay);
    store.setValue(name::workers, workers);
    store.setValue(name::attempts, attempts);
    store.setValue(name::backoffMin, backoffMinSeconds);
    store.setValue(name::backoffMax, backoffMaxSeconds);
    if (budget)
        store.setValue(name::budget, *budget);
    else
        store.remove(name::budget);
    store.setValue(name::crossCheck, crossCheck);
    store.setValue(name::secondModel, secondModel);
    store.setValue(name::reviewer, reviewer);
    store.setValue(name::language, language);
    store.setValue(name::theme, theme);
}

ReaderChoice AppSettings::readerChoice(const SecretKey& key) const {
    ReaderChoice choice;
    choice.kind = usesService() ? ReaderKind::Ai : ReaderKind::OnDevice;
    choice.service.baseUrl = serviceUrl.toString();
    choice.service.model = model;
    choice.key = key;
    return choice;
}

QList<FurtherChoice> AppSettings::furtherChoices(const SecretKey& key) const {
    QList<FurtherChoice> further;
    if (!usesService())
        return further;
    if (crossCheck)
        further.append({ReaderChoice(), FurtherReading::When::Always});
    if (!secondModel.isEmpty() && secondModel != model) {
        ReaderChoice second = readerChoice(key);
        second.service.model = secondModel;
        further.append({second, FurtherReading::When::Flagged});
    }
    return further;
}

RunReaders AppSettings::runReaders() const {
    RunReaders readers(readerId(readerChoice({})));
    for (const FurtherChoice& further : furtherChoices({}))
        (further.when == FurtherReading::When::Always ? readers.always : readers.flagged)
            .append(readerId(further.reader));
    return readers;
}

BatchOptions AppSettings::batchOptions() const {
    BatchOptions options;
    options.workers = workers;
    options.requestsPerSecond = requestsPerSecond;
    options.perMinute = perMinute;
    options.perDay = perDay;
    options.attempts = attempts;
    options.backoffMin = std::chrono::seconds(backoffMinSeconds);
    options.backoffMax = std::chrono::seconds(backoffMaxSeconds);
    options.onQuota = OnQuota::Wait;
    options.budget = budget;
    return options;
}

QString AppSettings::serviceName() const {
    return readerChoice({}).service.isOpenRouter() ? QStringLiteral("OpenRouter") : serviceUrl.host();
}

void applyProxy(const QString& proxy) {
    if (proxy == QLatin1String("system")) {
        QNetworkProxyFactory::setUseSystemConfiguration(true);
        return;
    }
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    const QUrl url(proxy);
    if (proxy == QLatin1String("none") || url.host().isEmpty()) {
        QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
        return;
    }
    const bool socks = url.scheme() == QLatin1String("socks5");
    QNetworkProxy::setApplicationProxy(
        QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                      static_cast<quint16>(url.port(socks ? 1080 : 8080))));
}

}  // namespace tallydesk
