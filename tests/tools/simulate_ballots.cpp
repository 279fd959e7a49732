// SPDX-License-Identifier: GPL-3.0-or-later
// How often a wrong ballot would be accepted: numbers of invented ballots, each as the networks read a
// generated cell of that number, go through the decision and the rules of the program. No page is drawn, so
// that many thousand ballots take minutes. Each ballot's cells are of one difficulty.
// Usage: simulate_ballots [--models FOLDER] [--ballots N] [--seed S] [--details] CELLS (common/cells.py
// writes it)
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QTextStream>
#include <cmath>

#include "core/BallotJudge.h"
#include "readers/ondevice/NumberJudge.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/Content.h"

using namespace tallydesk;
using synth::Random;
using synth::WrittenNumber;

namespace {

constexpr int kRows = 48;
constexpr qint64 kNothing = -1;
constexpr qint64 kDash = -2;

/// What the networks said of all generated cells, by what is written there.
class CellReadings {
public:
    bool read(const QString& path, const DigitStringReader& digitReader, const WordReader& wordReader,
              const NumberWords& words) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        struct Head {
            qint32 zone, value, difficulty, width;
        } head{};
        while (file.read(reinterpret_cast<char*>(&head), sizeof head) == sizeof head) {
            QByteArray ink = file.read(qint64(kRows) * head.width);
            if (head.width <= 0 || ink.size() != qsizetype(kRows) * head.width)
                return false;
            const cv::Mat crop = 255 - cv::Mat(kRows, head.width, CV_8UC1, ink.data());
            WitnessLooks cell{head.zone == 0 ? digitReader.look(crop) : wordReader.look(crop), {}};
            cell.reading = head.zone == 0 ? digitReader.read(cell.looks) : wordReader.read(cell.looks, words);
            note(head.zone, head.value, cell.reading);
            m_cellsOf[key(head.zone != 0, head.value, head.difficulty)].append(std::move(cell));
        }
        return !m_cellsOf.isEmpty();
    }

    /// A reading of a cell with that content, of that difficulty where there is one.
    const WitnessLooks* any(bool words, qint64 value, int difficulty, Random& random) const {
        for (const int d : {difficulty, 1 - difficulty}) {
            const auto found = m_cellsOf.constFind(key(words, value, d));
            if (found != m_cellsOf.constEnd())
                return &random.pick(*found);
        }
        return nullptr;
    }

    void report(QTextStream& out) const {
        for (int zone = 0; zone < 2; ++zone) {
            out << (zone == 0 ? "digits" : "words") << ": " << m_cells[zone] << " cells, " << m_right[zone]
                << " right; probability, cells, right:";
            for (int bin = 0; bin < kBins; ++bin) {
                if (m_bins[zone][bin] > 0)
                    out << "  " << bounds[bin] << "- " << m_bins[zone][bin] << " "
                        << QString::number(100.0 * m_binsRight[zone][bin] / m_bins[zone][bin], 'f', 2) << "%";
            }
            out << "\n";
        }
    }

private:
    static constexpr int kBins = 8;
    static constexpr double bounds[kBins] = {0, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999};

    static qint64 key(bool words, qint64 value, int difficulty) {
        return (value + 8) * 4 + (words ? 2 : 0) + difficulty;
    }

    void note(int zone, qint64 value, const WitnessReading& reading) {
        const auto number = reading.number();
        const double p = number ? reading.probabilityOf(*number) : std::max(reading.blank, reading.dash);
        const bool right = value >= 0 ? number == value : !number;
        int bin = 0;
        while (bin + 1 < kBins && p >= bounds[bin + 1])
            ++bin;
        ++m_cells[zone];
        ++m_bins[zone][bin];
        m_right[zone] += right ? 1 : 0;
        m_binsRight[zone][bin] += right ? 1 : 0;
    }

    QHash<qint64, QList<WitnessLooks>> m_cellsOf;
    int m_cells[2] = {}, m_right[2] = {};
    int m_bins[2][kBins] = {}, m_binsRight[2][kBins] = {};
};

qint64 written(const WrittenNumber& number, const NumberWords* words) {
    if (number.dashed)
        return kDash;
    if (!number.digits || (words != nullptr && number.words.isEmpty()))
        return kNothing;
    // The words may say something else than the digits.
    return words == nullptr ? *number.digits : words->parse(number.words).value_or(*number.digits);
}

