// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ServiceProbe.h"

#include <QThreadPool>

#include "net/HttpTransport.h"
#include "store/LedgerFile.h"

namespace tallydesk {

struct ServiceProbe::Pool {
    QThreadPool threads;
};

ServiceProbe::ServiceProbe(std::shared_ptr<HttpClient> http, QObject* parent)
    : QObject(parent),
      m_http(http ? std::move(http) : std::make_shared<HttpTransport>()),
      m_pool(std::make_unique<Pool>()) {}

ServiceProbe::~ServiceProbe() {
    m_cancel.cancel();
    m_pool->threads.waitForDone();
}

template <typename Ask, typename Good, typename Bad>
void ServiceProbe::ask(Ask question, Good good, Bad bad) {
    cancel();
    m_cancel = CancelToken();
    const int number = ++m_question;
    setBusy(true);
    m_pool->threads.start([this, question, good, bad, number, token = m_cancel] {
        auto answer = question(token);
        QMetaObject::invokeMethod(
            this,
            [this, good, bad, number, answer = std::move(answer)] {
                if (number != m_question)
                    return;
                setBusy(false);
                if (answer)
                    (this->*good)(*answer);
                else
                    (this->*bad)(answer.error());
            },
            Qt::QueuedConnection);
    });
}

void ServiceProbe::askModels(const ServiceSettings& settings, const SecretKey& key) {
    ask([http = m_http, settings,
         key](const CancelToken& cancel) { return ServiceInfo(*http, settings, key).models(cancel); },
        &ServiceProbe::modelsReady, &ServiceProbe::modelsFailed);
}

void ServiceProbe::testKey(const ServiceSettings& settings, const SecretKey& key) {
    ask([http = m_http, settings,
         key](const CancelToken& cancel) { return ServiceInfo(*http, settings, key).testKey(cancel); },
        &ServiceProbe::keyAccepted, &ServiceProbe::keyFailed);
}

void ServiceProbe::askStanding(const ServiceSettings& settings, const SecretKey& key,
                               const QString& ledgerFolder, const Clock& clock) {
    ask(
        [http = m_http, settings, key, ledgerFolder,
         &clock](const CancelToken& cancel) -> Expected<KeyStanding> {
            KeyStanding standing;
            if (!ledgerFolder.isEmpty())
                standing.requestsToday = static_cast<int>(
                    LedgerFile(ledgerFolder, LedgerFile::accountOf(QUrl(settings.baseUrl), key), clock)
                        .ages()
                        .size());
            auto report = ServiceInfo(*http, settings, key).keyReport(cancel);
            if (!report)
                return tl::make_unexpected(report.error());
            standing.report = *report;
            return standing;
        },
        &ServiceProbe::standingKnown, &ServiceProbe::standingFailed);
}

void ServiceProbe::cancel() {
    m_cancel.cancel();
    ++m_question;
    setBusy(false);
}

void ServiceProbe::setBusy(bool busy) {
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged(busy);
}

}  // namespace tallydesk
