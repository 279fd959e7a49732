// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QLockFile>
#include <QStringList>
#include <memory>
#include <optional>

#include "core/AnswerStore.h"
#include "core/Clock.h"
#include "core/ResultSink.h"
#include "store/Database.h"
#include "store/StoreThread.h"

namespace tallydesk {

/// One change that a person made: a field key ("valid", "row 12", "province", "status"), what stood there
/// and what stands there now.
struct Correction {
    QString field;
    std::optional<QString> before;
    std::optional<QString> after;
    QString userName;
    QDateTime at;

    bool operator==(const Correction&) const = default;
};

/// A ballot with its history, on its way from one project to another.
struct AdoptedBallot {
    BallotResult result;
    QList<Correction> corrections;
};

/// Who reads in a run: the first reader, whose results count; those that read every ballot besides; those
/// that read only what the first did not accept. By BallotReader::id().
struct RunReaders {
    RunReaders(QString theFirst, QStringList theAlways = {}, QStringList theFlagged = {})
        : first(std::move(theFirst)), always(std::move(theAlways)), flagged(std::move(theFlagged)) {}
    QString first;
    QStringList always;
    QStringList flagged;
    /// Ballots are entered, none is about to be read: what counts for them goes on counting.
    bool onlyEnter = false;
};

/// The project file: every scan, ballot, attempt, reading, finding and correction in one SQLite file. Each
/// call commits before it returns, so a crash or `kill -9` loses nothing that was kept. Thread-safe; all
/// SQL runs in one thread of the store's own. Design: src/store/README.md.
class ProjectStore final : public ResultSink, public AnswerStore {
public:
    using Access = Database::Access;

    /// Opens or (for writing) makes a project and brings older files to the newest schema. Only one program
    /// at a time may have it open for writing. `clock` must outlive the store. Errors: "store.missing",
    /// "store.not_a_project", "store.newer_version", "store.older_version" (read-only and not migrated),
    /// "store.in_use", "store.read_only", "store.cannot_open", "store.busy", "store.damaged",
    /// "store.disk_full", "store.write_failed".
    static Expected<std::unique_ptr<ProjectStore>> open(const QString& path, Access access,
                                                        const Clock& clock);
    ~ProjectStore() override;

    /// Enters the ballots of an intake in its order and says which of them `readers` still have to read, in
    /// that order; ballots that a person arranged take the place of what was found in their pages. Not read
    /// again: what the same readers read from the same content, and what a person
    /// settled. Failed and cancelled ballots are read again. Ballots of files that were since replaced on
    /// disk leave the results (but not the file).
    Expected<QList<BallotScan>> beginRun(const QList<BallotScan>& scans, const RunReaders& readers);
    /// The reader of the last beginRun(); empty for a new project.
    Expected<QString> lastReader() const;

    Expected<void> keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) override;
    /// The reading of a machine. What a person settled stays as it is; a failed or cancelled result never
    /// hides one that was read (core/CountedReading.h).
    Expected<void> keepResult(const BallotResult& result) override;
    Expected<std::optional<QByteArray>> answerTo(const QString& request) const override;
    Expected<void> keepAnswer(const QString& request, const QByteArray& answer) override;
    bool refusesFormat(const QString& model) const override;
    void keepRefusal(const QString& model) override;

    /// A person's decision and the changes that led to it, together; the machine's reading stays in the file.
    Expected<void> keepReview(const BallotResult& result, const QList<Correction>& corrections);

    /// Retires ballots: they leave the results, what was learnt about them stays in the file, and beginRun()
    /// brings them back.
    Expected<void> retire(const QList<BallotScan>& scans);

    /// A person arranged the pages of some ballots into others (core/PageArrangement.h): those take their
    /// place. What was learnt about the ones before stays in the file.
    Expected<void> rearrange(const QList<BallotScan>& before, const QList<BallotScan>& after);

    /// Takes ballots over from another project, with what was read and decided; what a person has settled
    /// here stays as it is.
    Expected<void> adopt(const QList<AdoptedBallot>& ballots);

    /// Every ballot of the project in intake order; one without a reading yet is Cancelled. Rules between
    /// ballots (W.301, W.302) are the caller's.
    Expected<QList<BallotResult>> results() const;
    Expected<QList<AttemptRecord>> attempts(const BallotScan& scan) const;
    /// What a ballot that `reader` read has cost on the mean, in US dollars; nullopt when no answer said so.
    Expected<std::optional<double>> meanCost(const QString& reader) const;
    Expected<QList<Correction>> corrections(const BallotScan& scan) const;

    /// What is wrong with the file, in words for support; empty when all is well.
    Expected<QStringList> integrityProblems() const;
    const QString& path() const { return m_path; }

private:
    ProjectStore(QString path, const Clock& clock);
    Expected<void> openDatabase(Access access);
    template <typename T>
    Expected<T> inTransaction(Transaction::Kind kind, const std::function<T(Transaction&)>& work) const;

    const QString m_path;
    const Clock& m_clock;
    std::unique_ptr<QLockFile> m_lock;
    mutable StoreThread m_thread;
    // Used in m_thread only.
    std::unique_ptr<Database> m_database;
};

}  // namespace tallydesk
