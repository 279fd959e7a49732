// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/DecisionCard.h"

#include <QKeyEvent>
#include <QLabel>
#include <QRadioButton>

#include "gui/ReviewKeymap.h"
#include "gui/ReviewWords.h"
#include "ui_DecisionCard.h"

namespace tallydesk {

DecisionCard::DecisionCard(QWidget* parent) : QWidget(parent), m_ui(std::make_unique<Ui::DecisionCard>()) {
    m_ui->setupUi(this);
    m_ui->cancelButton->setFlat(false);
    m_ui->cancelButton->setCaps({QStringLiteral("Esc")});
    m_ui->settleButton->setPrimary(true);
    m_ui->settleButton->setCaps(ReviewKeymap::caps(ReviewAction::Accept));
    m_ui->noteEdit->installEventFilter(this);
    m_ui->findingsLabel->setAutoFillBackground(true);
    m_ui->findingsLabel->setMargin(10);
    m_ui->reasonsScroll->viewport()->installEventFilter(this);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &DecisionCard::cancelled);
    connect(m_ui->settleButton, &QPushButton::clicked, this, &DecisionCard::settle);
    connect(&m_reasons, &QButtonGroup::idToggled, this, [this] {
        tellReady();
        if (needsNote())
            m_ui->reasonsScroll->ensureWidgetVisible(m_ui->noteEdit);
    });
    connect(m_ui->noteEdit, &QLineEdit::textChanged, this, &DecisionCard::tellReady);
}

DecisionCard::~DecisionCard() = default;

void DecisionCard::setTheme(const Theme& theme) {
    m_theme = theme;
    m_ui->cancelButton->setTheme(theme);
    QPalette tinted = m_ui->findingsLabel->palette();
    tinted.setColor(QPalette::Window, theme.errTint);
    tinted.setColor(QPalette::WindowText, theme.text);
    m_ui->findingsLabel->setPalette(tinted);
    m_ui->settleButton->setTheme(theme);
}

void DecisionCard::ask(Question question, const QString& findings, const QString& field,
                       const QString& record) {
    m_question = question;
    m_findings = findings;
    m_field = field;
    m_record = record;
    m_ui->noteEdit->clear();
    m_choices.clear();
    if (question == Question::PaperSaysSo)
        m_choices = {ReviewReason::FieldEmpty,           ReviewReason::SumWrong,
                     ReviewReason::DigitsAndWordsDiffer, ReviewReason::CorrectedByHand,
                     ReviewReason::RowMissingOrTwice,    ReviewReason::Other};
    else
        m_choices = {ReviewReason::None,    ReviewReason::Faint,      ReviewReason::CutOff,
                     ReviewReason::Covered, ReviewReason::NotABallot, ReviewReason::Other};
    for (QAbstractButton* button : m_reasons.buttons()) {
        m_reasons.removeButton(button);
        delete button;
    }
    qDeleteAll(m_caps);
    m_caps.clear();
    for (int i = 0; i < m_choices.size(); ++i) {
        auto* button = new QRadioButton(this);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        m_reasons.addButton(button, i);
        auto* cap = new QLabel(QString::number(i + 1), this);
        cap->setProperty("keycap", true);
        cap->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_caps.append(cap);
        button->setEnabled(m_choices.at(i) != ReviewReason::None || !m_field.isEmpty());
        if (i > 0)
            setTabOrder(m_reasons.button(i - 1), button);
    }
    m_columns = 0;
    fill();
    arrange();
    tellReady();
    focusReason();
}

void DecisionCard::focusReason() {
    if (QAbstractButton* chosen = m_reasons.checkedButton()) {
        chosen->setFocus();
        return;
    }
    for (QAbstractButton* button : m_reasons.buttons())
        if (button->isEnabled()) {
            button->setFocus();
            break;
        }
}

void DecisionCard::arrange() {
    if (m_caps.isEmpty())
        return;
    const int gap = m_ui->reasonGrid->horizontalSpacing();
    const auto widest = [this](int column) {
        int width = 0;
        for (int i = column; i < m_caps.size(); i += 2)
            width = std::max(width, m_reasons.button(i)->sizeHint().width());
        return width;
    };
    const int needed = widest(0) + widest(1) + 2 * m_caps.first()->sizeHint().width() + 3 * gap;
    const QMargins margins = m_ui->bodyLayout->contentsMargins();
    const int room = m_ui->reasonsScroll->viewport()->width() - margins.left() - margins.right();
    const int columns = m_question == Question::PaperSaysSo && needed <= room ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    while (QLayoutItem* item = m_ui->reasonGrid->takeAt(0))
        delete item;
    for (int i = 0; i < m_caps.size(); ++i) {
        m_ui->reasonGrid->addWidget(m_reasons.button(i), i / columns, i % columns * 2);
        m_ui->reasonGrid->addWidget(m_caps.at(i), i / columns, i % columns * 2 + 1);
    }
}

