// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <functional>
#include <optional>

#include "core/CancelToken.h"
#include "core/Error.h"
#include "imaging/Intake.h"

namespace tallydesk {

/// One scan file found: where it is, and its name in results (relative to its PATH, unique in a run).
struct FoundFile {
    QString path;
    QString file;
    /// A PATH that can't be looked into (missing): becomes a failed ballot.
    std::optional<Error> error;
};

struct FoundFiles {
    QList<FoundFile> files;
    QList<SkippedFile> skipped;
};

/// Finds the scan files under the given files and folders (spec: cli.md, PATH): recursive, hidden ones
/// left out, symlink loops safe, sorted naturally. A file that two PATHs reach counts once. Other files are
/// named as skipped. `found` hears the number of files so far. Any thread; blocks; stops on cancel.
FoundFiles findScanFiles(const QStringList& paths, int maxFiles, const CancelToken& cancel,
                         const std::function<void(int)>& found = {});

/// True when scans may be lost with a skipped file or folder: it could not be looked into, leads nowhere, or
/// is beyond the limit. False for what is no scan.
bool mayHideScans(const SkippedFile& skipped);

/// True when the name ends like a scan: PDF, JPEG, PNG, TIFF, WebP, BMP.
bool isScanName(const QString& name);

}  // namespace tallydesk
