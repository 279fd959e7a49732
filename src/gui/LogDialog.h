// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QThreadPool>
#include <memory>

#include "store/SupportLog.h"

namespace Ui {
class LogDialog;
}

namespace tallydesk {

/// Shows the log for support and saves a copy of it. Read and written in a worker. GUI thread; the log
/// outlives it.
class LogDialog final : public QDialog {
    Q_OBJECT
public:
    explicit LogDialog(SupportLog& log, QWidget* parent = nullptr);
    ~LogDialog() override;

    /// Writes a copy; what came of it stands at the bottom.
    void saveTo(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    void chooseFile();

    const std::unique_ptr<Ui::LogDialog> m_ui;
    SupportLog& m_log;
    QByteArray m_content;
    // Ends before what its work reports to.
    QThreadPool m_pool;
};

}  // namespace tallydesk
