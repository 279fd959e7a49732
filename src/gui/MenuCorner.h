// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "gui/Theme.h"

class QLabel;
class QPushButton;

namespace tallydesk {

/// The end of the menu bar: the open project's name, or without one the two languages. GUI thread.
class MenuCorner final : public QWidget {
    Q_OBJECT
public:
    explicit MenuCorner(QWidget* parent = nullptr);

    /// Empty for none.
    void setProject(const QString& title);
    void setTheme(const Theme& theme);

Q_SIGNALS:
    /// "en" or "th".
    void languageChosen(const QString& language);

private:
    QLabel* const m_title;
    QLabel* const m_globe;
    QPushButton* const m_english;
    QPushButton* const m_thai;
};

}  // namespace tallydesk
