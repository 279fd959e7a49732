// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <optional>

#include "core/VoteEntry.h"
#include "gui/ReviewState.h"
#include "gui/Theme.h"

namespace tallydesk {

/// One value of a ballot to look at and to overwrite. A number field takes digits only, Thai ones too, and
/// leaves letters, Enter, arrows, Undo and Redo to the panel around it (ReviewKeymap); a text field keeps
/// its letters. Shows the field's state by frame, pattern and icon. GUI thread.
class ValueField final : public QLineEdit {
    Q_OBJECT
public:
    enum class Kind { Number, Text };

    ValueField(QString key, Kind kind, QWidget* parent = nullptr);

    const QString& key() const { return m_key; }
    /// The field stands for another one from now on.
    void setKey(const QString& key);
    Kind kind() const { return m_kind; }
    void setTheme(const Theme& theme);
    void setLarge(bool large);
    /// What stands on the form and how sure it is. Leaves the text alone where it says the same already.
    void showNumber(const VoteEntry* entry, FieldState state);
    void showText(const QString& text, FieldState state);
    /// Takes a value as if it were typed.
    void enter(qint64 value);
    FieldState state() const { return m_state; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void numberTyped(std::optional<qint64> value);
    void textTyped(const QString& text);
    void entered();
    void left();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    /// Shows a text that no person wrote.
    void put(const QString& text);
    void sayTyped();
    void write(const QString& digits);
    void setState(FieldState state, Mark mark);
    void placeText();

    QString m_key;
    const Kind m_kind;
    Theme m_theme = Theme::light();
    FieldState m_state = FieldState::Sure;
    Mark m_mark = Mark::None;
    bool m_large = false;
    bool m_selectOnRelease = false;
    bool m_putting = false;
};

}  // namespace tallydesk
