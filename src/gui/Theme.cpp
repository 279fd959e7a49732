// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/Theme.h"

#include <QApplication>
#include <QLocale>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include "gui/StyleSheet.h"

namespace tallydesk {

Theme Theme::light() {
    Theme theme;
    theme.bg = QColor(0xF3F5F7);
    theme.surface = QColor(0xFFFFFF);
    theme.raised = QColor(0xE9EDF0);
    theme.line = QColor(0xD3DAE0);
    theme.edge = QColor(0x6F7D88);
    theme.text = QColor(0x1A2329);
    theme.text2 = QColor(0x4B5963);
    theme.accent = QColor(0x0B6580);
    theme.accent2 = QColor(0x084E63);
    theme.onaccent = QColor(0xFFFFFF);
    theme.tint = QColor(0xE0EFF4);
    theme.selrow = QColor(0xD5E9F0);
    theme.ok = QColor(0x17683A);
    theme.okTint = QColor(0xE3F3E9);
    theme.warn = QColor(0x8A4F00);
    theme.warnTint = QColor(0xFCF0DA);
    theme.err = QColor(0xB0241C);
    theme.errTint = QColor(0xFBE8E6);
    return theme;
}

Theme Theme::dark() {
    Theme theme;
    theme.isDark = true;
    theme.bg = QColor(0x12171B);
    theme.surface = QColor(0x1B2228);
    theme.raised = QColor(0x262F36);
    theme.line = QColor(0x36424B);
    theme.edge = QColor(0x82929D);
    theme.text = QColor(0xE9EEF1);
    theme.text2 = QColor(0xAEBBC4);
    theme.accent = QColor(0x62BEDA);
    theme.accent2 = QColor(0x8AD2E8);
    theme.onaccent = QColor(0x06222C);
    theme.tint = QColor(0x12343F);
    theme.selrow = QColor(0x163C49);
    theme.ok = QColor(0x74D19B);
    theme.okTint = QColor(0x153324);
    theme.warn = QColor(0xF2BA62);
    theme.warnTint = QColor(0x382A12);
    theme.err = QColor(0xFF9A91);
    theme.errTint = QColor(0x43201E);
    return theme;
}

namespace {

struct Size {
    int pixels;
    bool bold;
};

Size sizeOf(TextStyle style) {
    switch (style) {
        case TextStyle::Caption:
            return {12, false};
        case TextStyle::Secondary:
            return {13, false};
        case TextStyle::Body:
            return {14, false};
        case TextStyle::Strong:
            return {14, true};
        case TextStyle::Heading:
            return {16, true};
        case TextStyle::Title:
            return {20, false};
        case TextStyle::TitleStrong:
            return {20, true};
        case TextStyle::Equation:
            return {28, false};
        case TextStyle::Value:
            return {40, false};
    }
    return {14, false};
}

QPalette paletteOf(const Theme& theme) {
    QPalette palette;
    palette.setColor(QPalette::Window, theme.bg);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, theme.raised);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.text2);
    palette.setColor(QPalette::Button, theme.surface);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.err);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onaccent);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::ToolTipBase, theme.text);
    palette.setColor(QPalette::ToolTipText, theme.surface);
    palette.setColor(QPalette::Light, theme.surface);
    palette.setColor(QPalette::Midlight, theme.raised);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, theme.edge);
    palette.setColor(QPalette::Shadow, theme.edge);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, theme.text2);
    palette.setColor(QPalette::Disabled, QPalette::Base, theme.raised);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.line);
    return palette;
}

}  // namespace

QFont textFont(TextStyle style) {
    const Size size = sizeOf(style);
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Loma")});
    // Thai letters stack marks above and below, so they look smaller at the same size.
    const bool larger = QLocale().language() == QLocale::Thai && size.pixels <= 16;
    font.setPixelSize(size.pixels + (larger ? 1 : 0));
    font.setBold(size.bold);
    return font;
}

void applyTheme(QApplication& application, const Theme& theme) {
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(paletteOf(theme));
    application.setFont(textFont(TextStyle::Body));
    application.setStyleSheet(styleSheet(theme));
}

void setStyleProperty(QWidget* widget, const char* name, const QString& value) {
    if (widget->property(name).toString() == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

}  // namespace tallydesk
