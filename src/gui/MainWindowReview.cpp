// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BallotPanel.h"
#include "gui/MainWindow.h"
#include "gui/PageFetcher.h"
#include "gui/PreviewPanel.h"
#include "ui_MainWindow.h"

namespace tallydesk {

namespace {

// So many ballots are decoded ahead of the one that is looked at.
constexpr int kAhead = 2;

}  // namespace

void MainWindow::showCurrent() {
    const int row = m_ballots->currentRow();
    if (m_mode != Mode::Batch)
        return;
    if (row < 0) {
        m_preview->clear();
        updateActions();
        return;
    }
    m_preview->showBallot(m_desk.ballots()->at(row).result);
    const QList<int> shown = m_ballots->shownRows();
    const qsizetype place = shown.indexOf(row);
    QList<BallotScan> ahead;
    for (qsizetype i = place + 1; i < shown.size() && ahead.size() < kAhead; ++i)
        ahead.append(m_desk.ballots()->at(shown[i]).result.scan);
    if (place > 0)
        ahead.append(m_desk.ballots()->at(shown[place - 1]).result.scan);
    m_pages->prefetch(ahead);
    updateActions();
}

void MainWindow::showMode(Mode mode) {
    m_mode = mode;
    updateActions();
}

void MainWindow::beginReview(int) {}
void MainWindow::showReview() {}
void MainWindow::nextReview() {}
void MainWindow::settle(const BallotResult& result, const QList<Correction>& corrections) {
    m_desk.keepReview(result, corrections);
}

}  // namespace tallydesk
