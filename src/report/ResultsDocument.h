// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include "core/BallotResult.h"
#include "core/FormTemplate.h"
#include "core/MessageCatalog.h"

namespace tallydesk {

/// The outcome of a run or a project, as it is written out. A plain value: any thread.
struct ResultsDocument {
    QString appVersion;
    /// UTC.
    QDateTime created;
    /// BallotReader::id() of the run.
    QString reader;
    /// In intake order, after the rules between ballots.
    QList<BallotResult> ballots;
};

/// What the writers look things up in. Immutable; any thread.
struct ReportContext {
    FormCatalog forms;
    MessageCatalog messages;
};

}  // namespace tallydesk
