// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/LogDialog.h"

#include <QEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QScrollBar>
#include <QStandardPaths>

#include "core/MessageCatalog.h"
#include "gui/DialogSize.h"
#include "gui/Theme.h"
#include "gui/UiLanguage.h"
#include "report/SafeFile.h"
#include "ui_LogDialog.h"

namespace tallydesk {

LogDialog::LogDialog(SupportLog& log, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::LogDialog>()), m_log(log) {
    m_ui->setupUi(this);
    m_ui->text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->save->setEnabled(false);
    connect(m_ui->save, &QPushButton::clicked, this, &LogDialog::chooseFile);
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::accept);
    fitDialog(*this, QSize(80, 30));
    m_pool.start([this] {
        QMetaObject::invokeMethod(
            this,
            [this, content = m_log.content()] {
                m_content = content;
                m_ui->save->setEnabled(!content.isEmpty());
                m_ui->text->setPlainText(content.isEmpty() ? tr("Nothing was read yet.")
                                                           : QString::fromUtf8(content));
                m_ui->text->verticalScrollBar()->setValue(m_ui->text->verticalScrollBar()->maximum());
            },
            Qt::QueuedConnection);
    });
}

LogDialog::~LogDialog() {
    m_pool.waitForDone();
}

void LogDialog::chooseFile() {
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the log"),
                                                      documents + QStringLiteral("/tallydesk-log.txt"));
    if (!path.isEmpty())
        saveTo(path);
}

void LogDialog::saveTo(const QString& path) {
    m_pool.start([this, path, content = m_content] {
        const Expected<void> saved = SafeFile::replace(path, [&](QIODevice& device) -> Expected<void> {
            if (device.write(content) != content.size())
                return fail(QStringLiteral("report.write_failed"), {path}, device.errorString());
            return {};
        });
        QMetaObject::invokeMethod(
            this,
            [this, path, saved] {
                m_ui->outcome->setText(saved ? tr("Saved as %1.").arg(path)
                                             : MessageCatalog::builtIn().text(saved.error(), uiLanguage()));
                setStyleProperty(m_ui->outcome, "textTone",
                                 saved ? QStringLiteral("ok") : QStringLiteral("err"));
            },
            Qt::QueuedConnection);
    });
}

void LogDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_ui->retranslateUi(this);
}

}  // namespace tallydesk
