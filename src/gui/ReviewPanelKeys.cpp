// SPDX-License-Identifier: GPL-3.0-or-later
// What ReviewPanel does at a key or a button.
#include <QKeyEvent>

#include "gui/ReviewPanel.h"
#include "ui_ReviewPanel.h"

namespace tallydesk {

namespace {

/// A held Enter repeats faster than this.
constexpr auto kHeldEnter = std::chrono::milliseconds(250);
/// Nobody looks at a ballot in less: the second stroke of a doubled key, the second click of a double one.
constexpr auto kUnseen = std::chrono::milliseconds(400);

}  // namespace

void ReviewPanel::confirmAndGoOn() {
    const QString key = m_ui->sheet->current();
    if (key.isEmpty())
        return;
    m_session.confirm(key);
    goOnAfter(key);
}

void ReviewPanel::goOnAfter(const QString& key) {
    const QString next = m_session.nextOpen(key);
    if (!next.isEmpty()) {
        m_ui->sheet->setCurrent(next, true);
    } else if (m_ui->acceptButton->isEnabled()) {
        focusAccept();
    }
}

void ReviewPanel::stepReading(int direction) {
    const QString key = m_ui->sheet->current();
    const QList<ReadingChoice> choices = m_session.choices(key);
    if (choices.isEmpty())
        return;
    const VoteEntry* entry = findEntry(m_session.data(), key);
    qsizetype here = direction > 0 ? -1 : choices.size();
    for (qsizetype i = 0; entry && entry->value && i < choices.size(); ++i)
        if (choices.at(i).value == *entry->value)
            here = i;
    const qsizetype next = (here + direction + choices.size()) % choices.size();
    m_session.endTyping();
    m_session.typeNumber(key, choices.at(next).value);
}

void ReviewPanel::takeSuggestion() {
    const QString key = m_ui->sheet->current();
    if (const auto offer = m_session.suggestion(key)) {
        m_session.endTyping();
        m_session.typeNumber(key, offer->value);
    }
}

void ReviewPanel::accept() {
    if (m_session.canAccept())
        m_session.accept();
}

// While a question is open, keys come from the scan only. Those that look at the scan go on to it.
bool ReviewPanel::performAsking(ReviewAction action) {
    switch (action) {
        case ReviewAction::OldValue:
            closeQuestion();
            return true;
        case ReviewAction::Accept:
            m_ui->decision->settle();
            return true;
        case ReviewAction::NextPane:
        case ReviewAction::PaneBefore:
        case ReviewAction::Help:
            return false;
        default:
            return !ReviewKeymap::isOfScan(action) || action == ReviewAction::WholeForm;
    }
}

bool ReviewPanel::perform(ReviewAction action) {
    if (isAsking())
        return performAsking(action);
    // The ballot that was settled a moment ago was meant, not the one that took its place.
    const bool unseen = m_settledAt && m_clock.now() - *m_settledAt < kUnseen;
    if (unseen && (action == ReviewAction::Accept || action == ReviewAction::Confirm))
        return true;
    const QString key = m_ui->sheet->current();
    const bool number =
        m_session.isOpen() && m_session.form() && !key.isEmpty() && !m_session.form()->headerField(key);
    switch (action) {
        case ReviewAction::Undo:
            m_session.undoStack()->undo();
            return true;
        case ReviewAction::Redo:
            m_session.undoStack()->redo();
            return true;
        case ReviewAction::Skip:
            Q_EMIT skipped();
            return true;
        case ReviewAction::Back:
            Q_EMIT backRequested();
            return true;
        default:
            break;
    }
    if (!m_session.isOpen())
        return false;
    switch (action) {
        case ReviewAction::Confirm:
            confirmAndGoOn();
            return true;
        case ReviewAction::Accept:
            accept();
            return true;
        case ReviewAction::Retry:
            Q_EMIT retryRequested(m_session.original().scan);
            return true;
        case ReviewAction::PaperSaysSo:
            if (m_session.form())
                ask(int(DecisionCard::Question::PaperSaysSo));
            return true;
        case ReviewAction::Unreadable:
            ask(int(DecisionCard::Question::Unreadable));
            return true;
        case ReviewAction::WholeForm:
            m_ui->sheet->setWhole(!m_ui->sheet->isWhole());
            m_follow.start();
            return true;
        case ReviewAction::OldValue:
            if (!key.isEmpty())
                m_session.restore(key);
            return true;
        case ReviewAction::ReadingBefore:
        case ReviewAction::ReadingAfter:
            if (number)
                stepReading(action == ReviewAction::ReadingAfter ? 1 : -1);
            return true;
        case ReviewAction::TakeSuggestion:
            if (number)
                takeSuggestion();
            return true;
        case ReviewAction::Dash:
        case ReviewAction::Empty:
            if (number)
                m_session.setMark(key, action == ReviewAction::Dash ? Mark::Dash : Mark::Blank);
            return true;
        default:
            return false;
    }
}

void ReviewPanel::keyPressEvent(QKeyEvent* event) {
    const ReviewAction action = ReviewKeymap::action(*event);
    if (action == ReviewAction::None) {
        QWidget::keyPressEvent(event);
        return;
    }
    event->accept();
    if (event->isAutoRepeat() && ReviewKeymap::isOnceAPress(action))
        return;
    // Enter is the button's that has the keyboard; those with key caps see to it themselves.
    auto* button = qobject_cast<QPushButton*>(focusWidget());
    if (action == ReviewAction::Confirm && button && button->hasFocus())
        button->click();
    else if (!perform(action))
        Q_EMIT actionRequested(action);
}

bool ReviewPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_ui->acceptButton && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (ReviewKeymap::action(*key) == ReviewAction::Confirm) {
            const bool held =
                key->isAutoRepeat() || (m_reachedAccept && m_clock.now() - *m_reachedAccept < kHeldEnter);
            if (!held)
                perform(ReviewAction::Accept);
            return true;
        }
    }
    const bool ofSheet =
        watched == m_ui->sheet && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize);
    if (ofSheet || (watched == m_ui->scroll->viewport() && event->type() == QEvent::Resize)) {
        // The card above the sheet is as wide as the cards in it.
        QMargins margins = m_ui->firstCardLayout->contentsMargins();
        margins.setRight(margins.left() + m_ui->scroll->width() - m_ui->scroll->viewport()->width());
        m_ui->firstCardLayout->setContentsMargins(margins);
        m_follow.start();
    }
    // A scroll area would scroll with the arrows and page keys of the desk.
    if (watched == m_ui->scroll && event->type() == QEvent::KeyPress &&
        ReviewKeymap::action(*static_cast<QKeyEvent*>(event)) != ReviewAction::None) {
        keyPressEvent(static_cast<QKeyEvent*>(event));
        return event->isAccepted();
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace tallydesk
