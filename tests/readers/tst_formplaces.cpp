// SPDX-License-Identifier: GPL-3.0-or-later
// Which line and which blank of the paper is which field of the form.
#include <QTest>
#include <algorithm>

#include "core/Validator.h"
#include "readers/ondevice/FigureLines.h"
#include "readers/ondevice/HeaderLabels.h"
#include "readers/ondevice/HeaderReader.h"
#include "readers/ondevice/LabelledBlank.h"
#include "readers/ondevice/WritingEnds.h"

using namespace tallydesk;

namespace {

// The y that are left of lines at `at`, and from which on they are sure.
std::pair<QList<int>, std::size_t> linesLeft(const QList<int>& at, std::size_t wanted) {
    std::vector<BlankLine> lines(static_cast<std::size_t>(at.size()));
    std::vector<const BlankLine*> pointers;
    for (qsizetype i = 0; i < at.size(); ++i) {
        lines[static_cast<std::size_t>(i)].y = at[i];
        pointers.push_back(&lines[static_cast<std::size_t>(i)]);
    }
    const std::size_t sureFrom = dropStrayLines(pointers, wanted);
    QList<int> result;
    for (const BlankLine* line : pointers)
        result.append(line->y);
    return {result, sureFrom};
}

const QStringList constituency{QStringLiteral("เขตเลือกตั้งที่")};

}  // namespace

class TestFormPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evenLinesStay() {
        const QList<int> even{-502, -449, -342, -290, -236, -183, -130, -77};
        QCOMPARE(linesLeft(even, 8), (std::pair{even, std::size_t{0}}));
        // One line more than the form has figures stands evenly: it stays, figures are counted from below.
        QCOMPARE(linesLeft(even, 7), (std::pair{even, std::size_t{0}}));
        // Lines of the head that look alike, at any distance.
        const QList<int> head{-430, -350, -240, -187, -134};
        QCOMPARE(linesLeft(head, 3), (std::pair{head, std::size_t{0}}));
    }

    void aFoldBetweenTwoLinesIsNone() {
        for (const int jitter : {0, 1, -1}) {
            const QList<int> even{-502 + jitter, -449, -342, -290, -236 - jitter, -183, -130, -77};
            for (const int fold : {-480, -471, -428, -470, -320, -210}) {
                QList<int> folded = even;
                folded.append(fold);
                std::sort(folded.begin(), folded.end());
                QCOMPARE(linesLeft(folded, 8), (std::pair{even, std::size_t{0}}));
            }
        }
        QCOMPARE(linesLeft({-183, -150, -130, -77}, 3),
                 (std::pair{QList<int>{-183, -130, -77}, std::size_t{0}}));
    }

    void aFoldCloseToALineLeavesItUnsure() {
        // Either of the two may be the line.
        QCOMPARE(linesLeft({-502, -498, -449, -342, -290}, 4).second, std::size_t{1});
        // Just far enough to be a line, as no other pair stands.
        QCOMPARE(linesLeft({-449, -405, -342, -290}, 3).second, std::size_t{2});
    }

    void whatStandsAboveAFoldThatTookALinesPlaceIsUnsure() {
        // The line at -502 was not found, the fold at -480 was.
        const QList<int> lines{-480, -449, -342, -290, -236, -183, -130, -77};
        QCOMPARE(linesLeft(lines, 8), (std::pair{lines, std::size_t{2}}));
    }

    void aFoldBelowTheLinesIsNone() {
        const auto left = [](const QList<std::pair<int, int>>& at) {
            std::vector<BlankLine> lines;
            for (const auto& [y, end] : at)
                lines.push_back({y, {{600, 720, y}, {808, end, y}}, 797, 1});
            std::vector<const BlankLine*> pointers;
            for (const BlankLine& line : lines)
                pointers.push_back(&line);
            dropStrayLines(pointers, 3);
            return pointers.back()->y;
        };
        QCOMPARE(left({{-182, 1382}, {-129, 1300}, {-76, 1383}, {-17, 1234}}), -76);
        // It stands evenly, or ends with the others, or these do not stand evenly: the lowest lines count.
        QCOMPARE(left({{-182, 1382}, {-129, 1300}, {-76, 1383}, {-23, 1234}}), -23);
        QCOMPARE(left({{-182, 1382}, {-129, 1300}, {-76, 1383}, {-17, 1380}}), -17);
        QCOMPARE(left({{-190, 1382}, {-129, 1300}, {-76, 1383}, {-17, 1234}}), -17);
        // Another one far above changes nothing.
        QCOMPARE(left({{-800, 900}, {-182, 1382}, {-129, 1300}, {-76, 1383}, {-17, 1234}}), -76);
        // No more lines than there must be.
        QCOMPARE(left({{-129, 1382}, {-76, 1383}, {-17, 1234}}), -17);
    }

    void labelsAreKnownWithoutTheirVowels() {
        QCOMPARE(labelScore(constituency, QStringLiteral("..เขตเลือกตั้งที่..")), 1.0);
        // Bold print on a small scan: all signs above the letters are lost, and one is invented.
        const QString faint = QStringLiteral("..เขิตเลอกตงท..");
        QVERIFY(labelScore(constituency, faint) < 0.8);
        QCOMPARE(labelScore(constituency, faint, Letters::Base), 1.0);
        // Only what ends the label counts.
        for (const Letters letters : {Letters::WithVowels, Letters::Base})
            QVERIFY(labelScore(constituency, QStringLiteral("เขตเลือกตั้งที่ ๓ จังหวัด"), letters) < 0.75);
        // The place of such a label is found as well.
        QList<PrintedSymbol> letters;
        for (qsizetype i = 0; i < faint.size(); ++i)
            letters.append({faint.mid(i, 1), QRect(static_cast<int>(10 * i), 0, 9, 20)});
        const auto span = findPrinted(constituency, letters);
        QVERIFY(span);
        QCOMPARE(span->left, 20);
    }

    void aNumberMayHideTheEndOfItsBlank() {
        const Blank dots{326, 374, 100};
        PrintedSpan label;
        label.left = 421;
        const WritingEnds hiding = endsOfWriting(dots, dots.right, label);
        QCOMPARE(hiding.usual, dots.right + 15);
        QCOMPARE(hiding.hidden, std::optional(419));
        // Nothing is known of what follows, or only where it ends.
        QVERIFY(!endsOfWriting(dots, dots.right, std::nullopt).hidden);
        label.whole = false;
        QVERIFY(!endsOfWriting(dots, dots.right, label).hidden);
        // Print close behind the dots stays outside, and what is far off is no part of this blank.
        label.whole = true;
        label.left = 380;
        QCOMPARE(endsOfWriting(dots, dots.right, label).usual, 378);
        QVERIFY(!endsOfWriting(dots, dots.right, label).hidden);
        label.left = 500;
        QVERIFY(!endsOfWriting(dots, dots.right, label).hidden);
    }

    void aLabelEndsWithTheSignsOfItsLastLetter() {
        // As the text engine shares out the last letter with its two signs, the lower of them misread.
        const auto withSign = [](const QString& sign, int left, int right) {
            const QString base = QStringLiteral("เขตเลอกตงท");
            QList<PrintedSymbol> letters;
            for (qsizetype i = 0; i < base.size(); ++i)
                letters.append({base.mid(i, 1), QRect(static_cast<int>(10 * i), 0, 10, 20)});
            letters.append({sign, QRect(QPoint(left, 0), QPoint(right, 19))});
            return findPrinted(constituency, letters)->right;
        };
        const QString sign(QChar(0x0e4c));
        QCOMPARE(withSign(sign, 99, 109), 110);
        // A stroke further off is writing, whatever it was taken for, and so is one that is too wide.
        QCOMPARE(withSign(sign, 104, 109), 100);
        QCOMPARE(withSign(sign, 99, 114), 100);
        QCOMPARE(withSign(QStringLiteral("1"), 99, 109), 100);
        QCOMPARE(withSign(QString(), 99, 109), 100);
    }

    void aLabelsLastLetterIsNotCutInTwo() {
        const auto ends = [](const std::vector<StrokeExtent>& last, int dots = 342) {
            std::vector<StrokeExtent> strokes{{240, 255, 15}, {260, 274, 14}, {281, 284, 9}, {286, 304, 15}};
            strokes.insert(strokes.end(), last.begin(), last.end());
            strokes.push_back({362, 381, 27});
            return endOfLabel(strokes, 314, dots);
        };
        const StrokeExtent letter{306, 327, 15};
        const StrokeExtent sign{310, 327, 17};
        QCOMPARE(ends({letter, sign}), 327);
        // One stroke may be a low figure, and so may two beside one another.
        QCOMPARE(ends({letter}), 314);
        QCOMPARE(ends({{304, 316, 15}, {308, 329, 15}}), 314);
        // A figure that begins in the place of the label, what begins behind it, and writing that goes on.
        QCOMPARE(ends({{306, 327, 27}, sign}), 314);
        QCOMPARE(ends({{311, 327, 15}, {312, 327, 9}}), 314);
        QCOMPARE(ends({{306, 336, 15}, {310, 336, 15}}), 314);
        // It does not reach into the dots, and where no letter is seen nothing is known of its height.
        QCOMPARE(ends({letter, sign}, 322), 314);
        QCOMPARE(endOfLabel({letter, sign}, 314, 342), 314);
        QCOMPARE(endOfLabel({}, 314, 342), 314);
    }

    void aNumberEndsWithTheFigureThatItsUsualEndCuts() {
        // One figure, with a flourish inside the blank.
        QVERIFY(cutsOnlyAFigure({{10, 20}, {40, 62}}, 55, 90));
        // Nothing crosses; another figure follows; a tick crosses; it may be print's first stroke.
        QVERIFY(!cutsOnlyAFigure({{10, 20}, {40, 55}}, 55, 90));
        QVERIFY(!cutsOnlyAFigure({{40, 62}, {70, 80}}, 55, 90));
        QVERIFY(!cutsOnlyAFigure({{40, 50}, {52, 80}}, 55, 90));
        QVERIFY(!cutsOnlyAFigure({{20, 90}}, 55, 90));
        QVERIFY(!cutsOnlyAFigure({}, 55, 90));
    }

    void aNumberEndsWithTheDigitBehindTheOneThatIsCut() {
        PrintedSpan label;
        label.left = 417;
        label.firstRight = 429;
        label.right = 480;
        const StrokeExtent first{353, 376, 29};
        const StrokeExtent second{385, 406, 29};
        const std::vector<StrokeExtent> print{{425, 444, 14}, {445, 452, 14}, {458, 461, 14}};
        const auto ends = [&](std::vector<StrokeExtent> strokes, int x = 364, int end = 412) {
            strokes.insert(strokes.end(), print.begin(), print.end());
            return endsWithTwoDigits(label, strokes, x, end);
        };
        QVERIFY(ends({first, second}));
        QVERIFY(ends({second, first}));
        QVERIFY(!ends({first}));
        QVERIFY(!ends({first, second}, 350));                   // the first is not cut
        QVERIFY(!ends({first, second}, 390));                   // the second is
        QVERIFY(!ends({first, second}, 364, 400));              // writing ends within the second
        QVERIFY(!ends({first, {391, 406, 29}}));                // far behind
        QVERIFY(!ends({first, {385, 409, 29}}));                // close to the label
        QVERIFY(!ends({first, {385, 393, 29}}));                // thin as a tick
        QVERIFY(!ends({{353, 370, 20}, {378, 394, 16}}, 360));  // no higher than print
        QVERIFY(!ends({{353, 370, 25}, {378, 399, 34}}, 360));  // much higher than the first
        QVERIFY(!ends({{353, 376, 36}, second}));               // cut off at the top
        QVERIFY(!ends({first, second, {409, 412, 10}}));        // something else before the label
        // Nothing is known of how high print is.
        QVERIFY(!endsWithTwoDigits(label, {first, second}, 364, 412));
    }

    void aNumberIsNotMixedUpWithTheLabelBehind() {
        constexpr int dotsEnd = 374;
        PrintedSpan label;
        label.left = 396;
        label.firstRight = 404;
        label.right = 470;
        std::vector<StrokeExtent> strokes{{350, 366, 28}, {396, 403, 14}, {405, 417, 15},
                                          {419, 430, 14}, {432, 441, 14}, {398, 404, 9}};
        QVERIFY(!mayBeMixedUp(label, strokes, dotsEnd, 389));
        // Another number before it, on a line of which other labels were not read.
        strokes.push_back({378, 392, 30});
        QVERIFY(!mayBeMixedUp(label, strokes, dotsEnd, 360));
        strokes.pop_back();
        // Its letters may be placed badly: what stands there is as high as they are.
        label.firstRight = 425;
        QVERIFY(!mayBeMixedUp(label, strokes, dotsEnd, 389));
        // A 1 was taken into the place of the first letter, or a 2 that the dots end under.
        label.left = 386;
        strokes.push_back({386, 390, 30});
        QVERIFY(mayBeMixedUp(label, strokes, dotsEnd, 384));
        strokes.back() = {376, 391, 24};
        label.left = 384;
        QVERIFY(mayBeMixedUp(label, strokes, dotsEnd, 382));
        // The first letter was lost: it may stand in the number's crop, unless that ends well before.
        label.whole = false;
        label.left = 387;
        label.firstRight = 399;
        strokes.back() = {378, 384, 14};
        QVERIFY(mayBeMixedUp(label, strokes, dotsEnd, 385));
        label.left = 419;
        label.firstRight = 431;
        strokes.pop_back();
        QVERIFY(!mayBeMixedUp(label, strokes, dotsEnd, 389));
        QVERIFY(!mayBeMixedUp(label, {}, dotsEnd, 389));
    }

    void aNameMayHideTheDotsBeforeIt() {
        FormTemplate form;
        form.header.resize(2);
        form.header[0].key = QStringLiteral("province");
        form.header[0].printed = QStringList{QStringLiteral("จังหวัด")};
        form.header[1].key = QStringLiteral("moo");
        form.header[1].type = HeaderType::Number;
        form.header[1].printed = QStringList{QStringLiteral("หมู่ที่")};
        const auto blankBehind = [](const QString& read, int dots) {
            LabelledBlank blank;
            blank.blank = {dots, dots + 60, 100};
            blank.label = read;
            for (qsizetype i = 0; i < read.size(); ++i)
                blank.letters.append({read.mid(i, 1), QRect(static_cast<int>(10 * i), 0, 9, 20)});
            return blank;
        };
        const auto lastField = [&form](const QList<LabelledBlank>& line) {
            double score = 0.0;
            const HeaderField* field = headerFieldOf(form, line, line.size() - 1, score);
            return field ? field->key : QString();
        };
        const LabelledBlank hidden = blankBehind(QStringLiteral("..จังหวัด.สุรินทร์."), 230);
        QCOMPARE(lastField({blankBehind(QStringLiteral("..จังหวัด"), 100)}), QStringLiteral("province"));
        QCOMPARE(lastField({hidden}), QStringLiteral("province"));
        // Too far off, and no label at all.
        QCOMPARE(lastField({blankBehind(QStringLiteral("..จังหวัด.สุรินทร์."), 400)}), QString());
        QCOMPARE(lastField({blankBehind(QStringLiteral(".สุรินทร์."), 120)}), QString());
        // Another field's label behind it: a number is known by the print right before it only.
        QCOMPARE(lastField({blankBehind(QStringLiteral("จังหวัด.หมู่ที่.สามสิบสองธันวา."), 280)}), QString());
        // The word is part of a place's name.
        QCOMPARE(lastField({blankBehind(QStringLiteral("ศาลากลางจังหวัดนนทบุรี"), 230)}), QString());
        const LabelledBlank moo = blankBehind(QStringLiteral("..หมู่ที่"), 90);
        QCOMPARE(lastField({moo, hidden}), QStringLiteral("province"));
        QCOMPARE(lastField({blankBehind(QStringLiteral("..จังหวัด"), 100), hidden}), QString());
    }

    void aNameOfUnknownEndCountsWhereItIsWhole() {
        const auto name = [](const std::optional<NameReading>& usual,
                             const std::optional<NameReading>& wider) {
            return nameOfBoth(usual, wider, true);
        };
        const NameReading whole{5, 0.999};
        const NameReading withPrint{5, 0.9, true};
        // Its part is unread, strange, or looks like another name.
        for (const auto& part : {std::optional<NameReading>(), std::optional(NameReading{3, 0.9, true}),
                                 std::optional(NameReading{3, 0.4}), std::optional(NameReading{3, 0.999}),
                                 std::optional(whole)}) {
            QCOMPARE(name(part, whole)->index, 5);
            QCOMPARE(name(part, whole)->probability, 0.999);
        }
        // Print was taken along, which changes nothing; or the name is cut off, and a person decides.
        QCOMPARE(name(whole, withPrint)->probability, 0.999);
        for (const auto& other : {std::optional<NameReading>(), std::optional(NameReading{3, 0.9, true}),
                                  std::optional(NameReading{3, 0.5})}) {
            QCOMPARE(name(whole, other)->index, 5);
            QVERIFY(name(whole, other)->probability < 0.95);
        }
        // Behind empty dots, whatever a fleck over them is read as.
        QVERIFY(nameOfBoth(NameReading{3, 0.05}, whole, false)->probability < 0.95);
        QCOMPARE(nameOfBoth(std::nullopt, whole, false)->index, 5);
        QVERIFY(nameOfBoth(std::nullopt, whole, false)->probability < 0.95);
        // Guesses.
        QVERIFY(!name(NameReading{3, 0.5}, NameReading{4, 0.6}));
        QVERIFY(!name(std::nullopt, std::nullopt));
    }

    void aNumberOfTheHeadIsSureWhereNothingElseMayStandThere() {
        const auto read = [](double one, double blank, double struck) {
            WitnessReading reading;
            reading.numbers = {{1, one}};
            reading.blank = blank;
            reading.struck = struck;
            reading.text = u"1"_qs;
            return headerNumberOf(reading);
        };
        QVERIFY(read(0.95, 0.04, 0.0)->trust >= 0.99);
        // A tick in an empty blank; a number written anew over another.
        QVERIFY(read(0.81, 0.19, 0.0)->trust < 0.95);
        QVERIFY(read(0.99, 0.0, 0.99)->trust <= contestedConfidence);
        QVERIFY(!read(0.4, 0.6, 0.0));
    }

    void dotsAtTheEndsOfANameAreTheBlanks() {
        QCOMPARE(nameWithoutDots(u".บ้านใหม่"_qs), u"บ้านใหม่"_qs);
        QCOMPARE(nameWithoutDots(u"… . เมืองแพร่ ..-"_qs), u"เมืองแพร่"_qs);
        QCOMPARE(nameWithoutDots(u"ต.บ้านใหม่"_qs), u"ต.บ้านใหม่"_qs);
        QCOMPARE(nameWithoutDots(u"หมู่ 2 (เหนือ)."_qs), u"หมู่ 2 (เหนือ)"_qs);
        QCOMPARE(nameWithoutDots(u"...."_qs), QString());
        QCOMPARE(nameWithoutDots(QString()), QString());
    }

    void aNumberOfUnknownEndComesOutOfBothCropsAlike() {
        const HeaderNumber twelve{12, 0.97};
        const HeaderNumber sure{12, 0.999};
        QCOMPARE(sameInBoth(twelve, sure)->trust, 0.999);
        QCOMPARE(sameInBoth(sure, std::nullopt)->trust, 0.999);
        // Print that passes for a digit, or a digit cut off: a person decides.
        for (const auto& [usual, wider] : {std::pair{HeaderNumber{17, 0.999}, HeaderNumber{171, 0.9999}},
                                           std::pair{HeaderNumber{70, 0.9999}, HeaderNumber{705, 0.999}}})
            QVERIFY(sameInBoth(usual, wider)->trust < 0.95);
        QVERIFY(sameInBoth(std::nullopt, sure)->trust < 0.95);
        // Struck out in either.
        QVERIFY(sameInBoth(HeaderNumber{12, contestedConfidence}, sure)->trust <= contestedConfidence);
        QVERIFY(sameInBoth(sure, HeaderNumber{12, contestedConfidence})->trust <= contestedConfidence);
        QVERIFY(!sameInBoth(std::nullopt, std::nullopt));
    }

    void aCloserLookCountsWhereItSeesTheSameNumber() {
        const HeaderNumber one{1, 0.86};
        const auto reading = [](const QList<Reading>& numbers, double struck = 0.0) {
            WitnessReading result;
            result.numbers = numbers;
            result.struck = struck;
            result.text = QString::number(numbers.value(0).value);
            return result;
        };
        const WitnessReading usual = reading({{1, 0.86}, {2, 0.06}, {21, 0.06}});
        const WitnessReading sure = reading({{1, 0.995}, {2, 0.004}});
        QCOMPARE(lookedCloser(one, usual, sure)->value, 1);
        QCOMPARE(lookedCloser(one, usual, sure)->trust, 0.995);
        QVERIFY(!lookedCloser(one, usual, WitnessReading()));
        QVERIFY(!lookedCloser(one, usual, reading({{1, 0.97}, {2, 0.03}})));
        QVERIFY(!lookedCloser(one, usual, reading({{1, 0.81}})));  // and what is no number
        // Another number, whatever else speaks for the first one.
        const auto disputed = lookedCloser(one, usual, reading({{2, 0.6}, {1, 0.4}}));
        QCOMPARE(disputed->value, 1);
        QVERIFY(disputed->trust <= 0.6);
        // Something is struck out, or written around it.
        QVERIFY(!lookedCloser(one, usual, reading({{1, 0.995}}, 0.06)));
        QVERIFY(!lookedCloser(one, reading(usual.numbers, 0.06), sure));
        WitnessReading dashed = sure;
        dashed.text = QStringLiteral("1-");
        QVERIFY(!lookedCloser(one, usual, dashed));
        QVERIFY(!lookedCloser(one, dashed, sure));
        // A guess at first, or how many digits there are.
        QVERIFY(!lookedCloser(one, reading({{1, 0.79}, {2, 0.2}}), sure));
        QVERIFY(!lookedCloser(one, reading({{1, 0.86}, {12, 0.06}, {21, 0.05}}), sure));
        QVERIFY(!lookedCloser(one, reading({{1, 0.86}, {2, 0.03}}), sure));
        // Or nothing at all: a blank of a head is filled in.
        WitnessReading thin = reading({{1, 0.86}, {2, 0.03}});
        thin.blank = 0.1;
        QVERIFY(lookedCloser(one, thin, sure).has_value());
    }

    void beginningsOfLabelsAreKnownOrNot() {
        const auto letters = [](const QString& text) {
            QList<PrintedSymbol> all;
            for (qsizetype i = 0; i < text.size(); ++i)
                all.append({text.mid(i, 1), QRect(static_cast<int>(10 * i), 0, 9, 20)});
            return all;
        };
        const QString word = QStringLiteral("จังหวัด");
        QVERIFY(findPrinted({word}, letters(word))->whole);
        // Its first letter was lost, or long texts are looked for by their last letters.
        QVERIFY(!findPrinted({word}, letters(word.mid(1)))->whole);
        const QString committee = QStringLiteral("ในเขตเลือกตั้งชุดที่");
        QVERIFY(!findPrinted({committee}, letters(committee))->whole);
    }

    void shortLabelsNeedTheirVowels() {
        // Without vowels they are three letters, which chance finds anywhere.
        QCOMPARE(labelScore({QStringLiteral("หมู่ที่")}, QStringLiteral("..หมู่ที่.."), Letters::Base), 0.0);
        QCOMPARE(labelScore({QStringLiteral("หมู่ที่")}, QStringLiteral("..หมู่ที่..")), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestFormPlaces)
#include "tst_formplaces.moc"
