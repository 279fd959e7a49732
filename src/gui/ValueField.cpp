// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ValueField.h"

#include <QFocusEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>

#include "core/ThaiNumber.h"
#include "gui/Icons.h"
#include "gui/ReviewKeymap.h"

namespace tallydesk {

namespace {

constexpr int kMostDigits = 9;
const QString kDash = QStringLiteral("–");

std::optional<Sign> signOf(FieldState state) {
    switch (state) {
        case FieldState::Sure:
            return std::nullopt;
        case FieldState::Confirmed:
        case FieldState::Changed:
            return Sign::Settled;
        case FieldState::Unsure:
            return Sign::NeedsReview;
        case FieldState::Broken:
        case FieldState::Missing:
            return Sign::Failed;
    }
    return std::nullopt;
}

}  // namespace

ValueField::ValueField(QString key, Kind kind, QWidget* parent)
    : QLineEdit(parent), m_key(std::move(key)), m_kind(kind) {
    setFrame(false);
    if (m_kind == Kind::Number) {
        setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        setInputMethodHints(Qt::ImhDigitsOnly);
        setContextMenuPolicy(Qt::NoContextMenu);
    }
    // Not textEdited(): assistive programs set the text, and what the field shows is what must be kept.
    connect(this, &QLineEdit::textChanged, this, [this] {
        if (!m_putting)
            sayTyped();
    });
    setLarge(false);
}

void ValueField::setKey(const QString& key) {
    m_key = key;
    put({});
    setState(FieldState::Sure, Mark::None);
}

void ValueField::setTheme(const Theme& theme) {
    m_theme = theme;
    setLarge(m_large);
    update();
}

void ValueField::setLarge(bool large) {
    m_large = large;
    QFont font = textFont(m_kind == Kind::Text ? TextStyle::Body
                          : large              ? TextStyle::Value
                                               : TextStyle::Title);
    setFont(font);
    placeText();
    updateGeometry();
}

QSize ValueField::sizeHint() const {
    const QFontMetrics metrics(font());
    if (m_kind == Kind::Text)
        return {metrics.averageCharWidth() * 18, metrics.height() + 16};
    // Six digits; with fewer there is room for the icon.
    const int digits = m_large ? 4 : 5;
    const int width = metrics.horizontalAdvance(QString(digits, u'0')) + (m_large ? 24 : 48);
    return {width, m_large ? metrics.height() + 24 : metrics.height() + 10};
}

void ValueField::showNumber(const VoteEntry* entry, FieldState state) {
    QString text;
    Mark mark = entry ? entry->mark : Mark::None;
    if (mark == Mark::Dash)
        text = kDash;
    else if (entry && mark != Mark::Blank && entry->value)
        text = QString::number(*entry->value);
    // "05" and "5" are one number: what is being typed stays as typed.
    const bool same = !text.isEmpty() &&
                      ThaiNumber::parseDigits(this->text()) == ThaiNumber::parseDigits(text) &&
                      mark != Mark::Dash;
    if (!same && this->text() != text) {
        put(text);
        if (hasFocus())
            selectAll();
    }
    setPlaceholderText(state == FieldState::Missing && mark != Mark::Blank ? QStringLiteral("?") : QString());
    setState(state, mark);
}

void ValueField::showText(const QString& text, FieldState state) {
    if (this->text() != text && this->text().trimmed() != text.trimmed())
        put(text);
    setState(state, Mark::None);
}

void ValueField::setState(FieldState state, Mark mark) {
    if (state == m_state && mark == m_mark)
        return;
    m_state = state;
    m_mark = mark;
    placeText();
    update();
}

void ValueField::placeText() {
    const bool icon = !m_large && signOf(m_state).has_value();
    const bool right = m_kind == Kind::Text;
    setTextMargins(!right && icon ? 28 : 8, 0, right && icon ? 28 : 10, 0);
}

void ValueField::enter(qint64 value) {
    // Without the keyboard nothing is selected, and the digits would join those that stand there.
    selectAll();
    write(QString::number(value));
    selectAll();
}

void ValueField::write(const QString& digits) {
    QString now = text();
    if (hasSelectedText())
        now.remove(selectionStart(), selectedText().size());
    // A dash is a sign for the whole cell and goes when a digit comes.
    if (now.contains(kDash)) {
        now.clear();
        put(now);
    }
    if (now.size() + digits.size() > kMostDigits)
        return;
    {
        const QScopedValueRollback putting(m_putting, true);
        insert(digits);
    }
    sayTyped();
}

void ValueField::put(const QString& text) {
    const QScopedValueRollback putting(m_putting, true);
    setText(text);
}

void ValueField::sayTyped() {
    if (m_kind == Kind::Text) {
        Q_EMIT textTyped(text());
        return;
    }
    const auto number = ThaiNumber::parseDigits(text());
    // Pasted text may be anything; what is no number is not kept.
    const QString plain = number ? QString::number(*number) : QString();
    const bool onlyDigits =
        std::all_of(text().cbegin(), text().cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!onlyDigits)
        put(plain);
    Q_EMIT numberTyped(number);
}

bool ValueField::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const ReviewAction action = ReviewKeymap::action(*key);
        const bool step = action == ReviewAction::Undo || action == ReviewAction::Redo ||
                          key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
        // QLineEdit would take these for itself: steps back are the panel's, and so are a number's letters.
        if (step || (m_kind == Kind::Number && action != ReviewAction::None && !ReviewKeymap::digit(*key) &&
                     action != ReviewAction::Empty && action != ReviewAction::Dash)) {
            event->ignore();
            return false;
        }
    }
    return QLineEdit::event(event);
}

