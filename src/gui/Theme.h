// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;
class QWidget;

namespace tallydesk {

/// The sizes of text. In a .ui file a widget asks for one by the dynamic property `textStyle`: "caption",
/// "secondary", "body", "strong", "heading", "title", "titleStrong", "equation" or "value".
enum class TextStyle { Caption, Secondary, Body, Strong, Heading, Title, TitleStrong, Equation, Value };

/// The colours of the window. Every colour on screen is one of these; text on its ground keeps a contrast of
/// at least 4.5. A plain value.
struct Theme {
    bool isDark = false;
    QColor bg;       ///< window
    QColor surface;  ///< panels, fields
    QColor raised;   ///< disabled, page surround
    QColor line;     ///< separators
    QColor edge;     ///< control borders
    QColor text;
    QColor text2;    ///< secondary, disabled
    QColor accent;   ///< the only accent
    QColor accent2;  ///< hover
    QColor onaccent;
    QColor tint;    ///< focused card
    QColor selrow;  ///< selection
    QColor ok;      ///< holds
    QColor okTint;
    QColor warn;  ///< unsure
    QColor warnTint;
    QColor err;  ///< broken
    QColor errTint;

    static Theme light();
    static Theme dark();

    bool operator==(const Theme&) const = default;
};

/// The font of a text style; Thai texts are a pixel larger up to headings, as QLocale() says.
QFont textFont(TextStyle style);

/// Gives the whole application the theme's palette, font and style sheet. Dynamic properties that the style
/// sheet knows: `textStyle` (above) and `textTone` ("secondary", "ok", "warn", "err", "accent") on texts,
/// `buttonRole` ("primary", "flat", "link") on buttons, `surface` ("card", "panel", "raised") on frames,
/// `chip` ("plain", "ok", "warn", "err", "info") on labels and tool buttons. GUI thread.
void applyTheme(QApplication& application, const Theme& theme);

/// Sets a dynamic property and lets the style sheet look at it again. GUI thread.
void setStyleProperty(QWidget* widget, const char* name, const QString& value);

}  // namespace tallydesk
