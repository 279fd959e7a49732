// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHash>
#include <QSet>
#include <algorithm>

#include "batch/BatchProcessor.h"
#include "cli/ChosenReader.h"
#include "cli/Commands.h"
#include "cli/Interrupt.h"
#include "cli/ProgressPrinter.h"
#include "cli/ResultFiles.h"
#include "cli/ServiceDesk.h"
#include "core/CountedReading.h"
#include "core/CrossBallotRules.h"
#include "core/Validator.h"
#include "imaging/FolderScanner.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "store/ProjectStore.h"
#include "store/SupportLog.h"

namespace tallydesk {

namespace {

// What another argument mends; a disk that is full or broken stops the run.
bool isWrongUsage(const Error& error) {
    static const QStringList stopping{
        QStringLiteral("store.disk_full"),  QStringLiteral("store.busy"),
        QStringLiteral("store.damaged"),    QStringLiteral("store.write_failed"),
        QStringLiteral("report.disk_full"), QStringLiteral("report.write_failed")};
    return (error.code.startsWith(QStringLiteral("report.")) ||
            error.code.startsWith(QStringLiteral("store."))) &&
           !stopping.contains(error.code);
}

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
            return isWrongUsage(ready.error()) ? ExitStatus::WrongUsage : ExitStatus::StoppedEarly;
        }
        const Interrupt interrupt(m_cancel);
        if (m_service)
            m_service->askAboutKey();
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
        const auto plan = chosenReaders(m_options);
        if (!plan)
            return tl::make_unexpected(plan.error());
        if (!m_options.project.isEmpty()) {
            auto store =
                ProjectStore::open(m_options.project, ProjectStore::Access::ReadWrite, m_context.clock);
            if (!store)
                return tl::make_unexpected(store.error());
            m_store = std::move(*store);
        }
        if (auto made = makeReaders(*plan); !made)
            return made;
        if (const ReaderChoice* service = plan->service())
            m_service = std::make_unique<ServiceDesk>(*service, m_context, m_cancel);
        return {};
    }

    Expected<void> makeReaders(const ReaderPlan& plan) {
        const auto make = [this](ReaderChoice choice) {
            choice.answers = m_store.get();
            return makeReader(choice, m_context.report.forms);
        };
        auto first = make(plan.first);
        if (!first)
            return tl::make_unexpected(first.error());
        m_readers = std::move(*first);
        for (const ReaderPlan::Further& further : plan.further) {
            auto other = make(further.choice);
            if (!other)
                return tl::make_unexpected(other.error());
            m_further.append({other->reader.get(), further.when});
            m_furtherReaders.push_back(std::move(*other));
        }
        return {};
    }

    RunReaders runReaders() const {
        RunReaders readers(m_readers.reader->id());
        for (const FurtherReading& further : m_further)
            (further.when == FurtherReading::When::Always ? readers.always : readers.flagged)
                .append(further.reader->id());
        return readers;
    }

    void saySkipped(const IntakeResult& intake) {
        for (const SkippedFile& skipped : intake.skipped) {
            // Scans that may be missing from the results are no chatter.
            const bool lost = mayHideScans(skipped);
            m_lost += lost ? 1 : 0;
            if (m_options.quiet && !lost)
                continue;
            Console::say(
                QStringLiteral("Skipped: %1: %2")
                    .arg(skipped.file, m_context.report.messages.text(skipped.reason, Language::English)));
        }
        if (m_options.quiet)
            return;
        for (const DuplicateFile& duplicate : intake.duplicates)
            Console::say(QStringLiteral("Same content: %1 and %2").arg(duplicate.firstFile, duplicate.file));
    }

    Expected<QList<BallotScan>> enterBallots(const QList<BallotScan>& ballots) {
        if (m_store)
            return m_store->beginRun(ballots, runReaders());
        return ballots;
    }

    BatchResult read(const QList<BallotScan>& scans, int alreadyRead) {
        BatchOptions options = m_options.batch;
        LoggedSink sink(m_log, m_store.get());
        options.sink = &sink;
        options.further = m_further;
        options.progress = &m_progress;
        options.clock = &m_context.clock;
        options.describe = [this](const Error& error) {
            return m_context.report.messages.text(error, Language::English);
        };
        const PageSource pages;
        const BallotJudge judge(m_context.report.forms, Validator());
        if (m_service && !scans.isEmpty())
            if (auto refused = prepareService(static_cast<int>(scans.size()), options))
                return unread(scans, *refused);
        m_progress.begin(scans, alreadyRead, m_readers.reader->id());
        m_log.note(QStringLiteral("begin"),
                   QStringLiteral("ballots=%1 reader=%2")
                       .arg(scans.size())
                       .arg(m_readers.reader->id().simplified().replace(u' ', u'_')));
        BatchProcessor processor(*m_readers.reader, pages, judge, options);
        BatchResult result = m_options.parallel ? processor.processBatch(scans, m_cancel)
                                                : processor.processBatchSequential(scans, m_cancel);
        m_log.note(QStringLiteral("end"),
                   QStringLiteral("processed=%1 failed=%2 stopped=%3")
                       .arg(result.processed)
                       .arg(result.errors.size())
                       .arg(result.stopped ? result.stopped->code : QStringLiteral("-")));
        return result;
    }

    // What the service is asked for, and what stands against it; an error when it refuses the key already.
    std::optional<Error> prepareService(int ballots, BatchOptions& options) {
        if (auto refused = m_service->keyRefusal())
            return refused;
        const bool each = std::any_of(m_further.begin(), m_further.end(), [](const FurtherReading& further) {
            return further.when == FurtherReading::When::Always && further.reader->usesService();
        });
        const int readings = (m_readers.reader->usesService() ? 1 : 0) + (each ? 1 : 0);
        std::optional<double> cost;
        if (m_store)
            cost = m_store->meanCost(m_readers.reader->id()).value_or(std::nullopt);
        const QStringList lines = m_service->setUp(ballots, readings, cost, options);
        if (!m_options.quiet && m_options.progress != ProgressStyle::Json)
            for (const QString& line : lines)
                Console::say(line);
        return std::nullopt;
    }

    static BatchResult unread(const QList<BallotScan>& scans, const Error& cause) {
        BatchResult result;
        for (const BallotScan& scan : scans) {
            BallotResult ballot;
            ballot.scan = scan;
            result.results.append(ballot);
        }
        result.total = static_cast<int>(scans.size());
        result.stopped = cause;
        return result;
    }

    // All ballots of the project, or of this run without one; what could no longer be kept in the project
    // (full disk) comes from memory, also where the project holds something older.
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
            if (place != places.cend() && takesThePlaceOf(result, kept->at(*place).status))
                (*kept)[*place] = result;
        }
        return *kept;
    }

    // Failed in this run; what was read before still counts.
    static QList<BallotResult> failedAgain(const BatchResult& batch, const QList<BallotResult>& ballots) {
        QSet<QString> withNumbers;
        for (const BallotResult& ballot : ballots)
            if (hasResult(ballot.status))
                withNumbers.insert(identity(ballot.scan));
        QList<BallotResult> failed;
        for (const BallotResult& result : batch.results)
            if (result.status == BallotStatus::Failed && withNumbers.contains(identity(result.scan)))
                failed.append(result);
        return failed;
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
        const QList<BallotResult> again = failedAgain(batch, ballots);
        const int failed = sayFailed(ballots, m_context) + sayFailed(again, m_context);
        if (!again.isEmpty())
            Console::say(QStringLiteral("Of these %1 were read before. What was read then still counts.")
                             .arg(again.size()));
        if (!m_options.quiet) {
            saySummary(ballots);
            sayUsage(batch.usage);
        }
        if (!written)
            sayError(written.error(), m_context);
        if (batch.stopped)
            sayError(*batch.stopped, m_context);
        if (m_cancel.isCancelled()) {
            Console::say(QStringLiteral("Stopped. What was read is kept."));
            return ExitStatus::Interrupted;
        }
        // A ballot without an outcome is never "all read", whatever the reason.
        if (sayUnread(ballots) > 0 || batch.stopped || !written || batch.processed < batch.total)
            return ExitStatus::StoppedEarly;
        return failed > 0 || m_lost > 0 ? ExitStatus::SomeFailed : ExitStatus::AllRead;
    }

    void sayUsage(const ServiceUsage& usage) const {
        if (m_options.progress == ProgressStyle::Json || usage.requests == 0)
            return;
        Console::say(QStringLiteral("%1 requests, %2 tokens, %3 USD, %4 KiB sent")
                         .arg(usage.requests)
                         .arg(usage.promptTokens + usage.completionTokens)
                         .arg(usage.cost, 0, 'f', 4)
                         .arg(usage.bytesSent / 1024));
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
    SupportLog m_log{SupportLog::defaultFolder(), m_context.clock};
    std::unique_ptr<ProjectStore> m_store;
    ReaderSet m_readers;
    std::vector<ReaderSet> m_furtherReaders;
    QList<FurtherReading> m_further;
    std::unique_ptr<ServiceDesk> m_service;
    // Skipped files and folders that may hold scans.
    int m_lost = 0;
};

}  // namespace

ExitStatus runRead(const ReadOptions& options, const CommandContext& context) {
    return ReadRun(options, context).run();
}

}  // namespace tallydesk
