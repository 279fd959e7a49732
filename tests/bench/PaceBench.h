// SPDX-License-Identifier: GPL-3.0-or-later
// What the benchmarks of the pace share: options, ballots, the table, and the verdict.
#pragma once

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <mutex>
#include <vector>

#include "batch/BatchProcessor.h"

namespace tallydesk::bench {

/// When requests left or arrived. Thread-safe.
class RequestTimes {
public:
    void note() {
        const std::lock_guard lock(m_mutex);
        m_times.push_back(std::chrono::steady_clock::now());
    }
    size_t count() const {
        const std::lock_guard lock(m_mutex);
        return m_times.size();
    }
    /// The most in any half-open window of the given length.
    size_t mostIn(std::chrono::milliseconds window) {
        const std::lock_guard lock(m_mutex);
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
    mutable std::mutex m_mutex;
    std::vector<std::chrono::steady_clock::time_point> m_times;
};

/// What one run gets, and what it tells.
struct PaceRun {
    QList<BallotScan> scans;
    BatchOptions options;
    std::chrono::milliseconds latency;
    RequestTimes& times;
};

/// Reads the command line, lets `read` do one run for each number of workers, and prints a line for each.
/// N ballots at R requests a second, each answered after L seconds, can't be done faster than
/// (N - 1) / R + L. Returns the exit status: 1 when a run with enough workers misses that by more than 3 %,
/// or when a ballot is lost or sent twice.
inline int measurePace(const QCoreApplication& app, const std::function<BatchResult(const PaceRun&)>& read) {
    const auto option = [](const char* name, const char* help, const char* value, const char* preset) {
        return QCommandLineOption(QLatin1String(name), QLatin1String(help), QLatin1String(value),
                                  QLatin1String(preset));
    };
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({option("ballots", "How many.", "n", "500"),
                       option("rate", "Requests a second.", "r", "2"),
                       option("latency", "Seconds to each answer.", "s", "6"),
                       option("workers", "Comma-separated; one run each.", "list", "16,5")});
    parser.process(app);
    const int count = parser.value(QStringLiteral("ballots")).toInt();
    const double rate = parser.value(QStringLiteral("rate")).toDouble();
    const double latency = parser.value(QStringLiteral("latency")).toDouble();
    if (count < 1 || rate <= 0 || latency < 0) {
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
    QTextStream out(stdout);
    out << "workers  ballots  wall_s  limit_s  ratio  most_in_0.9s\n";
    const double limit = (count - 1) / rate + latency;
    bool held = true;
    for (const QString& workers : parser.value(QStringLiteral("workers")).split(QLatin1Char(','))) {
        RequestTimes times;
        PaceRun run{scans, {}, std::chrono::milliseconds(std::llround(latency * 1000)), times};
        run.options.workers = workers.toInt();
        run.options.requestsPerSecond = rate;
        const auto from = std::chrono::steady_clock::now();
        const BatchResult result = read(run);
        const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
        out << QStringLiteral("%1  %2  %3  %4  %5  %6\n")
                   .arg(workers, 7)
                   .arg(result.processed, 7)
                   .arg(wall, 6, 'f', 1)
                   .arg(limit, 7, 'f', 1)
                   .arg(wall / limit, 5, 'f', 4)
                   .arg(times.mostIn(std::chrono::milliseconds(900)), 12);
        out.flush();
        // Too few workers for rate x latency can't reach the limit; only those that can are judged.
        if (run.options.workers >= rate * latency + 1)
            held = held && wall <= 1.03 * limit;
        held = held && result.processed == count && result.errors.isEmpty() &&
               times.count() == static_cast<size_t>(count);
    }
    return held ? 0 : 1;
}

}  // namespace tallydesk::bench
