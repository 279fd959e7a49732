// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>

#include "core/SecretStore.h"

namespace tallydesk {

/// The keychain, and where it can't be used the program's memory for this run: a key that was entered works
/// until the program ends and is never written anywhere. GUI thread; `keychain` must outlive it.
class SessionSecretStore final : public SecretStore {
public:
    explicit SessionSecretStore(SecretStore& keychain);

    /// What memory holds, else what the keychain says.
    Expected<std::optional<QString>> read(const QString& name) override;
    /// Succeeds also when only memory took the secret: see trouble().
    Expected<void> write(const QString& name, const QString& secret) override;
    Expected<void> remove(const QString& name) override;

    /// The secret is not in the keychain and is gone when the program ends.
    bool isForThisRunOnly(const QString& name) const { return m_held.contains(name); }
    /// Why the keychain did not take the last secret; nullopt when it did.
    const std::optional<Error>& trouble() const { return m_trouble; }

private:
    SecretStore& m_keychain;
    QHash<QString, QString> m_held;
    std::optional<Error> m_trouble;
};

}  // namespace tallydesk
