// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/StyleSheet.h"

#include <QList>
#include <utility>

namespace tallydesk {

namespace {

// Colour names in braces are replaced by the theme's, {variant} by light or dark.
const auto kSheet = QStringLiteral(R"(
QToolTip { background: {text}; color: {surface}; border: none; padding: 4px 8px; }
QMenuBar { background: {surface}; color: {text}; padding: 2px 8px; }
QMenuBar::item { padding: 4px 12px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: {selrow}; }
QMenu { background: {surface}; color: {text}; border: 1px solid {line}; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: {selrow}; color: {text}; }
QMenu::item:disabled { color: {text2}; background: transparent; }
QMenu::separator { height: 1px; background: {line}; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QToolBar { background: {surface}; border: none; border-bottom: 1px solid {line}; padding: 0 8px; spacing: 8px; }
QToolBar::separator { background: {line}; width: 1px; margin: 12px 8px; }
QStatusBar { background: {surface}; border-top: 1px solid {line}; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: {text2}; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: {line}; }
QSplitter::handle { background: {line}; }
QSplitter::handle:hover { background: {accent}; }

QPushButton, QToolButton[buttonRole="outline"] {
  background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 6px; padding: 7px 14px; }
QPushButton:hover, QToolButton[buttonRole="outline"]:hover { background: {tint}; border-color: {accent}; }
QPushButton:pressed, QToolButton[buttonRole="outline"]:pressed { background: {selrow}; }
QPushButton:focus, QToolButton[buttonRole="outline"]:focus { border: 2px solid {accent}; padding: 6px 13px; }
QPushButton:disabled, QToolButton[buttonRole="outline"]:disabled {
  background: {raised}; color: {text2}; border-color: {line}; }
QPushButton:default { border: 2px solid {accent}; padding: 6px 13px; }
QPushButton[buttonRole="primary"], QToolButton[buttonRole="primary"] {
  background: {accent}; color: {onaccent}; border: 1px solid {accent}; border-radius: 6px; padding: 7px 14px;
  font-weight: bold; }
QPushButton[buttonRole="primary"]:hover, QToolButton[buttonRole="primary"]:hover {
  background: {accent2}; border-color: {accent2}; }
QPushButton[buttonRole="primary"]:focus, QToolButton[buttonRole="primary"]:focus {
  border: 2px solid {text}; padding: 6px 13px; }
QPushButton[buttonRole="primary"]:disabled, QToolButton[buttonRole="primary"]:disabled {
  background: {raised}; color: {text2}; border-color: {line}; }
QPushButton[buttonRole="flat"] { background: transparent; border: 1px solid transparent; }
QPushButton[buttonRole="flat"]:hover { background: {tint}; border-color: transparent; }
QPushButton[buttonRole="flat"]:focus { border: 2px solid {accent}; padding: 6px 13px; }
QPushButton[buttonRole="flat"]:disabled { color: {text2}; background: transparent; }
QPushButton[buttonRole="link"] {
  background: transparent; border: 1px solid transparent; color: {accent}; padding: 3px 5px; }
QPushButton[buttonRole="link"]:hover { color: {accent2}; text-decoration: underline; background: transparent; }
QPushButton[buttonRole="link"]:disabled { background: transparent; border-color: transparent; color: {text2}; }
QPushButton[buttonRole="link"]:focus { border: 2px solid {accent}; padding: 2px 4px; }
QToolButton { background: transparent; color: {text}; border: 1px solid transparent; border-radius: 6px;
  padding: 5px; }
QToolButton:hover { background: {tint}; }
QToolButton:pressed { background: {selrow}; }
QToolButton:checked { background: {tint}; color: {accent}; }
QToolButton:focus { border: 2px solid {accent}; padding: 4px; }
QToolButton:disabled { color: {text2}; }
QToolButton[buttonRole="mode"] { border: none; border-bottom: 3px solid transparent; border-radius: 0;
  padding: 15px 18px 12px 18px; }
QToolButton[buttonRole="mode"][badge="1"] { padding-right: 52px; }
QToolButton[buttonRole="mode"][badge="2"] { padding-right: 60px; }
QToolButton[buttonRole="mode"][badge="3"] { padding-right: 68px; }
QToolButton[buttonRole="mode"][badge="4"] { padding-right: 76px; }
QToolButton[buttonRole="mode"][badge="5"] { padding-right: 80px; }
QToolButton[buttonRole="mode"][badge="6"] { padding-right: 88px; }
QToolButton[buttonRole="mode"][badge="7"] { padding-right: 96px; }
QToolButton[buttonRole="mode"]:hover { background: {bg}; }
QToolButton[buttonRole="mode"]:checked { background: transparent; color: {accent}; font-weight: bold;
  border-bottom: 3px solid {accent}; }
QToolButton[buttonRole="mode"]:focus { background: {tint}; }
QToolButton[chip] { border: 1px solid transparent; border-radius: 14px; padding: 4px 6px; color: {text}; }
QToolButton[chip]:hover { background: {raised}; }
QToolButton[chip]:checked { background: {tint}; color: {accent}; font-weight: bold; }
QToolButton[chip]:focus { border: 2px solid {accent}; padding: 3px 5px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
  background: {surface}; border: 1px solid {edge}; border-radius: 6px; padding: 6px 9px;
  selection-background-color: {accent}; selection-color: {onaccent}; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid {accent}; padding: 5px 8px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
  background: {raised}; border-color: {line}; }
tallydesk--ValueField, tallydesk--ValueField:focus, tallydesk--ValueField:disabled {
  background: transparent; border: none; padding: 0; }
QLineEdit[fieldState="wrong"], QComboBox[fieldState="wrong"] { border: 2px solid {err}; padding: 5px 8px; }
QComboBox { padding-right: 24px; }
QComboBox:focus { padding-right: 23px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/controls/down-{variant}.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: {surface}; color: {text}; border: 1px solid {line};
  selection-background-color: {selrow}; selection-color: {text}; }
QSpinBox::up-button, QDoubleSpinBox::up-button { border: none; width: 20px; subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { border: none; width: 20px;
  subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/controls/up-{variant}.svg); width: 10px;
  height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/controls/down-{variant}.svg); width: 10px;
  height: 10px; }
QCheckBox, QRadioButton { spacing: 8px; padding: 2px 6px 2px 2px; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid {edge};
  background: {surface}; border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked { background: {accent}; border-color: {accent};
  image: url(:/icons/controls/check-{variant}.svg); }
QRadioButton::indicator:checked { background: {accent}; border-color: {accent};
  image: url(:/icons/controls/dot-{variant}.svg); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid {accent}; width: 14px; height: 14px; }
QCheckBox:focus, QRadioButton:focus { background: {tint}; border-radius: 6px; }
QCheckBox:disabled, QRadioButton:disabled { color: {text2}; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: {raised}; border-color: {line}; }
QSlider::groove:horizontal { height: 4px; background: {line}; border-radius: 2px; }
QSlider::handle:horizontal { width: 16px; margin: -6px 0; border-radius: 8px; background: {accent}; }

QProgressBar { background: {raised}; border: none; border-radius: 4px; color: {text}; text-align: center; }
QProgressBar::chunk { background: {accent}; border-radius: 4px; }
QHeaderView { background: {surface}; border: none; }
QHeaderView::section { background: {surface}; color: {text2}; border: none; border-bottom: 1px solid {line};
  padding: 8px 8px; }
QTableView#preview QHeaderView::section { padding-left: 4px; padding-right: 4px; }
QHeaderView::section:hover { color: {text}; }
QHeaderView::down-arrow { image: url(:/icons/controls/down-{variant}.svg); width: 10px; height: 10px; }
QHeaderView::up-arrow { image: url(:/icons/controls/up-{variant}.svg); width: 10px; height: 10px; }
QTableView, QListView, QTreeView { background: {surface}; color: {text}; border: none; gridline-color: {line};
  selection-background-color: {selrow}; selection-color: {text}; outline: none; }
QTableCornerButton::section { background: {surface}; border: none; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: {edge}; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: {accent}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QAbstractScrollArea::corner { background: {surface}; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QGroupBox { border: 1px solid {line}; border-radius: 8px; margin-top: 10px; padding: 16px 12px 12px 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 12px; padding: 0 4px; color: {text}; }
QTabWidget::pane { border: 1px solid {line}; border-radius: 8px; }
QTabBar::tab { padding: 8px 16px; border: none; border-bottom: 3px solid transparent; color: {text2}; }
QTabBar::tab:selected { color: {accent}; border-bottom: 3px solid {accent}; font-weight: bold; }

QFrame[surface="card"] { background: {surface}; border: 1px solid {line}; border-radius: 8px; }
QFrame[surface="panel"], QWidget[surface="panel"] { background: {surface}; border: none; }
QFrame[surface="raised"], QWidget[surface="raised"] { background: {raised}; border: none; }
QFrame[surface="focused"] { background: {tint}; border: 1px solid {line}; border-radius: 8px; }
QFrame[surface="toolbar"] { background: {surface}; border: none; border-bottom: 1px solid {line}; }
QFrame[surface="noticeInfo"] { background: {tint}; border: none; border-bottom: 1px solid {line}; }
QFrame[surface="noticeWarn"] { background: {warnTint}; border: none; border-bottom: 1px solid {line}; }
QFrame[surface="noticeErr"] { background: {errTint}; border: none; border-bottom: 1px solid {line}; }
QFrame[surface="bar"], QWidget[surface="bar"] { background: {surface}; border: none;
  border-top: 1px solid {line}; border-bottom: 1px solid {line}; }
QLabel[chip] { border-radius: 11px; padding: 2px 10px; }
QLabel[chip="plain"] { background: {raised}; color: {text2}; }
QLabel[chip="info"] { background: {tint}; color: {accent}; }
QLabel[chip="ok"] { background: {okTint}; color: {ok}; }
QLabel[chip="warn"] { background: {warnTint}; color: {warn}; }
QLabel[chip="err"] { background: {errTint}; color: {err}; }
QLabel[banner="true"] { border-radius: 8px; padding: 10px 14px; }
QListWidget[listRole="navigation"] { background: {bg}; border-right: 1px solid {line}; padding: 12px 8px; }
QListWidget[listRole="navigation"]::item { border-radius: 6px; padding: 10px 12px; color: {text}; }
QListWidget[listRole="navigation"]::item:hover { background: {raised}; }
QListWidget[listRole="navigation"]::item:selected { background: {selrow}; color: {text}; }
QListWidget[listRole="navigation"]::item:selected:focus { border: 2px solid {accent}; padding: 8px 10px; }
QLabel[keycap="true"] { border: 1px solid {edge}; border-bottom: 2px solid {edge}; border-radius: 4px;
  padding: 1px 5px; color: {text2}; }
)");

const auto kTones = QStringLiteral(R"(
*[textTone="secondary"] { color: {text2}; }
*[textTone="ok"] { color: {ok}; }
*[textTone="warn"] { color: {warn}; }
*[textTone="err"] { color: {err}; }
*[textTone="accent"] { color: {accent}; }
)");

QString textRule(const char* name, TextStyle style) {
    const QFont font = textFont(style);
    return QStringLiteral("*[textStyle=\"%1\"] { font-size: %2px; font-weight: %3; }\n")
        .arg(QLatin1String(name))
        .arg(font.pixelSize())
        .arg(font.bold() ? QStringLiteral("bold") : QStringLiteral("normal"));
}

}  // namespace

QString styleSheet(const Theme& theme) {
    QString sheet = kSheet + kTones;
    const QList<std::pair<QString, QColor>> colours = {
        {QStringLiteral("bg"), theme.bg},           {QStringLiteral("surface"), theme.surface},
        {QStringLiteral("raised"), theme.raised},   {QStringLiteral("line"), theme.line},
        {QStringLiteral("edge"), theme.edge},       {QStringLiteral("text"), theme.text},
        {QStringLiteral("text2"), theme.text2},     {QStringLiteral("accent"), theme.accent},
        {QStringLiteral("accent2"), theme.accent2}, {QStringLiteral("onaccent"), theme.onaccent},
        {QStringLiteral("tint"), theme.tint},       {QStringLiteral("selrow"), theme.selrow},
        {QStringLiteral("ok"), theme.ok},           {QStringLiteral("okTint"), theme.okTint},
        {QStringLiteral("warn"), theme.warn},       {QStringLiteral("warnTint"), theme.warnTint},
        {QStringLiteral("err"), theme.err},         {QStringLiteral("errTint"), theme.errTint}};
    for (const auto& [name, colour] : colours)
        sheet.replace(u'{' + name + u'}', colour.name());
    sheet.replace(QStringLiteral("{variant}"),
                  theme.isDark ? QStringLiteral("dark") : QStringLiteral("light"));
    return sheet + textRule("caption", TextStyle::Caption) + textRule("secondary", TextStyle::Secondary) +
           textRule("body", TextStyle::Body) + textRule("strong", TextStyle::Strong) +
           textRule("heading", TextStyle::Heading) + textRule("title", TextStyle::Title) +
           textRule("titleStrong", TextStyle::TitleStrong) + textRule("equation", TextStyle::Equation) +
           textRule("value", TextStyle::Value);
}

}  // namespace tallydesk
