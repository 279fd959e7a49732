// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/MainWindow.h"

#include <QApplication>
#include <QSettings>
#include <utility>

#include "core/Validator.h"
#include "gui/BallotPanel.h"
#include "gui/DesktopNotice.h"
#include "gui/Icons.h"
#include "gui/LanguageSwitcher.h"
#include "gui/MenuCorner.h"
#include "gui/PageFetcher.h"
#include "gui/PreviewPanel.h"
#include "gui/ReviewPanel.h"
#include "gui/RunStatus.h"
#include "gui/ScanDrop.h"
#include "gui/ScrollAccess.h"
#include "gui/SleepInhibitor.h"
#include "ui_MainWindow.h"

namespace tallydesk {

namespace {

const QString kGeometry = QStringLiteral("window/geometry");
const QString kColumns = QStringLiteral("window/columns");
const QString kBatchSplit = QStringLiteral("window/batchSplit");
const QString kReviewSplit = QStringLiteral("window/reviewSplit");

}  // namespace

MainWindow::MainWindow(const WindowTools& tools, QWidget* parent)
    : QMainWindow(parent),
      m_ui(std::make_unique<Ui::MainWindow>()),
      m_tools(tools),
      m_desk(tools.desk),
      m_pages(std::make_unique<PageFetcher>(tools.desk.batch.pages)),
      m_theme(Theme::light()),
      m_queue(m_desk.ballots()) {
    guardScrollAreas();
    m_ui->setupUi(this);
    setMinimumSize(800, 480);
    resize(1280, 720);
    makePanels();
    wireActions();
    wirePanels();
    wireReview();
    wireDesk();
    restoreLayout();
    m_tools.languages->apply(m_desk.settings().language);
    applySettings(m_desk.settings());
    applyLook();
    updateProject();
    m_ui->welcome->setRecent(m_desk.recent().list());
    m_desk.lookForRecent();
}

MainWindow::~MainWindow() {
    // The panels borrow from the members, so they go first; what they tell meanwhile is heard by nobody.
    for (QObject* teller :
         QList<QObject*>{m_review->undoStack(), m_review, m_preview, m_ballots, &m_desk, m_desk.ballots()})
        teller->disconnect(this);
    delete takeCentralWidget();
}

void MainWindow::makePanels() {
    const BallotWords words(m_tools.desk.batch.forms, m_tools.desk.messages);
    m_ballots = new BallotPanel(m_desk.ballots(), m_ui->work);
    m_preview = new PreviewPanel(words, *m_pages, m_ui->work);
    m_ui->work->addWidget(m_ballots);
    m_ui->work->addWidget(m_preview);
    m_review = new ReviewPanel(words, *m_pages, Validator(), *m_tools.desk.batch.clock, m_ui->work);
    m_ui->work->addWidget(m_review);
    m_review->hide();
    m_ui->work->setStretchFactor(0, 5);
    m_ui->work->setStretchFactor(1, 3);
    m_ui->work->setStretchFactor(2, 0);
    m_status = new RunStatus(m_tools.desk.messages, this);
    m_ui->statusBar->addWidget(m_status, 1);
    m_awake = new SleepInhibitor(this);
    m_corner = new MenuCorner(m_ui->menuBar);
    m_ui->menuBar->setCornerWidget(m_corner);
}

void MainWindow::wirePanels() {
    auto* drop = new ScanDrop(this);
    connect(drop, &ScanDrop::hovering, m_ui->welcome, &WelcomePanel::setDropping);
    connect(drop, &ScanDrop::dropped, this, &MainWindow::open);
    connect(m_ui->welcome, &WelcomePanel::openFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_ui->welcome, &WelcomePanel::sampleRequested, this, [this] { open({m_tools.sampleFolder}); });
    connect(m_ui->welcome, &WelcomePanel::openProjectRequested, this, [this] { chooseProject(false); });
    connect(m_ui->welcome, &WelcomePanel::projectChosen, this, &MainWindow::openProject);
    connect(m_ui->welcome, &WelcomePanel::forgetRequested, &m_desk, &ProjectDesk::forgetProject);
    m_ui->welcome->setSampleAvailable(!m_tools.sampleFolder.isEmpty());
    connect(m_ui->runBar, &RunBar::readerChosen, this, &MainWindow::chooseReader);
    connect(m_ui->runBar, &RunBar::workersChosen, this, [this](int workers) {
        AppSettings settings = m_desk.settings();
        settings.workers = workers;
        applySettings(settings);
    });
    connect(m_ui->runBar, &RunBar::rateChosen, this, [this](double rate) {
        AppSettings settings = m_desk.settings();
        settings.requestsPerSecond = rate;
        applySettings(settings);
    });
    connect(m_corner, &MenuCorner::languageChosen, this, [this](const QString& language) {
        AppSettings settings = m_desk.settings();
        settings.language = language;
        applySettings(settings);
    });
    connect(m_ui->notices, &NoticeBar::settingsRequested, this, &MainWindow::editSettings);
    connect(m_status, &RunStatus::cancelFindingRequested, &m_desk, &ProjectDesk::cancelFinding);
    connect(m_ballots, &BallotPanel::currentChanged, this, &MainWindow::showCurrent);
    connect(m_ballots, &BallotPanel::selectionChanged, this, &MainWindow::updateActions);
    connect(m_ballots, &BallotPanel::activated, this, &MainWindow::beginReview);
}

void MainWindow::wireDesk() {
    connect(&m_desk, &ProjectDesk::projectChanged, this, &MainWindow::updateProject);
    connect(&m_desk, &ProjectDesk::recentChanged, this, &MainWindow::fillRecent);
    connect(&m_desk, &ProjectDesk::recentPresence, m_ui->welcome, &WelcomePanel::setMissing);
    connect(&m_desk, &ProjectDesk::findingProgress, m_status, &RunStatus::showFinding);
    connect(&m_desk, &ProjectDesk::findingChanged, this, &MainWindow::updateProject);
    connect(&m_desk, &ProjectDesk::scansAdded, this, [this](int firstRow, int count) {
        if (m_ballots->currentRow() < 0)
            m_ballots->setCurrentRow(count > 0 ? firstRow : 0);
        if (m_mode == Mode::Batch && !m_ballots->isAncestorOf(focusWidget()))
            m_ballots->focusTable();
        updateProject();
    });
    connect(&m_desk, &ProjectDesk::phaseChanged, this, &MainWindow::updateRun);
    connect(&m_desk, &ProjectDesk::figuresChanged, this,
            [this] { m_status->showRun(m_desk.batch().phase(), m_desk.batch().figures()); });
    connect(&m_desk, &ProjectDesk::savingChanged, this, &MainWindow::updateSaving);
    connect(&m_desk, &ProjectDesk::noticed, m_ui->notices, &NoticeBar::showNotice);
    connect(&m_desk, &ProjectDesk::runEnded, this, [this](const RunEnd& end) {
        updateRun();
        if (m_closing) {
            close();
            return;
        }
        if (const QString next = std::exchange(m_openNext, {}); !next.isEmpty()) {
            m_desk.openProject(next);
            return;
        }
        if (end.byUser || end.stopped)
            return;
        const QString text = outcomeText();
        const bool open = m_desk.ballots()->countOf(ShownState::NeedsReview) +
                              m_desk.ballots()->countOf(ShownState::Failed) >
                          0;
        m_ui->notices->showNotice({open ? Notice::Kind::Warning : Notice::Kind::Info, text, {}, {}});
        DesktopNotice::show(this, tr("Reading has ended"), text);
    });
    connect(m_desk.ballots(), &BallotTableModel::countsChanged, this, &MainWindow::updateCounts);
    connect(m_desk.ballots(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                const int row = m_ballots->currentRow();
                if (m_mode == Mode::Batch && row >= first.row() && row <= last.row())
                    showCurrent();
            });
}

// Of the whole project, also what was read before: the numbers that the table and Review show.
QString MainWindow::outcomeText() const {
    const BallotTableModel& ballots = *m_desk.ballots();
    const int toReview = ballots.countOf(ShownState::NeedsReview);
    const int failed = ballots.countOf(ShownState::Failed);
    const QString done =
        ballots.countOf(ShownState::NotRead) == 0
            ? tr("All %n ballot(s) are done", nullptr, ballots.count())
            : tr("%n ballot(s) are done", nullptr, ballots.count() - ballots.countOf(ShownState::NotRead));
    QStringList open;
    if (toReview > 0)
        open.append(tr("%n need(s) review", nullptr, toReview));
    if (failed > 0)
        open.append(tr("%n failed", nullptr, failed));
    return open.isEmpty() ? tr("%1. Nothing needs review. You can export now.").arg(done)
                          : tr("%1: %2. Open Review to settle them.").arg(done, open.join(tr(", ")));
}

void MainWindow::open(const QStringList& paths) {
    if (paths.size() == 1 && paths.first().endsWith(QStringLiteral(".tallydesk"))) {
        openProject(paths.first());
        return;
    }
    m_desk.addScans(paths);
}

// What is under way belongs to the project at hand: another one is opened when its last ballot has ended.
void MainWindow::openProject(const QString& path) {
    if (!m_desk.isBusy()) {
        m_desk.openProject(path);
        return;
    }
    if (!confirmStop())
        return;
    m_openNext = path;
    if (!m_desk.isBusy())
        m_desk.openProject(std::exchange(m_openNext, {}));
}

void MainWindow::applySettings(const AppSettings& settings) {
    const AppSettings before = m_desk.settings();
    m_desk.setSettings(settings);
    applyProxy(settings.proxy);
    m_ui->runBar->setSettings(settings);
    m_status->setPlace(settings);
    if (settings.language != before.language)
        m_tools.languages->apply(settings.language);
    if (settings.language != before.language || settings.theme != before.theme)
        applyLook();
}

void MainWindow::applyLook() {
    // What the desktop's own palette says, from before this program set one.
    static const bool systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    const QString& choice = m_desk.settings().theme;
    const bool dark = choice == u"dark" || (choice == u"system" && systemIsDark);
    m_theme = dark ? Theme::dark() : Theme::light();
    applyTheme(*qApp, m_theme);
    const QList<QAction*> actions = findChildren<QAction*>();
    for (QAction* action : actions)
        if (const QString icon = action->property("iconName").toString(); !icon.isEmpty())
            action->setIcon(Icons::action(icon, m_theme));
    m_runIcon.clear();
    m_ui->welcome->setTheme(m_theme);
    m_ui->runBar->setTheme(m_theme);
    m_ui->notices->setTheme(m_theme);
    m_desk.ballots()->setTheme(m_theme);
    m_ballots->setTheme(m_theme);
    m_preview->setTheme(m_theme);
    m_review->setTheme(m_theme);
    m_status->setTheme(m_theme);
    m_corner->setTheme(m_theme);
    updateActions();
}

void MainWindow::retranslate() {
    m_ui->retranslateUi(this);
    m_desk.ballots()->retranslate();
    updateProject();
    updateRun();
    applyLook();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::restoreLayout() {
    const QSettings& store = *m_tools.desk.settings;
    restoreGeometry(store.value(kGeometry).toByteArray());
    m_batchSplit = store.value(kBatchSplit).toByteArray();
    m_reviewSplit = store.value(kReviewSplit).toByteArray();
    if (const QByteArray columns = store.value(kColumns).toByteArray(); !columns.isEmpty())
        m_ballots->restoreColumns(columns);
    if (m_batchSplit.isEmpty() || !m_ui->work->restoreState(m_batchSplit))
        m_ui->work->setSizes({width() * 17 / 25, width() * 8 / 25, 0});
}

void MainWindow::saveLayout() const {
    QSettings& store = *m_tools.desk.settings;
    store.setValue(kGeometry, saveGeometry());
    store.setValue(kColumns, m_ballots->saveColumns());
    store.setValue(kBatchSplit, m_mode == Mode::Batch ? m_ui->work->saveState() : m_batchSplit);
    store.setValue(kReviewSplit, m_mode == Mode::Review ? m_ui->work->saveState() : m_reviewSplit);
}

void MainWindow::updateProject() {
    const bool open = m_desk.hasProject();
    m_ui->pages->setCurrentWidget(open ? static_cast<QWidget*>(m_ui->work) : m_ui->welcome);
    m_ui->runBar->setVisible(open);
    m_corner->setProject(open ? m_desk.projectTitle() : QString());
    setWindowTitle(open ? QStringLiteral("%1 – TallyDesk").arg(m_desk.projectTitle())
                        : QStringLiteral("TallyDesk"));
    updateSaving();
    if (!m_desk.isFinding())
        m_status->endFinding();
    m_ballots->setEmptyText(
        m_desk.isFinding()
            ? tr("Looking through the scans. The ballots appear here when all are looked through.")
            : tr("No scans yet. Drop a folder or files here, or use Add Scans."));
    if (!open) {
        m_ui->notices->dismiss();
        m_queue.clear();
        m_review->clear();
        showMode(Mode::Batch);
        m_preview->clear();
    }
    updateCounts();
}

void MainWindow::updateSaving() {
    const int unkept = m_desk.unkeptDecisions();
    m_status->setSaving(m_desk.isSaving(), m_desk.hasProject(), unkept);
    if (m_unkept > 0 && unkept == 0) {
        if (m_ui->notices->notice().code == u"store.review_not_kept")
            m_ui->notices->dismiss();
        m_ui->notices->showNotice({Notice::Kind::Info, tr("All decisions are saved."), {}, {}});
    }
    m_unkept = unkept;
    // Told from within the work of the session, which a question would hold up.
    if (m_closeWhenSaved && !m_desk.isSaving()) {
        m_closeWhenSaved = false;
        QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    }
}

void MainWindow::updateRun() {
    m_ui->runBar->setRunning(m_desk.isBusy());
    m_status->showRun(m_desk.batch().phase(), m_desk.batch().figures());
    if (m_desk.isBusy())
        m_awake->hold(tr("Tally forms are being read"));
    else
        m_awake->release();
    updateActions();
}

void MainWindow::updateCounts() {
    const BallotTableModel& ballots = *m_desk.ballots();
    const int toReview = ballots.countOf(ShownState::NeedsReview);
    const int failed = ballots.countOf(ShownState::Failed);
    const int read = toReview + failed + ballots.countOf(ShownState::Accepted) +
                     ballots.countOf(ShownState::Settled) + ballots.countOf(ShownState::Unreadable);
    m_status->showProject(ballots.count(), read, toReview, failed);
    m_ui->runBar->setReviewCount(toReview + failed);
    updateActions();
}

}  // namespace tallydesk
