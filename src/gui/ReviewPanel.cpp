// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewPanel.h"

#include <QApplication>
#include <QFileInfo>
#include <QLocale>
#include <QScrollBar>

#include "gui/BallotItem.h"
#include "gui/LocalDate.h"
#include "gui/ReviewWords.h"
#include "gui/UiLanguage.h"
#include "ui_ReviewPanel.h"

namespace tallydesk {

namespace {

/// Below this the rows lose their captions (a window of 720 leaves about 600).
constexpr int kCompactHeight = 660;
/// Between the row at work and the buttons below it.
constexpr int kBelowCurrent = 12;

}  // namespace

ReviewPanel::ReviewPanel(BallotWords words, PageFetcher& fetcher, Validator validator, const Clock& clock,
                         QWidget* parent)
    : QWidget(parent),
      m_words(std::move(words)),
      m_fetcher(fetcher),
      m_clock(clock),
      m_ui(std::make_unique<Ui::ReviewPanel>()),
      m_session(m_words.forms(), std::move(validator), clock) {
    m_ui->setupUi(this);
    m_ui->firstCardLayout->addWidget(m_ui->sheet->firstCard());
    // First on the page for a screen reader too.
    m_ui->sheet->firstCard()->lower();
    m_ui->sheet->setSession(m_session, m_words.messages());
    m_ui->positionButton->setFlat(false);
    m_ui->positionButton->setCaps(ReviewKeymap::caps(ReviewAction::Queue));
    m_ui->acceptButton->setPrimary(true);
    m_ui->acceptButton->installEventFilter(this);
    m_ui->scroll->installEventFilter(this);
    m_ui->scroll->viewport()->installEventFilter(this);
    m_ui->sheet->installEventFilter(this);
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, this, &ReviewPanel::scrollToCurrent);
    const auto button = [this](KeyButton* target, ReviewAction action) {
        target->setCaps(ReviewKeymap::caps(action));
        connect(target, &QPushButton::clicked, this, [this, action] { perform(action); });
    };
    button(m_ui->backButton, ReviewAction::Back);
    button(m_ui->skipButton, ReviewAction::Skip);
    button(m_ui->retryButton, ReviewAction::Retry);
    button(m_ui->unreadableButton, ReviewAction::Unreadable);
    button(m_ui->paperButton, ReviewAction::PaperSaysSo);
    button(m_ui->acceptButton, ReviewAction::Accept);
    connect(m_ui->batchButton, &QPushButton::clicked, this, &ReviewPanel::batchRequested);
    connect(m_ui->positionButton, &QPushButton::clicked, this,
            [this] { Q_EMIT actionRequested(ReviewAction::Queue); });
    connect(m_ui->sheet, &ReviewSheet::currentChanged, this, [this](const QString& key) {
        tellPlace();
        m_follow.start();
        Q_EMIT fieldFocused(key);
    });
    connect(m_ui->decision, &DecisionCard::cancelled, this, &ReviewPanel::closeQuestion);
    connect(m_ui->decision, &DecisionCard::numberUnreadable, this, [this] {
        const QString key = m_ui->sheet->current();
        closeQuestion();
        m_session.markUnreadable(key);
        goOnAfter(key);
    });
    connect(m_ui->decision, &DecisionCard::settleAsked, this,
            [this](ReviewReason reason, const QString& note) {
                const auto question = m_ui->decision->question();
                closeQuestion();
                if (question == DecisionCard::Question::PaperSaysSo)
                    m_session.settleAsWritten(reason, note);
                else
                    m_session.markBallotUnreadable(reason, note);
            });
    connect(&m_fetcher, &PageFetcher::pageReady, this,
            [this](const BallotScan& scan, int page, const QImage&) {
                if (!m_session.isOpen() || ballotIdentity(scan) != ballotIdentity(m_session.original().scan))
                    return;
                if (const auto image = m_fetcher.cached(scan, page))
                    m_ui->sheet->setPage(page, *image);
            });
    connect(qApp, &QApplication::focusChanged, this, &ReviewPanel::tellPlace);
    wireSession();
    setTheme(m_theme);
    clear();
}

ReviewPanel::~ReviewPanel() {
    // The focus moves while the parts go.
    qApp->disconnect(this);
}