void DecisionCard::fill() {
    const bool paper = m_question == Question::PaperSaysSo;
    m_ui->titleLabel->setText(paper ? tr("Settle this ballot as written on paper")
                                    : tr("What can't be read?"));
    m_ui->explanationLabel->setText(
        paper
            ? tr("The numbers stay exactly as they stand. Broken rules stay visible and are exported with "
                 "your reason.")
            : tr("A number that can't be read stays without a value. A ballot that can't be read is counted "
                 "nowhere and listed with your reason."));
    m_ui->findingsLabel->setText(m_findings);
    m_ui->findingsLabel->setVisible(paper && !m_findings.isEmpty());
    m_ui->whyLabel->setVisible(paper);
    for (int i = 0; i < m_choices.size(); ++i) {
        const ReviewReason reason = m_choices.at(i);
        QString text = ReviewWords::reason(reason);
        if (reason == ReviewReason::None)
            text = m_field.isEmpty() ? tr("Only one number") : tr("Only %1").arg(m_field);
        else if (!paper)
            text = tr("Whole ballot: %1").arg(text);
        m_reasons.button(i)->setText(text);
    }
    m_ui->recordLabel->setText(m_record);
    m_ui->settleButton->setText(paper ? tr("Settle as written") : tr("Mark unreadable"));
}

// A reason that refers to a note needs one.
bool DecisionCard::needsNote() const {
    const int chosen = m_reasons.checkedId();
    return chosen >= 0 && m_choices.at(chosen) == ReviewReason::Other;
}

void DecisionCard::tellReady() {
    m_ui->noteLabel->setText(needsNote() ? tr("Note, needed for this reason") : tr("Note (optional)"));
    m_ui->settleButton->setEnabled(m_reasons.checkedId() >= 0 &&
                                   (!needsNote() || !m_ui->noteEdit->text().trimmed().isEmpty()));
}

void DecisionCard::choose(int index) {
    QAbstractButton* button = m_reasons.button(index);
    if (!button || !button->isEnabled())
        return;
    button->setChecked(true);
    if (m_choices.at(index) == ReviewReason::None)
        settle();
    else if (m_choices.at(index) == ReviewReason::Other)
        m_ui->noteEdit->setFocus();
    else
        button->setFocus();
}

void DecisionCard::settle() {
    const int chosen = m_reasons.checkedId();
    if (chosen < 0 || !m_ui->settleButton->isEnabled())
        return;
    if (m_choices.at(chosen) == ReviewReason::None)
        Q_EMIT numberUnreadable();
    else
        Q_EMIT settleAsked(m_choices.at(chosen), m_ui->noteEdit->text());
}

void DecisionCard::keyPressEvent(QKeyEvent* event) {
    const ReviewAction action = ReviewKeymap::action(*event);
    if (action == ReviewAction::Accept || (action == ReviewAction::Confirm && m_reasons.checkedId() >= 0)) {
        if (!event->isAutoRepeat())
            settle();
    } else if (action == ReviewAction::OldValue) {
        Q_EMIT cancelled();
    } else if (const auto digit = ReviewKeymap::digit(*event);
               digit && *digit >= 1 && *digit <= m_choices.size()) {
        choose(*digit - 1);
    } else {
        // Letters of the desk do nothing behind an open question.
        QWidget::keyPressEvent(event);
    }
    event->accept();
}

bool DecisionCard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_ui->reasonsScroll->viewport() && event->type() == QEvent::Resize)
        arrange();
    if (watched == m_ui->noteEdit && event->type() == QEvent::KeyPress) {
        const ReviewAction action = ReviewKeymap::action(*static_cast<QKeyEvent*>(event));
        if (action == ReviewAction::Accept || action == ReviewAction::OldValue) {
            keyPressEvent(static_cast<QKeyEvent*>(event));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DecisionCard::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        if (!m_choices.isEmpty()) {
            fill();
            arrange();
            tellReady();
        }
    }
}

}  // namespace tallydesk
