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
    bool unusual = false;
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
        if (meaning.unusual)
            out.unusual[meaning.value] += probability;
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

// The classes that a text consists of, the longest first at each place; nullopt when it has others.
std::optional<std::vector<int>> labelsOf(const QStringList& classes, QStringView text) {
    std::vector<int> labels;
    while (!text.isEmpty()) {
        qsizetype best = 0;
        for (qsizetype i = 1; i < classes.size(); ++i)
            if (text.startsWith(classes[i]) && (best == 0 || classes[i].size() > classes[best].size()))
                best = i;
        if (best == 0)
            return std::nullopt;
        labels.push_back(static_cast<int>(best));
        text = text.mid(classes[best].size());
    }
    return labels;
}

// The standard spelling of a number, and what stands for the same number without its first word (ร้อย for
// หนึ่งร้อย) or with another last word (หนึ่ง for เอ็ด).
std::vector<std::vector<int>> spellingsOf(const QStringList& classes, qint64 value,
                                          const NumberWords& words) {
    const auto standard = labelsOf(classes, words.spell(value));
    if (!standard || standard->empty())
        return {};
    std::vector<std::vector<int>> result{*standard};
    const auto keepIfSame = [&](std::vector<int> labels) {
        QString text;
        for (const int label : labels)
            text += classes[label];
        if (labels != *standard && words.parse(text) == value)
            result.push_back(std::move(labels));
    };
    keepIfSame({standard->begin() + 1, standard->end()});
    for (int last = 1; last < static_cast<int>(classes.size()); ++last) {
        std::vector<int> other = *standard;
        other.back() = last;
        if (classes[last] != kDash && classes[last] != kStruck)
            keepIfSame(std::move(other));
    }
    return result;
}

// Whether these labels, dashes left out, are one of the spellings.
bool isUsual(const QStringList& classes, std::vector<int> labels, qint64 value, const NumberWords& words) {
    labels.erase(std::remove_if(labels.begin(), labels.end(),
                                [&classes](int label) { return classes[label] == kDash; }),
                 labels.end());
    const auto spellings = spellingsOf(classes, value, words);
    return std::find(spellings.begin(), spellings.end(), labels) != spellings.end();
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
            meaning.unusual = !meaning.struck && !isUsual(classes, labels, *value, words);
        }
    } else if (dash) {
        meaning.kind = Meaning::Kind::Dash;
    } else if (!meaning.struck) {
        meaning.kind = Meaning::Kind::Blank;
    }
    return meaning;
}

// Probability of any of these writings, as the mean over all looks.
double probabilityOf(const std::vector<CtcScores>& looks, const std::vector<std::vector<int>>& writings) {
    double sum = 0.0;
    for (const CtcScores& scores : looks)
        for (const std::vector<int>& labels : writings)
            sum += std::exp(ctcLogLikelihood(scores, labels));
    return looks.empty() ? 0.0 : std::min(1.0, sum / static_cast<double>(looks.size()));
}

// Adds what is not among the numbers yet, in its place. The search follows a number only where it is among
// the best of a look, so what it found of one may be too little.
template <typename Writings>
void addWeights(const std::vector<CtcScores>& looks, const QList<qint64>& values, const Writings& writingsOf,
                WitnessReading& reading) {
    for (const qint64 value : values) {
        const double probability = probabilityOf(looks, writingsOf(value));
        const auto known = std::find_if(reading.numbers.begin(), reading.numbers.end(),
                                        [&](const Reading& number) { return number.value == value; });
        if (known != reading.numbers.end())
            known->probability = std::max(known->probability, probability);
        else if (probability > 0.0)
            reading.numbers.append({value, probability});
    }
    std::stable_sort(reading.numbers.begin(), reading.numbers.end(),
                     [](const Reading& a, const Reading& b) { return a.probability > b.probability; });
}

QList<qint64> valuesOf(const WitnessReading& reading) {
    QList<qint64> values;
    for (const Reading& number : reading.numbers)
        values.append(number.value);
    return values;
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

std::vector<CtcScores> DigitStringReader::lookAtHead(const cv::Mat& crop) const {
    return lookAt(*m_net, crop, Writing::HeadNumber);
}

std::vector<CtcScores> DigitStringReader::lookCloser(const cv::Mat& crop) const {
    return tallydesk::lookCloser(*m_net, crop);
}

std::vector<CtcScores> DigitStringReader::look(const cv::Mat& crop) const {
    return lookAt(*m_net, crop, Writing::Digits);
}

WitnessReading DigitStringReader::read(const std::vector<CtcScores>& looks) const {
    return summarise(
        looks, [this](const std::vector<int>& labels) { return digitMeaning(m_net->classes(), labels); });
}

// The plain digits, and these between dashes.
std::vector<std::vector<int>> DigitStringReader::writingsOf(qint64 value) const {
    const auto labels = labelsOf(m_net->classes(), QString::number(value));
    std::vector<std::vector<int>> writings;
    if (!labels)
        return writings;
    writings.push_back(*labels);
    if (const auto dash = static_cast<int>(m_net->classes().indexOf(kDash)); dash > 0) {
        std::vector<int> decorated{dash};
        decorated.insert(decorated.end(), labels->begin(), labels->end());
        decorated.push_back(dash);
        writings.push_back(std::move(decorated));
    }
    return writings;
}

double DigitStringReader::probabilityOf(const std::vector<CtcScores>& looks, qint64 value) const {
    return tallydesk::probabilityOf(looks, writingsOf(value));
}

void DigitStringReader::weigh(const std::vector<CtcScores>& looks, const QList<qint64>& values,
                              WitnessReading& reading) const {
    addWeights(
        looks, values, [this](qint64 value) { return writingsOf(value); }, reading);
}

WordReader::WordReader(std::shared_ptr<const CtcNet> net) : m_net(std::move(net)) {}

std::vector<CtcScores> WordReader::look(const cv::Mat& crop) const {
    return lookAt(*m_net, crop, Writing::Words);
}

WitnessReading WordReader::read(const std::vector<CtcScores>& looks, const NumberWords& words) const {
    return summarise(
        looks, [&](const std::vector<int>& labels) { return wordMeaning(m_net->classes(), labels, words); });
}

void WordReader::weigh(const std::vector<CtcScores>& looks, const QList<qint64>& values,
                       const NumberWords& words, WitnessReading& reading) const {
    addWeights(
        looks, values, [&](qint64 value) { return spellingsOf(m_net->classes(), value, words); }, reading);
}

void weighEachOther(const DigitStringReader& digitReader, WitnessLooks& digits, const WordReader& wordReader,
                    WitnessLooks& written, const NumberWords& words) {
    QList<qint64> values = valuesOf(digits.reading);
    for (const qint64 value : valuesOf(written.reading))
        if (!values.contains(value))
            values.append(value);
    digitReader.weigh(digits.looks, values, digits.reading);
    wordReader.weigh(written.looks, values, words, written.reading);
}

}  // namespace tallydesk
