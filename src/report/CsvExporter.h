// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>
#include <QString>
#include <optional>

#include "core/Error.h"
#include "report/ResultsDocument.h"

namespace tallydesk {

/// Long: one line for each row, figure and total. Wide: one line for each ballot.
enum class CsvLayout { Long, Wide };

struct CsvOptions {
    CsvLayout layout = CsvLayout::Long;
    /// Lets Excel recognise UTF-8 and show Thai.
    bool byteOrderMark = true;
};

/// Writes results as CSV (spec: results.md): RFC 4180, UTF-8, cells that a spreadsheet would run as a
/// formula neutralised with a leading apostrophe. Columns follow from the form definitions. Immutable; any
/// thread. Errors as JsonWriter.
class CsvExporter {
public:
    explicit CsvExporter(ReportContext context, CsvOptions options = {});

    /// The ballots that have an outcome to show: all but failed and cancelled ones.
    Expected<void> write(QIODevice& device, const ResultsDocument& document) const;
    /// The failed ballots, and the cancelled ones with the code "cancelled".
    Expected<void> writeFailed(QIODevice& device, const ResultsDocument& document) const;

    /// "out.csv" gives "out.failed.csv".
    static QString failedPath(const QString& path);

private:
    Expected<void> writeLong(QIODevice& device, const ResultsDocument& document) const;
    Expected<void> writeWide(QIODevice& device, const ResultsDocument& document) const;

    ReportContext m_context;
    CsvOptions m_options;
};

}  // namespace tallydesk
