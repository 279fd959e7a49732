// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotScan.h"

#include <QCryptographicHash>

namespace tallydesk {

QString BallotScan::key() const {
    if (!arranged)
        return QStringLiteral("%1#%2").arg(file).arg(pageNumbers.isEmpty() ? 0 : pageNumbers.first());
    // Pages of several files are told apart by which of the files they come from.
    QStringList files;
    QStringList places;
    for (const PageRef& page : pages) {
        if (!files.contains(page.path))
            files.append(page.path);
        const qsizetype which = files.indexOf(page.path);
        places.append((which > 0 ? QStringLiteral("%1:").arg(which + 1) : QString()) +
                      QStringLiteral("%1@%2").arg(page.pageInFile).arg(page.rotation));
    }
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
