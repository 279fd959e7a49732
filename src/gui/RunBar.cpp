// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/RunBar.h"

#include <QAction>
#include <QEvent>
#include <QLocale>
#include <QSignalBlocker>

#include "gui/Icons.h"
#include "gui/Mnemonic.h"
#include "ui_RunBar.h"

namespace tallydesk {

namespace {

// How much the bar shows: everything, no labels, the texts of the chief buttons, icons only.
constexpr int kFull = 0;
constexpr int kNoLabels = 1;
constexpr int kFewTexts = 2;
constexpr int kIconsOnly = 3;

}  // namespace

RunBar::RunBar(QWidget* parent) : QFrame(parent), m_ui(std::make_unique<Ui::RunBar>()) {
    m_ui->setupUi(this);
    // The number stands inside the tab that it belongs to.
    auto* inside = new QHBoxLayout(m_ui->reviewMode);
    inside->setContentsMargins(0, 0, 12, 2);
    inside->addStretch();
    inside->addWidget(m_ui->reviewCount, 0, Qt::AlignVCenter);
    m_ui->reviewCount->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_ui->workers->setRange(0, AppSettings::kMostWorkers);
    m_ui->rate->setRange(0.1, AppSettings::kMostRate);
    m_ui->rate->setKeyboardTracking(false);
    for (QToolButton* button : findChildren<QToolButton*>()) {
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize(QSize(20, 20));
    }
    connect(m_ui->reader, &QComboBox::activated, this,
            [this](int index) { Q_EMIT readerChosen(m_ui->reader->itemData(index).toString()); });
    connect(m_ui->workers, &QSpinBox::valueChanged, this, &RunBar::workersChosen);
    connect(m_ui->rate, &QDoubleSpinBox::valueChanged, this, &RunBar::rateChosen);
    fillReaders();
    setReviewCount(0);
    setReviewing(false);
}

RunBar::~RunBar() = default;

void RunBar::setActions(const Actions& actions) {
    const std::pair<QToolButton*, QAction*> buttons[] = {{m_ui->batchMode, actions.batchMode},
                                                         {m_ui->reviewMode, actions.reviewMode},
                                                         {m_ui->add, actions.add},
                                                         {m_ui->run, actions.run},
                                                         {m_ui->stop, actions.stop},
                                                         {m_ui->retry, actions.retry},
                                                         {m_ui->exportButton, actions.exportResults},
                                                         {m_ui->undo, actions.undo},
                                                         {m_ui->redo, actions.redo},
                                                         {m_ui->help, actions.help}};
    for (const auto& [button, action] : buttons) {
        button->setDefaultAction(action);
        // Buttons have neither Alt keys nor the dots of menus.
        const auto takeText = [action = action] {
            action->setIconText(withoutMnemonic(action->text()).remove(u'…'));
        };
        takeText();
        // A language or a phase changes the text, and with it what fits.
        connect(action, &QAction::changed, this, [this, takeText] {
            takeText();
            m_level = -1;
            fit();
        });
    }
}

void RunBar::setSettings(const AppSettings& settings) {
    m_settings = settings;
    fillReaders();
    const QSignalBlocker workersBlocked(m_ui->workers);
    const QSignalBlocker rateBlocked(m_ui->rate);
    m_ui->workers->setValue(settings.workers);
    m_ui->rate->setValue(settings.requestsPerSecond);
    updateRate();
}

void RunBar::fillReaders() {
    const QSignalBlocker blocked(m_ui->reader);
    m_ui->reader->clear();
    m_ui->reader->addItem(Icons::action(QStringLiteral("computer"), m_theme), tr("On this computer"),
                          QStringLiteral("on-device"));
    m_ui->reader->addItem(Icons::action(QStringLiteral("globe"), m_theme), m_settings.serviceName(),
                          QStringLiteral("ai"));
    m_ui->reader->setCurrentIndex(m_settings.usesService() ? 1 : 0);
    m_ui->reader->setEnabled(!m_running);
}

void RunBar::setRunning(bool running) {
    m_running = running;
    m_ui->reader->setEnabled(!running);
    m_ui->workers->setEnabled(!running);
    updateRate();
}

// A pace means something to a service only.
void RunBar::updateRate() {
    m_ui->rate->setVisible(m_settings.usesService() && !m_reviewing);
    fit();
}

void RunBar::setReviewing(bool reviewing) {
    m_reviewing = reviewing;
    for (QWidget* tool : {static_cast<QWidget*>(m_ui->undo), static_cast<QWidget*>(m_ui->redo),
                          static_cast<QWidget*>(m_ui->help)})
        tool->setVisible(reviewing);
    for (QWidget* tool : {static_cast<QWidget*>(m_ui->add), static_cast<QWidget*>(m_ui->run),
                          static_cast<QWidget*>(m_ui->stop), static_cast<QWidget*>(m_ui->retry),
                          static_cast<QWidget*>(m_ui->reader), static_cast<QWidget*>(m_ui->workers),
                          static_cast<QWidget*>(m_ui->exportButton)})
        tool->setVisible(!reviewing);
    updateRate();
}

void RunBar::setReviewCount(int count) {
    m_reviewCount = count;
    m_ui->reviewCount->setText(QLocale().toString(count));
    m_ui->reviewCount->setAccessibleName(tr("%n ballot(s) to review", nullptr, count));
    m_ui->reviewCount->setVisible(count > 0);
    setStyleProperty(m_ui->reviewMode, "badge",
                     count > 0 ? QString::number(QLocale().toString(count).size()) : QString());
    // The layout keeps the tab's old width until it is told.
    m_ui->reviewMode->updateGeometry();
    fit();
}

void RunBar::setTheme(const Theme& theme) {
    m_theme = theme;
    fillReaders();
    m_level = -1;
    fit();
}

QSize RunBar::minimumSizeHint() const {
    // So narrow that only icons are left; the layout would ask for the texts.
    return {320, QFrame::minimumSizeHint().height()};
}

void RunBar::show(int level) {
    m_level = level;
    const bool labels = level < kNoLabels && !m_reviewing;
    m_ui->readerLabel->setVisible(labels);
    m_ui->workersLabel->setVisible(labels);
    // A bare number would not say what it counts.
    m_ui->workers->setSuffix(labels ? QString() : tr(" at once"));
    m_ui->rateLabel->setVisible(labels && m_settings.usesService());
    const auto styleFrom = [level](int last) {
        return level < last ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
    };
    for (QToolButton* button : {m_ui->stop, m_ui->retry})
        button->setToolButtonStyle(styleFrom(kFewTexts));
    for (QToolButton* button : {m_ui->add, m_ui->exportButton})
        button->setToolButtonStyle(styleFrom(kIconsOnly));
}

void RunBar::fit() {
    if (m_fitting)
        return;
    m_fitting = true;
    for (int level = kFull; level <= kIconsOnly; ++level) {
        show(level);
        layout()->invalidate();
        if (layout()->minimumSize().width() <= width())
            break;
    }
    m_fitting = false;
}

void RunBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        fillReaders();
        setReviewCount(m_reviewCount);
    }
    QFrame::changeEvent(event);
}

void RunBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fit();
}

bool RunBar::event(QEvent* event) {
    const bool handled = QFrame::event(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
    return handled;
}

}  // namespace tallydesk
