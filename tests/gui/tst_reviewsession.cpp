// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonObject>
#include <QSignalSpy>
#include <QtTest>

#include "ReviewBallots.h"
#include "core/OtherReadings.h"
#include "gui/ReviewSession.h"
#include "gui/ReviewWords.h"
#include "net/FakeClock.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

const QString kSpoiled = QStringLiteral("invalid");

QStringList codes(const QList<Finding>& findings) {
    QStringList list;
    for (const Finding& finding : findings)
        list.append(finding.code);
    return list;
}

std::optional<Correction> correctionOf(const QList<Correction>& list, const QString& field) {
    for (const Correction& correction : list)
        if (correction.field == field)
            return correction;
    return std::nullopt;
}

struct Desk {
    FakeClock clock;
    ReviewSession session{builtInForms(), Validator(), clock};
    QList<BallotResult> settled;
    QList<QList<Correction>> corrections;
    QList<BallotResult> reopened;

    Desk() {
        session.setReviewer(QStringLiteral("วนิดา ก."));
        QObject::connect(&session, &ReviewSession::settled, &session,
                         [this](const BallotResult& result, const QList<Correction>& list) {
                             settled.append(result);
                             corrections.append(list);
                         });
        QObject::connect(&session, &ReviewSession::reopened, &session,
                         [this](const BallotResult& result) { reopened.append(result); });
    }
    std::optional<qint64> value(const QString& key) const {
        const VoteEntry* entry = findEntry(session.data(), key);
        return entry ? entry->value : std::nullopt;
    }
};

}  // namespace

class TestReviewSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWrongDigitIsPutRight();
    void bothReadersAreHeardWhereTheyDiffer();
    void rulesNeverChangeANumber();
    void confirmingSettlesWhatWasUnsure();
    void theSuggestionIsAReadingWithWhichTheSumHolds();
    void noSuggestionWithoutAReading();
    void noSuggestionWhileAnotherSumStaysBroken();
    void aClosingStackTellsNobody();
    void typingIsOneStepOfUndo();
    void undoGoesThroughEveryKindOfChange();
    void dashBlankAndUnreadableDifferFromZero();
    void restoreBringsTheReadingBack();
    void restoreBringsEveryReadingOfARowBack();
    void headerFieldsAreCorrected();
    void theFormIsChosenAndAWholeBallotTyped();
    void aRowIsAddedInItsPlaceAndTakenAway();
    void aRepeatedRowIsKeptOnce();
    void aRowThatTheFormLacksIsTakenAway();
    void aMissingPageIsForgivenWhenItsNumbersWereTyped();
    void acceptWaitsForErrors();
    void asWrittenKeepsTheBrokenRuleWithItsReason();
    void digitsAndWordsThatDifferOnPaperStayAFinding();
    void anUnreadableBallotKeepsItsReason();
    void confirmationsAreRecorded();
    void settlingIsUndoneAcrossBallots();
    void workOnABallotIsKeptWhileAnotherIsOpen();
    void aBallotReadAnewStartsAfresh();
    void settlingIsNotTakenBackToAnOlderReading();
    void aRemovedBallotIsNotTakenBack();
    void anAnswerThatSaysTooMuchIsOverOnceTheFormIsConfirmed();
    void aNewFindingKeepsTheWork();
    void whatAPersonSettledElsewhereStartsAfresh();
    void aReviewedBallotOpensSettled();
    void aPathThatSaysOtherwiseStaysUntilDecided();
    void enterWalksOverAllOpenNumbers();
    void anExplainedDifferenceIsNoError();
    void equationsTellWhatIsMissing();
    void nothingIsTypedIntoASettledBallot();
};

void TestReviewSession::bothReadersAreHeardWhereTheyDiffer() {
    BallotResult ballot = soundResult();
    const qint64 first = *ballot.data.figures[kSpoiled].value;
    BallotData second = ballot.data;
    second.figures[kSpoiled].value = second.figures[kSpoiled].digits = first + 2;
    const auto form = builtInForms().byId(ballot.data.formId);
    ballot.findings = checkReadingsAgree(ballot.data, second, *form);
    QCOMPARE(codes(ballot.findings), QStringList{QStringLiteral("F.301")});
    OtherReadings::add(ballot.data, {QStringLiteral("ai:some/model"), second, {}});
    Desk desk;
    desk.session.open(ballot);
    QVERIFY(!desk.session.canAccept());
    QCOMPARE(ReviewWords::why(desk.session, kSpoiled, MessageCatalog::builtIn()),
             QStringLiteral("this computer read %1, some/model read %2").arg(first).arg(first + 2));
    const QList<ReadingChoice> choices = desk.session.choices(kSpoiled);
    QVERIFY(std::any_of(choices.begin(), choices.end(),
                        [&](const ReadingChoice& choice) { return choice.value == first + 2; }));
    // A person looked: whichever it is, the ballot can be settled.
    desk.session.confirm(kSpoiled);
    QVERIFY(desk.session.canAccept());
}

