// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>

#include "core/SecretKey.h"
#include "core/SecretStore.h"

namespace tallydesk {

/// Finds the service key: the environment's OPENROUTER_API_KEY first, then the keychain. Call from the
/// thread that the store names.
class KeyResolver {
public:
    /// `store` may be null and must outlive the resolver.
    KeyResolver(QProcessEnvironment environment, SecretStore* store);

    /// "secrets.no_key" when there is none, or why the keychain can't be asked.
    Expected<SecretKey> resolve() const;

    /// Under which the key stands in the environment and in the keychain.
    static QString variableName();
    static QString entryName();

private:
    const QProcessEnvironment m_environment;
    SecretStore* const m_store;
};

}  // namespace tallydesk
