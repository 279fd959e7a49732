// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <optional>

#include "core/BallotResult.h"
#include "core/Finding.h"
#include "core/FormTemplate.h"
#include "core/PathMetadata.h"
#include "core/Validator.h"
#include "gui/ReviewState.h"

namespace tallydesk {

/// The rule catalogue as it applies while a person decides: what a person decided is no longer unsure, and
/// everything else is judged as BallotJudge does. Never changes a number. Stateless; any thread.
namespace ReviewRules {

/// What the rules say of `state`. Rules that need more than this ballot (W.301, W.302) keep the finding of
/// `original`; what two sources say otherwise (W.303, F.301) is open until a person decided each field.
/// With `keepDisagreements` digits and words that were read differently stay a finding (F.205) even where a
/// person decided, because the paper itself contradicts.
QList<Finding> findings(const BallotResult& original, const ReviewState& state, const FormTemplate* form,
                        const PathMetadata& path, const Validator& validator, bool keepDisagreements = false);

/// The equations of the form with the numbers that stand in them.
QList<EquationView> equations(const BallotData& data, const FormTemplate& form);

/// A reading of `key` other than its value with which every sum that it stands in holds, where now one is
/// broken.
std::optional<Suggestion> suggestion(const BallotData& data, const QString& key, const FormTemplate& form);

/// How many rules of the catalogue are judged on one ballot of this form, and how many of them are broken.
int ruleCount(const FormTemplate& form);
int brokenRules(const QList<Finding>& findings);

}  // namespace ReviewRules

}  // namespace tallydesk
