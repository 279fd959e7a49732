// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>
#include <mutex>

#include "core/Clock.h"
#include "core/ResultSink.h"

namespace tallydesk {

/// A log for support: one line an attempt with time, ballot, attempt, status, milliseconds and bytes. Holds
/// no picture, no key, no answer and no name: a ballot stands there by the first digits of its scan's hash.
/// The file is rotated; a log that can't be written disturbs nothing. Thread-safe.
class SupportLog {
public:
    /// `clock` must outlive it.
    SupportLog(QString folder, const Clock& clock, qint64 maxBytes = 1024 * 1024, int files = 4);

    /// Where the program keeps its log.
    static QString defaultFolder();
    QString path() const;
    /// All that is there, the oldest first.
    QByteArray content() const;

    void attempt(const BallotScan& scan, const AttemptRecord& attempt);
    void outcome(const BallotResult& result);
    /// Something about the whole run: a word and figures ("begin", "ballots=40").
    void note(const QString& event, const QString& details = {});

private:
    void add(const QString& line);
    void rotate();
    QString pathOf(int number) const;

    const QString m_folder;
    const Clock& m_clock;
    const qint64 m_maxBytes;
    const int m_files;
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    QFile m_file;
};

/// Writes what passes through it into a SupportLog. Thread-safe as what it borrows is.
class LoggedSink final : public ResultSink {
public:
    /// `next` may be null; both outlive it.
    LoggedSink(SupportLog& log, ResultSink* next) : m_log(log), m_next(next) {}
    Expected<void> keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) override;
    Expected<void> keepResult(const BallotResult& result) override;

private:
    SupportLog& m_log;
    ResultSink* const m_next;
};

}  // namespace tallydesk
