// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/NumberJudge.h"

#include <algorithm>
#include <cmath>

#include "readers/ondevice/JointDecision.h"

namespace tallydesk {

namespace {

constexpr double leastProbability = 0.0025;  // caps log-likelihoods: one witness alone can't veto
constexpr double sureDigits = 0.997;         // digits that need no second witness
constexpr double fairDigits = 0.97;          // digits that an equation over sure numbers confirms
constexpr double readable = 0.5;             // a witness whose best reading is less probable was not read
constexpr double leaning = 0.05;  // an unread witness that has the other's number first supports it
constexpr double leader = 0.9;    // what the other must then be
constexpr double accepted = 0.96;
constexpr double doubtful = 0.60;
constexpr double oneWitness = 0.94;
constexpr double struckShare = 0.25;
constexpr double heavyCost = 7.0;  // a consistent reading this much worse says that the paper is inconsistent
constexpr double wordsWeight = 0.9;     // where both are equally sure, the digits lead
constexpr qsizetype mostOverruled = 2;  // more changes than that fit any sum by chance
constexpr qsizetype mostCandidates = 6;

bool isRow(const WitnessedNumber& n) {
    return n.crop.row > 0;
}

// Nothing written counts as no votes in a row; elsewhere the number is missing. A dash is zero everywhere.
double zeroWithout(const WitnessReading& w, bool row) {
    return w.dash + (row ? w.blank : 0.0);
}

double supportOf(const WitnessReading& w, qint64 value, bool row) {
    return w.probabilityOf(value) + (value == 0 ? zeroWithout(w, row) : 0.0);
}

// The words say something at all; an empty place beside a written number is no contradiction.
bool wordsSpeak(const WitnessedNumber& n) {
    return n.wordsSeen && n.words.number().has_value();
}

bool digitsSpeak(const WitnessedNumber& n) {
    return n.digitsSeen && n.digits.number().has_value();
}

std::optional<qint64> readNumber(const WitnessReading& w) {
    const auto number = w.number();
    return number && w.probabilityOf(*number) >= readable ? number : std::nullopt;
}

bool emptyPlace(const WitnessReading& w) {
    return !w.number() && w.blank + w.dash > 0.5;
}

Candidates candidatesOf(const WitnessedNumber& n) {
    QList<qint64> values;
    for (const WitnessReading* w : {&n.digits, &n.words}) {
        for (const Reading& reading : w->numbers) {
            if (!values.contains(reading.value))
                values.append(reading.value);
        }
    }
    const bool row = isRow(n);
    if (!values.contains(0) && zeroWithout(n.digits, row) + zeroWithout(n.words, row) > leastProbability)
        values.append(0);
    Candidates result;
    const bool useWords = n.wordsSeen && (wordsSpeak(n) || !digitsSpeak(n));
    const bool useDigits = n.digitsSeen && (digitsSpeak(n) || !wordsSpeak(n));
    for (const qint64 value : values) {
        double score = 0.0;
        if (useDigits)
            score += std::log(std::max(leastProbability, supportOf(n.digits, value, row)));
        if (useWords)
            score += wordsWeight * std::log(std::max(leastProbability, supportOf(n.words, value, row)));
        result.append({value, score});
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const Candidate& a, const Candidate& b) { return a.logProb > b.logProb; });
    if (result.size() > mostCandidates)
        result.resize(mostCandidates);
    return result;
}

bool missing(const WitnessedNumber& n) {
    if (!n.digitsSeen && !n.wordsSeen)
        return true;
    if (isRow(n))
        return false;
    // A figure or total whose digits and words are both empty was not filled in.
    const bool digitsEmpty = !n.digitsSeen || (emptyPlace(n.digits) && n.digits.blank > n.digits.dash);
    const bool wordsEmpty = !n.wordsSeen || (emptyPlace(n.words) && n.words.blank > n.words.dash);
    return digitsEmpty && wordsEmpty;
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

// Probability of `value` among all candidates when both witnesses speak independently.
double posteriorOf(const Candidates& candidates, qint64 value) {
    double all = 0.0;
    double own = 0.0;
    for (const Candidate& candidate : candidates) {
        const double share = std::exp(candidate.logProb - candidates.first().logProb);
        all += share;
        own += candidate.value == value ? share : 0.0;
    }
    return all > 0.0 ? own / all : 0.0;
}

// How sure `value` is. `lead` is its margin over the best other consistent assignment, nullopt where no
// equation vouches for the number.
double confidenceOf(const WitnessedNumber& n, qint64 value, const Candidates& candidates,
                    std::optional<double> lead) {
    const bool row = isRow(n);
    const double d = n.digitsSeen ? std::min(1.0, supportOf(n.digits, value, row)) : 0.0;
    const double w = n.wordsSeen ? std::min(1.0, supportOf(n.words, value, row)) : 0.0;
    if (n.digits.struck > struckShare || n.words.struck > struckShare)
        return std::min(0.5, std::max(d, w));
    const auto digits = readNumber(n.digits);
    const auto words = readNumber(n.words);
    // What is read and says something else leaves the number to a person.
    if ((digits && *digits != value) || (words && *words != value))
        return std::min(doubtful, std::max(d, w));

    const double together =
        std::max(posteriorOf(candidates, value), lead ? 1.0 / (1.0 + std::exp(-*lead)) : 0.0);
    if (digits && words)
        return std::min(together, 1.0 - (1.0 - d) * (1.0 - w));
    if (value == 0 && !digits && !words && n.digitsSeen && n.wordsSeen)
        return 1.0 - (1.0 - d) * (1.0 - w);
    // "0" beside empty words, or nothing beside ศูนย์.
    if (value == 0 && n.digitsSeen && n.wordsSeen && (digits || words) && d >= readable && w >= readable)
        return std::min(d, w);
    if (digits) {
        // Words that are written but not clear count when they lean the same way.
        if (n.words.number() == value && w >= leaning && d >= leader)
            return together;
        return d >= sureDigits ? accepted : std::min(d, oneWitness);
    }
    if (words && n.digits.number() == value && d >= leaning && w >= leader)
        return together;
    return std::min(doubtful, std::max(d, w));
}

// How many first choices the equations overrule.
qsizetype changesOf(const JointAssignment& joint, const QMap<QString, Candidates>& figures,
                    const QList<Candidates>& rows) {
    qsizetype changes = 0;
    for (auto it = figures.begin(); it != figures.end(); ++it)
        changes += joint.figures.value(it.key(), it->first().value) != it->first().value ? 1 : 0;
    for (qsizetype i = 0; i < rows.size(); ++i)
        changes += joint.rows.value(i) != rows[i].first().value ? 1 : 0;
    return changes;
}

// Values of terms, or nullopt while a member is missing.
std::optional<qint64> sumOf(const QStringList& terms, const QMap<QString, qint64>& figures, qint64 rowSum) {
    qint64 sum = 0;
    for (const QString& term : terms) {
        if (term == u"sum(rows)")
            sum += rowSum;
        else if (figures.contains(term))
            sum += figures[term];
        else
            return std::nullopt;
    }
    return sum;
}

// Fair digits without words that stand in an equation whose other members are sure are sure as well.
void confirmByEquations(const FormTemplate& form, const QList<WitnessedNumber>& numbers,
                        QList<VoteEntry>& entries) {
    QMap<QString, qint64> figures;
    QMap<QString, double> trust;
    qint64 rowSum = 0;
    double rowTrust = 1.0;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (!entries[i].value) {
            if (isRow(numbers[i]))
                rowTrust = 0.0;
            continue;
        }
        if (isRow(numbers[i])) {
            rowSum += *entries[i].value;
            rowTrust = std::min(rowTrust, entries[i].confidence.value_or(0.0));
        } else {
            figures[numbers[i].crop.field] = *entries[i].value;
            trust[numbers[i].crop.field] = entries[i].confidence.value_or(0.0);
        }
    }
    const auto trustOf = [&](const QString& term) {
        return term == u"sum(rows)" ? rowTrust : trust.value(term, 0.0);
    };
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const WitnessedNumber& n = numbers[i];
        if (isRow(n) || !entries[i].value || entries[i].confidence.value_or(0.0) >= accepted ||
            wordsSpeak(n) || entries[i].mark == Mark::Struck || n.digits.number() != entries[i].value ||
            n.digits.probabilityOf(*entries[i].value) < fairDigits)
            continue;
        for (const Equation& equation : form.equations) {
            const QStringList terms = equation.left + equation.right;
            if (equation.op != EquationOp::Equal || terms.count(n.crop.field) != 1)
                continue;
            const auto left = sumOf(equation.left, figures, rowSum);
            const auto right = sumOf(equation.right, figures, rowSum);
            const bool othersSure = std::all_of(terms.begin(), terms.end(), [&](const QString& term) {
                return term == n.crop.field || trustOf(term) >= 0.95;
            });
            if (left && left == right && othersSure)
                entries[i].confidence = accepted;
        }
    }
}

}  // namespace

