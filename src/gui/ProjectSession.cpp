// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ProjectSession.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <utility>

#include "core/CrossBallotRules.h"
#include "gui/BallotItem.h"

namespace tallydesk {

namespace {

// A disk gets room, or another program ends, at a person's pace.
constexpr int kTryAgainMs = 10'000;

}  // namespace

ProjectSession::ProjectSession(const Clock& clock, QObject* parent)
    : QObject(parent), m_clock(clock), m_worker(new QObject) {
    m_thread.setObjectName(QStringLiteral("project"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    m_again.setInterval(kTryAgainMs);
    connect(&m_again, &QTimer::timeout, this, &ProjectSession::tryAgain);
}

ProjectSession::~ProjectSession() {
    tryAgain();
    // Behind everything that was asked for.
    QMetaObject::invokeMethod(m_worker, [thread = &m_thread] { thread->quit(); });
    m_thread.wait();
}

// `work` runs in the session's thread; what it returns runs in the caller's.
void ProjectSession::post(const std::function<Reply()>& work) {
    QMetaObject::invokeMethod(m_worker, [this, work] {
        const Reply reply = work();
        if (reply)
            QMetaObject::invokeMethod(this, reply);
    });
}

void ProjectSession::postSave(const std::function<Expected<void>()>& work, const Reply& then) {
    if (++m_pending == 1)
        Q_EMIT savingChanged(true);
    post([this, work, then, store = m_store]() -> Reply {
        const Expected<void> done = work();
        if (done)
            keepDecisions(*store);
        return [this, done, then, unkept = m_unkept] {
            --m_pending;
            takeUnkept(unkept);
            if (m_pending == 0)
                Q_EMIT savingChanged(false);
            if (!done)
                Q_EMIT failed(done.error());
            else if (then)
                then();
        };
    });
}

// In the session's thread. Decisions on the same ballot are kept in their order, or the older one would win.
void ProjectSession::keepDecisions(ProjectStore& store) {
    QSet<QString> waiting;
    bool busy = false;
    for (const Decision& decision : std::exchange(m_unkept, {})) {
        const QString ballot = ballotIdentity(decision.result.scan);
        // Every try at a file that another program holds takes seconds.
        if (!busy && decision.path == store.path() && !waiting.contains(ballot)) {
            const Expected<void> kept = store.keepReview(decision.result, decision.corrections);
            if (kept)
                continue;
            busy = kept.error().code == u"store.busy";
        }
        waiting.insert(ballot);
        m_unkept.append(decision);
    }
}

void ProjectSession::takeUnkept(const QList<Decision>& unkept) {
    const int before = std::exchange(m_unkeptCount, static_cast<int>(unkept.size()));
    if (before == m_unkeptCount)
        return;
    if (unkept.isEmpty())
        m_again.stop();
    else
        m_again.start();
    Q_EMIT savingChanged(isSaving());
    if (m_unkeptCount > before)
        Q_EMIT failed(Error{QStringLiteral("store.review_not_kept"), {unkept.last().result.scan.file}, {}});
}

void ProjectSession::tryAgain() {
    if (!m_store || m_unkeptCount == 0)
        return;
    post([this, store = m_store]() -> Reply {
        keepDecisions(*store);
        return [this, unkept = m_unkept] { takeUnkept(unkept); };
    });
}

void ProjectSession::open(const QString& path) {
    close();
    m_path = path;
    const int generation = m_generation;
    post([this, path, generation]() -> Reply {
        QDir().mkpath(QFileInfo(path).absolutePath());
        auto opened = ProjectStore::open(path, ProjectStore::Access::ReadWrite, m_clock);
        if (opened)
            keepDecisions(**opened);
        auto results = opened ? (*opened)->results() : tl::make_unexpected(opened.error());
        if (!results)
            return [this, path, generation, error = results.error()] {
                if (generation != m_generation)
                    return;
                m_path.clear();
                Q_EMIT openFailed(path, error);
            };
        QList<BallotResult> ballots = std::move(*results);
        for (const Decision& decision : std::as_const(m_unkept))
            for (BallotResult& ballot : ballots)
                if (decision.path == path &&
                    ballotIdentity(ballot.scan) == ballotIdentity(decision.result.scan))
                    ballot = decision.result;
        checkAcrossBallots(ballots);
        return [this, path, generation, ballots, unkept = m_unkept,
                store = std::shared_ptr<ProjectStore>(std::move(*opened))] {
            takeUnkept(unkept);
            if (generation != m_generation)
                return;
            m_store = store;
            Q_EMIT this->opened(path, ballots);
        };
    });
}

void ProjectSession::close() {
    ++m_generation;
    m_path.clear();
    if (!m_store)
        return;
    // Closing the file waits for the disk. The box sees to it that the last owner goes there.
    const auto box = std::make_shared<std::shared_ptr<ProjectStore>>(std::exchange(m_store, nullptr));
    post([this, box]() -> Reply {
        // What still can't be written waits until the project is open again.
        keepDecisions(**box);
        box->reset();
        return [this, unkept = m_unkept] { takeUnkept(unkept); };
    });
}

void ProjectSession::enter(const QList<BallotScan>& scans, const RunReaders& readers,
                           const QList<BallotScan>& added) {
    if (!m_store)
        return;
    const auto known = std::make_shared<QList<BallotResult>>();
    postSave(
        [store = m_store, scans, readers, added, known]() -> Expected<void> {
            if (auto entered = store->beginRun(scans, readers); !entered)
                return tl::make_unexpected(entered.error());
            const auto results = store->results();
            if (!results)
                return tl::make_unexpected(results.error());
            QSet<QString> wanted;
            for (const BallotScan& scan : added)
                wanted.insert(ballotIdentity(scan));
            for (const BallotResult& result : *results)
                if (result.status != BallotStatus::Cancelled && wanted.contains(ballotIdentity(result.scan)))
                    known->append(result);
            return {};
        },
        [this, known, generation = m_generation] {
            if (generation == m_generation && !known->isEmpty())
                Q_EMIT recalled(*known);
        });
}

void ProjectSession::keepReview(const BallotResult& result, const QList<Correction>& corrections) {
    if (!m_store)
        return;
    postSave([this, path = m_store->path(), result, corrections]() -> Expected<void> {
        // Kept as soon as the work is done, behind those that wait.
        m_unkept.append({path, result, corrections});
        return {};
    });
}

void ProjectSession::retire(const QList<BallotScan>& scans) {
    if (m_store)
        postSave([store = m_store, scans] { return store->retire(scans); });
}

void ProjectSession::rearrange(const QList<BallotScan>& before, const QList<BallotScan>& after) {
    if (m_store)
        postSave([store = m_store, before, after] { return store->rearrange(before, after); });
}

void ProjectSession::moveTo(const QString& path, const QList<BallotResult>& ballots) {
    if (!m_store)
        return;
    QList<BallotScan> scans;
    for (const BallotResult& ballot : ballots)
        scans.append(ballot.scan);
    postSave(
        [this, store = m_store, path, ballots, scans]() -> Expected<void> {
            QList<AdoptedBallot> adopted;
            for (const BallotResult& ballot : ballots) {
                auto corrections = store->corrections(ballot.scan);
                if (!corrections)
                    return tl::make_unexpected(corrections.error());
                adopted.append({ballot, *corrections});
            }
            auto other = ProjectStore::open(path, ProjectStore::Access::ReadWrite, m_clock);
            if (!other)
                return tl::make_unexpected(other.error());
            // There first: after a crash in between they stand in both, never in none.
            if (auto kept = (*other)->adopt(adopted); !kept)
                return kept;
            return store->retire(scans);
        },
        [this, path, scans, generation = m_generation] {
            if (generation == m_generation)
                Q_EMIT moved(path, scans);
        });
}

void ProjectSession::checkAcross(const QList<BallotResult>& ballots) {
    post([this, ballots, generation = m_generation]() -> Reply {
        QList<BallotResult> checked = ballots;
        checkAcrossBallots(checked);
        QList<BallotResult> changed;
        for (qsizetype i = 0; i < checked.size(); ++i)
            if (checked[i].status != ballots[i].status || checked[i].findings != ballots[i].findings)
                changed.append(checked[i]);
        if (changed.isEmpty())
            return {};
        return [this, changed, generation] {
            if (generation == m_generation)
                Q_EMIT revised(changed);
        };
    });
}

void ProjectSession::lookFor(const QStringList& paths) {
    post([this, paths]() -> Reply {
        QStringList missing;
        for (const QString& file : paths)
            if (!QFileInfo::exists(file))
                missing.append(file);
        return [this, missing] { Q_EMIT presenceKnown(missing); };
    });
}

}  // namespace tallydesk
