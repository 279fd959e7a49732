// SPDX-License-Identifier: GPL-3.0-or-later
// The batch engine with workers at auto against a service whose answers take a lognormal time: wall time over
// what the pace allows, CPU time, memory and bytes for each ballot, image work included.
#include <malloc.h>
#include <sys/resource.h>

#include <QBuffer>
#include <QCommandLineParser>
#include <QDirIterator>
#include <QFile>
#include <QGuiApplication>

#include "BenchService.h"
#include "batch/BatchProcessor.h"
#include "imaging/ImageMemory.h"
#include "imaging/PageSource.h"
#include "net/HttpTransport.h"
#include "readers/ai/AiReader.h"
#include "store/ProjectStore.h"

using namespace tallydesk;
using Steady = std::chrono::steady_clock;

namespace {

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double memoryMiB(const char* what) {
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly))
        for (const QByteArray& line : status.readAll().split('\n'))
            if (line.startsWith(what))
                return line.mid(line.indexOf(':') + 1).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

int indexOf(const BallotScan& scan) {
    return scan.file.section(u'-', 1).toInt();
}

/// Pages of a real form as JPEG files in memory, opened anew for each ballot and marked with its number, so
/// that no two pictures are equal.
class MarkedPages final : public PageLoader {
public:
    MarkedPages(const QString& pdf, int pages) {
        BallotScan scan;
        scan.file = pdf;
        for (int page = 1; page <= pages; ++page) {
            scan.pages.append({pdf, page, 0, {}});
            scan.pageNumbers.append(page);
        }
        const auto opened = PageSource().load(scan, {});
        for (int i = 0; opened && i < pages; ++i) {
            QByteArray jpeg;
            QBuffer buffer(&jpeg);
            opened->at(i % opened->size()).image.save(&buffer, "JPEG", 90);
            m_jpegs.append(jpeg);
        }
    }
    bool isUsable() const { return !m_jpegs.isEmpty(); }
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        QList<PageImage> pages;
        for (int i = 0; i < m_jpegs.size(); ++i) {
            QImage image = QImage::fromData(m_jpegs[i], "JPEG").convertToFormat(QImage::Format_Grayscale8);
            const int number = indexOf(scan);
            for (int bit = 0; bit < 16; ++bit)
                for (int y = 4; y < 20; ++y)
                    for (int x = 0; x < 16; ++x)
                        image.scanLine(y)[40 + 20 * bit + x] = (number >> bit) & 1 ? 0 : 255;
            pages.append({image, i + 1, 1.0});
        }
        return pages;
    }

private:
    QList<QByteArray> m_jpegs;
};

/// A reader whose requests were all made before the clock began to run.
class MadeBefore final : public BallotReader {
public:
    MadeBefore(BallotReader& reader, const PageLoader& pages, const QList<BallotScan>& scans)
        : m_reader(reader) {
        for (const BallotScan& scan : scans)
            m_ballots.push_back(reader.prepare(scan, pages.load(scan, {}).value(), {}).value());
    }
    QString id() const override { return m_reader.id(); }
    bool usesService() const override { return true; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan, const QList<PageImage>&,
                                                      const CancelToken&) override {
        return std::move(m_ballots[static_cast<size_t>(indexOf(scan))]);
    }
    ReadAttempt attempt(const PreparedBallot& ballot, int number, const CancelToken& cancel) override {
        return m_reader.attempt(ballot, number, cancel);
    }

private:
    BallotReader& m_reader;
    std::vector<std::shared_ptr<PreparedBallot>> m_ballots;
};

class NoPages final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan&, const CancelToken&) const override {
        return QList<PageImage>{};
    }
};

/// What is allocated now; 0 where the C library can't tell.
double allocatedMiB() {
#ifdef __GLIBC__
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / (1 << 20);
#else
    return 0;
#endif
}

/// Looks at memory as ballots finish.
class Memory final : public BatchProgress {
public:
    void finished(int, const BallotResult&) override {
        if (++m_done == 500)
            m_early = memoryMiB("VmHWM");
    }
    double early() const { return m_early; }

private:
    int m_done = 0;
    double m_early = 0;
};

