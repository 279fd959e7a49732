// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ExportJob.h"

#include <QBuffer>
#include <QFileInfo>
#include <QMutex>
#include <QThreadPool>

#include "core/CrossBallotRules.h"
#include "gui/CsvLines.h"
#include "imaging/FolderScanner.h"
#include "report/JsonWriter.h"
#include "report/SafeFile.h"

namespace tallydesk {

namespace {

// Enough ballots to show every column that matters, few enough to be at hand at once.
constexpr qsizetype kPreviewBallots = 2'000;

// Passes everything on until a person cancels; then it fails as a broken disk would.
class CancellableDevice final : public QIODevice {
public:
    CancellableDevice(QIODevice& target, CancelToken cancel) : m_target(target), m_cancel(std::move(cancel)) {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char* data, qint64 size) override {
        return m_cancel.isCancelled() ? -1 : m_target.write(data, size);
    }

private:
    QIODevice& m_target;
    const CancelToken m_cancel;
};

Expected<void> replace(const QString& path, const CancelToken& cancel, const SafeFile::Write& write) {
    return SafeFile::replace(path, [&](QIODevice& device) -> Expected<void> {
        CancellableDevice guarded(device, cancel);
        if (auto done = write(guarded); !done)
            return cancel.isCancelled() ? fail(QStringLiteral("cancelled")) : done;
        return {};
    });
}

ExportPlace look(const QString& path) {
    const QFileInfo info(path);
    const QFileInfo folder(info.absolutePath());
    ExportPlace place;
    place.path = path;
    place.exists = info.exists();
    place.isFolder = info.isDir();
    place.folderMissing = !folder.isDir();
    place.folderLocked = !place.folderMissing && !folder.isWritable();
    return place;
}

}  // namespace

// What the tasks share. Outlives the job while one of them still runs.
struct ExportJob::Worker {
    const ReportContext context;
    // Guarded: tasks may run side by side.
    QMutex mutex;
    ResultsDocument document;
    bool checked = false;
    // Guarded; null once the job is gone.
    QMutex linkMutex;
    ExportJob* job = nullptr;

    Worker(ReportContext reportContext, ResultsDocument results, ExportJob* owner)
        : context(std::move(reportContext)), document(std::move(results)), job(owner) {}

    // Runs in the job's thread, or not at all.
    template <typename Call>
    void tell(Call call) {
        const QMutexLocker lock(&linkMutex);
        if (job)
            QMetaObject::invokeMethod(job, std::move(call), Qt::QueuedConnection);
    }

    const ResultsDocument& ready() {
        const QMutexLocker lock(&mutex);
        if (!checked)
            checkAcrossBallots(document.ballots);
        checked = true;
        return document;
    }

    QList<QStringList> preview(CsvLayout layout) {
        const ResultsDocument& all = ready();
        const ResultsDocument start{all.appVersion, all.created, all.reader,
                                    all.ballots.mid(0, kPreviewBallots)};
        QBuffer buffer;
        buffer.open(QIODevice::ReadWrite);
        if (!CsvExporter(context, {layout, false}).write(buffer, start))
            return {};
        return csvLines(buffer.data(), kPreviewLines + 1);
    }

    std::optional<Error> write(const ExportChoice& choice, const CancelToken& cancel, QStringList& files) {
        const auto forbidden = [](const QString& path) {
            return isScanName(path) || path.endsWith(QStringLiteral(".tallydesk"), Qt::CaseInsensitive);
        };
        if (const auto apart =
                SafeFile::checkApart({choice.csvPath, choice.failedPath, choice.jsonPath}, {}, forbidden);
            !apart)
            return apart.error();
        const CsvExporter csv(context, choice.csv);
        const auto one = [&](const QString& path, const SafeFile::Write& how) -> std::optional<Error> {
            if (path.isEmpty())
                return {};
            if (const auto done = replace(path, cancel, how); !done)
                return cancel.isCancelled() ? Error{QStringLiteral("cancelled"), {}, {}} : done.error();
            files.append(path);
            return {};
        };
        const ResultsDocument& results = ready();
        if (auto error = one(choice.csvPath, [&](QIODevice& out) { return csv.write(out, results); }))
            return error;
        if (auto error =
                one(choice.failedPath, [&](QIODevice& out) { return csv.writeFailed(out, results); }))
            return error;
        return one(choice.jsonPath, [&](QIODevice& out) { return JsonWriter(context).write(out, results); });
    }
};

ExportJob::ExportJob(ReportContext context, ResultsDocument document, QObject* parent)
    : QObject(parent), m_worker(std::make_shared<Worker>(std::move(context), std::move(document), this)) {}

ExportJob::~ExportJob() {
    m_cancel.cancel();
    const QMutexLocker lock(&m_worker->linkMutex);
    m_worker->job = nullptr;
}

void ExportJob::preview(CsvLayout layout) {
    QThreadPool::globalInstance()->start([this, worker = m_worker, layout] {
        const QList<QStringList> records = worker->preview(layout);
        worker->tell([this, layout, records] { Q_EMIT previewReady(layout, records); });
    });
}

void ExportJob::inspect(const QString& path) {
    QThreadPool::globalInstance()->start([this, worker = m_worker, path] {
        const ExportPlace place = look(path);
        worker->tell([this, place] { Q_EMIT inspected(place); });
    });
}

void ExportJob::write(const ExportChoice& choice) {
    m_cancel = CancelToken();
    QThreadPool::globalInstance()->start([this, worker = m_worker, choice, cancel = m_cancel] {
        QStringList files;
        const std::optional<Error> error = worker->write(choice, cancel, files);
        worker->tell([this, error, files] {
            if (error)
                Q_EMIT failed(*error, files);
            else
                Q_EMIT written(files);
        });
    });
}

void ExportJob::cancel() {
    m_cancel.cancel();
}

}  // namespace tallydesk
