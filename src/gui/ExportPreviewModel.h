// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

namespace tallydesk {

/// The first lines of a CSV file, as they will stand in it. GUI thread.
class ExportPreviewModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ExportPreviewModel(QObject* parent = nullptr);

    /// The column names, then the lines.
    void setRecords(const QList<QStringList>& records);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_columns;
    QList<QStringList> m_lines;
};

}  // namespace tallydesk
