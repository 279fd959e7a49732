// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/NumberFusion.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tallydesk {

namespace {

// The nets are surer than they are right: nothing counts as more certain than this, or less than that.
constexpr double kMostSure = 0.995;
constexpr double kLeast = 1e-4;
// A place that one reads as empty says little against a number in the other place.
constexpr double kEmptyLetsPass = 0.05;
// A number that stands on one witness alone needs this much to count as certain.
constexpr double kAloneSure = 0.999;
constexpr double kAloneConfidence = 0.96;
constexpr double kAloneDoubt = 0.94;
constexpr double kSeen = 0.5;

double nothingWritten(const WitnessReading& witness) {
    return witness.blank + witness.dash;
}

double support(const WitnessReading& witness, qint64 value) {
    double probability = witness.probabilityOf(value) + kEmptyLetsPass * nothingWritten(witness);
    if (value == 0)
        probability = witness.probabilityOf(0) + nothingWritten(witness);
    return std::clamp(probability, kLeast, 1.0);
}

bool isEmpty(const WitnessReading& witness) {
    return nothingWritten(witness) > kSeen;
}

double together(double a, double b) {
    return 1.0 - (1.0 - std::min(a, kMostSure)) * (1.0 - std::min(b, kMostSure));
}

double alone(double probability) {
    return probability >= kAloneSure ? kAloneConfidence : std::min(probability, kAloneSure) * kAloneDoubt;
}

double confidenceOf(qint64 value, const WitnessReading& digits, const std::optional<WitnessReading>& words) {
    const double byDigits =
        value == 0 ? digits.probabilityOf(0) + nothingWritten(digits) : digits.probabilityOf(value);
    if (!words)
        return alone(byDigits);
    const double byWords =
        value == 0 ? words->probabilityOf(0) + nothingWritten(*words) : words->probabilityOf(value);
    if (byDigits > kSeen && byWords > kSeen) {
        // "0" beside an empty place is one witness; two empty places, or a zero written twice, are two.
        const bool oneIsEmpty = value == 0 && isEmpty(digits) != isEmpty(*words);
        return oneIsEmpty ? alone(std::max(isEmpty(digits) ? 0.0 : byDigits, isEmpty(*words) ? 0.0 : byWords))
                          : together(byDigits, byWords);
    }
    if (byDigits > kSeen && (isEmpty(*words) || !words->number()))
        return alone(byDigits);
    if (byWords > kSeen && isEmpty(digits))
        return std::min(alone(byWords), kAloneDoubt);
    return std::min(kSeen, std::max(byDigits, byWords)) * 0.9;
}

}  // namespace

FusedNumber fuseWitnesses(const WitnessReading& digits, const std::optional<WitnessReading>& words,
                          NumberPlace place) {
    FusedNumber fused;
    VoteEntry& entry = fused.entry;
    entry.digits = digits.number();
    entry.digitReadings = digits.numbers;
    if (words) {
        entry.wordsValue = words->number();
        entry.wordReadings = words->numbers;
        if (!isEmpty(*words) && !words->text.isEmpty())
            entry.words = words->text;
    }

    std::map<qint64, double> scores;
    const auto consider = [&](qint64 value) {
        double score = std::log(support(digits, value));
        if (words)
            score += std::log(support(*words, value));
        scores[value] = score;
    };
    for (const Reading& reading : digits.numbers)
        consider(reading.value);
    if (words)
        for (const Reading& reading : words->numbers)
            consider(reading.value);
    const bool empty = isEmpty(digits) && (!words || isEmpty(*words));
    if (empty || nothingWritten(digits) > kLeast)
        consider(0);
    for (const auto& [value, score] : scores)
        fused.candidates.append({value, score});
    std::stable_sort(fused.candidates.begin(), fused.candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.logProb > b.logProb; });

    const double struck = std::max(digits.struck, words ? words->struck : 0.0);
    if (struck > 0.3)
        entry.mark = Mark::Struck;
    else if (empty && fused.candidates.first().value == 0)
        entry.mark =
            digits.dash > digits.blank || (words && words->dash > words->blank) ? Mark::Dash : Mark::Blank;
    const bool leftOut = entry.mark == Mark::Blank && place == NumberPlace::Figure;
    if (leftOut || fused.candidates.isEmpty()) {
        fused.candidates.clear();
        entry.confidence = confidenceOf(0, digits, words);
        return fused;
    }
    entry.value = fused.candidates.first().value;
    entry.confidence = confidenceOf(*entry.value, digits, words);
    return fused;
}

void applyDecision(FusedNumber& number, qint64 value) {
    if (number.entry.value == value)
        return;
    number.entry.value = value;
    number.entry.confidence = std::min(number.entry.confidence.value_or(0.0), 0.45);
    if (value != 0 && (number.entry.mark == Mark::Blank || number.entry.mark == Mark::Dash))
        number.entry.mark = Mark::None;
}

}  // namespace tallydesk
