// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "core/FormTemplate.h"

namespace tallydesk {

/// What a page's table shows by itself. A plain value; any thread.
struct TableShape {
    int rows = 0;        ///< without head and total
    bool total = false;  ///< its last row is the total
};

/// Which page of the form's plan a table stands on: an index of FormTemplate::pages, -1 for none. `certain`
/// when its shape says so and not its place among the pages alone; of a form that prints no fixed number of
/// rows shapes say nothing, and the place counts as certain. A plain value; any thread.
struct PagePlace {
    qsizetype plan = -1;
    bool certain = false;
};

/// Where a form prints all its rows, a table's shape tells its page, in whatever order the pages come; a page
/// that comes twice gets the same place twice. Other tables are taken in their order.
QList<PagePlace> placePages(const FormTemplate& form, const QList<TableShape>& tables);

}  // namespace tallydesk