void TestReviewSession::aWrongDigitIsPutRight() {
    Desk desk;
    const BallotResult read = misreadResult();
    desk.session.open(read);
    QCOMPARE(codes(desk.session.findings()).first(), QStringLiteral("F.201"));
    QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.205")));
    QVERIFY(!desk.session.canAccept());
    QVERIFY(!desk.session.accept());
    QCOMPARE(desk.session.firstOpen(), kSpoiled);

    desk.session.typeNumber(kSpoiled, 7);
    QCOMPARE(desk.session.stateOf(kSpoiled), FieldState::Changed);
    QVERIFY2(desk.session.findings().isEmpty(), qPrintable(codes(desk.session.findings()).join(u',')));
    QVERIFY(desk.session.accept());

    QCOMPARE(desk.settled.size(), 1);
    const BallotResult& result = desk.settled.first();
    QCOMPARE(result.status, BallotStatus::Reviewed);
    QCOMPARE(result.reviewedBy, QStringLiteral("วนิดา ก."));
    QCOMPARE(result.reviewedAt, desk.clock.utcNow());
    const VoteEntry spoiled = result.data.figures.value(kSpoiled);
    QCOMPARE(spoiled.value, std::optional<qint64>(7));
    // What was read stays as evidence.
    QCOMPARE(spoiled.digits, std::optional<qint64>(1));
    QCOMPARE(spoiled.wordsValue, std::optional<qint64>(7));
    QVERIFY(!spoiled.confidence);
    const QList<Correction>& list = desk.corrections.first();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list.at(0), (Correction{kSpoiled, QStringLiteral("1"), QStringLiteral("7"),
                                     QStringLiteral("วนิดา ก."), desk.clock.utcNow()}));
    QCOMPARE(list.at(1).field, QStringLiteral("status"));
    QCOMPARE(list.at(1).before, std::optional(QStringLiteral("needs_review")));
    QCOMPARE(list.at(1).after, std::optional(QStringLiteral("reviewed")));
}

void TestReviewSession::rulesNeverChangeANumber() {
    Desk desk;
    desk.session.open(misreadResult());
    const BallotData before = desk.session.data();
    desk.session.typeNumber(QStringLiteral("row 1"), 4);
    BallotData after = desk.session.data();
    QCOMPARE(after.rows.first().entry.value, std::optional<qint64>(4));
    after.rows.first() = before.rows.first();
    QCOMPARE(after, before);
}

void TestReviewSession::confirmingSettlesWhatWasUnsure() {
    Desk desk;
    BallotResult read = soundResult();
    read.data.rows[2].entry.confidence = 0.5;
    read.findings = Validator().check(read.data, builtInForms().byId(read.data.formId).get());
    desk.session.open(read);
    const QString row = QStringLiteral("row 3");
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("W.205")});
    QCOMPARE(desk.session.stateOf(row), FieldState::Unsure);
    QCOMPARE(desk.session.openFields(), QStringList{row});
    desk.session.confirm(row);
    QVERIFY(desk.session.findings().isEmpty());
    QCOMPARE(desk.session.stateOf(row), FieldState::Confirmed);
    QVERIFY(desk.session.openFields().isEmpty());
    QVERIFY(desk.session.nextOpen(row).isEmpty());
}

void TestReviewSession::theSuggestionIsAReadingWithWhichTheSumHolds() {
    Desk desk;
    desk.session.open(misreadResult());
    const auto suggestion = desk.session.suggestion(kSpoiled);
    QVERIFY(suggestion);
    QCOMPARE(*suggestion, (Suggestion{7, 1, true, true}));
    QVERIFY(!desk.session.suggestion(QStringLiteral("valid")));
    desk.session.typeNumber(kSpoiled, 7);
    QVERIFY(!desk.session.suggestion(kSpoiled));
}

void TestReviewSession::noSuggestionWhileAnotherSumStaysBroken() {
    Desk desk;
    BallotResult read = soundResult();
    // The total was misread; a second reading of 2.1 would fit it, but not the rows.
    read.data.total->value = 24;
    VoteEntry& valid = read.data.figures[QStringLiteral("valid")];
    valid.digitReadings = {{30, 0.6}, {24, 0.3}};
    desk.session.open(read);
    QVERIFY(desk.session.openErrors() > 0);
    QVERIFY(!desk.session.suggestion(QStringLiteral("valid")));
    read.data.total->digitReadings = {{24, 0.6}, {30, 0.3}};
    desk.session.open(read);
    QCOMPARE(desk.session.suggestion(QStringLiteral("total"))->value, 30);
}

void TestReviewSession::aClosingStackTellsNobody() {
    FakeClock clock;
    int told = 0;
    {
        ReviewSession session(builtInForms(), Validator(), clock);
        session.open(misreadResult());
        session.typeNumber(kSpoiled, 7);
        connect(session.undoStack(), &QUndoStack::canUndoChanged, this, [&told] { ++told; });
    }
    QCOMPARE(told, 0);
}

