// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/RecentProjects.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>

#include "imaging/FolderScanner.h"

namespace tallydesk {

namespace {

constexpr qsizetype kMostProjects = 12;
const QString kGroup = QStringLiteral("recentProjects");

// The name of a folder or file without what file systems refuse in names. Goes by the name alone: a share
// that hangs may not hang the window.
QString titleOf(const QString& path) {
    const bool file = isScanName(path) || path.endsWith(QStringLiteral(".tallydesk"));
    QString name = file ? QFileInfo(path).completeBaseName() : QDir(path).dirName();
    name.remove(QRegularExpression(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]")));
    return name.isEmpty() ? QStringLiteral("TallyDesk") : name.left(80);
}

}  // namespace

RecentProjects::RecentProjects(QSettings& store) : m_store(store) {
    const int count = m_store.beginReadArray(kGroup);
    for (int i = 0; i < count; ++i) {
        m_store.setArrayIndex(i);
        RecentProject project;
        project.path = m_store.value(QStringLiteral("path")).toString();
        project.title = m_store.value(QStringLiteral("title")).toString();
        project.source = m_store.value(QStringLiteral("source")).toString();
        project.opened = m_store.value(QStringLiteral("opened")).toDateTime();
        project.ballots = m_store.value(QStringLiteral("ballots")).toInt();
        project.toReview = m_store.value(QStringLiteral("toReview")).toInt();
        project.failed = m_store.value(QStringLiteral("failed")).toInt();
        project.unread = m_store.value(QStringLiteral("unread")).toInt();
        if (!project.path.isEmpty())
            m_projects.append(project);
    }
    m_store.endArray();
}

void RecentProjects::note(RecentProject project) {
    for (const RecentProject& known : std::as_const(m_projects)) {
        if (known.path != project.path)
            continue;
        if (project.source.isEmpty())
            project.source = known.source;
        if (project.title.isEmpty())
            project.title = known.title;
    }
    if (project.title.isEmpty())
        project.title = titleOf(project.path);
    m_projects.removeIf([&](const RecentProject& known) { return known.path == project.path; });
    m_projects.prepend(project);
    while (m_projects.size() > kMostProjects)
        m_projects.removeLast();
    save();
}

void RecentProjects::forget(const QString& path) {
    m_projects.removeIf([&](const RecentProject& known) { return known.path == path; });
    save();
}

std::optional<RecentProject> RecentProjects::bySource(const QString& source) const {
    for (const RecentProject& project : m_projects)
        if (!source.isEmpty() && project.source == source)
            return project;
    return std::nullopt;
}

RecentProject RecentProjects::projectFor(const QStringList& scans, const QString& folder,
                                         const QDateTime& now) const {
    const QString source = scans.size() == 1 ? QFileInfo(scans.first()).absoluteFilePath() : QString();
    if (const auto known = bySource(source))
        return *known;
    RecentProject project;
    const QString first = scans.value(0);
    project.title =
        titleOf(scans.size() == 1 ? first : QFileInfo(QFileInfo(first).absolutePath()).absoluteFilePath());
    project.source = source;
    project.path =
        QDir(folder).filePath(QStringLiteral("%1 %2.tallydesk")
                                  .arg(project.title, now.toString(QStringLiteral("yyyyMMdd-HHmmsszzz"))));
    return project;
}

void RecentProjects::save() {
    m_store.beginWriteArray(kGroup, static_cast<int>(m_projects.size()));
    for (int i = 0; i < m_projects.size(); ++i) {
        const RecentProject& project = m_projects[i];
        m_store.setArrayIndex(i);
        m_store.setValue(QStringLiteral("path"), project.path);
        m_store.setValue(QStringLiteral("title"), project.title);
        m_store.setValue(QStringLiteral("source"), project.source);
        m_store.setValue(QStringLiteral("opened"), project.opened);
        m_store.setValue(QStringLiteral("ballots"), project.ballots);
        m_store.setValue(QStringLiteral("toReview"), project.toReview);
        m_store.setValue(QStringLiteral("failed"), project.failed);
        m_store.setValue(QStringLiteral("unread"), project.unread);
    }
    m_store.endArray();
}

}  // namespace tallydesk
