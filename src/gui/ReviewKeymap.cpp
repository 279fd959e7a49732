// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewKeymap.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace tallydesk::ReviewKeymap {

namespace {

// X11 key codes: the number row and the keys behind it.
constexpr int kNumberRowFirst = 10;
constexpr int kNumberRowLast = 19;
constexpr int kMinus = 20;
constexpr int kPlus = 21;

const Qt::KeyboardModifiers kMattering = Qt::ControlModifier | Qt::AltModifier | Qt::ShiftModifier;

/// Signs that need Shift under some layouts and none under others.
bool isSign(int key) {
    return key == Qt::Key_Plus || key == Qt::Key_Question || key == Qt::Key_Minus || key == Qt::Key_Equal;
}

bool isLatin(int key) {
    return key >= Qt::Key_Space && key <= Qt::Key_AsciiTilde;
}

/// Keys that are the same under every layout: Enter, arrows, F1, ...
bool isNamed(int key) {
    return key >= Qt::Key_Escape;
}

}  // namespace

const QList<ReviewKey>& table() {
    using A = ReviewAction;
    using G = KeyGroup;
    const auto ctrl = Qt::ControlModifier;
    const auto alt = Qt::AltModifier;
    static const QList<ReviewKey> keys{
        {A::WriteValue, 0, 0, Qt::NoModifier, G::Number},
        {A::Confirm, Qt::Key_Return, 0, Qt::NoModifier, G::Number},
        {A::Confirm, Qt::Key_Enter, 0, Qt::NoModifier, G::Number},
        {A::ReadingBefore, Qt::Key_Up, 0, Qt::NoModifier, G::Number},
        {A::ReadingAfter, Qt::Key_Down, 0, Qt::NoModifier, G::Number},
        {A::TakeSuggestion, Qt::Key_S, 39, Qt::NoModifier, G::Number},
        {A::Dash, Qt::Key_Minus, kMinus, Qt::NoModifier, G::Number},
        {A::Empty, Qt::Key_Delete, 0, Qt::NoModifier, G::Number},
        {A::OldValue, Qt::Key_Escape, 0, Qt::NoModifier, G::Number},
        {A::Walk, Qt::Key_Tab, 0, Qt::NoModifier, G::Number},
        {A::Accept, Qt::Key_Return, 0, ctrl, G::Ballot},
        {A::Accept, Qt::Key_Enter, 0, ctrl, G::Ballot},
        {A::Skip, Qt::Key_N, 57, Qt::NoModifier, G::Ballot},
        {A::Back, Qt::Key_B, 56, Qt::NoModifier, G::Ballot},
        {A::PaperSaysSo, Qt::Key_P, 33, Qt::NoModifier, G::Ballot},
        {A::Unreadable, Qt::Key_U, 30, Qt::NoModifier, G::Ballot},
        {A::Retry, Qt::Key_R, 27, Qt::NoModifier, G::Ballot},
        {A::Queue, Qt::Key_Q, 24, Qt::NoModifier, G::Ballot},
        {A::WholeForm, Qt::Key_W, 25, Qt::NoModifier, G::Scan},
        {A::ZoomCycle, Qt::Key_Z, 52, Qt::NoModifier, G::Scan},
        {A::ZoomIn, Qt::Key_Plus, kPlus, ctrl, G::Scan},
        {A::ZoomIn, Qt::Key_Equal, 0, ctrl, G::Scan},
        {A::ZoomOut, Qt::Key_Minus, kMinus, ctrl, G::Scan},
        {A::ZoomPage, Qt::Key_0, kNumberRowLast, ctrl, G::Scan},
        {A::MoveUp, Qt::Key_Up, 0, alt, G::Scan},
        {A::MoveDown, Qt::Key_Down, 0, alt, G::Scan},
        {A::MoveLeft, Qt::Key_Left, 0, alt, G::Scan},
        {A::MoveRight, Qt::Key_Right, 0, alt, G::Scan},
        {A::PageBefore, Qt::Key_PageUp, 0, Qt::NoModifier, G::Scan},
        {A::PageAfter, Qt::Key_PageDown, 0, Qt::NoModifier, G::Scan},
        {A::Contrast, Qt::Key_C, 54, Qt::NoModifier, G::Scan},
        {A::Boxes, Qt::Key_X, 53, Qt::NoModifier, G::Scan},
        {A::NextPane, Qt::Key_F6, 0, Qt::NoModifier, G::Scan},
        {A::PaneBefore, Qt::Key_F6, 0, Qt::ShiftModifier, G::Scan},
        {A::Undo, Qt::Key_Z, 52, ctrl, G::Everywhere},
        {A::Redo, Qt::Key_Z, 52, ctrl | Qt::ShiftModifier, G::Everywhere},
        {A::Help, Qt::Key_F1, 0, Qt::NoModifier, G::Everywhere},
        {A::Help, Qt::Key_Question, 0, Qt::NoModifier, G::Everywhere},
    };
    return keys;
}

ReviewAction action(const QKeyEvent& event) {
    const int pressed = event.key();
    const int position = static_cast<int>(event.nativeScanCode());
    Qt::KeyboardModifiers modifiers = event.modifiers() & kMattering;
    if (isSign(pressed))
        modifiers &= ~Qt::ShiftModifier;
    const bool byPosition = position > 0 && !isLatin(pressed) && !isNamed(pressed);
    for (const ReviewKey& entry : table()) {
        if (entry.modifiers != modifiers || entry.key == 0)
            continue;
        if (entry.key == pressed || (byPosition && entry.position != 0 && entry.position == position))
            return entry.action;
    }
    return ReviewAction::None;
}

