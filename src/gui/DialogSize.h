// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

class QDialog;
class QLabel;
class QListWidget;

namespace tallydesk {

/// Opens a dialog at about `letters` of its font, x wide and y lines high, within its window and screen.
void fitDialog(QDialog& dialog, QSize letters);
/// As wide as its longest entry, with the room that entries have in the style.
void fitNavigation(QListWidget& list);

/// Puts a label at the top of its cell level with the first field beside it.
void alignWithField(QLabel& label);
void alignWithChoice(QLabel& label);

}  // namespace tallydesk
