// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/EquationStrip.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "gui/Icons.h"
#include "gui/ReviewWords.h"

namespace tallydesk {

namespace {

constexpr int kGap = 8;

int heightOf(TextStyle style) {
    return QFontMetrics(textFont(style)).height();
}

}  // namespace

EquationStrip::EquationStrip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void EquationStrip::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void EquationStrip::showEquation(const EquationView& view, std::shared_ptr<const FormTemplate> form) {
    m_view = view;
    m_form = std::move(form);
    update();
}

QString EquationStrip::text() const {
    QStringList parts;
    const QList<Piece> all = pieces();
    for (const Piece& piece : all)
        parts.append(piece.caption.isEmpty() ? piece.text : piece.caption + u' ' + piece.text);
    return parts.join(u' ') + QStringLiteral(": ") + ReviewWords::equationVerdict(m_view);
}

void EquationStrip::setFocusField(const QString& key) {
    m_focus = key;
    update();
}

QSize EquationStrip::sizeHint() const {
    return {440, heightOf(TextStyle::Equation) + heightOf(TextStyle::Caption) + 10};
}

QSize EquationStrip::minimumSizeHint() const {
    return {320, sizeHint().height()};
}

QString EquationStrip::signText() const {
    const bool holds = m_view.verdict == EquationVerdict::Holds;
    if (m_view.op == EquationOp::AtMost)
        return holds ? QStringLiteral("≤") : QStringLiteral(">");
    return holds ? QStringLiteral("=") : QStringLiteral("≠");
}

QRect EquationStrip::verdictPlace() const {
    const int strong =
        QFontMetrics(textFont(TextStyle::Heading)).horizontalAdvance(ReviewWords::equationVerdict(m_view));
    const int sums =
        QFontMetrics(textFont(TextStyle::Caption)).horizontalAdvance(ReviewWords::equationSums(m_view));
    const int room = std::max(strong + 22, sums) + 24;
    return {width() - room, 0, room, height()};
}

QList<EquationStrip::Piece> EquationStrip::pieces() const {
    QList<Piece> list;
    const auto side = [&](const QList<EquationTerm>& terms) {
        for (qsizetype i = 0; i < terms.size(); ++i) {
            if (i > 0)
                list.append({{}, {}, QStringLiteral("+"), {}});
            const EquationTerm& term = terms.at(i);
            list.append({{},
                         term.field,
                         term.value ? QLocale().toString(*term.value) : QStringLiteral("?"),
                         m_form ? ReviewWords::briefName(*m_form, term.field) : QString()});
        }
    };
    side(m_view.left);
    list.append({{}, {}, signText(), {}});
    side(m_view.right);

    // Signs take what they need, numbers share the rest.
    const int signWidth = 22;
    const auto signs =
        std::count_if(list.cbegin(), list.cend(), [](const Piece& piece) { return piece.field.isEmpty(); });
    const int room = verdictPlace().left() - 12 - int(signs) * (signWidth + kGap);
    const int numbers = std::max<int>(1, int(list.size() - signs));
    const int width = std::min(150, (room - numbers * kGap) / numbers);
    int x = 0;
    for (Piece& piece : list) {
        const int own = piece.field.isEmpty() ? signWidth : width;
        piece.place = QRect(x, 0, own, height());
        x += own + kGap;
    }
    return list;
}

void EquationStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool holds = m_view.verdict == EquationVerdict::Holds;
    const QList<Piece> all = pieces();
    QFont numberFont = textFont(TextStyle::Equation);
    for (const Piece& piece : all)
        if (QFontMetrics(numberFont).horizontalAdvance(piece.text) > piece.place.width() - 4)
            numberFont = textFont(TextStyle::Title);
    const QFont caption = textFont(TextStyle::Caption);
    const int captionHeight = QFontMetrics(caption).height();
    const int relation = int(m_view.left.size()) * 2 - 1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Piece& piece = all.at(i);
        const QRect upper = piece.place.adjusted(0, 0, 0, -captionHeight - 6);
        if (!piece.field.isEmpty() && piece.field == m_focus) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.tint);
            painter.drawRoundedRect(piece.place, 6, 6);
            painter.fillRect(piece.place.left() + 2, height() - 3, piece.place.width() - 4, 3,
                             m_theme.accent);
        }
        painter.setFont(numberFont);
        painter.setPen(piece.field.isEmpty() ? (i == relation && !holds ? m_theme.err : m_theme.text2)
                                             : m_theme.text);
        painter.drawText(upper, Qt::AlignCenter, piece.text);
        painter.setFont(caption);
        painter.setPen(m_theme.text2);
        painter.drawText(
            QRect(piece.place.left(), upper.bottom(), piece.place.width(), captionHeight), Qt::AlignCenter,
            QFontMetrics(caption).elidedText(piece.caption, Qt::ElideRight, piece.place.width()));
    }

    const QRect box = verdictPlace();
    const QColor colour = holds ? m_theme.ok : m_theme.err;
    painter.setPen(Qt::NoPen);
    painter.setBrush(holds ? m_theme.okTint : m_theme.errTint);
    painter.drawRoundedRect(box, 6, 6);
    const QString verdict = ReviewWords::equationVerdict(m_view);
    const QString sums = ReviewWords::equationSums(m_view);
    const QFont strong = textFont(TextStyle::Heading);
    const int strongHeight = QFontMetrics(strong).height();
    const int both = strongHeight + (sums.isEmpty() ? 0 : captionHeight);
    const int top = (height() - both) / 2;
    const int wide = QFontMetrics(strong).horizontalAdvance(verdict) + 22;
    const int left = box.left() + (box.width() - wide) / 2;
    Icons::sign(holds ? Sign::Accepted : Sign::Failed, m_theme)
        .paint(&painter, QRect(left, top + (strongHeight - 16) / 2, 16, 16));
    painter.setPen(colour);
    painter.setFont(strong);
    painter.drawText(QRect(left + 22, top, wide, strongHeight), Qt::AlignVCenter, verdict);
    painter.setFont(caption);
    painter.setPen(m_theme.text);
    painter.drawText(QRect(box.left(), top + strongHeight, box.width(), captionHeight), Qt::AlignCenter,
                     sums);
}

void EquationStrip::mousePressEvent(QMouseEvent* event) {
    for (const Piece& piece : pieces()) {
        if (piece.field.isEmpty() || piece.field == sumOfRowsTerm || !piece.place.contains(event->pos()))
            continue;
        event->accept();
        Q_EMIT termClicked(piece.field);
        return;
    }
    event->ignore();
}

bool EquationStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        for (const Piece& piece : pieces())
            if (piece.place.contains(help->pos()) && !piece.caption.isEmpty()) {
                QToolTip::showText(help->globalPos(), piece.caption, this, piece.place);
                return true;
            }
        QToolTip::hideText();
    }
    return QWidget::event(event);
}

}  // namespace tallydesk
