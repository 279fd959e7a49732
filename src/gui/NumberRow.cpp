// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/NumberRow.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStaticText>

#include "core/RuleTools.h"
#include "gui/PageFetcher.h"
#include "gui/ReviewKeymap.h"

namespace tallydesk {

namespace {

constexpr int kMargin = 16;
constexpr int kPicture = 40;
constexpr int kPictureCompact = 36;
constexpr int kPictureLarge = 84;
constexpr int kPictureLargeCompact = 72;
/// Paper beside a cell, in pixels at 200 dpi: a reader that cut a digit off must not hide it from the person.
constexpr int kBeside = 30;
constexpr double kMostEnlarged = 2.2;

int heightOf(TextStyle style) {
    return QFontMetrics(textFont(style)).height();
}

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

QSize NumberRow::sizeHint() const {
    const int caption = heightOf(TextStyle::Caption);
    if (!m_current)
        return {480, pictureHeight() + (m_compact || !hasPicture() ? 10 : caption + 16)};
    const int head = std::max(heightOf(TextStyle::Heading), Chip::sizeFor(QStringLiteral("x")).height());
    const int hint = m_text.hint.isEmpty() ? 0 : heightOf(TextStyle::Secondary) + 22 + (m_compact ? 4 : 8);
    return {480, 8 + head + 6 + pictureHeight() + 4 + (hasPicture() ? heightOf(TextStyle::Body) : 0) + hint +
                     (m_compact ? 6 : 10)};
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
        const int bar = heightOf(TextStyle::Secondary) + 22;
        const int top = height() - (m_compact ? 6 : 10) - bar;
        m_use->setGeometry(width() - kMargin - hint.width() - 4, top + (bar - hint.height()) / 2,
                           hint.width(), hint.height());
    }
}

void NumberRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

void NumberRow::mousePressEvent(QMouseEvent* event) {
    event->accept();
    m_field->setFocus(Qt::MouseFocusReason);
    Q_EMIT clicked();
}

QString NumberRow::digitsCaption(bool large, bool second) const {
    const VoteEntry& read = m_text.read;
    const bool marked = read.mark == Mark::Blank || read.mark == Mark::Dash;
    if (!read.digits && !marked)
        return read.box ? tr("digits not read") : QString();
    QString said = marked && !read.digits ? (read.mark == Mark::Dash ? tr("dash") : tr("empty"))
                                          : QString::number(*read.digits);
    QString out = large ? tr("digits say %1").arg(QStringLiteral("<b>%1</b>").arg(said)) : said;
    const bool own =
        !read.digitReadings.isEmpty() && read.digits && read.digitReadings.first().value == *read.digits;
    if (own)
        out += u' ' + ReviewWords::percent(read.digitReadings.first().probability);
    else if (read.confidence && !large)
        out += u' ' + ReviewWords::percent(*read.confidence);
    if (large && second && own && read.digitReadings.size() > 1 &&
        read.digitReadings.at(1).probability >= 0.01)
        out += u' ' + tr("or %1 %2")
                          .arg(read.digitReadings.at(1).value)
                          .arg(ReviewWords::percent(read.digitReadings.at(1).probability));
    return out;
}

QString NumberRow::wordsCaption(bool large) const {
    const VoteEntry& read = m_text.read;
    if (!m_text.hasWords)
        return large ? tr("no words on this form") : QString();
    if (!read.wordsValue)
        return read.wordsBox && !RuleTools::isEmptyMark(read.mark) ? tr("words not read") : QString();
    const QString words = read.words.value_or(QString());
    QString out =
        words.isEmpty() ? QString::number(*read.wordsValue) : tr("%1 = %2").arg(words).arg(*read.wordsValue);
    if (large)
        out = tr("words say %1").arg(QStringLiteral("<b>%1</b>").arg(out.toHtmlEscaped()));
    if (!read.wordReadings.isEmpty() && read.wordReadings.first().value == *read.wordsValue)
        out += u' ' + ReviewWords::percent(read.wordReadings.first().probability);
    return out;
}

void NumberRow::paintCell(QPainter& painter, const QRect& room, const std::optional<QRect>& cell) const {
    if (!cell || cell->isEmpty())
        return;
    const QRect around = cell->adjusted(-kBeside, 0, kBeside, 0);
    const double scale = std::min(
        {double(room.width()) / around.width(), double(room.height()) / around.height(), kMostEnlarged});
    const QRect target(room.left(), room.top() + int((room.height() - around.height() * scale) / 2),
                       int(around.width() * scale), int(around.height() * scale));
    painter.save();
    painter.setPen(m_theme.line);
    painter.setBrush(m_page.isNull() ? m_theme.raised : QColor(Qt::white));
    painter.drawRect(target.adjusted(-1, -1, 0, 0));
    if (!m_page.isNull()) {
        const double factor = 1.0 / PageFetcher::scaleTo200Dpi(m_page);
        const QRectF source(around.left() * factor, around.top() * factor, around.width() * factor,
                            around.height() * factor);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.setClipRect(target);
        painter.drawImage(QRectF(target), m_page, source);
    }
    painter.restore();
}

void NumberRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_current ? m_theme.tint : m_theme.surface);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.line);
    if (m_current) {
        painter.fillRect(0, 0, 4, height(), m_theme.accent);
        paintLarge(painter);
    } else {
        paintSmall(painter);
    }
}

