// SPDX-License-Identifier: GPL-3.0-or-later
// Reads generated ballots, and transcribed scans where they lie beside the project, on this computer: what is
// right, what is accepted, whether anything accepted is wrong, how well confidence says so, time on one core,
// and memory, which must not grow with the batch.
#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <chrono>
#include <ctime>

#include "ReadingFigures.h"
#include "batch/BatchProcessor.h"
#include "core/Validator.h"
#include "imaging/ImageMemory.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "imaging/TextRecogniser.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/DrawnPages.h"

using namespace tallydesk;
using synth::DrawnPages;

namespace {

using Steady = std::chrono::steady_clock;

// The units of generated ballots are drawn from few: in larger batches many would pass for forms of one unit.
// What was read is counted and let go after each, so that memory is that of reading.
constexpr int oneBatch = 100;

double secondsSince(Steady::time_point begun) {
    return std::chrono::duration<double>(Steady::now() - begun).count();
}

/// The highest memory within the first tenth of the ballots and over all.
class Memory final : public BatchProgress {
public:
    explicit Memory(int count) : m_every(std::max(1, count / 10)) {}
    void finished(int, const BallotResult&) override {
        const double now = memoryInUse();
        ++m_done;
        m_peak = std::max(m_peak, now);
        if (m_done == m_every) {
            m_early = m_peak;
        }
        if (m_done % m_every == 0) {
            QTextStream(stdout) << "  " << m_done << " ballots, " << now << " MiB" << Qt::endl;
        }
    }
    double early() const { return m_early; }
    double peak() const { return m_peak; }

private:
    const int m_every;
    int m_done = 0;
    double m_early = 0;
    double m_peak = 0;
};

// What came of generated ballots.
struct Counts {
    int processed = 0;
    int failed = 0;
    int clean = 0;  ///< without strike-outs
    int cleanAccepted = 0;
    int struck = 0;
    int struckAccepted = 0;
    int repeated = 0;   ///< held for nothing but W.302: few units are drawn, so some come twice
    int different = 0;  ///< one at a time
};

// Nothing but a form of the same unit in the batch keeps the ballot back.
bool onlyReadBefore(QList<Finding> findings) {
    return findings.removeIf([](const Finding& finding) { return finding.code == u"W.302"; }) > 0 &&
           Validator::allowsAcceptance(findings);
}

// "00012.pdf: F.101 (row 3, total)": the findings that keep a ballot back.
QString heldFor(const BallotResult& result) {
    QStringList parts;
    for (const Finding& finding : result.findings) {
        if (!Validator::allowsAcceptance({finding}))
            parts.append(QStringLiteral("%1 (%2)").arg(finding.code, finding.fields.join(u", ")));
    }
    return result.scan.file + QStringLiteral(": ") + parts.join(u' ');
}

BallotResult apartFromTimes(BallotResult result) {
    result.elapsedMs = 0;
    return result;
}

// What a contradiction on purpose must be found as.
QStringList findingsOf(synth::Contradiction contradiction) {
    switch (contradiction) {
        case synth::Contradiction::RowsNotValid:
            return {QStringLiteral("F.203"), QStringLiteral("F.204")};
        case synth::Contradiction::PartsNotBallots:
            return {QStringLiteral("F.201")};
        case synth::Contradiction::DigitsNotWords:
            return {QStringLiteral("F.205")};
        case synth::Contradiction::TotalMissing:
            return {QStringLiteral("F.105")};
    }
    return {};
}

class Bench {
public:
    Bench(const FormCatalog& forms, OnDeviceModels models, int workers, bool details)
        : m_forms(forms),
          m_reader(forms, std::move(models), std::make_shared<TextRecogniser>()),
          m_judge(forms, Validator()),
          m_workers(workers),
          m_details(details) {}

