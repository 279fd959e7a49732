// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <memory>

#include "gui/ProjectDesk.h"
#include "gui/Theme.h"

namespace Ui {
class NoticeBar;
}

namespace tallydesk {

/// Says one thing at a time above the panels, until it is closed or something newer is to be said. Never
/// stops anybody. GUI thread.
class NoticeBar final : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    ~NoticeBar() override;

    void showNotice(const Notice& notice);
    /// Takes back a notice about something that is over.
    void dismiss();
    const Notice& notice() const { return m_notice; }
    void setTheme(const Theme& theme);

Q_SIGNALS:
    /// The notice is about something that the settings can mend.
    void settingsRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintKind();

    const std::unique_ptr<Ui::NoticeBar> m_ui;
    Notice m_notice;
    Theme m_theme = Theme::light();
};

}  // namespace tallydesk
