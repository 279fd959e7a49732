// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <Qt>
#include <optional>

class QKeyEvent;

namespace tallydesk {

/// What a key of the review desk does.
enum class ReviewAction {
    None,
    WriteValue,  // in the help only: digits are ReviewKeymap::digit()
    Confirm,
    ReadingBefore,
    ReadingAfter,
    TakeSuggestion,
    Dash,
    Empty,
    OldValue,
    Walk,  // in the help only: Tab is the toolkit's
    Accept,
    Skip,
    Back,
    PaperSaysSo,
    Unreadable,
    Retry,
    Queue,
    WholeForm,
    ZoomCycle,
    ZoomIn,
    ZoomOut,
    ZoomPage,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    PageBefore,
    PageAfter,
    Contrast,
    Boxes,
    NextPane,
    PaneBefore,
    Undo,
    Redo,
    Help,
};

enum class KeyGroup { Number, Ballot, Scan, Everywhere };

/// One key of the table. `position` is the key's place on the keyboard (X11 key code), by which it is known
/// under layouts that write other letters there; 0 for keys that are the same under every layout.
struct ReviewKey {
    ReviewAction action = ReviewAction::None;
    int key = 0;
    int position = 0;
    Qt::KeyboardModifiers modifiers = Qt::NoModifier;
    KeyGroup group = KeyGroup::Ballot;
};

/// The one table of the review desk's keys: event filter, key caps and help all read it. Stateless; any
/// thread.
namespace ReviewKeymap {

const QList<ReviewKey>& table();
/// What this key does; None when it is not ours. Latin letters are taken as written, others by position.
ReviewAction action(const QKeyEvent& event);
/// The digit that this key writes: Arabic or Thai, keypad, or the number row under any layout.
std::optional<int> digit(const QKeyEvent& event);
/// True for keys that are letters or signs without Ctrl or Alt, which a text field writes.
bool isTyped(ReviewAction action);
/// True for keys that look at the scan or go to it.
bool isOfScan(ReviewAction action);
/// What a key does once however long it is held: it ends work on something and goes on to what was not seen.
bool isOnceAPress(ReviewAction action);
/// The caps of an action's first key: {"Ctrl", "⏎"}.
QStringList caps(ReviewAction action);
/// What an action does, for the help, in the language of the window.
QString description(ReviewAction action);

}  // namespace ReviewKeymap

}  // namespace tallydesk
