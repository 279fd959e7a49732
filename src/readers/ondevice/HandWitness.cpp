// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/HandWitness.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tallydesk {

namespace {

// Known numbers with such a digit.
constexpr qsizetype leastOwn = 2;
constexpr qsizetype leastOthers = 3;
// Log ratios, of the digit read over the other one: the number asked about must lie so far above the other
// kind's most doubtful,
constexpr double leastGap = 6.0;
constexpr double gapOverSpread = 1.5;  // and so many times the distance from their middle to that one,
constexpr double lessClear = 0.5;      // and no more below the own kind's most doubtful.
// A digit more: digits that run together are like none of the other kind.
constexpr double gapOfOneMore = 12.0;
constexpr double leastProbability = 1e-300;
// Of the number asked about.
constexpr double leastRead = 0.9;
constexpr double mostNothing = 0.01;

// A digit of one number, and what stands in its place in the other: another digit ("1", "2"), or itself with
// one more beside it ("1", "12").
struct Difference {
    QString own;
    QString other;

    bool oneMore() const { return other.size() > 1; }
    bool behind() const { return other.front() == own; }
    QChar extra() const { return behind() ? other.back() : other.front(); }
};

// Where a digit was added between two others, it may follow the first or precede the second.
QList<Difference> differencesOf(qint64 value, qint64 other) {
    const QString a = QString::number(value);
    const QString b = QString::number(other);
    const qsizetype added = b.size() - a.size();
    if (value == other || added < 0 || added > 1)
        return {};
    const qsizetype alike = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    const qsizetype alikeBehind =
        std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
    if (alike + alikeBehind < a.size() - 1 + added)
        return {};
    const qsizetype last = std::min(alike, a.size() - 1);
    const qsizetype first = std::max<qsizetype>(a.size() - 1 - alikeBehind, 0);
    QList<Difference> result{{a.mid(last, 1), b.mid(last, 1 + added)}};
    if (first != last)
        result.append({a.mid(first, 1), b.mid(first, 1 + added)});
    // The same digit twice: two that run together are like no other.
    if (std::any_of(result.begin(), result.end(),
                    [](const Difference& d) { return d.oneMore() && d.other.front() == d.other.back(); }))
        return {};
    return result;
}

// A number never begins with 0: such digits have another number's value.
void appendUnlessLeadingZero(const QString& digits, QList<qint64>& numbers) {
    if (digits.size() == 1 || digits.front() != u'0')
        numbers.append(digits.toLongLong());
}

// The numbers that result where one of the digits `digit` is read as `instead`.
QList<qint64> withDigitReadAs(qint64 number, const QString& digit, const QString& instead) {
    const QString digits = QString::number(number);
    QList<qint64> result;
    for (qsizetype at = digits.indexOf(digit); at >= 0; at = digits.indexOf(digit, at + 1))
        appendUnlessLeadingZero(QString(digits).replace(at, digit.size(), instead), result);
    return result;
}

// The numbers that result where one of the digits that stand behind (or before) another one is not seen: one
// that is `extra`, or any for nullopt.
QList<qint64> withDigitMissed(qint64 number, std::optional<QChar> extra, bool behind) {
    const QString digits = QString::number(number);
    QList<qint64> result;
    for (qsizetype at = behind ? 1 : 0; at < digits.size() - (behind ? 0 : 1); ++at) {
        if (!extra || digits[at] == *extra)
            appendUnlessLeadingZero(QString(digits).remove(at, 1), result);
    }
    return result;
}

}  // namespace

HandWitness::HandWitness(DigitStringReader digits) : m_digits(std::move(digits)) {}

void HandWitness::add(qint64 value, std::vector<CtcScores> looks, bool agreed) {
    m_known.append({value, std::move(looks), agreed});
}

double HandWitness::logRatio(const std::vector<CtcScores>& looks, qint64 value, qint64 other) const {
    return std::log(std::max(m_digits.probabilityOf(looks, value), leastProbability)) -
           std::log(std::max(m_digits.probabilityOf(looks, other), leastProbability));
}

