// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ExportDialog.h"

#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QStandardPaths>
#include <QUrl>

#include "gui/DialogSize.h"
#include "gui/ExportPreviewModel.h"
#include "gui/Theme.h"
#include "gui/UiLanguage.h"
#include "ui_ExportDialog.h"

namespace tallydesk {

namespace {

// Shorter than a pause between words, longer than between keys.
constexpr int kPathDelayMs = 250;
// In letters: wide enough for names, so narrow that several columns are seen.
constexpr int kWidestColumn = 24;
// What the style's header needs besides its text.
constexpr int kColumnRoom = 12;

}  // namespace

ExportDialog::ExportDialog(ReportContext context, ResultsDocument document, QWidget* parent)
    : QDialog(parent),
      m_ui(std::make_unique<Ui::ExportDialog>()),
      m_messages(context.messages),
      m_counts([&] {
          Counts counts;
          for (const BallotResult& ballot : document.ballots) {
              const bool unread =
                  ballot.status == BallotStatus::Failed || ballot.status == BallotStatus::Cancelled;
              ++(unread ? counts.unread : counts.shown);
              counts.open += ballot.status == BallotStatus::NeedsReview;
          }
          return counts;
      }()),
      m_job(new ExportJob(std::move(context), std::move(document), this)),
      m_preview(new ExportPreviewModel(this)) {
    m_ui->setupUi(this);
    m_ui->fileNote->setField(m_ui->file);
    m_ui->preview->setModel(m_preview);
    m_ui->preview->verticalHeader()->hide();
    m_ui->preview->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    alignWithChoice(*m_ui->layoutLabel);
    alignWithChoice(*m_ui->alsoLabel);
    m_pathTimer.setSingleShot(true);
    m_pathTimer.setInterval(kPathDelayMs);

    connect(&m_pathTimer, &QTimer::timeout, this, [this] { m_job->inspect(file()); });
    connect(m_ui->file, &QLineEdit::textChanged, this, &ExportDialog::fileChanged);
    connect(m_ui->browse, &QPushButton::clicked, this, &ExportDialog::choosePath);
    connect(m_ui->wideLayout, &QRadioButton::toggled, this, [this] { m_job->preview(csvLayout()); });
    connect(m_ui->write, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_ui->close, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_ui->openFolder, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_written.value(0)).absolutePath()));
    });
    connect(m_job, &ExportJob::previewReady, this, &ExportDialog::takeRecords);
    connect(m_job, &ExportJob::inspected, this, &ExportDialog::takePlace);
    connect(m_job, &ExportJob::written, this, [this](const QStringList& files) { finish({}, files); });
    connect(m_job, &ExportJob::failed, this, &ExportDialog::finish);

    setWriting(false);
    setFile(QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                .filePath(QStringLiteral("tallydesk-results.csv")));
    m_job->preview(csvLayout());
    fitDialog(*this, QSize(64, 40));
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::setFile(const QString& path) {
    m_ui->file->setText(QDir::toNativeSeparators(path));
}

QString ExportDialog::file() const {
    return QDir::fromNativeSeparators(m_ui->file->text().trimmed());
}

CsvLayout ExportDialog::csvLayout() const {
    return m_ui->wideLayout->isChecked() ? CsvLayout::Wide : CsvLayout::Long;
}

QString ExportDialog::jsonPath() const {
    const QString path = file();
    const QString ending = QStringLiteral(".csv");
    return (path.endsWith(ending, Qt::CaseInsensitive) ? path.chopped(ending.size()) : path) +
           QStringLiteral(".json");
}

