// SPDX-License-Identifier: GPL-3.0-or-later
// Leaving a project or the window: what is asked before, and what is waited for.
#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>

#include "gui/MainWindow.h"
#include "gui/ReviewPanel.h"

namespace tallydesk {

bool MainWindow::confirmStop() {
    QMessageBox box(QMessageBox::Question, tr("Reading goes on"),
                    tr("Ballots are still being read. Stop reading?"), QMessageBox::NoButton, this);
    box.setInformativeText(tr("What was read is saved. The rest can be read later."));
    const QPushButton* stop = box.addButton(tr("Stop reading"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(tr("Go on"), QMessageBox::RejectRole));
    box.exec();
    if (box.clickedButton() != static_cast<const QAbstractButton*>(stop))
        return false;
    m_desk.stop();
    return true;
}

// Numbers that were typed and not settled live as long as the program only, and so does what the project file
// does not take.
bool MainWindow::confirmLeaving() {
    const auto ask = [this](const QString& title, const QString& text, const QString& loss) {
        QMessageBox box(QMessageBox::Question, title, text, QMessageBox::NoButton, this);
        box.setInformativeText(loss);
        const QPushButton* leave = box.addButton(tr("Leave them"), QMessageBox::DestructiveRole);
        box.setDefaultButton(box.addButton(tr("Go back"), QMessageBox::RejectRole));
        box.exec();
        return box.clickedButton() == static_cast<const QAbstractButton*>(leave);
    };
    if (const int unkept = m_desk.unkeptDecisions();
        unkept > 0 && !ask(tr("Decisions are not saved"),
                           tr("%n decision(s) could not be written to the project file. Leave without them?",
                              nullptr, unkept),
                           tr("They are tried again when you leave; what can't be written then is lost. Go "
                              "back to make room on the disk, or to close the program that holds the file.")))
        return false;
    const int drafts = m_review->draftCount();
    return drafts == 0 ||
           ask(tr("Changes are not settled"),
               tr("You changed %n ballot(s) without settling them. Leave them as they were read?", nullptr,
                  drafts),
               tr("What you typed there is lost. Go back to settle it first."));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_desk.isSaving() && !m_desk.isBusy() && !m_closeWhenSaved) {
        // Whether it can be written is known in a moment; the window closes by itself then.
        event->ignore();
        saveLayout();
        m_closeWhenSaved = true;
        return;
    }
    m_closeWhenSaved = false;
    // What could not be written may have come up since the first question.
    if ((!m_closing || m_desk.unkeptDecisions() > 0) && !confirmLeaving()) {
        m_closing = false;
        event->ignore();
        return;
    }
    if (m_desk.isBusy()) {
        // Never waits here: the window closes by itself when the last ballot under way has ended.
        event->ignore();
        if (m_closing || confirmStop()) {
            m_closing = m_desk.isBusy();
            if (!m_closing)
                close();
        }
        return;
    }
    saveLayout();
    m_desk.noteRecent();
    event->accept();
}

}  // namespace tallydesk