    /// True when nothing is wrong in what was accepted and nothing failed. `ballots`: which of the seed's.
    bool generated(const QList<int>& ballots, quint64 seed, int difficulty, bool compare) {
        DrawnPages pages(m_forms, seed, difficulty);
        const auto count = static_cast<int>(ballots.size());
        QList<BallotScan> scans;
        for (const int ballot : ballots)
            scans.append(pages.scan(ballot));
        Memory memory(count);
        BatchOptions options;
        options.workers = m_workers;
        options.progress = &memory;
        BatchProcessor processor(m_reader, pages, m_judge, options);
        const DrawnPages again(m_forms, seed, difficulty);  // its time counts for nothing
        BatchOptions quiet = options;
        quiet.progress = nullptr;
        BatchProcessor alone(m_reader, again, m_judge, quiet);
        ReadingFigures figures;
        Counts counts;
        QStringList held;
        double seconds = 0.0;
        for (int first = 0; first < count; first += oneBatch) {
            const QList<BallotScan> part = scans.mid(first, oneBatch);
            const auto begun = Steady::now();
            const BatchResult batch = processor.processBatch(part);
            seconds += secondsSince(begun);
            counts.processed += batch.processed;
            counts.failed += static_cast<int>(batch.errors.size());
            for (int i = 0; i < part.size(); ++i) {
                const BallotResult& result = batch.results.at(i);
                const synth::BallotContent content = pages.takeContent(ballots.at(first + i));
                figures.add(content.truth(1, 4), &result);
                const bool accepted = result.status == BallotStatus::Accepted;
                (content.struckOut() ? counts.struck : counts.clean) += 1;
                (content.struckOut() ? counts.struckAccepted : counts.cleanAccepted) += accepted ? 1 : 0;
                if (!accepted && !content.struckOut())
                    held.append(heldFor(result));
                counts.repeated += !accepted && onlyReadBefore(result.findings) ? 1 : 0;
            }
            if (compare) {
                const BatchResult sequential = alone.processBatchSequential(part);
                for (int i = 0; i < part.size(); ++i)
                    counts.different +=
                        apartFromTimes(sequential.results.at(i)) != apartFromTimes(batch.results.at(i));
            }
        }
        figures.print(m_out, QStringLiteral("generated, difficulty %1").arg(difficulty));
        m_out << "  accepted without strike-outs " << counts.cleanAccepted << " of " << counts.clean
              << ", with strike-outs " << counts.struckAccepted << " of " << counts.struck
              << "; held only because a unit was drawn twice " << counts.repeated << Qt::endl;
        if (m_details) {
            for (const QString& line : figures.wrong())
                m_out << "  wrong: " << line << "\n";
            for (const QString& line : held)
                m_out << "  held: " << line << "\n";
        }
        const auto drawn = static_cast<double>(std::max<qsizetype>(1, pages.pages()));
        m_out << "  processed " << counts.processed << "  failed " << counts.failed << "  pages "
              << pages.pages() << "  seconds a page " << seconds / drawn << " (of these drawing "
              << pages.drawingSeconds() / drawn << ")\n"
              << "  memory: peak after a tenth of the ballots " << memory.early() << " MiB, at the end "
              << memory.peak() << " MiB" << Qt::endl;
        if (compare)
            m_out << "  one at a time: " << counts.different << " of " << count
                  << " ballots came out differently" << Qt::endl;
        return figures.silent() == 0 && counts.processed == count && counts.different == 0;
    }

    /// Ballots whose paper contradicts itself: true when every one is left to a person.
    bool contradictory(int count, quint64 seed, int difficulty) {
        const DrawnPages pages(m_forms, seed, difficulty, true);
        BatchOptions options;
        options.workers = m_workers;
        BatchProcessor processor(m_reader, pages, m_judge, options);
        const BatchResult batch = processor.processBatch(pages.scans(count));
        int accepted = 0;
        int named = 0;
        for (int i = 0; i < count; ++i) {
            const QList<Finding>& findings = batch.results.at(i).findings;
            const QStringList wanted = findingsOf(*pages.contradiction(i));
            accepted += batch.results.at(i).status == BallotStatus::Accepted ? 1 : 0;
            named += std::any_of(findings.begin(), findings.end(),
                                 [&wanted](const Finding& finding) { return wanted.contains(finding.code); });
        }
        m_out << "paper that contradicts itself, difficulty " << difficulty << ": " << count << " ballots, "
              << accepted << " accepted, " << named << " with the finding that fits" << Qt::endl;
        return accepted == 0;
    }

    bool transcribed(const QString& scans, const QString& truth) {
        const IntakeResult intake = Intake(m_forms).run({scans}, CancelToken());
        const PageSource source;
        BatchOptions options;
        options.workers = m_workers;
        BatchProcessor processor(m_reader, source, m_judge, options);
        const BatchResult batch = processor.processBatch(intake.ballots);
        ReadingFigures figures;
        for (const QFileInfo& info : QDir(truth).entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
            QFile file(info.filePath());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
            const QString name = root.value(u"file").toString();
            for (const QJsonValue& form : root.value(u"forms").toArray())
                figures.add(form.toObject(), synth::ballotOf(form.toObject(), name, batch.results));
        }
        figures.print(m_out, QStringLiteral("transcribed scans"));
        return figures.silent() == 0;
    }

