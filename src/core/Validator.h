// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "core/BallotData.h"
#include "core/BallotResult.h"
#include "core/Finding.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// From this confidence on a number needs no person (W.205). The on-device reader holds below it what it
/// doubts.
inline constexpr double acceptanceConfidence = 0.95;
/// A header value of at most this confidence is contested on the paper itself (two blanks differ, something
/// is struck out): no path settles it. Readers give more to what is merely hard to read.
inline constexpr double contestedConfidence = 0.3;

/// The thresholds of the rule catalogue.
struct ValidatorSettings {
    double noVoteShare = 0.10;                 ///< W.201
    double invalidShare = 0.05;                ///< W.202
    double turnoutLow = 0.30;                  ///< W.203
    double turnoutHigh = 0.95;                 ///< W.203
    double confidence = acceptanceConfidence;  ///< W.205
};

/// Applies the rule catalogue (spec: validation.md) to one ballot. Never changes, zeroes or repairs a
/// value. Immutable after construction; any thread.
///
/// How the catalogue is read where it leaves room:
/// - A dash counts as 0 everywhere, an empty cell only in a row; an empty figure or total is not filled.
/// - F.104 is also raised for an answer that holds what the form does not have, or says one thing twice in
///   different ways (unexpectedKeys): it may be about another form.
/// - F.105 also names rows that are there but could not be read; sums over them do not hold.
/// - F.207 for each row is judged for the rows that could be read.
/// - W.205 is raised for a confidence below the threshold, also of province, constituency, committee and
///   polling unit as read from the paper; for numbers struck out or overwritten; for figures that the form
///   has but nobody read; for a value that neither its digits nor its words say; and, where the reader gives
///   no confidence (AI service), for a written number on which digits and words were not both read although
///   the form asks for both: acceptance never rests on one such witness.
/// - W.201 to W.204 are shares and are judged only where their members were read.
class Validator {
public:
    explicit Validator(ValidatorSettings settings = {});

    /// The rules of one ballot by itself, in order of code: F.101 to F.207 (F.103 for the province alone),
    /// W.201 to W.206, W.304. W.303 comes from PathMetadata::apply(), W.301 and W.302 from
    /// checkAcrossBallots(), F.301 from checkReadingsAgree(). `form` is null when the form is unknown
    /// (F.101). `corroborated` names header fields that an independent source (the path) says as well; their
    /// confidence raises no W.205, unless they are contested.
    QList<Finding> check(const BallotData& data, const FormTemplate* form,
                         const QStringList& corroborated = {}) const;

    /// True when a ballot with these findings may be accepted without a person: no error, and none of
    /// W.205, W.302, W.303.
    static bool allowsAcceptance(const QList<Finding>& findings);

private:
    ValidatorSettings m_settings;
};

/// F.301: what two independent readings of the same form say otherwise; nothing when they agree. Names are
/// compared for the province alone, where both say one. What only the second says besides the form counts
/// too.
QList<Finding> checkReadingsAgree(const BallotData& first, const BallotData& second,
                                  const FormTemplate& form);

}  // namespace tallydesk