QList<VoteEntry> judgeNumbers(const FormTemplate& form, const QList<WitnessedNumber>& numbers) {
    QMap<QString, Candidates> figures;
    QList<Candidates> rows;
    QList<Candidates> all;
    bool rowsReadable = true;
    for (const WitnessedNumber& n : numbers) {
        Candidates candidates = missing(n) ? Candidates{} : candidatesOf(n);
        if (isRow(n)) {
            rowsReadable = rowsReadable && !candidates.isEmpty();
            rows.append(candidates);
        } else if (!candidates.isEmpty()) {
            figures[n.crop.field] = candidates;
        }
        all.append(std::move(candidates));
    }
    // A missing number may not be invented, and rows that can't be read leave their sum open.
    std::optional<JointAssignment> joint;
    if (rowsReadable && !rows.isEmpty())
        joint = decideJointly(form, figures, rows);
    if (joint && joint->cost < -heavyCost)
        joint.reset();

    if (joint && changesOf(*joint, figures, rows) > mostOverruled)
        joint.reset();

    QList<VoteEntry> entries;
    qsizetype row = 0;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const WitnessedNumber& n = numbers[i];
        VoteEntry entry;
        entry.page = n.crop.page;
        if (n.digitsSeen)
            entry.box = n.crop.digitsBox;
        if (n.wordsSeen)
            entry.wordsBox = n.crop.wordsBox;
        entry.digits = readNumber(n.digits);
        entry.wordsValue = readNumber(n.words);
        if (entry.wordsValue)
            entry.words = n.words.text;
        entry.digitReadings = n.digits.numbers;
        entry.wordReadings = n.words.numbers;
        bool overruled = false;
        std::optional<double> lead;
        if (!all[i].isEmpty()) {
            const qint64 own = all[i].first().value;
            entry.value = own;
            if (joint) {
                entry.value =
                    isRow(n) ? joint->rows.value(row, own) : joint->figures.value(n.crop.field, own);
                lead = isRow(n) ? joint->rowMargins.value(row) : joint->figureMargins.value(n.crop.field);
                overruled = *entry.value != own;
            }
        }
        row += isRow(n) ? 1 : 0;
        entry.mark = markOf(n, entry.value);
        entry.confidence = entry.value ? confidenceOf(n, *entry.value, all[i], lead) : 0.0;
        if (overruled)
            entry.confidence = std::min(*entry.confidence, doubtful);
        if (n.crop.placeUncertain)
            entry.confidence = std::min(*entry.confidence, 0.5);
        entries.append(std::move(entry));
    }
    confirmByEquations(form, numbers, entries);
    return entries;
}

}  // namespace tallydesk
