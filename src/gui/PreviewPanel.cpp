// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/PreviewPanel.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QPainter>

#include "gui/BallotItem.h"
#include "gui/CellPlaces.h"
#include "gui/UiLanguage.h"
#include "ui_PreviewPanel.h"

namespace tallydesk {

namespace {

constexpr QSize kThumbnail(64, 90);
/// Narrower than this the scan takes all of it and its buttons lose their words.
constexpr int kRoomForThumbnails = 700;
constexpr int kMoveStep = 80;

QString valueText(const VoteEntry& entry) {
    if (entry.mark == Mark::Dash)
        return QStringLiteral("–");
    if (entry.mark == Mark::Blank)
        return QStringLiteral("0");
    return entry.value ? QString::number(*entry.value) : QStringLiteral("?");
}

}  // namespace

PreviewPanel::PreviewPanel(BallotWords words, PageFetcher& fetcher, QWidget* parent)
    : QWidget(parent),
      m_words(std::move(words)),
      m_fetcher(fetcher),
      m_ui(std::make_unique<Ui::PreviewPanel>()) {
    m_ui->setupUi(this);
    PageView* view = m_ui->pageView;
    connect(&m_fetcher, &PageFetcher::pageReady, this,
            [this](const BallotScan& scan, int page) { takePage(scan, page); });
    connect(&m_fetcher, &PageFetcher::pageFailed, this, &PreviewPanel::tellFailure);
    connect(view, &PageView::boxClicked, this, &PreviewPanel::fieldClicked);
    connect(view, &PageView::zoomChanged, this, &PreviewPanel::tellZoom);
    connect(m_ui->previousButton, &QToolButton::clicked, this, [this] { showPage(m_page - 1); });
    connect(m_ui->nextButton, &QToolButton::clicked, this, [this] { showPage(m_page + 1); });
    connect(m_ui->zoomInButton, &QToolButton::clicked, this, [this] { perform(ReviewAction::ZoomIn); });
    connect(m_ui->zoomOutButton, &QToolButton::clicked, this, [this] { perform(ReviewAction::ZoomOut); });
    connect(m_ui->fitPageButton, &QToolButton::clicked, view,
            [view] { view->setZoom(PageView::Zoom::Page); });
    connect(m_ui->fitWidthButton, &QToolButton::clicked, view,
            [view] { view->setZoom(PageView::Zoom::Width); });
    connect(m_ui->rotateButton, &QToolButton::clicked, view, [view] { view->turn(90); });
    connect(m_ui->contrastButton, &QToolButton::toggled, this, [this](bool on) {
        m_look = on ? PageLook::Contrast : PageLook::Plain;
        if (m_open)
            takePage(m_shown.scan, m_page);
    });
    connect(m_ui->boxesCheck, &QCheckBox::toggled, view, &PageView::setBoxesVisible);
    connect(m_ui->thumbnails, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0 && row != m_page)
            showPage(row);
    });
    m_ui->thumbnails->setFixedWidth(kThumbnail.width() + 32);
    setTheme(m_theme);
    clear();
}

PreviewPanel::~PreviewPanel() = default;

PageView* PreviewPanel::view() const {
    return m_ui->pageView;
}

void PreviewPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_ui->pageView->setTheme(theme);
    m_ui->statusChip->setTheme(theme);
    takeIcons();
}

void PreviewPanel::takeIcons() {
    const auto icon = [this](QToolButton* button, const char* name) {
        button->setIcon(Icons::action(QLatin1String(name), m_theme));
        button->setIconSize({18, 18});
    };
    icon(m_ui->previousButton, "go-previous");
    icon(m_ui->nextButton, "go-next");
    icon(m_ui->zoomOutButton, "zoom-out");
    icon(m_ui->zoomInButton, "zoom-in");
    icon(m_ui->fitPageButton, "zoom-fit-page");
    icon(m_ui->fitWidthButton, "zoom-fit-width");
    icon(m_ui->rotateButton, "object-rotate-right");
    icon(m_ui->contrastButton, "contrast");
}

