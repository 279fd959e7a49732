// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/AboutDialog.h"

#include <QEvent>

#include "gui/DialogSize.h"
#include "ui_AboutDialog.h"

namespace tallydesk {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent), m_ui(std::make_unique<Ui::AboutDialog>()) {
    m_ui->setupUi(this);
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::accept);
    retranslate();
    fitDialog(*this, QSize(36, 18));
}

AboutDialog::~AboutDialog() = default;

void AboutDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void AboutDialog::retranslate() {
    m_ui->version->setText(tr("Version %1").arg(QStringLiteral(TALLYDESK_VERSION)));
}

}  // namespace tallydesk
