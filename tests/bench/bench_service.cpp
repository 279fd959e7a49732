// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way of a ballot to an AI service and back, over HTTP on loopback: N ballots at R requests a
// second, each answered after L seconds, can't be done faster than (N - 1) / R + L.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>
#include <algorithm>
#include <mutex>
#include <vector>

#include "../net/FakeServer.h"
#include "../readers/AiTestTools.h"
#include "batch/BatchProcessor.h"
#include "net/HttpTransport.h"
#include "readers/ai/AiReader.h"

using namespace tallydesk;
using namespace tallydesk::aitest;

namespace {

class SmallPages final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        return QList<PageImage>{{smallPage(scan.file.section(QLatin1Char('-'), 1).toInt()), 1, 1.0}};
    }
};

/// Milliseconds at which requests arrived.
class Arrivals {
public:
    Arrivals() { m_timer.start(); }
    void note() {
        const std::lock_guard lock(m_mutex);
        m_times.push_back(m_timer.elapsed());
    }
    size_t count() const { return m_times.size(); }
    /// The most in any half-open window.
    size_t mostIn(qint64 window) {
        std::sort(m_times.begin(), m_times.end());
        size_t most = 0;
        for (size_t first = 0, last = 0; last < m_times.size(); ++last) {
            while (m_times[last] - m_times[first] >= window)
                ++first;
            most = std::max(most, last - first + 1);
        }
        return most;
    }

private:
    std::mutex m_mutex;
    QElapsedTimer m_timer;
    std::vector<qint64> m_times;
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
    const auto forms = FormCatalog::builtIn();
    if (!forms || count < 1 || rate <= 0 || latency < 0) {
        QTextStream(stderr) << "unusable arguments\n";
        return 2;
    }

    QList<BallotScan> scans;
    for (int i = 0; i < count; ++i) {
        BallotScan scan;
        scan.file = QStringLiteral("ballot-%1").arg(i, 5, 10, QLatin1Char('0'));
        scan.pageNumbers = {1};
        scan.formId = QStringLiteral("5-18-constituency");
        scans.append(scan);
    }
    const SmallPages pages;
    const BallotJudge judge{*forms, Validator()};
    QTextStream out(stdout);
    out << "workers  ballots  wall_s  limit_s  ratio  most_in_0.9s\n";
    const double limit = (count - 1) / rate + latency;
    bool held = true;
    for (const QString& workers : parser.value(QStringLiteral("workers")).split(QLatin1Char(','))) {
        Arrivals arrivals;
        FakeServer server([&](const FakeRequest& request) {
            arrivals.note();
            FakeAnswer answer;
            answer.pauseMs = static_cast<int>(latency * 1000);
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            answer.body = completion(QString::fromUtf8(compact(derivedForm(hash))));
            return answer;
        });
        HttpTransport transport;
        ServiceSettings settings;
        settings.baseUrl = server.url(QStringLiteral("/api/v1")).toString();
        const auto reader =
            AiReader::create(transport, *forms, settings, SecretKey(QStringLiteral("bench-key"))).value();
        BatchOptions options;
        options.workers = workers.toInt();
        options.requestsPerSecond = rate;
        BatchProcessor processor(*reader, pages, judge, options);
        QElapsedTimer timer;
        timer.start();
        const BatchResult result = processor.processBatch(scans);
        const double wall = static_cast<double>(timer.elapsed()) / 1000.0;
        out << QStringLiteral("%1  %2  %3  %4  %5  %6\n")
                   .arg(workers, 7)
                   .arg(result.processed, 7)
                   .arg(wall, 6, 'f', 1)
                   .arg(limit, 7, 'f', 1)
                   .arg(wall / limit, 5, 'f', 4)
                   .arg(arrivals.mostIn(900), 12);
        out.flush();
        // Too few workers for rate x latency can't reach the limit; only those that can are judged.
        if (options.workers >= rate * latency + 1)
            held = held && wall <= 1.03 * limit;
        held = held && result.processed == count && result.errors.isEmpty() &&
               arrivals.count() == static_cast<size_t>(count);
    }
    return held ? 0 : 1;
}
