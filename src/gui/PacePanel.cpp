// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/PacePanel.h"

#include <QEvent>

#include "gui/SettingsCheck.h"
#include "ui_PacePanel.h"

namespace tallydesk {

namespace {

// 0 stands for "no limit" in the field.
std::optional<int> limitOf(const QSpinBox& field) {
    return field.value() > 0 ? std::optional(field.value()) : std::nullopt;
}

}  // namespace

PacePanel::PacePanel(QWidget* parent) : QWidget(parent), m_ui(std::make_unique<Ui::PacePanel>()) {
    m_ui->setupUi(this);
    m_ui->rate->setRange(AppSettings::kLeastRate, AppSettings::kMostRate);
    m_ui->perMinute->setRange(0, AppSettings::kMostPerMinute);
    m_ui->perDay->setRange(0, AppSettings::kMostPerDay);
    m_ui->attempts->setRange(1, AppSettings::kMostAttempts);
    m_ui->backoffMin->setRange(0, AppSettings::kLongestBackoffSeconds);
    m_ui->backoffMax->setRange(0, AppSettings::kLongestBackoffSeconds);
    m_ui->budget->setRange(0, AppSettings::kMostBudget);
    m_ui->budgetNote->setField(m_ui->budget);
    m_ui->rateNote->setField(m_ui->rate);
    m_ui->perMinuteNote->setField(m_ui->perMinute);
    m_ui->perDayNote->setField(m_ui->perDay);
    m_ui->attemptsNote->setField(m_ui->attempts);
    m_ui->backoffNote->setField(m_ui->backoffMax);
    // Beside their fields, so centred on them.
    for (FieldNote* note : findChildren<FieldNote*>())
        note->setContentsMargins(0, 0, 0, 0);
    connect(m_ui->backoffMin, &QSpinBox::valueChanged, this, &PacePanel::check);
    connect(m_ui->backoffMax, &QSpinBox::valueChanged, this, &PacePanel::check);
    retranslate();
}

PacePanel::~PacePanel() = default;

int PacePanel::labelWidth() const {
    int width = 0;
    for (const QLabel* label : {m_ui->rateLabel, m_ui->perMinuteLabel, m_ui->perDayLabel, m_ui->attemptsLabel,
                                m_ui->backoffLabel, m_ui->budgetLabel})
        width = std::max(width, label->sizeHint().width());
    return width;
}

void PacePanel::setLabelWidth(int width) {
    m_ui->rateLabel->setMinimumWidth(width);
}

void PacePanel::setValues(const AppSettings& settings) {
    m_ui->rate->setValue(settings.requestsPerSecond);
    m_ui->perMinute->setValue(settings.perMinute.value_or(0));
    m_ui->perDay->setValue(settings.perDay.value_or(0));
    m_ui->attempts->setValue(settings.attempts);
    m_ui->backoffMin->setValue(settings.backoffMinSeconds);
    m_ui->backoffMax->setValue(settings.backoffMaxSeconds);
    m_ui->budget->setValue(settings.budget.value_or(0));
}

void PacePanel::takeValues(AppSettings& settings) const {
    settings.requestsPerSecond = m_ui->rate->value();
    settings.perMinute = limitOf(*m_ui->perMinute);
    settings.perDay = limitOf(*m_ui->perDay);
    settings.attempts = m_ui->attempts->value();
    settings.backoffMinSeconds = m_ui->backoffMin->value();
    settings.backoffMaxSeconds = m_ui->backoffMax->value();
    settings.budget = m_ui->budget->value() > 0 ? std::optional(m_ui->budget->value()) : std::nullopt;
}

QWidget* PacePanel::firstProblem() {
    check();
    return m_ui->backoffNote->hasProblem() ? m_ui->backoffMax : nullptr;
}

void PacePanel::check() {
    m_ui->backoffNote->setProblem(
        SettingsCheck::backoff(m_ui->backoffMin->value(), m_ui->backoffMax->value()));
}

void PacePanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void PacePanel::retranslate() {
    m_ui->rateNote->setHelp(tr("Evenly spaced, retries included. 2 suits a paid key."));
    m_ui->perMinuteNote->setHelp(tr("A free key of OpenRouter takes 20."));
    m_ui->perDayNote->setHelp(
        tr("A free key of OpenRouter takes 50. Then the batch waits and goes on tomorrow."));
    m_ui->budgetNote->setHelp(tr("A run stops when its answers have cost this much."));
    m_ui->attemptsNote->setHelp(tr("How often one form is tried before it counts as failed."));
    m_ui->backoffNote->setHelp(tr("Before another attempt, unless the service says how long."));
    if (m_ui->backoffNote->hasProblem())
        check();
}

}  // namespace tallydesk