void ValueField::keyPressEvent(QKeyEvent* event) {
    const ReviewAction action = ReviewKeymap::action(*event);
    if (m_kind == Kind::Text) {
        if (action != ReviewAction::None && !ReviewKeymap::isTyped(action) && action != ReviewAction::Empty) {
            event->ignore();
            return;
        }
        QLineEdit::keyPressEvent(event);
        return;
    }
    if (action == ReviewAction::None) {
        if (const auto digit = ReviewKeymap::digit(*event)) {
            write(QString::number(*digit));
            event->accept();
            return;
        }
    }
    const bool writes = !event->text().isEmpty() && event->text().front().isPrint() &&
                        !(event->modifiers() & Qt::ControlModifier);
    if (action != ReviewAction::None || writes) {
        event->ignore();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void ValueField::inputMethodEvent(QInputMethodEvent* event) {
    if (m_kind == Kind::Text) {
        QLineEdit::inputMethodEvent(event);
        return;
    }
    QString digits;
    for (const QChar c : event->commitString())
        if (c.digitValue() >= 0)
            digits.append(QString::number(c.digitValue()));
    if (!digits.isEmpty())
        write(digits);
    event->accept();
}

void ValueField::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    selectAll();
    m_selectOnRelease = event->reason() == Qt::MouseFocusReason;
    Q_EMIT entered();
}

void ValueField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        Q_EMIT left();
}

void ValueField::mouseReleaseEvent(QMouseEvent* event) {
    QLineEdit::mouseReleaseEvent(event);
    if (m_selectOnRelease && !hasSelectedText())
        selectAll();
    m_selectOnRelease = false;
}

void ValueField::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool strong = hasFocus() || m_state == FieldState::Broken || m_state == FieldState::Missing ||
                            m_state == FieldState::Changed || m_state == FieldState::Confirmed;
        QColor colour = m_theme.edge;
        if (hasFocus())
            colour = m_theme.accent;
        else if (m_state == FieldState::Changed || m_state == FieldState::Confirmed)
            colour = m_theme.ok;
        else if (m_state == FieldState::Unsure)
            colour = m_theme.warn;
        else if (m_state == FieldState::Broken)
            colour = m_theme.err;
        QPen pen(colour, strong ? 2.0 : 1.0);
        if (m_mark == Mark::Blank && !hasFocus())
            pen.setStyle(Qt::DashLine);
        painter.setPen(pen);
        painter.setBrush(isEnabled() ? m_theme.surface : m_theme.raised);
        const double half = pen.widthF() / 2.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), 6, 6);
        const auto sign = signOf(m_state);
        if (sign && !m_large) {
            const int x = m_kind == Kind::Text ? width() - 26 : 8;
            Icons::sign(*sign, m_theme).paint(&painter, QRect(x, (height() - 16) / 2, 16, 16));
        }
    }
    QLineEdit::paintEvent(event);
}

}  // namespace tallydesk
