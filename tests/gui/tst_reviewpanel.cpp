// SPDX-License-Identifier: GPL-3.0-or-later
// The desk driven by keys, and the scan beside it.
#include <QAbstractItemModel>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QtTest>

#include "ReviewDesk.h"
#include "gui/DecisionCard.h"
#include "gui/FindingCard.h"
#include "gui/NumberRow.h"

using namespace tallydesk;
using namespace tallydesk::testing;

class TestReviewPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWrongDigitTakesThreeKeys();
    void theSuggestionIsTakenWithS();
    void aHeldEnterDoesNotAccept();
    void acceptSaysHowManyErrorsAreOpen();
    void arrowsStepThroughTheReadings();
    void dashEmptyAndOldValue();
    void undoAndRedoByKeysAcrossBallots();
    void lettersStayInTextFields();
    void lettersOnTheListOfFormsAreTheDesks();
    void paperSaysSoWithAReason();
    void aNumberOrTheBallotIsUnreadable();
    void otherReasonsNeedANote();
    void aFailedBallotIsTypedInWhole();
    void theRowAtWorkAndItsFindingStayInSight();
    void aFindingLeadsToItsField();
    void keysOfOtherPanelsArePassedOn();
    void showingABallotDoesNotTakeTheKeyboard();
    void theNextBallotShowsOnlyWhatIsOpen();
    void tabWalksInTheOrderOfTheForm();
    void nothingHappensWithoutABallot();
    void randomKeysNeverAcceptAnOpenError();
    void everyControlHasAName();
    void whatAnAssistiveProgramWritesIsKept();
    void thaiDigitsAreTaken();
    void boxesAndFieldsFollowOneAnother();
    void theScanTurnsZoomsAndTellsFailures();
};

void TestReviewPanel::aWrongDigitTakesThreeKeys() {
    Desk desk;
    desk.open(misreadResult());
    QCOMPARE(desk.focusedField(), QStringLiteral("invalid"));
    desk.type(QStringLiteral("7"));
    QCOMPARE(desk.field(QStringLiteral("invalid"))->text(), QStringLiteral("7"));
    desk.press(Qt::Key_Return);
    QCOMPARE(desk.focus(), desk.find<KeyButton>("acceptButton"));
    desk.rest();
    desk.press(Qt::Key_Return);
    QCOMPARE(desk.settled.size(), 1);
    QCOMPARE(desk.settled.first().status, BallotStatus::Reviewed);
    QCOMPARE(desk.settled.first().data.figures.value(QStringLiteral("invalid")).value,
             std::optional<qint64>(7));
    QCOMPARE(desk.settled.first().reviewedBy, QStringLiteral("วนิดา ก."));
    QCOMPARE(desk.corrections.first().first().field, QStringLiteral("invalid"));
}

