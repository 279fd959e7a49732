// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/CapButton.h"

#include <QPainter>
#include <QStyleOptionButton>
#include <QStylePainter>

#include "gui/Theme.h"

namespace tallydesk {

namespace {

constexpr int kGap = 6;
constexpr int kPadding = 5;

}  // namespace

void CapButton::setCaps(const QKeySequence& keys) {
    m_caps = keys.toString(QKeySequence::NativeText).split(u'+', Qt::SkipEmptyParts);
    updateGeometry();
    update();
}

QFont CapButton::capFont() const {
    QFont small = textFont(TextStyle::Caption);
    small.setPixelSize(small.pixelSize() - 1);
    return small;
}

int CapButton::capWidth(const QString& cap) const {
    return QFontMetrics(capFont()).horizontalAdvance(cap) + 2 * kPadding;
}

int CapButton::capsWidth() const {
    int width = 0;
    for (const QString& cap : m_caps)
        width += capWidth(cap) + kGap;
    return width;
}

QSize CapButton::sizeHint() const {
    const QSize size = QPushButton::sizeHint();
    return {size.width() + capsWidth(), size.height()};
}

void CapButton::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);
    const int caps = capsWidth();
    option.rect.adjust(0, 0, -caps, 0);
    painter.drawControl(QStyle::CE_PushButtonLabel, option);
    if (m_caps.isEmpty())
        return;
    // The caps follow the text, which the style has centred in what is left.
    const QFontMetrics metrics(font());
    const int icon = this->icon().isNull() ? 0 : iconSize().width() + 4;
    const int content = metrics.horizontalAdvance(QString(text()).remove(u'&')) + icon;
    int x = option.rect.center().x() + content / 2 + kGap;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(capFont());
    painter.setPen(
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
    const int height = QFontMetrics(capFont()).height() + 2;
    for (const QString& cap : m_caps) {
        const QRectF place(x + 0.5, rect().center().y() - height / 2 + 0.5, capWidth(cap) - 1, height);
        painter.drawRoundedRect(place, 4, 4);
        painter.drawLine(place.bottomLeft() + QPointF(3, 1), place.bottomRight() + QPointF(-3, 1));
        painter.drawText(place, Qt::AlignCenter, cap);
        x += capWidth(cap) + kGap;
    }
}

}  // namespace tallydesk
