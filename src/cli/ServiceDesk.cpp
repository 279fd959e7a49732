// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ServiceDesk.h"

#include <QUrl>
#include <future>

#include "batch/BatchForecast.h"
#include "net/HttpTransport.h"
#include "readers/ai/ServiceInfo.h"
#include "store/LedgerFile.h"

namespace tallydesk {

namespace {

// A service that is slow to say something about the key may still read ballots.
constexpr std::chrono::seconds kPatience{3};

using Report = Expected<std::optional<KeyReport>>;

QString minutesOf(std::chrono::milliseconds duration) {
    const double minutes = static_cast<double>(duration.count()) / 60'000.0;
    return minutes < 1.5 ? QStringLiteral("about a minute")
                         : QStringLiteral("about %1 min").arg(qRound(minutes));
}

}  // namespace

struct ServiceDesk::Private {
    Private(const ReaderChoice& theService, const CommandContext& context)
        : service(theService),
          ledger(LedgerFile::defaultFolder(),
                 LedgerFile::accountOf(QUrl(theService.service.baseUrl), theService.key), context.clock) {}

    const ReaderChoice service;
    LedgerFile ledger;
    HttpTransport http;
    CancelToken cancel;
    std::shared_ptr<void> link;
    std::future<Report> question;
    std::optional<KeyReport> report;
};

ServiceDesk::ServiceDesk(const ReaderChoice& service, const CommandContext& context,
                         const CancelToken& cancel)
    : d(std::make_unique<Private>(service, context)) {
    d->link = cancel.onCancel([own = d->cancel]() mutable { own.cancel(); });
}

ServiceDesk::~ServiceDesk() {
    d->cancel.cancel();
    if (d->question.valid())
        d->question.wait();
}

void ServiceDesk::askAboutKey() {
    d->question = std::async(std::launch::async, [this] {
        return ServiceInfo(d->http, d->service.service, d->service.key).keyReport(d->cancel);
    });
}

std::optional<Error> ServiceDesk::keyRefusal() {
    if (!d->question.valid() || d->question.wait_for(kPatience) != std::future_status::ready)
        return std::nullopt;
    const Report report = d->question.get();
    if (report)
        d->report = *report;
    // Whatever else went wrong shows with the first ballot, where it is tried again.
    if (!report && report.error().code == QLatin1String("service.key_refused"))
        return report.error();
    return std::nullopt;
}

QStringList ServiceDesk::setUp(int ballots, int readingsPerBallot, std::optional<double> costPerBallot,
                               BatchOptions& options) {
    options.ledger = &d->ledger;
    if (const auto free = FreeLimits::of(d->service.service, d->report)) {
        options.perMinute = options.perMinute.value_or(free->perMinute);
        options.perDay = options.perDay.value_or(free->perDay);
    }
    BatchOutlook outlook;
    outlook.ballots = ballots;
    outlook.readingsPerBallot = readingsPerBallot;
    outlook.costPerBallot = costPerBallot;
    outlook.requestsToday = static_cast<int>(d->ledger.ages().size());
    if (d->report)
        outlook.creditLeft = d->report->remaining;
    const BatchForecast ahead = forecast(outlook, options);

    QString line = QStringLiteral("%1 requests, %2").arg(ahead.requests).arg(minutesOf(ahead.duration));
    if (ahead.cost)
        line += QStringLiteral(", about %1 USD").arg(*ahead.cost, 0, 'f', 2);
    if (d->report && d->report->freeTier)
        line += QStringLiteral("; free tier");
    if (outlook.creditLeft)
        line += QStringLiteral("; %1 USD left on the key").arg(*outlook.creditLeft, 0, 'f', 2);
    QStringList lines{line};
    if (!ahead.quotaSuffices)
        lines.append(
            QStringLiteral("The day's quota has %1 requests left: the batch %2 there.")
                .arg(*ahead.leftToday)
                .arg(options.onQuota == OnQuota::Wait ? QStringLiteral("waits") : QStringLiteral("stops")));
    if (!ahead.creditSuffices)
        lines.append(QStringLiteral("The credit on the key will not suffice."));
    return lines;
}

}  // namespace tallydesk
