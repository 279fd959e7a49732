// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/JointDecision.h"

#include <algorithm>
#include <cmath>

#include "readers/ondevice/RowSums.h"

namespace tallydesk {

namespace {

// Figure assignments looked at; a form of noise could have more.
constexpr int kMostVisits = 2'000'000;
// Nothing this much less probable than the first choices is followed.
constexpr double kReach = 2 * kMarginWindow;

class Search {
public:
    Search(const FormTemplate& form, const QMap<QString, Candidates>& figures, const RowSums& sums,
           const CancelToken& cancel)
        : m_figures(figures), m_sums(sums), m_cancel(cancel), m_keys(figures.keys()) {
        for (const Equation& equation : form.equations) {
            const bool equality = equation.op == EquationOp::Equal && !equation.explainable;
            if (equality && known(equation.left) && known(equation.right))
                m_equations.append(equation);
        }
        // Fields that share equations first, so that a contradiction shows early.
        std::stable_sort(m_keys.begin(), m_keys.end(),
                         [this](const QString& a, const QString& b) { return uses(a) > uses(b); });
        // What the rows and the figures from a position on can add at most.
        m_bounds.fill(sums.bestOfAll().second, m_keys.size() + 1);
        for (qsizetype i = m_keys.size(); i > 0; --i)
            m_bounds[i - 1] = m_bounds[i] + m_figures[m_keys[i - 1]].first().logProb;
    }

    void run() { assign(0, 0.0); }

    bool found = false;
    bool exhausted = false;
    double best = 0.0;
    QMap<QString, qint64> values;
    qint64 rowSum = 0;
    /// For each row sum that some figures ask for: the log-probability of the best such figures.
    QMap<qint64, double> targets;
    /// The best assignment for each value of each figure.
    QMap<QString, QMap<qint64, double>> bestWith;
    bool sumIsFree = false;

private:
    bool known(const QStringList& terms) const {
        return std::all_of(terms.begin(), terms.end(), [this](const QString& term) {
            return term == sumOfRowsTerm || m_figures.contains(term);
        });
    }

    int uses(const QString& key) const {
        return static_cast<int>(std::count_if(m_equations.begin(), m_equations.end(), [&](const Equation& e) {
            return e.left.contains(key) || e.right.contains(key);
        }));
    }

    // left - right over what is assigned; false when a member is open.
    bool difference(const Equation& equation, qint64& value, int& rowTerms) const {
        value = 0;
        rowTerms = 0;
        for (const auto& [terms, sign] : {std::pair{&equation.left, 1}, std::pair{&equation.right, -1}}) {
            for (const QString& term : *terms) {
                if (term == sumOfRowsTerm) {
                    rowTerms += sign;
                } else if (const auto it = m_current.constFind(term); it != m_current.constEnd()) {
                    value += sign * *it;
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    bool contradicted() const {
        return std::any_of(m_equations.begin(), m_equations.end(), [this](const Equation& equation) {
            qint64 value = 0;
            int rowTerms = 0;
            return difference(equation, value, rowTerms) && rowTerms == 0 && value != 0;
        });
    }

    void assign(qsizetype position, double logProb) {
        exhausted = exhausted || ++m_visits > kMostVisits || m_cancel.isCancelled();
        const double bound = logProb + m_bounds[position];
        if (exhausted || bound < m_bounds[0] - kReach || (found && bound <= best - kMarginWindow))
            return;
        if (position == m_keys.size()) {
            finish(logProb);
            return;
        }
        const QString& key = m_keys[position];
        for (const Candidate& candidate : m_figures[key]) {
            m_current[key] = candidate.value;
            if (!contradicted())
                assign(position + 1, logProb + candidate.logProb);
            m_current.remove(key);
        }
    }

    void finish(double logProb) {
        std::optional<qint64> wanted;
        for (const Equation& equation : m_equations) {
            qint64 value = 0;
            int rowTerms = 0;
            if (!difference(equation, value, rowTerms) || rowTerms == 0)
                continue;
            if (value % rowTerms != 0)
                return;
            const qint64 sum = -value / rowTerms;
            if (wanted && *wanted != sum)
                return;
            wanted = sum;
        }
        sumIsFree = !wanted;
        const qint64 sum = wanted.value_or(m_sums.bestOfAll().first);
        const std::optional<double> rows = wanted ? m_sums.best(sum) : m_sums.bestOfAll().second;
        if (!rows)
            return;
        const double all = logProb + *rows;
        keepBest(targets, sum, logProb);
        for (auto it = m_current.cbegin(); it != m_current.cend(); ++it)
            keepBest(bestWith[it.key()], *it, all);
        if (found && all <= best)
            return;
        found = true;
        best = all;
        values = m_current;
        rowSum = sum;
    }

    static void keepBest(QMap<qint64, double>& table, qint64 key, double value) {
        const auto it = table.find(key);
        if (it == table.end())
            table.insert(key, value);
        else
            *it = std::max(*it, value);
    }

    const QMap<QString, Candidates>& m_figures;
    const RowSums& m_sums;
    const CancelToken& m_cancel;
    QStringList m_keys;
    QList<double> m_bounds;
    int m_visits = 0;
    QList<Equation> m_equations;
    QMap<QString, qint64> m_current;
};

double margin(double best, std::optional<double> other) {
    return other ? std::clamp(best - *other, 0.0, kMarginWindow) : kMarginWindow;
}

QMap<QString, double> figureMargins(const Search& search) {
    QMap<QString, double> result;
    for (auto figure = search.values.cbegin(); figure != search.values.cend(); ++figure) {
        std::optional<double> other;
        const QMap<qint64, double> ways = search.bestWith.value(figure.key());
        for (auto way = ways.cbegin(); way != ways.cend(); ++way)
            if (way.key() != *figure)
                other = std::max(other.value_or(*way), *way);
        result[figure.key()] = margin(search.best, other);
    }
    return result;
}

QList<double> rowMargins(const Search& search, const RowSums& sums, const QList<Candidates>& rows,
                         const QList<qint64>& chosen) {
    QList<double> result;
    if (search.sumIsFree) {
        for (const Candidates& row : rows)
            result.append(row.size() < 2 ? kMarginWindow : margin(row[0].logProb, row[1].logProb));
        return result;
    }
    for (const std::optional<double>& other : sums.bestWithout(chosen, search.targets))
        result.append(margin(search.best, other));
    return result;
}

}  // namespace

std::optional<JointAssignment> decideJointly(const FormTemplate& form,
                                             const QMap<QString, Candidates>& figures,
                                             const QList<Candidates>& rows, const CancelToken& cancel) {
    const RowSums sums(rows, kReach);
    if (sums.overflow())
        return std::nullopt;
    Search search(form, figures, sums, cancel);
    search.run();
    if (!search.found || search.exhausted)
        return std::nullopt;

    double free = 0.0;
    for (const Candidates& candidates : figures)
        free += candidates.first().logProb;
    for (const Candidates& candidates : rows)
        free += candidates.first().logProb;
    JointAssignment result{search.values, sums.values(search.rowSum), search.best - free, {}, {}};
    result.figureMargins = figureMargins(search);
    result.rowMargins = rowMargins(search, sums, rows, result.rows);
    return result;
}

}  // namespace tallydesk
