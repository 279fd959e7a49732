// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>

#include "core/Validator.h"
#include "gui/BallotPanel.h"
#include "gui/MainWindow.h"
#include "gui/PageFetcher.h"
#include "gui/PreviewPanel.h"
#include "gui/ReviewPanel.h"
#include "ui_MainWindow.h"

namespace tallydesk {

namespace {

// So many ballots are decoded ahead of the one that is looked at.
constexpr int kAhead = 2;
// The review panel's share of the window, in pixels at the usual text size; the scan takes the rest.
constexpr int kReviewWidth = 696;

}  // namespace

void MainWindow::wireReview() {
    connect(m_preview, &PreviewPanel::fieldClicked, this, [this](const QString& key) {
        if (m_mode == Mode::Batch && m_ui->reviewBallot->isEnabled())
            beginReview(m_ballots->currentRow());
        if (m_mode == Mode::Review)
            m_review->focusField(key);
    });
    connect(m_preview, &PreviewPanel::actionRequested, this, [this](ReviewAction action) {
        if (m_mode == Mode::Review && !m_review->perform(action))
            performReview(action);
    });
    connect(m_review, &ReviewPanel::actionRequested, this, [this](ReviewAction action) {
        if (!m_preview->perform(action))
            performReview(action);
    });
    connect(m_review, &ReviewPanel::ballotShown, this, &MainWindow::followReview);
    connect(m_review, &ReviewPanel::askingChanged, this, &MainWindow::updateActions);
    connect(m_review, &ReviewPanel::fieldFocused, m_preview, &PreviewPanel::focusField);
    connect(m_review, &ReviewPanel::draftChanged, m_preview, &PreviewPanel::updateBallot);
    connect(m_review, &ReviewPanel::settled, this,
            [this](const BallotResult& result, const QList<Correction>& corrections) {
                m_desk.keepReview(result, corrections);
                nextReview();
            });
    connect(m_review, &ReviewPanel::reopened, this,
            [this](const BallotResult& result, const QList<Correction>& corrections) {
                m_desk.keepReview(result, corrections);
                m_queue.goTo(result.scan);
                showReview();
            });
    connect(m_review, &ReviewPanel::batchRequested, this, [this] { showMode(Mode::Batch); });
    connect(m_review, &ReviewPanel::skipped, this, &MainWindow::nextReview);
    connect(m_review, &ReviewPanel::backRequested, this, [this] {
        if (m_queue.back())
            showReview();
    });
    connect(m_review, &ReviewPanel::retryRequested, this, [this](const BallotScan& scan) {
        const BallotTableModel& ballots = *m_desk.ballots();
        if (const int row = ballots.rowOf(scan); row >= 0)
            readAgain({row});
        // A run asks before it begins, and may not begin.
        if (const int row = ballots.rowOf(scan); row >= 0 && ballots.at(row).run != RunState::Idle)
            nextReview();
    });
    QUndoStack* undo = m_review->undoStack();
    connect(m_ui->undo, &QAction::triggered, this, [this] { takeStep(&QUndoStack::undo); });
    connect(m_ui->redo, &QAction::triggered, this, [this] { takeStep(&QUndoStack::redo); });
    const BallotTableModel* ballots = m_desk.ballots();
    connect(ballots, &QAbstractItemModel::dataChanged, this,
            [this, ballots](const QModelIndex& first, const QModelIndex& last) {
                for (int row = first.row(); row <= last.row(); ++row)
                    m_review->noteBallot(ballots->at(row).result);
            });
    const auto noteRemoved = [this, ballots] {
        m_review->noteRemoved([ballots](const BallotScan& scan) { return ballots->rowOf(scan) >= 0; });
    };
    connect(ballots, &QAbstractItemModel::rowsRemoved, this, noteRemoved);
    connect(ballots, &QAbstractItemModel::modelReset, this, noteRemoved);
    connect(undo, &QUndoStack::canUndoChanged, this, &MainWindow::updateActions);
    connect(undo, &QUndoStack::canRedoChanged, this, &MainWindow::updateActions);
}

// Settling the last ballot leads to the list, and is taken back from there: the step is seen being taken.
void MainWindow::takeStep(void (QUndoStack::*step)()) {
    if (m_mode == Mode::Batch && m_queue.current() >= 0) {
        showMode(Mode::Review);
        showReview();
        m_review->focusWork();
    }
    (m_review->undoStack()->*step)();
}

bool MainWindow::performReview(ReviewAction action) {
    switch (action) {
        case ReviewAction::Queue:
            showMode(Mode::Batch);
            return true;
        case ReviewAction::Help:
            m_ui->help->trigger();
            return true;
        case ReviewAction::NextPane:
        case ReviewAction::PaneBefore:
            if (m_review->isAncestorOf(focusWidget()))
                m_preview->view()->setFocus(Qt::ShortcutFocusReason);
            else
                m_review->focusWork();
            return true;
        default:
            return false;
    }
}

void MainWindow::showCurrent() {
    if (m_mode != Mode::Batch)
        return;
    const int row = m_ballots->currentRow();
    if (row < 0) {
        m_preview->clear();
        updateActions();
        return;
    }
    m_preview->showBallot(m_desk.ballots()->at(row).result);
    QList<BallotScan> near;
    for (const int neighbour : m_ballots->rowsAround(row, kAhead))
        near.append(m_desk.ballots()->at(neighbour).result.scan);
    m_pages->prefetch(near);
    updateActions();
}

void MainWindow::showMode(Mode mode) {
    if (m_mode != mode) {
        (m_mode == Mode::Batch ? m_batchSplit : m_reviewSplit) = m_ui->work->saveState();
        m_mode = mode;
        const bool review = mode == Mode::Review;
        m_ballots->setVisible(!review);
        m_review->setVisible(review);
        m_preview->setTitleVisible(!review);
        const QByteArray& split = review ? m_reviewSplit : m_batchSplit;
        if (split.isEmpty() || !m_ui->work->restoreState(split))
            m_ui->work->setSizes({review ? 0 : width() * 17 / 25,
                                  review ? width() - kReviewWidth : width() * 8 / 25,
                                  review ? kReviewWidth : 0});
        m_ui->runBar->setReviewing(review);
        if (!review) {
            m_preview->focusField({});
            m_preview->perform(ReviewAction::ZoomPage);
            m_ballots->setCurrentRow(m_queue.current());
            m_ballots->focusTable();
            showCurrent();
        }
    }
    updateActions();
}

void MainWindow::beginReview(int row) {
    const BallotTableModel& ballots = *m_desk.ballots();
    if (row >= 0 && (ballots.at(row).run != RunState::Idle || ballots.stateAt(row) == ShownState::NotRead)) {
        updateActions();
        return;
    }
    // From the menu: at the ballot that is looked at, when it needs a person, else at the first that does.
    const int current = m_ballots->currentRow();
    if (row < 0 && m_mode == Mode::Batch && current >= 0 && ReviewQueue::isOpen(ballots.stateAt(current)))
        row = current;
    if (m_mode == Mode::Batch || row >= 0)
        m_queue.begin(m_ballots->orderedRows(), row);
    if (m_queue.current() < 0) {
        updateActions();
        return;
    }
    m_ui->notices->dismiss();
    showMode(Mode::Review);
    showReview();
    m_review->focusWork();
}

void MainWindow::showReview() {
    const int row = m_queue.current();
    if (row < 0) {
        showMode(Mode::Batch);
        return;
    }
    m_queue.takeNew(m_ballots->orderedRows());
    const BallotResult& result = m_desk.ballots()->at(row).result;
    m_preview->showBallot(result);
    m_review->setReviewer(m_desk.settings().reviewer);
    m_review->showBallot(result, m_queue.position(), m_queue.count());
    QList<BallotScan> ahead;
    for (const int next : m_queue.ahead(kAhead))
        ahead.append(m_desk.ballots()->at(next).result.scan);
    m_pages->prefetch(ahead);
}

// A step back may belong to another ballot than the one that was looked at.
void MainWindow::followReview(const BallotResult& ballot) {
    const int row = m_desk.ballots()->rowOf(ballot.scan);
    if (row >= 0 && row != m_queue.current()) {
        m_queue.goTo(ballot.scan);
        m_review->setPosition(m_queue.position(), m_queue.count());
        // Once the step is done: the ballot may have been read anew since.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_mode == Mode::Review)
                    showReview();
            },
            Qt::QueuedConnection);
    }
    m_preview->showBallot(ballot);
}

void MainWindow::nextReview() {
    m_queue.takeNew(m_ballots->orderedRows());
    if (m_queue.next()) {
        showReview();
        return;
    }
    const int settled = m_queue.count();
    showMode(Mode::Batch);
    int unread = 0;
    for (const ShownState state :
         {ShownState::NotRead, ShownState::Waiting, ShownState::Reading, ShownState::Retrying})
        unread += m_desk.ballots()->countOf(state);
    const QString text =
        unread == 0 ? tr("All %n ballot(s) are settled. You can export now.", nullptr, settled)
                    : tr("Nothing needs review now. %n ballot(s) are still to be read.", nullptr, unread);
    m_ui->notices->showNotice({Notice::Kind::Info, text, {}, {}});
}

}  // namespace tallydesk
