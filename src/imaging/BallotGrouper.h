// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/BallotScan.h"
#include "core/FormTemplate.h"
#include "imaging/PageClassifier.h"

namespace tallydesk {

/// A scan file after its pages were judged; or why it can't be opened. `pages` in file order.
struct FileScan {
    QString file;
    QString path;
    QString sha256;
    QList<PageClass> pages;
    std::optional<Error> error;
};

/// Puts pages together into ballots: the pages of one PDF or TIFF, and single-page files whose names belong
/// together (name-1, name-2; name, name (1)). A first page starts a ballot; others belong to the ballot that
/// still lacks them by its form's page plan. No page is lost: each one is in exactly one ballot's `pages` or
/// `setAsidePages`; a file without any form ends as a failed ballot "intake.no_form".
/// Immutable; any thread.
class BallotGrouper {
public:
    explicit BallotGrouper(FormCatalog forms);

    /// Files in the order of intake; ballots in the same order, by first page within a file.
    QList<BallotScan> group(const QList<FileScan>& files) const;

private:
    FormCatalog m_forms;
};

/// The number that a file name counts pages with, and what is left of the name: "name-2", "name_p2",
/// "name (2)", "name 2" give ("name", 2); a name without a number gives (name, 0).
struct PageName {
    QString stem;
    int number = 0;
};
PageName pageName(const QString& file);

}  // namespace tallydesk
