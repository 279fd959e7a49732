// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotJudge.h"

#include "core/OtherReadings.h"
#include "core/PathMetadata.h"
#include "core/RuleTools.h"

namespace tallydesk {

namespace {

/// Folders above the one that was opened name the province too, so the whole path counts.
QString pathOf(const BallotScan& scan) {
    return scan.pages.isEmpty() || scan.pages.first().path.isEmpty() ? scan.file : scan.pages.first().path;
}

std::shared_ptr<const FormTemplate> formOf(const BallotData& data, const FormCatalog& forms) {
    if (auto form = forms.byId(data.formId))
        return form;
    return data.partyList ? forms.byCode(data.formCode, *data.partyList) : nullptr;
}

/// A form that has no committee or no polling unit takes none from the path.
void keepFieldsOf(const FormTemplate& form, PathMetadata& path) {
    if (!form.headerField(QStringLiteral("province")))
        path.province.reset();
    if (!form.headerField(QStringLiteral("constituency")))
        path.constituency.reset();
    if (!form.headerField(QStringLiteral("committee")))
        path.committee.reset();
    if (!form.headerField(QStringLiteral("polling_unit")))
        path.pollingUnit.reset();
}

}  // namespace

BallotJudge::BallotJudge(FormCatalog forms, Validator validator)
    : m_forms(std::move(forms)), m_validator(std::move(validator)) {}

BallotResult BallotJudge::judge(const BallotScan& scan, BallotData data, const QString& readerId) const {
    if (data.formId.isEmpty())
        data.formId = scan.formId;
    PathMetadata path = PathMetadata::fromPath(pathOf(scan), m_forms);

    auto form = formOf(data, m_forms);
    // The printed title named the form; a reader that gives no code or kind leaves it at that.
    if (form && data.formCode.isEmpty())
        data.formCode = form->code;
    if (form && !data.partyList)
        data.partyList = form->partyList;
    if (form)
        keepFieldsOf(*form, path);

    const QStringList agreed = path.agreesOn(data);
    const QList<Finding> conflicts = path.apply(data);
    if (!form)
        form = formOf(data, m_forms);
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
    const auto form = formOf(result.data, m_forms);
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
