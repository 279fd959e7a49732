// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ExportPreviewModel.h"

namespace tallydesk {

ExportPreviewModel::ExportPreviewModel(QObject* parent) : QAbstractTableModel(parent) {}

void ExportPreviewModel::setRecords(const QList<QStringList>& records) {
    beginResetModel();
    m_columns = records.value(0);
    m_lines = records.mid(1);
    endResetModel();
}

int ExportPreviewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ExportPreviewModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant ExportPreviewModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const QString text = m_lines.value(index.row()).value(index.column());
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text;
    bool isNumber = false;
    text.toLongLong(&isNumber);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QVariant ExportPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal)
        return data(index(0, section), role);
    if (role != Qt::DisplayRole)
        return {};
    return orientation == Qt::Horizontal ? QVariant(m_columns.value(section)) : QVariant(section + 1);
}

}  // namespace tallydesk
