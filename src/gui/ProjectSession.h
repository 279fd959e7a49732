// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QThread>
#include <QTimer>
#include <functional>
#include <memory>

#include "core/BallotResult.h"
#include "store/ProjectStore.h"

namespace tallydesk {

/// The open project. Every call returns at once; the file is read and written in a thread of the session's
/// own, in the order of the calls, and signals tell the outcome. GUI thread; destroying it waits until what
/// was asked for is on disk.
class ProjectSession final : public QObject {
    Q_OBJECT
public:
    /// `clock` must outlive it.
    explicit ProjectSession(const Clock& clock, QObject* parent = nullptr);
    ~ProjectSession() override;

    /// Opens a project or makes it, with its folder; the one open before is closed.
    void open(const QString& path);
    void close();
    /// Empty without a project.
    const QString& path() const { return m_path; }
    bool isOpen() const { return m_store != nullptr; }
    /// Where a run keeps what it learns; null without a project. Thread-safe.
    std::shared_ptr<ProjectStore> store() const { return m_store; }

    /// Enters ballots, those of the whole project in their order; recalled() tells what the project knows of
    /// the `added` ones.
    void enter(const QList<BallotScan>& scans, const RunReaders& readers, const QList<BallotScan>& added);
    /// A person's decision: what can't be written is told once and kept until it can.
    void keepReview(const BallotResult& result, const QList<Correction>& corrections);
    void retire(const QList<BallotScan>& scans);
    /// Puts arranged ballots in the place of others (ProjectStore::rearrange()).
    void rearrange(const QList<BallotScan>& before, const QList<BallotScan>& after);
    /// Hands ballots over to another project, made when it is not there; moved() tells.
    void moveTo(const QString& path, const QList<BallotResult>& ballots);
    /// Applies the rules between ballots to all of a project; revised() tells what they change.
    void checkAcross(const QList<BallotResult>& ballots);
    /// Looks which of these files are there; presenceKnown() tells.
    void lookFor(const QStringList& paths);
    /// Whether anything asked for is not on disk yet.
    bool isSaving() const { return m_pending > 0; }
    /// Decisions that could not be written, also of projects that were closed since. They are tried again at
    /// intervals, after the next save, and when their project is closed or opened.
    int unkeptDecisions() const { return m_unkeptCount; }

Q_SIGNALS:
    /// With every ballot of the project, the rules between ballots applied.
    void opened(const QString& path, const QList<tallydesk::BallotResult>& ballots);
    /// The project could not be opened; none is open now.
    void openFailed(const QString& path, const tallydesk::Error& error);
    /// Something asked for could not be kept.
    void failed(const tallydesk::Error& error);
    /// These ballots now stand in the project at `path`, and no longer in this one.
    void moved(const QString& path, const QList<tallydesk::BallotScan>& scans);
    void revised(const QList<tallydesk::BallotResult>& ballots);
    /// What was read and decided, before they were taken out, of ballots that were added again.
    void recalled(const QList<tallydesk::BallotResult>& ballots);
    /// Also told when unkeptDecisions() changed.
    void savingChanged(bool saving);
    void presenceKnown(const QStringList& missing);

private:
    using Reply = std::function<void()>;
    struct Decision {
        /// The project that it belongs to.
        QString path;
        BallotResult result;
        QList<Correction> corrections;
    };

    void post(const std::function<Reply()>& work);
    void postSave(const std::function<Expected<void>()>& work, const Reply& then = {});

    void keepDecisions(ProjectStore& store);
    void takeUnkept(const QList<Decision>& unkept);
    void tryAgain();

    const Clock& m_clock;
    // In the session's thread only: what is not on disk, oldest first.
    QList<Decision> m_unkept;
    QThread m_thread;
    QObject* const m_worker;
    QString m_path;
    std::shared_ptr<ProjectStore> m_store;
    /// Grows with each open() and close(), so that late answers about another project are dropped.
    int m_generation = 0;
    int m_pending = 0;
    int m_unkeptCount = 0;
    QTimer m_again{this};
};

}  // namespace tallydesk
