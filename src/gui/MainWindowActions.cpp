// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>
#include <QFileDialog>

#include "gui/AboutDialog.h"
#include "gui/BallotPanel.h"
#include "gui/ConsentDialog.h"
#include "gui/ExportDialog.h"
#include "gui/HelpDialog.h"
#include "gui/Icons.h"
#include "gui/LogDialog.h"
#include "gui/MainWindow.h"
#include "gui/ReviewPanel.h"
#include "gui/SessionSecretStore.h"
#include "gui/SettingsDialog.h"
#include "gui/StartDialog.h"
#include "ui_MainWindow.h"

namespace tallydesk {

namespace {

// So few ballots need no forecast of time and cost.
constexpr int kFewBallots = 10;

}  // namespace

void MainWindow::wireActions() {
    const auto on = [this](QAction* action, auto method) {
        connect(action, &QAction::triggered, this, [this, method] { (this->*method)(); });
    };
    // A dialog opens when the choice is over: an assistive program waits for the end of what it pressed, and
    // the dialog would be inside.
    const auto ask = [this](QAction* action, const std::function<void()>& dialog) {
        connect(action, &QAction::triggered, this, dialog, Qt::QueuedConnection);
    };
    // A run with a service begins with questions.
    const auto read = [this](QAction* action, const std::function<void()>& run) {
        connect(action, &QAction::triggered, this, [this, run] {
            if (m_desk.settings().usesService())
                QMetaObject::invokeMethod(this, run, Qt::QueuedConnection);
            else
                run();
        });
    };
    ask(m_ui->openFolder, [this] { chooseFolder(); });
    ask(m_ui->addFiles, [this] { chooseScans(); });
    ask(m_ui->newProject, [this] { chooseProject(true); });
    ask(m_ui->openProject, [this] { chooseProject(false); });
    connect(m_ui->closeProject, &QAction::triggered, &m_desk, &ProjectDesk::closeProject);
    ask(m_ui->exportResults, [this] { exportResults(); });
    ask(m_ui->quit, [this] { close(); });
    on(m_ui->copyRows, &MainWindow::copyRows);
    connect(m_ui->selectAllRows, &QAction::triggered, m_ballots, &BallotPanel::selectAll);
    connect(m_ui->findBallot, &QAction::triggered, this, [this] {
        showMode(Mode::Batch);
        m_ballots->focusFilter();
    });
    ask(m_ui->removeBallots, [this] { removeRows(); });
    ask(m_ui->arrangePages, [this] { arrangePages(); });
    ask(m_ui->moveBallots, [this] { moveRows(); });
    ask(m_ui->settings, [this] { editSettings(); });
    read(m_ui->runPause, [this] { toggleRun(); });
    connect(m_ui->stopRun, &QAction::triggered, &m_desk, &ProjectDesk::stop);
    read(m_ui->retryFailed, [this] {
        QList<int> failed;
        for (int row = 0; row < m_desk.ballots()->count(); ++row)
            if (m_desk.ballots()->stateAt(row) == ShownState::Failed)
                failed.append(row);
        readAgain(failed);
    });
    read(m_ui->readSelected, [this] { readAgain(m_ballots->selectedRows()); });
    // Not triggered(): assistive programs toggle the buttons.
    connect(m_ui->batchMode, &QAction::toggled, this, [this](bool chosen) {
        if (chosen)
            showMode(Mode::Batch);
    });
    connect(m_ui->reviewMode, &QAction::toggled, this, [this](bool chosen) {
        if (chosen && m_mode != Mode::Review)
            beginReview(-1);
    });
    connect(m_ui->reviewBallot, &QAction::triggered, this, [this] { beginReview(m_ballots->currentRow()); });
    connect(m_ui->openScan, &QAction::triggered, this, [this] { openOutside(false); });
    connect(m_ui->showInFolder, &QAction::triggered, this, [this] { openOutside(true); });
    connect(m_ui->fullScreen, &QAction::toggled, this, [this](bool full) {
        setWindowState(full ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    ask(m_ui->help, [this] { HelpDialog(m_theme, findChildren<QAction*>(), this).exec(); });
    ask(m_ui->supportLog, [this] {
        if (m_tools.desk.batch.log)
            LogDialog(*m_tools.desk.batch.log, this).exec();
    });
    m_ui->supportLog->setVisible(m_tools.desk.batch.log != nullptr);
    ask(m_ui->about, [this] { AboutDialog(this).exec(); });

    auto* modes = new QActionGroup(this);
    modes->addAction(m_ui->batchMode);
    modes->addAction(m_ui->reviewMode);
    auto* themes = new QActionGroup(this);
    auto* languages = new QActionGroup(this);
    const std::pair<QAction*, QString> looks[] = {{m_ui->themeSystem, QStringLiteral("system")},
                                                  {m_ui->themeLight, QStringLiteral("light")},
                                                  {m_ui->themeDark, QStringLiteral("dark")}};
    for (const auto& [action, choice] : looks) {
        themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice = choice] {
            AppSettings settings = m_desk.settings();
            settings.theme = choice;
            applySettings(settings);
        });
    }
    const std::pair<QAction*, QString> tongues[] = {{m_ui->languageSystem, QStringLiteral("system")},
                                                    {m_ui->languageEnglish, QStringLiteral("en")},
                                                    {m_ui->languageThai, QStringLiteral("th")}};
    for (const auto& [action, choice] : tongues) {
        languages->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice = choice] {
            AppSettings settings = m_desk.settings();
            settings.language = choice;
            applySettings(settings);
        });
    }

