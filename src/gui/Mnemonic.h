// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

namespace tallydesk {

/// A menu's text for places without Alt keys: "&Open" gives "Open", Thai "เปิด(&O)" gives "เปิด". Pure function.
inline QString withoutMnemonic(QString text) {
    static const QRegularExpression appended(QStringLiteral("\\s*\\(&.\\)"));
    return text.remove(appended).remove(u'&');
}

}  // namespace tallydesk
