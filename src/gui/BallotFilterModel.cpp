// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BallotFilterModel.h"

#include <algorithm>
#include <utility>

namespace tallydesk {

BallotFilterModel::BallotFilterModel(BallotTableModel* ballots, QObject* parent)
    : QAbstractProxyModel(parent), m_ballots(ballots) {
    setSourceModel(ballots);
    connect(ballots, &QAbstractItemModel::dataChanged, this, &BallotFilterModel::sourceChanged);
    connect(ballots, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { sourceAdded(first, last); });
    // Removing is rare and by the user's hand; places below it all change.
    connect(ballots, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { beginResetModel(); });
    connect(ballots, &QAbstractItemModel::rowsRemoved, this, [this] {
        collect();
        endResetModel();
    });
    connect(ballots, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(ballots, &QAbstractItemModel::modelReset, this, [this] {
        collect();
        endResetModel();
    });
    connect(ballots, &QAbstractItemModel::headerDataChanged, this,
            [this](Qt::Orientation orientation, int first, int last) {
                if (orientation == Qt::Horizontal)
                    Q_EMIT headerDataChanged(orientation, first, last);
            });
    collect();
}

bool BallotFilterModel::contains(StateGroup group, ShownState state) {
    switch (group) {
        case StateGroup::All:
            return true;
        case StateGroup::Accepted:
            return state == ShownState::Accepted;
        case StateGroup::NeedsReview:
            return state == ShownState::NeedsReview;
        case StateGroup::Failed:
            return state == ShownState::Failed;
        case StateGroup::Reading:
            return state == ShownState::Reading;
        case StateGroup::Retrying:
            return state == ShownState::Retrying;
        case StateGroup::Waiting:
            return state == ShownState::Waiting || state == ShownState::NotRead;
        case StateGroup::Settled:
            return state == ShownState::Settled || state == ShownState::Unreadable;
        case StateGroup::Count:
            break;
    }
    return false;
}

void BallotFilterModel::setGroup(StateGroup group) {
    if (std::exchange(m_group, group) != group)
        rebuild();
}

void BallotFilterModel::setText(const QString& text) {
    const QString lower = text.trimmed().toLower();
    if (std::exchange(m_text, lower) != lower)
        rebuild();
}

void BallotFilterModel::sort(int column, Qt::SortOrder order) {
    m_column = column;
    m_order = order;
    rebuild();
}

bool BallotFilterModel::accepts(int source) const {
    return contains(m_group, m_ballots->stateAt(source)) &&
           (m_text.isEmpty() || m_ballots->searchText(source).contains(m_text));
}

void BallotFilterModel::rebuild() {
    beginResetModel();
    collect();
    endResetModel();
}

void BallotFilterModel::collect() {
    m_rows.clear();
    for (int row = 0; row < m_ballots->count(); ++row)
        if (accepts(row))
            m_rows.push_back(row);
    order();
    m_places.assign(static_cast<size_t>(m_ballots->count()), -1);
    renumber();
}

void BallotFilterModel::order() {
    if (m_column < 0)
        return;
    // Keys beside the rows: comparing them reads memory in order.
    struct Key {
        qint64 value;
        int path;
        int row;
    };
    std::vector<Key> keys;
    keys.reserve(m_rows.size());
    for (const int row : m_rows)
        keys.push_back({m_ballots->sortKey(row, m_column), m_ballots->pathRank(row), row});
    const bool descending = m_order == Qt::DescendingOrder;
    std::sort(keys.begin(), keys.end(), [descending](const Key& a, const Key& b) {
        const auto left = std::pair(a.value, a.path);
        const auto right = std::pair(b.value, b.path);
        return descending ? right < left : left < right;
    });
    for (size_t i = 0; i < keys.size(); ++i)
        m_rows[i] = keys[i].row;
}

void BallotFilterModel::renumber(size_t from) {
    for (size_t i = from; i < m_rows.size(); ++i)
        m_places[static_cast<size_t>(m_rows[i])] = static_cast<int>(i);
}

void BallotFilterModel::sourceAdded(int first, int last) {
    // Rows are only ever added at the end.
    m_places.resize(static_cast<size_t>(m_ballots->count()), -1);
    std::vector<int> added;
    for (int row = first; row <= last; ++row)
        if (accepts(row))
            added.push_back(row);
    addRows(added);
}

void BallotFilterModel::addRows(const std::vector<int>& sources) {
    if (sources.empty())
        return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(sources.size()) - 1);
    m_rows.insert(m_rows.end(), sources.begin(), sources.end());
    renumber(static_cast<size_t>(first));
    endInsertRows();
}

void BallotFilterModel::removeRange(int first, int last) {
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        m_places[static_cast<size_t>(sourceRow(row))] = -1;
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    renumber(static_cast<size_t>(first));
    endRemoveRows();
}

void BallotFilterModel::sourceChanged(const QModelIndex& first, const QModelIndex& last,
                                      const QList<int>& roles) {
    std::vector<int> stayed;
    std::vector<int> came;
    std::vector<int> left;
    for (int source = first.row(); source <= last.row(); ++source) {
        const int place = proxyRow(source);
        const bool accepted = accepts(source);
        if (place >= 0 && accepted)
            stayed.push_back(place);
        else if (place >= 0)
            left.push_back(place);
        else if (accepted)
            came.push_back(source);
    }
    // Each removal moves all below it; past a few ranges one reset is cheaper.
    constexpr size_t kManyRows = 200;
    if (left.size() > kManyRows) {
        rebuild();
        return;
    }
    std::sort(stayed.begin(), stayed.end());
    for (size_t begin = 0; begin < stayed.size();) {
        size_t end = begin + 1;
        while (end < stayed.size() && stayed[end] == stayed[end - 1] + 1)
            ++end;
        Q_EMIT dataChanged(index(stayed[begin], first.column()), index(stayed[end - 1], last.column()),
                           roles);
        begin = end;
    }
    std::sort(left.begin(), left.end());
    for (size_t end = left.size(); end > 0;) {
        size_t begin = end - 1;
        while (begin > 0 && left[begin - 1] == left[begin] - 1)
            --begin;
        removeRange(left[begin], left[end - 1]);
        end = begin;
    }
    addRows(came);
}

int BallotFilterModel::proxyRow(int source) const {
    return source >= 0 && static_cast<size_t>(source) < m_places.size()
               ? m_places[static_cast<size_t>(source)]
               : -1;
}

QModelIndex BallotFilterModel::index(int row, int column, const QModelIndex& parent) const {
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex BallotFilterModel::parent(const QModelIndex&) const {
    return {};
}

int BallotFilterModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BallotFilterModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(BallotTableModel::ColumnCount);
}

QModelIndex BallotFilterModel::mapToSource(const QModelIndex& proxy) const {
    return proxy.isValid() ? m_ballots->index(sourceRow(proxy.row()), proxy.column()) : QModelIndex();
}

QModelIndex BallotFilterModel::mapFromSource(const QModelIndex& source) const {
    const int row = source.isValid() ? proxyRow(source.row()) : -1;
    return row < 0 ? QModelIndex() : createIndex(row, source.column());
}

QVariant BallotFilterModel::headerData(int section, Qt::Orientation orientation, int role) const {
    return orientation == Qt::Horizontal ? m_ballots->headerData(section, orientation, role) : QVariant();
}

}  // namespace tallydesk
