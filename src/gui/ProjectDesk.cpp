// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ProjectDesk.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>
#include <utility>

#include "core/CountedReading.h"
#include "core/PageArrangement.h"
#include "gui/UiLanguage.h"
#include "imaging/FolderScanner.h"
#include "imaging/NaturalOrder.h"

namespace tallydesk {

namespace {

// Rows added in one turn of the event loop; that many take a few milliseconds.
constexpr qsizetype kFeed = 1000;
// The rules between ballots are looked at once the hand rests.
constexpr int kAcrossDelayMs = 700;

}  // namespace

ProjectDesk::ProjectDesk(DeskTools tools, QObject* parent)
    : QObject(parent),
      m_tools(std::move(tools)),
      m_settings(AppSettings::load(*m_tools.settings)),
      m_recent(*m_tools.settings),
      m_ballots(BallotWords(m_tools.batch.forms, m_tools.messages)),
      m_finder(m_tools.batch.forms),
      m_session(*m_tools.batch.clock),
      m_batch(m_tools.batch) {
    m_feedTimer.setInterval(0);
    connect(&m_feedTimer, &QTimer::timeout, this, &ProjectDesk::feed);
    m_acrossTimer.setSingleShot(true);
    m_acrossTimer.setInterval(kAcrossDelayMs);
    connect(&m_acrossTimer, &QTimer::timeout, this, [this] { m_session.checkAcross(m_ballots.results()); });
    connect(&m_finder, &ScanFinder::progress, this, &ProjectDesk::findingProgress);
    connect(&m_finder, &ScanFinder::found, this, &ProjectDesk::scansFound);
    connect(&m_session, &ProjectSession::opened, this, &ProjectDesk::projectOpened);
    connect(&m_session, &ProjectSession::openFailed, this, [this](const QString&, const Error& error) {
        m_opening = false;
        m_project = {};
        m_foundEarly.clear();
        m_finder.cancel();
        Q_EMIT projectChanged();
        say(Notice::Kind::Error, error);
    });
    connect(&m_session, &ProjectSession::failed, this,
            [this](const Error& error) { say(Notice::Kind::Error, error); });
    connect(&m_session, &ProjectSession::moved, this, &ProjectDesk::moved);
    connect(&m_session, &ProjectSession::revised, this, &ProjectDesk::takeRevised);
    connect(&m_session, &ProjectSession::recalled, this, &ProjectDesk::takeRecalled);
    connect(&m_session, &ProjectSession::presenceKnown, this, &ProjectDesk::recentPresence);
    connect(&m_session, &ProjectSession::savingChanged, this, &ProjectDesk::savingChanged);
    // In this order: it compares with what counts before the change.
    connect(&m_batch, &BatchController::changed, this, &ProjectDesk::noteFailedAgain);
    connect(&m_batch, &BatchController::changed, &m_ballots, &BallotTableModel::apply);
    connect(&m_batch, &BatchController::phaseChanged, this, &ProjectDesk::phaseChanged);
    connect(&m_batch, &BatchController::figuresChanged, this, &ProjectDesk::figuresChanged);
    connect(&m_batch, &BatchController::finished, this, &ProjectDesk::batchFinished);
}

ProjectDesk::~ProjectDesk() = default;

void ProjectDesk::setSettings(const AppSettings& settings) {
    if (settings.requestsPerSecond != m_settings.requestsPerSecond)
        m_batch.setRate(settings.requestsPerSecond);
    m_settings = settings;
    m_settings.save(*m_tools.settings);
}

QString ProjectDesk::readerId() const {
    return tallydesk::readerId(m_settings.readerChoice({}));
}

void ProjectDesk::addScans(const QStringList& paths) {
    if (paths.isEmpty())
        return;
    m_finder.find(paths);
    Q_EMIT findingChanged();
    if (hasProject())
        return;
    m_project =
        m_recent.projectFor(paths, m_tools.projectFolder, m_tools.batch.clock->utcNow().toLocalTime());
    m_opening = true;
    m_session.open(m_project.path);
    Q_EMIT projectChanged();
}

// By value, as in forgetProject(): the caller may pass an entry of the list that changes here.
void ProjectDesk::openProject(QString path) {
    closeProject();
    for (const RecentProject& known : m_recent.list())
        if (known.path == path)
            m_project = known;
    m_project.path = path;
    if (m_project.title.isEmpty())
        m_project.title = QFileInfo(path).completeBaseName();
    m_opening = true;
    m_session.open(path);
    Q_EMIT projectChanged();
}

void ProjectDesk::closeProject() {
    if (!hasProject())
        return;
    noteRecent();
    m_finder.cancel();
    m_feedTimer.stop();
    m_acrossTimer.stop();
    m_incoming.clear();
    m_foundEarly.clear();
    m_queue.clear();
    m_failedAgain.clear();
    m_fed = 0;
    m_opening = false;
    m_project = {};
    m_session.close();
    m_ballots.clear();
    Q_EMIT projectChanged();
}

void ProjectDesk::forgetProject(QString path) {
    m_recent.forget(path);
    Q_EMIT recentChanged();
}

void ProjectDesk::lookForRecent() {
    QStringList paths;
    for (const RecentProject& project : m_recent.list())
        paths.append(project.path);
    m_session.lookFor(paths);
}

void ProjectDesk::projectOpened(const QString&, const QList<BallotResult>& ballots) {
    m_opening = false;
    m_incoming.append({ballots, true});
    m_incoming += std::exchange(m_foundEarly, {});
    m_feedTimer.start();
    Q_EMIT findingChanged();
}

void ProjectDesk::scansFound(const QStringList&, const IntakeResult& result) {
    if (hasProject() && !result.cancelled) {
        Incoming found;
        for (const BallotScan& scan : result.ballots) {
            BallotResult ballot;
            ballot.scan = scan;
            found.ballots.append(ballot);
        }
        (m_opening ? m_foundEarly : m_incoming).append(found);
        if (!m_opening)
            m_feedTimer.start();
        sayIntake(result);
    }
    Q_EMIT findingChanged();
}

void ProjectDesk::feed() {
    if (m_incoming.isEmpty()) {
        m_feedTimer.stop();
        return;
    }
    Incoming& incoming = m_incoming.first();
    if (m_fed == 0) {
        m_addedFrom = m_ballots.count();
        if (!incoming.fromProject)
            takeArranged(incoming);
    }
    const int before = m_ballots.count();
    m_ballots.append(incoming.ballots.mid(m_fed, kFeed));
    m_fed += kFeed;
    if (!incoming.fromProject && m_batch.isBusy()) {
        // Read after the run that goes on.
        QList<BallotChange> waiting;
        for (int row = before; row < m_ballots.count(); ++row) {
            m_queue.append(m_ballots.at(row).result.scan);
            BallotChange change;
            change.scan = m_queue.last();
            change.run = RunState::Waiting;
            waiting.append(change);
        }
        m_ballots.apply(waiting);
    }
    if (m_fed < incoming.ballots.size())
        return;
    const bool fromProject = incoming.fromProject;
    m_incoming.removeFirst();
    m_fed = 0;
    fed(fromProject);
}

// Pages that a person has arranged stay as arranged when their folder is found again.
void ProjectDesk::takeArranged(Incoming& incoming) const {
    QList<BallotScan> arranged;
    for (int row = 0; row < m_ballots.count(); ++row)
        if (m_ballots.at(row).result.scan.arranged)
            arranged.append(m_ballots.at(row).result.scan);
    if (arranged.isEmpty())
        return;
    QList<BallotScan> found;
    for (const BallotResult& ballot : incoming.ballots)
        found.append(ballot.scan);
    incoming.ballots.clear();
    for (const BallotScan& scan : withArrangements(found, arranged)) {
        BallotResult ballot;
        ballot.scan = scan;
        incoming.ballots.append(ballot);
    }
}

void ProjectDesk::fed(bool fromProject) {
    const int added = m_ballots.count() - m_addedFrom;
    if (!fromProject && added > 0) {
        QList<BallotScan> all;
        for (int row = 0; row < m_ballots.count(); ++row)
            all.append(m_ballots.at(row).result.scan);
        // Which reader would run next says nothing about what counts for the ballots that are there.
        RunReaders readers = m_settings.runReaders();
        readers.onlyEnter = true;
        m_session.enter(all, readers, all.mid(m_addedFrom));
    }
    noteRecent();
    if (m_incoming.isEmpty())
        Q_EMIT findingChanged();
    Q_EMIT scansAdded(m_addedFrom, added);
}

void ProjectDesk::sayIntake(const IntakeResult& result) {
    QStringList details;
    for (const DuplicateFile& duplicate : result.duplicates)
        details.append(tr("%1 has the same content as %2").arg(duplicate.file, duplicate.firstFile));
    for (const SkippedFile& skipped : result.skipped)
        details.append(
            QStringLiteral("%1: %2").arg(skipped.file, m_tools.messages.text(skipped.reason, uiLanguage())));
    const auto lost =
        static_cast<int>(std::count_if(result.skipped.begin(), result.skipped.end(), mayHideScans));
    // What is missing from the count, or counts twice, is said before anything else.
    QStringList warnings;
    if (lost > 0)
        warnings.append(
            tr("%n file(s) or folder(s) could not be taken in. Nothing in them is counted.", nullptr, lost));
    if (!result.duplicates.isEmpty())
        warnings.append(tr("%n file(s) are there twice. Both are read; remove the copies before you export.",
                           nullptr, static_cast<int>(result.duplicates.size())));
    if (result.ballots.isEmpty() && result.skipped.isEmpty())
        Q_EMIT noticed({Notice::Kind::Warning,
                        tr("No scans were found there. Choose a folder that holds PDF or image files."),
                        {},
                        {}});
    else if (!warnings.isEmpty())
        Q_EMIT noticed({Notice::Kind::Warning, warnings.join(u' '), details, {}});
    else if (!details.isEmpty())
        Q_EMIT noticed(
            {Notice::Kind::Info,
             tr("%n file(s) are no scans and were left alone.", nullptr, static_cast<int>(details.size())),
             details,
             {}});
}

std::optional<double> ProjectDesk::meanCost(const QString& reader) const {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < m_ballots.count(); ++row) {
        const BallotResult& ballot = m_ballots.at(row).result;
        const QJsonValue cost = ballot.data.readerNotes[u"usage"][u"cost"];
        if (ballot.reader != reader || !cost.isDouble())
            continue;
        sum += cost.toDouble();
        ++count;
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

void ProjectDesk::start() {
    QList<BallotScan> scans;
    for (int row = 0; row < m_ballots.count(); ++row)
        if (m_ballots.stateAt(row) == ShownState::NotRead)
            scans.append(m_ballots.at(row).result.scan);
    run(scans, false);
}

void ProjectDesk::readAgain(const QList<int>& rows) {
    QList<BallotScan> scans;
    for (const int row : rows)
        if (m_ballots.has(row) && m_ballots.at(row).run == RunState::Idle &&
            !isSettledByPerson(m_ballots.at(row).result.status))
            scans.append(m_ballots.at(row).result.scan);
    run(scans, true);
}

void ProjectDesk::stop() {
    m_queue.clear();
    m_batch.stop();
}

void ProjectDesk::run(const QList<BallotScan>& scans, bool anew) {
    if (scans.isEmpty() || !m_session.isOpen())
        return;
    if (m_batch.isBusy()) {
        m_queue += scans;
        m_queueAnew = m_queueAnew || anew;
        QList<BallotChange> waiting;
        for (const BallotScan& scan : scans) {
            BallotChange change;
            change.scan = scan;
            change.run = RunState::Waiting;
            waiting.append(change);
        }
        m_ballots.apply(waiting);
        return;
    }
    SecretKey key;
    if (m_settings.usesService()) {
        auto found = m_tools.key();
        if (!found) {
            say(Notice::Kind::Error, found.error());
            return;
        }
        key = *found;
    }
    BatchJob job;
    job.scans = scans;
    job.reader = m_settings.readerChoice(key);
    // Whoever asks for another reading wants no answer that is there already.
    job.reader.service.reuseAnswers = !anew;
    job.further = m_settings.furtherChoices(key);
    for (FurtherChoice& further : job.further)
        further.reader.service.reuseAnswers = !anew;
    job.options = m_settings.batchOptions();
    if (m_freeLimits) {
        job.options.perMinute = job.options.perMinute.value_or(m_freeLimits->perMinute);
        job.options.perDay = job.options.perDay.value_or(m_freeLimits->perDay);
    }
    job.store = m_session.store();
    m_batch.start(std::move(job));
}

void ProjectDesk::batchFinished(const std::optional<Error>& stopped, bool byUser) {
    const QList<BallotScan> queue = std::exchange(m_queue, {});
    const bool anew = std::exchange(m_queueAnew, false);
    m_ballots.endRun();
    noteRecent();
    if (!queue.isEmpty() && !stopped && !byUser) {
        run(queue, anew);
        if (m_batch.isBusy())
            return;
    }
    m_acrossTimer.start();
    QStringList failedAgain = std::exchange(m_failedAgain, {});
    std::sort(failedAgain.begin(), failedAgain.end(),
              [](const QString& a, const QString& b) { return compareNaturally(a, b) < 0; });
    if (stopped)
        say(Notice::Kind::Error, *stopped, failedAgain);
    const QString project = m_project.path;
    Q_EMIT runEnded({m_batch.figures(), stopped, byUser});
    // Behind the run's outcome, whose counts don't show these; another project may be open by then.
    if (!stopped && !failedAgain.isEmpty() && m_project.path == project)
        Q_EMIT noticed({Notice::Kind::Warning,
                        tr("%n ballot(s) could not be read again. What was read before still counts.",
                           nullptr, static_cast<int>(failedAgain.size())),
                        failedAgain,
                        {}});
}

void ProjectDesk::noteFailedAgain(const QList<BallotChange>& changes) {
    for (const BallotChange& change : changes) {
        const int row = m_ballots.rowOf(change.scan);
        if (row < 0 || !change.result || change.result->status != BallotStatus::Failed ||
            takesThePlaceOf(*change.result, m_ballots.at(row).result.status))
            continue;
        const QString reason = m_tools.messages.text(change.result->error.value_or(Error{}), uiLanguage());
        m_failedAgain.append(QStringLiteral("%1: %2").arg(change.scan.file, reason));
    }
}

void ProjectDesk::noteRecent() {
    if (!hasProject())
        return;
    m_project.opened = m_tools.batch.clock->utcNow();
    m_project.ballots = m_ballots.count();
    m_project.toReview = m_ballots.countOf(ShownState::NeedsReview);
    m_project.failed = m_ballots.countOf(ShownState::Failed);
    m_project.unread = m_ballots.count() - m_project.toReview - m_project.failed -
                       m_ballots.countOf(ShownState::Accepted) - m_ballots.countOf(ShownState::Settled) -
                       m_ballots.countOf(ShownState::Unreadable);
    m_recent.note(m_project);
    Q_EMIT recentChanged();
}

void ProjectDesk::say(Notice::Kind kind, const Error& error, const QStringList& details) {
    Q_EMIT noticed({kind, m_tools.messages.text(error, uiLanguage()), details, error.code});
}

}  // namespace tallydesk
