// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <optional>

#include "core/CancelToken.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// One value that a witness supports for a field, with the log-probability of both witnesses together.
struct Candidate {
    qint64 value = 0;
    double logProb = 0.0;
};

/// The candidates of one field, best first; never empty for a field that takes part.
using Candidates = QList<Candidate>;

/// The most probable assignment under the form's equations.
struct JointAssignment {
    QMap<QString, qint64> figures;  ///< figure keys and "total"
    QList<qint64> rows;             ///< in the order given
    /// Log-probability of this assignment less that of the best one without equations: 0 when the
    /// equations agree with the witnesses, below 0 when they had to overrule a first choice.
    double cost = 0.0;
    /// For each field: how much more probable (natural logarithm) this assignment is than the best one that
    /// also satisfies the equations but has another value there. Alternatives less probable than
    /// `kMarginWindow` are not followed: their fields have that margin.
    QMap<QString, double> figureMargins;
    QList<double> rowMargins;
};

/// The widest margin that is told apart.
inline constexpr double kMarginWindow = 16.0;

/// Finds, exactly, the most probable values of all fields that together satisfy every equality of `form`
/// whose members are all among `figures` and the rows. Only values that a witness supports are considered;
/// nullopt when no combination of them satisfies the equations (the paper contradicts itself, or a number
/// was misread beyond its candidates), when there are too many combinations to look at, and when `cancel`
/// says so. Rows are summed by dynamic programming (RowSums), figures by a pruned search. Pure; any thread.
std::optional<JointAssignment> decideJointly(const FormTemplate& form,
                                             const QMap<QString, Candidates>& figures,
                                             const QList<Candidates>& rows,
                                             const CancelToken& cancel = CancelToken());

}  // namespace tallydesk
