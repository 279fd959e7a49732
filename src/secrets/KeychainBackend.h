// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>
#include <optional>

#include "core/Error.h"

namespace tallydesk {

/// The three things a system keychain does, each within a time limit. KeychainSecretStore builds its promises
/// on it; tests put a fake in its place. Errors are those of KeychainSecretStore.
class KeychainBackend {
public:
    virtual ~KeychainBackend() = default;
    /// nullopt when the keychain says that there is no such entry, which a locked one says too.
    virtual Expected<std::optional<QString>> read(const QString& name) = 0;
    virtual Expected<void> write(const QString& name, const QString& secret) = 0;
    virtual Expected<void> remove(const QString& name) = 0;
};

/// The system's keychain by QtKeychain, never its plain-text fallback. Runs a local event loop: call from
/// the thread of the application object only.
class QtKeychainBackend final : public KeychainBackend {
public:
    QtKeychainBackend(QString service, std::chrono::milliseconds patience);

    Expected<std::optional<QString>> read(const QString& name) override;
    Expected<void> write(const QString& name, const QString& secret) override;
    Expected<void> remove(const QString& name) override;

private:
    const QString m_service;
    const std::chrono::milliseconds m_patience;
};

}  // namespace tallydesk