void NumberRow::paintSmall(QPainter& painter) {
    const Columns at = columns();
    const int caption = heightOf(TextStyle::Caption);
    const int top = m_compact ? 5 : 6;
    const QFontMetrics labelMetrics(textFont(TextStyle::Strong));
    QRect label(at.label, 0, at.digits - at.label - 8, height() - 1);
    if (!m_text.change.isEmpty()) {
        const int both = labelMetrics.height() + caption;
        label = QRect(at.label, (height() - both) / 2, label.width(), labelMetrics.height());
        painter.setFont(textFont(TextStyle::Caption));
        painter.setPen(m_theme.accent);
        painter.drawText(
            QRect(at.label, label.bottom() + 1, label.width(), caption), Qt::AlignVCenter,
            QFontMetrics(painter.font()).elidedText(m_text.change, Qt::ElideRight, label.width()));
        painter.setFont(textFont(TextStyle::Strong));
        painter.setPen(m_theme.text);
        painter.drawText(label, Qt::AlignVCenter,
                         labelMetrics.elidedText(m_text.label, Qt::ElideRight, label.width()));
    } else {
        painter.setFont(textFont(TextStyle::Strong));
        painter.setPen(m_theme.text);
        painter.drawText(label, int(Qt::AlignVCenter) | int(Qt::TextWordWrap), m_text.label);
    }

    const int sign = 20;
    const int wordsEnd = at.field - sign - 12;
    paintCell(painter, QRect(at.digits, top, at.words - at.digits - 12, pictureHeight()), m_text.read.box);
    painter.setFont(textFont(TextStyle::Caption));
    painter.setPen(m_theme.text2);
    const QFontMetrics metrics(painter.font());
    if (!hasPicture()) {
        // Nothing to compare with.
    } else if (m_text.hasWords) {
        const int percentRoom = m_compact ? metrics.horizontalAdvance(QStringLiteral("99.9 %")) + 12 : 0;
        paintCell(painter, QRect(at.words, top, wordsEnd - at.words - percentRoom, pictureHeight()),
                  m_text.read.wordsBox);
    } else {
        painter.drawText(
            QRect(at.words, 0, wordsEnd - at.words, height() - 1), Qt::AlignVCenter,
            metrics.elidedText(tr("no words on this form"), Qt::ElideRight, wordsEnd - at.words));
    }
    if (m_compact) {
        if (m_text.read.confidence)
            painter.drawText(QRect(wordsEnd - 60, 0, 60, height() - 1), Qt::AlignVCenter | Qt::AlignRight,
                             ReviewWords::percent(*m_text.read.confidence));
    } else {
        const int y = top + pictureHeight() + 2;
        painter.setPen(m_theme.text);
        painter.drawText(QRect(at.digits, y, at.words - at.digits - 8, caption), Qt::AlignVCenter,
                         metrics.elidedText(digitsCaption(false), Qt::ElideRight, at.words - at.digits - 8));
        painter.drawText(QRect(at.words, y, wordsEnd - at.words, caption), Qt::AlignVCenter,
                         metrics.elidedText(wordsCaption(false), Qt::ElideRight, wordsEnd - at.words));
    }
    const bool isSure = m_text.state == FieldState::Sure && m_text.read.value;
    if (isSure)
        Icons::sign(Sign::Accepted, m_theme)
            .paint(&painter, QRect(at.field - sign - 2, (height() - 16) / 2, 16, 16));
}