void TestReviewPanel::theSuggestionIsTakenWithS() {
    Desk desk;
    desk.open(misreadResult());
    desk.press(Qt::Key_S);
    QCOMPARE(desk.field(QStringLiteral("invalid"))->text(), QStringLiteral("7"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.settled.size(), 1);
}

void TestReviewPanel::aHeldEnterDoesNotAccept() {
    Desk desk;
    desk.open(misreadResult());
    desk.type(QStringLiteral("7"));
    desk.press(Qt::Key_Return);
    desk.press(Qt::Key_Return);
    QVERIFY(desk.settled.isEmpty());
    desk.clock.advance(std::chrono::milliseconds(249));
    desk.press(Qt::Key_Return);
    QVERIFY(desk.settled.isEmpty());
    desk.clock.advance(std::chrono::milliseconds(2));
    desk.press(Qt::Key_Return);
    QCOMPARE(desk.settled.size(), 1);
}

void TestReviewPanel::acceptSaysHowManyErrorsAreOpen() {
    Desk desk;
    desk.open(misreadResult());
    const auto* accept = desk.find<KeyButton>("acceptButton");
    QVERIFY(!accept->isEnabled());
    QVERIFY(accept->text().contains(u'2'));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(desk.settled.isEmpty());
    desk.type(QStringLiteral("7"));
    QVERIFY(accept->isEnabled());
    QVERIFY(!accept->text().contains(u'2'));
}

void TestReviewPanel::arrowsStepThroughTheReadings() {
    Desk desk;
    desk.open(misreadResult());
    ValueField* field = desk.field(QStringLiteral("invalid"));
    desk.press(Qt::Key_Down);
    QCOMPARE(field->text(), QStringLiteral("7"));
    desk.press(Qt::Key_Down);
    QCOMPARE(field->text(), QStringLiteral("1"));
    desk.press(Qt::Key_Up);
    QCOMPARE(field->text(), QStringLiteral("7"));
}

void TestReviewPanel::dashEmptyAndOldValue() {
    Desk desk;
    desk.open(misreadResult());
    ValueField* field = desk.field(QStringLiteral("invalid"));
    desk.press(Qt::Key_Minus);
    QCOMPARE(field->text(), QStringLiteral("–"));
    desk.press(Qt::Key_Delete);
    QCOMPARE(field->text(), QString());
    desk.type(QStringLiteral("42"));
    QCOMPARE(field->text(), QStringLiteral("42"));
    desk.press(Qt::Key_Backspace);
    QCOMPARE(field->text(), QStringLiteral("4"));
    desk.press(Qt::Key_Escape);
    QCOMPARE(field->text(), QStringLiteral("1"));
    // Nine digits are the most.
    desk.type(QStringLiteral("1234567890"));
    QCOMPARE(field->text(), QStringLiteral("123456789"));
}

void TestReviewPanel::undoAndRedoByKeysAcrossBallots() {
    Desk desk;
    // As the window does.
    connect(desk.review, &ReviewPanel::reopened, desk.review,
            [&desk](const BallotResult& result) { desk.review->showBallot(result, 1, 2); });
    desk.open(misreadResult(QStringLiteral("one.pdf")));
    desk.type(QStringLiteral("7"));
    desk.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.field(QStringLiteral("invalid"))->text(), QStringLiteral("1"));
    desk.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(desk.field(QStringLiteral("invalid"))->text(), QStringLiteral("7"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    desk.open(misreadResult(QStringLiteral("two.pdf")));
    QCOMPARE(desk.field(QStringLiteral("invalid"))->text(), QStringLiteral("1"));
    desk.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.reopened.size(), 1);
    QCOMPARE(desk.reopened.first().scan.file, QStringLiteral("one.pdf"));
    QCOMPARE(desk.field(QStringLiteral("invalid"))->text(), QStringLiteral("7"));
    QVERIFY(desk.review->undoStack()->canRedo());
    desk.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.field(QStringLiteral("invalid"))->text(), QStringLiteral("1"));
}

void TestReviewPanel::lettersStayInTextFields() {
    Desk desk;
    BallotResult ballot = misreadResult();
    ballot.data.header.remove(QStringLiteral("committee"));
    desk.open(ballot);
    QSignalSpy skipped(desk.review, &ReviewPanel::skipped);
    desk.review->focusField(QStringLiteral("invalid"));
    desk.type(QStringLiteral("n"));
    QCOMPARE(skipped.count(), 1);
    desk.review->focusField(QStringLiteral("province"));
    QCOMPARE(desk.focusedField(), QStringLiteral("province"));
    desk.type(QStringLiteral("nbup"));
    QCOMPARE(skipped.count(), 1);
    QCOMPARE(desk.field(QStringLiteral("province"))->text(), QStringLiteral("nbup"));
    desk.press(Qt::Key_Return);
    QCOMPARE(desk.focusedField(), QStringLiteral("committee"));
}

void TestReviewPanel::lettersOnTheListOfFormsAreTheDesks() {
    Desk desk;
    desk.open(unreadResult(QStringLiteral("x.pdf")));
    auto* combo = desk.find<QComboBox>("formCombo");
    QCOMPARE(desk.focus(), combo);
    QSignalSpy skipped(desk.review, &ReviewPanel::skipped);
    QSignalSpy back(desk.review, &ReviewPanel::backRequested);
    desk.type(QStringLiteral("nb"));
    QCOMPARE(skipped.count(), 1);
    QCOMPARE(back.count(), 1);
    QCOMPARE(combo->currentIndex(), 0);
}

void TestReviewPanel::paperSaysSoWithAReason() {
    Desk desk;
    desk.open(misreadResult());
    desk.press(Qt::Key_P);
    QVERIFY(desk.find<DecisionCard>("decision")->isVisible());
    desk.press(Qt::Key_Escape);
    QVERIFY(!desk.find<DecisionCard>("decision")->isVisible());
    QCOMPARE(desk.focusedField(), QStringLiteral("invalid"));
    desk.press(Qt::Key_P);
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY2(desk.settled.isEmpty(), "a reason is needed");
    desk.press(Qt::Key_2);
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.settled.size(), 1);
    QCOMPARE(desk.settled.first().status, BallotStatus::Reviewed);
    QVERIFY(!desk.settled.first().findings.isEmpty());
    QCOMPARE(desk.corrections.first().last().after, std::optional(QStringLiteral("sum_wrong")));
}

