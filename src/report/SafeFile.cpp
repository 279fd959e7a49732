// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/SafeFile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace tallydesk {

namespace {

// Enough to keep system calls rare, little enough to notice a full disk soon.
constexpr qsizetype kChunk = 64 * 1024;

QString codeOf(const QIODevice& device) {
    const auto* file = qobject_cast<const QFileDevice*>(&device);
    return file && file->error() == QFileDevice::ResourceError ? QStringLiteral("report.disk_full")
                                                               : QStringLiteral("report.write_failed");
}

bool isSpecial(const QFileInfo& info) {
    return info.exists() && !info.isFile() && !info.isDir();
}

Expected<void> checkPlace(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir())
        return fail(QStringLiteral("report.is_folder"), {path});
    if (!QFileInfo(info.absolutePath()).isDir())
        return fail(QStringLiteral("report.folder_missing"), {path, info.absolutePath()});
    return {};
}

// The file that would be replaced: a link is followed, one spelling for every path.
QString targetOf(const QString& path) {
    const QFileInfo info(path);
    if (info.isSymLink() && !info.exists())
        return QFileInfo(info.symLinkTarget()).absoluteFilePath();
    if (info.exists())
        return info.canonicalFilePath();
    const QString folder = QFileInfo(info.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? info.absoluteFilePath() : folder + u'/' + info.fileName();
}

Error withPath(Error error, const QString& path) {
    error.args = {path};
    return error;
}

Expected<void> writeTo(QFileDevice& file, const QString& path, const SafeFile::Write& write) {
    if (!file.open(QIODevice::WriteOnly))
        return fail(QStringLiteral("report.cannot_create"), {path}, file.errorString());
    if (auto written = write(file); !written)
        return tl::make_unexpected(withPath(written.error(), path));
    if (!file.flush())
        return fail(codeOf(file), {path}, file.errorString());
    return {};
}

}  // namespace

CheckedWriter::CheckedWriter(QIODevice& device) : m_device(device) {}

void CheckedWriter::write(const QByteArray& bytes) {
    m_buffer.append(bytes);
    if (m_buffer.size() >= kChunk)
        flush();
}

void CheckedWriter::flush() {
    if (!m_failed && !m_buffer.isEmpty() && m_device.write(m_buffer) != m_buffer.size()) {
        m_failed = true;
        m_code = codeOf(m_device);
        m_detail = m_device.errorString();
    }
    m_buffer.clear();
}

Expected<void> CheckedWriter::finish() {
    flush();
    if (m_failed)
        return fail(m_code, {QString()}, m_detail);
    return {};
}

Expected<void> SafeFile::replace(const QString& path, const Write& write) {
    if (auto place = checkPlace(path); !place)
        return place;
    if (isSpecial(QFileInfo(path))) {
        QFile device(path);
        return writeTo(device, path, write);
    }
    QSaveFile file(path);
    if (auto written = writeTo(file, path, write); !written) {
        file.cancelWriting();
        return written;
    }
    if (!file.commit())
        return fail(codeOf(file), {path}, file.errorString());
    return {};
}

Expected<void> SafeFile::checkWritable(const QString& path) {
    if (auto place = checkPlace(path); !place)
        return place;
    const QFileInfo info(path);
    if (isSpecial(info))
        return info.isWritable() ? Expected<void>() : fail(QStringLiteral("report.cannot_create"), {path});
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(QStringLiteral("report.cannot_create"), {path}, file.errorString());
    file.cancelWriting();
    return {};
}

Expected<void> SafeFile::checkApart(const QStringList& outputs, const QStringList& kept,
                                    const std::function<bool(const QString&)>& forbidden) {
    QStringList taken;
    for (const QString& path : kept)
        if (!path.isEmpty())
            taken.append(targetOf(path));
    for (const QString& path : outputs) {
        if (path.isEmpty() || path == QLatin1String("-"))
            continue;
        const QString target = targetOf(path);
        if (taken.contains(target) || forbidden(path) || forbidden(target))
            return fail(QStringLiteral("report.not_for_results"), {path});
        taken.append(target);
    }
    return {};
}

}  // namespace tallydesk