/// One ballot's numbers as the witnesses would give them; nullopt where a cell is lacking.
std::optional<QList<WitnessedNumber>> witnesses(const synth::BallotContent& content, const FormTemplate& form,
                                                const CellReadings& cells,
                                                const DigitStringReader& digitReader,
                                                const WordReader& wordReader, int difficulty,
                                                Random& random) {
    QList<WitnessedNumber> result;
    bool lacking = false;
    const auto add = [&](const QString& field, int row, const WrittenNumber& number, bool hasWords) {
        WitnessedNumber n;
        n.crop.field = field;
        n.crop.row = row;
        n.crop.page = 1;
        n.crop.hasWords = hasWords;
        n.digitsSeen = true;
        n.wordsSeen = hasWords;
        const auto* digits = cells.any(false, written(number, nullptr), difficulty, random);
        const auto* words = cells.any(true, written(number, form.numberWords.get()), difficulty, random);
        lacking = lacking || digits == nullptr || words == nullptr;
        if (digits != nullptr && words != nullptr && hasWords) {
            WitnessLooks both[] = {*digits, *words};
            weighEachOther(digitReader, both[0], wordReader, both[1], *form.numberWords);
            n.digits = std::move(both[0].reading);
            n.words = std::move(both[1].reading);
        } else if (digits != nullptr) {
            n.digits = digits->reading;
        }
        result.append(n);
    };
    for (const FigureField& figure : form.figures)
        add(figure.key, 0, content.figures.value(figure.key), figure.hasWords);
    for (const synth::WrittenRow& row : content.rows)
        add(QStringLiteral("row %1").arg(row.no), row.no, row.number, true);
    add(QStringLiteral("total"), 0, content.total, true);
    return lacking ? std::nullopt : std::optional(result);
}

struct Outcome {
    bool accepted = false;
    int numbers = 0;
    int wrong = 0;
    int silent = 0;        ///< wrong, and called sure
    QStringList examples;  ///< such numbers
    QString differing;     ///< the number whose words say something else than its digits
};

QString ranked(const QList<Reading>& readings) {
    QString result;
    for (const Reading& reading : readings)
        result += QStringLiteral(" %1=%2").arg(reading.value).arg(reading.probability, 0, 'g', 2);
    return result;
}

Outcome outcomeOf(const synth::BallotContent& content, const FormTemplate& form,
                  const QList<WitnessedNumber>& numbers) {
    const QList<VoteEntry> entries = judgeNumbers(form, numbers);
    BallotData data;
    data.formId = form.id;
    data.formCode = form.code;
    data.partyList = form.partyList;
    for (const HeaderField& field : form.header) {
        HeaderValue value;
        value.number = field.type == HeaderType::Number ? std::optional<qint64>(1) : std::nullopt;
        value.text = field.type == HeaderType::Text ? std::optional(QStringLiteral("แพร่")) : std::nullopt;
        value.confidence = 1.0;
        data.header[field.key] = value;
    }
    Outcome outcome;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const NumberCrop& crop = numbers[i].crop;
        const WrittenNumber paper = crop.row > 0             ? content.rows[crop.row - 1].number
                                    : crop.field == u"total" ? content.total
                                                             : content.figures.value(crop.field);
        const VoteEntry& entry = entries[i];
        const bool right = entry.value.value_or(0) == paper.digits.value_or(0);
        ++outcome.numbers;
        outcome.wrong += right ? 0 : 1;
        const bool sure = entry.confidence.value_or(0.0) >= ValidatorSettings().confidence;
        outcome.silent += !right && sure ? 1 : 0;
        const auto said = form.numberWords->parse(paper.words);
        if (said && paper.digits && said != paper.digits)
            outcome.differing = QStringLiteral("%1: paper %2 and %3, value %4 (%5); digits%6; words%7")
                                    .arg(crop.field)
                                    .arg(*paper.digits)
                                    .arg(*said)
                                    .arg(entry.value.value_or(0))
                                    .arg(entry.confidence.value_or(0.0))
                                    .arg(ranked(entry.digitReadings), ranked(entry.wordReadings));
        if (!right && sure)
            outcome.examples.append(QStringLiteral("%1: paper %2, value %3 (%4); digits%5; words%6")
                                        .arg(crop.field)
                                        .arg(paper.digits.value_or(0))
                                        .arg(entry.value.value_or(0))
                                        .arg(entry.confidence.value_or(0.0))
                                        .arg(ranked(entry.digitReadings), ranked(entry.wordReadings)));
        if (crop.row > 0)
            data.rows.append({crop.row, entry});
        else if (crop.field == u"total")
            data.total = entry;
        else
            data.figures[crop.field] = entry;
    }
    outcome.accepted = Validator::allowsAcceptance(Validator().check(data, &form));
    return outcome;
}

