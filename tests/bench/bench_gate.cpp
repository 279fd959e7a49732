// SPDX-License-Identifier: GPL-3.0-or-later
// How close the batch engine comes to the gate's limit, with a service that is nothing but its latency.
// Sleeps nearly all of the time.
#include "PaceBench.h"

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
    SlowService(std::chrono::milliseconds latency, bench::RequestTimes& times)
        : m_latency(latency), m_times(times) {}
    QString id() const override { return QStringLiteral("ai:bench"); }
    bool usesService() const override { return true; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan&, const QList<PageImage>&,
                                                      const CancelToken&) override {
        return std::make_shared<PreparedBallot>();
    }
    ReadAttempt attempt(const PreparedBallot&, int, const CancelToken& cancel) override {
        m_times.note();
        if (cancel.waitFor(m_latency))
            return ReadAttempt::failed(
                {{QStringLiteral("cancelled"), {}, {}}, FailureReach::Cancelled, 0, {}, false});
        return ReadAttempt::success({});
    }

private:
    const std::chrono::milliseconds m_latency;
    bench::RequestTimes& m_times;
};

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    const NoPages loader;
    const BallotJudge judge{FormCatalog(), Validator()};
    return bench::measurePace(app, [&](const bench::PaceRun& run) {
        SlowService service(run.latency, run.times);
        return BatchProcessor(service, loader, judge, run.options).processBatch(run.scans);
    });
}
