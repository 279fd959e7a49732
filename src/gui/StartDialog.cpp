// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/StartDialog.h"

#include <QEvent>
#include <QLocale>
#include <utility>

#include "batch/BatchForecast.h"
#include "gui/DialogSize.h"
#include "gui/Theme.h"
#include "gui/UiLanguage.h"
#include "ui_StartDialog.h"

namespace tallydesk {

namespace {

QString money(double dollars) {
    return QStringLiteral("$") + QLocale().toString(dollars, 'f', 2);
}

QString duration(std::chrono::milliseconds time) {
    const double minutes = static_cast<double>(time.count()) / 60'000.0;
    if (minutes < 90)
        return StartDialog::tr("about %n min", nullptr, std::max(1, qRound(minutes)));
    return StartDialog::tr("about %1 h").arg(QLocale().toString(minutes / 60.0, 'f', 1));
}

}  // namespace

StartDialog::StartDialog(StartPlan plan, MessageCatalog messages, const Clock& clock, QWidget* parent,
                         std::shared_ptr<HttpClient> http)
    : QDialog(parent),
      m_ui(std::make_unique<Ui::StartDialog>()),
      m_plan(std::move(plan)),
      m_messages(std::move(messages)),
      m_probe(new ServiceProbe(std::move(http), this)) {
    m_ui->setupUi(this);
    connect(m_ui->start, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->settings, &QPushButton::clicked, this, [this] {
        m_wantsSettings = true;
        reject();
    });
    connect(m_probe, &ServiceProbe::standingKnown, this, [this](const KeyStanding& standing) {
        m_standing = standing;
        retranslate();
    });
    connect(m_probe, &ServiceProbe::standingFailed, this, [this](const Error& error) {
        m_failure = error;
        retranslate();
    });
    retranslate();
    fitDialog(*this, QSize(46, 22));
    m_probe->askStanding(m_plan.settings.readerChoice({}).service, m_plan.key, m_plan.ledgerFolder, clock);
}

StartDialog::~StartDialog() = default;

std::optional<FreeLimits> StartDialog::freeLimits() const {
    return FreeLimits::of(m_plan.settings.readerChoice({}).service,
                          m_standing ? m_standing->report : std::nullopt);
}

void StartDialog::retranslate() {
    const QString service = m_plan.settings.serviceName();
    BatchOptions options = m_plan.settings.batchOptions();
    if (const auto free = freeLimits()) {
        options.perMinute = options.perMinute.value_or(free->perMinute);
        options.perDay = options.perDay.value_or(free->perDay);
    }
    BatchOutlook outlook;
    outlook.ballots = m_plan.ballots;
    outlook.costPerBallot = m_plan.costPerBallot;
    outlook.requestsToday = m_standing ? m_standing->requestsToday : 0;
    if (m_standing && m_standing->report)
        outlook.creditLeft = m_standing->report->remaining;
    const BatchForecast ahead = forecast(outlook, options);

    m_ui->heading->setText(tr("Read %n ballot(s) with %1?", nullptr, m_plan.ballots).arg(service));
    m_ui->picturesText->setText(tr("%n picture(s) will be sent.", nullptr, m_plan.pictures));
    m_ui->requestsText->setText(tr("%n request(s), ", nullptr, ahead.requests) + duration(ahead.duration));
    m_ui->costText->setText(ahead.cost ? tr("about %1").arg(money(*ahead.cost))
                                       : tr("not known before the first answers"));
    QString key = tr("Asking the service…");
    QString trouble;
    if (m_failure && m_failure->code == QLatin1String("service.key_refused"))
        trouble = m_messages.text(*m_failure, uiLanguage());
    if (m_failure)
        key = tr("The service says nothing about it.");
    if (m_standing && m_standing->report) {
        const KeyReport& report = *m_standing->report;
        key = report.freeTier ? tr("Free key") : tr("Paid key");
        if (report.remaining)
            key += QStringLiteral(", ") + tr("%1 left").arg(money(*report.remaining));
    } else if (m_standing) {
        key = tr("The service says nothing about it.");
    }
    m_ui->keyText->setText(key);
    const bool refused = !trouble.isEmpty();
    m_ui->quotaLabel->setVisible(ahead.leftToday.has_value());
    m_ui->quotaText->setVisible(ahead.leftToday.has_value());
    if (ahead.leftToday)
        m_ui->quotaText->setText(tr("%n request(s) left today", nullptr, *ahead.leftToday));
    if (trouble.isEmpty() && !ahead.creditSuffices)
        trouble =
            tr("The credit on the key will not suffice. The batch stops when it is used up; what was read is "
               "kept.");
    else if (trouble.isEmpty() && !ahead.quotaSuffices)
        trouble = tr(
            "Today’s quota will not suffice. The batch stops at the limit and goes on by itself tomorrow, or "
            "when you start it again.");
    m_ui->trouble->setText(trouble);
    m_ui->trouble->setVisible(!trouble.isEmpty());
    setStyleProperty(m_ui->trouble, "chip", refused ? QStringLiteral("err") : QStringLiteral("warn"));
    m_ui->start->setEnabled(!refused);
}

void StartDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

}  // namespace tallydesk
