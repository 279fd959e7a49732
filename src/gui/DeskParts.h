// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QStringList>
#include <QWidget>

#include "gui/Icons.h"
#include "gui/Theme.h"

namespace tallydesk {

/// Draws the caps of a key, side by side from `topLeft`, and returns the width they take. Dimmed where the
/// key is off.
int paintKeyCaps(QPainter& painter, const QPoint& topLeft, const QStringList& caps, const Theme& theme,
                 bool dimmed = false);
QSize keyCapsSize(const QStringList& caps);

/// Height of the bars below scan and desk, which stand side by side.
int deskBarHeight();

/// A state as icon and word on its tint. GUI thread.
class Chip final : public QWidget {
    Q_OBJECT
public:
    explicit Chip(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void showSign(Sign sign, const QString& text);

    static QSize sizeFor(const QString& text);
    static void paint(QPainter& painter, const QRect& rect, Sign sign, const QString& text,
                      const Theme& theme);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme = Theme::light();
    Sign m_sign = Sign::Waiting;
    QString m_text;
};

/// A button with the caps of its key. Flat ones have the cap before the text, others behind it. GUI thread.
class KeyButton final : public QPushButton {
    Q_OBJECT
public:
    explicit KeyButton(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setCaps(const QStringList& caps);
    /// Filled with the accent where the button is enabled.
    void setPrimary(bool primary);
    void setFlat(bool flat);
    /// The caps are drawn dimmed while the key does nothing.
    void setKeyOff(bool off);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Theme m_theme = Theme::light();
    QStringList m_caps;
    bool m_primary = false;
    bool m_flatLook = true;
    bool m_keyOff = false;
};

}  // namespace tallydesk