    // Only where the table has the focus: text fields have keys of the same name.
    m_ui->copyRows->setShortcut(QKeySequence::Copy);
    m_ui->removeBallots->setShortcut(QKeySequence::Delete);
    m_ui->selectAllRows->setShortcut(QKeySequence::SelectAll);
    auto* separator = new QAction(this);
    separator->setSeparator(true);
    m_ballots->setRowActions(
        {m_ui->reviewBallot, m_ui->readSelected, m_ui->arrangePages, separator, m_ui->copyRows,
         m_ui->openScan, m_ui->showInFolder, m_ui->moveBallots, m_ui->removeBallots},
        {m_ui->copyRows, m_ui->removeBallots, m_ui->selectAllRows});
    m_ui->runBar->setActions({m_ui->batchMode, m_ui->reviewMode, m_ui->addFiles, m_ui->runPause,
                              m_ui->stopRun, m_ui->retryFailed, m_ui->exportResults, m_ui->undo, m_ui->redo,
                              m_ui->help});
    m_ui->welcome->setOpenKeys(m_ui->openFolder->shortcut());
    fillRecent();
}

void MainWindow::updateActions() {
    using Phase = BatchController::Phase;
    const BallotTableModel& ballots = *m_desk.ballots();
    const Phase phase = m_desk.batch().phase();
    const bool open = m_desk.hasProject();
    const bool some = !m_ballots->selectedRows().isEmpty();
    m_ui->closeProject->setEnabled(open && !m_desk.isBusy());
    m_ui->exportResults->setEnabled(open && ballots.count() > 0);
    m_ui->findBallot->setEnabled(open);
    m_ui->selectAllRows->setEnabled(open && m_mode == Mode::Batch);
    m_ui->copyRows->setEnabled(some && m_mode == Mode::Batch);
    m_ui->removeBallots->setEnabled(some && m_mode == Mode::Batch);
    m_ui->readSelected->setEnabled(some);
    m_ui->arrangePages->setEnabled(some && m_mode == Mode::Batch);
    m_ui->moveBallots->setEnabled(some && m_mode == Mode::Batch);
    m_ui->openScan->setEnabled(m_ballots->currentRow() >= 0);
    m_ui->showInFolder->setEnabled(m_ballots->currentRow() >= 0);
    m_ui->reviewMode->setEnabled(
        open && (m_mode == Mode::Review ||
                 ballots.countOf(ShownState::NeedsReview) + ballots.countOf(ShownState::Failed) > 0));
    m_ui->batchMode->setEnabled(open);
    const int current = m_ballots->currentRow();
    m_ui->reviewBallot->setEnabled(current >= 0 && ballots.at(current).run == RunState::Idle &&
                                   ballots.stateAt(current) != ShownState::NotRead);
    m_ui->stopRun->setEnabled(m_desk.isBusy() && phase != Phase::Stopping);
    m_ui->retryFailed->setEnabled(open && phase != Phase::Stopping &&
                                  ballots.countOf(ShownState::Failed) > 0);

    const bool pausable = phase == Phase::Running || phase == Phase::Preparing;
    m_ui->runPause->setText(pausable ? tr("Pa&use") : phase == Phase::Paused ? tr("&Resume") : tr("&Start"));
    m_ui->runPause->setEnabled(open && phase != Phase::Stopping &&
                               (m_desk.isBusy() || ballots.countOf(ShownState::NotRead) > 0));
    // Setting an icon is told even when it is the same one.
    const QString icon =
        pausable ? QStringLiteral("media-playback-pause") : QStringLiteral("media-playback-start");
    if (m_runIcon != icon) {
        m_runIcon = icon;
        m_ui->runPause->setIcon(Icons::action(icon, m_theme, m_theme.onaccent));
    }
    const bool steps = open && !m_review->isAsking() && (m_mode == Mode::Review || m_queue.current() >= 0);
    m_ui->undo->setEnabled(steps && m_review->undoStack()->canUndo());
    m_ui->redo->setEnabled(steps && m_review->undoStack()->canRedo());
    m_ui->batchMode->setChecked(m_mode == Mode::Batch);
    m_ui->reviewMode->setChecked(m_mode == Mode::Review);
    const AppSettings& settings = m_desk.settings();
    (settings.theme == u"dark"    ? m_ui->themeDark
     : settings.theme == u"light" ? m_ui->themeLight
                                  : m_ui->themeSystem)
        ->setChecked(true);
    (settings.language == u"th"   ? m_ui->languageThai
     : settings.language == u"en" ? m_ui->languageEnglish
                                  : m_ui->languageSystem)
        ->setChecked(true);
}

