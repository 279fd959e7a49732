// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ConsentDialog.h"

#include <QEvent>

#include "gui/DialogSize.h"
#include "ui_ConsentDialog.h"

namespace tallydesk {

ConsentDialog::ConsentDialog(const AppSettings& settings, std::optional<int> pictures, QWidget* parent)
    : QDialog(parent),
      m_ui(std::make_unique<Ui::ConsentDialog>()),
      m_settings(settings),
      m_pictures(pictures) {
    m_ui->setupUi(this);
    connect(m_ui->stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->send, &QPushButton::clicked, this, &QDialog::accept);
    retranslate();
    // Enter must not send anything by accident.
    m_ui->stay->setFocus();
    fitDialog(*this, QSize(44, 25));
}

ConsentDialog::~ConsentDialog() = default;

void ConsentDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void ConsentDialog::retranslate() {
    const QString service = m_settings.serviceName();
    m_ui->summary->setText(m_pictures
                               ? tr("%n pictures will be sent to %1.", nullptr, *m_pictures).arg(service)
                               : tr("Pictures of the forms will be sent to %1.").arg(service));
    m_ui->whereText->setText(tr("%1, model %2").arg(m_settings.serviceUrl.host(), m_settings.model));
    m_ui->privacyText->setText(
        m_settings.readerChoice({}).service.isOpenRouter()
            ? tr("Only companies that promise not to keep the pictures and not to train on them may answer.")
            : tr("What the service does with the pictures, only its owner can say."));
    m_ui->send->setText(tr("Send to %1").arg(service));
}

}  // namespace tallydesk
