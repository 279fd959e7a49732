// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "core/MessageCatalog.h"
#include "gui/AppSettings.h"
#include "readers/ai/ServiceInfo.h"

namespace Ui {
class ServicePage;
}

namespace tallydesk {

class ServiceProbe;
class SessionSecretStore;

/// The page of the settings about the AI service. GUI thread.
class ServicePage final : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive the page.
    ServicePage(SessionSecretStore& secrets, ServiceProbe& probe, QWidget* parent = nullptr);
    ~ServicePage() override;

    void setValues(const AppSettings& settings);
    void takeValues(AppSettings& settings) const;
    /// The first field whose value can't be used, with its reason shown; null when all can. Keeps a key that
    /// was entered.
    QWidget* firstProblem();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    enum class Question { None, Models, Key };

    void ask(Question question);
    void answered();
    void takeModels(const QList<ServiceModel>& models);
    void alignLabels();
    void checkAddress();
    void checkModel();
    void checkProxy();
    QString proxyValue() const;
    void retranslate();

    const std::unique_ptr<Ui::ServicePage> m_ui;
    const MessageCatalog m_messages = MessageCatalog::builtIn();
    ServiceProbe& m_probe;
    Question m_question = Question::None;
    QList<ServiceModel> m_models;
    QString m_modelsRemark;
    std::optional<Error> m_modelsFailure;
    bool m_keyWasLooked = false;
};

}  // namespace tallydesk
