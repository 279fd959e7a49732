// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/CommandLine.h"
#include "core/Error.h"
#include "report/ResultsDocument.h"

namespace tallydesk {

/// The files that a command writes its results to. Main thread.
class ResultFiles {
public:
    ResultFiles(OutputOptions options, ReportContext context);

    /// Whether all of them can be written, before anything is read. `kept` are files that must stay as they
    /// are (scans, the project). "report.not_for_results" for one of those and for any scan or project.
    Expected<void> check(const QStringList& kept) const;
    /// Writes all of them, stdout last; what can be written is written, the first error is returned
    /// ("cli.stdout_failed" for stdout).
    Expected<void> write(const ResultsDocument& document) const;

private:
    const OutputOptions m_options;
    const ReportContext m_context;
};

}  // namespace tallydesk
