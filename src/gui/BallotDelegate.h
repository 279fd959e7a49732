// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include "gui/Theme.h"

namespace tallydesk {

/// Paints the cells of the ballot table: sign and word, a line under each row, a frame around the current
/// row when the table has the focus, rows that wait in the secondary colour. GUI thread.
class BallotDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit BallotDelegate(QObject* parent = nullptr);

    void setTheme(const Theme& theme) { m_theme = theme; }
    /// How far the reading ring has turned, in degrees.
    void setTurn(int degrees) { m_turn = degrees; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme m_theme = Theme::light();
    int m_turn = 0;
};

}  // namespace tallydesk
