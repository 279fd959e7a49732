// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/KeychainBackend.h"

#include <qt6keychain/keychain.h>

#include <QEventLoop>
#include <QPointer>
#include <QTimer>

namespace tallydesk {

namespace {

/// How a job ended; taken in its finished signal, because the job deletes itself afterwards.
struct Outcome {
    bool finished = false;
    QKeychain::Error error = QKeychain::OtherError;
    QString errorText;
    QString secret;
};

Outcome run(QKeychain::Job* job, const QString& name, std::chrono::milliseconds patience) {
    // A job that hangs (a dialog nobody answers) outlives this call, so it owns itself and writes into
    // nothing of ours once the loop has gone.
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(name);
    Outcome outcome;
    QEventLoop loop;
    QObject::connect(job, &QKeychain::Job::finished, &loop, [&](QKeychain::Job* done) {
        outcome.finished = true;
        outcome.error = done->error();
        outcome.errorText = done->errorString();
        if (const auto* reading = qobject_cast<QKeychain::ReadPasswordJob*>(done))
            outcome.secret = reading->textData();
        loop.quit();
    });
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    job->start();
    if (!outcome.finished)
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    return outcome;
}

Error errorOf(const Outcome& outcome) {
    if (!outcome.finished)
        return {QStringLiteral("secrets.timeout"), {}, {}};
    const QString& text = outcome.errorText;
    switch (outcome.error) {
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied:
            return {QStringLiteral("secrets.denied"), {}, text};
        case QKeychain::NoBackendAvailable:
        case QKeychain::NotImplemented:
            return {QStringLiteral("secrets.no_keychain"), {}, text};
        default:
            break;
    }
    const auto says = [&](QLatin1String part) { return text.contains(part, Qt::CaseInsensitive); };
    // QtKeychain 0.13 passes these on as "other error".
    if (says(QLatin1String("locked")))
        return {QStringLiteral("secrets.locked"), {}, text};
    if (says(QLatin1String("D-Bus")) || says(QLatin1String("DBus")) || says(QLatin1String("autolaunch")) ||
        says(QLatin1String("org.freedesktop.secrets")) || says(QLatin1String("libsecret")))
        return {QStringLiteral("secrets.no_keychain"), {}, text};
    return {QStringLiteral("secrets.failed"), {text}, text};
}

}  // namespace

QtKeychainBackend::QtKeychainBackend(QString service, std::chrono::milliseconds patience)
    : m_service(std::move(service)), m_patience(patience) {}

Expected<std::optional<QString>> QtKeychainBackend::read(const QString& name) {
    const Outcome outcome = run(new QKeychain::ReadPasswordJob(m_service), name, m_patience);
    if (outcome.finished && outcome.error == QKeychain::NoError)
        return std::optional(outcome.secret);
    if (outcome.finished && outcome.error == QKeychain::EntryNotFound)
        return std::optional<QString>();
    return tl::make_unexpected(errorOf(outcome));
}

Expected<void> QtKeychainBackend::write(const QString& name, const QString& secret) {
    auto* job = new QKeychain::WritePasswordJob(m_service);
    job->setTextData(secret);
    const Outcome outcome = run(job, name, m_patience);
    if (outcome.finished && outcome.error == QKeychain::NoError)
        return {};
    return tl::make_unexpected(errorOf(outcome));
}

Expected<void> QtKeychainBackend::remove(const QString& name) {
    const Outcome outcome = run(new QKeychain::DeletePasswordJob(m_service), name, m_patience);
    if (outcome.finished &&
        (outcome.error == QKeychain::NoError || outcome.error == QKeychain::EntryNotFound))
        return {};
    return tl::make_unexpected(errorOf(outcome));
}

}  // namespace tallydesk
