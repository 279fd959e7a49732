// SPDX-License-Identifier: GPL-3.0-or-later
// A batch against a service that fails in one way at a time, at 10 % and at 50 % of its requests: what was
// read, what failed with its exact cause, what was lost, doubled or wrong, and what it cost in requests and
// time over the run without faults.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>
#include <random>

#include "../readers/AiBatchTools.h"
#include "../readers/FaultyAnswers.h"
#include "net/HttpTransport.h"

using namespace tallydesk;
using namespace tallydesk::aitest;
using Steady = std::chrono::steady_clock;

namespace {

struct Row {
    int read = 0;
    int failed = 0;
    int otherCause = 0;
    int lost = 0;
    int doubled = 0;
    int wrong = 0;
    int requests = 0;
    double wall = 0;
};

Row measure(const Fault* fault, double share, int ballots, double rate, const Pictures& pictures) {
    std::mt19937 random(20260209);
    std::mutex mutex;
    QHash<int, int> answered;
    int requests = 0;
    FakeServer server([&](const FakeRequest& request) {
        const QByteArray hash = sha256(imagesIn(request.body).value(0));
        const std::lock_guard lock(mutex);
        ++requests;
        const bool strikes = fault && std::bernoulli_distribution(share)(random);
        if (!strikes || fault->way == Fault::Way::Right)
            ++answered[pictures.indexOf(hash)];
        FakeAnswer answer = faulty(strikes ? fault->name : "", QString::fromUtf8(compact(derivedForm(hash))));
        if (answer.way == FakeAnswer::Way::Whole)
            answer.pauseMs = std::uniform_int_distribution(50, 250)(random);
        return answer;
    });
    BatchOptions options;
    options.requestsPerSecond = rate;
    options.workers = BatchOptions::kAutoWorkers;
    // A tenth of the usual waits, as the pace is ten times the usual and more.
    options.backoffMin = std::chrono::milliseconds(400);
    options.backoffMax = std::chrono::milliseconds(1000);
    HttpTransport transport;
    Records records;
    const auto from = Steady::now();
    const BatchResult result = readBatch(transport, server.url(QStringLiteral("/api/v1")).toString(), ballots,
                                         options, records, std::chrono::seconds(3));
    Row row;
    row.wall = std::chrono::duration<double>(Steady::now() - from).count();
    for (int i = 0; i < ballots; ++i) {
        const BallotResult& ballot = result.results[i];
        const bool isFailed = ballot.status == BallotStatus::Failed;
        const bool isRead =
            ballot.status == BallotStatus::Accepted || ballot.status == BallotStatus::NeedsReview;
        row.read += isRead;
        row.failed += isFailed;
        row.otherCause += isFailed && ballot.error->code != QLatin1String(fault ? fault->code : "");
        row.lost += !isRead && !isFailed;
        row.wrong += isRead && !pictures.isOwnAnswer(ballot);
    }
    const std::lock_guard lock(mutex);
    for (const int times : std::as_const(answered))
        row.doubled += times > 1;
    row.requests = requests;
    return row;
}

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("ballots"), QStringLiteral("How many."), QStringLiteral("n"), QStringLiteral("200")},
         {QStringLiteral("rate"), QStringLiteral("Requests a second."), QStringLiteral("r"),
          QStringLiteral("40")}});
    parser.process(app);
    const int ballots = parser.value(QStringLiteral("ballots")).toInt();
    const double rate = parser.value(QStringLiteral("rate")).toDouble();
    const Pictures pictures(ballots);
    QTextStream out(stdout);
    const Row base = measure(nullptr, 0, ballots, rate, pictures);
    out << "without faults: read " << base.read << ", requests " << base.requests << ", wall " << base.wall
        << " s\n\n| fault | share | read | failed | with another cause | lost | doubled | wrong | extra "
           "requests | wall over fault-free |\n|---|---|---|---|---|---|---|---|---|---|\n";
    bool held = base.read == ballots;
    for (const Fault& fault : faults())
        for (const double share : {0.1, 0.5}) {
            const Row row = measure(&fault, share, ballots, rate, pictures);
            out << "| " << fault.name << " | " << 100 * share << " % | " << row.read << " | " << row.failed
                << " | " << row.otherCause << " | " << row.lost << " | " << row.doubled << " | " << row.wrong
                << " | " << row.requests - ballots << " | " << QString::number(row.wall / base.wall, 'f', 2)
                << " |" << Qt::endl;
            held = held && row.otherCause == 0 && row.lost == 0 && row.doubled == 0 && row.wrong == 0;
        }
    return held ? 0 : 1;
}
