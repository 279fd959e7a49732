// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ServicePage.h"

#include <QCompleter>
#include <QEvent>
#include <QTimer>

#include "gui/DialogSize.h"
#include "gui/ServiceProbe.h"
#include "gui/SettingsCheck.h"
#include "gui/UiLanguage.h"
#include "ui_ServicePage.h"

namespace tallydesk {

namespace {

const QString kSystemProxy = QStringLiteral("system");
const QString kNoProxy = QStringLiteral("none");
const QString kOwnProxy = QStringLiteral("own");

}  // namespace

ServicePage::ServicePage(SessionSecretStore& secrets, ServiceProbe& probe, QWidget* parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ServicePage>()), m_probe(probe) {
    m_ui->setupUi(this);
    m_ui->key->attach(secrets);
    alignWithField(*m_ui->keyLabel);
    m_ui->addressNote->setField(m_ui->address);
    m_ui->modelNote->setField(m_ui->model);
    m_ui->proxyNote->setField(m_ui->proxyAddress);
    m_ui->secondModelNote->setField(m_ui->secondModel);
    m_ui->proxyKind->addItem(QString(), kSystemProxy);
    m_ui->proxyKind->addItem(QString(), kNoProxy);
    m_ui->proxyKind->addItem(QString(), kOwnProxy);
    m_ui->model->completer()->setFilterMode(Qt::MatchContains);
    m_ui->model->completer()->setCompletionMode(QCompleter::PopupCompletion);

    connect(m_ui->address, &QLineEdit::editingFinished, this, &ServicePage::checkAddress);
    connect(m_ui->address, &QLineEdit::textEdited, this, [this] {
        m_ui->addressNote->setProblem({});
        m_ui->key->forgetVerdict();
    });
    connect(m_ui->model, &QComboBox::editTextChanged, this, &ServicePage::checkModel);
    connect(m_ui->proxyKind, &QComboBox::currentIndexChanged, this, &ServicePage::checkProxy);
    connect(m_ui->proxyAddress, &QLineEdit::textEdited, this, [this] { m_ui->proxyNote->setProblem({}); });
    connect(m_ui->proxyAddress, &QLineEdit::editingFinished, this, &ServicePage::checkProxy);
    connect(m_ui->fetchModels, &QPushButton::clicked, this, [this] {
        if (m_question == Question::Models)
            m_probe.cancel();
        else
            ask(Question::Models);
    });
    connect(m_ui->key, &KeyPanel::testRequested, this, [this] { ask(Question::Key); });
    connect(m_ui->key, &KeyPanel::stopRequested, &m_probe, &ServiceProbe::cancel);
    connect(&m_probe, &ServiceProbe::busyChanged, this, [this](bool busy) {
        if (!busy)
            answered();
    });
    connect(&m_probe, &ServiceProbe::modelsReady, this, &ServicePage::takeModels);
    connect(&m_probe, &ServiceProbe::modelsFailed, this, [this](const Error& error) {
        m_modelsFailure = error;
        checkModel();
    });
    connect(&m_probe, &ServiceProbe::keyAccepted, m_ui->key, &KeyPanel::showAccepted);
    connect(&m_probe, &ServiceProbe::keyFailed, m_ui->key, &KeyPanel::showFailed);
    retranslate();
}

ServicePage::~ServicePage() = default;

void ServicePage::setValues(const AppSettings& settings) {
    m_ui->address->setText(settings.serviceUrl.toString());
    m_ui->model->setEditText(settings.model);
    const bool own = settings.proxy != kSystemProxy && settings.proxy != kNoProxy;
    m_ui->proxyKind->setCurrentIndex(m_ui->proxyKind->findData(own ? kOwnProxy : settings.proxy));
    m_ui->proxyAddress->setText(own ? settings.proxy : QString());
    m_ui->crossCheck->setChecked(settings.crossCheck);
    m_ui->secondModel->setText(settings.secondModel);
    m_ui->pace->setValues(settings);
    checkAddress();
    checkModel();
    checkProxy();
}

void ServicePage::takeValues(AppSettings& settings) const {
    settings.serviceUrl = QUrl(m_ui->address->text().trimmed(), QUrl::StrictMode);
    settings.model = m_ui->model->currentText().trimmed();
    settings.proxy = proxyValue();
    settings.crossCheck = m_ui->crossCheck->isChecked();
    settings.secondModel = m_ui->secondModel->text().trimmed();
    m_ui->pace->takeValues(settings);
}

QString ServicePage::proxyValue() const {
    const QString kind = m_ui->proxyKind->currentData().toString();
    return kind == kOwnProxy ? m_ui->proxyAddress->text().trimmed() : kind;
}

QWidget* ServicePage::firstProblem() {
    checkAddress();
    if (m_ui->addressNote->hasProblem())
        return m_ui->address;
    checkModel();
    if (m_ui->modelNote->hasProblem())
        return m_ui->model;
    const bool entered = !static_cast<QLineEdit*>(m_ui->key->entryField())->text().isEmpty();
    if (entered && !m_ui->key->keepEntered())
        return m_ui->key->entryField();
    checkProxy();
    m_ui->proxyNote->setProblem(SettingsCheck::proxy(proxyValue()));
    if (m_ui->proxyNote->hasProblem())
        return m_ui->proxyAddress;
    return m_ui->pace->firstProblem();
}

void ServicePage::ask(Question question) {
    checkAddress();
    if (m_ui->addressNote->hasProblem()) {
        m_ui->address->setFocus();
        return;
    }
    ServiceSettings service;
    service.baseUrl = m_ui->address->text().trimmed();
    const SecretKey key = m_ui->key->key();
    m_modelsFailure.reset();
    // Asking cancels the question before, whose end is heard in between.
    if (question == Question::Models)
        m_probe.askModels(service, key);
    else
        m_probe.testKey(service, key);
    m_question = question;
    m_ui->key->setTesting(question == Question::Key);
    retranslate();
}

void ServicePage::answered() {
    m_question = Question::None;
    m_ui->key->setTesting(false);
    retranslate();
}

void ServicePage::takeModels(const QList<ServiceModel>& models) {
    m_models = models;
    const QString chosen = m_ui->model->currentText();
    m_ui->model->clear();
    for (const ServiceModel& model : models)
        if (model.readsPictures.value_or(true))
            m_ui->model->addItem(model.id);
    m_ui->model->setEditText(chosen);
    m_modelsRemark = models.isEmpty() ? tr("This service gives no list. Enter the name of the model by hand.")
                                      : tr("%n models that read pictures.", nullptr, m_ui->model->count());
    checkModel();
}

void ServicePage::checkAddress() {
    m_ui->addressNote->setProblem(SettingsCheck::serviceAddress(m_ui->address->text()));
    if (m_ui->addressNote->hasProblem())
        m_ui->key->forgetVerdict();
}

void ServicePage::checkModel() {
    const QString name = m_ui->model->currentText().trimmed();
    m_ui->modelNote->setProblem(SettingsCheck::model(name));
    QString help = tr("A model that reads pictures, as the service calls it.");
    if (m_modelsFailure)
        help = m_messages.text(*m_modelsFailure, uiLanguage());
    else if (!m_modelsRemark.isEmpty())
        help = m_modelsRemark;
    const auto found = std::find_if(m_models.cbegin(), m_models.cend(),
                                    [&](const ServiceModel& model) { return model.id == name; });
    if (found != m_models.cend()) {
        if (!found->readsPictures.value_or(true))
            m_ui->modelNote->setProblem(tr("This model does not read pictures. Choose another one."));
        else if (found->readsPictures)
            help = found->strictAnswers.value_or(false) ? tr("Reads pictures and gives strict answers.")
                                                        : tr("Reads pictures.");
    }
    m_ui->modelNote->setHelp(help);
}

void ServicePage::checkProxy() {
    const bool own = m_ui->proxyKind->currentData().toString() == kOwnProxy;
    m_ui->proxyAddress->setEnabled(own);
    const bool empty = m_ui->proxyAddress->text().isEmpty();
    m_ui->proxyNote->setProblem(own && !empty ? SettingsCheck::proxy(proxyValue()) : QString());
}

void ServicePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    alignLabels();
    if (m_keyWasLooked)
        return;
    m_keyWasLooked = true;
    // The keychain may ask the person something: first the page, then the question.
    QTimer::singleShot(0, m_ui->key, &KeyPanel::look);
}