void TestReviewSession::noSuggestionWithoutAReading() {
    Desk desk;
    BallotResult read = misreadResult();
    VoteEntry& spoiled = read.data.figures[kSpoiled];
    spoiled.words.reset();
    spoiled.wordsValue.reset();
    spoiled.wordReadings.clear();
    spoiled.digitReadings = {{1, 0.61}, {4, 0.34}};
    desk.session.open(read);
    // 7 would fit the sum, but nobody read it.
    QVERIFY(!desk.session.suggestion(kSpoiled));
    QCOMPARE(desk.session.choices(kSpoiled).size(), 2);
}

void TestReviewSession::typingIsOneStepOfUndo() {
    Desk desk;
    desk.session.open(misreadResult());
    const QString row = QStringLiteral("row 2");
    desk.session.typeNumber(row, 1);
    desk.session.typeNumber(row, 12);
    desk.session.typeNumber(row, 123);
    QCOMPARE(desk.session.undoStack()->count(), 1);
    desk.session.endTyping();
    desk.session.typeNumber(row, 9);
    QCOMPARE(desk.session.undoStack()->count(), 2);
    desk.session.undoStack()->undo();
    QCOMPARE(desk.value(row), std::optional<qint64>(123));
    desk.session.undoStack()->undo();
    QCOMPARE(desk.value(row), std::optional<qint64>(289));
    QCOMPARE(desk.session.stateOf(row), FieldState::Sure);
    desk.session.undoStack()->redo();
    QCOMPARE(desk.value(row), std::optional<qint64>(123));
    // Typing the old value again leaves no step behind.
    desk.session.endTyping();
    desk.session.typeNumber(row, 7);
    desk.session.typeNumber(row, 123);
    QCOMPARE(desk.session.undoStack()->count(), 1);
}

void TestReviewSession::undoGoesThroughEveryKindOfChange() {
    Desk desk;
    desk.session.open(misreadResult());
    QList<ReviewState> states{desk.session.state()};
    const auto step = [&] { states.append(desk.session.state()); };
    desk.session.typeNumber(kSpoiled, 7);
    step();
    desk.session.setMark(QStringLiteral("row 1"), Mark::Dash);
    step();
    desk.session.setMark(QStringLiteral("row 2"), Mark::Blank);
    step();
    desk.session.markUnreadable(QStringLiteral("row 3"));
    step();
    desk.session.confirm(QStringLiteral("total"));
    step();
    desk.session.typeHeader(QStringLiteral("province"), QStringLiteral("น่าน"));
    step();
    desk.session.typeHeader(QStringLiteral("committee"), QStringLiteral("12"));
    step();
    desk.session.restore(QStringLiteral("row 1"));
    step();
    desk.session.explainDifference(true);
    step();
    desk.session.chooseForm(QStringLiteral("5-16-constituency"));
    step();
    for (qsizetype i = 1; i < states.size(); ++i)
        QVERIFY(states.at(i) != states.at(i - 1));
    for (qsizetype i = states.size() - 1; i > 0; --i) {
        QCOMPARE(desk.session.state(), states.at(i));
        desk.session.undoStack()->undo();
    }
    QCOMPARE(desk.session.state(), states.first());
    QVERIFY(!desk.session.undoStack()->canUndo());
    while (desk.session.undoStack()->canRedo())
        desk.session.undoStack()->redo();
    QCOMPARE(desk.session.state(), states.last());
}

void TestReviewSession::dashBlankAndUnreadableDifferFromZero() {
    Desk desk;
    desk.session.open(soundResult());
    const QString noVote = QStringLiteral("no_vote");
    desk.session.setMark(noVote, Mark::Dash);
    QCOMPARE(findEntry(desk.session.data(), noVote)->mark, Mark::Dash);
    QVERIFY(!codes(desk.session.findings()).contains(QStringLiteral("F.105")));
    desk.session.setMark(noVote, Mark::Blank);
    // An empty figure is not filled.
    QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.105")));
    desk.session.markUnreadable(noVote);
    QCOMPARE(desk.session.stateOf(noVote), FieldState::Missing);
    QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.105")));
    QVERIFY(!desk.value(noVote));
    desk.session.typeNumber(noVote, 0);
    QCOMPARE(findEntry(desk.session.data(), noVote)->mark, Mark::None);
    QVERIFY(desk.session.state().unreadable.isEmpty());
    QVERIFY(!codes(desk.session.findings()).contains(QStringLiteral("F.105")));
}

