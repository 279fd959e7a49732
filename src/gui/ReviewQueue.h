// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <optional>

#include "gui/BallotTableModel.h"

namespace tallydesk {

/// The ballots that a person goes through, one after another: those that need review or failed, in the order
/// of the table. One that was settled or skipped keeps its place, so that Back leads to it. GUI thread; the
/// model outlives it.
class ReviewQueue {
public:
    explicit ReviewQueue(const BallotTableModel* ballots) : m_ballots(ballots) {}

    /// Begins anew at `row`, or at the first open ballot (-1). `rows` is the order of the table.
    void begin(const QList<int>& rows, int row = -1);
    void clear();
    /// Rows that came to need review meanwhile are put at the end.
    void takeNew(const QList<int>& rows);

    /// Row of the ballot at hand; -1 when there is none.
    int current() const;
    /// From 1.
    int position() const { return m_current + 1; }
    int count() const { return static_cast<int>(m_scans.size()); }
    /// The next open ballot, from the start again after the last; false when none is open.
    bool next();
    /// The ballot before, open or not; false at the first.
    bool back();
    /// To a ballot, open or not; one that is not in the queue joins it.
    void goTo(const BallotScan& scan);
    /// Rows of the open ballots after the current one, for fetching ahead.
    QList<int> ahead(int most) const;

    static bool isOpen(ShownState state) {
        return state == ShownState::NeedsReview || state == ShownState::Failed;
    }

private:
    bool isOpenAt(int place) const;

    const BallotTableModel* const m_ballots;
    QList<BallotScan> m_scans;
    int m_current = -1;
};

}  // namespace tallydesk
