// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/DialogSize.h"

#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QScreen>

namespace tallydesk {

void fitDialog(QDialog& dialog, QSize letters) {
    const QFontMetrics metrics = dialog.fontMetrics();
    QSize size(letters.width() * metrics.horizontalAdvance(u'M'), letters.height() * metrics.lineSpacing());
    QSize room = dialog.screen()->availableGeometry().size() * 9 / 10;
    if (const QWidget* parent = dialog.parentWidget())
        room = room.boundedTo(parent->window()->size() - QSize(32, 32));
    size = size.boundedTo(room).expandedTo(dialog.minimumSizeHint().boundedTo(room));
    dialog.resize(size);
}

void fitNavigation(QListWidget& list) {
    int width = 0;
    for (int i = 0; i < list.count(); ++i)
        width = qMax(width, list.fontMetrics().horizontalAdvance(list.item(i)->text()));
    // Entries stand 12 from the edges in a list with margins of 8; the current one is bold.
    list.setFixedWidth(width * 11 / 10 + 2 * 12 + 2 * 8 + 8);
}

void alignWithField(QLabel& label) {
    label.setContentsMargins(0, 8, 0, 0);
}

void alignWithChoice(QLabel& label) {
    label.setContentsMargins(0, 3, 0, 0);
}

}  // namespace tallydesk
