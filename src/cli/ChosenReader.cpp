// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ChosenReader.h"

#include "secrets/KeyResolver.h"
#include "secrets/KeychainSecretStore.h"
#include "secrets/ProcessSecrets.h"

namespace tallydesk {

namespace {

Expected<ReaderChoice> serviceChoice(const ReadOptions& options) {
    ReaderChoice choice;
    choice.kind = ReaderKind::Ai;
    KeychainSecretStore keychain;
    const auto key = KeyResolver(ProcessSecrets::take(), &keychain).resolve();
    if (!key)
        return tl::make_unexpected(key.error());
    choice.key = *key;
    if (!options.baseUrl.isEmpty())
        choice.service.baseUrl = options.baseUrl;
    if (!options.model.isEmpty())
        choice.service.model = options.model;
    choice.service.deadline = options.timeout;
    return choice;
}

}  // namespace

const ReaderChoice* ReaderPlan::service() const {
    if (first.kind == ReaderKind::Ai)
        return &first;
    for (const Further& other : further)
        if (other.choice.kind == ReaderKind::Ai)
            return &other.choice;
    return nullptr;
}

Expected<ReaderPlan> chosenReaders(const ReadOptions& options) {
    ReaderPlan plan;
    const ReaderChoice onDevice;
    plan.first = onDevice;
    if (options.reader == ReaderKind::OnDevice && !options.crossCheck && options.secondModel.isEmpty())
        return plan;
    const auto service = serviceChoice(options);
    if (!service)
        return tl::make_unexpected(service.error());
    const bool serviceFirst = options.reader == ReaderKind::Ai;
    plan.first = serviceFirst ? *service : onDevice;
    if (options.crossCheck)
        plan.further.append({serviceFirst ? onDevice : *service, FurtherReading::When::Always});
    if (!options.secondModel.isEmpty()) {
        ReaderPlan::Further second{*service, FurtherReading::When::Flagged};
        second.choice.service.model = options.secondModel;
        plan.further.append(second);
    }
    return plan;
}

}  // namespace tallydesk