void TestReviewSession::restoreBringsTheReadingBack() {
    Desk desk;
    desk.session.open(misreadResult());
    const BallotData before = desk.session.data();
    desk.session.typeNumber(kSpoiled, 71);
    desk.session.typeNumber(QStringLiteral("row 9"), 3);
    desk.session.restore(kSpoiled);
    desk.session.restore(QStringLiteral("row 9"));
    QCOMPARE(desk.session.data(), before);
    QCOMPARE(desk.session.stateOf(kSpoiled), FieldState::Broken);
    QVERIFY(desk.session.state().decided.isEmpty());
}

void TestReviewSession::restoreBringsEveryReadingOfARowBack() {
    Desk desk;
    BallotResult read = soundResult();
    TallyRow copy = read.data.rows.at(1);
    copy.entry.value = 12;
    for (const int place : {2, 4}) {
        BallotResult twice = read;
        twice.data.rows.insert(place, copy);
        desk.session.open(twice);
        desk.session.typeNumber(QStringLiteral("row 2"), 7);
        QCOMPARE(desk.session.data().rows.size(), read.data.rows.size());
        desk.session.restore(QStringLiteral("row 2"));
        QCOMPARE(desk.session.data(), twice.data);
        QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.104")));
        QVERIFY(!desk.session.canAccept());
        // Also after the cell was called empty.
        desk.session.setMark(QStringLiteral("row 2"), Mark::Blank);
        desk.session.restore(QStringLiteral("row 2"));
        QCOMPARE(desk.session.data(), twice.data);
    }
}

void TestReviewSession::headerFieldsAreCorrected() {
    Desk desk;
    BallotResult read = soundResult();
    read.data.header.remove(QStringLiteral("committee"));
    desk.session.open(read);
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("F.102")});
    QCOMPARE(desk.session.openFields(), QStringList{QStringLiteral("committee")});
    desk.session.typeHeader(QStringLiteral("committee"), QStringLiteral("x"));
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("F.102")});
    desk.session.typeHeader(QStringLiteral("committee"), QStringLiteral("4"));
    desk.session.typeHeader(QStringLiteral("province"), QStringLiteral("น่าน"));
    QVERIFY(desk.session.findings().isEmpty());
    QVERIFY(desk.session.accept());
    const BallotResult& result = desk.settled.first();
    QCOMPARE(result.data.header.value(QStringLiteral("committee")).source, HeaderSource::Person);
    QCOMPARE(result.data.header.value(QStringLiteral("committee")).number, std::optional<qint64>(4));
    const auto province = correctionOf(desk.corrections.first(), QStringLiteral("province"));
    QVERIFY(province);
    QCOMPARE(province->before, std::optional(QStringLiteral("แพร่")));
    QCOMPARE(province->after, std::optional(QStringLiteral("น่าน")));
    const auto committee = correctionOf(desk.corrections.first(), QStringLiteral("committee"));
    QVERIFY(committee && !committee->before && committee->after == QStringLiteral("4"));
}

void TestReviewSession::theFormIsChosenAndAWholeBallotTyped() {
    Desk desk;
    const BallotResult read =
        unreadResult(QStringLiteral("เขตเลือกตั้งที่ 1 จังหวัดน่าน/ล่วงหน้านอกเขต/ชุดที่ 3/damaged.pdf"));
    desk.session.open(read);
    QVERIFY(!desk.session.form());
    QVERIFY(desk.session.fieldKeys().isEmpty());
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("F.101")});
    QVERIFY(!desk.session.settleAsWritten(ReviewReason::SumWrong, {}));

    desk.session.chooseForm(QStringLiteral("5-17-constituency"));
    QVERIFY(desk.session.form());
    // The folders say where it is from.
    QCOMPARE(desk.session.data().header.value(QStringLiteral("province")).text,
             std::optional(QStringLiteral("น่าน")));
    QCOMPARE(desk.session.data().header.value(QStringLiteral("committee")).number, std::optional<qint64>(3));
    QCOMPARE(desk.session.firstOpen(), QStringLiteral("envelopes"));
    QVERIFY(!desk.session.canAccept());

    const BallotData whole = samples::soundBallot(*desk.session.form());
    forEachNumber(whole, [&](const QString& key, const VoteEntry& entry) {
        desk.session.typeNumber(key, entry.value);
        desk.session.confirm(key);
    });
    QVERIFY2(desk.session.canAccept(), qPrintable(codes(desk.session.findings()).join(u',')));
    QVERIFY(desk.session.findings().isEmpty());
    QVERIFY(desk.session.accept());
    const BallotResult& result = desk.settled.first();
    QCOMPARE(result.status, BallotStatus::Reviewed);
    QVERIFY(!result.error);
    QCOMPARE(result.data.formId, QStringLiteral("5-17-constituency"));
    QCOMPARE(result.data.formCode, QStringLiteral("5/17"));
    QCOMPARE(result.data.partyList, std::optional(false));
    QCOMPARE(result.data.rows.size(), whole.rows.size());
    // Nobody read anything: there is no evidence but the person.
    forEachNumber(result.data, [](const QString&, const VoteEntry& entry) {
        QVERIFY(entry.value && !entry.digits && !entry.wordsValue && !entry.confidence);
    });
    // Each number, the form's code and kind, where from, and the status.
    const QList<Correction>& list = desk.corrections.first();
    QCOMPARE(correctionOf(list, QStringLiteral("form_code"))->after, std::optional(QStringLiteral("5/17")));
    QCOMPARE(correctionOf(list, QStringLiteral("party_list"))->after,
             std::optional(QStringLiteral("constituency")));
    QCOMPARE(correctionOf(list, QStringLiteral("row 6"))->after, std::optional(QStringLiteral("5")));
    QVERIFY(!correctionOf(list, QStringLiteral("row 6"))->before);
    QCOMPARE(correctionOf(list, QStringLiteral("status"))->before, std::optional(QStringLiteral("failed")));
}

