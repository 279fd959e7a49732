// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "store/ProjectStore.h"

namespace tallydesk {

ExitStatus runCheck(const QString& path, const CommandContext& context) {
    const auto store = ProjectStore::open(path, ProjectStore::Access::ReadOnly, context.clock);
    if (!store) {
        sayError(store.error(), context);
        return store.error().code == u"store.damaged" ? ExitStatus::SomeFailed : ExitStatus::WrongUsage;
    }
    const auto problems = (*store)->integrityProblems();
    if (!problems) {
        sayError(problems.error(), context);
        return ExitStatus::SomeFailed;
    }
    for (const QString& problem : *problems)
        Console::say(problem);
    if (!problems->isEmpty()) {
        sayError({QStringLiteral("store.damaged"), {path}, {}}, context);
        return ExitStatus::SomeFailed;
    }
    const auto ballots = (*store)->results();
    if (!ballots) {
        sayError(ballots.error(), context);
        return ExitStatus::SomeFailed;
    }
    Console::print(QStringLiteral("%1: sound, %2 ballots\n").arg(path).arg(ballots->size()));
    return ExitStatus::AllRead;
}

}  // namespace tallydesk
