// SPDX-License-Identifier: GPL-3.0-or-later
// Reads generated ballots on this computer through BatchProcessor: what is right, what is accepted, whether
// anything accepted is wrong, time a page, and memory, which must not grow with the batch.
#include <QCommandLineParser>
#include <QFile>
#include <QGuiApplication>
#include <QTextStream>
#include <chrono>

#include "batch/BatchProcessor.h"
#include "core/Validator.h"
#include "imaging/TextRecogniser.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/DrawnPages.h"

using namespace tallydesk;
using synth::DrawnPages;

namespace {

using Steady = std::chrono::steady_clock;

/// Megabytes in use now.
double memoryInUse() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:")) {
                return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
            }
        }
    }
    return 0;
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

struct Score {
    int numbers = 0, right = 0, nonzero = 0, nonzeroRight = 0, wrong = 0;

    void add(const synth::WrittenNumber& paper, const VoteEntry* read) {
        const qint64 want = paper.digits.value_or(0);
        const bool ok = read != nullptr && read->value == want;
        ++numbers;
        right += ok;
        nonzero += want != 0;
        nonzeroRight += want != 0 && ok;
        wrong += !ok;
    }
};

Score compare(const synth::BallotContent& paper, const BallotData& read) {
    Score score;
    for (auto it = paper.figures.begin(); it != paper.figures.end(); ++it) {
        const auto found = read.figures.constFind(it.key());
        score.add(it.value(), found == read.figures.constEnd() ? nullptr : &found.value());
    }
    for (const synth::WrittenRow& row : paper.rows) {
        const auto found = std::find_if(read.rows.begin(), read.rows.end(),
                                        [&](const TallyRow& r) { return r.no == row.no; });
        score.add(row.number, found == read.rows.end() ? nullptr : &found->entry);
    }
    score.add(paper.total, read.total ? &*read.total : nullptr);
    return score;
}

BallotResult apartFromTimes(BallotResult result) {
    result.elapsedMs = 0;
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    qputenv("OMP_THREAD_LIMIT", "1");
    QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("ballots"), QStringLiteral("How many."), QStringLiteral("N"), QStringLiteral("500")},
         {QStringLiteral("difficulty"), QStringLiteral("0 clean to 3 hard."), QStringLiteral("0..3"),
          QStringLiteral("1")},
         {QStringLiteral("seed"), QStringLiteral("Which ballots."), QStringLiteral("S"), QStringLiteral("1")},
         {QStringLiteral("workers"), QStringLiteral("Ballots at once."), QStringLiteral("N"),
          QStringLiteral("2")},
         {QStringLiteral("compare"), QStringLiteral("Read them one at a time as well, and compare.")}});
    parser.process(app);
    QTextStream out(stdout);
    const Expected<FormCatalog> forms = FormCatalog::builtIn();
    Expected<OnDeviceModels> models = OnDeviceModels::load(QStringLiteral(":/models"));
    if (!forms || !models) {
        out << "bench_ondevice: " << (forms ? models.error().code : forms.error().code) << '\n';
        return 2;
    }
    const int count = parser.value(QStringLiteral("ballots")).toInt();
    const DrawnPages pages(*forms, parser.value(QStringLiteral("seed")).toULongLong(),
                           parser.value(QStringLiteral("difficulty")).toInt());
    const QList<BallotScan> scans = pages.scans(count);
    OnDeviceReader reader(*forms, *models, std::make_shared<TextRecogniser>());
    const BallotJudge judge(*forms, Validator());
    Memory memory(count);
    BatchOptions options;
    options.workers = parser.value(QStringLiteral("workers")).toInt();
    options.progress = &memory;
    BatchProcessor processor(reader, pages, judge, options);
    const auto begun = Steady::now();
    const BatchResult batch = processor.processBatch(scans);
    const double seconds = std::chrono::duration<double>(Steady::now() - begun).count();

    Score all;
    int accepted = 0;
    int silent = 0;
    for (int i = 0; i < count; ++i) {
        const BallotResult& result = batch.results.at(i);
        const Score score = compare(pages.content(i), result.data);
        all.numbers += score.numbers;
        all.right += score.right;
        all.nonzero += score.nonzero;
        all.nonzeroRight += score.nonzeroRight;
        if (result.status == BallotStatus::Accepted) {
            ++accepted;
            silent += score.wrong;
            if (score.wrong > 0) {
                out << "silent: ballot " << i << ' ' << result.scan.formId << ", " << score.wrong
                    << " numbers\n";
            }
        }
    }
    const auto percent = [](int part, int whole) { return whole > 0 ? 100.0 * part / whole : 0.0; };
    out << "ballots " << count << "  processed " << batch.processed << "  failed " << batch.errors.size()
        << '\n'
        << "numbers " << percent(all.right, all.numbers) << " %  non-zero "
        << percent(all.nonzeroRight, all.nonzero) << " %  accepted " << accepted << "  silent errors "
        << silent << '\n'
        << "pages " << pages.pages() << "  seconds a page "
        << seconds / static_cast<double>(std::max<qsizetype>(1, pages.pages())) << " (of these drawing "
        << pages.drawingSeconds() / static_cast<double>(std::max<qsizetype>(1, pages.pages())) << ")\n"
        << "memory: peak after a tenth of the ballots " << memory.early() << " MiB, at the end "
        << memory.peak() << " MiB\n";
    int different = 0;
    if (parser.isSet(QStringLiteral("compare"))) {
        const BatchResult sequential = processor.processBatchSequential(scans);
        for (int i = 0; i < count; ++i) {
            different += apartFromTimes(sequential.results.at(i)) != apartFromTimes(batch.results.at(i));
        }
        out << "one at a time: " << different << " of " << count << " ballots came out differently\n";
    }
    return batch.processed == count && silent == 0 && different == 0 ? 0 : 1;
}
