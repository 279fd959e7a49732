// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/RowSums.h"

#include <algorithm>
#include <cmath>

namespace tallydesk {

namespace {

// Partial sums kept after each row. Far above what 57 rows of six candidates that matter give, it bounds the
// work on a page of noise.
constexpr size_t kMostSums = 50'000;
// Two ways to the same sum are the same log-probability up to this, whatever the order of additions.
constexpr double kRounding = 1e-9;

void keepBetter(std::optional<double>& best, double value) {
    if (!best || value > *best)
        best = value;
}

}  // namespace

RowSums::RowSums(const QList<Candidates>& rows, double window) : m_rows(rows), m_window(window) {
    for (const Candidates& row : rows) {
        m_first.first += row.first().value;
        m_first.second += row.first().logProb;
    }
    m_forward.push_back({{0, 0.0}});
    for (const Candidates& row : rows)
        m_forward.push_back(extend(m_forward.back(), row));
    m_backward.assign(static_cast<size_t>(rows.size()) + 1, {});
    m_backward.back() = {{0, 0.0}};
    for (qsizetype n = rows.size(); n > 0; --n)
        m_backward[static_cast<size_t>(n) - 1] = extend(m_backward[static_cast<size_t>(n)], rows[n - 1]);
    for (const auto* tables : {&m_forward, &m_backward})
        for (const Table& table : *tables)
            m_overflow = m_overflow || table.size() > kMostSums;
}

RowSums::Table RowSums::extend(const Table& from, const Candidates& row) const {
    Table next;
    if (from.size() > kMostSums)
        return from;  // overflow() tells
    double top = from.begin()->second + row.first().logProb;
    for (const auto& [sum, logProb] : from) {
        for (const Candidate& candidate : row) {
            const double value = logProb + candidate.logProb;
            const auto [it, fresh] = next.try_emplace(sum + candidate.value, value);
            if (!fresh && value > it->second)
                it->second = value;
            top = std::max(top, value);
        }
    }
    std::erase_if(next, [&](const auto& entry) { return entry.second < top - m_window; });
    return next;
}

std::optional<double> RowSums::best(qint64 sum) const {
    const auto it = m_forward.back().find(sum);
    return it == m_forward.back().end() ? std::nullopt : std::optional(it->second);
}

QList<qint64> RowSums::values(qint64 sum) const {
    QList<qint64> result(m_rows.size());
    for (qsizetype n = m_rows.size(); n > 0; --n) {
        const double wanted = m_forward[static_cast<size_t>(n)].at(sum);
        const Table& before = m_forward[static_cast<size_t>(n) - 1];
        for (const Candidate& candidate : m_rows[n - 1]) {
            const auto it = before.find(sum - candidate.value);
            if (it == before.end() || std::abs(it->second + candidate.logProb - wanted) > kRounding)
                continue;
            result[n - 1] = candidate.value;
            sum -= candidate.value;
            break;
        }
    }
    return result;
}

QList<std::optional<double>> RowSums::bestWithout(const QList<qint64>& chosen,
                                                  const QMap<qint64, double>& targets) const {
    QList<std::optional<double>> result(m_rows.size());
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Table& before = m_forward[static_cast<size_t>(i)];
        const Table& after = m_backward[static_cast<size_t>(i) + 1];
        for (const Candidate& candidate : m_rows[i]) {
            if (candidate.value == chosen[i])
                continue;
            for (const auto& [sum, logProb] : before) {
                for (auto target = targets.cbegin(); target != targets.cend(); ++target) {
                    const auto rest = after.find(target.key() - sum - candidate.value);
                    if (rest != after.end())
                        keepBetter(result[i], *target + logProb + candidate.logProb + rest->second);
                }
            }
        }
    }
    return result;
}

}  // namespace tallydesk