void TestReviewSession::aRowIsAddedInItsPlaceAndTakenAway() {
    Desk desk;
    BallotResult read = soundResult();
    read.data.rows.removeAt(3);
    desk.session.open(read);
    const QString row = QStringLiteral("row 4");
    QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.104")));
    QCOMPARE(desk.session.stateOf(row), FieldState::Missing);
    desk.session.typeNumber(row, 5);
    QVERIFY(desk.session.findings().isEmpty());
    QCOMPARE(desk.session.data().rows.at(3).no, 4);
    desk.session.typeNumber(row, std::nullopt);
    QCOMPARE(desk.session.data(), read.data);
}

void TestReviewSession::aRepeatedRowIsKeptOnce() {
    Desk desk;
    BallotResult read = soundResult();
    TallyRow copy = read.data.rows.at(1);
    copy.entry.value = 8;
    read.data.rows.insert(2, copy);
    desk.session.open(read);
    QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.104")));
    desk.session.confirm(QStringLiteral("row 2"));
    QVERIFY(desk.session.findings().isEmpty());
    QCOMPARE(desk.session.data().rows.size(), 6);
    QVERIFY(desk.session.accept());
    const auto kept = correctionOf(desk.corrections.first(), QStringLiteral("row 2"));
    QVERIFY(kept && kept->before == QStringLiteral("5 / 8") && kept->after == QStringLiteral("5"));
}

void TestReviewSession::aRowThatTheFormLacksIsTakenAway() {
    Desk desk;
    BallotResult read = soundResult();
    read.data.rows.append({99, samples::marked(Mark::Blank)});
    desk.session.open(read);
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("F.104")});
    QVERIFY(desk.session.fieldKeys().contains(QStringLiteral("row 99")));
    desk.session.setMark(QStringLiteral("row 99"), Mark::Blank);
    QVERIFY(desk.session.findings().isEmpty());
    QCOMPARE(desk.session.data().rows.size(), 6);
}

void TestReviewSession::aMissingPageIsForgivenWhenItsNumbersWereTyped() {
    Desk desk;
    BallotResult read = soundResult(QStringLiteral("list.pdf"), QStringLiteral("5-17-party-list"));
    QCOMPARE(read.data.pageRoles.at(1), QStringLiteral("numbers-2"));
    read.data.pageRoles[1] = QStringLiteral("unknown");
    desk.session.open(read);
    QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.104")));
    const auto page = desk.session.form()->pages.at(1);
    for (int row = page.firstRow; row <= page.lastRow; ++row) {
        QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("F.104")));
        desk.session.confirm(QStringLiteral("row %1").arg(row));
    }
    if (page.hasTotal)
        desk.session.confirm(QStringLiteral("total"));
    QVERIFY(!codes(desk.session.findings()).contains(QStringLiteral("F.104")));
}

void TestReviewSession::acceptWaitsForErrors() {
    Desk desk;
    desk.session.open(misreadResult());
    QCOMPARE(desk.session.openErrors(), 2);
    QVERIFY(!desk.session.accept());
    QVERIFY(desk.settled.isEmpty());
    QCOMPARE(desk.session.undoStack()->count(), 0);
    // Confirming the misread digit decides between digits and words, but the sum is still wrong.
    desk.session.confirm(kSpoiled);
    QCOMPARE(desk.session.openErrors(), 1);
    QVERIFY(!desk.session.accept());
}

