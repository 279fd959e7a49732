// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "readers/ondevice/HandWitness.h"

using namespace tallydesk;

namespace {

/// A digit as the net sees it: `digit` for certain, and `rival` less probable by `clear`, a difference of
/// natural logarithms (below 0 it is more probable). Nothing (an empty name) is no digit.
struct Seen {
    QString digit;
    QString rival;
    double clear = 0.0;
};

const QString nothing;
constexpr double far = 25.0;
constexpr double sure = 0.99;

}  // namespace

class HandWitnessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto net = CtcNet::load(QStringLiteral(":/models/digits"), QStringLiteral("digits"));
        QVERIFY(net.has_value());
        m_net = *net;
    }

    void aDigitLikeTheHandsOwnAndUnlikeItsOthersIsNoOther() {
        HandWitness hand = newHand();
        addOnes(hand, {2.0, 3.0, 9.0});
        addTwos(hand, {14.0, 18.0, 21.0});
        QVERIFY(settles(hand, looks({{u"1"_qs, u"2"_qs, 2.5}}), 1, 2));
        QVERIFY(settles(hand, looks({{u"1"_qs, u"2"_qs, 2.5}, {u"4"_qs, u"9"_qs, far}}), 14, 24));
        QVERIFY(settles(hand, looks({{u"4"_qs, u"9"_qs, far}, {u"1"_qs, u"2"_qs, 2.5}}), 41, 42));
        // Far from its own, though not near its others.
        QVERIFY(!settles(hand, looks({{u"1"_qs, u"2"_qs, -4.0}}), 1, 2));
        QVERIFY(!settles(newHand(), looks({{u"1"_qs, u"2"_qs, 2.5}}), 1, 2));
    }

    void aHandThatIsHardToTellRulesNothingOut() {
        const auto one = looks({{u"1"_qs, u"2"_qs, 3.0}});
        HandWitness hand = newHand();
        addOnes(hand, {2.0, 3.0, 9.0});
        addTwos(hand, {14.0, 18.0, 21.0});
        QVERIFY(settles(hand, one, 1, 2));
        addTwos(hand, {-1.0}, false);  // a two that was read as a one
        QVERIFY(!settles(hand, one, 1, 2));

        HandWitness certain = newHand();
        addOnes(certain, {20.0, 21.0, 22.0});  // none of its ones is as doubtful
        addTwos(certain, {14.0, 18.0, 21.0});
        QVERIFY(!settles(certain, one, 1, 2));

        HandWitness mixed = newHand();
        addOnes(mixed, {-11.0, 3.0, 9.0});  // a one that looks like a two
        addTwos(mixed, {14.0, 18.0, 21.0});
        QVERIFY(!settles(mixed, one, 1, 2));

        HandWitness near = newHand();
        addOnes(near, {2.0, 3.0, 9.0});
        addTwos(near, {2.0, 2.5, 3.0});  // 5 below the one
        QVERIFY(!settles(near, one, 1, 2));

        HandWitness wild = newHand();
        addOnes(wild, {2.0, 3.0, 9.0});
        addTwos(wild, {5.0, 40.0, 60.0});  // who knows what its next two is like
        QVERIFY(!settles(wild, one, 1, 2));
    }

    void whatTheHandKnowsNothingOfSpeaksAgainstANumber() {
        HandWitness hand = newHand();
        addOnes(hand, {2.0, 3.0, 9.0});
        addTwos(hand, {14.0, 18.0, 21.0});
        const auto one = looks({{u"1"_qs, u"2"_qs, 3.0}});
        QVERIFY(hand.settles(doubted(1, 2), 1, {one, one}, sure));
        QVERIFY(!hand.settles(doubted(1, 2), 1, {}, sure));
        // One of two views is less like the hand's ones.
        QVERIFY(!hand.settles(doubted(1, 2), 1, {one, looks({{u"1"_qs, u"2"_qs, 0.5}})}, sure));
        WitnessReading reading = doubted(1, 2);
        reading.struck = 0.01;
        QVERIFY(!hand.settles(reading, 1, {one}, sure));
        reading = doubted(1, 2);
        reading.blank = 0.011;
        reading.numbers[1].probability = 0.014;
        QVERIFY(!hand.settles(reading, 1, {one}, sure));
        reading = doubted(1, 2);
        reading.text = u"01"_qs;
        QVERIFY(!hand.settles(reading, 1, {one}, sure));
        // Something else that was not weighed.
        reading = doubted(1, 2);
        reading.numbers[1].probability = 0.015;
        QVERIFY(!hand.settles(reading, 1, {one}, sure));
        // Too doubtful from the first, or another doubt.
        reading.numbers = {{1, 0.89}, {2, 0.11}};
        QVERIFY(!hand.settles(reading, 1, {one}, 0.9));
        reading.numbers = {{1, 0.975}, {2, 0.013}, {7, 0.011}};
        QVERIFY(!hand.settles(reading, 1, {one}, sure));
        // A larger doubt stays where the hand's twos are not far off.
        reading.numbers = {{1, 0.905}, {2, 0.093}};
        const auto other = looks({{u"1"_qs, u"2"_qs, 2.2}});
        QVERIFY(hand.settles(reading, 1, {other}, sure));
        HandWitness nearer = newHand();
        addOnes(nearer, {2.0, 3.0, 9.0});
        addTwos(nearer, {4.5, 5.0, 5.5});
        QVERIFY(!nearer.settles(reading, 1, {other}, sure));
        QVERIFY(nearer.settles(doubted(1, 2), 1, {other}, sure));
    }

    void numbersOfBothKindsMustBeKnown() {
        const auto one = looks({{u"1"_qs, u"2"_qs, 3.0}});
        HandWitness hand = newHand();
        QVERIFY(!settles(hand, one, 1, 2));
        addTwos(hand, {14.0, 18.0, 21.0});
        addOnes(hand, {3.0});
        addOnes(hand, {3.0}, false);  // struck out, or read as something else
        QVERIFY(!settles(hand, one, 1, 2));
        addOnes(hand, {4.0});
        QVERIFY(settles(hand, one, 1, 2));
        QVERIFY(!settles(hand, looks({{u"1"_qs, u"7"_qs, 3.0}}), 1, 7));

        // One number is one, however often it has the digit.
        HandWitness few = newHand();
        addOnes(few, {3.0, 4.0});
        few.add(222, looks({{u"2"_qs, u"1"_qs, 14.0}, {u"2"_qs, u"1"_qs, 18.0}, {u"2"_qs, u"1"_qs, 21.0}}),
                true);
        QVERIFY(!settles(few, one, 1, 2));
        HandWitness eleven = newHand();
        eleven.add(11, looks({{u"1"_qs, u"2"_qs, 3.0}, {u"1"_qs, u"2"_qs, 4.0}}), true);
        addTwos(eleven, {14.0, 18.0, 21.0});
        QVERIFY(!settles(eleven, one, 1, 2));
    }

    void anotherDigitBehindWouldBeAsClearAsTheHandsOthers() {
        const auto one = [this](double clear) {
            return looks({{u"1"_qs, nothing, far}, {nothing, u"2"_qs, clear}});
        };
        const auto two = [this](const QString& first, const QString& second, double clear) {
            return looks({{first, nothing, far}, {second, nothing, clear}});
        };
        HandWitness hand = newHand();
        for (const double clear : {3.0, 4.0, 6.0})
            hand.add(1, one(clear), true);
        QVERIFY(!settles(hand, one(3.6), 1, 12));
        // No 2 stands behind a digit; others do, all of them clear.
        hand.add(35, two(u"3"_qs, u"5"_qs, 16.0), true);
        hand.add(48, two(u"4"_qs, u"8"_qs, 17.0), true);
        QVERIFY(!settles(hand, one(3.6), 1, 12));
        hand.add(93, two(u"9"_qs, u"3"_qs, 18.0), true);
        QVERIFY(settles(hand, one(3.6), 1, 12));
        // Less clear than usual: 12 grown together, perhaps.
        QVERIFY(!settles(hand, one(1.0), 1, 12));
        // A 2 behind a digit is not that clear.
        hand.add(32, two(u"3"_qs, u"2"_qs, 8.0), true);
        QVERIFY(!settles(hand, one(3.6), 1, 12));
    }

    // Nothing is missed as easily, and other digits say nothing of it.
    void aThinDigitMoreIsNeverRuledOutByOthers() {
        HandWitness hand = newHand();
        const auto four = [this](double clear) {
            return looks({{u"4"_qs, nothing, far}, {nothing, u"1"_qs, clear}});
        };
        for (const double clear : {3.0, 4.0, 6.0})
            hand.add(4, four(clear), true);
        for (const int behind : {5, 6, 8}) {
            const auto digits = looks({{u"3"_qs, nothing, far}, {QString::number(behind), nothing, 17.0}});
            hand.add(30 + behind, digits, true);
        }
        QVERIFY(!settles(hand, four(4.0), 4, 41));
    }

    void otherNumbersAreNotCompared() {
        HandWitness hand = newHand();
        addOnes(hand, {2.0, 3.0, 9.0});
        addTwos(hand, {14.0, 18.0, 21.0});
        const auto twelve = looks({{u"1"_qs, u"2"_qs, 3.0}, {u"2"_qs, u"1"_qs, 18.0}});
        QVERIFY(!settles(hand, twelve, 12, 21));  // two digits differ
        QVERIFY(!settles(hand, twelve, 12, 2));   // what stands before may be a tick
        QVERIFY(!settles(hand, twelve, 12, 1212));
    }

    // Two alike that run together are like no other.
    void aDoubledDigitIsNotCompared() {
        HandWitness hand = newHand();
        for (const double clear : {3.0, 4.0, 6.0})
            hand.add(1, looks({{u"1"_qs, nothing, far}, {nothing, u"2"_qs, clear}}), true);
        for (const QString& first : {u"3"_qs, u"4"_qs, u"9"_qs})
            hand.add(first.toInt() * 10 + 2, looks({{first, nothing, far}, {u"2"_qs, nothing, 16.0}}), true);
        const auto twelve =
            looks({{u"1"_qs, nothing, far}, {nothing, u"2"_qs, 3.7}, {u"2"_qs, nothing, far}});
        QVERIFY(!settles(hand, twelve, 12, 122));
        const auto eighteen =
            looks({{u"1"_qs, nothing, far}, {nothing, u"2"_qs, 3.7}, {u"8"_qs, nothing, far}});
        QVERIFY(settles(hand, eighteen, 18, 128));
        // But not where this hand's 28 was read as 8.
        hand.add(28, looks({{u"2"_qs, nothing, -4.0}, {u"8"_qs, nothing, far}}), false);
        QVERIFY(!settles(hand, eighteen, 18, 128));
    }

    void zerosInFrontAreLeftOut() {
        HandWitness hand = newHand();
        for (const double clear : {2.0, 3.0, 4.0})
            hand.add(20, looks({{u"2"_qs, nothing, far}, {u"0"_qs, u"6"_qs, clear}}), true);
        hand.add(6, looks({{u"6"_qs, u"0"_qs, 14.0}}), true);
        hand.add(16, looks({{u"1"_qs, nothing, far}, {u"6"_qs, u"0"_qs, 15.0}}), true);
        hand.add(65, looks({{u"6"_qs, u"0"_qs, 16.0}, {u"5"_qs, nothing, far}}), true);  // would be 05
        const auto ten = looks({{u"1"_qs, nothing, far}, {u"0"_qs, u"6"_qs, 3.0}});
        QVERIFY(!settles(hand, ten, 10, 16));
        hand.add(26, looks({{u"2"_qs, nothing, far}, {u"6"_qs, u"0"_qs, 16.0}}), true);
        QVERIFY(settles(hand, ten, 10, 16));
    }