QList<HandWitness::Clearness> HandWitness::clearness(
    const std::function<QList<qint64>(qint64)>& misreadingsOf) const {
    QList<Clearness> result;
    for (const Known& known : m_known) {
        std::optional<double> least;
        for (const qint64 misread : misreadingsOf(known.value)) {
            const double ratio = logRatio(known.looks, known.value, misread);
            least = least ? std::min(*least, ratio) : ratio;
        }
        if (least)
            result.append({*least, known.agreed});
    }
    std::sort(result.begin(), result.end(),
              [](const Clearness& a, const Clearness& b) { return a.logRatio < b.logRatio; });
    return result;
}

double HandWitness::shareLeft(const std::vector<CtcScores>& looks, const Reading& read,
                              const Reading& other) const {
    const QList<Difference> differences = differencesOf(read.value, other.value);
    if (differences.isEmpty())
        return 1.0;
    const bool oneMore = differences.first().oneMore();
    const auto misreadings = [&](qint64 number, bool anyDigit) {
        QList<qint64> result;
        for (const Difference& difference : differences) {
            result += !oneMore ? withDigitReadAs(number, difference.other, difference.own)
                               : withDigitMissed(number,
                                                 anyDigit ? std::nullopt : std::optional(difference.extra()),
                                                 difference.behind());
        }
        return result;
    };
    const auto agreedIn = [](const QList<Clearness>& known) {
        return std::count_if(known.begin(), known.end(), [](const Clearness& one) { return one.agreed; });
    };
    QList<Clearness> others = clearness([&](qint64 number) { return misreadings(number, false); });
    // Where this hand has few such digits there, all serve; but none is as easily missed as a 1.
    if (oneMore && differences.first().extra() != u'1' && agreedIn(others) < leastOthers)
        others = clearness([&](qint64 number) { return misreadings(number, true); });
    if (agreedIn(others) < leastOthers)
        return 1.0;
    // Other writings of the same number count in its probability, but not in that of its plain digits.
    const double here = std::min(logRatio(looks, read.value, other.value),
                                 std::log(std::max(read.probability, leastProbability)) -
                                     std::log(std::max(other.probability, leastProbability)));
    const double doubtfulOther = -others.front().logRatio;
    const double spread = others[others.size() / 2].logRatio - others.front().logRatio;
    const double least = std::max(oneMore ? gapOfOneMore : leastGap, gapOverSpread * spread);
    const bool likeOwn =
        std::any_of(differences.begin(), differences.end(), [&](const Difference& difference) {
            QList<Clearness> own = clearness(
                [&](qint64 number) { return withDigitReadAs(number, difference.own, difference.other); });
            own.removeIf([](const Clearness& known) { return !known.agreed; });
            if (own.size() < leastOwn)
                return false;
            // Digits that run together make the own one less clear; a single odd one is no measure.
            const double usual = own[oneMore ? std::max<qsizetype>(1, own.size() / 4) : 0].logRatio;
            return own.front().logRatio - doubtfulOther >= least && here >= usual - lessClear;
        });
    const double gap = here - doubtfulOther;
    if (!likeOwn || gap < least)
        return 1.0;
    // The next digit of the other kind is more like the own one than all that are known with the first factor
    // (Laplace's rule of succession), and so much more with no more than the second: a heavy tail.
    const double width = std::max(spread, leastGap);
    return 1.0 / static_cast<double>(agreedIn(others) + 2) * width / (width + gap);
}

bool HandWitness::settles(const WitnessReading& reading, qint64 number,
                          const std::vector<std::vector<CtcScores>>& views, double trust) const {
    const Reading read{number, reading.probabilityOf(number)};
    if (read.probability < leastRead || reading.blank + reading.dash > mostNothing ||
        reading.text != QString::number(number))
        return false;
    double unknown = 1.0 - reading.blank - reading.dash;
    double against = reading.struck;
    for (const Reading& other : reading.numbers) {
        unknown -= other.probability;
        if (other.value == number)
            continue;
        double left = views.empty() ? 1.0 : 0.0;
        for (const std::vector<CtcScores>& looks : views)
            left = std::max(left, shareLeft(looks, read, other));
        against += left * other.probability;
    }
    against += std::max(0.0, unknown);
    return read.probability / (read.probability + against) >= trust;
}

}  // namespace tallydesk