void MainWindow::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a folder of scans"));
    if (!folder.isEmpty())
        open({folder});
}

void MainWindow::chooseScans() {
    const QStringList files = QFileDialog::getOpenFileNames(
        this, tr("Add scans"), {},
        tr("Scans") + QStringLiteral(" (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.webp *.bmp);;") +
            tr("All files") + QStringLiteral(" (*)"));
    if (!files.isEmpty())
        open(files);
}

void MainWindow::chooseProject(bool fresh) {
    const QString filter = tr("TallyDesk projects") + QStringLiteral(" (*.tallydesk)");
    QString path =
        fresh ? QFileDialog::getSaveFileName(this, tr("New project"), QString(), filter, nullptr,
                                             QFileDialog::DontConfirmOverwrite)
              : QFileDialog::getOpenFileName(this, tr("Open a project"), m_tools.desk.projectFolder, filter);
    if (path.isEmpty())
        return;
    // A project that is there is opened, never written over.
    if (!path.endsWith(QStringLiteral(".tallydesk")))
        path += QStringLiteral(".tallydesk");
    openProject(path);
}

void MainWindow::toggleRun() {
    switch (m_desk.batch().phase()) {
        case BatchController::Phase::Idle: {
            QList<int> unread;
            for (int row = 0; row < m_desk.ballots()->count(); ++row)
                if (m_desk.ballots()->stateAt(row) == ShownState::NotRead)
                    unread.append(row);
            if (!agreeToRun(unread))
                return;
            m_ui->notices->dismiss();
            m_desk.start();
            break;
        }
        case BatchController::Phase::Preparing:
        case BatchController::Phase::Running:
            m_desk.pause();
            break;
        case BatchController::Phase::Paused:
            m_desk.resume();
            break;
        case BatchController::Phase::Stopping:
            break;
    }
}

