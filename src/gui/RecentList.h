// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QSet>
#include <QStyledItemDelegate>

#include "gui/RecentProjects.h"
#include "gui/Theme.h"

namespace tallydesk {

/// The recent projects for a list view. GUI thread.
class RecentModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setProjects(const QList<RecentProject>& projects);
    void setMissing(const QStringList& paths);
    const RecentProject& at(int row) const { return m_projects.at(row); }
    bool isMissing(int row) const { return m_missing.contains(m_projects.at(row).path); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    /// "9 to review", "All settled", "Not available" and its tone: "warn", "ok", "err" or "plain".
    struct State {
        QString text;
        QString tone;
    };
    State stateAt(int row) const;

private:
    QList<RecentProject> m_projects;
    QSet<QString> m_missing;
};

/// Paints a recent project: name, place, how much of it is done. GUI thread.
class RecentDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme& theme) { m_theme = theme; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme m_theme = Theme::light();
};

}  // namespace tallydesk
