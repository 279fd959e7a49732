// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with the ballots of a project: takes them out, arranges their pages, moves them,
// decides.
#include <QFileInfo>

#include "gui/ProjectDesk.h"

namespace tallydesk {

QList<int> ProjectDesk::idleRows(const QList<int>& rows) const {
    QList<int> idle;
    for (const int row : rows)
        if (m_ballots.has(row) && m_ballots.at(row).run == RunState::Idle)
            idle.append(row);
    return idle;
}

int ProjectDesk::remove(const QList<int>& rows) {
    const QList<int> idle = idleRows(rows);
    QList<BallotScan> scans;
    for (const int row : idle)
        scans.append(m_ballots.at(row).result.scan);
    m_session.retire(scans);
    m_ballots.removeBallots(idle);
    m_acrossTimer.start();
    noteRecent();
    return static_cast<int>(idle.size());
}

bool ProjectDesk::arrange(const QList<BallotScan>& before, const QList<BallotScan>& after) {
    QList<int> rows;
    QList<BallotScan> replaced;
    for (const BallotScan& scan : before) {
        if (after.contains(scan))
            continue;
        const int row = m_ballots.rowOf(scan);
        if (row < 0 || m_ballots.at(row).run != RunState::Idle)
            return false;
        rows.append(row);
        replaced.append(scan);
    }
    Incoming fresh;
    QList<BallotScan> made;
    for (const BallotScan& scan : after) {
        if (before.contains(scan))
            continue;
        BallotResult ballot;
        ballot.scan = scan;
        fresh.ballots.append(ballot);
        made.append(scan);
    }
    m_session.rearrange(replaced, made);
    m_ballots.removeBallots(rows);
    m_incoming.append(fresh);
    m_feedTimer.start();
    m_acrossTimer.start();
    Q_EMIT findingChanged();
    return true;
}

int ProjectDesk::moveTo(const QString& path, const QList<int>& rows) {
    QList<BallotResult> ballots;
    for (const int row : idleRows(rows))
        ballots.append(m_ballots.at(row).result);
    if (!ballots.isEmpty())
        m_session.moveTo(path, ballots);
    return static_cast<int>(ballots.size());
}

void ProjectDesk::moved(const QString& path, const QList<BallotScan>& scans) {
    QList<int> rows;
    for (const BallotScan& scan : scans)
        if (const int row = m_ballots.rowOf(scan); row >= 0)
            rows.append(row);
    m_ballots.removeBallots(rows);
    m_acrossTimer.start();
    noteRecent();
    Q_EMIT noticed({Notice::Kind::Info,
                    tr("%n ballot(s) moved to %1.", nullptr, static_cast<int>(scans.size()))
                        .arg(QFileInfo(path).completeBaseName()),
                    {},
                    {}});
}

void ProjectDesk::keepReview(const BallotResult& result, const QList<Correction>& corrections) {
    m_ballots.setResults({result});
    m_session.keepReview(result, corrections);
    m_acrossTimer.start();
}

// The rules ran on a copy. What they say of ballots that changed meanwhile is dropped: every change starts
// another check.
void ProjectDesk::takeRevised(const QList<BallotResult>& ballots) {
    QList<BallotResult> fresh;
    for (const BallotResult& ballot : ballots) {
        const int row = m_ballots.rowOf(ballot.scan);
        if (row < 0 || m_ballots.at(row).run != RunState::Idle)
            continue;
        const BallotResult& now = m_ballots.at(row).result;
        if (now.data == ballot.data && now.reviewedAt == ballot.reviewedAt &&
            isSettledByPerson(now.status) == isSettledByPerson(ballot.status))
            fresh.append(ballot);
    }
    m_ballots.setResults(fresh);
}

// A run that began meanwhile finds out by itself.
void ProjectDesk::takeRecalled(const QList<BallotResult>& ballots) {
    QList<BallotResult> unread;
    for (const BallotResult& ballot : ballots) {
        const int row = m_ballots.rowOf(ballot.scan);
        if (row >= 0 && m_ballots.stateAt(row) == ShownState::NotRead &&
            m_ballots.at(row).run == RunState::Idle)
            unread.append(ballot);
    }
    m_ballots.setResults(unread);
    m_acrossTimer.start();
    noteRecent();
}

}  // namespace tallydesk