QString sampleForm() {
    QStringList found;
    QDirIterator it(QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/samples"), {QStringLiteral("*.pdf")},
                    QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        found.append(it.next());
    found.sort();
    return found.value(0);
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    keepPicturesOutOfHeaps();  // as the programs do
    const QGuiApplication app(argc, argv);
    if (const auto served = bench::ServiceProcess::serve(app))
        return *served;
    const auto option = [](const char* name, const char* help, const char* value, const QString& preset) {
        return QCommandLineOption(QLatin1String(name), QLatin1String(help), QLatin1String(value), preset);
    };
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({option("ballots", "How many.", "n", QStringLiteral("500")),
                       option("rate", "Requests a second.", "r", QStringLiteral("2")),
                       option("median", "Seconds to the middle answer.", "s", QStringLiteral("6")),
                       option("sigma", "Spread of the answers (lognormal).", "x", QStringLiteral("0.6")),
                       option("pages", "Pages of a ballot.", "n", QStringLiteral("1")),
                       option("workers", "Ballots at once; 0: auto.", "n", QStringLiteral("0")),
                       option("form", "A PDF whose pages are sent.", "file", sampleForm()),
                       option("project", "Keep results in this file.", "file", QString()),
                       QCommandLineOption(QStringLiteral("prepared"),
                                          QStringLiteral("Make the requests before the clock runs."))});
    parser.process(app);
    const int count = parser.value(QStringLiteral("ballots")).toInt();
    const double rate = parser.value(QStringLiteral("rate")).toDouble();
    const MarkedPages pages(parser.value(QStringLiteral("form")),
                            parser.value(QStringLiteral("pages")).toInt());
    if (count < 1 || rate <= 0 || !pages.isUsable()) {
        QTextStream(stderr) << "unusable arguments\n";
        return 2;
    }
    QList<BallotScan> scans;
    for (int i = 0; i < count; ++i) {
        BallotScan scan;
        scan.file = QStringLiteral("ballot-%1").arg(i, 5, 10, QLatin1Char('0'));
        scan.sha256 = QString::number(i, 16);
        scan.pageNumbers = {1};
        scan.formId = QStringLiteral("5-18-constituency");
        scans.append(scan);
    }

    const bench::ServiceProcess service(parser.value(QStringLiteral("median")).toDouble(),
                                        parser.value(QStringLiteral("sigma")).toDouble());
    const FormCatalog forms = FormCatalog::builtIn().value();
    const BallotJudge judge{forms, Validator()};
    HttpTransport transport;
    ServiceSettings settings;
    settings.baseUrl = service.baseUrl();
    const SystemClock clock;
    std::unique_ptr<ProjectStore> store;
    if (parser.isSet(QStringLiteral("project"))) {
        auto opened = ProjectStore::open(parser.value(QStringLiteral("project")),
                                         ProjectStore::Access::ReadWrite, clock);
        if (!opened)
            return 2;
        store = std::move(*opened);
    }
    const auto reader =
        AiReader::create(transport, forms, settings, SecretKey(QStringLiteral("bench-key")), store.get())
            .value();
    Memory memory;
    BatchOptions options;
    options.workers = parser.value(QStringLiteral("workers")).toInt();
    options.requestsPerSecond = rate;
    options.progress = &memory;
    options.sink = store.get();
    if (store)
        (void)store->beginRun(scans, reader->id());
    std::unique_ptr<MadeBefore> before;
    if (parser.isSet(QStringLiteral("prepared")))
        before = std::make_unique<MadeBefore>(*reader, pages, scans);
    const NoPages none;
    BatchProcessor processor(before ? static_cast<BallotReader&>(*before) : *reader,
                             before ? static_cast<const PageLoader&>(none) : pages, judge, options);

    const double cpuBefore = cpuSeconds();
    const auto from = Steady::now();
    BatchResult result = processor.processBatch(scans);
    const double wall = std::chrono::duration<double>(Steady::now() - from).count();
    const double cpu = cpuSeconds() - cpuBefore;

    const QJsonObject seen = service.stats();
    const QJsonArray answers = seen[u"answers"].toArray();
    // The last answer to come: of the last request, or of an earlier one that took long.
    double limit = 0;
    for (int i = 0; i < answers.size(); ++i)
        limit = std::max(limit, i / rate + answers[i].toDouble());
    const double strict = (count - 1) / rate + answers.last().toDouble();
    const qint64 bytes = seen[u"bytes"].toInteger();
    QTextStream out(stdout);
    out << "ballots " << result.processed << " of " << count << ", failed " << result.errors.size()
        << ", requests " << seen[u"requests"].toInt() << ", sent twice " << seen[u"twice"].toInt()
        << ", connections " << seen[u"connections"].toInt() << '\n'
        << "wall " << wall << " s; limit " << limit << " s, ratio " << wall / limit
        << "; limit by the last request " << strict << " s, ratio " << wall / strict << '\n'
        << "most in 0.9 s: " << seen[u"most_in_0.9s"].toInt() << '\n'
        << "CPU " << cpu << " s, " << 1000 * cpu / count << " ms a ballot\n"
        << "memory: peak " << memoryMiB("VmHWM") << " MiB, up to ballot 500 " << memory.early() << " MiB";
    const bool complete = result.processed == count && result.errors.isEmpty();
    const double withResults = allocatedMiB();
    result = {};
    out << ", of which the results hold " << withResults - allocatedMiB() << " MiB at the end\n"
        << "bytes a ballot " << bytes / std::max(1, count) << '\n';
    out.flush();
    const bool held =
        wall <= 1.02 * limit && complete && seen[u"requests"].toInt() == count && seen[u"twice"].toInt() == 0;
    return held ? 0 : 1;
}
