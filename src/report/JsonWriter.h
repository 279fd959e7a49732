// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include "core/Error.h"
#include "report/ResultsDocument.h"

namespace tallydesk {

/// Writes results as "tallydesk-results/1" (spec: results.md, resources/results.schema.json). Header fields
/// that the contract has no key for stand under reader_notes.header, names of fields that only the path
/// gave under reader_notes.header_from_path. Immutable; any thread.
class JsonWriter {
public:
    explicit JsonWriter(ReportContext context);

    /// "report.write_failed" or "report.disk_full" when not all of it arrived at the device.
    Expected<void> write(QIODevice& device, const ResultsDocument& document) const;

private:
    ReportContext m_context;
};

}  // namespace tallydesk
