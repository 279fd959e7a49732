// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "core/BallotData.h"
#include "core/BallotResult.h"
#include "core/Finding.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// The thresholds of the rule catalogue; all of them settings.
struct ValidatorSettings {
    double noVoteShare = 0.10;         ///< W.201
    double invalidShare = 0.05;        ///< W.202
    double turnoutLow = 0.30;          ///< W.203
    double turnoutHigh = 0.95;         ///< W.203
    double confidence = 0.95;          ///< W.205
};

/// Applies the rule catalogue (spec: validation.md) to one ballot. Never changes, zeroes or repairs a
/// value. Immutable after construction; any thread.
class Validator {
public:
    explicit Validator(ValidatorSettings settings = {});

    /// All rules of one ballot, in order of code. `form` is null when the form is unknown (F.101).
    QList<Finding> check(const BallotData& data, const FormTemplate* form) const;

    /// True when a ballot with these findings may be accepted without a person: no error, and none of
    /// W.205, W.302, W.303.
    static bool allowsAcceptance(const QList<Finding>& findings);

private:
    ValidatorSettings m_settings;
};

/// Rules between ballots (W.301, W.302): appends findings and turns accepted ballots that they concern
/// into needs_review. Deterministic in the order of `results`; run once when all results are there; running
/// it again on its own output changes nothing.
void checkAcrossBallots(QList<BallotResult>& results);

}  // namespace tallydesk
