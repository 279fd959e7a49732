// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotScan.h"

#include <QCryptographicHash>

namespace tallydesk {

QString BallotScan::key() const {
    if (!arranged)
        return QStringLiteral("%1#%2").arg(file).arg(pageNumbers.isEmpty() ? 0 : pageNumbers.first());
    QStringList places;
    for (const PageRef& page : pages)
        places.append(QStringLiteral("%1@%2").arg(page.pageInFile).arg(page.rotation));
    return QStringLiteral("%1#%2!%3").arg(file, places.join(u'+'), formId);
}

QString joinedHash(const QStringList& hashes) {
    if (hashes.size() == 1)
        return hashes.first();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& one : hashes)
        hash.addData(one.toLatin1());
    return QString::fromLatin1(hash.result().toHex());
}

}  // namespace tallydesk