void NumberRow::paintLarge(QPainter& painter) {
    const Columns at = columns();
    const int head = std::max(heightOf(TextStyle::Heading), Chip::sizeFor(QStringLiteral("x")).height());
    painter.setFont(textFont(TextStyle::Heading));
    painter.setPen(m_theme.text);
    const QFontMetrics title(painter.font());

    // Key hints from the right, as far as there is room.
    painter.setFont(textFont(TextStyle::Caption));
    const QFontMetrics small(painter.font());
    int right = width() - kMargin;
    const int chipWidth = m_text.chip ? Chip::sizeFor(m_text.chip->text).width() + 16 : 0;
    const int needed =
        at.label + std::min(title.horizontalAdvance(m_text.label), width() / 3) + chipWidth + 16;
    const auto hint = [&](const QStringList& caps, const QString& text) {
        const int textWidth = small.horizontalAdvance(text);
        const QSize capSize = keyCapsSize(caps);
        if (right - textWidth - 8 - capSize.width() < needed)
            return;
        painter.setPen(m_theme.text2);
        painter.drawText(QRect(right - textWidth, 8, textWidth, head), Qt::AlignVCenter, text);
        right -= textWidth + 8 + capSize.width();
        paintKeyCaps(painter, {right, 8 + (head - capSize.height()) / 2}, caps, m_theme);
        right -= 20;
    };
    hint(ReviewKeymap::caps(ReviewAction::Confirm), tr("confirm, next"));
    if (readingChoices(m_text.read).size() > 1)
        hint({QStringLiteral("↑"), QStringLiteral("↓")}, tr("choose a reading"));

    painter.setFont(textFont(TextStyle::Heading));
    painter.setPen(m_theme.text);
    const QString label = title.elidedText(m_text.label, Qt::ElideRight, right - at.label - chipWidth);
    painter.drawText(QRect(at.label, 8, right - at.label, head), Qt::AlignVCenter, label);
    if (m_text.chip) {
        QRect chip(QPoint(at.label + title.horizontalAdvance(label) + 10, 8),
                   Chip::sizeFor(m_text.chip->text));
        chip.moveTop(8 + (head - chip.height()) / 2);
        Chip::paint(painter, chip, m_text.chip->sign, m_text.chip->text, m_theme);
    }

    const int top = 8 + head + 6;
    paintCell(painter, QRect(at.digits, top, at.words - at.digits - 16, pictureHeight()), m_text.read.box);
    if (m_text.hasWords)
        paintCell(painter, QRect(at.words, top, at.field - at.words - 16, pictureHeight()),
                  m_text.read.wordsBox);

    if (!hasPicture()) {
        painter.setFont(textFont(TextStyle::Secondary));
        painter.setPen(m_theme.text2);
        painter.drawText(QRect(at.digits, top, at.field - at.digits - 16, pictureHeight()),
                         int(Qt::AlignVCenter) | int(Qt::TextWordWrap),
                         tr("There is no picture of this cell. Look at the page."));
    } else {
        paintReadings(painter, top + pictureHeight() + 4);
    }
    if (!m_text.hint.isEmpty())
        paintHint(painter);
}

void NumberRow::paintReadings(QPainter& painter, int y) {
    const Columns at = columns();
    const auto rich = [](const QString& html) {
        QStaticText text(html);
        text.setTextFormat(Qt::RichText);
        text.setTextWidth(10'000);
        text.prepare({}, textFont(TextStyle::Secondary));
        return text;
    };
    const auto widthOf = [](QString html) {
        html.remove(QStringLiteral("<b>")).remove(QStringLiteral("</b>"));
        QFont bold = textFont(TextStyle::Secondary);
        bold.setBold(true);
        return QFontMetrics(bold).horizontalAdvance(html);
    };
    const auto draw = [&](const QRect& place, const QString& html) {
        const QStaticText text = rich(html);
        painter.setClipRect(place);
        painter.setFont(textFont(TextStyle::Secondary));
        painter.setPen(m_theme.text);
        painter.drawStaticText(QPointF(place.left(), place.center().y() - text.size().height() / 2 + 0.5),
                               text);
        painter.setClipping(false);
    };
    const int line = heightOf(TextStyle::Body);
    const QRect digits(at.digits, y, at.words - at.digits - 8, line);
    const bool both = widthOf(digitsCaption(true)) <= digits.width();
    draw(digits, digitsCaption(true, both));
    draw(QRect(at.words, y, width() - kMargin - at.words, line), wordsCaption(true));
}

void NumberRow::paintHint(QPainter& painter) {
    const int bar = heightOf(TextStyle::Secondary) + 22;
    const QRectF box(kMargin, height() - (m_compact ? 6 : 10) - bar, width() - 2 * kMargin, bar);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.line);
    painter.setBrush(m_theme.surface);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QRect icon(kMargin + 12, int(box.center().y()) - 8, 16, 16);
    if (m_text.suggestion)
        Icons::action(QStringLiteral("help-hint"), m_theme, m_theme.accent).paint(&painter, icon);
    else
        Icons::sign(Sign::NeedsReview, m_theme).paint(&painter, icon);
    painter.setFont(textFont(TextStyle::Secondary));
    painter.setPen(m_theme.text);
    const int room = (m_use && m_use->isVisible() ? m_use->x() : int(box.right())) - icon.right() - 20;
    const QFontMetrics metrics(painter.font());
    painter.drawText(QRectF(icon.right() + 10, box.top(), room, box.height()), Qt::AlignVCenter,
                     metrics.elidedText(m_text.hint, Qt::ElideRight, room));
}

}  // namespace tallydesk
