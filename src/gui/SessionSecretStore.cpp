// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/SessionSecretStore.h"

namespace tallydesk {

SessionSecretStore::SessionSecretStore(SecretStore& keychain) : m_keychain(keychain) {}

Expected<std::optional<QString>> SessionSecretStore::read(const QString& name) {
    const auto held = m_held.constFind(name);
    if (held != m_held.cend())
        return std::optional(*held);
    return m_keychain.read(name);
}

Expected<void> SessionSecretStore::write(const QString& name, const QString& secret) {
    m_trouble.reset();
    if (const auto written = m_keychain.write(name, secret); !written) {
        m_trouble = written.error();
        m_held.insert(name, secret);
        return {};
    }
    m_held.remove(name);
    return {};
}

Expected<void> SessionSecretStore::remove(const QString& name) {
    const bool held = m_held.remove(name) > 0;
    m_trouble.reset();
    const auto removed = m_keychain.remove(name);
    // Without a keychain there was nothing but memory to forget.
    if (!removed && held && removed.error().code == QLatin1String("secrets.no_keychain"))
        return {};
    return removed;
}

}  // namespace tallydesk
