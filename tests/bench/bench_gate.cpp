// SPDX-License-Identifier: GPL-3.0-or-later
// How close the batch engine comes to the gate's limit: N ballots at R requests a second, each answered
// after L seconds, can't be done faster than (N - 1) / R + L. Sleeps nearly all of the time.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>
#include <algorithm>
#include <chrono>
#include <mutex>
#include <vector>

#include "batch/BatchProcessor.h"

using namespace tallydesk;

namespace {

class NoPages final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan&, const CancelToken&) const override {
        return QList<PageImage>{};
    }
};

/// Stands for a service: answers after a fixed time and notes when each request left.
class SlowService final : public BallotReader {
public:
    explicit SlowService(std::chrono::milliseconds latency) : m_latency(latency) {}
    QString id() const override { return QStringLiteral("ai:bench"); }
    bool usesService() const override { return true; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan&, const QList<PageImage>&,
                                                      const CancelToken&) override {
        return std::make_shared<PreparedBallot>();
    }
    ReadAttempt attempt(const PreparedBallot&, int, const CancelToken& cancel) override {
        {
            const std::lock_guard lock(m_mutex);
            m_sent.push_back(std::chrono::steady_clock::now());
        }
        if (cancel.waitFor(m_latency))
            return ReadAttempt::failed(
                {{QStringLiteral("cancelled"), {}, {}}, FailureReach::Cancelled, 0, {}, false});
        return ReadAttempt::success({});
    }

    size_t requests() const { return m_sent.size(); }
    /// The most requests in any half-open window of the given length.
    size_t mostIn(std::chrono::milliseconds window) {
        std::sort(m_sent.begin(), m_sent.end());
        size_t most = 0;
        size_t first = 0;
        for (size_t last = 0; last < m_sent.size(); ++last) {
            while (m_sent[last] - m_sent[first] >= window)
                ++first;
            most = std::max(most, last - first + 1);
        }
        return most;
    }

private:
    const std::chrono::milliseconds m_latency;
    std::mutex m_mutex;
    std::vector<std::chrono::steady_clock::time_point> m_sent;
};

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("ballots"), QStringLiteral("How many."), QStringLiteral("n"), QStringLiteral("500")},
         {QStringLiteral("rate"), QStringLiteral("Requests a second."), QStringLiteral("r"),
          QStringLiteral("2")},
         {QStringLiteral("latency"), QStringLiteral("Seconds to each answer."), QStringLiteral("s"),
          QStringLiteral("6")},
         {QStringLiteral("workers"), QStringLiteral("Comma-separated; one run each."), QStringLiteral("list"),
          QStringLiteral("16,5")}});
    parser.process(app);
    const int count = parser.value(QStringLiteral("ballots")).toInt();
    const double rate = parser.value(QStringLiteral("rate")).toDouble();
    const double latency = parser.value(QStringLiteral("latency")).toDouble();

    QList<BallotScan> scans;
    for (int i = 0; i < count; ++i) {
        BallotScan scan;
        scan.file = QStringLiteral("ballot-%1.pdf").arg(i, 5, 10, QLatin1Char('0'));
        scan.pageNumbers = {1};
        scans.append(scan);
    }
    const NoPages loader;
    const BallotJudge judge{FormCatalog(), Validator()};
    QTextStream out(stdout);
    out << "workers  ballots  wall_s  limit_s  ratio  most_in_0.9s\n";
    const double limit = (count - 1) / rate + latency;
    bool held = true;
    for (const QString& workers : parser.value(QStringLiteral("workers")).split(QLatin1Char(','))) {
        SlowService service{std::chrono::milliseconds(static_cast<qint64>(latency * 1000))};
        BatchOptions options;
        options.workers = workers.toInt();
        options.requestsPerSecond = rate;
        BatchProcessor processor(service, loader, judge, options);
        const auto from = std::chrono::steady_clock::now();
        const BatchResult result = processor.processBatch(scans);
        const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
        const size_t most = service.mostIn(std::chrono::milliseconds(900));
        out << QStringLiteral("%1  %2  %3  %4  %5  %6\n")
                   .arg(workers, 7)
                   .arg(result.processed, 7)
                   .arg(wall, 6, 'f', 1)
                   .arg(limit, 7, 'f', 1)
                   .arg(wall / limit, 5, 'f', 4)
                   .arg(most, 12);
        out.flush();
        // Too few workers for rate x latency can't reach the limit; only those that can are judged.
        if (options.workers >= rate * latency + 1)
            held = held && wall <= 1.03 * limit;
        held = held && result.processed == count && service.requests() == static_cast<size_t>(count);
    }
    return held ? 0 : 1;
}
