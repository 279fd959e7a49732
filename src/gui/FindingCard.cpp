// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/FindingCard.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include "gui/ReviewKeymap.h"

namespace tallydesk {

namespace {

constexpr int kBar = 4;
constexpr int kLeft = 18;
constexpr int kIcon = 16;
constexpr int kIconGap = 10;
constexpr int kRight = 16;

}  // namespace

FindingCard::FindingCard(QWidget* parent) : QAbstractButton(parent), m_strip(new EquationStrip(this)) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    connect(m_strip, &EquationStrip::termClicked, this, &FindingCard::termClicked);
}

void FindingCard::setTheme(const Theme& theme) {
    m_theme = theme;
    m_strip->setTheme(theme);
    updateGeometry();
    update();
}

void FindingCard::showText(const FindingCardText& text, bool small) {
    m_text = text;
    m_small = small;
    const bool strip = text.equation && !small;
    if (strip)
        m_strip->showEquation(*text.equation, text.form);
    m_strip->setVisible(strip);
    QStringList said{text.title};
    if (strip)
        said.append(m_strip->text());
    if (!text.detail.isEmpty())
        said.append(text.detail);
    setAccessibleName(said.join(QStringLiteral(". ")));
    setAccessibleDescription(text.code);
    setToolTip(text.detail);
    updateGeometry();
    place();
    update();
}

void FindingCard::setCompact(bool compact) {
    m_compact = compact;
    updateGeometry();
    place();
}

bool FindingCard::showsDetail() const {
    return !m_small && !m_text.detail.isEmpty() && !(m_compact && m_text.equation);
}

void FindingCard::setFocusField(const QString& key) {
    m_strip->setFocusField(key);
}

QColor FindingCard::barColour() const {
    return Icons::signColour(m_text.sign, m_theme);
}

int FindingCard::textRoom(int width) const {
    const int code = QFontMetrics(textFont(TextStyle::Caption)).horizontalAdvance(m_text.code);
    return width - kLeft - kIcon - kIconGap - kRight - code - 12;
}

QString FindingCard::shownTitle(int width) const {
    if (m_text.brief.isEmpty())
        return m_text.title;
    const TextStyle style = m_small ? TextStyle::Body : TextStyle::Heading;
    const int room = textRoom(width);
    return textHeight(m_text.brief, style, room) < textHeight(m_text.title, style, room) ? m_text.brief
                                                                                         : m_text.title;
}

int FindingCard::textHeight(const QString& text, TextStyle style, int width) const {
    if (text.isEmpty())
        return 0;
    return QFontMetrics(textFont(style))
        .boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, text)
        .height();
}

int FindingCard::heightForWidth(int width) const {
    const int room = textRoom(width);
    int height =
        2 * padding() + textHeight(shownTitle(width), m_small ? TextStyle::Body : TextStyle::Heading, room);
    if (m_small)
        return height;
    if (m_text.equation)
        height += 8 + m_strip->sizeHint().height();
    if (showsDetail())
        height += 6 + textHeight(m_text.detail, TextStyle::Secondary, room);
    return height;
}

QSize FindingCard::sizeHint() const {
    return {480, heightForWidth(480)};
}

void FindingCard::place() {
    const int title = textHeight(shownTitle(width()), TextStyle::Heading, textRoom(width()));
    m_strip->setGeometry(kLeft, padding() + title + 8, width() - kLeft - kRight,
                         m_strip->sizeHint().height());
}

void FindingCard::resizeEvent(QResizeEvent* event) {
    QAbstractButton::resizeEvent(event);
    place();
    updateGeometry();
}

void FindingCard::keyPressEvent(QKeyEvent* event) {
    if (ReviewKeymap::action(*event) == ReviewAction::Confirm) {
        if (!event->isAutoRepeat())
            click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void FindingCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(frame, 8, 8);
    painter.fillPath(outline, underMouse() || isDown() ? m_theme.bg : m_theme.surface);
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(0, 0, kBar, height(), barColour());
    painter.restore();
    painter.setPen(hasFocus() ? QPen(m_theme.accent, 2) : QPen(m_theme.line));
    painter.drawPath(outline);

    const TextStyle titleStyle = m_small ? TextStyle::Body : TextStyle::Heading;
    const int room = textRoom(width());
    const int x = kLeft + kIcon + kIconGap;
    int y = padding();
    const int line = QFontMetrics(textFont(titleStyle)).height();
    Icons::sign(m_text.sign, m_theme).paint(&painter, QRect(kLeft, y + (line - kIcon) / 2, kIcon, kIcon));
    painter.setFont(textFont(titleStyle));
    painter.setPen(m_theme.text);
    const QString said = shownTitle(width());
    const int title = textHeight(said, titleStyle, room);
    painter.drawText(QRect(x, y, room, title), Qt::TextWordWrap, said);
    painter.setFont(textFont(TextStyle::Caption));
    painter.setPen(m_theme.text2);
    painter.drawText(QRect(0, y, width() - kRight, line), int(Qt::AlignRight) | int(Qt::AlignVCenter),
                     m_text.code);
    if (!showsDetail())
        return;
    y += title + (m_text.equation ? 8 + m_strip->height() : 0) + 6;
    painter.setFont(textFont(TextStyle::Secondary));
    painter.drawText(QRect(x, y, room, height() - y), Qt::TextWordWrap, m_text.detail);
}

}  // namespace tallydesk