void TestReviewSession::asWrittenKeepsTheBrokenRuleWithItsReason() {
    Desk desk;
    BallotResult read = soundResult();
    read.data.figures[QStringLiteral("received")] = samples::marked(Mark::Blank);
    desk.session.open(read);
    QVERIFY(!desk.session.canAccept());
    QVERIFY(!desk.session.settleAsWritten(ReviewReason::None, {}));
    QVERIFY(desk.session.settleAsWritten(ReviewReason::FieldEmpty, QStringLiteral(" Both counts say 32. ")));
    const BallotResult& result = desk.settled.first();
    QCOMPARE(result.status, BallotStatus::Reviewed);
    QCOMPARE(result.data.figures, read.data.figures);
    QVERIFY(codes(result.findings).contains(QStringLiteral("F.105")));
    QVERIFY(codes(result.findings).contains(QStringLiteral("F.201")));
    const QJsonObject review = result.data.readerNotes.value(QStringLiteral("review")).toObject();
    QCOMPARE(review.value(QStringLiteral("reason")).toString(), QStringLiteral("field_empty"));
    QCOMPARE(review.value(QStringLiteral("note")).toString(), QStringLiteral("Both counts say 32."));
    const QList<Correction>& list = desk.corrections.first();
    QCOMPARE(correctionOf(list, QStringLiteral("reason"))->after,
             std::optional(QStringLiteral("field_empty")));
    QCOMPARE(correctionOf(list, QStringLiteral("note"))->after,
             std::optional(QStringLiteral("Both counts say 32.")));
}

void TestReviewSession::digitsAndWordsThatDifferOnPaperStayAFinding() {
    Desk desk;
    BallotResult read = soundResult();
    VoteEntry& row = read.data.rows[0].entry;
    row.words = QStringLiteral("หก");
    row.wordsValue = 6;
    desk.session.open(read);
    desk.session.confirm(QStringLiteral("row 1"));
    QVERIFY(desk.session.findings().isEmpty());
    QVERIFY(desk.session.settleAsWritten(ReviewReason::DigitsAndWordsDiffer, {}));
    QCOMPARE(codes(desk.settled.first().findings), QStringList{QStringLiteral("F.205")});
}

void TestReviewSession::anUnreadableBallotKeepsItsReason() {
    Desk desk;
    desk.session.open(unreadResult());
    QVERIFY(!desk.session.markBallotUnreadable(ReviewReason::None, {}));
    QVERIFY(desk.session.markBallotUnreadable(ReviewReason::CutOff, {}));
    const BallotResult& result = desk.settled.first();
    QCOMPARE(result.status, BallotStatus::Unreadable);
    QCOMPARE(result.reviewedBy, QStringLiteral("วนิดา ก."));
    QCOMPARE(correctionOf(desk.corrections.first(), QStringLiteral("reason"))->after,
             std::optional(QStringLiteral("cut_off")));
    QCOMPARE(correctionOf(desk.corrections.first(), QStringLiteral("status"))->after,
             std::optional(QStringLiteral("unreadable")));
}

void TestReviewSession::confirmationsAreRecorded() {
    Desk desk;
    BallotResult read = soundResult();
    read.data.rows[0].entry.confidence = 0.6;
    read.findings = Validator().check(read.data, builtInForms().byId(read.data.formId).get());
    desk.session.open(read);
    desk.session.confirm(QStringLiteral("row 1"));
    desk.session.confirm(QStringLiteral("row 2"));
    QVERIFY(desk.session.accept());
    const QList<Correction>& list = desk.corrections.first();
    const auto unsure = correctionOf(list, QStringLiteral("row 1"));
    QVERIFY(unsure && unsure->before == QStringLiteral("5") && unsure->after == QStringLiteral("5"));
    // Nothing was open about the other.
    QVERIFY(!correctionOf(list, QStringLiteral("row 2")));
}

void TestReviewSession::settlingIsUndoneAcrossBallots() {
    Desk desk;
    const BallotResult first = misreadResult(QStringLiteral("one.pdf"));
    const BallotResult second = misreadResult(QStringLiteral("two.pdf"));
    desk.session.open(first);
    desk.session.typeNumber(kSpoiled, 7);
    QVERIFY(desk.session.accept());
    desk.session.open(second);
    desk.session.typeNumber(kSpoiled, 8);

    desk.session.undoStack()->undo();
    QCOMPARE(desk.session.original().scan, second.scan);
    desk.session.undoStack()->undo();
    QCOMPARE(desk.session.original().scan, first.scan);
    QCOMPARE(desk.reopened.size(), 1);
    QCOMPARE(desk.reopened.first(), first);
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(7));
    desk.session.undoStack()->undo();
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(1));

    desk.session.undoStack()->redo();
    desk.session.undoStack()->redo();
    QCOMPARE(desk.settled.size(), 2);
    QCOMPARE(desk.settled.at(1), desk.settled.at(0));
    desk.session.undoStack()->redo();
    QCOMPARE(desk.session.original().scan, second.scan);
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(8));
}

void TestReviewSession::workOnABallotIsKeptWhileAnotherIsOpen() {
    Desk desk;
    const BallotResult first = misreadResult(QStringLiteral("one.pdf"));
    desk.session.open(first);
    desk.session.typeNumber(kSpoiled, 7);
    desk.session.open(misreadResult(QStringLiteral("two.pdf")));
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(1));
    desk.session.open(first);
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(7));
    desk.session.close();
    QVERIFY(!desk.session.isOpen());
    desk.session.open(first);
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(7));
}

