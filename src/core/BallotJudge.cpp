// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotJudge.h"

#include "core/OtherReadings.h"
#include "core/PathMetadata.h"
#include "core/RuleTools.h"

namespace tallydesk {

BallotJudge::BallotJudge(FormCatalog forms, Validator validator)
    : m_forms(std::move(forms)), m_validator(std::move(validator)) {}

BallotResult BallotJudge::judge(const BallotScan& scan, BallotData data, const QString& readerId) const {
    if (data.formId.isEmpty())
        data.formId = scan.formId;
    auto form = m_forms.of(data);
    // The printed title named the form; a reader that gives no code or kind leaves it at that.
    if (form && data.formCode.isEmpty())
        data.formCode = form->code;
    if (form && !data.partyList)
        data.partyList = form->partyList;

    const PathMetadata path = PathMetadata::ofScan(scan, form.get(), m_forms);
    const QStringList agreed = path.agreesOn(data);
    const QList<Finding> conflicts = path.apply(data);
    if (!form)
        form = m_forms.of(data);
    if (form)
        data.formId = form->id;

    BallotResult result;
    result.scan = scan;
    result.reader = readerId;
    result.findings = m_validator.check(data, form.get(), agreed) + conflicts;
    RuleTools::sortByCode(result.findings);
    result.status =
        Validator::allowsAcceptance(result.findings) ? BallotStatus::Accepted : BallotStatus::NeedsReview;
    result.data = std::move(data);
    return result;
}

void BallotJudge::compare(BallotResult& result, const QString& reader, const BallotData& other) const {
    // Judged as the first was, so that what the path fills in is the same in both.
    BallotData second = judge(result.scan, other, reader).data;
    const auto form = m_forms.of(result.data);
    if (form) {
        result.findings += checkReadingsAgree(result.data, second, *form);
        RuleTools::sortByCode(result.findings);
    }
    if (!Validator::allowsAcceptance(result.findings))
        result.status = BallotStatus::NeedsReview;
    OtherReadings::add(result.data, {reader, std::move(second), std::nullopt});
}

void BallotJudge::compareWithNothing(BallotResult& result, const QString& reader, const QString& errorCode,
                                     bool isWitness) const {
    OtherReadings::add(result.data, {reader, {}, errorCode});
    if (!isWitness)
        return;
    result.findings.append(RuleTools::errorFinding(QStringLiteral("F.301"), {},
                                                   {reader, RuleTools::caseArg(QStringLiteral("missing"))}));
    RuleTools::sortByCode(result.findings);
    result.status = BallotStatus::NeedsReview;
}

}  // namespace tallydesk
