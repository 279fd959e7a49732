// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <memory>

#include "core/BallotScan.h"
#include "core/CancelToken.h"
#include "core/Error.h"
#include "core/FormTemplate.h"
#include "imaging/IntakeLimits.h"

namespace tallydesk {

/// A file that intake leaves alone, and why (no scan, unreadable folder).
struct SkippedFile {
    /// Relative to the PATH given, as BallotScan::file.
    QString file;
    Error reason;

    bool operator==(const SkippedFile&) const = default;
};

/// Files with the same bytes; both are kept as ballots, the second only named here.
struct DuplicateFile {
    QString file;
    QString firstFile;

    bool operator==(const DuplicateFile&) const = default;
};

/// What intake found. Every page of every scan file is in exactly one ballot or in one ballot's
/// setAsidePages. Ballots come in the order of path, then first page. A plain value: any thread.
struct IntakeResult {
    QList<BallotScan> ballots;
    QList<SkippedFile> skipped;
    QList<DuplicateFile> duplicates;
    /// Stopped early by the token; `ballots` is then empty.
    bool cancelled = false;
};

/// Hears how far intake is. Called in intake's threads, one call at a time; must not block.
class IntakeObserver {
public:
    virtual ~IntakeObserver() = default;
    /// More scan files were found; `files` is the number so far.
    virtual void filesFound(int files);
    /// One more file is looked through.
    virtual void fileDone(int done, int total);
};

/// Finds the ballots in files and folders: opens every scan, turns its pages upright, recognises forms by
/// what is printed and groups the pages. Reads no handwriting. Immutable; any thread, also several at once.
class Intake {
public:
    explicit Intake(FormCatalog forms, IntakeLimits limits = {});

    /// `paths` are files or folders. Blocks; works on a pool of its own and returns within a second of
    /// cancel.
    IntakeResult run(const QStringList& paths, const CancelToken& cancel,
                     IntakeObserver* observer = nullptr) const;

private:
    FormCatalog m_forms;
    IntakeLimits m_limits;
};

}  // namespace tallydesk
