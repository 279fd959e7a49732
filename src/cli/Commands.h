// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/CommandLine.h"
#include "cli/Console.h"
#include "core/Clock.h"
#include "report/ResultsDocument.h"

namespace tallydesk {

/// What every command needs. Outlives the command.
struct CommandContext {
    ReportContext report;
    const Clock& clock;
    QString appVersion;
};

/// `tallydesk-cli read`: intake, batch, project, results. Main thread; blocks until done or interrupted.
ExitStatus runRead(const ReadOptions& options, const CommandContext& context);
/// `tallydesk-cli export`. Main thread.
ExitStatus runExport(const ExportOptions& options, const CommandContext& context);
/// `tallydesk-cli check`: 0 when the file is sound, 1 when it is not, 2 when it is no project. Main thread.
ExitStatus runCheck(const QString& path, const CommandContext& context);

/// Says an error on stderr.
void sayError(const Error& error, const CommandContext& context);
/// Names the failed ballots on stderr; returns how many there are.
int sayFailed(const QList<BallotResult>& ballots, const CommandContext& context);
/// Says on stderr how many ballots have no outcome; returns how many there are.
int sayUnread(const QList<BallotResult>& ballots);

}  // namespace tallydesk
