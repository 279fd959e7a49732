// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewQueue.h"

#include <QSet>
#include <algorithm>

namespace tallydesk {

void ReviewQueue::begin(const QList<int>& rows, int row) {
    clear();
    for (const int candidate : rows) {
        if (candidate != row && !isOpen(m_ballots->stateAt(candidate)))
            continue;
        if (candidate == row)
            m_current = count();
        m_scans.append(m_ballots->at(candidate).result.scan);
    }
    if (m_current < 0 && !m_scans.isEmpty())
        m_current = 0;
}

void ReviewQueue::clear() {
    m_scans.clear();
    m_current = -1;
}

void ReviewQueue::takeNew(const QList<int>& rows) {
    QSet<QString> known;
    for (const BallotScan& scan : m_scans)
        known.insert(ballotIdentity(scan));
    for (const int row : rows)
        if (isOpen(m_ballots->stateAt(row)) &&
            !known.contains(ballotIdentity(m_ballots->at(row).result.scan)))
            m_scans.append(m_ballots->at(row).result.scan);
    if (m_current < 0 && !m_scans.isEmpty())
        m_current = 0;
}

int ReviewQueue::current() const {
    return m_current < 0 ? -1 : m_ballots->rowOf(m_scans[m_current]);
}

bool ReviewQueue::isOpenAt(int place) const {
    const int row = m_ballots->rowOf(m_scans[place]);
    return row >= 0 && isOpen(m_ballots->stateAt(row));
}

bool ReviewQueue::next() {
    for (int step = 1; step <= count(); ++step) {
        const int place = (m_current + step) % count();
        if (!isOpenAt(place))
            continue;
        m_current = place;
        return true;
    }
    return false;
}

bool ReviewQueue::back() {
    for (int place = m_current - 1; place >= 0; --place) {
        if (m_ballots->rowOf(m_scans[place]) < 0)
            continue;
        m_current = place;
        return true;
    }
    return false;
}

void ReviewQueue::goTo(const BallotScan& scan) {
    const auto place = std::find_if(m_scans.cbegin(), m_scans.cend(), [&](const BallotScan& known) {
        return ballotIdentity(known) == ballotIdentity(scan);
    });
    m_current = static_cast<int>(place - m_scans.cbegin());
    if (place == m_scans.cend())
        m_scans.append(scan);
}

QList<int> ReviewQueue::ahead(int most) const {
    QList<int> rows;
    for (int place = m_current + 1; place < count() && rows.size() < most; ++place)
        if (isOpenAt(place))
            rows.append(m_ballots->rowOf(m_scans[place]));
    return rows;
}

}  // namespace tallydesk
