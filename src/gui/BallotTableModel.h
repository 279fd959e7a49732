// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <array>
#include <optional>
#include <vector>

#include "gui/BallotItem.h"
#include "gui/BallotWords.h"
#include "gui/Theme.h"

namespace tallydesk {

/// What changed about one ballot; what is not set stays.
struct BallotChange {
    BallotScan scan;
    RunState run = RunState::Idle;
    int attempt = 0;
    QDateTime retryAt;
    std::optional<BallotResult> result;
};

/// The ballots of the project, in the order in which they were added: the one place where the window keeps
/// them. GUI thread.
class BallotTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    /// A new one also needs text(), headerData(), sortKey(), isNumeric() and a width in BallotPanel.
    enum Column {
        StatusColumn,
        FileColumn,
        FormColumn,
        PlaceColumn,
        PagesColumn,
        AttemptsColumn,
        FindingsColumn,
        TimeColumn,
        ColumnCount
    };
    enum Role { StateRole = Qt::UserRole + 1 };
    using Counts = std::array<int, static_cast<size_t>(ShownState::Count)>;

    BallotTableModel(BallotWords words, QObject* parent = nullptr);

    void clear();
    /// Adds ballots at the end; those that are there already are left as they are. Says how many are new.
    int append(const QList<BallotResult>& ballots);
    /// Applies what changed, told in as few ranges as there are; unknown ballots are left out.
    void apply(const QList<BallotChange>& changes);
    /// Puts results in place, as they are after a review or the rules between ballots.
    void setResults(const QList<BallotResult>& results);
    /// Rows may come in any order.
    void removeBallots(QList<int> rows);
    /// Whatever a stopped run left waiting or reading is idle again.
    void endRun();

    const BallotItem& at(int row) const { return m_rows[static_cast<size_t>(row)].item; }
    bool has(int row) const { return row >= 0 && row < count(); }
    int count() const { return static_cast<int>(m_rows.size()); }
    /// -1 for an unknown ballot.
    int rowOf(const BallotScan& scan) const;
    ShownState stateAt(int row) const { return m_rows[static_cast<size_t>(row)].state; }
    /// In the order of the rows, and as results list them: by path, then first page.
    QList<BallotResult> results() const;
    QList<BallotResult> resultsInIntakeOrder() const;
    int countOf(ShownState state) const { return m_counts[static_cast<size_t>(state)]; }
    const BallotWords& words() const { return m_words; }

    /// Order in the natural order of paths, and the number by which a column sorts; ties go by path.
    int pathRank(int row) const;
    qint64 sortKey(int row, int column) const;
    /// Lower-case text that the text filter looks into.
    const QString& searchText(int row) const { return m_rows[static_cast<size_t>(row)].search; }

    void setTheme(const Theme& theme);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void countsChanged();

private:
    struct Row {
        BallotItem item;
        ShownState state = ShownState::NotRead;
        QString search;
    };

    void settle(Row& row);
    void tellRows(std::vector<int>& rows);
    void reindex();
    QVariant text(const Row& row, int column) const;

    const BallotWords m_words;
    Theme m_theme = Theme::light();
    std::vector<Row> m_rows;
    QHash<QString, int> m_rowOf;
    Counts m_counts{};
    /// Place of each row among all paths; made when it is first asked for after a change of rows.
    mutable std::vector<int> m_pathRanks;
};

}  // namespace tallydesk
