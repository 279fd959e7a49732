// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/MenuCorner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "gui/Icons.h"
#include "gui/UiLanguage.h"

namespace tallydesk {

MenuCorner::MenuCorner(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_globe(new QLabel(this)),
      // Each language is named in itself, for those who can't read the other.
      m_english(new QPushButton(QStringLiteral("English"), this)),
      m_thai(new QPushButton(QStringLiteral("ไทย"), this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 12, 0);
    row->setSpacing(4);
    for (QWidget* part : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_globe),
                          static_cast<QWidget*>(m_english), static_cast<QWidget*>(m_thai)})
        row->addWidget(part);
    m_title->setContentsMargins(0, 6, 0, 6);
    m_title->setProperty("textTone", QStringLiteral("secondary"));
    for (QPushButton* button : {m_english, m_thai})
        button->setProperty("buttonRole", QStringLiteral("link"));
    connect(m_english, &QPushButton::clicked, this, [this] { Q_EMIT languageChosen(QStringLiteral("en")); });
    connect(m_thai, &QPushButton::clicked, this, [this] { Q_EMIT languageChosen(QStringLiteral("th")); });
    setProject({});
}

void MenuCorner::setProject(const QString& title) {
    // Room for the menus comes first.
    constexpr int kMostWidth = 360;
    m_title->setText(fontMetrics().elidedText(title, Qt::ElideMiddle, kMostWidth));
    m_title->setToolTip(title);
    m_title->setVisible(!title.isEmpty());
    for (QWidget* part :
         {static_cast<QWidget*>(m_globe), static_cast<QWidget*>(m_english), static_cast<QWidget*>(m_thai)})
        part->setVisible(title.isEmpty());
    adjustSize();
}

void MenuCorner::setTheme(const Theme& theme) {
    m_globe->setPixmap(
        Icons::action(QStringLiteral("globe"), theme).pixmap(QSize(16, 16), devicePixelRatioF()));
    // The language in use is text, the other one a link.
    const bool thai = uiLanguage() == Language::Thai;
    m_english->setEnabled(thai);
    m_thai->setEnabled(!thai);
}

}  // namespace tallydesk
