// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "gui/AppSettings.h"

namespace Ui {
class PacePanel;
}

namespace tallydesk {

/// How fast and how often the AI service is asked. GUI thread.
class PacePanel final : public QWidget {
    Q_OBJECT
public:
    explicit PacePanel(QWidget* parent = nullptr);
    ~PacePanel() override;

    /// What the longest label needs; the labels take at least what they are given.
    int labelWidth() const;
    void setLabelWidth(int width);
    void setValues(const AppSettings& settings);
    void takeValues(AppSettings& settings) const;
    /// The first field whose value can't be used, with its reason shown; null when all can.
    QWidget* firstProblem();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void check();

    const std::unique_ptr<Ui::PacePanel> m_ui;
};

}  // namespace tallydesk
