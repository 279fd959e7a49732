// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

#include "core/Clock.h"
#include "readers/ai/ServiceInfo.h"

namespace tallydesk {

/// What a key may still do. A plain value.
struct KeyStanding {
    /// Absent where the service has no page for it.
    std::optional<KeyReport> report;
    /// Requests of the last 24 hours.
    int requestsToday = 0;
};

/// Asks the AI service about itself for the settings and before a batch, in a worker thread. One question at
/// a time: a new one cancels the one before, whose answer then never comes. GUI thread.
class ServiceProbe final : public QObject {
    Q_OBJECT
public:
    /// A null `http` is the network; else it must be thread-safe.
    explicit ServiceProbe(std::shared_ptr<HttpClient> http = {}, QObject* parent = nullptr);
    /// Cancels and waits for the end, which comes within a second.
    ~ServiceProbe() override;

    void askModels(const ServiceSettings& settings, const SecretKey& key);
    void testKey(const ServiceSettings& settings, const SecretKey& key);
    /// How the key stands before a batch: what the service says, and how much was asked today by the ledger.
    void askStanding(const ServiceSettings& settings, const SecretKey& key, const QString& ledgerFolder,
                     const Clock& clock);
    void cancel();
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void modelsReady(const QList<ServiceModel>& models);
    void modelsFailed(const Error& error);
    void keyAccepted(const KeyReport& report);
    void keyFailed(const Error& error);
    void standingKnown(const KeyStanding& standing);
    void standingFailed(const Error& error);
    /// Also after a cancel.
    void busyChanged(bool busy);

private:
    template <typename Ask, typename Good, typename Bad>
    void ask(Ask question, Good good, Bad bad);
    void setBusy(bool busy);

    const std::shared_ptr<HttpClient> m_http;
    // Ends when the questions have ended; they report through it.
    struct Pool;
    const std::unique_ptr<Pool> m_pool;
    CancelToken m_cancel;
    int m_question = 0;
    bool m_busy = false;
};

}  // namespace tallydesk
