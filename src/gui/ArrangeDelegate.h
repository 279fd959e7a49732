// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QStyledItemDelegate>

#include "gui/Theme.h"

namespace tallydesk {

/// Draws a page of ArrangeModel: its picture, what it is, and where a ballot starts. GUI thread.
class ArrangeDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    ArrangeDelegate(const Theme& theme, QObject* parent = nullptr)
        : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// The same for every page; grows with the font.
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme m_theme;
};

}  // namespace tallydesk
