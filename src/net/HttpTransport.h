// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "net/HttpClient.h"

class QNetworkAccessManager;

namespace tallydesk {

/// HTTP by QNetworkAccessManager: one manager for each calling thread, made on its first call and kept
/// until the thread ends, so that connections are reused. Runs a local event loop, so call it from worker
/// threads. TLS is checked; redirects are refused; plain http goes to loopback addresses only.
/// Thread-safe; must outlive its calls.
class HttpTransport final : public HttpClient {
public:
    HttpTransport();
    ~HttpTransport() override;

    HttpReply send(const HttpRequest& request, const CancelToken& cancel) override;

    /// https to anywhere, http to a loopback address or "localhost" only.
    static bool mayContact(const QUrl& url);

private:
    QNetworkAccessManager& managerOfThisThread();

    // Ties the threads' managers to this transport: they are dropped when it is gone.
    struct Tag {};
    std::shared_ptr<Tag> m_tag = std::make_shared<Tag>();
};

}  // namespace tallydesk
