// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ArrangeDelegate.h"

#include <QPainter>

#include "gui/ArrangeModel.h"

namespace tallydesk {

namespace {

constexpr int kMargin = 8;
constexpr int kBar = 4;
constexpr int kFrame = 2;
// In letters of the font: a page of A4 with two lines of text.
constexpr int kWide = 22;
constexpr int kHigh = 13;
constexpr double kFaded = 0.3;

}  // namespace

void ArrangeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool odd = index.data(ArrangeModel::BallotRole).toInt() % 2 != 0;
    const bool leftOut = index.data(ArrangeModel::LeftOutRole).toBool();
    const QString heading = index.data(ArrangeModel::HeadingRole).toString();
    const int line = option.fontMetrics.height();

    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->fillRect(option.rect, selected ? m_theme.selrow : odd ? m_theme.tint : m_theme.surface);
    if (!heading.isEmpty())
        painter->fillRect(QRect(option.rect.topLeft(), QSize(kBar, option.rect.height())), m_theme.accent);
    const QRect content = option.rect.adjusted(kMargin + kBar, kMargin, -kMargin, -kMargin);
    const QRect top(content.topLeft(), QSize(content.width(), line));
    const QRect bottom(content.left(), content.bottom() - line + 1, content.width(), line);

    QFont bold = option.font;
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(m_theme.text);
    painter->drawText(top, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(bold).elidedText(heading, Qt::ElideRight, top.width()));
    painter->setFont(option.font);
    painter->setPen(m_theme.text2);
    painter->drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle,
                                                    bottom.width()));

    const QRect room(content.left(), top.bottom() + kMargin, content.width(),
                     bottom.top() - top.bottom() - 2 * kMargin);
    const auto picture = index.data(ArrangeModel::PictureRole).value<QImage>();
    QSize size = picture.isNull() ? QSize(210, 297) : picture.size();
    QRect place(QPoint(0, 0), size.scaled(room.size(), Qt::KeepAspectRatio));
    place.moveCenter(room.center());
    if (picture.isNull()) {
        painter->fillRect(place, m_theme.raised);
        if (index.data(ArrangeModel::ProblemRole).toBool())
            painter->drawText(place, Qt::AlignCenter | Qt::TextWordWrap, tr("This page can't be shown"));
    } else {
        painter->setOpacity(leftOut ? kFaded : 1.0);
        painter->drawImage(place, picture);
        painter->setOpacity(1.0);
    }
    if (leftOut) {
        const QString text = tr("Left out");
        QRect chip(0, 0, option.fontMetrics.horizontalAdvance(text) + 2 * kMargin, line + kMargin);
        chip.moveCenter(place.center());
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.warnTint);
        painter->drawRoundedRect(chip, kMargin, kMargin);
        painter->setPen(m_theme.warn);
        painter->drawText(chip, Qt::AlignCenter, text);
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(m_theme.line);
    painter->drawRect(place);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(m_theme.accent, kFrame));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize ArrangeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.fontMetrics.averageCharWidth() * kWide + 2 * kMargin,
            option.fontMetrics.height() * kHigh + 4 * kMargin};
}

}  // namespace tallydesk
