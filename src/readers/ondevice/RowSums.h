// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "readers/ondevice/JointDecision.h"

namespace tallydesk {

/// For every sum that the rows of a table can have: the most probable way to have it. Max-plus passes over
/// partial sums, forward and backward; exact for every assignment whose log-probability is within `window`
/// of the rows' first choices. `rows` must outlive it. Pure; any thread.
class RowSums {
public:
    RowSums(const QList<Candidates>& rows, double window);

    /// More partial sums than are worth following (a page of noise): nothing else may be asked.
    bool overflow() const { return m_overflow; }
    /// Log-probability of the best rows with this sum; nullopt when no rows have it.
    std::optional<double> best(qint64 sum) const;
    /// The rows' first choices: their sum and log-probability.
    std::pair<qint64, double> bestOfAll() const { return m_first; }
    /// The values of the best rows with this sum, which best() must know.
    QList<qint64> values(qint64 sum) const;
    /// For each row: the best of `targets` (sum to log-probability of what goes with it) plus rows with that
    /// sum in which this row is not `chosen`; nullopt where there is none within the window.
    QList<std::optional<double>> bestWithout(const QList<qint64>& chosen,
                                             const QMap<qint64, double>& targets) const;

private:
    using Table = std::unordered_map<qint64, double>;
    Table extend(const Table& from, const Candidates& row) const;

    const QList<Candidates>& m_rows;
    const double m_window;
    std::pair<qint64, double> m_first{0, 0.0};
    std::vector<Table> m_forward;   // [n]: the first n rows
    std::vector<Table> m_backward;  // [n]: the rows from n on
    bool m_overflow = false;
};

}  // namespace tallydesk
