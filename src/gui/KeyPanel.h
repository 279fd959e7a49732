// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/MessageCatalog.h"
#include "core/SecretKey.h"
#include "readers/ai/ServiceInfo.h"

namespace Ui {
class KeyPanel;
}

namespace tallydesk {

class SessionSecretStore;

/// The service's key: enter, keep in the keychain, test, forget. Says where the key is and never what it is.
/// GUI thread.
class KeyPanel final : public QWidget {
    Q_OBJECT
public:
    explicit KeyPanel(QWidget* parent = nullptr);
    ~KeyPanel() override;

    /// The store must outlive the panel. Nothing is asked of it before look().
    void attach(SessionSecretStore& store);
    /// Asks the store where the key is; a keychain may take seconds and open a window of its own.
    void look();
    /// What was entered, else what is kept; empty when there is none.
    SecretKey key();
    /// Keeps what was entered; false when it can't be a key, which is then explained at the field.
    bool keepEntered();
    QWidget* entryField() const;

    void setTesting(bool testing);
    void showAccepted(const KeyReport& report);
    void showFailed(const Error& error);
    /// The service is another one now: what the last test said no longer holds.
    void forgetVerdict();

Q_SIGNALS:
    /// Test what key() gives, or stop testing it.
    void testRequested();
    void stopRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    /// Where the key comes from.
    enum class Place { Unknown, Nowhere, Environment, Keychain, Memory, Unreachable };

    void forget();
    void setPlace(Place place, const std::optional<Error>& trouble = {});
    void refresh();
    void clearVerdict();

    const std::unique_ptr<Ui::KeyPanel> m_ui;
    const MessageCatalog m_messages = MessageCatalog::builtIn();
    SessionSecretStore* m_store = nullptr;
    Place m_place = Place::Unknown;
    std::optional<Error> m_trouble;
    bool m_replacing = false;
    bool m_testing = false;
    std::optional<KeyReport> m_report;
    std::optional<Error> m_failure;
};

}  // namespace tallydesk
