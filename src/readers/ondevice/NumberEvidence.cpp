// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/NumberEvidence.h"

namespace tallydesk {

namespace {

constexpr double readableExpected = 0.3;  // the first reading of the number that the ballot demands
constexpr double clearElsewhere = 0.7;    // what is more probable is not doubted for what the ballot demands
constexpr double leastSupport = 0.05;     // what a witness must give a number for which it leaves room,
constexpr double leastShare = 0.25;       // and as a share of what it gives its first reading
constexpr qsizetype mostShown = 5;

// The evidence for a person: the most probable readings, and what the witness gives the value.
QList<Reading> worthShowing(const WitnessReading& w, std::optional<qint64> value) {
    QList<Reading> result;
    for (const Reading& reading : w.numbers)
        if (result.size() < mostShown || reading.value == value)
            result.append(reading);
    return result;
}

Mark markOf(const WitnessedNumber& n, const std::optional<qint64>& value) {
    if (n.digits.struck > struckShare || n.words.struck > struckShare)
        return Mark::Struck;
    if (value.value_or(0) != 0 || digitsSpeak(n) || wordsSpeak(n))
        return Mark::None;
    if (n.digits.dash + n.words.dash > n.digits.blank)
        return Mark::Dash;
    return Mark::Blank;
}

}  // namespace

bool wordsSpeak(const WitnessedNumber& n) {
    return n.wordsSeen && n.words.number().has_value();
}

bool digitsSpeak(const WitnessedNumber& n) {
    return n.digitsSeen && n.digits.number().has_value();
}

bool supports(const WitnessReading& w, qint64 value) {
    const auto number = w.number();
    const double own = w.probabilityOf(value);
    return number && own >= leastSupport && own >= leastShare * w.probabilityOf(*number);
}

std::optional<qint64> readNumber(const WitnessReading& w, double least, std::optional<qint64> value) {
    const auto number = w.number();
    if (!number)
        return std::nullopt;
    const double probability = w.probabilityOf(*number);
    const bool expected = value && *number == *value;
    const bool open = value && !expected && probability <= clearElsewhere && supports(w, *value);
    return !open && probability >= (expected ? readableExpected : least) ? number : std::nullopt;
}

bool dashSpeaksAgainst(const WitnessedNumber& n, qint64 value) {
    const auto isDash = [](const WitnessReading& w) { return !w.number() && w.dash > readable; };
    return value != 0 && ((n.digitsSeen && isDash(n.digits)) || (n.wordsSeen && isDash(n.words)));
}

VoteEntry evidenceOf(const FormTemplate& form, const WitnessedNumber& n, std::optional<qint64> value) {
    VoteEntry entry;
    entry.value = value;
    entry.page = n.crop.page;
    if (n.digitsSeen)
        entry.box = n.crop.digitsBox;
    if (n.wordsSeen)
        entry.wordsBox = n.crop.wordsBox;
    entry.digitReadings = worthShowing(n.digits, value);
    entry.wordReadings = worthShowing(n.words, value);
    entry.digits = readNumber(n.digits, readable, value);
    entry.wordsValue = readNumber(n.words, readableWords, value);
    if (entry.wordsValue && form.numberWords->parse(n.words.text) == entry.wordsValue)
        entry.words = n.words.text;
    entry.mark = markOf(n, value);
    return entry;
}

}  // namespace tallydesk