void TestReviewSession::aBallotReadAnewStartsAfresh() {
    Desk desk;
    const BallotResult first = misreadResult();
    desk.session.open(first);
    desk.session.typeNumber(kSpoiled, 9);
    BallotResult again = first;
    again.data.rows[0].entry.value = 4;
    again.reader = QStringLiteral("ai:other");
    desk.session.open(again);
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(1));
    QVERIFY(!desk.session.undoStack()->canUndo());
}

void TestReviewSession::settlingIsNotTakenBackToAnOlderReading() {
    Desk desk;
    const BallotResult first = misreadResult();
    desk.session.open(first);
    desk.session.typeNumber(kSpoiled, 9);
    QVERIFY(desk.session.settleAsWritten(ReviewReason::SumWrong, {}));
    const BallotResult other = misreadResult(QStringLiteral("two.pdf"));
    desk.session.open(other);
    desk.session.typeNumber(kSpoiled, 8);
    // What the project says of a ballot that is not looked at.
    desk.session.noteBallot(desk.settled.last());
    QVERIFY(desk.session.undoStack()->canUndo());
    BallotResult again = first;
    again.data.rows[0].entry.value = 4;
    again.reader = QStringLiteral("ai:other");
    desk.session.noteBallot(again);
    desk.session.undoStack()->undo();
    desk.session.undoStack()->undo();
    QVERIFY(desk.reopened.isEmpty());
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(8));
}

void TestReviewSession::aRemovedBallotIsNotTakenBack() {
    Desk desk;
    const BallotResult first = misreadResult();
    desk.session.open(first);
    QVERIFY(desk.session.settleAsWritten(ReviewReason::SumWrong, {}));
    desk.session.noteRemoved([](const BallotScan&) { return true; });
    QVERIFY(desk.session.undoStack()->canUndo());
    desk.session.noteRemoved([&](const BallotScan& scan) { return scan.file != first.scan.file; });
    QVERIFY(!desk.session.undoStack()->canUndo());
}

void TestReviewSession::anAnswerThatSaysTooMuchIsOverOnceTheFormIsConfirmed() {
    Desk desk;
    BallotResult ballot = soundResult(QStringLiteral("one.pdf"));
    desk.session.open(ballot);
    const QString form = desk.session.form()->id;
    // Nothing doubts the form: choosing it again is no step.
    desk.session.chooseForm(form);
    QVERIFY(!desk.session.undoStack()->canUndo());
    QVERIFY(desk.session.canAccept());

    ballot.scan.file = QStringLiteral("two.pdf");
    ballot.data.readerNotes.insert(QStringLiteral("unexpected"), QJsonArray{QStringLiteral("comment")});
    desk.session.open(ballot);
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("F.104")});
    QVERIFY(!desk.session.canAccept());
    desk.session.chooseForm(form);
    QCOMPARE(codes(desk.session.findings()), QStringList());
    QVERIFY(desk.session.canAccept());
    desk.session.undoStack()->undo();
    QVERIFY(!desk.session.canAccept());
}

void TestReviewSession::aNewFindingKeepsTheWork() {
    Desk desk;
    const BallotResult first = misreadResult();
    desk.session.open(first);
    desk.session.typeNumber(kSpoiled, 7);
    desk.session.open(misreadResult(QStringLiteral("two.pdf")));
    BallotResult warned = first;
    warned.status = BallotStatus::Accepted;
    warned.findings.append({QStringLiteral("W.302"), Severity::Warning, {}, {QStringLiteral("two.pdf")}});
    desk.session.open(warned);
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(7));
    QCOMPARE(desk.session.original(), warned);
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("W.302")});
    QVERIFY(desk.session.undoStack()->canUndo());
    // A step back keeps what is known of the ballot by then.
    desk.session.undoStack()->undo();
    QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(1));
    QCOMPARE(desk.session.original(), warned);
    QVERIFY(codes(desk.session.findings()).contains(QStringLiteral("W.302")));
}

void TestReviewSession::whatAPersonSettledElsewhereStartsAfresh() {
    Desk desk;
    const BallotResult first = misreadResult();
    for (const bool byPerson : {true, false}) {
        desk.session.open(first);
        desk.session.typeNumber(kSpoiled, 9);
        BallotResult again = first;
        if (byPerson)
            again.status = BallotStatus::Reviewed;
        else
            again.reader = QStringLiteral("ai:other");
        desk.session.open(again);
        QCOMPARE(desk.value(kSpoiled), std::optional<qint64>(1));
        QVERIFY(!desk.session.undoStack()->canUndo());
    }
}

void TestReviewSession::aReviewedBallotOpensSettled() {
    Desk desk;
    desk.session.open(misreadResult());
    desk.session.typeNumber(kSpoiled, 7);
    QVERIFY(desk.session.accept());
    ReviewSession later(builtInForms(), Validator(), desk.clock);
    later.open(desk.settled.first());
    QVERIFY2(later.findings().isEmpty(), qPrintable(codes(later.findings()).join(u',')));
    later.typeNumber(QStringLiteral("total"), 610);
    QVERIFY(!later.canAccept());
}

