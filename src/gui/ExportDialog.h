// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>
#include <memory>

#include "gui/ExportJob.h"

namespace Ui {
class ExportDialog;
}

namespace tallydesk {

class ExportPreviewModel;

/// Writes the results as CSV, with a preview of its first lines. Files are written in a worker and replaced
/// as a whole or not at all; the dialog stays open and says what was written. GUI thread.
class ExportDialog final : public QDialog {
    Q_OBJECT
public:
    ExportDialog(ReportContext context, ResultsDocument document, QWidget* parent = nullptr);
    ~ExportDialog() override;

    /// The file that is offered; by default one in the person's documents.
    void setFile(const QString& path);
    QString file() const;
    bool isWriting() const { return m_writing; }

    /// While files are written it cancels that instead of closing.
    void reject() override;

Q_SIGNALS:
    /// These files stand complete on disk.
    void exported(const QStringList& files);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Counts {
        int shown = 0;
        int open = 0;
        int unread = 0;
    };

    void start();
    void fileChanged();
    void choosePath();
    void takePlace(const ExportPlace& place);
    void takeRecords(CsvLayout layout, const QList<QStringList>& records);
    void finish(const std::optional<Error>& error, const QStringList& files);
    void setWriting(bool writing);
    CsvLayout csvLayout() const;
    QString jsonPath() const;
    void retranslate();
    void sayPlace();
    void sayOutcome();

    const std::unique_ptr<Ui::ExportDialog> m_ui;
    const MessageCatalog m_messages;
    const Counts m_counts;
    ExportJob* const m_job;
    ExportPreviewModel* const m_preview;
    // Looking at the place on every key would be a disk access each.
    QTimer m_pathTimer;
    ExportPlace m_place;
    bool m_writing = false;
    bool m_ended = false;
    std::optional<Error> m_failure;
    QStringList m_written;
};

}  // namespace tallydesk
