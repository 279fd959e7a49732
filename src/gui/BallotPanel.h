// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QWidget>
#include <memory>

#include "gui/BallotFilterModel.h"
#include "gui/Theme.h"

class QMenu;
class QTimer;

namespace Ui {
class BallotPanel;
}

namespace tallydesk {

class BallotDelegate;

/// The table of ballots with its filter. Rows in signals and calls are those of the BallotTableModel.
/// GUI thread; the model outlives it.
class BallotPanel final : public QWidget {
    Q_OBJECT
public:
    explicit BallotPanel(BallotTableModel* ballots, QWidget* parent = nullptr);
    ~BallotPanel() override;

    /// -1 for none.
    int currentRow() const;
    /// Shows the ballot, without the filter when that holds it back.
    void setCurrentRow(int row);
    /// In the order of the table.
    QList<int> selectedRows() const;
    /// All ballots, in the order of the table; those that the filter holds back follow in their own.
    QList<int> orderedRows() const;
    /// The next ballots of the table after `row`, and the one before it.
    QList<int> rowsAround(int row, int after) const;
    void focusTable();
    void setTheme(const Theme& theme);
    void focusFilter();
    void setGroup(StateGroup group);
    StateGroup group() const;
    /// Entries of the context menu, and actions whose keys count while the table has the focus; they act on
    /// the selection.
    void setRowActions(const QList<QAction*>& menu, const QList<QAction*>& keys);
    void selectAll();
    /// Shown while there is no ballot at all.
    void setEmptyText(const QString& text);
    /// The selected rows as tab-separated text, with a line of column names.
    QString selectionAsText() const;

    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

Q_SIGNALS:
    void currentChanged(int row);
    void selectionChanged();
    /// Double click or Enter.
    void activated(int row);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateChips();
    void updatePage();
    void updateRowHeight();
    void fitColumns(bool fresh);
    void turnRings();
    void rememberSelection();
    void restoreSelection();

    const std::unique_ptr<Ui::BallotPanel> m_ui;
    BallotTableModel* const m_ballots;
    BallotFilterModel* const m_filter;
    BallotDelegate* const m_delegate;
    QTimer* const m_ringTimer;
    QTimer* const m_filterTimer;
    QMenu* m_menu = nullptr;
    Theme m_theme = Theme::light();
    int m_turn = 0;
    /// Kept over a reset of the filter: the current ballot and the selected ones.
    std::optional<BallotScan> m_keptCurrent;
    QList<BallotScan> m_keptSelection;
    bool m_restoring = false;
    QString m_emptyText;
};

}  // namespace tallydesk