void ReviewPanel::wireSession() {
    connect(&m_session, &ReviewSession::opened, this, &ReviewPanel::showSession);
    connect(&m_session, &ReviewSession::changed, this, &ReviewPanel::refresh);
    connect(&m_session, &ReviewSession::settled, this,
            [this](const BallotResult& result, const QList<Correction>& corrections) {
                m_takesKeyboard = hasKeyboard();
                m_settledAt = m_clock.now();
                Q_EMIT settled(result, corrections);
                // Nothing else to show.
                if (!m_session.isOpen())
                    showSession();
                m_takesKeyboard = false;
            });
    connect(&m_session, &ReviewSession::reopened, this,
            [this](const BallotResult& result, const QList<Correction>& corrections) {
                m_settledAt.reset();  // who takes it back looks at it
                Q_EMIT reopened(result, corrections);
            });
}

QUndoStack* ReviewPanel::undoStack() {
    return m_session.undoStack();
}

void ReviewPanel::setReviewer(const QString& name) {
    m_reviewer = name;
    m_session.setReviewer(name);
}

void ReviewPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    for (KeyButton* button : findChildren<KeyButton*>())
        button->setTheme(theme);
    m_ui->sheet->setTheme(theme);
    m_ui->decision->setTheme(theme);
}

bool ReviewPanel::hasKeyboard() const {
    return isAncestorOf(window()->focusWidget());
}

void ReviewPanel::showBallot(const BallotResult& result, int position, int count) {
    m_position = position;
    m_count = count;
    m_takesKeyboard = m_takesKeyboard || hasKeyboard();
    m_session.open(result);
    m_takesKeyboard = false;
}

void ReviewPanel::setPosition(int position, int count) {
    m_position = position;
    m_count = count;
    if (m_session.isOpen())
        retranslate();
}

void ReviewPanel::clear() {
    m_position = 0;
    m_count = 0;
    m_session.leaveProject();
}

void ReviewPanel::showSession() {
    const bool open = m_session.isOpen();
    const bool keyboard = m_takesKeyboard || hasKeyboard();
    const bool asked = isAsking();
    m_reachedAccept.reset();
    m_ui->actionBar->setEnabled(open);
    m_ui->positionButton->setVisible(open);
    m_ui->stack->setCurrentWidget(open ? m_ui->workPage : m_ui->emptyPage);
    if (asked)
        Q_EMIT askingChanged();
    if (!open) {
        m_ui->titleLabel->clear();
        m_ui->subtitleLabel->clear();
        retranslate();
        return;
    }
    m_ui->sheet->rebuild();
    retranslate();
    // Before anything is said about its fields.
    Q_EMIT ballotShown(m_session.original());
    requestPages();
    m_ui->scroll->verticalScrollBar()->setValue(0);
    const QString first = m_session.firstOpen();
    if (!first.isEmpty())
        m_ui->sheet->setCurrent(first, keyboard);
    else if (keyboard)
        focusWork();
    Q_EMIT draftChanged(m_session.draft());
}

void ReviewPanel::requestPages() {
    const BallotScan& scan = m_session.original().scan;
    for (const int page : m_ui->sheet->pages()) {
        if (const auto image = m_fetcher.cached(scan, page))
            m_ui->sheet->setPage(page, *image);
        else
            m_fetcher.request(scan, page);
    }
}

void ReviewPanel::refresh() {
    m_ui->sheet->refresh();
    retranslate();
    Q_EMIT draftChanged(m_session.draft());
}

void ReviewPanel::retranslate() {
    m_ui->actionBar->setFixedHeight(deskBarHeight());
    m_ui->emptyLabel->setText(
        tr("A ballot that needs a look will be here: its findings, and every number beside "
           "the picture of its cell."));
    if (!m_session.isOpen()) {
        m_ui->acceptButton->setText(tr("Accept ballot"));
        m_ui->acceptButton->setCaps(ReviewKeymap::caps(ReviewAction::Accept));
        return;
    }
    const BallotResult& ballot = m_session.original();
    BallotResult shown = ballot;
    shown.data = m_session.data();
    const FormTemplate* form = m_session.form();
    const QString kind = !form             ? tr("Form not known")
                         : form->partyList ? tr("party-list")
                                           : tr("constituency");
    const QString place = BallotWords::place(shown);
    const QString code = form ? QStringLiteral("%1, %2").arg(form->displayCode, kind) : kind;
    m_ui->titleLabel->setText(place.isEmpty() ? code : QStringLiteral("%1  ·  %2").arg(place, code));
    m_ui->titleLabel->setToolTip(m_ui->titleLabel->text());
    QStringList parts;
    const HeaderValue province = shown.data.header.value(QStringLiteral("province"));
    const HeaderValue constituency = shown.data.header.value(QStringLiteral("constituency"));
    if (province.text) {
        const QString name = ReviewWords::provinceName(*province.text);
        parts.append(constituency.number ? tr("%1, constituency %2").arg(name).arg(*constituency.number)
                                         : name);
    }
    parts.append(QFileInfo(ballot.scan.file).fileName());
    m_ui->subtitleLabel->setText(parts.join(QStringLiteral("  ·  ")));
    m_ui->subtitleLabel->setToolTip(ballot.scan.file);
    m_ui->positionButton->setText(tr("Ballot %1 of %2").arg(m_position).arg(m_count));
    m_ui->positionButton->setVisible(m_count > 0);

    const int errors = m_session.openErrors();
    m_ui->acceptButton->setEnabled(m_session.canAccept());
    m_ui->acceptButton->setCaps(errors > 0 ? QStringList() : ReviewKeymap::caps(ReviewAction::Accept));
    m_ui->acceptButton->setText(errors > 0 ? tr("%n error(s) open", nullptr, errors) : tr("Accept ballot"));
    m_ui->acceptButton->setAccessibleName(errors > 0 ? tr("Accept ballot, %n error(s) open", nullptr, errors)
                                                     : tr("Accept ballot"));
    m_ui->acceptButton->setToolTip(errors > 0 ? tr("The ballot can be accepted once no error is open.")
                                              : tr("The numbers are as on the paper. Keep them."));
    m_ui->paperButton->setEnabled(form != nullptr);
    tellPlace();
}

