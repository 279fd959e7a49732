// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QDialog>
#include <QPointer>
#include <memory>

#include "gui/Theme.h"

class QVBoxLayout;

namespace Ui {
class HelpDialog;
}

namespace tallydesk {

/// First steps, what the signs mean, and the keys: those of the review desk from ReviewKeymap, those of the
/// window from its own actions, so that the help can't say anything else than the program does. GUI thread.
class HelpDialog final : public QDialog {
    Q_OBJECT
public:
    enum class Page { FirstSteps, Signs, Keys };

    /// Actions without a shortcut are left out.
    HelpDialog(const Theme& theme, const QList<QAction*>& actions, QWidget* parent = nullptr);
    ~HelpDialog() override;

    void showPage(Page page);

protected:
    void changeEvent(QEvent* event) override;

private:
    /// Keys that do one thing: one list of caps for each way.
    struct Row {
        QList<QStringList> ways;
        QString text;
    };

    void retranslate();
    void fillSigns();
    void fillKeys();
    void addKeys(QVBoxLayout& column, const QString& heading, const QList<Row>& rows);
    QList<Row> windowKeys() const;

    const std::unique_ptr<Ui::HelpDialog> m_ui;
    const Theme m_theme;
    QList<QPointer<QAction>> m_actions;
    // Made anew in another language.
    QList<QPointer<QWidget>> m_made;
};

}  // namespace tallydesk
