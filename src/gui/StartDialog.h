// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>
#include <optional>

#include "core/MessageCatalog.h"
#include "gui/AppSettings.h"
#include "gui/ServiceProbe.h"

namespace Ui {
class StartDialog;
}

namespace tallydesk {

/// A batch that is about to be sent to an AI service.
struct StartPlan {
    AppSettings settings;
    SecretKey key;
    int ballots = 0;
    int pictures = 0;
    /// What a ballot has cost so far, in US dollars.
    std::optional<double> costPerBallot;
    QString ledgerFolder;
};

/// Says before a batch begins what it will take: requests, time, cost, and whether key and quota suffice.
/// Asks the service about the key meanwhile. GUI thread; clock and messages outlive it.
class StartDialog final : public QDialog {
    Q_OBJECT
public:
    /// A null `http` is the network.
    StartDialog(StartPlan plan, MessageCatalog messages, const Clock& clock, QWidget* parent = nullptr,
                std::shared_ptr<HttpClient> http = {});
    ~StartDialog() override;

    /// The person would rather change the settings.
    bool wantsSettings() const { return m_wantsSettings; }
    /// What a free key may ask at most, as far as the service said.
    std::optional<FreeLimits> freeLimits() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    const std::unique_ptr<Ui::StartDialog> m_ui;
    const StartPlan m_plan;
    const MessageCatalog m_messages;
    ServiceProbe* const m_probe;
    std::optional<KeyStanding> m_standing;
    std::optional<Error> m_failure;
    bool m_wantsSettings = false;
};

}  // namespace tallydesk
