// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>

#include "gui/AppSettings.h"

namespace Ui {
class ConsentDialog;
}

namespace tallydesk {

/// Asks before scans leave this computer for the first time: what is sent, and where. Accepted means yes and
/// is then kept as AppSettings::aiConsent; anything else keeps the reading on this computer. GUI thread.
class ConsentDialog final : public QDialog {
    Q_OBJECT
public:
    /// `pictures`: how many pages the batch has; nullopt when that is not known yet.
    ConsentDialog(const AppSettings& settings, std::optional<int> pictures, QWidget* parent = nullptr);
    ~ConsentDialog() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    const std::unique_ptr<Ui::ConsentDialog> m_ui;
    const AppSettings m_settings;
    const std::optional<int> m_pictures;
};

}  // namespace tallydesk
