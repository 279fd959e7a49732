// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Provinces.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tallydesk {

QList<Province> builtInProvinces() {
    // Read once: ballots ask for it by the thousand, and it never changes.
    static const QList<Province> provinces = [] {
        QList<Province> out;
        QFile file(QStringLiteral(":/reference/provinces-th.json"));
        if (!file.open(QIODevice::ReadOnly))
            return out;
        const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
        for (const QJsonValue& item : json.value(QStringLiteral("provinces")).toArray()) {
            const QJsonObject province = item.toObject();
            out.append({province.value(QStringLiteral("code")).toString(),
                        province.value(QStringLiteral("short")).toString(),
                        {province.value(QStringLiteral("en")).toString(),
                         province.value(QStringLiteral("th")).toString()}});
        }
        return out;
    }();
    return provinces;
}

}  // namespace tallydesk