void PreviewPanel::setTitleVisible(bool visible) {
    m_ui->titleBar->setVisible(visible);
}

bool PreviewPanel::shows(const BallotScan& scan) const {
    return m_open && ballotIdentity(scan) == ballotIdentity(m_shown.scan);
}

void PreviewPanel::showBallot(const BallotResult& result) {
    const bool same = shows(result.scan) && m_shown.scan == result.scan;
    m_base = result;
    m_shown = result;
    m_open = true;
    m_ui->scanBar->setEnabled(true);
    m_ui->titleLabel->setText(QFileInfo(result.scan.file).fileName());
    m_ui->titleLabel->setToolTip(result.scan.file);
    retranslate();
    if (same) {
        placeBoxes();
        return;
    }
    m_page = 0;
    m_focus.clear();
    m_failures.clear();
    m_ui->pageView->focusBox({});
    m_ui->pageView->setZoom(PageView::Zoom::Page);
    const QSignalBlocker quiet(m_ui->thumbnails);
    m_ui->thumbnails->clear();
    for (qsizetype page = 0; page < result.scan.pages.size(); ++page) {
        auto* item = new QListWidgetItem(QString::number(page + 1), m_ui->thumbnails);
        item->setData(Qt::AccessibleTextRole, tr("Page %1").arg(page + 1));
        item->setTextAlignment(Qt::AlignHCenter | Qt::AlignBottom);
        item->setSizeHint({kThumbnail.width() + 20, kThumbnail.height() + 28});
        showThumbnail(int(page));
    }
    m_ui->thumbnails->setVisible(result.scan.pages.size() > 1 && width() >= kRoomForThumbnails);
    showPage(0);
    requestPages();
}

void PreviewPanel::updateBallot(const BallotResult& draft) {
    if (!shows(draft.scan))
        return;
    m_shown = draft;
    placeBoxes();
}

void PreviewPanel::clear() {
    m_open = false;
    m_base = {};
    m_shown = {};
    m_failures.clear();
    m_ui->thumbnails->clear();
    m_ui->thumbnails->hide();
    m_ui->pageView->showNothing();
    m_ui->scanBar->setEnabled(false);
    m_ui->titleLabel->clear();
    m_ui->statusChip->showSign(Sign::Waiting, {});
    m_ui->stack->setCurrentWidget(m_ui->messagePage);
    retranslate();
}

void PreviewPanel::requestPages() {
    // The page that is seen is asked for last, because the newest comes first.
    for (int page = int(m_shown.scan.pages.size()) - 1; page > 0; --page)
        m_fetcher.request(m_shown.scan, page);
    m_fetcher.request(m_shown.scan, 0);
}

void PreviewPanel::showPage(int page) {
    if (!m_open)
        return;
    const int last = int(m_shown.scan.pages.size()) - 1;
    m_page = std::clamp(page, 0, std::max(0, last));
    {
        const QSignalBlocker quiet(m_ui->thumbnails);
        m_ui->thumbnails->setCurrentRow(m_page);
    }
    tellPage();
    m_ui->pageView->showWaiting();
    takePage(m_shown.scan, m_page);
    placeBoxes();
}

void PreviewPanel::takePage(const BallotScan& scan, int page) {
    if (!shows(scan))
        return;
    showThumbnail(page);
    if (page != m_page)
        return;
    const auto failure = m_failures.constFind(page);
    const bool failed = failure != m_failures.cend();
    m_ui->stack->setCurrentWidget(failed ? m_ui->messagePage : m_ui->pagePage);
    if (failed) {
        m_ui->messageLabel->setText(m_words.messages().text(*failure, uiLanguage()));
        return;
    }
    const QList<QImage> levels = m_fetcher.levels(m_shown.scan, page, m_look);
    if (levels.isEmpty()) {
        m_fetcher.request(m_shown.scan, page, m_look);
        return;
    }
    // The same page in another look stays at the place and in the size that a person chose.
    const bool fresh = !m_ui->pageView->hasPage();
    m_ui->pageView->showPage(levels);
    placeBoxes();
    if (fresh && !m_focus.isEmpty() && pageOf(m_focus) == m_page)
        m_ui->pageView->focusBox(m_focus);
}

