// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

#include "core/BallotResult.h"

namespace tallydesk::synth {

/// How readings compare with what stands on paper; adds up. A plain value.
struct TruthScore {
    int forms = 0, found = 0, accepted = 0;
    int numbers = 0, right = 0, nonzero = 0, nonzeroRight = 0;
    int header = 0, headerRight = 0;
    int silent = 0;     ///< wrong numbers, form, constituency, committee or unit in accepted ballots
    QStringList wrong;  ///< "row 3: paper 54, read 59"

    TruthScore& operator+=(const TruthScore& other);
};

/// One form of a truth document (as BallotContent::truth() and the transcribed scans give it) against what
/// was read of it; `read` is null when no ballot has one of its pages.
TruthScore scoreForm(const QJsonObject& form, const BallotResult* read);

/// The ballot among `results` of `file` with the most pages of the form; null for none.
const BallotResult* ballotOf(const QJsonObject& form, const QString& file,
                             const QList<BallotResult>& results);

}  // namespace tallydesk::synth
