// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/DeskParts.h"

#include <QKeyEvent>
#include <QPainter>

#include "gui/ReviewKeymap.h"

namespace tallydesk {

namespace {

constexpr int kCapGap = 4;
constexpr int kTextGap = 6;
constexpr int kIcon = 16;

int capWidth(const QString& cap) {
    return std::max(20, QFontMetrics(textFont(TextStyle::Caption)).horizontalAdvance(cap) + 10);
}

int capHeight() {
    return QFontMetrics(textFont(TextStyle::Caption)).height() + 4;
}

}  // namespace

QSize keyCapsSize(const QStringList& caps) {
    int width = 0;
    for (const QString& cap : caps)
        width += capWidth(cap) + (width > 0 ? kCapGap : 0);
    return {width, capHeight()};
}

int paintKeyCaps(QPainter& painter, const QPoint& topLeft, const QStringList& caps, const Theme& theme,
                 bool dimmed) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextStyle::Caption));
    int x = topLeft.x();
    for (const QString& cap : caps) {
        const QRectF rect(x + 0.5, topLeft.y() + 0.5, capWidth(cap) - 1, capHeight() - 1);
        painter.setPen(dimmed ? theme.line : theme.edge);
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(rect, 3, 3);
        // The foot of the cap.
        painter.drawLine(QPointF(rect.left() + 2, rect.bottom() - 1),
                         QPointF(rect.right() - 2, rect.bottom() - 1));
        painter.setPen(dimmed ? theme.edge : theme.text);
        painter.drawText(rect.adjusted(0, 0, 0, -1), Qt::AlignCenter, cap);
        x += capWidth(cap) + kCapGap;
    }
    painter.restore();
    return caps.isEmpty() ? 0 : x - kCapGap - topLeft.x();
}

int deskBarHeight() {
    constexpr int margins = 16;
    constexpr int lines = 2;
    return std::max(QFontMetrics(textFont(TextStyle::Strong)).height(), capHeight()) + 14 + margins + lines;
}

Chip::Chip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void Chip::showSign(Sign sign, const QString& text) {
    m_sign = sign;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Chip::sizeFor(const QString& text) {
    const QFontMetrics metrics(textFont(TextStyle::Secondary));
    return {metrics.horizontalAdvance(text) + kIcon + 24, std::max(metrics.height(), kIcon) + 6};
}

QSize Chip::sizeHint() const {
    return m_text.isEmpty() ? QSize() : sizeFor(m_text);
}

QSize Chip::minimumSizeHint() const {
    return sizeHint();
}

void Chip::paint(QPainter& painter, const QRect& rect, Sign sign, const QString& text, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Icons::signTint(sign, theme));
    painter.drawRoundedRect(rect, rect.height() / 2.0, rect.height() / 2.0);
    Icons::sign(sign, theme)
        .paint(&painter, QRect(rect.left() + 8, rect.center().y() - kIcon / 2 + 1, kIcon, kIcon));
    painter.setPen(Icons::signColour(sign, theme));
    painter.setFont(textFont(TextStyle::Secondary));
    painter.drawText(rect.adjusted(kIcon + 13, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
    painter.restore();
}

void Chip::paintEvent(QPaintEvent*) {
    if (m_text.isEmpty())
        return;
    QPainter painter(this);
    paint(painter, rect(), m_sign, m_text, m_theme);
}

KeyButton::KeyButton(QWidget* parent) : QPushButton(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAutoDefault(false);
}

void KeyButton::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void KeyButton::setCaps(const QStringList& caps) {
    m_caps = caps;
    updateGeometry();
    update();
}

void KeyButton::setPrimary(bool primary) {
    m_primary = primary;
    m_flatLook = false;
    update();
}

void KeyButton::setFlat(bool flat) {
    m_flatLook = flat;
    updateGeometry();
    update();
}

void KeyButton::setKeyOff(bool off) {
    m_keyOff = off;
    update();
}

// Without a default button QPushButton leaves Enter to the panel, which would do something else.
void KeyButton::keyPressEvent(QKeyEvent* event) {
    if (ReviewKeymap::action(*event) != ReviewAction::Confirm) {
        QPushButton::keyPressEvent(event);
        return;
    }
    if (!event->isAutoRepeat())
        click();
}

QSize KeyButton::sizeHint() const {
    QFont font = textFont(m_primary ? TextStyle::Strong : TextStyle::Body);
    const QFontMetrics metrics(font);
    const QSize caps = keyCapsSize(m_caps);
    const int padding = m_flatLook ? 5 : 11;
    return {
        metrics.horizontalAdvance(text()) + 2 * padding + caps.width() + (m_caps.isEmpty() ? 0 : kTextGap),
        std::max(metrics.height(), caps.height()) + 14};
}

void KeyButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool filled = m_primary && isEnabled();
    QColor ground = filled ? (underMouse() ? m_theme.accent2 : m_theme.accent) : m_theme.surface;
    if (!isEnabled() && !m_flatLook)
        ground = m_theme.raised;
    if (m_flatLook)
        ground = isDown() ? m_theme.selrow : underMouse() && isEnabled() ? m_theme.tint : Qt::transparent;
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(m_flatLook ? QPen(Qt::NoPen)
                              : QPen(isEnabled() ? (m_primary ? ground : m_theme.edge) : m_theme.line));
    if (hasFocus())
        painter.setPen(QPen(filled ? m_theme.text : m_theme.accent, 2));
    painter.setBrush(ground);
    painter.drawRoundedRect(frame, 6, 6);

    painter.setFont(textFont(m_primary ? TextStyle::Strong : TextStyle::Body));
    const QSize caps = keyCapsSize(m_caps);
    const int padding = m_flatLook ? 5 : 11;
    const int capTop = (height() - caps.height()) / 2;
    Theme capTheme = m_theme;
    if (filled) {
        capTheme.surface = ground;
        capTheme.edge = m_theme.onaccent;
        capTheme.text = m_theme.onaccent;
    }
    QRect words = rect().adjusted(padding, 0, -padding, 0);
    if (!m_caps.isEmpty() && m_flatLook) {
        paintKeyCaps(painter, {padding, capTop}, m_caps, capTheme, m_keyOff || !isEnabled());
        words.setLeft(padding + caps.width() + kTextGap);
    } else if (!m_caps.isEmpty()) {
        paintKeyCaps(painter, {width() - padding - caps.width(), capTop}, m_caps, capTheme,
                     m_keyOff || !isEnabled());
        words.setRight(width() - padding - caps.width() - kTextGap);
    }
    painter.setPen(filled ? m_theme.onaccent : isEnabled() ? m_theme.text : m_theme.text2);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, text());
}

}  // namespace tallydesk