void ReviewPanel::tellPlace() {
    // Letters are written in a text field, so their keys are off there.
    const ValueField* field = m_ui->sheet->field(m_ui->sheet->current());
    const bool off = field && field->kind() == ValueField::Kind::Text && field->hasFocus();
    for (KeyButton* button :
         {m_ui->backButton, m_ui->skipButton, m_ui->retryButton, m_ui->unreadableButton, m_ui->paperButton})
        button->setKeyOff(off);
}

void ReviewPanel::focusField(const QString& key) {
    if (!m_session.isOpen() || isAsking() || !m_ui->sheet->hasField(key))
        return;
    m_ui->sheet->setCurrent(key, true);
}

void ReviewPanel::focusWork() {
    if (!m_session.isOpen())
        return;
    if (isAsking())
        m_ui->decision->focusReason();
    else if (ValueField* field = m_ui->sheet->field(m_ui->sheet->current()))
        field->setFocus();
    else if (!m_session.form())
        m_ui->sheet->focusForm();
    else
        focusAccept();
}

void ReviewPanel::focusAccept() {
    m_ui->acceptButton->setFocus();
    m_reachedAccept = m_clock.now();
}

void ReviewPanel::scrollToCurrent() {
    const ValueField* field = m_ui->sheet->field(m_ui->sheet->current());
    if (!field || !m_session.isOpen())
        return;
    const QWidget* row = field->parentWidget();
    QScrollBar* bar = m_ui->scroll->verticalScrollBar();
    const int top = row->mapTo(m_ui->sheet, QPoint(0, 0)).y();
    const int room = m_ui->scroll->viewport()->height();
    const int least = top + row->height() + kBelowCurrent - room;
    if (bar->value() < least)
        bar->setValue(std::min(m_ui->sheet->snapped(least, top), top));
    else if (bar->value() > top)
        bar->setValue(top);
}

void ReviewPanel::ask(int question) {
    const auto kind = static_cast<DecisionCard::Question>(question);
    const QString key = m_ui->sheet->current();
    const bool number = m_session.form() && !key.isEmpty() && !m_session.form()->headerField(key);
    const QString when = localDateTime(m_clock.utcNow());
    m_ui->decision->ask(
        kind, m_ui->sheet->openErrorsText(), number ? m_ui->sheet->fieldLabel(key) : QString(),
        m_reviewer.isEmpty() ? tr("Recorded without a name, %1. Undo is possible.").arg(when)
                             : tr("Recorded as %1, %2. Undo is possible.").arg(m_reviewer, when));
    m_ui->stack->setCurrentWidget(m_ui->decision);
    m_ui->actionBar->setEnabled(false);
    Q_EMIT askingChanged();
}

bool ReviewPanel::isAsking() const {
    return m_ui->stack->currentWidget() == m_ui->decision;
}

void ReviewPanel::closeQuestion() {
    if (!isAsking())
        return;
    m_ui->stack->setCurrentWidget(m_ui->workPage);
    m_ui->actionBar->setEnabled(true);
    focusWork();
    Q_EMIT askingChanged();
}

void ReviewPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_ui->sheet->setCompact(height() < kCompactHeight);
}

void ReviewPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_ui->retranslateUi(this);
    retranslate();
    for (KeyButton* button : findChildren<KeyButton*>())
        button->updateGeometry();
}

}  // namespace tallydesk
