// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <optional>

namespace tallydesk::testing {

/// What stands on one form of the sample batch, by field key; no value where a dash or nothing is written.
using PaperNumbers = QMap<QString, std::optional<qint64>>;

/// From tests/synth/sample-truth, by the scan's file name. Empty when there is no such file.
inline PaperNumbers paperNumbers(const QString& fileName) {
    const QDir folder(QStringLiteral(TALLYDESK_SOURCE_DIR "/tests/synth/sample-truth"));
    PaperNumbers numbers;
    const auto take = [&numbers](const QString& key, const QJsonObject& written) {
        const QJsonValue digits = written.value(QStringLiteral("digits"));
        numbers.insert(key, digits.isNull() ? std::nullopt : std::optional(digits.toInteger()));
    };
    for (const QString& name : folder.entryList({QStringLiteral("*.json")})) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject truth = QJsonDocument::fromJson(file.readAll()).object();
        if (truth.value(QStringLiteral("file")).toString() != fileName)
            continue;
        const QJsonObject form = truth.value(QStringLiteral("forms")).toArray().first().toObject();
        const QJsonObject figures = form.value(QStringLiteral("figures")).toObject();
        for (auto it = figures.begin(); it != figures.end(); ++it)
            take(it.key(), it.value().toObject());
        for (const QJsonValue& row : form.value(QStringLiteral("rows")).toArray())
            take(QStringLiteral("row %1").arg(row.toObject().value(QStringLiteral("no")).toInt()),
                 row.toObject());
        take(QStringLiteral("total"), form.value(QStringLiteral("total")).toObject());
    }
    return numbers;
}

}  // namespace tallydesk::testing
