// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "readers/ondevice/NumberJudge.h"

using namespace tallydesk;

namespace {

constexpr double threshold = 0.95;

WitnessReading says(qint64 value, double probability) {
    WitnessReading reading;
    reading.numbers.append({value, probability});
    reading.text = QString::number(value);
    return reading;
}

WitnessReading saysEither(qint64 first, double p, qint64 second, double q) {
    WitnessReading reading = says(first, p);
    reading.numbers.append({second, q});
    return reading;
}

WitnessReading nothing() {
    WitnessReading reading;
    reading.blank = 0.99;
    return reading;
}

WitnessedNumber number(const QString& field, int row, const WitnessReading& digits,
                       const std::optional<WitnessReading>& words) {
    WitnessedNumber n;
    n.crop.field = field;
    n.crop.row = row;
    n.crop.page = 1;
    n.digits = digits;
    n.digitsSeen = true;
    n.wordsSeen = words.has_value();
    n.words = words.value_or(WitnessReading());
    return n;
}

WitnessedNumber row(int no, const WitnessReading& digits, const std::optional<WitnessReading>& words) {
    return number(QStringLiteral("row %1").arg(no), no, digits, words);
}

FormTemplate form() {
    const auto catalog = FormCatalog::builtIn();
    return *catalog->byId(QStringLiteral("5-17-constituency"));
}

double confidence(const VoteEntry& entry) {
    return entry.confidence.value_or(-1.0);
}

}  // namespace

class NumberJudgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoWitnessesThatAgreeAreSure() {
        const auto entries = judgeNumbers(form(), {row(1, says(42, 0.9), says(42, 0.9))});
        QCOMPARE(entries[0].value, std::optional<qint64>(42));
        QVERIFY(confidence(entries[0]) >= threshold);
    }

    void witnessesThatDisagreeAreNever() {
        const auto entries = judgeNumbers(form(), {row(1, says(42, 0.999), says(43, 0.999))});
        QVERIFY(confidence(entries[0]) < threshold);
        QCOMPARE(entries[0].digits, std::optional<qint64>(42));
        QCOMPARE(entries[0].wordsValue, std::optional<qint64>(43));
    }

    void digitsAloneNeedMuch() {
        QVERIFY(confidence(judgeNumbers(form(), {row(1, says(42, 0.99), nothing())})[0]) < threshold);
        QVERIFY(confidence(judgeNumbers(form(), {row(1, says(42, 0.999), nothing())})[0]) >= threshold);
    }

    void aDashBesideANumberSaysZero() {
        WitnessReading dash;
        dash.dash = 0.99;
        dash.text = u"-"_qs;
        const auto tick = judgeNumbers(form(), {row(1, says(7, 0.999), dash)});
        QCOMPARE(tick[0].value, std::optional<qint64>(7));
        QVERIFY(confidence(tick[0]) < threshold);
        // Though the sum gives the number.
        const auto given = [](const WitnessReading& digits) {
            return confidence(
                judgeNumbers(form(), {row(1, says(5, 0.999), says(5, 0.999)), row(2, digits, says(7, 0.999)),
                                      number(u"total"_qs, 0, says(12, 0.999), says(12, 0.999))})[1]);
        };
        QVERIFY(given(says(7, 0.999)) >= threshold);
        QVERIFY(given(dash) < threshold);
    }

    void unclearWordsSupportDigitsForWhichTheyLeaveRoom() {
        const auto judged = [](const WitnessReading& digits, const WitnessReading& words) {
            return confidence(judgeNumbers(form(), {row(1, digits, words)})[0]);
        };
        QVERIFY(judged(says(42, 0.97), saysEither(42, 0.35, 47, 0.3)) >= threshold);
        QVERIFY(judged(says(42, 0.97), saysEither(47, 0.35, 42, 0.3)) >= threshold);
        QVERIFY(judged(says(42, 0.97), says(47, 0.35)) < threshold);
        QVERIFY(judged(says(42, 0.97), saysEither(47, 0.35, 42, 0.001)) < threshold);
        QVERIFY(judged(says(42, 0.45), saysEither(42, 0.35, 47, 0.3)) < threshold);
    }

    void aReadingThatIsNotClearGivesWayToTheOtherWitness() {
        // 68 that may be 628, beside words that say 628.
        const auto entries = judgeNumbers(form(), {row(1, saysEither(68, 0.7, 628, 0.25), says(628, 0.9))});
        QCOMPARE(entries[0].value, std::optional<qint64>(628));
        QVERIFY(!entries[0].digits.has_value());
        QCOMPARE(entries[0].wordsValue, std::optional<qint64>(628));
        // A clear one does not, nor one that leaves no room.
        const auto clear = judgeNumbers(form(), {row(1, saysEither(68, 0.93, 628, 0.05), says(628, 0.97))});
        QCOMPARE(clear[0].digits, std::optional<qint64>(68));
        QVERIFY(confidence(clear[0]) < threshold);
        const auto read = judgeNumbers(form(), {row(1, says(60, 0.98), saysEither(63, 0.74, 60, 0.2))});
        QCOMPARE(read[0].wordsValue, std::optional<qint64>(63));
        QVERIFY(confidence(read[0]) < threshold);
        const auto closed = judgeNumbers(form(), {row(1, saysEither(68, 0.7, 628, 0.001), says(628, 0.97))});
        QCOMPARE(closed[0].digits, std::optional<qint64>(68));
        QVERIFY(confidence(closed[0]) < threshold);
    }

    void whatIsLessLikelyThanNotWasNotRead() {
        const auto entries = judgeNumbers(form(), {row(1, says(42, 0.99), saysEither(47, 0.4, 42, 0.3))});
        QCOMPARE(entries[0].digits, std::optional<qint64>(42));
        QVERIFY(!entries[0].wordsValue.has_value());
        // The evidence stays.
        QCOMPARE(entries[0].wordReadings.size(), 2);
    }

    void wordsAloneAreNeverSure() {
        const auto entries = judgeNumbers(form(), {row(1, nothing(), says(42, 1.0))});
        QVERIFY(confidence(entries[0]) < threshold);
        QVERIFY(!entries[0].digits.has_value());
    }

    void anEmptyRowHasNoVotesButAnEmptyFigureIsMissing() {
        const auto entries = judgeNumbers(
            form(), {number(QStringLiteral("valid"), 0, nothing(), nothing()), row(1, nothing(), nothing())});
        QVERIFY(!entries[0].value.has_value());
        QCOMPARE(entries[1].value, std::optional<qint64>(0));
        QCOMPARE(entries[1].mark, Mark::Blank);
        QVERIFY(confidence(entries[1]) >= threshold);
    }

    void writingThatNobodyCouldReadIsNotNothing() {
        WitnessReading jumble;  // written, but no number
        const auto empty = judgeNumbers(form(), {row(1, nothing(), jumble)});
        QVERIFY(confidence(empty[0]) < threshold);
        const auto digits = judgeNumbers(form(), {row(1, says(42, 0.999), jumble)});
        QVERIFY(confidence(digits[0]) < threshold);
    }

    void aDashIsZero() {
        WitnessReading dash;
        dash.dash = 0.99;
        const auto entries = judgeNumbers(form(), {row(1, dash, dash)});
        QCOMPARE(entries[0].value, std::optional<qint64>(0));
        QCOMPARE(entries[0].mark, Mark::Dash);
        QVERIFY(!entries[0].digits.has_value());
    }

    void whatWasStruckOutIsForAPerson() {
        WitnessReading digits = says(42, 0.99);
        digits.struck = 0.9;
        const auto entries = judgeNumbers(form(), {row(1, digits, says(42, 0.99))});
        QCOMPARE(entries[0].mark, Mark::Struck);
        QVERIFY(confidence(entries[0]) < threshold);
    }

    void wordsThatFewUseMayBeAStrikeOut() {
        // "three one": 31 digit by digit, or a three struck out before the one.
        WitnessReading words = says(31, 0.99);
        words.unusual[31] = 0.99;
        QVERIFY(confidence(judgeNumbers(form(), {row(1, says(31, 0.99), words)})[0]) < threshold);
        // Nor does a sum make it sure, or digits that may be struck out.
        const auto inASum = [](const WitnessReading& figure, const WitnessReading& written) {
            return confidence(
                judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(31, 0.99), says(31, 0.99)),
                                      number(QStringLiteral("total"), 0, says(31, 0.99), says(31, 0.99)),
                                      row(1, figure, written)})[2]);
        };
        WitnessReading faint = says(31, 0.6);
        QVERIFY(inASum(faint, says(31, 0.4)) >= threshold);
        QVERIFY(inASum(says(31, 0.99), words) < threshold);
        faint.struck = 0.35;
        QVERIFY(inASum(faint, says(31, 0.4)) < threshold);
    }

    void anUnusualReadingOfAnotherNumberIsNoStrikeOut() {
        // "two five", which 205 looks like where its ร้อย is not read.
        WitnessReading words = saysEither(25, 0.51, 205, 0.4);
        words.unusual[25] = 0.51;
        const auto entries =
            judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(205, 0.99), words),
                                  number(QStringLiteral("total"), 0, says(205, 0.99), says(205, 0.99)),
                                  row(1, says(205, 0.99), says(205, 0.99))});
        QCOMPARE(entries[0].value, std::optional<qint64>(205));
        QVERIFY(confidence(entries[0]) >= threshold);
    }

    void unusualWordsOfSeveralNumbersMayBeOneStrikeOut() {
        // "seven hundred, two struck out, fifteen" over a 2 in the digits that a 1 was written upon: 715.
        WitnessReading words = saysEither(725, 0.24, 825, 0.15);
        words.numbers.append({715, 0.1});
        words.unusual[725] = 0.24;
        words.unusual[825] = 0.15;
        const auto judged = [](const WitnessReading& written, qint64 value) {
            return confidence(
                judgeNumbers(form(), {number(QStringLiteral("eligible"), 0, says(value, 0.99), written)})[0]);
        };
        QVERIFY(judged(words, 725) < threshold);
        // Nor is a number sure that the words hardly name beside an unusual one.
        words = saysEither(25, 0.6, 205, 0.07);
        words.unusual[25] = 0.6;
        QVERIFY(judged(words, 205) < threshold);
    }

    void equationsRankReadingsButLeaveThemUnsure() {
        const auto entries = judgeNumbers(
            form(), {number(QStringLiteral("valid"), 0, says(47, 0.99), says(47, 0.99)),
                     number(QStringLiteral("total"), 0, says(47, 0.99), says(47, 0.99)),
                     row(1, saysEither(41, 0.6, 47, 0.3), nothing()), row(2, nothing(), nothing())});
        QCOMPARE(entries[2].value, std::optional<qint64>(47));
        QVERIFY(!entries[2].digits.has_value());
        QVERIFY(confidence(entries[2]) < threshold);
    }

    void equationsInventNoValue() {
        const auto entries =
            judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(47, 0.99), says(47, 0.99)),
                                  row(1, says(41, 0.99), says(41, 0.99)), row(2, nothing(), nothing())});
        QCOMPARE(entries[1].value, std::optional<qint64>(41));
        QCOMPARE(entries[2].value, std::optional<qint64>(0));
    }

    void errorsThatCancelInTheSumAreNotSure() {
        // Truth is 10 and 20; both rows misread so that the sum still holds, and only digits were read.
        const auto entries =
            judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(30, 0.99), says(30, 0.99)),
                                  number(QStringLiteral("total"), 0, says(30, 0.99), says(30, 0.99)),
                                  row(1, says(15, 0.98), nothing()), row(2, says(15, 0.98), nothing())});
        QVERIFY(confidence(entries[2]) < threshold);
        QVERIFY(confidence(entries[3]) < threshold);
    }

    void anEquationOverSureNumbersConfirmsAFigureWithoutWords() {
        const auto base = QList<WitnessedNumber>{
            number(QStringLiteral("valid"), 0, says(30, 0.99), says(30, 0.99)),
            number(QStringLiteral("invalid"), 0, says(2, 0.99), says(2, 0.99)),
            number(QStringLiteral("no_vote"), 0, says(3, 0.99), says(3, 0.99)),
            row(1, says(30, 0.99), says(30, 0.99)),
        };
        const auto held = judgeNumbers(
            form(), base + QList{number(QStringLiteral("received"), 0, says(35, 0.98), std::nullopt)});
        QVERIFY(confidence(held.last()) >= threshold);
        const auto broken = judgeNumbers(
            form(), base + QList{number(QStringLiteral("received"), 0, says(36, 0.98), std::nullopt)});
        QVERIFY(confidence(broken.last()) < threshold);
        QCOMPARE(broken.last().value, std::optional<qint64>(36));
    }

    void aConfirmedFigureConfirmsItsRepetition() {
        const auto entries =
            judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(30, 0.99), says(30, 0.99)),
                                  number(QStringLiteral("invalid"), 0, says(2, 0.99), says(2, 0.99)),
                                  number(QStringLiteral("no_vote"), 0, says(3, 0.99), says(3, 0.99)),
                                  number(QStringLiteral("envelopes"), 0, says(35, 0.7), std::nullopt),
                                  number(QStringLiteral("in_envelopes"), 0, says(38, 0.7), std::nullopt),
                                  number(QStringLiteral("received"), 0, says(35, 0.7), std::nullopt),
                                  row(1, says(30, 0.99), says(30, 0.99))});
        QVERIFY(confidence(entries[5]) >= threshold);
        QVERIFY(confidence(entries[3]) >= threshold);
        QVERIFY(confidence(entries[4]) < threshold);
    }

    void aSumConfirmsOneRowButNotTwo() {
        const QList<WitnessedNumber> figures{
            number(QStringLiteral("valid"), 0, says(30, 0.99), says(30, 0.99)),
            number(QStringLiteral("total"), 0, says(30, 0.99), says(30, 0.99))};
        const auto one = judgeNumbers(form(), figures + QList{row(1, says(10, 0.8), nothing()),
                                                              row(2, says(20, 0.99), says(20, 0.99))});
        QVERIFY(confidence(one[2]) >= threshold);
        const auto two = judgeNumbers(
            form(), figures + QList{row(1, says(10, 0.8), nothing()), row(2, says(20, 0.8), nothing())});
        QVERIFY(confidence(two[2]) < threshold);
        QVERIFY(confidence(two[3]) < threshold);
    }

    void aSumConfirmsRowsWithStrongDigitsTogether() {
        WitnessReading jumble;  // written, but no number
        const auto judged = [&](double first, double second) {
            return judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(30, 0.99), says(30, 0.99)),
                                         number(QStringLiteral("total"), 0, says(30, 0.99), says(30, 0.99)),
                                         row(1, says(10, first), jumble), row(2, says(20, second), jumble)});
        };
        QVERIFY(confidence(judged(0.995, 0.995)[2]) >= threshold);
        QVERIFY(confidence(judged(0.995, 0.995)[3]) >= threshold);
        // One that is not strong keeps the other back as well, however strong that is.
        for (const auto& [first, second] :
             {std::pair{0.995, 0.98}, std::pair{0.985, 0.985}, std::pair{1.0, 0.98}}) {
            QVERIFY(confidence(judged(first, second)[2]) < threshold);
            QVERIFY(confidence(judged(first, second)[3]) < threshold);
        }
        // No sum, no confirmation.
        QVERIFY(confidence(judgeNumbers(form(), {row(1, says(10, 0.995), jumble)})[0]) < threshold);
    }

    void manyRowsWithoutASecondWitnessDoNotConfirmEachOther() {
        WitnessReading jumble;
        const auto judged = [&](int count) {
            QList<WitnessedNumber> numbers{
                number(QStringLiteral("valid"), 0, says(10 * count, 0.99), says(10 * count, 0.99)),
                number(QStringLiteral("total"), 0, says(10 * count, 0.99), says(10 * count, 0.99))};
            for (int no = 1; no <= count; ++no)
                numbers.append(row(no, says(10, 0.991), jumble));
            return judgeNumbers(form(), numbers);
        };
        QVERIFY(confidence(judged(5)[2]) >= threshold);
        QVERIFY(confidence(judged(30)[2]) < threshold);
    }

    void oneHandsFiguresThatMayBothBeOtherwiseDoNotConfirmEachOther() {
        // Every 7 of this hand may be a 2: 657 = 650 + 7 is read as 652 = 650 + 2.
        WitnessReading jumble;
        const auto judged = [&](qint64 otherInvalid) {
            return judgeNumbers(
                form(),
                {number(QStringLiteral("valid"), 0, says(650, 0.99), says(650, 0.99)),
                 number(QStringLiteral("invalid"), 0, saysEither(2, 0.993, otherInvalid, 0.006), jumble),
                 number(QStringLiteral("no_vote"), 0, says(0, 0.99), says(0, 0.99)),
                 number(QStringLiteral("received"), 0, saysEither(652, 0.993, 657, 0.005), std::nullopt),
                 row(1, says(650, 0.99), says(650, 0.99))});
        };
        QVERIFY(confidence(judged(7)[1]) < threshold);
        QVERIFY(confidence(judged(7)[3]) < threshold);
        QVERIFY(confidence(judged(8)[1]) >= threshold);
        QVERIFY(confidence(judged(8)[3]) >= threshold);
    }

    void wordsThatSayOtherwiseWeakenDigitsInASum() {
        const auto judged = [](const WitnessReading& words) {
            return judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(30, 0.99), says(30, 0.99)),
                                         number(QStringLiteral("total"), 0, says(30, 0.99), says(30, 0.99)),
                                         row(1, saysEither(10, 0.995, 16, 0.002), words),
                                         row(2, says(20, 0.999), WitnessReading())});
        };
        QVERIFY(confidence(judged({})[2]) >= threshold);
        QVERIFY(confidence(judged(saysEither(16, 0.29, 10, 0.003))[2]) < threshold);
    }

    void aFigureWrittenTwiceDoesNotConfirmItself() {
        // 698 misread as 68 in both places, beside words that nobody reads.
        WitnessReading jumble;
        const auto entries =
            judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(68, 0.995), jumble),
                                  number(QStringLiteral("total"), 0, says(68, 0.995), jumble)});
        QVERIFY(confidence(entries[0]) < threshold);
        QVERIFY(confidence(entries[1]) < threshold);
    }

    void aSumDoesNotConfirmDigitsAgainstWordsThatLeanElsewhere() {
        const auto judged = [](const WitnessReading& words) {
            return judgeNumbers(form(),
                                {number(QStringLiteral("valid"), 0, says(30, 0.99), says(30, 0.99)),
                                 number(QStringLiteral("total"), 0, says(30, 0.99), says(30, 0.99)),
                                 row(1, says(10, 0.8), words), row(2, says(20, 0.99), says(20, 0.99))});
        };
        QVERIFY(confidence(judged(saysEither(16, 0.2, 10, 0.003))[2]) >= threshold);
        QVERIFY(confidence(judged(saysEither(16, 0.2, 10, 0.001))[2]) < threshold);
        QVERIFY(confidence(judged(says(16, 0.45))[2]) < threshold);
        QVERIFY(confidence(judged(saysEither(16, 0.45, 10, 0.4))[2]) >= threshold);
        QVERIFY(confidence(judged(saysEither(16, 0.6, 10, 0.005))[2]) < threshold);
    }

    void wordsThatRatherSayAnotherNumberAreNoSecondWitness() {
        // Digits 75, words 79 on the paper, and a sum that fits the digits.
        const auto judged = [](double other, double own) {
            return judgeNumbers(form(), {number(QStringLiteral("valid"), 0, says(75, 0.99), says(75, 0.99)),
                                         number(QStringLiteral("total"), 0, says(75, 0.99), says(75, 0.99)),
                                         row(1, says(75, 0.999), saysEither(79, other, 75, own))});
        };
        QVERIFY(confidence(judged(0.52, 0.08)[2]) < threshold);
        QVERIFY(confidence(judged(0.75, 0.18)[2]) < threshold);
        QVERIFY(confidence(judged(0.4, 0.3)[2]) >= threshold);
    }

    void aRowWhoseNumberIsUncertainIsNotSure() {
        WitnessedNumber uncounted = row(1, says(42, 0.99), says(42, 0.99));
        uncounted.crop.placeUncertain = true;
        QVERIFY(confidence(judgeNumbers(form(), {uncounted})[0]) < threshold);
    }
};

QTEST_APPLESS_MAIN(NumberJudgeTest)
#include "tst_numberjudge.moc"
