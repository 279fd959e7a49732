// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHash>

#include "batch/BatchProcessor.h"
#include "cli/ChosenReader.h"
#include "cli/Commands.h"
#include "cli/Interrupt.h"
#include "cli/ProgressPrinter.h"
#include "cli/ResultFiles.h"
#include "core/Validator.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "store/ProjectStore.h"

namespace tallydesk {

namespace {

// One run of `read`, from its arguments to its exit status.
class ReadRun {
public:
    ReadRun(const ReadOptions& options, const CommandContext& context)
        : m_options(options),
          m_context(context),
          m_files(options.output, context.report),
          m_progress(options.quiet ? ProgressStyle::None : options.progress, context.report.messages) {}

    ExitStatus run() {
        // Whatever would spoil the end is found before hours of reading.
        if (auto ready = prepare(); !ready) {
            sayError(ready.error(), m_context);
            const QString& code = ready.error().code;
            return code.startsWith(QStringLiteral("report.")) || code.startsWith(QStringLiteral("store."))
                       ? ExitStatus::WrongUsage
                       : ExitStatus::StoppedEarly;
        }
        const Interrupt interrupt(m_cancel);
        const IntakeResult intake =
            Intake(m_context.report.forms).run(m_options.paths, m_cancel, &m_progress);
        saySkipped(intake);
        if (intake.cancelled)
            return interruptedIntake();
        auto toRead = enterBallots(intake.ballots);
        if (!toRead) {
            sayError(toRead.error(), m_context);
            return ExitStatus::StoppedEarly;
        }
        const BatchResult batch = read(*toRead, static_cast<int>(intake.ballots.size() - toRead->size()));
        return finish(batch);
    }

private:
    Expected<void> prepare() {
        if (auto writable = m_files.check(m_options.paths + QStringList{m_options.project}); !writable)
            return writable;
        const auto choice = chosenReader(m_options);
        if (!choice)
            return tl::make_unexpected(choice.error());
        auto reader = makeReader(*choice, m_context.report.forms);
        if (!reader)
            return tl::make_unexpected(reader.error());
        m_readers = std::move(*reader);
        if (m_options.project.isEmpty())
            return {};
        auto store = ProjectStore::open(m_options.project, ProjectStore::Access::ReadWrite, m_context.clock);
        if (!store)
            return tl::make_unexpected(store.error());
        m_store = std::move(*store);
        return {};
    }

    void saySkipped(const IntakeResult& intake) const {
        if (m_options.quiet)
            return;
        for (const SkippedFile& skipped : intake.skipped)
            Console::say(
                QStringLiteral("Skipped: %1: %2")
                    .arg(skipped.file, m_context.report.messages.text(skipped.reason, Language::English)));
        for (const DuplicateFile& duplicate : intake.duplicates)
            Console::say(QStringLiteral("Same content: %1 and %2").arg(duplicate.firstFile, duplicate.file));
    }

    Expected<QList<BallotScan>> enterBallots(const QList<BallotScan>& ballots) {
        if (m_store)
            return m_store->beginRun(ballots, m_readers.reader->id());
        return ballots;
    }

    BatchResult read(const QList<BallotScan>& scans, int alreadyRead) {
        BatchOptions options = m_options.batch;
        options.sink = m_store.get();
        options.progress = &m_progress;
        options.clock = &m_context.clock;
        options.describe = [this](const Error& error) {
            return m_context.report.messages.text(error, Language::English);
        };
        const PageSource pages;
        const BallotJudge judge(m_context.report.forms, Validator());
        m_progress.begin(scans, alreadyRead, m_readers.reader->id());
        BatchProcessor processor(*m_readers.reader, pages, judge, options);
        return m_options.parallel ? processor.processBatch(scans, m_cancel)
                                  : processor.processBatchSequential(scans, m_cancel);
    }

    // All ballots of the project, or of this run without one; what could no longer be kept in the project
    // (full disk) comes from memory.
    QList<BallotResult> gather(const BatchResult& batch) {
        if (!m_store)
            return batch.results;
        auto kept = m_store->results();
        if (!kept) {
            sayError(kept.error(), m_context);
            return batch.results;
        }
        QHash<QString, qsizetype> places;
        for (qsizetype i = 0; i < kept->size(); ++i)
            places.insert(identity(kept->at(i).scan), i);
        for (const BallotResult& result : batch.results) {
            const auto place = places.constFind(identity(result.scan));
            if (place != places.cend() && (*kept)[*place].status == BallotStatus::Cancelled)
                (*kept)[*place] = result;
        }
        return *kept;
    }

    static QString identity(const BallotScan& scan) {
        return scan.key() + u'|' + scan.sha256 + u'|' +
               (scan.pages.isEmpty() ? QString() : scan.pages.first().path);
    }

    Expected<void> write(QList<BallotResult>& ballots) {
        checkAcrossBallots(ballots);
        return m_files.write(
            {m_context.appVersion, m_context.clock.utcNow(), m_readers.reader->id(), ballots});
    }

    ExitStatus interruptedIntake() {
        Console::say(QStringLiteral("Stopped while looking for scans."));
        if (!m_store)
            return ExitStatus::Interrupted;
        // What the project holds from before is still what was asked for.
        QList<BallotResult> ballots = gather({});
        if (!ballots.isEmpty())
            if (auto written = write(ballots); !written)
                sayError(written.error(), m_context);
        return ExitStatus::Interrupted;
    }

    ExitStatus finish(const BatchResult& batch) {
        QList<BallotResult> ballots = gather(batch);
        const Expected<void> written = write(ballots);
        const int failed = sayFailed(ballots, m_context);
        if (!m_options.quiet)
            saySummary(ballots);
        if (!written)
            sayError(written.error(), m_context);
        if (batch.stopped)
            sayError(*batch.stopped, m_context);
        if (m_cancel.isCancelled()) {
            Console::say(QStringLiteral("Stopped. What was read is kept."));
            return ExitStatus::Interrupted;
        }
        // A ballot without an outcome is never "all read", whatever the reason.
        if (batch.stopped || !written || batch.processed < batch.total)
            return ExitStatus::StoppedEarly;
        return failed > 0 ? ExitStatus::SomeFailed : ExitStatus::AllRead;
    }

    void saySummary(const QList<BallotResult>& ballots) const {
        // JSON lines stay JSON lines.
        if (m_options.progress == ProgressStyle::Json)
            return;
        if (ballots.isEmpty()) {
            Console::say(QStringLiteral("No scans were found. Name a folder that holds PDF or image files."));
            return;
        }
        QMap<BallotStatus, int> counts;
        for (const BallotResult& ballot : ballots)
            ++counts[ballot.status];
        QStringList parts;
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            parts.append(
                QStringLiteral("%1 %2").arg(it.value()).arg(statusName(it.key()).replace(u'_', u' ')));
        Console::say(
            QStringLiteral("%1 ballots: %2").arg(ballots.size()).arg(parts.join(QStringLiteral(", "))));
        if (!m_options.output.any() && !m_store)
            Console::say(
                QStringLiteral("Nothing was written. Give --csv, --json or --project to keep results."));
    }

    const ReadOptions& m_options;
    const CommandContext& m_context;
    const ResultFiles m_files;
    ProgressPrinter m_progress;
    CancelToken m_cancel;
    ReaderSet m_readers;
    std::unique_ptr<ProjectStore> m_store;
};

}  // namespace

ExitStatus runRead(const ReadOptions& options, const CommandContext& context) {
    return ReadRun(options, context).run();
}

}  // namespace tallydesk