void ServicePage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_ui->retranslateUi(this);
    m_modelsRemark.clear();
    retranslate();
    alignLabels();
    checkAddress();
    checkModel();
    checkProxy();
}

// The fields of all groups begin at one edge.
void ServicePage::alignLabels() {
    int width = m_ui->pace->labelWidth();
    for (const QLabel* label :
         {m_ui->addressLabel, m_ui->modelLabel, m_ui->keyLabel, m_ui->proxyLabel, m_ui->secondLabel})
        width = std::max(width, label->sizeHint().width());
    m_ui->addressLabel->setMinimumWidth(width);
    m_ui->secondLabel->setMinimumWidth(width);
    m_ui->pace->setLabelWidth(width);
}

void ServicePage::retranslate() {
    m_ui->addressNote->setHelp(tr("OpenRouter, or any service that speaks the same language as OpenAI's."));
    m_ui->fetchModels->setText(m_question == Question::Models ? tr("Stop") : tr("Get the list"));
    m_ui->fetchModels->setAccessibleName(m_question == Question::Models ? tr("Stop asking for models")
                                                                        : tr("Get the list of models"));
    m_ui->proxyKind->setItemText(0, tr("As the system says"));
    m_ui->proxyKind->setItemText(1, tr("None"));
    m_ui->proxyKind->setItemText(2, tr("This one:"));
    m_ui->proxyNote->setHelp(tr("The way to the network that some offices prescribe."));
    m_ui->secondModelNote->setHelp(
        tr("Reads again what was not accepted; both readings are shown side by side."));
    checkModel();
}

}  // namespace tallydesk
