// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "report/SafeFile.h"

namespace tallydesk {

/// Writes CSV records: RFC 4180 quoting and line ends, formula cells neutralised (OWASP "CSV Injection"),
/// also for programs that split at a semicolon or a tab.
/// Not thread-safe.
class CsvRecords {
public:
    CsvRecords(QIODevice& device, bool byteOrderMark);
    void add(const QStringList& cells);
    Expected<void> finish();

    /// A cell as it stands in the file.
    static QString cell(const QString& text);

private:
    CheckedWriter m_out;
};

}  // namespace tallydesk