    /// Processor time of one ballot of each kind, without opening its file.
    void speed(quint64 seed) {
        const DrawnPages pages(m_forms, seed, 1);
        for (const int index : {4, 5}) {
            const BallotScan scan = pages.scan(index);
            const auto loaded = pages.load(scan, CancelToken());
            // The second time, as in a batch: engines and nets are warm.
            for (const bool counts : {false, true}) {
                const std::clock_t begun = std::clock();
                const auto prepared = m_reader.prepare(scan, *loaded, CancelToken());
                if (prepared)
                    m_reader.attempt(**prepared, 1, CancelToken());
                if (counts)
                    m_out << scan.formId << ": " << loaded->size() << " pages, "
                          << static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC << " s of one core"
                          << Qt::endl;
            }
        }
    }

private:
    const FormCatalog m_forms;
    OnDeviceReader m_reader;
    const BallotJudge m_judge;
    const int m_workers;
    const bool m_details;
    QTextStream m_out{stdout};
};

}  // namespace

int main(int argc, char** argv) {
    keepPicturesOutOfHeaps();
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    qputenv("OMP_THREAD_LIMIT", "1");
    QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QString shared = QStringLiteral(TALLYDESK_SOURCE_DIR "/../shared/scans/dev");
    parser.addOptions(
        {{QStringLiteral("ballots"), QStringLiteral("How many of each difficulty."), QStringLiteral("N"),
          QStringLiteral("500")},
         {QStringLiteral("difficulty"), QStringLiteral("0 clean to 3 hard, comma separated."),
          QStringLiteral("LIST"), QStringLiteral("1")},
         {QStringLiteral("seed"), QStringLiteral("Which ballots."), QStringLiteral("S"), QStringLiteral("1")},
         {QStringLiteral("only"), QStringLiteral("These of the generated ballots, instead of --ballots."),
          QStringLiteral("I,J,...")},
         {QStringLiteral("details"),
          QStringLiteral("Name what was read wrong on generated ballots, and what keeps those without "
                         "strike-outs back.")},
         {QStringLiteral("workers"), QStringLiteral("Ballots at once."), QStringLiteral("N"),
          QStringLiteral("2")},
         {QStringLiteral("contradictions"), QStringLiteral("Ballots that contradict themselves, as well."),
          QStringLiteral("N"), QStringLiteral("0")},
         {QStringLiteral("scans"), QStringLiteral("Transcribed scans; left out where there are none."),
          QStringLiteral("DIR"), shared},
         {QStringLiteral("compare"), QStringLiteral("Read them one at a time as well, and compare.")}});
    parser.process(app);
    QTextStream out(stdout);
    const auto begun = Steady::now();
    const Expected<FormCatalog> forms = FormCatalog::builtIn();
    Expected<OnDeviceModels> models = OnDeviceModels::load(QStringLiteral(":/models"));
    if (!forms || !models) {
        out << "bench_ondevice: " << (forms ? models.error().code : forms.error().code) << '\n';
        return 2;
    }
    Bench bench(*forms, *models, parser.value(QStringLiteral("workers")).toInt(),
                parser.isSet(QStringLiteral("details")));
    out << "start of the reader " << secondsSince(begun) << " s, networks "
        << static_cast<double>(modelBytes()) / 1e6 << " MB" << Qt::endl;
    const quint64 seed = parser.value(QStringLiteral("seed")).toULongLong();
    if (!parser.isSet(QStringLiteral("only")))
        bench.speed(seed);
    bool good = true;
    const QString scans = parser.value(QStringLiteral("scans"));
    if (QDir(scans).exists())
        good = bench.transcribed(scans, scans + QStringLiteral("/truth"));
    QList<int> ballots;
    for (int i = 0; i < parser.value(QStringLiteral("ballots")).toInt(); ++i)
        ballots.append(i);
    if (parser.isSet(QStringLiteral("only"))) {
        ballots.clear();
        for (const QString& ballot : parser.value(QStringLiteral("only")).split(u','))
            ballots.append(ballot.toInt());
    }
    for (const QString& difficulty : parser.value(QStringLiteral("difficulty")).split(u',')) {
        if (!ballots.isEmpty())
            good =
                bench.generated(ballots, seed, difficulty.toInt(), parser.isSet(QStringLiteral("compare"))) &&
                good;
        if (const int count = parser.value(QStringLiteral("contradictions")).toInt(); count > 0)
            good = bench.contradictory(count, seed, difficulty.toInt()) && good;
    }
    return good ? 0 : 1;
}
