// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/FileHash.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace tallydesk {

Expected<QString> hashFile(const QString& path, const CancelToken& cancel) {
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.exists())
        return fail(QStringLiteral("intake.file_missing"), {name});
    if (!file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("intake.file_unreadable"), {name}, file.errorString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(1 << 20, Qt::Uninitialized);
    while (true) {
        if (cancel.isCancelled())
            return fail(QStringLiteral("cancelled"));
        const qint64 got = file.read(piece.data(), piece.size());
        if (got < 0)
            return fail(QStringLiteral("intake.file_unreadable"), {name}, file.errorString());
        if (got == 0)
            break;
        hash.addData(QByteArrayView(piece.constData(), got));
    }
    return QString::fromLatin1(hash.result().toHex());
}

}  // namespace tallydesk
