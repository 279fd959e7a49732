// SPDX-License-Identifier: GPL-3.0-or-later
// What a slip of the hand must not do at the review desk: held and doubled keys, Enter on a button, the
// wheel, keys behind an open question.
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QToolButton>
#include <QWheelEvent>

#include "ReviewDesk.h"
#include "gui/DecisionCard.h"
#include "gui/DeskParts.h"
#include "gui/FindingCard.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

const QString kSpoiled = QStringLiteral("invalid");

/// Nothing is open but a warning that no field bears.
BallotResult warnedResult(const QString& name) {
    BallotResult ballot = soundResult(name);
    ballot.findings = {{QStringLiteral("W.302"), Severity::Warning, {}, {QStringLiteral("other.pdf")}}};
    return ballot;
}

void hold(QWidget* target, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QKeyEvent event(QEvent::KeyPress, key, modifiers, QString(), true);
    QApplication::sendEvent(target, &event);
}

}  // namespace

class TestReviewSlips : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHeldKeySettlesNothing();
    void aHeldKeyAnswersNoQuestion();
    void aDoubledEnterDoesNotAcceptTheNextBallot();
    void aDoubleClickDoesNotAcceptTheNextBallot();
    void enterOnCancelSettlesNothing();
    void enterClicksTheButtonThatHasTheFocus();
    void theWheelDoesNotChangeTheForm();
    void anOpenQuestionBlocksTheDesk();
    void keysOnTheScanReachTheDesk();
    void theListOfPagesTakesNoKeys();
    void aReasonThatNeedsANoteSaysSo();
    void aChosenFormIsNotAskedForAgain();
    void contrastKeepsTheWholePage();
    void capsFollowTheFocus();
};

