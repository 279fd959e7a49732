// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/MessageCatalog.h"
#include "gui/AppSettings.h"
#include "gui/BatchController.h"
#include "gui/Theme.h"

namespace Ui {
class RunStatus;
}

namespace tallydesk {

/// What the status bar says: how far a search or a run is, what waits for a person, and where scans go.
/// GUI thread.
class RunStatus final : public QWidget {
    Q_OBJECT
public:
    explicit RunStatus(MessageCatalog messages, QWidget* parent = nullptr);
    ~RunStatus() override;

    /// Scans are being looked for; a `total` of 0 while files are still listed.
    void showFinding(int done, int total);
    void endFinding();
    void showRun(BatchController::Phase phase, const BatchFigures& figures);
    /// The ballots of the project, for the time without a run.
    void showProject(int ballots, int read, int toReview, int failed);
    void setPlace(const AppSettings& settings);
    /// `unkept`: decisions of a person that could not be written.
    void setSaving(bool saving, bool hasProject, int unkept);
    void setTheme(const Theme& theme);

Q_SIGNALS:
    void cancelFindingRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Finding {
        int done = 0;
        int total = 0;
    };
    struct Project {
        int ballots = 0;
        int read = 0;
        int toReview = 0;
        int failed = 0;
    };

    void update();
    void showPause();

    const std::unique_ptr<Ui::RunStatus> m_ui;
    const MessageCatalog m_messages;
    Theme m_theme = Theme::light();
    std::optional<Finding> m_finding;
    BatchController::Phase m_phase = BatchController::Phase::Idle;
    BatchFigures m_figures;
    Project m_project;
    AppSettings m_settings;
    bool m_saving = false;
    bool m_hasProject = false;
    int m_unkept = 0;
};

}  // namespace tallydesk
