// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BallotPanel.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMenu>
#include <QTimer>
#include <algorithm>

#include "gui/BallotDelegate.h"
#include "gui/Icons.h"
#include "ui_BallotPanel.h"

namespace tallydesk {

namespace {

// The reading ring turns ten times a second: smooth enough, and cheap.
constexpr int kRingIntervalMs = 100;
constexpr int kSecondMs = 1000;
constexpr int kRingStep = 36;
// Typing is followed by the table once the hand rests.
constexpr int kFilterDelayMs = 120;
// Beside a header's or a cell's text: its margins, the arrow of the sorted column, the sign of a state.
constexpr int kCellMargins = 17;
constexpr int kSortArrow = 16;
constexpr int kStatusSign = 24;
// The status column has room for three digits of seconds.
constexpr int kLongestRetryMs = 300'000;
// More selected rows than this are not kept over a change of the filter.
constexpr qsizetype kMostKept = 5000;

}  // namespace

BallotPanel::BallotPanel(BallotTableModel* ballots, QWidget* parent)
    : QWidget(parent),
      m_ui(std::make_unique<Ui::BallotPanel>()),
      m_ballots(ballots),
      m_filter(new BallotFilterModel(ballots, this)),
      m_delegate(new BallotDelegate(this)),
      m_ringTimer(new QTimer(this)),
      m_filterTimer(new QTimer(this)) {
    m_ui->setupUi(this);
    setAttribute(Qt::WA_StyledBackground);
    m_ui->table->setModel(m_filter);
    m_ui->table->setItemDelegate(m_delegate);
    m_ui->table->installEventFilter(this);
    m_ui->table->verticalHeader()->hide();
    QHeaderView* header = m_ui->table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(BallotTableModel::FindingsColumn, QHeaderView::Stretch);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    m_ui->table->setSortingEnabled(true);
    connect(m_ui->chips, &StateChips::chosen, m_filter, &BallotFilterModel::setGroup);
    updateRowHeight();
    fitColumns(true);

    m_filterTimer->setSingleShot(true);
    m_filterTimer->setInterval(kFilterDelayMs);
    connect(m_ui->filter, &QLineEdit::textChanged, m_filterTimer, qOverload<>(&QTimer::start));
    connect(m_filterTimer, &QTimer::timeout, this, [this] { m_filter->setText(m_ui->filter->text()); });
    connect(m_ui->showAll, &QPushButton::clicked, this, [this] {
        m_ui->filter->clear();
        m_filter->setText({});
        setGroup(StateGroup::All);
    });
    connect(m_ringTimer, &QTimer::timeout, this, &BallotPanel::turnRings);
    connect(m_ballots, &BallotTableModel::countsChanged, this, &BallotPanel::updateChips);
    for (const auto signal : {&QAbstractItemModel::modelReset})
        connect(m_filter, signal, this, &BallotPanel::updatePage);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &BallotPanel::updatePage);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &BallotPanel::updatePage);
    connect(m_filter, &QAbstractItemModel::modelAboutToBeReset, this, &BallotPanel::rememberSelection);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &BallotPanel::restoreSelection);
    connect(m_ui->table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_ui->table->viewport()->update();
        if (!m_restoring)
            Q_EMIT currentChanged(currentRow());
    });
    connect(m_ui->table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &BallotPanel::selectionChanged);
    connect(m_ui->table, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { Q_EMIT activated(m_filter->sourceRow(index.row())); });
    connect(m_ui->table, &QTableView::customContextMenuRequested, this, [this](const QPoint& position) {
        if (m_menu && currentRow() >= 0)
            m_menu->popup(m_ui->table->viewport()->mapToGlobal(position));
    });
    updateChips();
    updatePage();
}

BallotPanel::~BallotPanel() = default;

void BallotPanel::updateChips() {
    m_ui->chips->setCounts(*m_ballots);
    const bool reading =
        m_ballots->countOf(ShownState::Reading) + m_ballots->countOf(ShownState::Retrying) > 0;
    // Who wants no moving pictures still sees the seconds to the next try.
    const bool animated = style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
    if (reading && !m_ringTimer->isActive())
        m_ringTimer->start(animated ? kRingIntervalMs : kSecondMs);
    if (!reading)
        m_ringTimer->stop();
}

void BallotPanel::updatePage() {
    const bool nothing = m_filter->rowCount() == 0;
    const bool empty = m_ballots->count() == 0;
    m_ui->nothingText->setText(empty ? m_emptyText : tr("No ballot matches the filter."));
    m_ui->showAll->setVisible(!empty);
    m_ui->pages->setCurrentWidget(nothing ? m_ui->nothing : static_cast<QWidget*>(m_ui->table));
}

