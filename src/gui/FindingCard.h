// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <memory>
#include <optional>

#include "gui/EquationStrip.h"
#include "gui/Icons.h"
#include "gui/ReviewState.h"
#include "gui/Theme.h"

class QLabel;

namespace tallydesk {

/// What a card says.
struct FindingCardText {
    Sign sign = Sign::Failed;
    QString title;
    /// The title in fewer words, for where it would take two lines; empty for none.
    QString brief;
    QString detail;
    QString code;
    std::optional<EquationView> equation;
    std::shared_ptr<const FormTemplate> form;
};

/// One finding in words. A click, Enter or Space on it leads to its fields. A small card is one line without
/// the equation. GUI thread.
class FindingCard final : public QAbstractButton {
    Q_OBJECT
public:
    explicit FindingCard(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showText(const FindingCardText& text, bool small);
    /// Little height: less padding, and no advice under an equation.
    void setCompact(bool compact);
    void setFocusField(const QString& key);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void termClicked(const QString& key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QColor barColour() const;
    int padding() const { return m_small || m_compact ? 8 : 12; }
    bool showsDetail() const;
    int textRoom(int width) const;
    /// The title, or its brief form where that saves a line.
    QString shownTitle(int width) const;
    int textHeight(const QString& text, TextStyle style, int width) const;
    void place();

    EquationStrip* m_strip;
    Theme m_theme = Theme::light();
    FindingCardText m_text;
    bool m_small = false;
    bool m_compact = false;
};

}  // namespace tallydesk
