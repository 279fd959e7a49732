// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/NumberReading.h"

namespace tallydesk {

namespace {

constexpr double sureWords = 0.95;   // enough to say what this hand's digits are
constexpr double someStruck = 0.05;  // or written in unusual words, as where one was struck out

// Digits and words of one number that read differently, though the words are sure.
struct Dispute {
    qsizetype number = 0;
    qint64 said = 0;
    std::vector<CtcScores> looks;
};

bool somethingStruck(const WitnessLooks& digits, const WitnessLooks& words, qint64 said) {
    return digits.reading.struck >= someStruck || words.reading.struck >= someStruck ||
           words.reading.unusual.value(said) >= someStruck;
}

}  // namespace

std::optional<NumbersRead> readNumbers(const QList<NumberCrop>& crops, const DigitStringReader& digits,
                                       const std::optional<WordReader>& words, const NumberWords& numberWords,
                                       const CancelToken& cancel) {
    NumbersRead result{{}, HandWitness(digits)};
    QList<Dispute> disputes;
    for (const NumberCrop& crop : crops) {
        if (cancel.isCancelled())
            return std::nullopt;
        WitnessedNumber number;
        number.crop = crop;
        number.digitsSeen = !crop.digits.empty();
        number.wordsSeen = words && crop.hasWords && !crop.words.empty();
        WitnessLooks digitLooks;
        WitnessLooks wordLooks;
        if (number.digitsSeen) {
            digitLooks.looks = digits.look(crop.digits);
            digitLooks.reading = digits.read(digitLooks.looks);
        }
        if (number.wordsSeen) {
            wordLooks.looks = words->look(crop.words);
            wordLooks.reading = words->read(wordLooks.looks, numberWords);
        }
        if (number.digitsSeen && number.wordsSeen)
            weighEachOther(digits, digitLooks, *words, wordLooks, numberWords);
        // By its words alone: its digits are what is to be compared.
        if (const auto said = wordLooks.reading.number();
            said && number.digitsSeen && wordLooks.reading.probabilityOf(*said) >= sureWords) {
            const bool struck = somethingStruck(digitLooks, wordLooks, *said);
            const bool same = digitLooks.reading.number() == said;
            if (!same && !struck)
                disputes.append({result.numbers.size(), *said, digitLooks.looks});
            result.hand.add(*said, std::move(digitLooks.looks), same && !struck);
        }
        number.digits = std::move(digitLooks.reading);
        number.words = std::move(wordLooks.reading);
        result.numbers.append(std::move(number));
    }
    for (const Dispute& dispute : disputes) {
        WitnessReading& reading = result.numbers[dispute.number].digits;
        reading = result.hand.heard(std::move(reading), dispute.said, dispute.looks);
    }
    return result;
}

}  // namespace tallydesk