void PreviewPanel::tellFailure(const BallotScan& scan, int page, const Error& error) {
    if (!shows(scan))
        return;
    m_failures.insert(page, error);
    takePage(scan, page);
    if (m_shown.scan.pages.isEmpty()) {
        m_ui->stack->setCurrentWidget(m_ui->messagePage);
        m_ui->messageLabel->setText(m_words.messages().text(error, uiLanguage()));
    }
}

void PreviewPanel::showThumbnail(int page) {
    QListWidgetItem* item = m_ui->thumbnails->item(page);
    const QList<QImage> levels = m_fetcher.levels(m_shown.scan, page);
    if (!item || levels.isEmpty() || !item->icon().isNull())
        return;
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(kThumbnail * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    QRect place(QPoint(0, 0), levels.last().size().scaled(kThumbnail, Qt::KeepAspectRatio));
    place.moveCenter(QRect(QPoint(0, 0), kThumbnail).center());
    painter.drawImage(place, levels.last());
    painter.setPen(m_theme.line);
    painter.drawRect(place.adjusted(0, 0, -1, -1));
    painter.end();
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected);
    item->setIcon(icon);
}

int PreviewPanel::pageOf(const QString& key) const {
    if (const VoteEntry* entry = findEntry(m_base.data, key); entry && (entry->box || entry->wordsBox))
        return pageIndex(m_shown.scan, entry->page);
    const HeaderValue header = m_base.data.header.value(key);
    return header.box ? pageIndex(m_shown.scan, header.page) : -1;
}

void PreviewPanel::placeBoxes() {
    if (!m_open)
        return;
    const auto form = m_words.forms().byId(m_shown.data.formId);
    const QMap<QString, FieldState> states = fieldStates(m_shown, m_base.data);
    QList<PageBox> boxes;
    const auto add = [&](const QString& key, const QList<std::optional<QRect>>& places,
                         const QString& value) {
        PageBox box;
        for (const auto& place : places)
            if (place && !place->isEmpty())
                box.places.append(*place);
        if (box.places.isEmpty())
            return;
        box.key = key;
        box.state = states.value(key, FieldState::Sure);
        box.value = value;
        box.label = form ? form->fieldLabel(key, uiLanguage()) : key;
        boxes.append(box);
    };
    for (auto it = m_base.data.header.cbegin(); it != m_base.data.header.cend(); ++it)
        if (pageIndex(m_shown.scan, it->page) == m_page)
            add(it.key(), {it->box}, {});
    // Where a number stands is the reader's to say, what stands there now is the draft's.
    const QHash<QString, CellPlace> cells = cellPlaces(m_base.data);
    forEachNumber(m_base.data, [&](const QString& key, const VoteEntry& read) {
        if (pageIndex(m_shown.scan, read.page) != m_page)
            return;
        const VoteEntry* now = findEntry(m_shown.data, key);
        const CellPlace cell = cells.value(key);
        add(key, {cell.digits, cell.words}, valueText(now ? *now : VoteEntry()));
    });
    m_ui->pageView->setBoxes(boxes);
}

void PreviewPanel::focusField(const QString& key) {
    m_focus = key;
    const int page = pageOf(key);
    if (!key.isEmpty() && page >= 0 && page != m_page)
        showPage(page);
    m_ui->pageView->focusBox(key);
}