/// Highest rate that `events` in `trials` leave open at 95 % (exact, Clopper-Pearson, one-sided).
double bound(int events, int trials) {
    double low = 0.0;
    double high = 1.0;
    for (int round = 0; round < 60; ++round) {
        const double p = (low + high) / 2;
        double term = trials * std::log1p(-p);
        double sum = std::exp(term);
        for (int k = 1; k <= events; ++k) {
            term += std::log(double(trials - k + 1) / k) + std::log(p) - std::log1p(-p);
            sum += std::exp(term);
        }
        (sum > 0.05 ? low : high) = p;
    }
    return high;
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("models"), QStringLiteral("Folder with digits, words and provinces."),
          QStringLiteral("FOLDER"), QStringLiteral(":/models")},
         {QStringLiteral("ballots"), QStringLiteral("How many."), QStringLiteral("N"),
          QStringLiteral("12000")},
         {QStringLiteral("details"), QStringLiteral("Name each number that is wrong but sure.")},
         {QStringLiteral("seed"), QStringLiteral("Which ballots."), QStringLiteral("S"),
          QStringLiteral("1")}});
    parser.addPositionalArgument(QStringLiteral("CELLS"), QStringLiteral("Generated cells."));
    parser.process(app);
    const auto forms = FormCatalog::builtIn();
    const auto models = OnDeviceModels::load(parser.value(QStringLiteral("models")));
    const DigitStringReader digitReader(models ? models->digits : nullptr);
    const WordReader wordReader(models ? models->words : nullptr);
    CellReadings cells;
    if (parser.positionalArguments().size() != 1 || !forms || !models ||
        !cells.read(parser.positionalArguments().first(), digitReader, wordReader,
                    *forms->forms().first()->numberWords)) {
        out << parser.helpText() << "nothing read: " << (models ? QString() : models.error().code) << "\n";
        return 2;
    }
    cells.report(out);
    out.flush();

    int simulated = 0, accepted = 0, wrongAccepted = 0, contradictions = 0, explainedAway = 0;
    int numbers = 0, wrong = 0, silent = 0, lacking = 0;
    const int count = parser.value(QStringLiteral("ballots")).toInt();
    const quint64 seed = parser.value(QStringLiteral("seed")).toULongLong();
    for (int i = 0; i < count; ++i) {
        Random random(seed * 1'000'003 + static_cast<quint64>(i));
        const FormTemplate& form = *forms->forms().at(i % forms->forms().size());
        synth::ContentOptions options;
        options.difficulty = 0;
        // One in five contradicts itself on paper, and must never pass.
        if (i % 10 == 9)
            options.contradiction = random.chance(0.5) ? synth::Contradiction::RowsNotValid
                                                       : synth::Contradiction::PartsNotBallots;
        else if (i % 10 == 4)
            options.contradiction = synth::Contradiction::DigitsNotWords;
        const synth::BallotContent content = synth::inventContent(form, random, options);
        const auto all =
            witnesses(content, form, cells, digitReader, wordReader, random.chance(0.4) ? 1 : 0, random);
        if (!all) {
            ++lacking;
            continue;
        }
        const Outcome outcome = outcomeOf(content, form, *all);
        ++simulated;
        if (parser.isSet(QStringLiteral("details")) && outcome.accepted && !outcome.differing.isEmpty())
            out << form.id << " CONTRADICTION ACCEPTED " << outcome.differing << "\n";
        if (parser.isSet(QStringLiteral("details")))
            for (const QString& example : outcome.examples)
                out << form.id << (outcome.accepted ? " ACCEPTED " : " ") << example << "\n";
        numbers += outcome.numbers;
        wrong += outcome.wrong;
        silent += outcome.silent;
        accepted += outcome.accepted ? 1 : 0;
        wrongAccepted += outcome.accepted && outcome.wrong > 0 ? 1 : 0;
        contradictions += options.contradiction ? 1 : 0;
        explainedAway += options.contradiction && outcome.accepted ? 1 : 0;
    }
    out << simulated << " ballots (" << lacking << " left out for want of cells), " << numbers << " numbers, "
        << QString::number(100.0 * (numbers - wrong) / std::max(1, numbers), 'f', 3) << " % right, " << silent
        << " wrong but sure\n"
        << accepted << " accepted, " << wrongAccepted << " of them with a wrong number; at 95 % at most 1 in "
        << QString::number(1.0 / bound(wrongAccepted, simulated), 'f', 0) << " ballots\n"
        << contradictions << " contradict themselves, " << explainedAway << " of them accepted\n";
    return wrongAccepted == 0 && explainedAway == 0 ? 0 : 1;
}
