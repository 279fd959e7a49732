// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/CsvLines.h"

#include <utility>

namespace tallydesk {

QList<QStringList> csvLines(const QByteArray& bytes, int most) {
    QList<QStringList> records;
    QStringList record;
    QByteArray cell;
    bool quoted = false;
    const auto endCell = [&] {
        record.append(QString::fromUtf8(cell));
        cell.clear();
    };
    for (qsizetype i = 0; i < bytes.size() && records.size() < most; ++i) {
        const char c = bytes[i];
        if (quoted) {
            const bool doubled = c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"';
            if (c == '"' && !doubled) {
                quoted = false;
                continue;
            }
            cell.append(c);
            i += doubled ? 1 : 0;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            endCell();
        } else if (c == '\n') {
            endCell();
            records.append(std::exchange(record, {}));
        } else if (c != '\r') {
            cell.append(c);
        }
    }
    return records;
}

}  // namespace tallydesk
