// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/NumberRow.h"

#include <QMouseEvent>

#include "gui/ReviewKeymap.h"

namespace tallydesk {

namespace {

/// From the edge of the hint to its text: the sign and the air around it.
constexpr int kHintSign = 38;
constexpr int kMostHintLines = 3;
constexpr int kPicture = 40;
constexpr int kPictureCompact = 36;
constexpr int kPictureLarge = 84;
constexpr int kPictureLargeCompact = 72;
}  // namespace

NumberRow::NumberRow(const QString& key, QWidget* parent)
    : QWidget(parent), m_field(new ValueField(key, ValueField::Kind::Number, this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NumberRow::setKey(const QString& key) {
    m_field->setKey(key);
    m_page = {};
    setCurrent(false);
    setText({});
}

void NumberRow::setTheme(const Theme& theme) {
    m_theme = theme;
    m_field->setTheme(theme);
    if (m_use)
        m_use->setTheme(theme);
    updateGeometry();
    place();
    update();
}

void NumberRow::setText(const NumberRowText& text) {
    const QSize before = sizeHint();
    m_text = text;
    if (sizeHint() != before)
        updateGeometry();
    place();
    update();
}

void NumberRow::setPage(const QImage& page) {
    m_page = page;
    update();
}

void NumberRow::setCurrent(bool current) {
    if (m_current == current)
        return;
    m_current = current;
    m_field->setLarge(current);
    updateGeometry();
    place();
    update();
}

void NumberRow::setCompact(bool compact) {
    if (m_compact == compact)
        return;
    m_compact = compact;
    updateGeometry();
    place();
}

bool NumberRow::hasPicture() const {
    return m_text.read.box || m_text.read.wordsBox;
}

int NumberRow::pictureHeight() const {
    // Typed in without a picture: only the field needs room.
    if (!hasPicture())
        return m_current ? m_field->sizeHint().height() : m_field->sizeHint().height() - 4;
    if (m_current)
        return m_compact ? kPictureLargeCompact : kPictureLarge;
    return m_compact ? kPictureCompact : kPicture;
}

int NumberRow::heightOf(TextStyle style) {
    return QFontMetrics(textFont(style)).height();
}

int NumberRow::labelWidth() const {
    const Columns at = columns();
    return (hasPicture() ? at.digits : at.field) - at.label - 8;
}

QString NumberRow::shownLabel() const {
    const QFontMetrics metrics(textFont(TextStyle::Strong));
    return metrics.horizontalAdvance(m_text.label) <= labelWidth() || m_text.brief.isEmpty() ? m_text.label
                                                                                             : m_text.brief;
}

QSize NumberRow::sizeHint() const {
    const int caption = heightOf(TextStyle::Caption);
    if (!m_current) {
        const QFontMetrics metrics(textFont(TextStyle::Strong));
        const int label =
            m_text.change.isEmpty()
                ? metrics.boundingRect(QRect(0, 0, labelWidth(), 10'000), Qt::TextWordWrap, shownLabel())
                      .height()
                : metrics.height() + caption;
        return {480, std::max(pictureHeight() + (m_compact || !hasPicture() ? 10 : caption + 16), label + 8)};
    }
    const int head = std::max(heightOf(TextStyle::Heading), Chip::sizeFor(QStringLiteral("x")).height());
    const int hint = m_text.hint.isEmpty() ? 0 : hintHeight() + (m_compact ? 4 : 8);
    return {480, 8 + head + 6 + pictureHeight() + 4 + (hasPicture() ? heightOf(TextStyle::Body) : 0) + hint +
                     (m_compact ? 6 : 10)};
}

int NumberRow::hintRoom() const {
    const int button = m_text.suggestion && m_use ? m_use->sizeHint().width() + 4 : 0;
    return width() - 2 * kMargin - button - kHintSign - 20;
}

int NumberRow::hintHeight() const {
    const QFontMetrics metrics(textFont(TextStyle::Secondary));
    const int text =
        metrics.boundingRect(QRect(0, 0, hintRoom(), 10'000), Qt::TextWordWrap, m_text.hint).height();
    return std::clamp(text, metrics.height(), kMostHintLines * metrics.lineSpacing()) + 22;
}

NumberRow::Columns NumberRow::columns() const {
    const int room = width() - 2 * kMargin;
    const int field = width() - kMargin - m_field->sizeHint().width();
    if (m_current)
        return {kMargin, kMargin, kMargin + int(room * 0.31), field};
    return {kMargin, kMargin + int(room * 0.27), kMargin + int(room * 0.47), field};
}

void NumberRow::place() {
    const QSize size = m_field->sizeHint();
    const int x = columns().field;
    if (m_current) {
        const int head = std::max(heightOf(TextStyle::Heading), Chip::sizeFor(QStringLiteral("x")).height());
        m_field->setGeometry(x, 8 + head + 6, size.width(), pictureHeight());
    } else {
        m_field->setGeometry(x, (height() - size.height()) / 2, size.width(), size.height());
    }
    const bool offers = m_current && m_text.suggestion;
    if (offers && !m_use) {
        m_use = new KeyButton(this);
        m_use->setFlat(false);
        m_use->setTheme(m_theme);
        m_use->setCaps(ReviewKeymap::caps(ReviewAction::TakeSuggestion));
        connect(m_use, &QPushButton::clicked, this, &NumberRow::suggestionTaken);
        setTabOrder(m_field, m_use);
    }
    if (!m_use)
        return;
    m_use->setVisible(offers);
    if (offers) {
        m_use->setText(tr("Use %1").arg(m_text.suggestion->value));
        m_use->setAccessibleName(tr("Use %1 for %2").arg(m_text.suggestion->value).arg(m_text.label));
        const QSize hint = m_use->sizeHint();
        const int bar = hintHeight();
        const int top = height() - (m_compact ? 6 : 10) - bar;
        m_use->setGeometry(width() - kMargin - hint.width() - 4, top + (bar - hint.height()) / 2,
                           hint.width(), hint.height());
    }
}

void NumberRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
    // The label may need another number of lines.
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

void NumberRow::mousePressEvent(QMouseEvent* event) {
    event->accept();
    m_field->setFocus(Qt::MouseFocusReason);
    Q_EMIT clicked();
}

}  // namespace tallydesk
