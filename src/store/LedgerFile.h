// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>
#include <QUrl>
#include <mutex>

#include "core/Clock.h"
#include "core/RequestLedger.h"
#include "core/SecretKey.h"

namespace tallydesk {

/// Counts requests in small files of one UTC day each, one line a request, appended; several programs may do
/// so at once. Files older than the day before are removed. Where nothing can be written only this run is
/// counted, by the gate itself. Thread-safe.
class LedgerFile final : public RequestLedger {
public:
    /// `clock` must outlive it.
    LedgerFile(QString folder, QString account, const Clock& clock);

    /// Names the account at a service by a hash; nobody gets back from it to the key.
    static QString accountOf(const QUrl& service, const SecretKey& key);
    /// Where the program keeps its ledgers.
    static QString defaultFolder();

    std::vector<std::chrono::nanoseconds> ages() const override;
    void note() override;

private:
    QString pathOf(const QDate& day) const;
    void removeOld() const;

    const QString m_folder;
    const QString m_account;
    const Clock& m_clock;
    std::mutex m_mutex;
    // Guarded by m_mutex.
    QFile m_file;
    QDate m_day;
};

}  // namespace tallydesk
