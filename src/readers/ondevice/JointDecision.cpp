// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/JointDecision.h"

#include <algorithm>
#include <unordered_map>

namespace tallydesk {

namespace {

const QString kRowSum = QStringLiteral("sum(rows)");
// Row sums kept after each row. Far above what 57 rows of five candidates that matter give, it bounds the
// work on a page of noise.
constexpr size_t kMostSums = 200'000;

struct Step {
    double logProb = 0.0;
    int choice = 0;
};

// For every reachable sum of the first n rows: the best way to reach it.
class RowSums {
public:
    explicit RowSums(const QList<Candidates>& rows) : m_rows(rows) {
        m_steps.push_back({{0, Step{}}});
        for (const Candidates& row : rows) {
            std::unordered_map<qint64, Step> next;
            for (const auto& [sum, step] : m_steps.back()) {
                for (int i = 0; i < row.size(); ++i) {
                    const double logProb = step.logProb + row[i].logProb;
                    const auto [it, fresh] = next.try_emplace(sum + row[i].value, Step{logProb, i});
                    if (!fresh && logProb > it->second.logProb)
                        it->second = Step{logProb, i};
                }
            }
            if (next.size() > kMostSums)
                m_overflow = true;
            m_steps.push_back(std::move(next));
            if (m_overflow)
                break;
        }
    }

    bool overflow() const { return m_overflow; }

    std::optional<double> best(qint64 sum) const {
        const auto it = m_steps.back().find(sum);
        return it == m_steps.back().end() ? std::nullopt : std::optional(it->second.logProb);
    }

    std::optional<std::pair<qint64, double>> bestOfAll() const {
        std::optional<std::pair<qint64, double>> top;
        for (const auto& [sum, step] : m_steps.back())
            if (!top || step.logProb > top->second || (step.logProb == top->second && sum < top->first))
                top = {sum, step.logProb};
        return top;
    }

    QList<qint64> values(qint64 sum) const {
        QList<qint64> result(m_rows.size());
        for (qsizetype n = m_rows.size(); n > 0; --n) {
            const Step step = m_steps[static_cast<size_t>(n)].at(sum);
            result[n - 1] = m_rows[n - 1][step.choice].value;
            sum -= result[n - 1];
        }
        return result;
    }

private:
    const QList<Candidates>& m_rows;
    std::vector<std::unordered_map<qint64, Step>> m_steps;
    bool m_overflow = false;
};

class Search {
public:
    Search(const FormTemplate& form, const QMap<QString, Candidates>& figures, const RowSums& sums)
        : m_figures(figures), m_sums(sums), m_keys(figures.keys()) {
        if (const auto top = sums.bestOfAll())
            m_rowBound = top->second;
        for (const Equation& equation : form.equations) {
            const bool equality = equation.op == EquationOp::Equal && !equation.explainable;
            if (equality && known(equation.left) && known(equation.right))
                m_equations.append(equation);
        }
        // Fields that share equations first, so that a contradiction shows early.
        std::stable_sort(m_keys.begin(), m_keys.end(),
                         [this](const QString& a, const QString& b) { return uses(a) > uses(b); });
    }

    void run() { assign(0, 0.0); }

    bool found = false;
    double best = 0.0;
    QMap<QString, qint64> values;
    qint64 rowSum = 0;

private:
    bool known(const QStringList& terms) const {
        return std::all_of(terms.begin(), terms.end(), [this](const QString& term) {
            return term == kRowSum || m_figures.contains(term);
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
                if (term == kRowSum) {
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
        if (found && logProb + m_rowBound <= best)
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
        std::optional<double> rows;
        if (wanted) {
            rows = m_sums.best(*wanted);
        } else if (const auto top = m_sums.bestOfAll()) {
            wanted = top->first;
            rows = top->second;
        }
        if (!rows || (found && logProb + *rows <= best))
            return;
        found = true;
        best = logProb + *rows;
        values = m_current;
        rowSum = *wanted;
    }

    const QMap<QString, Candidates>& m_figures;
    const RowSums& m_sums;
    // What the rows can add at most.
    double m_rowBound = 0.0;
    QStringList m_keys;
    QList<Equation> m_equations;
    QMap<QString, qint64> m_current;
};

}  // namespace

std::optional<JointAssignment> decideJointly(const FormTemplate& form,
                                             const QMap<QString, Candidates>& figures,
                                             const QList<Candidates>& rows) {
    const RowSums sums(rows);
    if (sums.overflow())
        return std::nullopt;
    Search search(form, figures, sums);
    search.run();
    if (!search.found)
        return std::nullopt;

    double free = 0.0;
    for (const Candidates& candidates : figures)
        free += candidates.first().logProb;
    for (const Candidates& candidates : rows)
        free += candidates.first().logProb;
    return JointAssignment{search.values, sums.values(search.rowSum), search.best - free};
}

}  // namespace tallydesk
