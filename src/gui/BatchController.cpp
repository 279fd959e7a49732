// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BatchController.h"

#include <QThread>
#include <utility>
#include <vector>

#include "core/BallotJudge.h"
#include "core/Validator.h"
#include "store/LedgerFile.h"

namespace tallydesk {

namespace {

// Ten times a second looks live and leaves the window its time, however fast ballots come.
constexpr int kLookIntervalMs = 100;

}  // namespace

/// What the window's thread and the run's thread share.
struct BatchController::Run {
    Run(BatchJob theJob, const Clock& clock) : job(std::move(theJob)), inbox(job.scans, clock) {}

    // Constant after construction.
    const BatchJob job;
    // Thread-safe.
    CancelToken cancel;
    BatchInbox inbox;

    std::mutex mutex;
    // Guarded by mutex: the processor lives in the run's thread.
    BatchProcessor* processor = nullptr;
    bool wantPause = false;
    std::optional<double> rate;

    // Written by the run's thread, read when it has ended.
    std::optional<Error> stopped;
};

BatchController::BatchController(RunTools tools, QObject* parent)
    : QObject(parent), m_tools(std::move(tools)), m_onDevice(std::make_shared<ReaderSet>()) {
    m_timer.setInterval(kLookIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &BatchController::look);
}

BatchController::~BatchController() {
    if (!m_thread)
        return;
    m_run->cancel.cancel();
    m_thread->disconnect(this);
    m_thread->wait();
    delete m_thread;
}

void BatchController::start(BatchJob job) {
    Q_ASSERT(m_phase == Phase::Idle);
    m_figures = {};
    m_figures.total = static_cast<int>(job.scans.size());
    m_pace = {};
    m_ranBefore = {};
    m_sinceResume.start();
    m_stoppedByUser = false;
    QList<BallotChange> waiting;
    for (const BallotScan& scan : job.scans) {
        BallotChange change;
        change.scan = scan;
        change.run = RunState::Waiting;
        waiting.append(change);
    }
    m_run = std::make_shared<Run>(std::move(job), *m_tools.clock);
    m_thread =
        QThread::create([run = m_run, tools = m_tools, kept = m_onDevice] { work(*run, tools, kept); });
    connect(m_thread, &QThread::finished, this, &BatchController::end);
    setPhase(Phase::Preparing);
    Q_EMIT changed(waiting);
    Q_EMIT figuresChanged();
    m_thread->start();
    m_timer.start();
}

// The run's thread. Answers are kept in the project, so that nothing is asked and paid twice.
Expected<ReaderSet> BatchController::makeReader(ReaderChoice choice, const Run& run, const RunTools& tools) {
    choice.answers = run.job.store.get();
    return tools.makeReader(choice);
}

// The run's thread.
void BatchController::work(Run& run, const RunTools& tools, const std::shared_ptr<ReaderSet>& kept) {
    ReaderSet fresh;
    ReaderSet* readers = kept.get();
    if (run.job.reader.kind != ReaderKind::OnDevice || !kept->reader) {
        auto made = makeReader(run.job.reader, run, tools);
        if (!made) {
            run.stopped = made.error();
            return;
        }
        readers = run.job.reader.kind == ReaderKind::OnDevice ? kept.get() : &fresh;
        *readers = std::move(*made);
    }
    BatchOptions options = run.job.options;
    options.progress = &run.inbox;
    options.clock = tools.clock;
    std::vector<ReaderSet> others;
    for (const FurtherChoice& further : run.job.further) {
        const bool onDevice = further.reader.kind == ReaderKind::OnDevice;
        if (!onDevice || !kept->reader) {
            auto made = makeReader(further.reader, run, tools);
            if (!made) {
                run.stopped = made.error();
                return;
            }
            if (onDevice)
                *kept = std::move(*made);
            else
                others.push_back(std::move(*made));
        }
        options.further.append({(onDevice ? *kept : others.back()).reader.get(), further.when});
    }
    std::optional<LedgerFile> ledger;
    if (readers->reader->usesService() && !tools.ledgerFolder.isEmpty()) {
        const ServiceSettings& service = run.job.reader.service;
        ledger.emplace(tools.ledgerFolder, LedgerFile::accountOf(QUrl(service.baseUrl), run.job.reader.key),
                       *tools.clock);
        options.ledger = &*ledger;
    }
    std::optional<LoggedSink> logged;
    options.sink = run.job.store.get();
    if (tools.log) {
        logged.emplace(*tools.log, options.sink);
        options.sink = &*logged;
        tools.log->note(QStringLiteral("begin"), QStringLiteral("ballots=%1 reader=%2")
                                                     .arg(run.job.scans.size())
                                                     .arg(readers->reader->id().simplified()));
    }
    const BallotJudge judge(tools.forms, Validator());
    BatchProcessor processor(*readers->reader, *tools.pages, judge, options);
    {
        const std::lock_guard lock(run.mutex);
        run.processor = &processor;
        if (run.rate)
            processor.limiter().setRate(*run.rate);
        if (run.wantPause)
            processor.pause();
    }
    const BatchResult result = processor.processBatch(run.job.scans, run.cancel);
    run.stopped = result.stopped;
    if (tools.log)
        tools.log->note(QStringLiteral("end"),
                        QStringLiteral("processed=%1 failed=%2 stopped=%3")
                            .arg(result.processed)
                            .arg(result.errors.size())
                            .arg(result.stopped ? result.stopped->code : QStringLiteral("-")));
    const std::lock_guard lock(run.mutex);
    run.processor = nullptr;
}

void BatchController::pause() {
    if (m_phase != Phase::Running && m_phase != Phase::Preparing)
        return;
    {
        const std::lock_guard lock(m_run->mutex);
        m_run->wantPause = true;
        if (m_run->processor)
            m_run->processor->pause();
    }
    m_ranBefore += std::chrono::milliseconds(m_sinceResume.elapsed());
    setPhase(Phase::Paused);
}

void BatchController::resume() {
    if (m_phase != Phase::Paused)
        return;
    {
        const std::lock_guard lock(m_run->mutex);
        m_run->wantPause = false;
        if (m_run->processor)
            m_run->processor->resume();
    }
    m_sinceResume.start();
    setPhase(Phase::Running);
}

void BatchController::stop() {
    if (!isBusy() || m_phase == Phase::Stopping)
        return;
    m_stoppedByUser = true;
    m_run->cancel.cancel();
    setPhase(Phase::Stopping);
}

void BatchController::setRate(double requestsPerSecond) {
    if (!m_run)
        return;
    const std::lock_guard lock(m_run->mutex);
    m_run->rate = requestsPerSecond;
    if (m_run->processor)
        m_run->processor->limiter().setRate(requestsPerSecond);
}

void BatchController::setPhase(Phase phase) {
    if (std::exchange(m_phase, phase) != phase)
        Q_EMIT phaseChanged(phase);
}

void BatchController::look() {
    const BatchInbox::News news = m_run->inbox.take();
    // The first ballot that moves shows that the reader is there.
    if (m_phase == Phase::Preparing && (!news.changes.isEmpty() || news.done > 0))
        setPhase(Phase::Running);
    m_figures.done = news.done;
    m_figures.failed = news.failed;
    m_figures.needReview = news.needReview;
    m_figures.pause = news.pause;
    m_figures.pauseUntil = news.pauseUntil;
    m_figures.usage = news.usage;
    m_figures.slowedTo =
        news.pace && *news.pace < m_run->job.options.requestsPerSecond ? news.pace : std::nullopt;
    if (m_phase == Phase::Running) {
        m_pace.note(m_ranBefore + std::chrono::milliseconds(m_sinceResume.elapsed()), news.done);
        m_figures.perMinute = m_pace.perMinute();
        m_figures.timeLeft = m_pace.timeLeft(m_figures.total - news.done);
    }
    if (!news.changes.isEmpty())
        Q_EMIT changed(news.changes);
    Q_EMIT figuresChanged();
}

void BatchController::end() {
    m_thread->wait();
    m_thread->deleteLater();
    m_thread = nullptr;
    m_timer.stop();
    look();
    m_figures.pause.reset();
    m_figures.pauseUntil.reset();
    const std::shared_ptr<Run> run = std::move(m_run);
    setPhase(Phase::Idle);
    Q_EMIT finished(run->stopped, m_stoppedByUser);
}

}  // namespace tallydesk
