// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractProxyModel>
#include <QPointer>
#include <optional>
#include <vector>

#include "gui/BallotTableModel.h"

namespace tallydesk {

/// A group of states with a filter chip of its own.
enum class StateGroup { All, Accepted, NeedsReview, Failed, Reading, Retrying, Waiting, Settled, Count };

/// The ballots that the filter lets through, sorted. Made for 100,000 rows: the filter and the sort take
/// one pass each, and a running batch never moves a row: rows that come to match are added at the end, rows
/// that no longer match leave. Sorting anew is the user's. GUI thread.
class BallotFilterModel final : public QAbstractProxyModel {
    Q_OBJECT
public:
    explicit BallotFilterModel(BallotTableModel* ballots, QObject* parent = nullptr);

    void setGroup(StateGroup group);
    StateGroup group() const { return m_group; }
    void setText(const QString& text);
    static bool contains(StateGroup group, ShownState state);

    /// Column -1 is the order in which ballots were added.
    void sort(int column, Qt::SortOrder order) override;
    int sourceRow(int row) const { return m_rows[static_cast<size_t>(row)]; }
    /// -1 when the filter holds it back.
    int proxyRow(int source) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QModelIndex mapToSource(const QModelIndex& proxy) const override;
    QModelIndex mapFromSource(const QModelIndex& source) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool accepts(int source) const;
    void rebuild();
    void collect();
    void order();
    void renumber(size_t from = 0);
    void sourceChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);
    void sourceAdded(int first, int last);
    void addRows(const std::vector<int>& sources);
    void removeRange(int first, int last);

    BallotTableModel* const m_ballots;
    StateGroup m_group = StateGroup::All;
    QString m_text;
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    /// Source row of each row here, and back (-1).
    std::vector<int> m_rows;
    std::vector<int> m_places;
};

}  // namespace tallydesk
