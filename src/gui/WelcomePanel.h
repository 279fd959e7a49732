// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QWidget>
#include <memory>

#include "gui/RecentProjects.h"
#include "gui/Theme.h"

namespace Ui {
class WelcomePanel;
}

namespace tallydesk {

class RecentDelegate;
class RecentModel;

/// What the window shows without a project: where to drop scans, and the projects opened last. GUI thread.
class WelcomePanel final : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePanel(QWidget* parent = nullptr);
    ~WelcomePanel() override;

    void setRecent(const QList<RecentProject>& projects);
    void setMissing(const QStringList& paths);
    void setTheme(const Theme& theme);
    void setOpenKeys(const QKeySequence& keys);
    void setSampleAvailable(bool available);
    /// Scans are held over the window.
    void setDropping(bool dropping);

Q_SIGNALS:
    void openFolderRequested();
    void sampleRequested();
    void openProjectRequested();
    void projectChosen(const QString& path);
    void forgetRequested(const QString& path);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitRecent();
    void updateFrame();
    void choose(const QModelIndex& index);

    const std::unique_ptr<Ui::WelcomePanel> m_ui;
    RecentModel* const m_recent;
    RecentDelegate* const m_delegate;
    Theme m_theme = Theme::light();
    bool m_dropping = false;
};

}  // namespace tallydesk