void TestReviewSession::aPathThatSaysOtherwiseStaysUntilDecided() {
    Desk desk;
    BallotResult read = soundResult();
    read.findings = {{QStringLiteral("W.302"), Severity::Warning, {}, {QStringLiteral("b.pdf")}},
                     {QStringLiteral("W.303"),
                      Severity::Warning,
                      {QStringLiteral("committee")},
                      {QStringLiteral("field:committee"), QStringLiteral("1"), QStringLiteral("2")}}};
    desk.session.open(read);
    QCOMPARE(codes(desk.session.findings()), (QStringList{QStringLiteral("W.302"), QStringLiteral("W.303")}));
    QCOMPARE(desk.session.openFields(), QStringList{QStringLiteral("committee")});
    desk.session.confirm(QStringLiteral("committee"));
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("W.302")});
    desk.session.undoStack()->undo();
    QCOMPARE(desk.session.findings().size(), 2);
}

void TestReviewSession::enterWalksOverAllOpenNumbers() {
    Desk desk;
    BallotResult read = soundResult();
    for (const int row : {0, 2, 4})
        read.data.rows[row].entry.confidence = 0.9 - 0.1 * row;
    desk.session.open(read);
    // The least sure one comes first, then on from there, then what was left out before it.
    QString key = desk.session.firstOpen();
    QStringList walked;
    while (!key.isEmpty()) {
        walked.append(key);
        desk.session.confirm(key);
        key = desk.session.nextOpen(key);
    }
    QCOMPARE(walked,
             (QStringList{QStringLiteral("row 5"), QStringLiteral("row 1"), QStringLiteral("row 3")}));

    // A broken sum of numbers that all look sure is walked round and round until it holds.
    BallotResult broken = soundResult(QStringLiteral("b.pdf"));
    broken.data.figures[QStringLiteral("received")].value = 40;
    broken.data.figures[QStringLiteral("received")].digits = 40;
    desk.session.open(broken);
    key = desk.session.firstOpen();
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!key.isEmpty());
        desk.session.confirm(key);
        key = desk.session.nextOpen(key);
    }
}

void TestReviewSession::anExplainedDifferenceIsNoError() {
    Desk desk;
    BallotResult read = soundResult(QStringLiteral("unit.pdf"), QStringLiteral("5-18-constituency"));
    read.data.figures[QStringLiteral("turnout")] = samples::entry(*builtInForms().byId(read.data.formId), 31);
    desk.session.open(read);
    QCOMPARE(codes(desk.session.findings()), QStringList{QStringLiteral("F.206")});
    desk.session.explainDifference(true);
    QVERIFY(desk.session.findings().isEmpty());
    QVERIFY(desk.session.accept());
    QVERIFY(desk.settled.first().data.differenceExplained);
    QVERIFY(correctionOf(desk.corrections.first(), QStringLiteral("difference_explained")));
}

void TestReviewSession::equationsTellWhatIsMissing() {
    Desk desk;
    desk.session.open(misreadResult());
    const QList<EquationView> views = desk.session.equations();
    QCOMPARE(views.first().code, QStringLiteral("F.201"));
    QCOMPARE(views.first().verdict, EquationVerdict::Broken);
    QCOMPARE(views.first().missing(), std::optional<qint64>(6));
    QCOMPARE(views.first().partsSum(), std::optional<qint64>(611));
    QCOMPARE(views.first().wholeSum(), std::optional<qint64>(617));
    for (const EquationView& view : views)
        QVERIFY(view.verdict == EquationVerdict::Holds || view.code == u"F.201");
    desk.session.typeNumber(QStringLiteral("row 1"), 302);
    const auto rows = desk.session.equations().at(1);
    QCOMPARE(rows.code, QStringLiteral("F.203"));
    QVERIFY(rows.wholeOnRight());
    QCOMPARE(rows.missing(), std::optional<qint64>(-2));
    desk.session.markUnreadable(QStringLiteral("row 1"));
    QVERIFY(!desk.session.equations().at(1).missing());
    QCOMPARE(desk.session.equations().at(1).verdict, EquationVerdict::Broken);
}

void TestReviewSession::nothingIsTypedIntoASettledBallot() {
    Desk desk;
    desk.session.open(misreadResult());
    desk.session.typeNumber(kSpoiled, 7);
    QVERIFY(desk.session.accept());
    QVERIFY(!desk.session.isOpen());
    QVERIFY(!desk.session.accept());
    desk.session.typeNumber(kSpoiled, 8);
    QCOMPARE(desk.settled.size(), 1);
    QCOMPARE(desk.session.undoStack()->count(), 2);
}

QTEST_MAIN(TestReviewSession)
#include "tst_reviewsession.moc"