private:
    HandWitness newHand() const { return HandWitness(DigitStringReader(m_net)); }

    /// What the net says of a number that it doubts: without the hand it is not sure.
    static WitnessReading doubted(int value, int other) {
        WitnessReading reading;
        reading.numbers = {{value, 0.975}, {other, 0.023}};
        reading.text = QString::number(value);
        return reading;
    }

    static bool settles(const HandWitness& hand, const std::vector<CtcScores>& looks, int value, int other) {
        return hand.settles(doubted(value, other), value, {looks}, sure);
    }

    std::vector<CtcScores> looks(const QList<Seen>& digits) const {
        const QStringList& classes = m_net->classes();
        CtcScores scores;
        scores.classes = static_cast<int>(classes.size());
        const auto step = [&](const QString& name, const QString& rival, double clear) {
            constexpr double hardly = -60.0;
            const auto indexOf = [&](const QString& digit) {
                return digit.isEmpty() ? 0 : classes.indexOf(digit);
            };
            const size_t begin = scores.logProb.size();
            scores.logProb.resize(begin + classes.size(), hardly);
            scores.logProb[begin + indexOf(rival)] = std::min(0.0, -clear);
            scores.logProb[begin + indexOf(name)] = std::min(0.0, clear);
            ++scores.steps;
        };
        for (const Seen& seen : digits) {
            step(seen.digit, seen.rival, seen.clear);
            step(nothing, QStringLiteral("5"), 50.0);
        }
        return {scores, scores};
    }

    void addOnes(HandWitness& hand, const QList<double>& clear, bool agreed = true) const {
        for (const double one : clear)
            hand.add(1, looks({{u"1"_qs, u"2"_qs, one}}), agreed);
    }

    void addTwos(HandWitness& hand, const QList<double>& clear, bool agreed = true) const {
        for (const double two : clear)
            hand.add(2, looks({{u"2"_qs, u"1"_qs, two}}), agreed);
    }

    std::shared_ptr<const CtcNet> m_net;
};

QTEST_MAIN(HandWitnessTest)
#include "tst_handwitness.moc"
