// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDebug>
#include <QString>
#include <utility>

namespace tallydesk {

/// A service key that can't be printed by accident: it has no conversion to text and no stream operator.
/// Only the place that sets the Authorization header unwraps it. A plain value: any thread.
class SecretKey {
public:
    SecretKey() = default;
    explicit SecretKey(const QString& key) : m_key(key.trimmed().toUtf8()) {}

    bool isEmpty() const { return m_key.isEmpty(); }
    /// True when the key can stand in an HTTP header: printable ASCII without spaces.
    bool isWellFormed() const {
        for (const char c : m_key)
            if (c <= 0x20 || c >= 0x7F)
                return false;
        return !m_key.isEmpty();
    }
    /// The key itself, for one header.
    QByteArray unwrap() const { return m_key; }

    /// The text with every occurrence of the key blotted out, for what a service echoes. Dummy keys of local
    /// services ("x") are too short to be secrets and would blot out the answer.
    QByteArray redacted(QByteArray text) const {
        return m_key.size() < kShortestSecret ? text : text.replace(m_key, QByteArrayLiteral("***"));
    }
    QString redacted(const QString& text) const {
        return m_key.size() < kShortestSecret
                   ? text
                   : QString(text).replace(QString::fromUtf8(m_key), QStringLiteral("***"));
    }

    friend QDebug operator<<(QDebug, const SecretKey&) = delete;

private:
    static constexpr int kShortestSecret = 8;

    QByteArray m_key;
};

}  // namespace tallydesk
