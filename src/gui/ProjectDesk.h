// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <optional>

#include "gui/AppSettings.h"
#include "gui/BallotTableModel.h"
#include "gui/BatchController.h"
#include "gui/ProjectSession.h"
#include "gui/RecentProjects.h"
#include "gui/ScanFinder.h"
#include "readers/ai/ServiceInfo.h"

namespace tallydesk {

/// What the desk needs from outside. Pointers outlive it.
struct DeskTools {
    RunTools batch;
    MessageCatalog messages;
    QSettings* settings = nullptr;
    /// Where projects are kept that nobody placed.
    QString projectFolder;
    /// The service's key; asked in the GUI thread when a run with the service begins.
    std::function<Expected<SecretKey>()> key;
};

/// Something to tell in the window, without stopping anybody.
struct Notice {
    enum class Kind { Info, Warning, Error };
    Kind kind = Kind::Info;
    QString text;
    /// One a line, shown when asked for.
    QStringList details;
    /// Code of the error behind it, if there is one.
    QString code;
};

/// How a run ended.
struct RunEnd {
    BatchFigures figures;
    std::optional<Error> stopped;
    bool byUser = false;
};

/// What the window does, without its widgets: finds scans, keeps them in the project, runs them, takes
/// reviews. Owns the ballots' model and the objects that work in threads. GUI thread.
class ProjectDesk final : public QObject {
    Q_OBJECT
public:
    explicit ProjectDesk(DeskTools tools, QObject* parent = nullptr);
    ~ProjectDesk() override;

    BallotTableModel* ballots() { return &m_ballots; }
    const BallotTableModel* ballots() const { return &m_ballots; }
    const BatchController& batch() const { return m_batch; }
    const RecentProjects& recent() const { return m_recent; }
    const AppSettings& settings() const { return m_settings; }
    /// Counts for the next run; a changed pace also for the one under way.
    void setSettings(const AppSettings& settings);

    /// Files and folders of scans, also while a run goes on. Without a project the one of the same folder
    /// is opened, or one is made.
    void addScans(const QStringList& paths);
    void cancelFinding() { m_finder.cancel(); }
    bool isFinding() const { return m_finder.isBusy() || !m_incoming.isEmpty(); }
    /// Only while no run goes on.
    void openProject(QString path);
    void closeProject();
    bool hasProject() const { return !m_project.path.isEmpty(); }
    QString projectPath() const { return m_project.path; }
    QString projectTitle() const { return m_project.title; }
    void forgetProject(QString path);
    /// Looks which recent projects are there; recentPresence() tells.
    void lookForRecent();
    /// What the service lets a free key ask at most, for runs without limits of their own.
    void setFreeLimits(const std::optional<FreeLimits>& limits) { m_freeLimits = limits; }
    /// What a ballot of this project cost with this reader on the mean, in US dollars.
    std::optional<double> meanCost(const QString& reader) const;
    /// As results name the reader of the next run.
    QString readerId() const;
    bool isSaving() const { return m_session.isSaving(); }
    int unkeptDecisions() const { return m_session.unkeptDecisions(); }

    /// Reads what was not read yet.
    void start();
    /// Reads these again, but for those that a person has settled.
    void readAgain(const QList<int>& rows);
    void pause() { m_batch.pause(); }
    void resume() { m_batch.resume(); }
    void stop();
    bool isBusy() const { return m_batch.isBusy(); }

    /// Takes ballots out of the project that no run holds; says how many.
    int remove(const QList<int>& rows);
    /// Puts ballots that a person arranged from the pages of `before` in their place, unread. False when a
    /// run holds one of those.
    bool arrange(const QList<BallotScan>& before, const QList<BallotScan>& after);
    /// Hands ballots that no run holds over to another project, with what was read and decided; says how
    /// many.
    int moveTo(const QString& path, const QList<int>& rows);
    /// A person's decision.
    void keepReview(const BallotResult& result, const QList<Correction>& corrections);
    /// Keeps the counts of the open project for the welcome screen.
    void noteRecent();

Q_SIGNALS:
    void projectChanged();
    void recentChanged();
    void recentPresence(const QStringList& missing);
    void findingChanged();
    /// As ScanFinder::progress().
    void findingProgress(int done, int total);
    /// Ballots were added by addScans() or came with the project; the first of them is at `firstRow`. Also
    /// told when none of them was new.
    void scansAdded(int firstRow, int count);
    void phaseChanged();
    void figuresChanged();
    void runEnded(const tallydesk::RunEnd& end);
    void noticed(const tallydesk::Notice& notice);
    void savingChanged(bool saving);

private:
    struct Incoming {
        QList<BallotResult> ballots;
        bool fromProject = false;
    };

    void projectOpened(const QString& path, const QList<BallotResult>& ballots);
    void scansFound(const QStringList& paths, const IntakeResult& result);
    void feed();
    void takeArranged(Incoming& incoming) const;
    QList<int> idleRows(const QList<int>& rows) const;
    void fed(bool fromProject);
    /// `anew`: a person wants another reading, not the answer that is there.
    void run(const QList<BallotScan>& scans, bool anew);
    void batchFinished(const std::optional<Error>& stopped, bool byUser);
    void moved(const QString& path, const QList<BallotScan>& scans);
    void takeRevised(const QList<BallotResult>& ballots);
    void takeRecalled(const QList<BallotResult>& ballots);
    void noteFailedAgain(const QList<BallotChange>& changes);
    void say(Notice::Kind kind, const Error& error, const QStringList& details = {});
    void sayIntake(const IntakeResult& result);

    const DeskTools m_tools;
    AppSettings m_settings;
    RecentProjects m_recent;
    RecentProject m_project;
    BallotTableModel m_ballots;
    ScanFinder m_finder;
    ProjectSession m_session;
    BatchController m_batch;
    /// Ballots on their way into the model, so many at a time that the window stays awake.
    QList<Incoming> m_incoming;
    qsizetype m_fed = 0;
    int m_addedFrom = -1;
    QTimer m_feedTimer;
    bool m_opening = false;
    /// Found while the project was still being opened.
    QList<Incoming> m_foundEarly;
    /// Added while a run goes on; read after it.
    QList<BallotScan> m_queue;
    bool m_queueAnew = false;
    /// Ballots of this run that failed and keep what was read before, in words.
    QStringList m_failedAgain;
    std::optional<FreeLimits> m_freeLimits;
    QTimer m_acrossTimer;
};

}  // namespace tallydesk
