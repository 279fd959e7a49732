// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>

#include "gui/AppSettings.h"
#include "net/HttpClient.h"

namespace Ui {
class SettingsDialog;
}

namespace tallydesk {

class ServicePage;
class ServiceProbe;
class SessionSecretStore;

/// Shows and takes the choices of AppSettings, each with a sentence of help; a value that can't be used is
/// explained at its field and holds the dialog open. The key goes to the store, never into the settings.
/// GUI thread.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    /// The parts of the settings, in the order of the navigation.
    enum class Page { Reader, Service, Review, Display };

    /// `secrets` must outlive the dialog. A null `http` is the network.
    SettingsDialog(AppSettings settings, SessionSecretStore& secrets, QWidget* parent = nullptr,
                   std::shared_ptr<HttpClient> http = {});
    ~SettingsDialog() override;

    void showPage(Page page);
    /// What stands in the fields. Consent is dropped when the service's address has changed.
    AppSettings settings() const;

    void accept() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void setValues(const AppSettings& settings);
    void retranslate();
    QWidget* firstProblem();

    const std::unique_ptr<Ui::SettingsDialog> m_ui;
    const AppSettings m_before;
    ServiceProbe* const m_probe;
    ServicePage* const m_service;
};

}  // namespace tallydesk
