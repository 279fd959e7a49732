// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/LedgerFile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QStandardPaths>
#include <algorithm>

namespace tallydesk {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds kDay = std::chrono::hours(24);
const QString kSuffix = QStringLiteral(".requests");

}  // namespace

LedgerFile::LedgerFile(QString folder, QString account, const Clock& clock)
    : m_folder(std::move(folder)), m_account(std::move(account)), m_clock(clock) {
    removeOld();
}

QString LedgerFile::accountOf(const QUrl& service, const SecretKey& key) {
    const QByteArray place = service.host().toLower().toUtf8() + ':' + QByteArray::number(service.port());
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayLiteral("tallydesk-requests\n") + place + '\n' + key.unwrap(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(24));
}

QString LedgerFile::defaultFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/tallydesk/requests");
}

QString LedgerFile::pathOf(const QDate& day) const {
    return QStringLiteral("%1/%2-%3%4").arg(m_folder, m_account, day.toString(Qt::ISODate), kSuffix);
}

void LedgerFile::removeOld() const {
    const QDate yesterday = m_clock.utcNow().date().addDays(-1);
    QDir folder(m_folder);
    for (const QString& name : folder.entryList({u'*' + kSuffix}, QDir::Files)) {
        const QDate day = QDate::fromString(name.chopped(kSuffix.size()).right(10), Qt::ISODate);
        if (day.isValid() && day < yesterday)
            folder.remove(name);
    }
}

std::vector<nanoseconds> LedgerFile::ages() const {
    const QDateTime now = m_clock.utcNow();
    std::vector<nanoseconds> ages;
    // A clock that was set back leaves requests of tomorrow; they count as made just now.
    for (const int day : {-1, 0, 1}) {
        QFile file(pathOf(now.date().addDays(day)));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& line : file.readAll().split('\n')) {
            bool isNumber = false;
            const qint64 madeAt = line.toLongLong(&isNumber);
            const milliseconds age(std::max<qint64>(0, now.toMSecsSinceEpoch() - madeAt));
            if (isNumber && age < kDay)
                ages.push_back(age);
        }
    }
    std::sort(ages.begin(), ages.end(), std::greater<>());
    return ages;
}

void LedgerFile::note() {
    const QDateTime now = m_clock.utcNow();
    const std::lock_guard lock(m_mutex);
    if (m_day != now.date() || !m_file.isOpen()) {
        m_file.close();
        QDir().mkpath(m_folder);
        m_day = now.date();
        m_file.setFileName(pathOf(m_day));
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
            return;
    }
    m_file.write(QByteArray::number(now.toMSecsSinceEpoch()) + '\n');
}

}  // namespace tallydesk
