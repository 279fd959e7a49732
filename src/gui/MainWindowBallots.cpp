// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does with the ballots that are chosen in the table.
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

#include "gui/ArrangeDialog.h"
#include "gui/BallotPanel.h"
#include "gui/MainWindow.h"
#include "ui_MainWindow.h"

namespace tallydesk {

namespace {

// More pages than this are too many to survey, and would fill the fetcher's whole cache.
constexpr int kMostArranged = 200;

}  // namespace

void MainWindow::copyRows() {
    QGuiApplication::clipboard()->setText(m_ballots->selectionAsText());
}

void MainWindow::removeRows() {
    const QList<int> rows = m_ballots->selectedRows();
    if (rows.isEmpty())
        return;
    QMessageBox box(QMessageBox::Question, tr("Remove from the project"),
                    tr("Remove %n ballot(s) from this project?", nullptr, static_cast<int>(rows.size())),
                    QMessageBox::NoButton, this);
    box.setInformativeText(tr("The scans stay where they are. Adding them again brings back what was read."));
    const QPushButton* remove = box.addButton(tr("Remove"), QMessageBox::AcceptRole);
    box.addButton(QMessageBox::Cancel);
    box.exec();
    if (box.clickedButton() != static_cast<const QAbstractButton*>(remove))
        return;
    if (m_desk.remove(rows) < rows.size())
        m_ui->notices->showNotice({Notice::Kind::Info,
                                   tr("Ballots that are being read stay. Stop the run to remove them."),
                                   {},
                                   {}});
}

void MainWindow::arrangePages() {
    QList<BallotScan> before;
    int settled = 0;
    qsizetype pages = 0;
    bool held = false;
    for (const int row : m_ballots->selectedRows()) {
        const BallotItem& item = m_desk.ballots()->at(row);
        if (item.run != RunState::Idle) {
            held = true;
            continue;
        }
        // A file that could not be opened has a place and no page that anybody has seen.
        if (item.result.scan.pageNumbers.isEmpty())
            continue;
        before.append(item.result.scan);
        pages += item.result.scan.pages.size();
        settled += m_desk.ballots()->stateAt(row) == ShownState::Settled;
    }
    const auto tell = [this](const QString& text) {
        m_ui->notices->showNotice({Notice::Kind::Info, text, {}, {}});
    };
    if (before.isEmpty())
        return tell(held ? tr("These ballots are being read. Stop the run to arrange their pages.")
                         : tr("These files could not be opened, so there are no pages to arrange."));
    if (pages > kMostArranged)
        return tell(
            tr("Choose fewer ballots: at most %n pages can be arranged at a time.", nullptr, kMostArranged));
    ArrangeDialog dialog(before, settled, m_tools.desk.batch.forms, *m_pages, m_theme, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QList<BallotScan> after = dialog.arrangement().ballots();
    if (!m_desk.arrange(before, after))
        return tell(tr("One of these ballots is being read now. Arrange its pages after the run."));
    tell(tr("The pages are arranged. Press Start to read them."));
}

void MainWindow::moveRows() {
    const QList<int> rows = m_ballots->selectedRows();
    if (rows.isEmpty())
        return;
    QString path =
        QFileDialog::getSaveFileName(this, tr("Move to another project"), m_tools.desk.projectFolder,
                                     tr("TallyDesk projects") + QStringLiteral(" (*.tallydesk)"), nullptr,
                                     QFileDialog::DontConfirmOverwrite);
    if (path.isEmpty())
        return;
    // A project that is there is added to, never written over.
    if (!path.endsWith(QStringLiteral(".tallydesk")))
        path += QStringLiteral(".tallydesk");
    if (QFileInfo(path) == QFileInfo(m_desk.projectPath())) {
        m_ui->notices->showNotice(
            {Notice::Kind::Info, tr("This is the project that is open. Choose another one."), {}, {}});
        return;
    }
    if (m_desk.moveTo(path, rows) < rows.size())
        m_ui->notices->showNotice(
            {Notice::Kind::Info, tr("Ballots that are being read stay. Stop the run to move them."), {}, {}});
}

void MainWindow::openOutside(bool folder) {
    const int row = m_ballots->currentRow();
    if (row < 0 || m_desk.ballots()->at(row).result.scan.pages.isEmpty())
        return;
    const QString path = m_desk.ballots()->at(row).result.scan.pages.first().path;
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder ? QFileInfo(path).absolutePath() : path));
}

}  // namespace tallydesk
