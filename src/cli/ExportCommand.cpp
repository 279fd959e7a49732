// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "cli/Commands.h"
#include "cli/ResultFiles.h"
#include "core/CrossBallotRules.h"
#include "store/ProjectStore.h"

namespace tallydesk {

void sayError(const Error& error, const CommandContext& context) {
    Console::say(
        QStringLiteral("tallydesk-cli: %1").arg(context.report.messages.text(error, Language::English)));
}

int sayFailed(const QList<BallotResult>& ballots, const CommandContext& context) {
    int failed = 0;
    for (const BallotResult& ballot : ballots) {
        if (ballot.status != BallotStatus::Failed)
            continue;
        ++failed;
        const Error error = ballot.error.value_or(Error{});
        QStringList pages;
        for (const int page : ballot.scan.pageNumbers)
            pages.append(QString::number(page));
        const QString where =
            pages.isEmpty() ? QString() : QStringLiteral(" (pages %1)").arg(pages.join(u' '));
        Console::say(QStringLiteral("Failed: %1%2: %3 [%4]")
                         .arg(ballot.scan.file, where, context.report.messages.text(error, Language::English),
                              error.code));
    }
    return failed;
}

int sayUnread(const QList<BallotResult>& ballots) {
    const auto unread =
        static_cast<int>(std::count_if(ballots.begin(), ballots.end(), [](const BallotResult& ballot) {
            return ballot.status == BallotStatus::Cancelled;
        }));
    if (unread > 0)
        Console::say(QStringLiteral("Not read: %1 of %2 ballots. They have no numbers in what was written.")
                         .arg(unread)
                         .arg(ballots.size()));
    return unread;
}

ExitStatus runExport(const ExportOptions& options, const CommandContext& context) {
    const ResultFiles files(options.output, context.report);
    if (auto ready = files.check({options.project}); !ready) {
        sayError(ready.error(), context);
        return ExitStatus::WrongUsage;
    }
    const auto store = ProjectStore::open(options.project, ProjectStore::Access::ReadOnly, context.clock);
    if (!store) {
        sayError(store.error(), context);
        return ExitStatus::WrongUsage;
    }
    auto ballots = (*store)->results();
    const auto reader = (*store)->lastReader();
    if (!ballots || !reader) {
        sayError(ballots ? reader.error() : ballots.error(), context);
        return ExitStatus::StoppedEarly;
    }
    checkAcrossBallots(*ballots);
    const ResultsDocument document{context.appVersion, context.clock.utcNow(), *reader, *ballots};
    if (auto written = files.write(document); !written) {
        sayError(written.error(), context);
        return ExitStatus::StoppedEarly;
    }
    const int failed = sayFailed(document.ballots, context);
    if (sayUnread(document.ballots) > 0)
        return ExitStatus::StoppedEarly;
    return failed > 0 ? ExitStatus::SomeFailed : ExitStatus::AllRead;
}

}  // namespace tallydesk
