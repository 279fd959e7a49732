// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/FolderScanner.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>
#include <algorithm>

#include "imaging/NaturalOrder.h"

namespace tallydesk {

namespace {

const QString kNotAScan = QStringLiteral("intake.not_a_scan");
constexpr int reportEvery = 256;  // often enough for a moving counter, rare enough to cost nothing

// "name.jpg" comes before "name (1).jpg": endings count last.
int compareNames(const QString& a, const QString& b) {
    const auto bare = [](const QString& file) { return QStringView(file).left(file.lastIndexOf(u'.')); };
    const int order = compareNaturally(bare(a), bare(b));
    return order != 0 ? order : compareNaturally(a, b);
}

class Search {
public:
    Search(int maxFiles, const CancelToken& cancel, const std::function<void(int)>& found)
        : m_maxFiles(maxFiles), m_cancel(cancel), m_found(found) {}

    void addPath(const QString& path) {
        const QFileInfo info(QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
        m_root = info.absoluteFilePath();
        m_firstOfRoot = m_result.files.size();
        const QString name = info.fileName().isEmpty() ? m_root : info.fileName();
        if (info.isDir()) {
            walk(m_root);
        } else if (!info.exists()) {
            m_result.files.append({m_root, name, Error{QStringLiteral("intake.file_missing"), {name}, {}}});
        } else {
            addFile(info, name);
        }
        sortAndName(name);
    }

    FoundFiles take() {
        std::sort(m_result.skipped.begin(), m_result.skipped.end(),
                  [](const auto& a, const auto& b) { return compareNames(a.file, b.file) < 0; });
        if (m_found)
            m_found(int(m_result.files.size()));
        return std::move(m_result);
    }

private:
    // An explicit stack: a deep tree must not exhaust the thread's own.
    void walk(const QString& top) {
        QStringList pending{top};
        while (!pending.isEmpty()) {
            const QString folder = pending.takeLast();
            const QString canonical = QFileInfo(folder).canonicalFilePath();
            if (canonical.isEmpty() || m_folders.contains(canonical))
                continue;
            m_folders.insert(canonical);
            if (!QFileInfo(folder).isReadable() || !QFileInfo(folder).isExecutable()) {
                skip(relative(folder), QStringLiteral("intake.folder_unreadable"));
                continue;
            }
            QDirIterator it(folder, QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
            while (it.hasNext()) {
                if (m_cancel.isCancelled())
                    return;
                it.next();
                const QFileInfo info = it.fileInfo();
                if (info.isDir())
                    pending.append(it.filePath());
                else
                    addFile(info, relative(it.filePath()));
            }
        }
    }

    QString relative(const QString& path) const {
        const QString rest = path.mid(m_root.endsWith(u'/') ? m_root.size() : m_root.size() + 1);
        return rest.isEmpty() ? QFileInfo(path).fileName() : rest;
    }

    void addFile(const QFileInfo& info, const QString& file) {
        if (!isScanName(info.fileName())) {
            skip(file, kNotAScan);
            return;
        }
        if (!info.exists() || !info.isFile()) {
            skip(file, info.isSymLink() ? QStringLiteral("intake.broken_link") : kNotAScan);
            return;
        }
        // A link to a file keeps its own name; the same path reached twice counts once.
        const QString canonicalFolder = QFileInfo(info.absolutePath()).canonicalFilePath();
        const QString identity = canonicalFolder + u'/' + info.fileName();
        if (m_paths.contains(identity))
            return;
        if (m_result.files.size() >= m_maxFiles) {
            skip(file, QStringLiteral("intake.too_many_files"));
            return;
        }
        m_paths.insert(identity);
        m_result.files.append({info.absoluteFilePath(), file, std::nullopt});
        if (m_found && m_result.files.size() % reportEvery == 0)
            m_found(int(m_result.files.size()));
    }

    void skip(const QString& file, const QString& code) {
        m_result.skipped.append({file, Error{code, {file}, {}}});
    }

    // Names stay unique over several PATHs: a name that is taken gets its PATH's own name in front.
    void sortAndName(const QString& rootName) {
        auto& files = m_result.files;
        std::sort(files.begin() + m_firstOfRoot, files.end(),
                  [](const auto& a, const auto& b) { return compareNames(a.file, b.file) < 0; });
        for (qsizetype i = m_firstOfRoot; i < files.size(); ++i) {
            const QString plain = files[i].file;
            QString name = plain;
            for (int n = 1; m_names.contains(name); ++n) {
                const QString front =
                    rootName == plain ? QFileInfo(QFileInfo(files[i].path).path()).fileName() : rootName;
                name =
                    n == 1 ? front + u'/' + plain : QStringLiteral("%1~%2/%3").arg(front).arg(n).arg(plain);
            }
            m_names.insert(name);
            files[i].file = name;
        }
    }

    const int m_maxFiles;
    const CancelToken& m_cancel;
    const std::function<void(int)>& m_found;
    QString m_root;
    qsizetype m_firstOfRoot = 0;
    QSet<QString> m_folders;
    QSet<QString> m_paths;
    QSet<QString> m_names;
    FoundFiles m_result;
};

}  // namespace

bool isScanName(const QString& name) {
    static const QStringList endings{QStringLiteral("pdf"),  QStringLiteral("jpg"),  QStringLiteral("jpeg"),
                                     QStringLiteral("jpe"),  QStringLiteral("png"),  QStringLiteral("tif"),
                                     QStringLiteral("tiff"), QStringLiteral("webp"), QStringLiteral("bmp")};
    return endings.contains(QFileInfo(name).suffix().toLower());
}

bool mayHideScans(const SkippedFile& skipped) {
    return skipped.reason.code != kNotAScan;
}

FoundFiles findScanFiles(const QStringList& paths, int maxFiles, const CancelToken& cancel,
                         const std::function<void(int)>& found) {
    Search search(maxFiles, cancel, found);
    for (const QString& path : paths) {
        if (!cancel.isCancelled())
            search.addPath(path);
    }
    return search.take();
}

}  // namespace tallydesk
