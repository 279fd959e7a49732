// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/KeychainSecretStore.h"

namespace tallydesk {

namespace {

const QString kService = QStringLiteral("TallyDesk");
const QString kProbeName = QStringLiteral("probe");
const QString kProbeText = QStringLiteral("open");

tl::unexpected<Error> locked() {
    return fail(QStringLiteral("secrets.locked"));
}

}  // namespace

KeychainSecretStore::KeychainSecretStore(std::chrono::milliseconds patience)
    : KeychainSecretStore(std::make_unique<QtKeychainBackend>(kService, patience)) {}

KeychainSecretStore::KeychainSecretStore(std::unique_ptr<KeychainBackend> backend)
    : m_backend(std::move(backend)) {}

Expected<void> KeychainSecretStore::makeSureItIsOpen() {
    const auto written = m_backend->write(kProbeName, kProbeText);
    if (!written) {
        // A refusal without a known reason, right after "no such entry", is what a locked keychain does.
        if (written.error().code == QLatin1String("secrets.failed"))
            return locked();
        return written;
    }
    const auto back = m_backend->read(kProbeName);
    if (!back)
        return tl::make_unexpected(back.error());
    if (*back != kProbeText)
        return locked();
    // The probe is no secret; whether it stays does not matter.
    (void)m_backend->remove(kProbeName);
    return {};
}

Expected<std::optional<QString>> KeychainSecretStore::read(const QString& name) {
    auto secret = m_backend->read(name);
    if (!secret || *secret)
        return secret;
    if (const auto open = makeSureItIsOpen(); !open)
        return tl::make_unexpected(open.error());
    // It may have been unlocked by the probe.
    return m_backend->read(name);
}

Expected<void> KeychainSecretStore::write(const QString& name, const QString& secret) {
    if (const auto written = m_backend->write(name, secret); !written)
        return written;
    const auto back = m_backend->read(name);
    if (!back)
        return tl::make_unexpected(back.error());
    if (*back != secret)
        return locked();
    return {};
}

Expected<void> KeychainSecretStore::remove(const QString& name) {
    if (const auto open = makeSureItIsOpen(); !open)
        return open;
    if (const auto removed = m_backend->remove(name); !removed)
        return removed;
    const auto back = m_backend->read(name);
    if (!back)
        return tl::make_unexpected(back.error());
    if (*back)
        return fail(QStringLiteral("secrets.failed"), {QStringLiteral("the entry is still there")});
    return {};
}

}  // namespace tallydesk
