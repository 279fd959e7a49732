// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <memory>

#include "core/CancelToken.h"
#include "report/CsvExporter.h"
#include "report/ResultsDocument.h"

namespace tallydesk {

/// What to write, and where.
struct ExportChoice {
    CsvOptions csv;
    QString csvPath;
    /// Empty: not written.
    QString failedPath;
    QString jsonPath;
};

/// What stands at a path that a person chose.
struct ExportPlace {
    QString path;
    bool exists = false;
    bool isFolder = false;
    bool folderMissing = false;
    bool folderLocked = false;
};

/// Writes results in worker threads and tells how it went. GUI thread.
class ExportJob final : public QObject {
    Q_OBJECT
public:
    ExportJob(ReportContext context, ResultsDocument document, QObject* parent = nullptr);
    /// Cancels what is being written and waits for nothing; files stay as they were.
    ~ExportJob() override;

    /// The first lines as they will stand in the file.
    void preview(CsvLayout layout);
    void inspect(const QString& path);
    /// Each file is replaced as a whole or stays as it was; the first failure ends the export.
    void write(const ExportChoice& choice);
    void cancel();

    /// How many lines a preview has, besides the column names.
    static constexpr int kPreviewLines = 20;

Q_SIGNALS:
    /// The column names, then the lines.
    void previewReady(CsvLayout layout, const QList<QStringList>& records);
    void inspected(const ExportPlace& place);
    void written(const QStringList& files);
    /// `files` were written before it failed. "cancelled" when a person stopped it.
    void failed(const Error& error, const QStringList& files);

private:
    struct Worker;
    const std::shared_ptr<Worker> m_worker;
    CancelToken m_cancel;
};

}  // namespace tallydesk
