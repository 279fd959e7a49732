// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

class QSettings;

namespace tallydesk {

/// A project as the welcome screen names it.
struct RecentProject {
    QString path;
    /// What a clerk calls it: the name of the folder of scans, or of the project file.
    QString title;
    /// The folder that the project was made for; empty for one that a person placed.
    QString source;
    QDateTime opened;
    int ballots = 0;
    int toReview = 0;
    int failed = 0;
    int unread = 0;

    bool operator==(const RecentProject&) const = default;
};

/// The projects opened last, newest first, as kept in the settings. GUI thread.
class RecentProjects {
public:
    /// `store` must outlive it.
    explicit RecentProjects(QSettings& store);

    const QList<RecentProject>& list() const { return m_projects; }
    /// Puts a project first; keeps a source that is known already when `project` names none.
    void note(RecentProject project);
    void forget(const QString& path);
    std::optional<RecentProject> bySource(const QString& source) const;

    /// A project for scans: the one made for the same folder, else a new file in `folder`, named after the
    /// scans and the moment, so that no two ever share a name.
    RecentProject projectFor(const QStringList& scans, const QString& folder, const QDateTime& now) const;

private:
    void save();

    QSettings& m_store;
    QList<RecentProject> m_projects;
};

}  // namespace tallydesk
