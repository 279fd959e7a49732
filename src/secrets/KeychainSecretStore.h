// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>

#include "core/SecretStore.h"
#include "secrets/KeychainBackend.h"

namespace tallydesk {

/// Keeps the service key in the system's keychain and never anywhere else. A locked keychain claims that an
/// entry doesn't exist and that a removal succeeded; so "there is none" and "removed" are said only after a
/// probe entry could be written and read back. Errors: "secrets.no_keychain", "secrets.locked",
/// "secrets.denied", "secrets.timeout", "secrets.failed". Call from the application object's thread.
class KeychainSecretStore final : public SecretStore {
public:
    /// The system's keychain. `patience` bounds each of its jobs, of which one call makes up to five.
    explicit KeychainSecretStore(std::chrono::milliseconds patience = std::chrono::seconds(20));
    explicit KeychainSecretStore(std::unique_ptr<KeychainBackend> backend);

    Expected<std::optional<QString>> read(const QString& name) override;
    Expected<void> write(const QString& name, const QString& secret) override;
    Expected<void> remove(const QString& name) override;

private:
    Expected<void> makeSureItIsOpen();

    const std::unique_ptr<KeychainBackend> m_backend;
};

}  // namespace tallydesk
