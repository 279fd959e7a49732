// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/NoticeBar.h"

#include <QEvent>

#include "gui/Icons.h"
#include "ui_NoticeBar.h"

namespace tallydesk {

namespace {

constexpr int kMostLines = 6;

bool settingsHelp(const QString& code) {
    return code.startsWith(QStringLiteral("secrets.")) || code.startsWith(QStringLiteral("service.")) ||
           code.startsWith(QStringLiteral("network."));
}

}  // namespace

NoticeBar::NoticeBar(QWidget* parent) : QFrame(parent), m_ui(std::make_unique<Ui::NoticeBar>()) {
    m_ui->setupUi(this);
    m_ui->list->setMaximumHeight(fontMetrics().lineSpacing() * kMostLines + 16);
    connect(m_ui->details, &QPushButton::toggled, m_ui->list, &QWidget::setVisible);
    connect(m_ui->help, &QPushButton::clicked, this, &NoticeBar::settingsRequested);
    connect(m_ui->close, &QPushButton::clicked, this, &NoticeBar::dismiss);
    hide();
}

NoticeBar::~NoticeBar() = default;

void NoticeBar::showNotice(const Notice& notice) {
    // What went wrong stays until it is read; news may not push it out.
    if (isVisible() && m_notice.kind == Notice::Kind::Error && notice.kind != Notice::Kind::Error)
        return;
    m_notice = notice;
    m_ui->text->setText(notice.text);
    m_ui->list->setPlainText(notice.details.join(u'\n'));
    m_ui->details->setChecked(false);
    m_ui->list->hide();
    m_ui->details->setVisible(!notice.details.isEmpty());
    m_ui->help->setVisible(settingsHelp(notice.code));
    paintKind();
    show();
}

void NoticeBar::dismiss() {
    m_notice = {};
    hide();
}

void NoticeBar::setTheme(const Theme& theme) {
    m_theme = theme;
    paintKind();
}

void NoticeBar::paintKind() {
    const Sign sign = m_notice.kind == Notice::Kind::Error     ? Sign::Failed
                      : m_notice.kind == Notice::Kind::Warning ? Sign::NeedsReview
                                                               : Sign::Accepted;
    m_ui->icon->setPixmap(Icons::sign(sign, m_theme).pixmap(QSize(16, 16), devicePixelRatioF()));
    setStyleProperty(this, "surface",
                     m_notice.kind == Notice::Kind::Error     ? QStringLiteral("noticeErr")
                     : m_notice.kind == Notice::Kind::Warning ? QStringLiteral("noticeWarn")
                                                              : QStringLiteral("noticeInfo"));
}

void NoticeBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        m_ui->retranslateUi(this);
    QFrame::changeEvent(event);
}

}  // namespace tallydesk