void TestReviewSlips::aHeldKeySettlesNothing() {
    Desk desk;
    connect(desk.preview, &PreviewPanel::actionRequested, desk.review, &ReviewPanel::perform);
    desk.preview->showBallot(warnedResult(QStringLiteral("one.pdf")));
    desk.open(warnedResult(QStringLiteral("one.pdf")));
    desk.rest();
    hold(desk.focus(), Qt::Key_Return, Qt::ControlModifier);
    hold(desk.focus(), Qt::Key_Return);
    QVERIFY(desk.settled.isEmpty());
    hold(desk.preview->view(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(desk.settled.isEmpty());
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.settled.size(), 1);

    desk.open(misreadResult(QStringLiteral("two.pdf")));
    desk.rest();
    hold(desk.focus(), Qt::Key_Return);
    QCOMPARE(desk.focusedField(), kSpoiled);
    QCOMPARE(desk.field(kSpoiled)->state(), FieldState::Broken);
}

void TestReviewSlips::aHeldKeyAnswersNoQuestion() {
    Desk desk;
    desk.open(misreadResult());
    desk.press(Qt::Key_P);
    desk.press(Qt::Key_2);
    hold(desk.focus(), Qt::Key_Return, Qt::ControlModifier);
    hold(desk.focus(), Qt::Key_Return);
    QVERIFY(desk.settled.isEmpty());
    QVERIFY(desk.find<DecisionCard>("decision")->isVisible());
}

void TestReviewSlips::aDoubledEnterDoesNotAcceptTheNextBallot() {
    Desk desk;
    connect(desk.review, &ReviewPanel::settled, desk.review,
            [&desk] { desk.review->showBallot(warnedResult(QStringLiteral("next.pdf")), 2, 2); });
    desk.open(warnedResult(QStringLiteral("one.pdf")));
    desk.rest();
    for (const auto modifiers : {Qt::NoModifier, Qt::ControlModifier}) {
        desk.settled.clear();
        QCOMPARE(desk.focus(), desk.find<KeyButton>("acceptButton"));
        desk.press(Qt::Key_Return, modifiers);
        QCOMPARE(desk.settled.size(), 1);
        desk.press(Qt::Key_Return, modifiers);
        QCOMPARE(desk.settled.size(), 1);
        desk.rest();
        desk.press(Qt::Key_Return, modifiers);
        QCOMPARE(desk.settled.size(), 2);
        desk.rest();
    }
    // Nor is a number of the next ballot confirmed.
    desk.review->disconnect(desk.review);
    connect(desk.review, &ReviewPanel::settled, desk.review,
            [&desk] { desk.review->showBallot(misreadResult(QStringLiteral("third.pdf")), 2, 2); });
    desk.press(Qt::Key_Return);
    QCOMPARE(desk.focusedField(), kSpoiled);
    desk.press(Qt::Key_Return);
    QCOMPARE(desk.focusedField(), kSpoiled);
    QCOMPARE(desk.field(kSpoiled)->state(), FieldState::Broken);
}

void TestReviewSlips::aDoubleClickDoesNotAcceptTheNextBallot() {
    Desk desk;
    connect(desk.review, &ReviewPanel::settled, desk.review,
            [&desk] { desk.review->showBallot(warnedResult(QStringLiteral("next.pdf")), 2, 2); });
    desk.open(warnedResult(QStringLiteral("one.pdf")));
    desk.rest();
    auto* accept = desk.find<KeyButton>("acceptButton");
    QTest::mouseClick(accept, Qt::LeftButton);
    QTest::mouseClick(accept, Qt::LeftButton);
    QCOMPARE(desk.settled.size(), 1);
    desk.rest();
    QTest::mouseClick(accept, Qt::LeftButton);
    QCOMPARE(desk.settled.size(), 2);
}

void TestReviewSlips::enterOnCancelSettlesNothing() {
    Desk desk;
    desk.open(misreadResult());
    for (const int question : {Qt::Key_P, Qt::Key_U}) {
        desk.press(question);
        desk.press(Qt::Key_2);
        desk.find<KeyButton>("cancelButton")->setFocus();
        desk.press(Qt::Key_Return);
        QVERIFY(desk.settled.isEmpty());
        QVERIFY(!desk.find<DecisionCard>("decision")->isVisible());
        QCOMPARE(desk.focusedField(), kSpoiled);
    }
}

void TestReviewSlips::enterClicksTheButtonThatHasTheFocus() {
    Desk desk;
    BallotResult ballot = misreadResult();
    for (const char* field : {"province", "constituency", "committee", "place"})
        ballot.findings.append(
            {QStringLiteral("W.303"),
             Severity::Warning,
             {QLatin1String(field)},
             {QStringLiteral("field:") + QLatin1String(field), QStringLiteral("1"), QStringLiteral("2")}});
    desk.open(ballot);
    desk.review->focusField(kSpoiled);
    KeyButton* use = nullptr;
    for (KeyButton* button : desk.review->findChildren<KeyButton*>())
        if (button->isVisible() && button->text() == QStringLiteral("Use 7"))
            use = button;
    QVERIFY(use);
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(desk.field(kSpoiled)->text(), QStringLiteral("7"));
    desk.review->perform(ReviewAction::Undo);
    QCOMPARE(desk.field(kSpoiled)->text(), QStringLiteral("1"));
    QVERIFY(use->isVisible());
    use->setFocus();
    desk.press(Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(desk.field(kSpoiled)->text(), QStringLiteral("7"));
    QSignalSpy skipped(desk.review, &ReviewPanel::skipped);
    desk.find<KeyButton>("skipButton")->setFocus();
    hold(desk.focus(), Qt::Key_Return);
    QCOMPARE(skipped.count(), 0);
    desk.press(Qt::Key_Return);
    QCOMPARE(skipped.count(), 1);
    auto* more = desk.find<QPushButton>("moreButton");
    QVERIFY(more->isVisible());
    const QString text = more->text();
    more->setFocus();
    desk.press(Qt::Key_Return);
    QVERIFY(more->text() != text);
    QCOMPARE(desk.focus(), more);
}

void TestReviewSlips::theWheelDoesNotChangeTheForm() {
    Desk desk;
    desk.open(misreadResult());
    desk.review->perform(ReviewAction::WholeForm);
    auto* combo = desk.find<QComboBox>("formCombo");
    QVERIFY(combo->isVisible());
    const QString form = combo->currentText();
    for (const bool focused : {false, true}) {
        if (focused)
            combo->setFocus();
        for (const int notch : {120, -120, -120}) {
            const QPointF place(combo->rect().center());
            QWheelEvent event(place, combo->mapToGlobal(place), {}, QPoint(0, notch), Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(combo, &event);
        }
        QCOMPARE(combo->currentText(), form);
        QVERIFY(!desk.review->undoStack()->canUndo());
    }
}

void TestReviewSlips::anOpenQuestionBlocksTheDesk() {
    Desk desk;
    desk.open(misreadResult());
    desk.type(QStringLiteral("4"));
    QSignalSpy skipped(desk.review, &ReviewPanel::skipped);
    QSignalSpy back(desk.review, &ReviewPanel::backRequested);
    QSignalSpy retry(desk.review, &ReviewPanel::retryRequested);
    QSignalSpy draft(desk.review, &ReviewPanel::draftChanged);
    const auto* card = desk.find<DecisionCard>("decision");
    auto* note = desk.find<QLineEdit>("noteEdit");
    desk.press(Qt::Key_P);
    desk.press(Qt::Key_6);
    desk.type(QStringLiteral("a stain"));
    // As when a box of the scan is clicked and keys are pressed there.
    desk.review->focusField(QStringLiteral("row 1"));
    for (const ReviewAction action :
         {ReviewAction::Dash, ReviewAction::Empty, ReviewAction::TakeSuggestion, ReviewAction::ReadingAfter,
          ReviewAction::Confirm, ReviewAction::Skip, ReviewAction::Back, ReviewAction::Retry,
          ReviewAction::Undo, ReviewAction::Redo, ReviewAction::Unreadable, ReviewAction::PaperSaysSo,
          ReviewAction::Queue})
        QVERIFY(desk.review->perform(action));
    QVERIFY(card->isVisible());
    QCOMPARE(note->text(), QStringLiteral("a stain"));
    QCOMPARE(skipped.count() + back.count() + retry.count() + draft.count(), 0);
    QCOMPARE(desk.field(kSpoiled)->text(), QStringLiteral("4"));
    // The scan still answers.
    QVERIFY(!desk.review->perform(ReviewAction::ZoomIn));
    desk.review->focusWork();
    QVERIFY(card->isAncestorOf(desk.focus()));
    desk.review->perform(ReviewAction::OldValue);
    QVERIFY(!card->isVisible());
    QCOMPARE(desk.field(kSpoiled)->text(), QStringLiteral("4"));
    desk.press(Qt::Key_P);
    desk.press(Qt::Key_2);
    desk.review->perform(ReviewAction::Accept);
    QCOMPARE(desk.settled.size(), 1);
    QVERIFY(desk.settled.first().data.readerNotes.contains(QStringLiteral("review")));
}

void TestReviewSlips::keysOnTheScanReachTheDesk() {
    Desk desk;
    desk.preview->showBallot(misreadResult());
    desk.open(misreadResult());
    QList<ReviewAction> asked;
    const auto note = [&asked](ReviewAction action) { asked.append(action); };
    connect(desk.preview, &PreviewPanel::actionRequested, desk.preview, note);
    connect(desk.review, &ReviewPanel::actionRequested, desk.review, note);
    PageView* view = desk.preview->view();
    QTest::keyClick(view, Qt::Key_Return, Qt::ControlModifier);
    QTest::keyClick(view, Qt::Key_Return);
    QTest::keyClick(view, Qt::Key_Escape);
    QTest::keyClick(view, Qt::Key_F6);
    QTest::keyClick(view, Qt::Key_N);
    QCOMPARE(asked, (QList<ReviewAction>{ReviewAction::Accept, ReviewAction::Confirm, ReviewAction::OldValue,
                                         ReviewAction::NextPane, ReviewAction::Skip}));
    asked.clear();
    desk.press(Qt::Key_F6);
    desk.press(Qt::Key_F6, Qt::ShiftModifier);
    desk.press(Qt::Key_Question, Qt::ShiftModifier);
    QCOMPARE(asked,
             (QList<ReviewAction>{ReviewAction::NextPane, ReviewAction::PaneBefore, ReviewAction::Help}));
    // A button of the scan has Enter for itself.
    asked.clear();
    QTRY_VERIFY(view->hasPage());
    const double before = view->scaleFactor();
    auto* zoom = desk.find<QToolButton>("zoomInButton");
    zoom->setFocus();
    QTest::keyClick(zoom, Qt::Key_Return);
    QVERIFY(view->scaleFactor() > before);
    QVERIFY(asked.isEmpty());
}

void TestReviewSlips::theListOfPagesTakesNoKeys() {
    Desk desk;
    BallotResult ballot = misreadResult();
    ballot.scan = reviewScan(QStringLiteral("two.pdf"), 2);
    desk.preview->showBallot(ballot);
    desk.open(ballot);
    auto* pages = desk.find<QListWidget>("thumbnails");
    QTRY_VERIFY(pages->isVisible());
    QTest::mouseClick(pages->viewport(), Qt::LeftButton, {}, pages->visualItemRect(pages->item(1)).center());
    QCOMPARE(desk.preview->page(), 1);
    QCOMPARE(desk.focusedField(), kSpoiled);
}

void TestReviewSlips::aReasonThatNeedsANoteSaysSo() {
    Desk desk;
    desk.review->resize(696, 420);
    desk.open(misreadResult());
    desk.press(Qt::Key_P);
    auto* label = desk.find<QLabel>("noteLabel");
    auto* note = desk.find<QLineEdit>("noteEdit");
    desk.press(Qt::Key_1);
    QVERIFY(label->text().contains(QStringLiteral("optional")));
    desk.press(Qt::Key_6);
    QVERIFY(!label->text().contains(QStringLiteral("optional")));
    QCOMPARE(note->visibleRegion().boundingRect().height(), note->height());
}

void TestReviewSlips::aChosenFormIsNotAskedForAgain() {
    Desk desk;
    desk.open(unreadResult(QStringLiteral("x.pdf")));
    const auto asks = [&desk] {
        for (const FindingCard* card : desk.review->findChildren<FindingCard*>())
            if (card->isVisible() && card->accessibleDescription() == QStringLiteral("ondevice.form_unknown"))
                return true;
        return false;
    };
    QVERIFY(asks());
    auto* combo = desk.find<QComboBox>("formCombo");
    Q_EMIT combo->activated(combo->findData(QStringLiteral("5-17-constituency")));
    QVERIFY(!asks());
}

void TestReviewSlips::contrastKeepsTheWholePage() {
    Desk desk;
    connect(desk.review, &ReviewPanel::fieldFocused, desk.preview, &PreviewPanel::focusField);
    desk.preview->showBallot(misreadResult());
    desk.open(misreadResult());
    PageView* view = desk.preview->view();
    QTRY_VERIFY(view->hasPage());
    desk.preview->perform(ReviewAction::ZoomPage);
    const double whole = view->scaleFactor();
    QSignalSpy drawn(view, &PageView::zoomChanged);
    desk.preview->perform(ReviewAction::Contrast);
    QTRY_VERIFY(drawn.count() > 0);
    QCOMPARE(view->zoom(), PageView::Zoom::Page);
    QCOMPARE(view->scaleFactor(), whole);
}

void TestReviewSlips::capsFollowTheFocus() {
    Desk desk;
    desk.open(misreadResult());
    desk.review->perform(ReviewAction::WholeForm);
    auto* skip = desk.find<KeyButton>("skipButton");
    const auto look = [skip] { return skip->grab().toImage(); };
    const QImage on = look();
    desk.review->focusField(QStringLiteral("province"));
    QVERIFY(look() != on);
    desk.find<QComboBox>("formCombo")->setFocus();
    QCOMPARE(look(), on);
}

QTEST_MAIN(TestReviewSlips)
#include "tst_reviewslips.moc"
