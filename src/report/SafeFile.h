// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>
#include <QString>
#include <functional>

#include "core/Error.h"

namespace tallydesk {

/// Collects output and checks that every byte of it reaches the device. The first failure sticks.
/// Not thread-safe; the device must outlive it.
class CheckedWriter {
public:
    explicit CheckedWriter(QIODevice& device);
    void write(const QByteArray& bytes);
    /// Hands over what is still collected; "report.write_failed" or "report.disk_full" when not all of the
    /// output arrived.
    Expected<void> finish();

private:
    void flush();

    QIODevice& m_device;
    QByteArray m_buffer;
    bool m_failed = false;
    QString m_detail;
    QString m_code;
};

/// Files that are replaced as a whole or not at all. Stateless; any thread.
namespace SafeFile {

using Write = std::function<Expected<void>(QIODevice&)>;

/// Writes to a temporary file beside `path` and puts it in its place when everything arrived; else `path`
/// stays as it was. A device or pipe is written directly. Errors carry the path: "report.cannot_create",
/// "report.folder_missing", "report.is_folder", "report.write_failed", "report.disk_full".
Expected<void> replace(const QString& path, const Write& write);

/// Whether replace() could begin, so that it is known before hours of reading. Leaves nothing behind.
Expected<void> checkWritable(const QString& path);

/// Whether each of `outputs` has a place of its own: none is another's, none is or leads to one of `kept`,
/// and `forbidden` holds of none, by its name or by where a link leads. Empty paths and "-" are passed over.
/// Error: "report.not_for_results".
Expected<void> checkApart(const QStringList& outputs, const QStringList& kept,
                          const std::function<bool(const QString&)>& forbidden);

}  // namespace SafeFile

}  // namespace tallydesk
