// SPDX-License-Identifier: GPL-3.0-or-later
#include <QKeyEvent>
#include <QtTest>

#include "gui/ReviewKeymap.h"

using namespace tallydesk;

namespace {

// X11 key codes of places on the keyboard.
constexpr quint32 kPlaceOfS = 39;
constexpr quint32 kPlaceOfZ = 52;
constexpr quint32 kPlaceOf1 = 10;
constexpr quint32 kPlaceOf0 = 19;
constexpr quint32 kPlaceOfMinus = 20;

QKeyEvent press(int key, const QString& text = {}, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
                quint32 place = 0) {
    return QKeyEvent(QEvent::KeyPress, key, modifiers, place, 0, 0, text);
}

}  // namespace

class TestReviewKeymap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyActionHasOneMeaningPerKey();
    void lettersWorkUnderAThaiLayout();
    void latinLettersAreTakenAsWritten();
    void digitsOfAllKinds();
    void signsNeedNoShift();
    void capsAndDescriptions();
    void typedKeysAreKnown();
};

void TestReviewKeymap::everyActionHasOneMeaningPerKey() {
    QSet<QString> seen;
    for (const ReviewKey& key : ReviewKeymap::table()) {
        if (key.key == 0)
            continue;
        const QString name = QStringLiteral("%1/%2").arg(key.key).arg(key.modifiers.toInt());
        QVERIFY2(!seen.contains(name), qPrintable(name));
        seen.insert(name);
        const QKeyEvent event = press(key.key, {}, key.modifiers, quint32(key.position));
        QCOMPARE(ReviewKeymap::action(event), key.action);
    }
}

void TestReviewKeymap::lettersWorkUnderAThaiLayout() {
    // The Thai layout writes ho hip where S is, pho phueng where Z is.
    QCOMPARE(ReviewKeymap::action(press(0x0E2B, QStringLiteral("ห"), Qt::NoModifier, kPlaceOfS)),
             ReviewAction::TakeSuggestion);
    QCOMPARE(ReviewKeymap::action(press(0x0E1C, QStringLiteral("ผ"), Qt::ControlModifier, kPlaceOfZ)),
             ReviewAction::Undo);
    QCOMPARE(ReviewKeymap::action(
                 press(0x0E1C, QStringLiteral("ผ"), Qt::ControlModifier | Qt::ShiftModifier, kPlaceOfZ)),
             ReviewAction::Redo);
    // Without a position a Thai letter is no key of ours.
    QCOMPARE(ReviewKeymap::action(press(0x0E2B, QStringLiteral("ห"))), ReviewAction::None);
}

void TestReviewKeymap::latinLettersAreTakenAsWritten() {
    QCOMPARE(ReviewKeymap::action(press(Qt::Key_S)), ReviewAction::TakeSuggestion);
    // A German keyboard has Y where others have Z.
    QCOMPARE(ReviewKeymap::action(press(Qt::Key_Y, QStringLiteral("y"), Qt::NoModifier, kPlaceOfZ)),
             ReviewAction::None);
    QCOMPARE(ReviewKeymap::action(press(Qt::Key_S, QStringLiteral("s"), Qt::ControlModifier, kPlaceOfS)),
             ReviewAction::None);
    QCOMPARE(ReviewKeymap::action(press(Qt::Key_Enter, {}, Qt::ControlModifier | Qt::KeypadModifier)),
             ReviewAction::Accept);
}

void TestReviewKeymap::digitsOfAllKinds() {
    QCOMPARE(ReviewKeymap::digit(press(Qt::Key_7, QStringLiteral("7"))), std::optional(7));
    QCOMPARE(ReviewKeymap::digit(press(Qt::Key_7, QStringLiteral("7"), Qt::KeypadModifier)),
             std::optional(7));
    QCOMPARE(ReviewKeymap::digit(press(0x0E57, QStringLiteral("๗"), Qt::ShiftModifier)), std::optional(7));
    // The number row under a Thai layout.
    QCOMPARE(ReviewKeymap::digit(press(0x0E45, QStringLiteral("ๅ"), Qt::NoModifier, kPlaceOf1)),
             std::optional(1));
    QCOMPARE(ReviewKeymap::digit(press(0x0E08, QStringLiteral("จ"), Qt::NoModifier, kPlaceOf0)),
             std::optional(0));
    QVERIFY(!ReviewKeymap::digit(press(Qt::Key_Exclam, QStringLiteral("!"), Qt::ShiftModifier, kPlaceOf1)));
    QVERIFY(!ReviewKeymap::digit(press(Qt::Key_1, QStringLiteral("1"), Qt::ControlModifier, kPlaceOf1)));
    QVERIFY(!ReviewKeymap::digit(press(Qt::Key_A, QStringLiteral("a"))));
}

void TestReviewKeymap::signsNeedNoShift() {
    QCOMPARE(ReviewKeymap::action(
                 press(Qt::Key_Plus, QStringLiteral("+"), Qt::ControlModifier | Qt::ShiftModifier)),
             ReviewAction::ZoomIn);
    QCOMPARE(ReviewKeymap::action(press(Qt::Key_Question, QStringLiteral("?"), Qt::ShiftModifier)),
             ReviewAction::Help);
    QCOMPARE(ReviewKeymap::action(press(0x0E02, QStringLiteral("ข"), Qt::NoModifier, kPlaceOfMinus)),
             ReviewAction::Dash);
}

void TestReviewKeymap::capsAndDescriptions() {
    QCOMPARE(ReviewKeymap::caps(ReviewAction::Accept),
             (QStringList{QStringLiteral("Ctrl"), QStringLiteral("⏎")}));
    QCOMPARE(ReviewKeymap::caps(ReviewAction::Unreadable), QStringList{QStringLiteral("U")});
    for (const ReviewKey& key : ReviewKeymap::table()) {
        QVERIFY(!ReviewKeymap::description(key.action).isEmpty());
        QVERIFY(!ReviewKeymap::caps(key.action).isEmpty() || key.key == 0);
    }
}

void TestReviewKeymap::typedKeysAreKnown() {
    QVERIFY(ReviewKeymap::isTyped(ReviewAction::Skip));
    QVERIFY(ReviewKeymap::isTyped(ReviewAction::Dash));
    QVERIFY(!ReviewKeymap::isTyped(ReviewAction::Confirm));
    QVERIFY(!ReviewKeymap::isTyped(ReviewAction::Accept));
    QVERIFY(!ReviewKeymap::isTyped(ReviewAction::PageAfter));
    QVERIFY(!ReviewKeymap::isTyped(ReviewAction::Undo));
}

QTEST_MAIN(TestReviewKeymap)
#include "tst_reviewkeymap.moc"
