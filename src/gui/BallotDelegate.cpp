// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BallotDelegate.h"

#include <QAbstractItemView>
#include <QIcon>
#include <QPainter>

#include "gui/BallotTableModel.h"
#include "gui/Icons.h"

namespace tallydesk {

namespace {

constexpr int kMargin = 8;
constexpr int kIcon = 16;
constexpr int kFrame = 2;

const QAbstractItemView* viewOf(const QStyleOptionViewItem& option) {
    return qobject_cast<const QAbstractItemView*>(option.widget);
}

}  // namespace

BallotDelegate::BallotDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

void BallotDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const QAbstractItemView* view = viewOf(option);
    const auto state = static_cast<ShownState>(index.data(BallotTableModel::StateRole).toInt());
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool current = view && view->hasFocus() && view->currentIndex().row() == index.row();

    painter->save();
    painter->fillRect(option.rect, selected ? m_theme.selrow : m_theme.surface);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), m_theme.line);

    QRect content = option.rect.adjusted(kMargin, 0, -kMargin, -1);
    if (index.column() == BallotTableModel::StatusColumn) {
        QRect place(content.left(), content.center().y() - kIcon / 2 + 1, kIcon, kIcon);
        const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
        if (state == ShownState::Reading && m_turn != 0) {
            painter->save();
            painter->setRenderHint(QPainter::SmoothPixmapTransform);
            painter->translate(place.toRectF().center());
            painter->rotate(m_turn);
            place.moveCenter({0, 0});
            icon.paint(painter, place);
            painter->restore();
        } else {
            icon.paint(painter, place);
        }
        content.setLeft(content.left() + kIcon + kMargin);
    }

    const bool quiet = state == ShownState::Waiting || state == ShownState::NotRead ||
                       index.column() == BallotTableModel::TimeColumn;
    QColor colour = quiet ? m_theme.text2 : m_theme.text;
    if (state == ShownState::Reading && index.column() == BallotTableModel::StatusColumn)
        colour = m_theme.accent;
    painter->setPen(colour);
    painter->setFont(option.font);
    const QString text = index.data(Qt::DisplayRole).toString();
    // A file's end tells it from its neighbours as well as its beginning does.
    const Qt::TextElideMode elide =
        index.column() == BallotTableModel::FileColumn ? Qt::ElideMiddle : Qt::ElideRight;
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
    painter->drawText(content, static_cast<int>(alignment) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(text, elide, content.width()));

    if (current) {
        const QRect row = option.rect;
        painter->fillRect(QRect(row.left(), row.top(), row.width(), kFrame), m_theme.accent);
        painter->fillRect(QRect(row.left(), row.bottom() - kFrame + 1, row.width(), kFrame), m_theme.accent);
        if (index.column() == 0)
            painter->fillRect(QRect(row.left(), row.top(), kFrame, row.height()), m_theme.accent);
        if (index.column() == index.model()->columnCount() - 1)
            painter->fillRect(QRect(row.right() - kFrame + 1, row.top(), kFrame, row.height()),
                              m_theme.accent);
    }
    painter->restore();
}

QSize BallotDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int icon = index.column() == BallotTableModel::StatusColumn ? 2 * kMargin + kIcon : 0;
    const QString text = index.data(Qt::DisplayRole).toString();
    return {option.fontMetrics.horizontalAdvance(text) + 2 * kMargin + icon + 1,
            option.fontMetrics.height() + 2 * kMargin};
}

}  // namespace tallydesk
