// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ChosenReader.h"

#include <algorithm>

#include "secrets/KeyResolver.h"
#include "secrets/KeychainSecretStore.h"

namespace tallydesk {

Expected<ReaderChoice> chosenReader(const ReadOptions& options) {
    ReaderChoice choice;
    choice.kind = options.reader;
    if (choice.kind == ReaderKind::OnDevice)
        return choice;
    KeychainSecretStore keychain;
    const auto key = KeyResolver(QProcessEnvironment::systemEnvironment(), &keychain).resolve();
    if (!key)
        return tl::make_unexpected(key.error());
    choice.key = *key;
    if (!options.baseUrl.isEmpty())
        choice.service.baseUrl = options.baseUrl;
    if (!options.model.isEmpty())
        choice.service.model = options.model;
    choice.service.deadline = options.timeout;
    choice.service.idle = std::min(choice.service.idle, options.timeout);
    return choice;
}

}  // namespace tallydesk