bool PreviewPanel::perform(ReviewAction action) {
    PageView* view = m_ui->pageView;
    switch (action) {
        case ReviewAction::ZoomIn:
            view->zoomBy(1.25);
            return true;
        case ReviewAction::ZoomOut:
            view->zoomBy(0.8);
            return true;
        case ReviewAction::ZoomPage:
            view->setZoom(PageView::Zoom::Page);
            return true;
        case ReviewAction::ZoomCycle:
            view->cycleZoom();
            return true;
        case ReviewAction::MoveLeft:
            view->moveBy(-kMoveStep, 0);
            return true;
        case ReviewAction::MoveRight:
            view->moveBy(kMoveStep, 0);
            return true;
        case ReviewAction::MoveUp:
            view->moveBy(0, -kMoveStep);
            return true;
        case ReviewAction::MoveDown:
            view->moveBy(0, kMoveStep);
            return true;
        case ReviewAction::PageBefore:
            showPage(m_page - 1);
            return true;
        case ReviewAction::PageAfter:
            showPage(m_page + 1);
            return true;
        case ReviewAction::Contrast:
            m_ui->contrastButton->toggle();
            return true;
        case ReviewAction::Boxes:
            m_ui->boxesCheck->toggle();
            return true;
        default:
            return false;
    }
}

void PreviewPanel::keyPressEvent(QKeyEvent* event) {
    const ReviewAction action = ReviewKeymap::action(*event);
    if (action == ReviewAction::None) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (event->isAutoRepeat() && ReviewKeymap::isOnceAPress(action))
        return;
    auto* button = qobject_cast<QAbstractButton*>(focusWidget());
    if (action == ReviewAction::Confirm && button && button->hasFocus()) {
        button->click();
    } else if (!perform(action)) {
        event->ignore();
        Q_EMIT actionRequested(action);
    }
}

void PreviewPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_ui->thumbnails->setVisible(m_open && m_ui->thumbnails->count() > 1 && width() >= kRoomForThumbnails);
    m_ui->contrastButton->setToolButtonStyle(width() >= kRoomForThumbnails ? Qt::ToolButtonTextBesideIcon
                                                                           : Qt::ToolButtonIconOnly);
    tellPage();
}

void PreviewPanel::tellPage() {
    const int count = int(m_shown.scan.pages.size());
    m_ui->previousButton->setEnabled(m_open && m_page > 0);
    m_ui->nextButton->setEnabled(m_open && m_page + 1 < count);
    m_ui->pageLabel->setText(count == 0                      ? QString()
                             : width() >= kRoomForThumbnails ? tr("Page %1 of %2").arg(m_page + 1).arg(count)
                                                             : tr("%1 / %2").arg(m_page + 1).arg(count));
}

void PreviewPanel::tellZoom() {
    const PageView* view = m_ui->pageView;
    m_ui->zoomLabel->setText(tr("%1 %").arg(qRound(view->scaleFactor() * 100.0)));
    m_ui->zoomLabel->setMinimumWidth(m_ui->zoomLabel->fontMetrics().horizontalAdvance(tr("%1 %").arg(888)) +
                                     8);
    m_ui->fitPageButton->setChecked(view->zoom() == PageView::Zoom::Page);
    m_ui->fitWidthButton->setChecked(view->zoom() == PageView::Zoom::Width);
}

void PreviewPanel::retranslate() {
    m_ui->scanBar->setFixedHeight(deskBarHeight());
    if (!m_open) {
        m_ui->messageLabel->setText(tr("The pages of the selected ballot will be here."));
        return;
    }
    BallotItem item;
    item.result = m_shown;
    const ShownState state = BallotWords::stateOf(item);
    m_ui->statusChip->showSign(Icons::signOf(item), BallotWords::stateName(state));
    tellPage();
    tellZoom();
    if (m_failures.contains(m_page))
        takePage(m_shown.scan, m_page);
    placeBoxes();
}

void PreviewPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_ui->retranslateUi(this);
    if (m_open)
        m_ui->titleLabel->setText(QFileInfo(m_shown.scan.file).fileName());
    retranslate();
}

}  // namespace tallydesk
