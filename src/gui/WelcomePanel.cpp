// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/WelcomePanel.h"

#include <QEvent>
#include <QMenu>

#include "gui/Icons.h"
#include "gui/RecentList.h"
#include "ui_WelcomePanel.h"

namespace tallydesk {

namespace {

constexpr int kDropIcon = 48;
/// Border and padding above and below the recent projects.
constexpr int kRecentFrame = 6;
constexpr int kWide = 1400;

}  // namespace

WelcomePanel::WelcomePanel(QWidget* parent)
    : QWidget(parent),
      m_ui(std::make_unique<Ui::WelcomePanel>()),
      m_recent(new RecentModel(this)),
      m_delegate(new RecentDelegate(this)) {
    m_ui->setupUi(this);
    m_ui->recent->setModel(m_recent);
    m_ui->recent->setItemDelegate(m_delegate);
    m_ui->recent->setMouseTracking(true);
    connect(m_ui->openFolder, &QPushButton::clicked, this, &WelcomePanel::openFolderRequested);
    connect(m_ui->sample, &QPushButton::clicked, this, &WelcomePanel::sampleRequested);
    connect(m_ui->openProject, &QPushButton::clicked, this, &WelcomePanel::openProjectRequested);
    connect(m_ui->recent, &QListView::clicked, this, &WelcomePanel::choose);
    connect(m_ui->recent, &QListView::activated, this, &WelcomePanel::choose);
    connect(m_ui->recent, &QListView::customContextMenuRequested, this, [this](const QPoint& position) {
        const QModelIndex index = m_ui->recent->indexAt(position);
        if (!index.isValid())
            return;
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        const QString path = m_recent->at(index.row()).path;
        menu->addAction(tr("Remove from this list"), this, [this, path] { Q_EMIT forgetRequested(path); });
        menu->popup(m_ui->recent->viewport()->mapToGlobal(position));
    });
    setRecent({});
    setTheme(Theme::light());
}

WelcomePanel::~WelcomePanel() = default;

void WelcomePanel::choose(const QModelIndex& index) {
    // A click and the activation that it may bring are one choice: the window leaves this panel on the first.
    if (index.isValid() && isVisible())
        Q_EMIT projectChosen(m_recent->at(index.row()).path);
}

void WelcomePanel::setRecent(const QList<RecentProject>& projects) {
    m_recent->setProjects(projects);
    m_ui->recentPages->setCurrentWidget(projects.isEmpty() ? m_ui->noRecent
                                                           : static_cast<QWidget*>(m_ui->recent));
    fitRecent();
}

// The frame ends with the last project.
void WelcomePanel::fitRecent() {
    const int row = m_delegate->sizeHint({}, {}).height();
    m_ui->recent->setMaximumHeight(row * std::max(1, m_recent->rowCount()) + kRecentFrame);
}

void WelcomePanel::setMissing(const QStringList& paths) {
    m_recent->setMissing(paths);
}

void WelcomePanel::setOpenKeys(const QKeySequence& keys) {
    m_ui->openFolder->setCaps(keys);
}

void WelcomePanel::setSampleAvailable(bool available) {
    m_ui->sample->setVisible(available);
}

void WelcomePanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_delegate->setTheme(theme);
    m_ui->dropIcon->setPixmap(Icons::action(QStringLiteral("document-open-folder"), theme, theme.accent)
                                  .pixmap(QSize(kDropIcon, kDropIcon), devicePixelRatioF()));
    m_ui->privacyIcon->setPixmap(
        Icons::action(QStringLiteral("computer"), theme).pixmap(QSize(22, 22), devicePixelRatioF()));
    m_ui->openFolder->setIcon(Icons::action(QStringLiteral("document-open-folder"), theme, theme.onaccent));
    updateFrame();
}

void WelcomePanel::setDropping(bool dropping) {
    m_dropping = dropping;
    m_ui->dropTitle->setText(dropping ? tr("Let go to add these scans") : tr("Drop a folder of scans here"));
    updateFrame();
}

void WelcomePanel::updateFrame() {
    const QColor ground = m_dropping ? m_theme.tint : m_theme.surface;
    const QColor edge = m_dropping ? m_theme.accent : m_theme.edge;
    m_ui->dropFrame->setStyleSheet(
        QStringLiteral("QFrame#dropFrame { background: %1; border: 2px dashed %2; border-radius: 8px; }")
            .arg(ground.name(), edge.name()));
    m_ui->recent->setStyleSheet(
        QStringLiteral("QListView { border: 1px solid %1; border-radius: 8px; padding: 2px; }")
            .arg(m_theme.line.name()));
}

void WelcomePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        setDropping(m_dropping);
        fitRecent();
        m_ui->recent->viewport()->update();
    }
    QWidget::changeEvent(event);
}

void WelcomePanel::resizeEvent(QResizeEvent* event) {
    const int side = width() >= kWide ? 96 : 48;
    m_ui->layout->setContentsMargins(side, height() >= 800 ? 64 : 24, side, 24);
    QWidget::resizeEvent(event);
}

}  // namespace tallydesk
