// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/ResultsDocument.h"

namespace tallydesk {

std::shared_ptr<const FormTemplate> ReportContext::formOf(const BallotResult& ballot) const {
    if (auto form = forms.byId(ballot.data.formId))
        return form;
    if (!ballot.data.partyList)
        return nullptr;
    return forms.byCode(ballot.data.formCode, *ballot.data.partyList);
}

}  // namespace tallydesk
