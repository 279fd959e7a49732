// SPDX-License-Identifier: GPL-3.0-or-later
// How NumberRow looks: pictures of the cell, what was read there, hints.
#include <QPainter>

#include "core/RuleTools.h"
#include "core/Validator.h"
#include "gui/NumberRow.h"
#include "gui/PageFetcher.h"
#include "gui/ReviewKeymap.h"

namespace tallydesk {

namespace {

/// Paper beside a cell, in pixels at 200 dpi: a reader that cut a digit off must not hide it from the person.
constexpr int kBeside = 30;
/// A cell for words; shorter ones are shown whole.
constexpr int kLongCell = 240;
constexpr int kParenthesis = 48;
/// Blank paper before the parenthesis that tells it from the end of a word.
constexpr int kBlank = 40;
constexpr double kMostEnlarged = 2.2;
constexpr int kSaidGap = 8;
/// "digits say", value, percentage.
constexpr int kFirstReading = 3;

}  // namespace

QList<NumberRow::Said> NumberRow::digitsSaid(bool large) const {
    const VoteEntry& read = m_text.read;
    const bool marked = read.mark == Mark::Blank || read.mark == Mark::Dash;
    if (!read.digits && !marked)
        return read.box ? QList<Said>{{tr("digits not read"), Tone::Secondary}} : QList<Said>();
    QList<Said> out;
    if (large)
        out.append({tr("digits say"), Tone::Secondary});
    out.append({marked && !read.digits ? (read.mark == Mark::Dash ? tr("dash") : tr("empty"))
                                       : QString::number(*read.digits),
                large ? Tone::Strong : Tone::Plain});
    const bool own =
        !read.digitReadings.isEmpty() && read.digits && read.digitReadings.first().value == *read.digits;
    if (own)
        out.append(share(read.digitReadings.first().probability));
    else if (read.confidence && !large)
        out.append(share(*read.confidence));
    if (large && own && read.digitReadings.size() > 1 && read.digitReadings.at(1).probability >= 0.01) {
        out.append({tr("or"), Tone::Secondary});
        out.append({QString::number(read.digitReadings.at(1).value), Tone::Plain});
        out.append({ReviewWords::percent(read.digitReadings.at(1).probability), Tone::Secondary});
    }
    return out;
}

QList<NumberRow::Said> NumberRow::wordsSaid(bool large) const {
    const VoteEntry& read = m_text.read;
    if (!m_text.hasWords)
        return large ? QList<Said>{{tr("no words for this number"), Tone::Secondary}} : QList<Said>();
    if (!read.wordsValue)
        return read.wordsBox && !RuleTools::isEmptyMark(read.mark)
                   ? QList<Said>{{tr("words not read"), Tone::Secondary}}
                   : QList<Said>();
    const QString words = read.words.value_or(QString());
    QList<Said> out;
    if (large)
        out.append({tr("words say"), Tone::Secondary});
    out.append(
        {words.isEmpty() ? QString::number(*read.wordsValue) : tr("%1 = %2").arg(words).arg(*read.wordsValue),
         large ? Tone::Strong : Tone::Plain});
    if (!read.wordReadings.isEmpty() && read.wordReadings.first().value == *read.wordsValue)
        out.append(share(read.wordReadings.first().probability));
    return out;
}

NumberRow::Said NumberRow::share(double probability) {
    return {ReviewWords::percent(probability),
            probability < ValidatorSettings().confidence ? Tone::Warning : Tone::Secondary};
}

QFont NumberRow::saidFont(const Said& said, TextStyle style) {
    QFont font = textFont(style);
    font.setBold(said.tone == Tone::Strong);
    return font;
}

int NumberRow::saidWidth(const QList<Said>& all, TextStyle style) {
    int width = 0;
    for (const Said& said : all)
        width +=
            QFontMetrics(saidFont(said, style)).horizontalAdvance(said.text) + (width > 0 ? kSaidGap : 0);
    return width;
}

void NumberRow::paintSaid(QPainter& painter, const QRect& place, const QList<Said>& all,
                          TextStyle style) const {
    // The value gives way, the percentage behind it does not.
    const int over = saidWidth(all, style) - place.width();
    int x = place.left();
    bool shortened = false;
    for (const Said& said : all) {
        painter.setFont(saidFont(said, style));
        const QFontMetrics metrics(painter.font());
        QString text = said.text;
        if (over > 0 && !shortened && (said.tone == Tone::Strong || said.tone == Tone::Plain)) {
            text = metrics.elidedText(text, Qt::ElideRight,
                                      std::max(24, metrics.horizontalAdvance(text) - over));
            shortened = true;
        }
        painter.setPen(said.tone == Tone::Warning     ? m_theme.warn
                       : said.tone == Tone::Secondary ? m_theme.text2
                                                      : m_theme.text);
        painter.drawText(QRect(x, place.top(), std::max(0, place.right() + 1 - x), place.height()),
                         Qt::AlignVCenter, text);
        x += metrics.horizontalAdvance(text) + kSaidGap;
    }
}

QRect NumberRow::inked(const QRect& cell) const {
    // Only long cells have much that is blank: the dotted line behind the last word.
    if (m_page.isNull() || cell.width() < kLongCell)
        return cell;
    const double factor = 1.0 / PageFetcher::scaleTo200Dpi(m_page);
    const QRect source(int(cell.left() * factor), int(cell.top() * factor), int(cell.width() * factor),
                       int(cell.height() * factor));
    const QImage part = m_page.copy(source).convertToFormat(QImage::Format_Grayscale8);
    qint64 sum = 0;
    for (int y = 0; y < part.height(); ++y)
        for (int x = 0; x < part.width(); ++x)
            sum += part.constScanLine(y)[x];
    const int dark = int(sum / std::max<qint64>(1, qint64(part.width()) * part.height()) * 7 / 10);
    // A ruled line may run along the head of the cell, dots along its foot; a parenthesis stands at its end.
    const int head = part.height() * 15 / 100;
    const int foot = part.height() * 6 / 10;
    const int least = std::max(2, part.height() / 14);
    for (int x = part.width() - 1 - int(kParenthesis * factor); x > 0; --x) {
        int ink = 0;
        for (int y = head; y < foot; ++y)
            ink += part.constScanLine(y)[x] < dark ? 1 : 0;
        if (ink >= least && x > part.width() - 1 - int((kParenthesis + kBlank) * factor))
            return cell;
        if (ink >= least)
            return {cell.left(), cell.top(), std::min(cell.width(), std::max(kLongCell / 2, int(x / factor))),
                    cell.height()};
    }
    return cell;
}

void NumberRow::paintCell(QPainter& painter, const QRect& room, const std::optional<QRect>& cell) const {
    if (!cell || cell->isEmpty())
        return;
    // Thai words have marks above their letters, digits have not.
    const int above = cell->width() < kLongCell ? 0 : cell->height() / 8;
    const QRect around = inked(*cell).adjusted(-kBeside, -above, kBeside, 0);
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
    QRect label(at.label, 0, labelWidth(), height() - 1);
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
                         labelMetrics.elidedText(shownLabel(), Qt::ElideRight, label.width()));
    } else {
        painter.setFont(textFont(TextStyle::Strong));
        painter.setPen(m_theme.text);
        painter.drawText(label, int(Qt::AlignVCenter) | int(Qt::TextWordWrap), shownLabel());
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
            metrics.elidedText(tr("no words for this number"), Qt::ElideRight, wordsEnd - at.words));
    }
    if (m_compact) {
        if (m_text.read.confidence)
            painter.drawText(QRect(wordsEnd - 60, 0, 60, height() - 1), Qt::AlignVCenter | Qt::AlignRight,
                             ReviewWords::percent(*m_text.read.confidence));
    } else {
        const int y = top + pictureHeight() + 2;
        paintSaid(painter, QRect(at.digits, y, at.words - at.digits - 8, caption), digitsSaid(false),
                  TextStyle::Caption);
        paintSaid(painter, QRect(at.words, y, wordsEnd - at.words, caption), wordsSaid(false),
                  TextStyle::Caption);
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
    struct Hint {
        QStringList caps;
        QString text;
    };
    QList<Hint> hints{{ReviewKeymap::caps(ReviewAction::Confirm), tr("confirm, next")}};
    if (readingChoices(m_text.read).size() > 1)
        hints.append({{QStringLiteral("↑"), QStringLiteral("↓")}, tr("choose a reading")});
    const auto widthOf = [&](const Hint& hint) {
        return keyCapsSize(hint.caps).width() +
               (hint.text.isEmpty() ? 0 : 8 + small.horizontalAdvance(hint.text)) + 20;
    };
    int all = 0;
    for (const Hint& hint : hints)
        all += widthOf(hint);
    // What Enter does is known soon, so its words give way first.
    for (Hint& hint : hints) {
        if (right - all >= needed)
            break;
        all -= widthOf(hint);
        hint.text.clear();
        all += widthOf(hint);
    }
    for (const Hint& hint : hints) {
        if (right - widthOf(hint) < needed)
            break;
        const QSize capSize = keyCapsSize(hint.caps);
        const int textWidth = hint.text.isEmpty() ? 0 : small.horizontalAdvance(hint.text) + 8;
        painter.setPen(m_theme.text2);
        painter.drawText(QRect(right - textWidth, 8, textWidth, head),
                         int(Qt::AlignVCenter) | int(Qt::AlignRight), hint.text);
        right -= textWidth + capSize.width();
        paintKeyCaps(painter, {right, 8 + (head - capSize.height()) / 2}, hint.caps, m_theme);
        right -= 20;
    }

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
    const int line = heightOf(TextStyle::Body);
    QList<Said> digits = digitsSaid(true);
    const QList<Said> words = wordsSaid(true);
    const int end = width() - kMargin;
    // The words stand under their picture, or further right to make room for a second reading.
    const auto wordsFrom = [&] {
        return std::max(at.words, at.digits + saidWidth(digits, TextStyle::Secondary) + 16);
    };
    if (digits.size() > kFirstReading && wordsFrom() + saidWidth(words, TextStyle::Secondary) > end)
        digits = digits.first(kFirstReading);
    const int from = std::min(wordsFrom(), end);
    paintSaid(painter, QRect(at.digits, y, from - at.digits - 8, line), digits, TextStyle::Secondary);
    paintSaid(painter, QRect(from, y, end - from, line), words, TextStyle::Secondary);
}

void NumberRow::paintHint(QPainter& painter) {
    const int bar = hintHeight();
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
    painter.drawText(QRectF(icon.right() + 10, box.top(), hintRoom(), box.height()),
                     int(Qt::AlignVCenter) | int(Qt::TextWordWrap), m_text.hint);
}

}  // namespace tallydesk