void BallotPanel::updateRowHeight() {
    // 40 px at the usual text size.
    QHeaderView* rows = m_ui->table->verticalHeader();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setDefaultSectionSize(fontMetrics().height() * 2 + 2);
}

// Columns are as wide as their header needs, the status as its longest word; what a person made wider stays.
void BallotPanel::fitColumns(bool fresh) {
    QHeaderView* header = m_ui->table->horizontalHeader();
    const QFontMetrics metrics(textFont(TextStyle::Body));
    // At first, in pixels, in the order of Column; 0: as wide as the header needs.
    constexpr std::array<int, BallotTableModel::ColumnCount> widths{0, 186, 76, 100, 0, 0, 0, 64};
    // Only what was found may be cut short.
    const int file = metrics.horizontalAdvance(QStringLiteral("สส.5ทับ18(บช)หน่วยที่88.pdf"));
    const int place = metrics.horizontalAdvance(BallotWords::committee(88));
    int status = 0;
    for (int state = 0; state < static_cast<int>(ShownState::Count); ++state)
        status = std::max(status,
                          metrics.horizontalAdvance(BallotWords::stateName(static_cast<ShownState>(state))));
    BallotItem retrying;
    retrying.run = RunState::Retrying;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    retrying.retryAt = now.addMSecs(kLongestRetryMs);
    status = std::max(status, metrics.horizontalAdvance(BallotWords::status(retrying, now)));
    for (int column = 0; column < BallotTableModel::ColumnCount; ++column) {
        const QString title = m_filter->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        int needed = metrics.horizontalAdvance(title) + kCellMargins + kSortArrow;
        if (column == BallotTableModel::StatusColumn)
            needed = std::max(needed, status + kCellMargins + kStatusSign);
        if (column == BallotTableModel::FileColumn && fresh)
            needed = std::max(needed, file + kCellMargins);
        if (column == BallotTableModel::PlaceColumn && fresh)
            needed = std::max(needed, place + kCellMargins);
        if (fresh)
            needed = std::max(needed, widths[static_cast<size_t>(column)]);
        if (fresh || header->sectionSize(column) < needed)
            header->resizeSection(column, needed);
    }
}

// Only what is in sight is drawn anew.
void BallotPanel::turnRings() {
    if (m_ringTimer->interval() == kRingIntervalMs)
        m_turn = (m_turn + kRingStep) % 360;
    m_delegate->setTurn(m_turn);
    const int first = m_ui->table->rowAt(0);
    const int last = m_ui->table->rowAt(m_ui->table->viewport()->height() - 1);
    if (first < 0)
        return;
    for (int row = first; row <= (last < 0 ? m_filter->rowCount() - 1 : last); ++row) {
        const ShownState state = m_ballots->stateAt(m_filter->sourceRow(row));
        if (state == ShownState::Reading || state == ShownState::Retrying)
            m_ui->table->update(m_filter->index(row, BallotTableModel::StatusColumn));
    }
}

void BallotPanel::rememberSelection() {
    m_keptCurrent.reset();
    m_keptSelection.clear();
    if (const int row = currentRow(); row >= 0)
        m_keptCurrent = m_ballots->at(row).result.scan;
    const QList<int> rows = selectedRows();
    if (rows.size() <= kMostKept)
        for (const int row : rows)
            m_keptSelection.append(m_ballots->at(row).result.scan);
}

void BallotPanel::restoreSelection() {
    m_restoring = true;
    QItemSelection selection;
    for (const BallotScan& scan : m_keptSelection)
        if (const int row = m_filter->proxyRow(m_ballots->rowOf(scan)); row >= 0)
            selection.select(m_filter->index(row, 0), m_filter->index(row, m_filter->columnCount() - 1));
    QItemSelectionModel* model = m_ui->table->selectionModel();
    model->select(selection, QItemSelectionModel::ClearAndSelect);
    const int current = m_keptCurrent ? m_filter->proxyRow(m_ballots->rowOf(*m_keptCurrent)) : -1;
    model->setCurrentIndex(m_filter->index(current, 0), QItemSelectionModel::NoUpdate);
    m_restoring = false;
    if (m_keptCurrent && current < 0)
        Q_EMIT currentChanged(-1);
    else if (current >= 0)
        m_ui->table->scrollTo(m_filter->index(current, 0));
    m_keptSelection.clear();
    m_keptCurrent.reset();
}

int BallotPanel::currentRow() const {
    const QModelIndex index = m_ui->table->currentIndex();
    return index.isValid() ? m_filter->sourceRow(index.row()) : -1;
}

