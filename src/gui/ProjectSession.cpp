// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ProjectSession.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <utility>

#include "core/CrossBallotRules.h"
#include "gui/BallotItem.h"

namespace tallydesk {

ProjectSession::ProjectSession(const Clock& clock, QObject* parent)
    : QObject(parent), m_clock(clock), m_worker(new QObject) {
    m_thread.setObjectName(QStringLiteral("project"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

ProjectSession::~ProjectSession() {
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
    post([this, work, then]() -> Reply {
        const Expected<void> done = work();
        return [this, done, then] {
            if (--m_pending == 0)
                Q_EMIT savingChanged(false);
            if (!done)
                Q_EMIT failed(done.error());
            else if (then)
                then();
        };
    });
}

void ProjectSession::open(const QString& path) {
    close();
    m_path = path;
    const int generation = m_generation;
    post([this, path, generation]() -> Reply {
        QDir().mkpath(QFileInfo(path).absolutePath());
        auto opened = ProjectStore::open(path, ProjectStore::Access::ReadWrite, m_clock);
        auto results = opened ? (*opened)->results() : tl::make_unexpected(opened.error());
        if (!results)
            return [this, path, generation, error = results.error()] {
                if (generation != m_generation)
                    return;
                m_path.clear();
                Q_EMIT openFailed(path, error);
            };
        QList<BallotResult> ballots = std::move(*results);
        checkAcrossBallots(ballots);
        return [this, path, generation, ballots, store = std::shared_ptr<ProjectStore>(std::move(*opened))] {
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
    post([box]() -> Reply {
        box->reset();
        return {};
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
    if (m_store)
        postSave([store = m_store, result, corrections] { return store->keepReview(result, corrections); });
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
