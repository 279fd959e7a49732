// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "batch/BatchProcessor.h"
#include "core/BallotReader.h"
#include "core/FormTemplate.h"
#include "gui/AppSettings.h"
#include "gui/BatchInbox.h"
#include "gui/RunPace.h"
#include "readers/ReaderFactory.h"
#include "store/ProjectStore.h"
#include "store/SupportLog.h"

class QThread;

namespace tallydesk {

/// What a run needs from outside. Makers and loaders are called in worker threads.
struct RunTools {
    std::function<Expected<ReaderSet>(const ReaderChoice&)> makeReader;
    std::shared_ptr<const PageLoader> pages;
    FormCatalog forms;
    /// Outlives the controller.
    const Clock* clock = nullptr;
    /// Where a service's requests of the day are counted (store/LedgerFile.h); empty for nowhere.
    QString ledgerFolder;
    /// May be null; outlives the controller.
    SupportLog* log = nullptr;
};

/// One run to make.
struct BatchJob {
    QList<BallotScan> scans;
    ReaderChoice reader;
    QList<FurtherChoice> further;
    /// Workers, pace and attempts; the controller sets the pointers.
    BatchOptions options;
    /// Keeps results and answers; may be null.
    std::shared_ptr<ProjectStore> store;
};

/// How far a run is, for the status bar.
struct BatchFigures {
    int total = 0;
    int done = 0;
    int failed = 0;
    int needReview = 0;
    std::optional<double> perMinute;
    std::optional<std::chrono::milliseconds> timeLeft;
    /// Why the batch waits (also the user's pause), and until when where that is known.
    std::optional<Error> pause;
    std::optional<QDateTime> pauseUntil;
    /// Requests a second that the service bears for now, when that is less than was asked for.
    std::optional<double> slowedTo;
    ServiceUsage usage;
};

/// Runs batches in a thread of its own and tells the window what changed, merged. One run at a time; pause,
/// resume and stop at any moment of it. GUI thread; destroying it stops a run and waits for its end (within
/// a second).
class BatchController final : public QObject {
    Q_OBJECT
public:
    /// Preparing: the reader is being made. Stopping: what is under way ends.
    enum class Phase { Idle, Preparing, Running, Paused, Stopping };

    explicit BatchController(RunTools tools, QObject* parent = nullptr);
    ~BatchController() override;

    /// Only while idle.
    void start(BatchJob job);
    void pause();
    void resume();
    void stop();
    /// Changes the pace of a run under way.
    void setRate(double requestsPerSecond);

    Phase phase() const { return m_phase; }
    bool isBusy() const { return m_phase != Phase::Idle; }
    const BatchFigures& figures() const { return m_figures; }

Q_SIGNALS:
    void phaseChanged(tallydesk::BatchController::Phase phase);
    void changed(const QList<tallydesk::BallotChange>& changes);
    void figuresChanged();
    /// The run is over and every change was told. `stopped` is why it ended early, when the cause concerns
    /// all ballots; `byUser` when stop() ended it.
    void finished(const std::optional<tallydesk::Error>& stopped, bool byUser);

private:
    struct Run;

    static Expected<ReaderSet> makeReader(ReaderChoice choice, const Run& run, const RunTools& tools);
    static void work(Run& run, const RunTools& tools, const std::shared_ptr<ReaderSet>& kept);
    void setPhase(Phase phase);
    void look();
    void end();

    const RunTools m_tools;
    QTimer m_timer;
    Phase m_phase = Phase::Idle;
    BatchFigures m_figures;
    RunPace m_pace;
    /// Running time without pauses.
    QElapsedTimer m_sinceResume;
    std::chrono::milliseconds m_ranBefore{};
    bool m_stoppedByUser = false;
    QThread* m_thread = nullptr;
    std::shared_ptr<Run> m_run;
    /// The on-device reader stays: its nets take a moment to load. Touched by the run's thread while one
    /// runs.
    const std::shared_ptr<ReaderSet> m_onDevice;
};

}  // namespace tallydesk