void BallotPanel::setCurrentRow(int row) {
    if (row < 0 || row >= m_ballots->count())
        return;
    if (m_filter->proxyRow(row) < 0) {
        m_ui->filter->clear();
        m_filter->setText({});
        setGroup(StateGroup::All);
    }
    const int place = m_filter->proxyRow(row);
    m_ui->table->selectionModel()->setCurrentIndex(
        m_filter->index(place, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_ui->table->scrollTo(m_filter->index(place, 0));
}

QList<int> BallotPanel::selectedRows() const {
    QList<int> rows;
    for (const QItemSelectionRange& range : m_ui->table->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (int& row : rows)
        row = m_filter->sourceRow(row);
    return rows;
}

QList<int> BallotPanel::orderedRows() const {
    QList<int> rows;
    rows.reserve(m_ballots->count());
    for (int row = 0; row < m_filter->rowCount(); ++row)
        rows.append(m_filter->sourceRow(row));
    for (int row = 0; row < m_ballots->count(); ++row)
        if (m_filter->proxyRow(row) < 0)
            rows.append(row);
    return rows;
}

QList<int> BallotPanel::rowsAround(int row, int after) const {
    QList<int> rows;
    const int place = m_filter->proxyRow(row);
    for (int next = place + 1; next <= place + after && next < m_filter->rowCount(); ++next)
        rows.append(m_filter->sourceRow(next));
    if (place > 0)
        rows.append(m_filter->sourceRow(place - 1));
    return rows;
}

void BallotPanel::focusTable() {
    m_ui->table->setFocus();
}

void BallotPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_delegate->setTheme(theme);
    m_ui->chips->setTheme(theme);
    const QList<QAction*> actions = m_ui->filter->actions();
    for (QAction* action : actions)
        if (action->objectName() == u"filterIcon")
            delete action;
    QAction* icon = m_ui->filter->addAction(Icons::action(QStringLiteral("edit-find"), theme),
                                            QLineEdit::LeadingPosition);
    icon->setObjectName(QStringLiteral("filterIcon"));
    // It is a button to a screen reader, so it has a name and does something.
    icon->setText(tr("Go to the filter"));
    connect(icon, &QAction::triggered, this, &BallotPanel::focusFilter);
    updateRowHeight();
    m_ui->table->viewport()->update();
}

void BallotPanel::focusFilter() {
    m_ui->filter->setFocus(Qt::ShortcutFocusReason);
    m_ui->filter->selectAll();
}

void BallotPanel::setGroup(StateGroup group) {
    m_ui->chips->choose(group);
}

StateGroup BallotPanel::group() const {
    return m_filter->group();
}

void BallotPanel::setRowActions(const QList<QAction*>& menu, const QList<QAction*>& keys) {
    m_menu = new QMenu(this);
    m_menu->addActions(menu);
    for (QAction* action : keys)
        action->setShortcutContext(Qt::WidgetShortcut);
    m_ui->table->addActions(keys);
}

void BallotPanel::selectAll() {
    m_ui->table->selectAll();
    m_ui->table->setFocus();
}

void BallotPanel::setEmptyText(const QString& text) {
    m_emptyText = text;
    updatePage();
}

QString BallotPanel::selectionAsText() const {
    const auto line = [this](const auto& cell) {
        QStringList cells;
        for (int column = 0; column < BallotTableModel::ColumnCount; ++column)
            cells.append(cell(column).replace(u'\t', u' ').replace(u'\n', u' '));
        return cells.join(u'\t');
    };
    QStringList lines{line([this](int column) {
        return m_ballots->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    })};
    for (const int row : selectedRows())
        lines.append(line([this, row](int column) {
            return column == BallotTableModel::FileColumn
                       ? m_ballots->at(row).result.scan.file
                       : m_ballots->data(m_ballots->index(row, column), Qt::DisplayRole).toString();
        }));
    return lines.join(u'\n') + u'\n';
}

QByteArray BallotPanel::saveColumns() const {
    return m_ui->table->horizontalHeader()->saveState();
}

void BallotPanel::restoreColumns(const QByteArray& state) {
    QHeaderView* header = m_ui->table->horizontalHeader();
    header->restoreState(state);
    header->setSectionResizeMode(BallotTableModel::FindingsColumn, QHeaderView::Stretch);
    m_filter->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
}

void BallotPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        updateChips();
        updatePage();
        fitColumns(false);
    } else if (event->type() == QEvent::FontChange) {
        updateRowHeight();
    }
    QWidget::changeEvent(event);
}

bool BallotPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && currentRow() >= 0) {
            Q_EMIT activated(currentRow());
            return true;
        }
    } else if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        m_ui->table->viewport()->update();
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace tallydesk