void TestReviewPanel::aNumberOrTheBallotIsUnreadable() {
    Desk desk;
    desk.open(misreadResult());
    desk.press(Qt::Key_U);
    desk.press(Qt::Key_1);
    QVERIFY(!desk.find<DecisionCard>("decision")->isVisible());
    QVERIFY(desk.settled.isEmpty());
    QCOMPARE(desk.field(QStringLiteral("invalid"))->state(), FieldState::Missing);
    desk.press(Qt::Key_U);
    desk.press(Qt::Key_3);
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.settled.size(), 1);
    QCOMPARE(desk.settled.first().status, BallotStatus::Unreadable);
    QCOMPARE(desk.corrections.first().last().after, std::optional(QStringLiteral("cut_off")));
}

void TestReviewPanel::otherReasonsNeedANote() {
    Desk desk;
    desk.open(misreadResult());
    desk.press(Qt::Key_P);
    desk.press(Qt::Key_6);
    QCOMPARE(desk.focus(), desk.find<QLineEdit>("noteEdit"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(desk.settled.isEmpty());
    desk.type(QStringLiteral("a stain"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.settled.size(), 1);
}

void TestReviewPanel::aFailedBallotIsTypedInWhole() {
    Desk desk;
    desk.open(unreadResult(QStringLiteral("จังหวัดน่าน เขต 1/ชุดที่ 3/x.pdf")));
    auto* combo = desk.find<QComboBox>("formCombo");
    QCOMPARE(desk.focus(), combo);
    const int index = combo->findData(QStringLiteral("5-17-constituency"));
    QVERIFY(index > 0);
    while (combo->currentIndex() < index)
        desk.press(Qt::Key_Down);
    Q_EMIT combo->activated(combo->currentIndex());
    desk.review->focusField(QStringLiteral("envelopes"));
    const auto form = builtInForms().byId(QStringLiteral("5-17-constituency"));
    const BallotData whole = samples::soundBallot(*form);
    for (const FigureField& figure : form->figures) {
        QCOMPARE(desk.focusedField(), figure.key);
        desk.type(QString::number(*whole.figures.value(figure.key).value));
        desk.press(Qt::Key_Return);
    }
    for (int row = 1; row <= 6; ++row) {
        desk.review->focusField(QStringLiteral("row %1").arg(row));
        desk.type(QStringLiteral("5"));
        desk.press(Qt::Key_Return);
    }
    desk.review->focusField(QStringLiteral("total"));
    desk.type(QStringLiteral("30"));
    desk.press(Qt::Key_Return);
    QCOMPARE(desk.focus(), desk.find<KeyButton>("acceptButton"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.settled.size(), 1);
    QCOMPARE(desk.settled.first().data.rows.size(), 6);
    QCOMPARE(desk.settled.first().data.formId, QStringLiteral("5-17-constituency"));
    QVERIFY(desk.settled.first().findings.isEmpty());
}

void TestReviewPanel::theRowAtWorkAndItsFindingStayInSight() {
    Desk desk;
    desk.review->resize(696, 540);
    desk.open(misreadResult());
    desk.review->perform(ReviewAction::WholeForm);
    const QWidget* port = desk.find<QScrollArea>("scroll")->viewport();
    const FindingCard* card = desk.review->findChildren<FindingCard*>().first();
    int fields = 0;
    for (int step = 0; step < 12; ++step) {
        if (!desk.focusedField().isEmpty()) {
            ++fields;
            desk.type(QStringLiteral("1"));
            const QWidget* row = desk.focus()->parentWidget();
            const auto top = [&] { return row->mapTo(port, QPoint(0, 0)).y(); };
            QTRY_VERIFY2(top() >= 0 && top() + row->height() <= port->height(),
                         qPrintable(desk.focusedField()));
            QCOMPARE(card->visibleRegion().boundingRect().size(), card->size());
        }
        desk.press(Qt::Key_Tab);
    }
    QVERIFY(fields > 5);
}

void TestReviewPanel::aFindingLeadsToItsField() {
    Desk desk;
    desk.open(misreadResult());
    desk.review->focusField(QStringLiteral("total"));
    QVERIFY(!desk.review->findChildren<FindingCard*>().isEmpty());
    FindingCard* card = desk.review->findChildren<FindingCard*>().first();
    QVERIFY(card->accessibleName().contains(QStringLiteral("Spoiled")));
    // Who hears it hears the numbers, too.
    QVERIFY2(card->accessibleName().contains(QStringLiteral("≠")) &&
                 card->accessibleName().contains(QStringLiteral("Spoiled 1")),
             qPrintable(card->accessibleName()));
    QTest::mouseClick(card, Qt::LeftButton, {}, QPoint(30, 12));
    QCOMPARE(desk.focusedField(), QStringLiteral("invalid"));
}

void TestReviewPanel::keysOfOtherPanelsArePassedOn() {
    Desk desk;
    desk.open(misreadResult());
    QList<ReviewAction> asked;
    connect(desk.review, &ReviewPanel::actionRequested, desk.review,
            [&asked](ReviewAction action) { asked.append(action); });
    QSignalSpy retry(desk.review, &ReviewPanel::retryRequested);
    QSignalSpy back(desk.review, &ReviewPanel::backRequested);
    for (const int key : {Qt::Key_C, Qt::Key_X, Qt::Key_Z, Qt::Key_PageDown, Qt::Key_R, Qt::Key_B})
        desk.press(key);
    desk.press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(asked, (QList<ReviewAction>{ReviewAction::Contrast, ReviewAction::Boxes, ReviewAction::ZoomCycle,
                                         ReviewAction::PageAfter, ReviewAction::MoveDown}));
    QCOMPARE(retry.count(), 1);
    QCOMPARE(back.count(), 1);
}

void TestReviewPanel::showingABallotDoesNotTakeTheKeyboard() {
    Desk desk;
    QLineEdit elsewhere(&desk.window);
    elsewhere.show();
    elsewhere.setFocus();
    desk.review->showBallot(misreadResult(), 1, 2);
    QCOMPARE(desk.focus(), &elsewhere);
    // Once the work is there it stays there.
    desk.review->focusWork();
    desk.review->showBallot(misreadResult(QStringLiteral("two.pdf")), 2, 2);
    QCOMPARE(desk.focusedField(), QStringLiteral("invalid"));
}

void TestReviewPanel::theNextBallotShowsOnlyWhatIsOpen() {
    Desk desk;
    desk.open(misreadResult());
    desk.press(Qt::Key_W);
    desk.review->focusField(QStringLiteral("valid"));
    BallotResult next = soundResult(QStringLiteral("next.pdf"));
    next.status = BallotStatus::NeedsReview;
    next.data.rows[2].entry.confidence = 0.5;
    desk.open(next);
    QStringList shown;
    for (const NumberRow* row : desk.review->findChildren<NumberRow*>())
        if (row->isVisible())
            shown.append(row->key());
    QCOMPARE(shown, QStringList{QStringLiteral("row 3")});
    QCOMPARE(desk.focusedField(), QStringLiteral("row 3"));
}

void TestReviewPanel::tabWalksInTheOrderOfTheForm() {
    Desk desk;
    desk.open(misreadResult());
    desk.review->perform(ReviewAction::WholeForm);
    QStringList walked{desk.focusedField()};
    while (walked.size() < 40 && desk.focus() != desk.find<KeyButton>("backButton")) {
        desk.press(Qt::Key_Tab);
        if (!desk.focusedField().isEmpty())
            walked.append(desk.focusedField());
    }
    const auto form = builtInForms().byId(QStringLiteral("5-17-constituency"));
    QStringList expected = numberKeys(*form, {});
    expected = expected.mid(expected.indexOf(QStringLiteral("invalid")));
    QCOMPARE(walked, expected);
    for (const char* name : {"skipButton", "retryButton", "unreadableButton", "paperButton"}) {
        desk.press(Qt::Key_Tab);
        QCOMPARE(desk.focus(), desk.find<KeyButton>(name));
    }
}

void TestReviewPanel::nothingHappensWithoutABallot() {
    Desk desk;
    QSignalSpy failed(desk.review, &ReviewPanel::settled);
    const auto everyKey = [&desk] {
        for (const ReviewKey& key : ReviewKeymap::table())
            if (key.key != 0)
                QTest::keyClick(desk.review, Qt::Key(key.key), key.modifiers);
        desk.review->focusField(QStringLiteral("invalid"));
        desk.review->focusWork();
    };
    everyKey();
    desk.open(misreadResult());
    desk.type(QStringLiteral("7"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(failed.count(), 1);
    // The last ballot is gone; what is typed now reaches none, but undo brings it back.
    QVERIFY(!desk.find<QWidget>("actionBar")->isEnabled());
    QTest::keyClick(desk.review, Qt::Key_5);
    QTest::keyClick(desk.review, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(failed.count(), 1);
    QTest::keyClick(desk.review, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.reopened.size(), 1);
    QVERIFY(desk.find<QWidget>("actionBar")->isEnabled());
    desk.review->clear();
    everyKey();
    QCOMPARE(failed.count(), 1);
}

void TestReviewPanel::randomKeysNeverAcceptAnOpenError() {
    Desk desk;
    connect(desk.review, &ReviewPanel::reopened, desk.review,
            [&desk](const BallotResult& result) { desk.review->showBallot(result, 1, 2); });
    connect(desk.review, &ReviewPanel::fieldFocused, desk.preview, &PreviewPanel::focusField);
    connect(desk.review, &ReviewPanel::draftChanged, desk.preview, &PreviewPanel::updateBallot);
    const QList<BallotResult> ballots{
        misreadResult(), unreadResult(),
        soundResult(QStringLiteral("list.pdf"), QStringLiteral("5-17-party-list")),
        misreadResult(QStringLiteral("two.pdf"))};
    QList<ReviewKey> keys = ReviewKeymap::table();
    keys.removeIf([](const ReviewKey& key) { return key.key == 0; });
    QRandomGenerator random(2569);
    for (int step = 0; step < 3000; ++step) {
        QWidget* focus = desk.focus();
        QWidget* target = focus && focus->isVisible() ? focus : desk.review;
        const int dice = random.bounded(100);
        if (dice < 4) {
            const BallotResult& ballot = ballots.at(random.bounded(ballots.size()));
            desk.preview->showBallot(ballot);
            desk.open(ballot);
        } else if (dice < 40) {
            QTest::keyClick(target, Qt::Key(Qt::Key_0 + random.bounded(10)));
        } else if (dice < 44) {
            desk.rest();
            QTest::keyClick(target, random.bounded(2) == 0 ? Qt::Key_Tab : Qt::Key_Space);
        } else {
            const ReviewKey& key = keys.at(random.bounded(keys.size()));
            QTest::keyClick(target, Qt::Key(key.key), key.modifiers);
        }
    }
    QVERIFY(!desk.settled.isEmpty());
    for (const BallotResult& result : desk.settled) {
        QVERIFY(result.status == BallotStatus::Reviewed || result.status == BallotStatus::Unreadable);
        const bool reason = result.data.readerNotes.contains(QStringLiteral("review"));
        const bool error =
            std::any_of(result.findings.cbegin(), result.findings.cend(),
                        [](const Finding& finding) { return finding.severity == Severity::Error; });
        QVERIFY(reason || (!error && result.status == BallotStatus::Reviewed));
        QVERIFY(result.reviewedAt.isValid());
    }
}

void TestReviewPanel::whatAnAssistiveProgramWritesIsKept() {
    Desk desk;
    desk.open(misreadResult());
    QAccessibleInterface* field =
        QAccessible::queryAccessibleInterface(desk.field(QStringLiteral("invalid")));
    QVERIFY(field);
    field->setText(QAccessible::Value, QStringLiteral("7"));
    QVERIFY(desk.find<KeyButton>("acceptButton")->isEnabled());
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.settled.size(), 1);
    QCOMPARE(desk.settled.first().data.figures.value(QStringLiteral("invalid")).value,
             std::optional<qint64>(7));
    QCOMPARE(desk.corrections.first().first().field, QStringLiteral("invalid"));
}

void TestReviewPanel::everyControlHasAName() {
    Desk desk;
    desk.open(misreadResult());
    desk.review->perform(ReviewAction::WholeForm);
    desk.preview->showBallot(misreadResult());
    int controls = 0;
    for (QWidget* widget : desk.window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || !widget->isEnabled() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        ++controls;
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named || widget->focusProxy(),
                 qPrintable(QLatin1String(widget->metaObject()->className()) + widget->objectName()));
    }
    QVERIFY(controls > 30);
    const QString said = desk.field(QStringLiteral("invalid"))->accessibleDescription();
    QVERIFY2(said.contains(QStringLiteral("1")) && said.contains(QStringLiteral("7")), qPrintable(said));
}

void TestReviewPanel::thaiDigitsAreTaken() {
    Desk desk;
    desk.open(misreadResult());
    ValueField* field = desk.field(QStringLiteral("invalid"));
    for (const QChar digit : QStringLiteral("๔๒")) {
        QKeyEvent event(QEvent::KeyPress, digit.unicode(), Qt::ShiftModifier, QString(digit));
        QApplication::sendEvent(field, &event);
    }
    QCOMPARE(field->text(), QStringLiteral("42"));
    // The number row of a Thai keyboard without Shift: the keys of 1 and 7.
    field->selectAll();
    for (const quint32 place : {10U, 16U}) {
        QKeyEvent event(QEvent::KeyPress, 0x0E45, Qt::NoModifier, place, 0, 0, QStringLiteral("ๅ"));
        QApplication::sendEvent(field, &event);
    }
    QCOMPARE(field->text(), QStringLiteral("17"));
}

void TestReviewPanel::boxesAndFieldsFollowOneAnother() {
    Desk desk;
    connect(desk.review, &ReviewPanel::fieldFocused, desk.preview, &PreviewPanel::focusField);
    connect(desk.review, &ReviewPanel::draftChanged, desk.preview, &PreviewPanel::updateBallot);
    connect(desk.preview, &PreviewPanel::fieldClicked, desk.review, &ReviewPanel::focusField);
    const BallotResult ballot = misreadResult();
    desk.preview->showBallot(ballot);
    desk.open(ballot);
    PageView* view = desk.preview->view();
    // The field at work is in sight as soon as the page is there.
    const QRect spoiled = *ballot.data.figures.value(QStringLiteral("invalid")).box;
    const QRect words = *ballot.data.figures.value(QStringLiteral("invalid")).wordsBox;
    const auto inSight = [view](const QRect& place) {
        return view->viewport()->rect().contains(view->mapFromScene(QRectF(place)).boundingRect());
    };
    QTRY_VERIFY(view->hasPage());
    QTRY_VERIFY(inSight(spoiled) && inSight(words));
    // A field brings its box into sight ...
    const QRect place = *ballot.data.rows.at(5).entry.box;
    desk.review->focusField(QStringLiteral("row 6"));
    QTRY_VERIFY(inSight(place));
    // ... and a click on a box its field.
    QTRY_VERIFY(inSight(spoiled));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->mapFromScene(QPointF(spoiled.center())));
    QCOMPARE(desk.focusedField(), QStringLiteral("invalid"));
}

void TestReviewPanel::theScanTurnsZoomsAndTellsFailures() {
    Desk desk;
    BallotResult ballot = misreadResult();
    ballot.scan = reviewScan(QStringLiteral("two.pdf"), 2);
    desk.preview->showBallot(ballot);
    PageView* view = desk.preview->view();
    QTRY_VERIFY(view->hasPage());
    QCOMPARE(desk.find<QListWidget>("thumbnails")->count(), 2);
    const double whole = view->scaleFactor();
    QVERIFY(desk.preview->perform(ReviewAction::ZoomIn));
    QVERIFY(view->scaleFactor() > whole);
    QVERIFY(desk.preview->perform(ReviewAction::ZoomPage));
    QCOMPARE(view->scaleFactor(), whole);
    view->turn(90);
    QCOMPARE(view->turned(), 90);
    QVERIFY(view->scaleFactor() != whole);
    QTest::keyClick(desk.preview, Qt::Key_PageDown);
    QCOMPARE(desk.preview->page(), 1);
    QTRY_VERIFY(view->hasPage());
    QTest::keyClick(desk.preview, Qt::Key_X);
    QVERIFY(!desk.find<QCheckBox>("boxesCheck")->isChecked());
    QVERIFY(!desk.preview->perform(ReviewAction::Skip));

    BallotResult locked = unreadResult();
    locked.scan.pages.clear();
    locked.scan.error = Error{QStringLiteral("intake.pdf_encrypted"), {QStringLiteral("damaged.pdf")}, {}};
    desk.preview->showBallot(locked);
    auto* message = desk.find<QLabel>("messageLabel");
    QTRY_VERIFY(message->isVisible() && message->text().contains(QStringLiteral("damaged.pdf")));
    desk.preview->clear();
    QVERIFY(!message->text().contains(QStringLiteral("damaged.pdf")));
}

QTEST_MAIN(TestReviewPanel)
#include "tst_reviewpanel.moc"
