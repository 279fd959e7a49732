// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/Intake.h"

#include <QFileInfo>
#include <QHash>
#include <QMutex>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <QtConcurrent>
#include <algorithm>
#include <deque>
#include <exception>
#include <utility>

#include "imaging/BallotGrouper.h"
#include "imaging/FileHash.h"
#include "imaging/FolderScanner.h"
#include "imaging/PageClassifier.h"
#include "imaging/PageDocument.h"

namespace tallydesk {

namespace {

// Opens and judges one file after another; several threads share it.
class FileLooker {
public:
    FileLooker(const FormCatalog& forms, const IntakeLimits& limits, const CancelToken& cancel, int threads)
        : m_classifier(forms, std::make_shared<TextRecogniser>()),
          m_limits(limits),
          m_cancel(cancel),
          m_waitingPages(threads) {}

    /// Pages of one file are judged on `pool`, too: a long PDF must not keep one thread busy alone.
    FileScan look(const FoundFile& found, QThreadPool& pool) const {
        FileScan scan;
        scan.file = found.file;
        scan.path = found.path;
        scan.error = found.error;
        if (scan.error)
            return scan;
        try {
            if (auto seen = lookInside(scan, pool); !seen)
                scan.error = seen.error();
        } catch (const std::bad_alloc&) {
            scan.error = Error{QStringLiteral("intake.out_of_memory"), {name(scan)}, {}};
        } catch (const std::exception& e) {
            // A library's surprise costs this file, never the run.
            scan.error =
                Error{QStringLiteral("intake.file_unusable"), {name(scan)}, QString::fromUtf8(e.what())};
        }
        return scan;
    }

private:
    static QString name(const FileScan& scan) { return QFileInfo(scan.path).fileName(); }

    Expected<void> lookInside(FileScan& scan, QThreadPool& pool) const {
        auto document = PageDocument::open(scan.path, m_limits);
        if (!document)
            return tl::make_unexpected(document.error());
        const auto hash = hashFile(scan.path, m_cancel);
        if (!hash)
            return tl::make_unexpected(hash.error());
        scan.sha256 = *hash;
        std::deque<QFuture<Expected<PageClass>>> judged;
        const auto takeFirst = [&]() -> Expected<void> {
            const Expected<PageClass> what = judged.front().result();
            judged.pop_front();
            if (!what)
                return tl::make_unexpected(what.error());
            scan.pages.append(*what);
            return {};
        };
        const int pages = (*document)->pageCount();
        for (int i = 1; i <= pages; ++i) {
            if (m_cancel.isCancelled())
                return fail(QStringLiteral("cancelled"));
            auto page = (*document)->page(i);
            if (!page)
                return tl::make_unexpected(page.error());
            // Few pages ahead, whichever files they are of: an opened page takes some 15 MB.
            if (m_waitingPages.tryAcquire()) {
                judged.push_back(QtConcurrent::run(&pool, [this, image = std::move(page->image)]() mutable {
                    const QSemaphoreReleaser released(m_waitingPages);
                    const QImage own = std::exchange(image, {});  // gone with this page, not with its result
                    return judge(own);
                }));
            } else {
                judged.push_back(QtFuture::makeReadyFuture(judge(page->image)));
            }
        }
        while (!judged.empty()) {
            if (auto taken = takeFirst(); !taken)
                return taken;
        }
        return {};
    }

    Expected<PageClass> judge(const QImage& page) const {
        if (m_cancel.isCancelled())
            return fail(QStringLiteral("cancelled"));
        return m_classifier.classify(page, m_cancel);
    }

    const PageClassifier m_classifier;
    const IntakeLimits m_limits;
    const CancelToken m_cancel;
    mutable QSemaphore m_waitingPages;  // opened and given to the pool
};

QList<DuplicateFile> duplicatesOf(const QList<FileScan>& files) {
    QList<DuplicateFile> duplicates;
    QHash<QString, QString> first;
    for (const FileScan& file : files) {
        if (file.sha256.isEmpty())
            continue;
        const auto known = first.constFind(file.sha256);
        if (known != first.constEnd())
            duplicates.append({file.file, *known});
        else
            first.insert(file.sha256, file.file);
    }
    return duplicates;
}

}  // namespace

void IntakeObserver::filesFound(int) {}

void IntakeObserver::fileDone(int, int) {}

Intake::Intake(FormCatalog forms, IntakeLimits limits) : m_forms(std::move(forms)), m_limits(limits) {}

IntakeResult Intake::run(const QStringList& paths, const CancelToken& cancel,
                         IntakeObserver* observer) const {
    IntakeResult result;
    FoundFiles found = findScanFiles(paths, m_limits.maxFiles, cancel, [&](int files) {
        if (observer != nullptr)
            observer->filesFound(files);
    });
    result.skipped = std::move(found.skipped);

    const int threads = m_limits.threads > 0 ? m_limits.threads : std::max(2, QThread::idealThreadCount());
    const FileLooker looker(m_forms, m_limits, cancel, threads);
    QThreadPool pool;  // ends before what its tasks use
    pool.setMaxThreadCount(threads);
    QMutex telling;
    int done = 0;  // guarded by telling
    const int total = int(found.files.size());
    const std::function<FileScan(const FoundFile&)> look = [&](const FoundFile& file) {
        if (cancel.isCancelled())
            return FileScan{};
        FileScan scan = looker.look(file, pool);
        const QMutexLocker lock(&telling);
        ++done;
        if (observer != nullptr && !cancel.isCancelled())
            observer->fileDone(done, total);
        return scan;
    };
    QFuture<FileScan> future = QtConcurrent::mapped(&pool, found.files, look);
    future.waitForFinished();
    if (cancel.isCancelled()) {
        result.cancelled = true;
        return result;
    }
    const QList<FileScan> files = future.results();
    result.ballots = BallotGrouper(m_forms).group(files);
    result.duplicates = duplicatesOf(files);
    return result;
}

}  // namespace tallydesk
