// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleBatch.h"

#include <QDir>

#include "batch/BatchProcessor.h"
#include "core/BallotJudge.h"
#include "core/Validator.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "readers/ReaderFactory.h"
#include "store/ProjectStore.h"

namespace tallydesk::shots {

Expected<QHash<QString, BallotResult>> readSamples(const QString& samples, const QString& folder) {
    const SystemClock clock;
    const FormCatalog forms = FormCatalog::builtIn().value();
    auto store = ProjectStore::open(QDir(folder).filePath(QStringLiteral("samples.tallydesk")),
                                    ProjectStore::Access::ReadWrite, clock);
    if (!store)
        return tl::make_unexpected(store.error());
    const auto reader = makeReader({}, forms);
    if (!reader)
        return tl::make_unexpected(reader.error());
    const IntakeResult intake = Intake(forms).run({samples}, {});
    const auto scans = (*store)->beginRun(intake.ballots, reader->reader->id());
    if (!scans)
        return tl::make_unexpected(scans.error());
    BatchOptions options;
    options.workers = 2;
    options.sink = store->get();
    const PageSource pages;
    const BallotJudge judge(forms, Validator());
    BatchProcessor(*reader->reader, pages, judge, options).processBatch(*scans);
    const auto kept = (*store)->results();
    if (!kept)
        return tl::make_unexpected(kept.error());
    QHash<QString, BallotResult> results;
    for (const BallotResult& result : *kept)
        results.insert(result.scan.key(), result);
    return results;
}

}  // namespace tallydesk::shots
