// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/RunStatus.h"

#include <QEvent>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/Icons.h"
#include "gui/UiLanguage.h"
#include "ui_RunStatus.h"

namespace tallydesk {

namespace {

QString number(int value) {
    return QLocale().toString(value);
}

QString duration(std::chrono::milliseconds time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
    if (seconds < 60)
        return RunStatus::tr("Less than a minute left");
    if (seconds < 90 * 60)
        return RunStatus::tr("About %n min left", nullptr, static_cast<int>((seconds + 59) / 60));
    return RunStatus::tr("About %1 h left")
        .arg(QLocale().toString(static_cast<double>(seconds) / 3600.0, 'f', 1));
}

void setText(QLabel* label, const QString& text) {
    if (label->text() != text)
        label->setText(text);
    label->setVisible(!text.isEmpty());
}

}  // namespace

RunStatus::RunStatus(MessageCatalog messages, QWidget* parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::RunStatus>()), m_messages(std::move(messages)) {
    m_ui->setupUi(this);
    connect(m_ui->cancel, &QPushButton::clicked, this, &RunStatus::cancelFindingRequested);
    update();
}

RunStatus::~RunStatus() = default;

void RunStatus::showFinding(int done, int total) {
    m_finding = Finding{done, total};
    update();
}

void RunStatus::endFinding() {
    m_finding.reset();
    update();
}

void RunStatus::showRun(BatchController::Phase phase, const BatchFigures& figures) {
    m_phase = phase;
    m_figures = figures;
    update();
}

void RunStatus::showProject(int ballots, int read, int toReview, int failed) {
    m_project = {ballots, read, toReview, failed};
    update();
}

void RunStatus::setPlace(const AppSettings& settings) {
    m_settings = settings;
    const bool away = settings.usesService();
    m_ui->place->setText(away ? tr("Scans go to %1").arg(settings.serviceName())
                              : tr("Scans stay on this computer"));
    m_ui->placeIcon->setPixmap(
        Icons::action(away ? QStringLiteral("globe") : QStringLiteral("computer"), m_theme)
            .pixmap(QSize(16, 16), devicePixelRatioF()));
}

void RunStatus::setSaving(bool saving, bool hasProject, int unkept) {
    m_saving = saving;
    m_hasProject = hasProject;
    m_unkept = unkept;
    const QString project = !hasProject ? QString() : saving ? tr("Saving") : tr("All changes saved");
    setText(m_ui->saved, unkept > 0 ? tr("Not saved: %n decision(s)", nullptr, unkept) : project);
}

void RunStatus::setTheme(const Theme& theme) {
    m_theme = theme;
    setPlace(m_settings);
}

void RunStatus::update() {
    using Phase = BatchController::Phase;
    const bool running = m_phase != Phase::Idle;
    const bool finding = m_finding && !running;
    m_ui->progress->setVisible(running || finding);
    m_ui->cancel->setVisible(m_finding.has_value());
    if (running) {
        m_ui->progress->setRange(0, m_figures.total);
        m_ui->progress->setValue(m_figures.done);
    } else if (finding) {
        m_ui->progress->setRange(0, m_finding->total);
        m_ui->progress->setValue(m_finding->done);
    }

    QString search;
    if (m_finding && m_finding->total == 0)
        search = tr("Looking for scans: %1").arg(number(m_finding->done));
    else if (m_finding)
        search = tr("Looking through scans: %1 of %2").arg(number(m_finding->done), number(m_finding->total));
    setText(m_ui->finding, search);
    QString done;
    if (running)
        done = tr("%1 of %2 done").arg(number(m_figures.done), number(m_figures.total));
    else if (m_project.ballots > 0 && !m_finding)
        done = tr("%1 of %2 done").arg(number(m_project.read), number(m_project.ballots));
    else if (!m_finding)
        done = tr("Ready");
    setText(m_ui->done, done);

    QString pace;
    if (running && m_figures.perMinute && m_phase == Phase::Running)
        pace = tr("%1 a minute").arg(number(static_cast<int>(std::lround(*m_figures.perMinute))));
    if (running && m_figures.slowedTo)
        pace = tr("Slowed to %1 a second by the service")
                   .arg(QLocale().toString(*m_figures.slowedTo, 'f', *m_figures.slowedTo < 0.1 ? 2 : 1));
    setText(m_ui->pace, pace);
    setText(m_ui->cost, m_figures.usage.cost > 0
                            ? QStringLiteral("$") + QLocale().toString(m_figures.usage.cost, 'f', 2)
                            : QString());
    m_ui->cost->setToolTip(
        tr("What the service's answers of this run cost. %n token(s).", nullptr,
           static_cast<int>(std::min<qint64>(m_figures.usage.promptTokens + m_figures.usage.completionTokens,
                                             std::numeric_limits<int>::max()))));
    showPause();
    const bool counts = m_project.ballots > 0;
    setText(m_ui->review, counts && m_project.toReview > 0
                              ? tr("%1 to review").arg(number(m_project.toReview))
                              : QString());
    setText(m_ui->failed,
            counts && m_project.failed > 0 ? tr("%1 failed").arg(number(m_project.failed)) : QString());
}

void RunStatus::showPause() {
    using Phase = BatchController::Phase;
    QString text;
    if (m_phase == Phase::Preparing) {
        text = tr("Getting ready");
    } else if (m_phase == Phase::Paused) {
        text = tr("Paused. Nothing is lost.");
    } else if (m_phase == Phase::Stopping) {
        text = tr("Stopping");
    } else if (m_phase == Phase::Running && m_figures.pauseUntil) {
        const qint64 seconds = (QDateTime::currentDateTimeUtc().msecsTo(*m_figures.pauseUntil) + 999) / 1000;
        if (seconds > 0)
            text = tr("The service asks to wait %1 s. Nothing is lost.").arg(QLocale().toString(seconds));
    } else if (m_phase == Phase::Running && m_figures.pause) {
        text = m_messages.text(*m_figures.pause, uiLanguage());
    }
    if (text.isEmpty() && m_phase == Phase::Running && m_figures.timeLeft)
        text = duration(*m_figures.timeLeft);
    setText(m_ui->left, text);
}

void RunStatus::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        setPlace(m_settings);
        setSaving(m_saving, m_hasProject, m_unkept);
        update();
    }
    QWidget::changeEvent(event);
}

}  // namespace tallydesk