std::optional<int> digit(const QKeyEvent& event) {
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return std::nullopt;
    const QString text = event.text();
    if (text.size() == 1 && text.front().digitValue() >= 0)
        return text.front().digitValue();
    if (event.key() >= Qt::Key_0 && event.key() <= Qt::Key_9)
        return event.key() - Qt::Key_0;
    const int position = static_cast<int>(event.nativeScanCode());
    const bool plain = !(event.modifiers() & Qt::ShiftModifier);
    if (plain && position >= kNumberRowFirst && position <= kNumberRowLast && event.key() != Qt::Key_Minus)
        return (position - kNumberRowFirst + 1) % 10;
    return std::nullopt;
}

bool isTyped(ReviewAction wanted) {
    for (const ReviewKey& entry : table())
        if (entry.action == wanted)
            return entry.modifiers == Qt::NoModifier && isLatin(entry.key);
    return false;
}

bool isOfScan(ReviewAction wanted) {
    for (const ReviewKey& entry : table())
        if (entry.action == wanted)
            return entry.group == KeyGroup::Scan;
    return false;
}

bool isOnceAPress(ReviewAction wanted) {
    return wanted == ReviewAction::Confirm || wanted == ReviewAction::Accept || wanted == ReviewAction::Retry;
}

QStringList caps(ReviewAction wanted) {
    for (const ReviewKey& entry : table()) {
        if (entry.action != wanted || entry.key == 0)
            continue;
        QStringList texts;
        if (entry.modifiers & Qt::ControlModifier)
            texts.append(QStringLiteral("Ctrl"));
        if (entry.modifiers & Qt::AltModifier)
            texts.append(QStringLiteral("Alt"));
        if (entry.modifiers & Qt::ShiftModifier)
            texts.append(QStringLiteral("Shift"));
        switch (entry.key) {
            case Qt::Key_Return:
                texts.append(QStringLiteral("⏎"));
                break;
            case Qt::Key_Up:
                texts.append(QStringLiteral("↑"));
                break;
            case Qt::Key_Down:
                texts.append(QStringLiteral("↓"));
                break;
            case Qt::Key_Left:
                texts.append(QStringLiteral("←"));
                break;
            case Qt::Key_Right:
                texts.append(QStringLiteral("→"));
                break;
            case Qt::Key_Delete:
                texts.append(QStringLiteral("Del"));
                break;
            case Qt::Key_Escape:
                texts.append(QStringLiteral("Esc"));
                break;
            case Qt::Key_PageUp:
                texts.append(QStringLiteral("PgUp"));
                break;
            case Qt::Key_PageDown:
                texts.append(QStringLiteral("PgDn"));
                break;
            case Qt::Key_Tab:
                texts.append(QStringLiteral("Tab"));
                break;
            case Qt::Key_Minus:
                texts.append(QStringLiteral("−"));
                break;
            case Qt::Key_F1:
                texts.append(QStringLiteral("F1"));
                break;
            case Qt::Key_F6:
                texts.append(QStringLiteral("F6"));
                break;
            default:
                texts.append(QString(QChar(static_cast<char16_t>(entry.key))));
        }
        return texts;
    }
    return wanted == ReviewAction::WriteValue ? QStringList{QStringLiteral("0"), QStringLiteral("9")}
                                              : QStringList();
}

QString description(ReviewAction wanted) {
    const auto say = [](const char* text) { return QCoreApplication::translate("ReviewKeymap", text); };
    switch (wanted) {
        case ReviewAction::None:
            return {};
        case ReviewAction::WriteValue:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "write the value, Thai digits too"));
        case ReviewAction::Confirm:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "confirm, to the next open number"));
        case ReviewAction::ReadingBefore:
        case ReviewAction::ReadingAfter:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "digits, words, second reading"));
        case ReviewAction::TakeSuggestion:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "take the suggestion"));
        case ReviewAction::Dash:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "a dash stands on paper"));
        case ReviewAction::Empty:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "the cell is empty on paper"));
        case ReviewAction::OldValue:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "put the old value back"));
        case ReviewAction::Walk:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "walk without confirming"));
        case ReviewAction::Accept:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "accept"));
        case ReviewAction::Skip:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "skip, comes back later"));
        case ReviewAction::Back:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "back to the one before"));
        case ReviewAction::PaperSaysSo:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "paper says so"));
        case ReviewAction::Unreadable:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "unreadable: number or ballot"));
        case ReviewAction::Retry:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "read again"));
        case ReviewAction::Queue:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "queue"));
        case ReviewAction::WholeForm:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "whole form, and back"));
        case ReviewAction::ZoomCycle:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "zoom: cell, width, page"));
        case ReviewAction::ZoomIn:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "zoom in"));
        case ReviewAction::ZoomOut:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "zoom out"));
        case ReviewAction::ZoomPage:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "fit the page"));
        case ReviewAction::MoveLeft:
        case ReviewAction::MoveRight:
        case ReviewAction::MoveUp:
        case ReviewAction::MoveDown:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "move the scan"));
        case ReviewAction::PageBefore:
        case ReviewAction::PageAfter:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "page before, after"));
        case ReviewAction::Contrast:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "contrast"));
        case ReviewAction::Boxes:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "boxes"));
        case ReviewAction::NextPane:
        case ReviewAction::PaneBefore:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "panel, scan, queue"));
        case ReviewAction::Undo:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "undo"));
        case ReviewAction::Redo:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "redo"));
        case ReviewAction::Help:
            return say(QT_TRANSLATE_NOOP("ReviewKeymap", "this help"));
    }
    return {};
}

}  // namespace tallydesk::ReviewKeymap
