// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QButtonGroup>
#include <QWidget>
#include <memory>

#include "gui/ReviewSession.h"
#include "gui/Theme.h"

namespace Ui {
class DecisionCard;
}

class QLabel;

namespace tallydesk {

/// Asks for the reason with which a ballot is settled as written or called unreadable. Keys 1 to 6 choose,
/// Ctrl+Enter settles, Esc leaves. GUI thread.
class DecisionCard final : public QWidget {
    Q_OBJECT
public:
    enum class Question { PaperSaysSo, Unreadable };

    explicit DecisionCard(QWidget* parent = nullptr);
    ~DecisionCard() override;

    void setTheme(const Theme& theme);
    /// `findings`: the open errors in words. `field`: the number at work, which alone may be unreadable;
    /// empty for none. `record`: who and when, as it will be kept.
    void ask(Question question, const QString& findings, const QString& field, const QString& record);
    Question question() const { return m_question; }
    /// Gives the keyboard to the reason that is chosen, else to the first one.
    void focusReason();
    /// As the button does; nothing while a reason or its note is missing.
    void settle();

Q_SIGNALS:
    void settleAsked(tallydesk::ReviewReason reason, const QString& note);
    void numberUnreadable();
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    /// The reasons in two columns where there is room for them, else in one.
    void arrange();
    void choose(int index);
    bool needsNote() const;
    void tellReady();

    std::unique_ptr<Ui::DecisionCard> m_ui;
    QButtonGroup m_reasons;
    Theme m_theme = Theme::light();
    Question m_question = Question::PaperSaysSo;
    QString m_findings;
    QString m_field;
    QString m_record;
    /// What the buttons stand for; None is "only this number".
    QList<ReviewReason> m_choices;
    QList<QLabel*> m_caps;
    int m_columns = 0;
};

}  // namespace tallydesk