void ExportDialog::choosePath() {
    auto* chooser = new QFileDialog(this, tr("Export results"), file(), tr("CSV tables (*.csv)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("csv"));
    connect(chooser, &QFileDialog::fileSelected, this, &ExportDialog::setFile);
    chooser->open();
}

void ExportDialog::fileChanged() {
    m_place = {};
    m_ended = false;
    m_pathTimer.start();
    sayPlace();
    sayOutcome();
}

void ExportDialog::takePlace(const ExportPlace& place) {
    if (place.path != file())
        return;
    m_place = place;
    sayPlace();
}

void ExportDialog::takeRecords(CsvLayout layout, const QList<QStringList>& records) {
    if (layout != csvLayout())
        return;
    m_preview->setRecords(records);
    const int widest = kWidestColumn * m_ui->preview->fontMetrics().averageCharWidth();
    for (int column = 0; column < m_preview->columnCount(); ++column) {
        m_ui->preview->resizeColumnToContents(column);
        m_ui->preview->setColumnWidth(column, qMin(widest, m_ui->preview->columnWidth(column) + kColumnRoom));
    }
}

void ExportDialog::start() {
    if (m_writing || file().isEmpty())
        return;
    ExportChoice choice;
    choice.csv = {csvLayout(), m_ui->byteOrderMark->isChecked()};
    // The worker's folder is not what a person means by a bare name.
    choice.csvPath = QDir::home().absoluteFilePath(file());
    if (m_ui->failedList->isChecked())
        choice.failedPath = CsvExporter::failedPath(choice.csvPath);
    if (m_ui->json->isChecked())
        choice.jsonPath = QDir::home().absoluteFilePath(jsonPath());
    // Before its neighbours are disabled: the focus would wander to the preview.
    m_ui->close->setFocus();
    setWriting(true);
    m_job->write(choice);
}

void ExportDialog::finish(const std::optional<Error>& error, const QStringList& files) {
    m_ended = true;
    m_failure = error;
    m_written = files;
    setWriting(false);
    m_job->inspect(file());
    if (!error)
        m_ui->openFolder->setFocus();
    if (!files.isEmpty())
        Q_EMIT exported(files);
}

void ExportDialog::reject() {
    if (m_writing)
        m_job->cancel();
    else
        QDialog::reject();
}

void ExportDialog::setWriting(bool writing) {
    m_writing = writing;
    for (QWidget* input : {static_cast<QWidget*>(m_ui->file), static_cast<QWidget*>(m_ui->browse),
                           static_cast<QWidget*>(m_ui->longLayout), static_cast<QWidget*>(m_ui->wideLayout),
                           static_cast<QWidget*>(m_ui->failedList), static_cast<QWidget*>(m_ui->json),
                           static_cast<QWidget*>(m_ui->byteOrderMark)})
        input->setEnabled(!writing);
    m_ui->progress->setVisible(writing);
    retranslate();
}

void ExportDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void ExportDialog::retranslate() {
    m_ui->summary->setText(m_ended && !m_failure ? tr("%n forms are exported.", nullptr, m_counts.shown)
                                                 : tr("Export %n forms", nullptr, m_counts.shown));
    m_ui->openBallots->setVisible(m_counts.open > 0);
    m_ui->openBallots->setText(
        tr("%n of them still need review. They are marked needs_review in the column “status”.", nullptr,
           m_counts.open));
    m_ui->close->setText(m_writing ? tr("Stop") : m_ended ? tr("Close") : tr("Cancel"));
    sayPlace();
    sayOutcome();
}

void ExportDialog::sayPlace() {
    const QString path = file();
    QString problem;
    if (path.isEmpty())
        problem = tr("Name the file to write.");
    else if (m_place.isFolder)
        problem = tr("This is a folder. Name a file in it.");
    else if (m_place.folderMissing)
        problem = tr("There is no such folder. Make it first, or choose another one.");
    else if (m_place.folderLocked)
        problem = tr("You may not write in this folder. Choose another one.");
    m_ui->fileNote->setProblem(problem);
    m_ui->fileNote->setHelp(m_place.exists && !m_ended
                                ? tr("This file exists. It is replaced once the new one is complete.")
                                : QString());
    m_ui->write->setEnabled(problem.isEmpty() && !m_writing);
    m_ui->failedList->setText(
        tr("The list of the %n forms that could not be read, as %1", nullptr, m_counts.unread)
            .arg(QFileInfo(CsvExporter::failedPath(path)).fileName()));
    m_ui->json->setText(tr("Everything for other programs, as %1").arg(QFileInfo(jsonPath()).fileName()));
}

void ExportDialog::sayOutcome() {
    m_ui->openFolder->setVisible(m_ended && !m_written.isEmpty());
    QString text;
    const char* tone = "ok";
    QStringList names;
    for (const QString& path : m_written)
        names.append(QFileInfo(path).fileName());
    if (m_writing) {
        text = tr("Writing…");
        tone = "secondary";
    } else if (m_ended && m_failure) {
        text = m_failure->code == QLatin1String("cancelled")
                   ? tr("Stopped. Files that stood there before are unchanged.")
                   : m_messages.text(*m_failure, uiLanguage());
        if (!names.isEmpty())
            text += u' ' + tr("Written: %1.").arg(names.join(QStringLiteral(", ")));
        tone = "err";
    } else if (m_ended) {
        text = tr("Written: %1.").arg(names.join(QStringLiteral(", ")));
    }
    m_ui->outcome->setText(text);
    setStyleProperty(m_ui->outcome, "textTone", QLatin1String(tone));
}

}  // namespace tallydesk
