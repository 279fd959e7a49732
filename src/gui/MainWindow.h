// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMainWindow>
#include <memory>

#include "gui/ProjectDesk.h"
#include "gui/ReviewKeymap.h"
#include "gui/ReviewQueue.h"
#include "gui/Theme.h"

class QUndoStack;

namespace Ui {
class MainWindow;
}

namespace tallydesk {

class BallotPanel;
class HttpClient;
class LanguageSwitcher;
class MenuCorner;
class PageFetcher;
class PreviewPanel;
class ReviewPanel;
class RunStatus;
class SessionSecretStore;
class SleepInhibitor;

/// What the window needs from outside. Pointers outlive it.
struct WindowTools {
    DeskTools desk;
    SessionSecretStore* secrets = nullptr;
    LanguageSwitcher* languages = nullptr;
    /// Asks the AI service about a key before a batch; null is the network.
    std::shared_ptr<HttpClient> http;
    /// The scans that ship with the program; empty where there are none.
    QString sampleFolder;
};

/// The window: composes the panels and wires them; no panel knows another. GUI thread.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const WindowTools& tools, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Scans and folders, or one project file.
    void open(const QStringList& paths);
    ProjectDesk& desk() { return m_desk; }

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    enum class Mode { Batch, Review };

    // MainWindow.cpp: composition and wiring.
    void makePanels();
    void wirePanels();
    void wireDesk();
    void applySettings(const AppSettings& settings);
    void applyLook();
    void retranslate();
    void restoreLayout();
    void saveLayout() const;
    void updateProject();
    void updateRun();
    void updateSaving();
    QString outcomeText() const;
    void updateCounts();
    void showMode(Mode mode);
    bool confirmStop();
    bool confirmLeaving();
    void openProject(const QString& path);

    // MainWindowActions.cpp: what menus, buttons and keys do.
    void wireActions();
    void updateActions();
    void chooseFolder();
    void chooseScans();
    void chooseProject(bool fresh);
    void toggleRun();
    void readAgain(const QList<int>& rows);
    void chooseReader(const QString& reader);
    bool agreeToService(AppSettings& settings);
    bool agreeToRun(const QList<int>& rows);
    void editSettings();
    void exportResults();
    void fillRecent();

    // MainWindowBallots.cpp: what is done with the ballots that are chosen.
    void copyRows();
    void removeRows();
    void arrangePages();
    void moveRows();
    void openOutside(bool folder);

    // MainWindowReview.cpp: the way through the ballots that need a person.
    void wireReview();
    bool performReview(ReviewAction action);
    void beginReview(int row);
    void showReview();
    void takeStep(void (QUndoStack::*step)());
    void followReview(const BallotResult& ballot);
    void nextReview();
    void showCurrent();

    const std::unique_ptr<Ui::MainWindow> m_ui;
    const WindowTools m_tools;
    ProjectDesk m_desk;
    const std::unique_ptr<PageFetcher> m_pages;
    BallotPanel* m_ballots = nullptr;
    PreviewPanel* m_preview = nullptr;
    ReviewPanel* m_review = nullptr;
    RunStatus* m_status = nullptr;
    MenuCorner* m_corner = nullptr;
    SleepInhibitor* m_awake = nullptr;
    Theme m_theme;
    /// The icon that Start and Pause has now.
    QString m_runIcon;
    Mode m_mode = Mode::Batch;
    ReviewQueue m_queue;
    /// Splitter sizes of each mode.
    QByteArray m_batchSplit;
    QByteArray m_reviewSplit;
    /// Opened once the run has ended.
    QString m_openNext;
    /// Close once the run has ended.
    bool m_closing = false;
    /// Close once it is known what is on disk.
    bool m_closeWhenSaved = false;
    /// Decisions that the project file did not take, as last told.
    int m_unkept = 0;
};

}  // namespace tallydesk