void MainWindow::readAgain(const QList<int>& rows) {
    if (!agreeToRun(rows))
        return;
    m_ui->notices->dismiss();
    m_desk.readAgain(rows);
}

// A service is told only after a person saw what is sent, and what it takes where that is more than a few
// ballots.
bool MainWindow::agreeToRun(const QList<int>& rows) {
    AppSettings settings = m_desk.settings();
    if (!settings.usesService()) {
        applySettings(settings);
        return true;
    }
    if (!agreeToService(settings))
        return false;
    applySettings(settings);
    // Without a key the run itself says what is missing.
    const Expected<SecretKey> key = m_tools.desk.key();
    if (!key || rows.size() < kFewBallots || m_desk.isBusy())
        return true;
    StartPlan plan;
    plan.settings = settings;
    plan.key = *key;
    plan.ballots = static_cast<int>(rows.size());
    for (const int row : rows)
        plan.pictures += static_cast<int>(m_desk.ballots()->at(row).result.scan.pageNumbers.size());
    plan.costPerBallot = m_desk.meanCost(m_desk.readerId());
    plan.ledgerFolder = m_tools.desk.batch.ledgerFolder;
    StartDialog dialog(plan, m_tools.desk.messages, *m_tools.desk.batch.clock, this, m_tools.http);
    const bool agreed = dialog.exec() == QDialog::Accepted;
    m_desk.setFreeLimits(dialog.freeLimits());
    if (dialog.wantsSettings())
        editSettings();
    return agreed;
}

void MainWindow::chooseReader(const QString& reader) {
    AppSettings settings = m_desk.settings();
    settings.reader = reader;
    if (settings.usesService() && !agreeToService(settings))
        settings.reader = QStringLiteral("on-device");
    applySettings(settings);
}

// Scans leave this computer only after a person said so once.
bool MainWindow::agreeToService(AppSettings& settings) {
    if (settings.aiConsent)
        return true;
    std::optional<int> pictures;
    for (int row = 0; row < m_desk.ballots()->count(); ++row)
        if (m_desk.ballots()->stateAt(row) == ShownState::NotRead)
            pictures = pictures.value_or(0) +
                       static_cast<int>(m_desk.ballots()->at(row).result.scan.pageNumbers.size());
    if (ConsentDialog(settings, pictures, this).exec() != QDialog::Accepted)
        return false;
    settings.aiConsent = true;
    return true;
}

void MainWindow::editSettings() {
    SettingsDialog dialog(m_desk.settings(), *m_tools.secrets, this, m_tools.http);
    if (dialog.exec() != QDialog::Accepted)
        return;
    AppSettings settings = dialog.settings();
    if (settings.usesService() && !agreeToService(settings))
        settings.reader = QStringLiteral("on-device");
    applySettings(settings);
}

void MainWindow::exportResults() {
    ResultsDocument document;
    document.appVersion = QStringLiteral(TALLYDESK_VERSION);
    document.created = m_tools.desk.batch.clock->utcNow();
    document.reader = m_desk.readerId();
    document.ballots = m_desk.ballots()->resultsInIntakeOrder();
    ExportDialog dialog({m_tools.desk.batch.forms, m_tools.desk.messages}, document, this);
    dialog.exec();
}

void MainWindow::fillRecent() {
    m_ui->welcome->setRecent(m_desk.recent().list());
    m_ui->recentMenu->clear();
    for (const RecentProject& project : m_desk.recent().list()) {
        QAction* action =
            m_ui->recentMenu->addAction(QString(project.title).replace(u'&', QStringLiteral("&&")));
        action->setToolTip(project.path);
        connect(action, &QAction::triggered, this, [this, path = project.path] { open({path}); });
    }
    m_ui->recentMenu->setEnabled(!m_desk.recent().list().isEmpty());
}

}  // namespace tallydesk
