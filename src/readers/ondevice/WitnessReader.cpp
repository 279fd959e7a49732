// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/WitnessReader.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "readers/ondevice/Looks.h"

namespace tallydesk {

namespace {

constexpr int kReadingsKept = 5;
constexpr int kMostDigits = 9;
const QString kDash = QStringLiteral("-");
const QString kStruck = QStringLiteral("#");

// One hypothesis in the witness's own terms.
struct Meaning {
    enum class Kind { Blank, Dash, Number, Nothing } kind = Kind::Nothing;
    qint64 value = 0;
    bool struck = false;
    QString text;
};

void rank(const std::map<qint64, double>& numbers, WitnessReading& out) {
    for (const auto& [value, probability] : numbers)
        out.numbers.append({value, probability});
    std::stable_sort(out.numbers.begin(), out.numbers.end(),
                     [](const Reading& a, const Reading& b) { return a.probability > b.probability; });
    if (out.numbers.size() > kReadingsKept)
        out.numbers.resize(kReadingsKept);
}

// The mean over all looks; the writing is that of the most probable hypothesis.
template <typename Interpret>
WitnessReading summarise(const std::vector<CtcScores>& looks, const Interpret& interpret) {
    std::map<std::vector<int>, double> hypotheses;
    for (const CtcScores& scores : looks)
        for (const CtcHypothesis& hypothesis : decodeCtc(scores))
            hypotheses[hypothesis.labels] +=
                std::min(1.0, std::exp(hypothesis.logProb)) / static_cast<double>(looks.size());
    WitnessReading out;
    std::map<qint64, double> numbers;
    double top = 0.0;
    for (const auto& [labels, probability] : hypotheses) {
        const Meaning meaning = interpret(labels);
        if (probability > top) {
            out.text = meaning.text;
            top = probability;
        }
        if (meaning.struck)
            out.struck += probability;
        switch (meaning.kind) {
            case Meaning::Kind::Blank:
                out.blank += probability;
                break;
            case Meaning::Kind::Dash:
                out.dash += probability;
                break;
            case Meaning::Kind::Number:
                numbers[meaning.value] += probability;
                break;
            case Meaning::Kind::Nothing:
                break;
        }
    }
    rank(numbers, out);
    return out;
}

Meaning digitMeaning(const QStringList& classes, const std::vector<int>& labels) {
    Meaning meaning;
    QString digits;
    bool dash = false;
    bool broken = false;
    for (size_t i = 0; i < labels.size(); ++i) {
        const QString& name = classes[labels[i]];
        if (name == kStruck) {
            meaning.struck = true;
        } else if (name == kDash) {
            dash = true;
            // Dashes around a number decorate it (-718-); inside it they leave it open what is meant.
            broken = broken || (!digits.isEmpty() && i + 1 < labels.size() &&
                                classes[labels[i + 1]] != kDash && classes[labels[i + 1]] != kStruck);
        } else {
            digits += name;
        }
    }
    meaning.text = digits.isEmpty() && dash ? kDash : digits;
    if (!digits.isEmpty()) {
        if (!broken && digits.size() <= kMostDigits) {
            meaning.kind = Meaning::Kind::Number;
            meaning.value = digits.toLongLong();
        }
    } else if (dash) {
        meaning.kind = Meaning::Kind::Dash;
    } else if (!meaning.struck) {
        meaning.kind = Meaning::Kind::Blank;
    }
    return meaning;
}

Meaning wordMeaning(const QStringList& classes, const std::vector<int>& labels, const NumberWords& words) {
    Meaning meaning;
    QString text;
    bool dash = false;
    for (const int label : labels) {
        const QString& name = classes[label];
        if (name == kStruck) {
            // What was struck out does not count; the words written anew stand behind it.
            meaning.struck = true;
            text.clear();
        } else if (name == kDash) {
            dash = true;
        } else {
            text += name;
        }
    }
    meaning.text = text.isEmpty() && dash ? kDash : text;
    if (!text.isEmpty()) {
        if (const auto value = words.parse(text)) {
            meaning.kind = Meaning::Kind::Number;
            meaning.value = *value;
        }
    } else if (dash) {
        meaning.kind = Meaning::Kind::Dash;
    } else if (!meaning.struck) {
        meaning.kind = Meaning::Kind::Blank;
    }
    return meaning;
}

}  // namespace

std::optional<qint64> WitnessReading::number() const {
    if (numbers.isEmpty() || numbers.first().probability <= std::max(blank, dash))
        return std::nullopt;
    return numbers.first().value;
}

double WitnessReading::probabilityOf(qint64 value) const {
    for (const Reading& reading : numbers)
        if (reading.value == value)
            return reading.probability;
    return 0.0;
}

DigitStringReader::DigitStringReader(std::shared_ptr<const CtcNet> net) : m_net(std::move(net)) {}

WitnessReading DigitStringReader::read(const cv::Mat& crop) const {
    return read(lookAt(*m_net, crop));
}

WitnessReading DigitStringReader::read(const std::vector<CtcScores>& looks) const {
    return summarise(
        looks, [this](const std::vector<int>& labels) { return digitMeaning(m_net->classes(), labels); });
}

WordReader::WordReader(std::shared_ptr<const CtcNet> net) : m_net(std::move(net)) {}

WitnessReading WordReader::read(const cv::Mat& crop, const NumberWords& words) const {
    return read(lookAt(*m_net, crop), words);
}

WitnessReading WordReader::read(const std::vector<CtcScores>& looks, const NumberWords& words) const {
    return summarise(
        looks, [&](const std::vector<int>& labels) { return wordMeaning(m_net->classes(), labels, words); });
}

}  // namespace tallydesk
