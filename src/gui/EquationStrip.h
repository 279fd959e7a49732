// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "core/FormTemplate.h"
#include "gui/ReviewState.h"
#include "gui/Theme.h"

namespace tallydesk {

/// A rule of the form in numbers, in the order of the form, with what is missing in a box at its end. A click
/// on a number names its field. GUI thread.
class EquationStrip final : public QWidget {
    Q_OBJECT
public:
    explicit EquationStrip(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showEquation(const EquationView& view, std::shared_ptr<const FormTemplate> form);
    /// What it shows in one line, for those who hear it: names, numbers, signs and the verdict.
    QString text() const;
    /// The number at work is underlined.
    void setFocusField(const QString& key);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void termClicked(const QString& key);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Piece {
        QRect place;
        QString field;  // empty for a sign
        QString text;
        QString caption;
    };
    QList<Piece> pieces() const;
    QRect verdictPlace() const;
    QString signText() const;

    Theme m_theme = Theme::light();
    EquationView m_view;
    std::shared_ptr<const FormTemplate> m_form;
    QString m_focus;
};

}  // namespace tallydesk
