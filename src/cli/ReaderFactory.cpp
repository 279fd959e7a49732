// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ReaderFactory.h"

#include <algorithm>

#include "imaging/TextRecogniser.h"
#include "net/HttpTransport.h"
#include "readers/ai/AiReader.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "secrets/KeyResolver.h"
#include "secrets/KeychainSecretStore.h"

namespace tallydesk {

namespace {

Expected<ReaderSet> makeOnDeviceReader(const FormCatalog& forms) {
    auto models = OnDeviceModels::load(QStringLiteral(":/models"));
    if (!models)
        return tl::make_unexpected(models.error());
    ReaderSet set;
    set.reader = std::make_shared<OnDeviceReader>(forms, *models, std::make_shared<TextRecogniser>());
    return set;
}

Expected<ReaderSet> makeAiReader(const ReadOptions& options, const FormCatalog& forms) {
    KeychainSecretStore keychain;
    const auto key = KeyResolver(QProcessEnvironment::systemEnvironment(), &keychain).resolve();
    if (!key)
        return tl::make_unexpected(key.error());
    ServiceSettings settings;
    if (!options.baseUrl.isEmpty())
        settings.baseUrl = options.baseUrl;
    if (!options.model.isEmpty())
        settings.model = options.model;
    settings.deadline = options.timeout;
    settings.idle = std::min(settings.idle, options.timeout);
    ReaderSet set;
    set.http = std::make_unique<HttpTransport>();
    auto reader = AiReader::create(*set.http, forms, settings, *key);
    if (!reader)
        return tl::make_unexpected(reader.error());
    set.reader = *reader;
    return set;
}

}  // namespace

Expected<ReaderSet> makeReader(const ReadOptions& options, const FormCatalog& forms) {
    return options.reader == ReaderKind::Ai ? makeAiReader(options, forms) : makeOnDeviceReader(forms);
}

}  // namespace tallydesk
