// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/BallotResult.h"
#include "core/FormTemplate.h"
#include "core/Validator.h"

namespace tallydesk {

/// Turns what a reader read into a result: fills header gaps from the path (PathMetadata), applies the
/// rules, decides accepted or needs_review. The only place that says "accepted".
/// Immutable after construction; any thread.
class BallotJudge {
public:
    BallotJudge(FormCatalog forms, Validator validator);

    /// `scan.formId` is used where the data names no form. Status is Accepted or NeedsReview.
    BallotResult judge(const BallotScan& scan, BallotData data, const QString& readerId) const;

    /// Holds a further reading, made blind to the first, against a judged result: keeps it in the result's
    /// notes (OtherReadings), and sends the ballot to review where the two differ (F.301).
    void compare(BallotResult& result, const QString& reader, const BallotData& other) const;
    /// The same where the further reader gave nothing. `isWitness`: acceptance was to rest on it.
    void compareWithNothing(BallotResult& result, const QString& reader, const QString& errorCode,
                            bool isWitness) const;

private:
    FormCatalog m_forms;
    Validator m_validator;
};

}  // namespace tallydesk
