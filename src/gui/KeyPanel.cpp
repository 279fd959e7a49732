// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/KeyPanel.h"

#include <QEvent>
#include <QLocale>
#include <QProcessEnvironment>

#include "gui/SessionSecretStore.h"
#include "gui/SettingsCheck.h"
#include "gui/Theme.h"
#include "gui/UiLanguage.h"
#include "secrets/KeyResolver.h"
#include "ui_KeyPanel.h"

namespace tallydesk {

namespace {

bool isInEnvironment() {
    return KeyResolver(QProcessEnvironment::systemEnvironment(), nullptr).resolve().has_value();
}

}  // namespace

KeyPanel::KeyPanel(QWidget* parent) : QWidget(parent), m_ui(std::make_unique<Ui::KeyPanel>()) {
    m_ui->setupUi(this);
    m_ui->note->setField(m_ui->entry);
    connect(m_ui->keep, &QPushButton::clicked, this, &KeyPanel::keepEntered);
    connect(m_ui->forget, &QPushButton::clicked, this, &KeyPanel::forget);
    connect(m_ui->replace, &QPushButton::clicked, this, [this] {
        m_replacing = true;
        refresh();
        m_ui->entry->setFocus();
    });
    connect(m_ui->entry, &QLineEdit::textChanged, this, [this] {
        m_ui->note->setProblem({});
        clearVerdict();
        refresh();
    });
    connect(m_ui->test, &QPushButton::clicked, this, [this] {
        if (m_testing)
            Q_EMIT stopRequested();
        else
            Q_EMIT testRequested();
    });
    refresh();
}

KeyPanel::~KeyPanel() = default;

void KeyPanel::attach(SessionSecretStore& store) {
    m_store = &store;
}

QWidget* KeyPanel::entryField() const {
    return m_ui->entry;
}

void KeyPanel::look() {
    if (isInEnvironment()) {
        setPlace(Place::Environment);
        return;
    }
    const auto kept = m_store->read(KeyResolver::entryName());
    if (!kept)
        setPlace(Place::Unreachable, kept.error());
    else if (!*kept)
        setPlace(Place::Nowhere);
    else if (m_store->isForThisRunOnly(KeyResolver::entryName()))
        setPlace(Place::Memory, m_store->trouble());
    else
        setPlace(Place::Keychain);
}

SecretKey KeyPanel::key() {
    const SecretKey entered(m_ui->entry->text());
    if (!entered.isEmpty())
        return entered;
    return KeyResolver(QProcessEnvironment::systemEnvironment(), m_store).resolve().value_or(SecretKey());
}

bool KeyPanel::keepEntered() {
    const QString entered = m_ui->entry->text().trimmed();
    const QString problem = SettingsCheck::key(entered);
    m_ui->note->setProblem(problem);
    if (!problem.isEmpty()) {
        m_ui->entry->setFocus();
        return false;
    }
    if (const auto kept = m_store->write(KeyResolver::entryName(), entered); !kept) {
        setPlace(Place::Unreachable, kept.error());
        return false;
    }
    // clear() would keep the key in the field's undo history.
    m_ui->entry->setText(QString());
    m_replacing = false;
    look();
    return true;
}

void KeyPanel::forget() {
    clearVerdict();
    if (const auto removed = m_store->remove(KeyResolver::entryName()); !removed) {
        setPlace(m_place, removed.error());
        return;
    }
    m_replacing = false;
    look();
}

void KeyPanel::setPlace(Place place, const std::optional<Error>& trouble) {
    m_place = place;
    m_trouble = trouble;
    refresh();
}

void KeyPanel::setTesting(bool testing) {
    m_testing = testing;
    if (testing)
        clearVerdict();
    refresh();
}

void KeyPanel::showAccepted(const KeyReport& report) {
    clearVerdict();
    m_report = report;
    refresh();
}

void KeyPanel::showFailed(const Error& error) {
    clearVerdict();
    m_failure = error;
    refresh();
}

void KeyPanel::forgetVerdict() {
    clearVerdict();
    refresh();
}

void KeyPanel::clearVerdict() {
    m_report.reset();
    m_failure.reset();
}

void KeyPanel::refresh() {
    const auto say = [this](const QString& text, const char* tone) {
        m_ui->state->setText(text);
        setStyleProperty(m_ui->state, "textTone", QLatin1String(tone));
    };
    const QString trouble = m_trouble ? m_messages.text(*m_trouble, uiLanguage()) : QString();
    switch (m_place) {
        case Place::Unknown:
        case Place::Nowhere:
            say(tr("No key yet."), "secondary");
            break;
        case Place::Environment:
            say(tr("The key comes from OPENROUTER_API_KEY, with which TallyDesk was started."), "ok");
            break;
        case Place::Keychain:
            say(trouble.isEmpty() ? tr("Kept in the system's keychain.") : trouble,
                trouble.isEmpty() ? "ok" : "err");
            break;
        case Place::Memory:
            say(tr("Held in memory only, until TallyDesk closes. %1").arg(trouble), "warn");
            break;
        case Place::Unreachable:
            say(tr("%1 A key that you enter here works until TallyDesk closes.").arg(trouble), "warn");
            break;
    }
    const bool has = m_place == Place::Keychain || m_place == Place::Memory;
    const bool enters = m_place != Place::Environment && (!has || m_replacing);
    m_ui->replace->setVisible(has && !m_replacing);
    m_ui->forget->setVisible(has);
    m_ui->entry->setVisible(enters);
    m_ui->keep->setVisible(enters);
    m_ui->keep->setEnabled(!m_ui->entry->text().isEmpty());
    m_ui->note->setHelp(tr("Never shown again, never written to a file or log."));
    m_ui->test->setText(m_testing ? tr("Stop the test") : tr("Test the connection"));
    m_ui->test->setEnabled(m_testing || has || m_place == Place::Environment ||
                           !m_ui->entry->text().isEmpty());

    QString verdict;
    const char* tone = "secondary";
    if (m_testing) {
        verdict = tr("Asking the service…");
    } else if (m_failure) {
        verdict = m_messages.text(*m_failure, uiLanguage());
        tone = "err";
    } else if (m_report && !m_report->keyWasChecked) {
        verdict = tr("The service answers, but does not say whether the key is good.");
        tone = "warn";
    } else if (m_report) {
        const QLocale locale;
        verdict = m_report->elapsedMs < 100
                      ? tr("Works, answered in less than 0.1 s.")
                      : tr("Works, answered in %1 s.")
                            .arg(locale.toString(static_cast<double>(m_report->elapsedMs) / 1000.0, 'f', 1));
        if (m_report->remaining)
            verdict += u' ' + tr("$%1 left.").arg(locale.toString(*m_report->remaining, 'f', 2));
        if (m_report->freeTier)
            verdict += u' ' + tr("It is a free key: 20 requests a minute, 50 a day.");
        tone = "ok";
    }
    m_ui->verdict->setText(verdict);
    setStyleProperty(m_ui->verdict, "textTone", QLatin1String(tone));
}

void KeyPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        refresh();
    }
}

}  // namespace tallydesk
