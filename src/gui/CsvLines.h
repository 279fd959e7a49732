// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace tallydesk {

/// The first `most` records of a CSV file in UTF-8 (RFC 4180), for a preview. Pure function.
QList<QStringList> csvLines(const QByteArray& bytes, int most);

}  // namespace tallydesk
