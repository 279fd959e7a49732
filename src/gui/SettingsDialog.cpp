// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/SettingsDialog.h"

#include <QEvent>
#include <QThread>

#include "gui/DialogSize.h"
#include "gui/ServicePage.h"
#include "gui/ServiceProbe.h"
#include "ui_SettingsDialog.h"

namespace tallydesk {

namespace {

// The language's own name: whoever can't read the window finds it.
const QString kEnglish = QStringLiteral("English");
const QString kThai = QStringLiteral("ไทย");

void choose(QComboBox& field, const QString& value) {
    field.setCurrentIndex(qMax(0, field.findData(value)));
}

}  // namespace

SettingsDialog::SettingsDialog(AppSettings settings, SessionSecretStore& secrets, QWidget* parent,
                               std::shared_ptr<HttpClient> http)
    : QDialog(parent),
      m_ui(std::make_unique<Ui::SettingsDialog>()),
      m_before(std::move(settings)),
      m_probe(new ServiceProbe(std::move(http), this)),
      m_service(new ServicePage(secrets, *m_probe)) {
    m_ui->setupUi(this);
    m_ui->serviceScroll->setWidget(m_service);
    m_ui->workers->setMaximum(AppSettings::kMostWorkers);
    m_ui->onDeviceNote->setField(m_ui->onDevice);
    m_ui->aiNote->setField(m_ui->ai);
    m_ui->workersNote->setField(m_ui->workers);
    m_ui->reviewerNote->setField(m_ui->reviewer);
    m_ui->languageNote->setField(m_ui->language);
    m_ui->themeNote->setField(m_ui->theme);
    m_ui->language->addItem(QString(), QStringLiteral("system"));
    m_ui->language->addItem(kEnglish, QStringLiteral("en"));
    m_ui->language->addItem(kThai, QStringLiteral("th"));
    for (const char* theme : {"system", "light", "dark"})
        m_ui->theme->addItem(QString(), QLatin1String(theme));
    for (int i = 0; i < m_ui->pages->count(); ++i)
        m_ui->navigation->addItem(QString());

    connect(m_ui->navigation, &QListWidget::currentRowChanged, m_ui->pages, &QStackedWidget::setCurrentIndex);
    connect(m_ui->restoreDefaults, &QPushButton::clicked, this, [this] {
        AppSettings defaults;
        // A name is no preference.
        defaults.reviewer = m_ui->reviewer->text();
        setValues(defaults);
    });
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->save, &QPushButton::clicked, this, &SettingsDialog::accept);

    retranslate();
    setValues(m_before);
    m_ui->navigation->setCurrentRow(0);
    fitDialog(*this, QSize(60, 40));
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::showPage(Page page) {
    m_ui->navigation->setCurrentRow(static_cast<int>(page));
}

void SettingsDialog::setValues(const AppSettings& settings) {
    (settings.usesService() ? m_ui->ai : m_ui->onDevice)->setChecked(true);
    m_ui->workers->setValue(settings.workers);
    m_ui->reviewer->setText(settings.reviewer);
    choose(*m_ui->language, settings.language);
    choose(*m_ui->theme, settings.theme);
    m_service->setValues(settings);
}

AppSettings SettingsDialog::settings() const {
    AppSettings settings = m_before;
    settings.reader = m_ui->ai->isChecked() ? QStringLiteral("ai") : QStringLiteral("on-device");
    settings.workers = m_ui->workers->value();
    settings.reviewer = m_ui->reviewer->text().simplified();
    settings.language = m_ui->language->currentData().toString();
    settings.theme = m_ui->theme->currentData().toString();
    m_service->takeValues(settings);
    if (settings.serviceUrl.host() != m_before.serviceUrl.host())
        settings.aiConsent = false;
    return settings;
}

QWidget* SettingsDialog::firstProblem() {
    QWidget* field = m_service->firstProblem();
    if (field)
        showPage(Page::Service);
    return field;
}

void SettingsDialog::accept() {
    if (QWidget* field = firstProblem()) {
        field->setFocus();
        m_ui->serviceScroll->ensureWidgetVisible(field);
        return;
    }
    QDialog::accept();
}

void SettingsDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void SettingsDialog::retranslate() {
    const QStringList pages{tr("Reader"), tr("AI service"), tr("Review"), tr("Language and display")};
    for (int i = 0; i < pages.size(); ++i)
        m_ui->navigation->item(i)->setText(pages.at(i));
    fitNavigation(*m_ui->navigation);
    m_ui->onDeviceNote->setHelp(tr("Scans stay here. No key and no network are needed."));
    m_ui->aiNote->setHelp(
        tr("Page pictures go to the service that is named under AI service. It costs money or has a daily "
           "limit."));
    m_ui->workersNote->setHelp(tr(
        "How many forms are read side by side. Automatic: adjusted to the service’s speed, and one for each "
        "of the %n processors of this computer when it reads by itself.",
        nullptr, QThread::idealThreadCount()));
    m_ui->reviewerNote->setHelp(
        tr("Stands in the results beside every form that you settle, so that others can ask you."));
    m_ui->language->setItemText(0, tr("As the system says"));
    m_ui->languageNote->setHelp(tr("Results are the same in every language."));
    m_ui->theme->setItemText(0, tr("As the system says"));
    m_ui->theme->setItemText(1, tr("Light"));
    m_ui->theme->setItemText(2, tr("Dark"));
    m_ui->themeNote->setHelp(tr("Scans keep the white of their paper in both."));
}

}  // namespace tallydesk
