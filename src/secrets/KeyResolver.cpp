// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/KeyResolver.h"

namespace tallydesk {

KeyResolver::KeyResolver(QProcessEnvironment environment, SecretStore* store)
    : m_environment(std::move(environment)), m_store(store) {}

QString KeyResolver::variableName() {
    return QStringLiteral("OPENROUTER_API_KEY");
}

QString KeyResolver::entryName() {
    return QStringLiteral("openrouter-api-key");
}

Expected<SecretKey> KeyResolver::resolve() const {
    const SecretKey given(m_environment.value(variableName()));
    if (!given.isEmpty())
        return given;
    if (!m_store)
        return fail(QStringLiteral("secrets.no_key"));
    const auto kept = m_store->read(entryName());
    if (!kept)
        return tl::make_unexpected(kept.error());
    const SecretKey key(kept->value_or(QString()));
    if (key.isEmpty())
        return fail(QStringLiteral("secrets.no_key"));
    return key;
}

}  // namespace tallydesk
