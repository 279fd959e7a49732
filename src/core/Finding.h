// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace tallydesk {

enum class Severity { Error, Warning };

/// One rule of the catalogue (spec: validation.md) that does not hold on a ballot. `code` is stable
/// ("F.203"); `fields` are field keys ("valid", "row 12", "total", "province") in form order;
/// `args` fill the message's placeholders (MessageCatalog). A plain value: any thread.
struct Finding {
    QString code;
    Severity severity = Severity::Error;
    QStringList fields;
    QStringList args;

    bool operator==(const Finding&) const = default;
};

}  // namespace tallydesk
