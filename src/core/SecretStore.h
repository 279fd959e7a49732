// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "core/Error.h"

namespace tallydesk {

/// Keeps the service key in the system's keychain. Never written anywhere else.
/// Call from the thread that the implementation names.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    /// The key, nullopt when there is none, or why the keychain can't be asked.
    virtual Expected<std::optional<QString>> read(const QString& name) = 0;
    virtual Expected<void> write(const QString& name, const QString& secret) = 0;
    virtual Expected<void> remove(const QString& name) = 0;
};

}  // namespace tallydesk
