// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/NumberJudge.h"

#include <algorithm>
#include <cmath>

#include "core/Validator.h"
#include "readers/ondevice/EquationWitness.h"
#include "readers/ondevice/JointDecision.h"
#include "readers/ondevice/NumberEvidence.h"

namespace tallydesk {

namespace {

constexpr double leastProbability = 0.0025;  // caps log-likelihoods: one witness alone can't veto
constexpr double sureDigits = 0.997;         // digits that need no second witness
constexpr double vouchingDigits = 0.99;      // digits that may stand in an equation without a second witness
constexpr double clear = 0.9;                // beside what may be struck out, both are read so clearly
constexpr double carrying = 0.5;             // of two witnesses that support a number, one must read it
constexpr double certain = 0.98;             // what both must then make of it
constexpr double silentShare = 0.01;         // an unread witness that gives less beside its first reading is
constexpr double elsewhere = 0.3;            // not silent, nor one whose other reading is so probable
constexpr double unbalanced = 0.02;          // how often a number breaks an equation that all others fulfil,
constexpr double unequal = 0.1;              // and one that may be explained on the paper
constexpr double accepted = 0.96;
constexpr double doubtful = 0.60;
constexpr double oneWitness = 0.94;
static_assert(oneWitness < acceptanceConfidence && acceptanceConfidence < accepted);
constexpr double usualBeside = 0.4;
constexpr double maybeStruck = 0.25;  // so probable, both witnesses must be clear
constexpr double heavyCost = 7.0;  // a consistent reading this much worse says that the paper is inconsistent
constexpr double wordsWeight = 0.9;     // where both are equally sure, the digits lead
constexpr qsizetype mostOverruled = 2;  // more changes than that fit any sum by chance
constexpr qsizetype mostCandidates = 6;

// Nothing written counts as no votes in a row; elsewhere the number is missing. A dash is zero everywhere.
double zeroWithout(const WitnessReading& w, bool row) {
    return w.dash + (row ? w.blank : 0.0);
}

double supportOf(const WitnessReading& w, qint64 value, bool row) {
    return w.probabilityOf(value) + (value == 0 ? zeroWithout(w, row) : 0.0);
}

bool emptyPlace(const WitnessReading& w) {
    return !w.number() && w.blank + w.dash > 0.5;
}

struct Spoken {
    const WitnessReading* reading;
    double weight;
};

// The witnesses that count: an empty place beside a written number says nothing.
QList<Spoken> spokenBy(const WitnessedNumber& n) {
    QList<Spoken> result;
    if (n.digitsSeen && (digitsSpeak(n) || !wordsSpeak(n)))
        result.append({&n.digits, 1.0});
    if (n.wordsSeen && (wordsSpeak(n) || !digitsSpeak(n)))
        result.append({&n.words, wordsWeight});
    return result;
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
    for (const qint64 value : values) {
        double score = 0.0;
        for (const Spoken& witness : spokenBy(n))
            score += witness.weight *
                     std::log(std::max(leastProbability, supportOf(*witness.reading, value, row)));
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

// What a witness leaves to numbers that it does not name.
double restOf(const WitnessReading& w) {
    double named = w.blank + w.dash;
    for (const Reading& reading : w.numbers)
        named += reading.probability;
    return std::max(leastProbability, 1.0 - named);
}

// Probability of `value` when both witnesses speak independently, among all candidates and the numbers that
// neither of them names: the first witness leaves them its rest, to the other they are as improbable as any.
double posteriorOf(const WitnessedNumber& n, const Candidates& candidates, qint64 value) {
    const QList<Spoken> witnesses = spokenBy(n);
    double all = witnesses.isEmpty() ? 1.0 : restOf(*witnesses.first().reading);
    for (const Spoken& other : witnesses.mid(1))
        all *= std::pow(leastProbability, other.weight);
    double own = 0.0;
    for (const Candidate& candidate : candidates) {
        const double share = std::exp(candidate.logProb);
        all += share;
        own += candidate.value == value ? share : 0.0;
    }
    return own / all;
}

// Not read, but rather another number than `value`: no silence, perhaps a contradiction on the paper.
bool leansElsewhere(const WitnessReading& w, qint64 value) {
    const auto number = w.number();
    if (!number || *number == value)
        return false;
    const double own = w.probabilityOf(value);
    const double other = w.probabilityOf(*number);
    return own < silentShare * other || (other >= elsewhere && !supports(w, value));
}

// How probable a number is that equations give as well, when they are broken in `broken` of all cases.
double givenToo(double own, double broken) {
    return (1.0 - broken) * own / ((1.0 - broken) * own + broken * (1.0 - own));
}

// The words of `value` may be two words, one struck out and one written anew: what is read of them is
// unusual, for this number or all together, and nothing usual stands beside that.
bool perhapsRewritten(const WitnessedNumber& n, qint64 value) {
    double all = 0.0;
    for (const double share : n.words.unusual)
        all += share;
    const double own = n.words.unusual.value(value);
    return n.words.struck + own > maybeStruck ||
           (all > maybeStruck && n.words.probabilityOf(value) - own < usualBeside * all);
}

// Something may be struck out here.
bool perhapsStruck(const WitnessedNumber& n, qint64 value) {
    return std::max(n.digits.struck, n.words.struck) > maybeStruck || perhapsRewritten(n, value);
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
    const auto digits = readNumber(n.digits, readable, value);
    const auto words = readNumber(n.words, readableWords, value);
    // What is read and says something else leaves the number to a person.
    if ((digits && *digits != value) || (words && *words != value))
        return std::min(doubtful, std::max(d, w));
    if (dashSpeaksAgainst(n, value))
        return std::min(doubtful, std::max(d, w));

    if (perhapsStruck(n, value) && (perhapsRewritten(n, value) || std::min(d, w) < clear))
        return std::min(oneWitness, std::max(d, w));

    const double own = posteriorOf(n, candidates, value);
    const double together =
        lead ? std::max(own, std::min(givenToo(own, unbalanced), 1.0 / (1.0 + std::exp(-*lead)))) : own;
    // One reads it, and the other reads it as well or leaves room for it.
    if (n.digitsSeen && n.wordsSeen && supports(n.digits, value) && supports(n.words, value) &&
        std::max(n.digits.probabilityOf(value), n.words.probabilityOf(value)) >= carrying)
        return together >= certain ? together : std::min(together, oneWitness);
    // Both places are empty or dashed. Writing that nobody could read is not nothing.
    if (value == 0 && !digits && !words && n.digitsSeen && n.wordsSeen)
        return d >= readable && w >= readable ? 1.0 - (1.0 - d) * (1.0 - w) : std::min(doubtful, d);
    // A row of a form that asks for digits alone, left empty.
    if (value == 0 && !digits && row && !n.crop.hasWords && d >= sureDigits)
        return accepted;
    // "0" beside empty words, or nothing beside ศูนย์.
    if (value == 0 && n.digitsSeen && n.wordsSeen && (digits || words) && d >= readable && w >= readable)
        return std::min(d, w);
    if (digits)
        return d >= sureDigits && (!n.wordsSeen || n.words.blank > readable) ? accepted
                                                                             : std::min(d, oneWitness);
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

// A witness reads the value, neither says otherwise, nor is the place in doubt.
bool nothingSpeaksAgainst(const WitnessedNumber& n, const VoteEntry& entry) {
    return entry.value && (entry.digits || entry.wordsValue) && !perhapsStruck(n, *entry.value) &&
           !n.crop.placeUncertain && !dashSpeaksAgainst(n, *entry.value) &&
           (!n.digitsSeen || (entry.digits.value_or(*entry.value) == *entry.value &&
                              !leansElsewhere(n.digits, *entry.value))) &&
           (!n.wordsSeen || (entry.wordsValue.value_or(*entry.value) == *entry.value &&
                             !leansElsewhere(n.words, *entry.value)));
}

// A number that an equation gives has one witness more. As all other members must be sure, or their digits so
// probable that two are hardly wrong together, errors that cancel can't confirm each other. What became sure
// may confirm more.
void confirmByEquations(const FormTemplate& form, const QList<WitnessedNumber>& numbers,
                        const QList<Candidates>& candidates, const QList<bool>& overruled,
                        QList<VoteEntry>& entries) {
    QList<double> doubts;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const qint64 value = entries[i].value.value_or(0);
        const double own =
            std::min(numbers[i].digits.probabilityOf(value), posteriorOf(numbers[i], candidates[i], value));
        const bool vouching = !overruled[i] && nothingSpeaksAgainst(numbers[i], entries[i]) &&
                              entries[i].digits == entries[i].value && own >= vouchingDigits;
        doubts.append(vouching ? std::max(leastProbability, 1.0 - own) : 1.0);
    }
    const EquationWitness witness(numbers, entries, std::move(doubts));
    bool changed = true;
    while (changed) {
        changed = false;
        for (qsizetype i = 0; i < numbers.size(); ++i) {
            VoteEntry& entry = entries[i];
            if (overruled[i] || entry.confidence.value_or(0.0) >= accepted ||
                !nothingSpeaksAgainst(numbers[i], entry))
                continue;
            for (const Equation& equation : form.equations) {
                // A number that may differ with an explanation proves nothing about one that must not.
                if ((equation.explainable && standsInEquality(form, numbers[i])) ||
                    !witness.gives(equation, i))
                    continue;
                const double own = posteriorOf(numbers[i], candidates[i], *entry.value);
                const double sure = givenToo(own, equation.explainable ? unequal : unbalanced);
                if (sure >= accepted && sure > entry.confidence.value_or(0.0)) {
                    entry.confidence = sure;
                    changed = true;
                }
            }
        }
    }
}

/// The candidates of every number, as the joint decision takes them.
struct Ranking {
    QMap<QString, Candidates> figures;  // a missing one has no place here
    QList<Candidates> rows;
    QList<Candidates> all;  // in the order of the numbers; empty where one is missing
    bool rowsReadable = true;
};

Ranking rank(const QList<WitnessedNumber>& numbers) {
    Ranking ranking;
    for (const WitnessedNumber& n : numbers) {
        Candidates candidates = missing(n) ? Candidates{} : candidatesOf(n);
        if (isRow(n)) {
            ranking.rowsReadable = ranking.rowsReadable && !candidates.isEmpty();
            ranking.rows.append(candidates);
        } else if (!candidates.isEmpty()) {
            ranking.figures[n.crop.field] = candidates;
        }
        ranking.all.append(std::move(candidates));
    }
    return ranking;
}

// Nullopt where the paper is inconsistent, or too much would have to be overruled: then each number stands
// for itself. A missing number may not be invented, and rows that can't be read leave their sum open.
std::optional<JointAssignment> consistentReading(const FormTemplate& form, const Ranking& ranking,
                                                 const CancelToken& cancel) {
    if (!ranking.rowsReadable || ranking.rows.isEmpty())
        return std::nullopt;
    auto joint = decideJointly(form, ranking.figures, ranking.rows, cancel);
    if (!joint || joint->cost < -heavyCost ||
        changesOf(*joint, ranking.figures, ranking.rows) > mostOverruled)
        return std::nullopt;
    return joint;
}

// Whether an equality vouches for a term: one whose members are all known.
bool vouched(const FormTemplate& form, const QMap<QString, Candidates>& figures, const QString& term) {
    return std::any_of(form.equations.begin(), form.equations.end(), [&](const Equation& equation) {
        const QStringList terms = equation.left + equation.right;
        return isEquality(equation) && terms.contains(term) &&
               std::all_of(terms.begin(), terms.end(), [&](const QString& each) {
                   return each == sumOfRowsTerm || figures.contains(each);
               });
    });
}

}  // namespace

QList<VoteEntry> judgeNumbers(const FormTemplate& form, const QList<WitnessedNumber>& numbers,
                              const CancelToken& cancel) {
    const Ranking ranking = rank(numbers);
    const auto joint = consistentReading(form, ranking, cancel);

    QList<VoteEntry> entries;
    QList<bool> overruled;
    qsizetype row = 0;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const WitnessedNumber& n = numbers[i];
        const Candidates& candidates = ranking.all[i];
        std::optional<qint64> value;
        std::optional<double> lead;
        overruled.append(false);
        if (!candidates.isEmpty()) {
            const qint64 own = candidates.first().value;
            value = own;
            if (joint) {
                value = isRow(n) ? joint->rows.value(row, own) : joint->figures.value(n.crop.field, own);
                if (vouched(form, ranking.figures, termOf(n)))
                    lead = isRow(n) ? joint->rowMargins.value(row) : joint->figureMargins.value(n.crop.field);
                overruled.last() = *value != own;
            }
        }
        row += isRow(n) ? 1 : 0;
        VoteEntry entry = evidenceOf(form, n, value);
        entry.confidence = value ? confidenceOf(n, *value, candidates, lead) : 0.0;
        if (overruled.last())
            entry.confidence = std::min(*entry.confidence, doubtful);
        if (n.crop.placeUncertain)
            entry.confidence = std::min(*entry.confidence, 0.5);
        entries.append(std::move(entry));
    }
    confirmByEquations(form, numbers, ranking.all, overruled, entries);
    return entries;
}

}  // namespace tallydesk
