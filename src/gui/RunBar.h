// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <memory>

#include "gui/AppSettings.h"
#include "gui/Theme.h"

class QAction;
class QToolButton;

namespace Ui {
class RunBar;
}

namespace tallydesk {

/// The bar above the panels: the two modes, the run's buttons, and reader, workers and rate. Gives way to
/// narrow windows: first the labels go, then the texts of the buttons. GUI thread.
class RunBar final : public QFrame {
    Q_OBJECT
public:
    /// The actions behind the buttons; they outlive the bar.
    struct Actions {
        QAction* batchMode = nullptr;
        QAction* reviewMode = nullptr;
        QAction* add = nullptr;
        QAction* run = nullptr;
        QAction* stop = nullptr;
        QAction* retry = nullptr;
        QAction* exportResults = nullptr;
        QAction* undo = nullptr;
        QAction* redo = nullptr;
        QAction* help = nullptr;
    };

    explicit RunBar(QWidget* parent = nullptr);
    ~RunBar() override;

    void setActions(const Actions& actions);
    /// What the fields show; emits nothing.
    void setSettings(const AppSettings& settings);
    /// The reader can't be changed while a run goes on; the rate can.
    void setRunning(bool running);
    void setReviewCount(int count);
    /// The review desk has other tools.
    void setReviewing(bool reviewing);
    void setTheme(const Theme& theme);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A person changed reader ("on-device" or "ai"), workers or rate.
    void readerChosen(const QString& reader);
    void workersChosen(int workers);
    void rateChosen(double requestsPerSecond);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void fillReaders();
    void updateRate();
    void fit();
    void show(int level);

    const std::unique_ptr<Ui::RunBar> m_ui;
    AppSettings m_settings;
    Theme m_theme = Theme::light();
    bool m_running = false;
    bool m_reviewing = false;
    int m_reviewCount = 0;
    int m_level = -1;
    bool m_fitting = false;
};

}  // namespace tallydesk
