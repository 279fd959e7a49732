// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/Error.h"
#include "store/Database.h"

namespace tallydesk {

/// The statements that take a project file from one schema version to the next.
struct Migration {
    QList<QString> statements;
};

/// All versions of the schema in order: the first makes an empty file a project, each later one takes the
/// version before it further. A released step is never edited; a change is a new step.
QList<Migration> projectMigrations();

/// Marks a SQLite file as a project of this program (PRAGMA application_id, "TDk1").
constexpr int kProjectApplicationId = 0x54446b31;

/// What a file is, before anything is changed in it.
enum class ProjectState { Empty, Current, Older };

/// Looks at a file without changing it. Errors: "store.not_a_project" (another program's database),
/// "store.newer_version" (path, its version, the newest known), and those of Database.
Expected<ProjectState> inspectProject(Database& database, int newestVersion);

/// Brings a file to the newest of `migrations`, in one transaction: it ends at the newest version or as it
/// was. Errors as inspectProject().
Expected<void> migrateProject(Database& database, const QList<Migration>& migrations);

}  // namespace tallydesk
