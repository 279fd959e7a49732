// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/HandWitness.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tallydesk {

namespace {

constexpr size_t leastOwn = 2;
// Differences of log-likelihood ratios.
constexpr double leastGap = 6.0;  // over the most doubtful of the other figure
constexpr size_t manyOthers = 3;
constexpr double gapOfFewOthers = 12.0;
constexpr double leastPlace = 0.75;  // from that one (0) to the most doubtful of the own figure (1)
constexpr double leastProbability = 1e-300;

// The figure in one number where another, or the same with one more beside it, stands in the other number:
// "1" and "2", "1" and "12".
struct Difference {
    QString own;
    QString other;
};

// A figure between two others may be one more behind the first as well as before the second.
QList<Difference> differencesOf(qint64 value, qint64 other) {
    const auto differing = [&](bool frontFirst) {
        QString a = QString::number(value);
        QString b = QString::number(other);
        for (const bool front : {frontFirst, !frontFirst}) {
            while (std::min(a.size(), b.size()) > 1 &&
                   (front ? a.front() == b.front() : a.back() == b.back())) {
                a.remove(front ? 0 : a.size() - 1, 1);
                b.remove(front ? 0 : b.size() - 1, 1);
            }
        }
        return Difference{a, b};
    };
    QList<Difference> result;
    for (const bool frontFirst : {true, false}) {
        const Difference found = differing(frontFirst);
        const bool oneMore =
            found.other.size() == 2 && (found.other.front() == found.own || found.other.back() == found.own);
        if (found.own != found.other && found.own.size() == 1 && (found.other.size() == 1 || oneMore))
            result.append(found);
    }
    return result;
}

// A number of these digits; none of those that begin with a nought, which would be another's.
void append(const QString& digits, QList<qint64>& numbers) {
    if (digits.size() == 1 || digits.front() != u'0')
        numbers.append(digits.toLongLong());
}

// The numbers as which `number` would be read if one of its figures `written` were `instead`.
QList<qint64> withOneReplaced(qint64 number, const QString& written, const QString& instead) {
    const QString digits = QString::number(number);
    QList<qint64> result;
    for (qsizetype at = digits.indexOf(written); at >= 0; at = digits.indexOf(written, at + 1))
        append(QString(digits).replace(at, written.size(), instead), result);
    return result;
}

// The same if one of its figures that stand behind (or before) another one were not there: one that is
// `extra`, or any for nullopt.
QList<qint64> withOneLess(qint64 number, std::optional<QChar> extra, bool behind) {
    const QString digits = QString::number(number);
    QList<qint64> result;
    for (qsizetype at = behind ? 1 : 0; at < digits.size() - (behind ? 0 : 1); ++at) {
        if (!extra || digits[at] == *extra)
            append(QString(digits).remove(at, 1), result);
    }
    return result;
}

}  // namespace

HandWitness::HandWitness(const DigitStringReader& digits) : m_digits(digits) {}

void HandWitness::add(qint64 value, std::vector<CtcScores> looks) {
    m_samples.append({value, std::move(looks)});
}

double HandWitness::margin(const std::vector<CtcScores>& looks, qint64 value, qint64 other) const {
    WitnessReading reading;
    m_digits.weigh(looks, {value, other}, reading);
    return std::log(std::max(reading.probabilityOf(value), leastProbability)) -
           std::log(std::max(reading.probabilityOf(other), leastProbability));
}

std::vector<double> HandWitness::margins(const std::function<QList<qint64>(qint64)>& misreadingsOf) const {
    std::vector<double> result;
    for (const Sample& sample : m_samples) {
        for (const qint64 misread : misreadingsOf(sample.value))
            result.push_back(margin(sample.looks, sample.value, misread));
    }
    return result;
}

bool HandWitness::rulesOut(const std::vector<CtcScores>& looks, qint64 value, qint64 other) const {
    const double here = margin(looks, value, other);
    const QList<Difference> differences = differencesOf(value, other);
    return std::any_of(differences.begin(), differences.end(), [&](const Difference& difference) {
        const std::vector<double> own =
            margins([&](qint64 number) { return withOneReplaced(number, difference.own, difference.other); });
        std::vector<double> others;
        if (difference.other.size() == 1) {
            others = margins(
                [&](qint64 number) { return withOneReplaced(number, difference.other, difference.own); });
        } else {
            const bool behind = difference.other.front() == difference.own;
            const QChar extra = behind ? difference.other.back() : difference.other.front();
            others = margins([&](qint64 number) { return withOneLess(number, extra, behind); });
            if (others.empty())
                others = margins([&](qint64 number) { return withOneLess(number, std::nullopt, behind); });
        }
        if (own.size() < leastOwn || others.empty())
            return false;
        // How much each looks like the own figure rather than the other.
        const double doubtfulOwn = *std::min_element(own.begin(), own.end());
        const double nearestOther = -*std::min_element(others.begin(), others.end());
        const double apart = doubtfulOwn - nearestOther;
        const double gap = here - nearestOther;
        return std::min(apart, gap) >= (others.size() >= manyOthers ? leastGap : gapOfFewOthers) &&
               gap >= leastPlace * apart;
    });
}

}  // namespace tallydesk
