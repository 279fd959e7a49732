// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/PagePlaces.h"

namespace tallydesk {

namespace {

bool carriesRows(const PagePlan& page) {
    return page.lastRow > 0;
}

// The only page of the plan with this shape; -1 when none or several have it.
qsizetype pageOfShape(const FormTemplate& form, const TableShape& table) {
    qsizetype found = -1;
    for (qsizetype i = 0; i < form.pages.size(); ++i) {
        const PagePlan& page = form.pages[i];
        if (!carriesRows(page) || page.hasTotal != table.total ||
            page.lastRow - page.firstRow + 1 != table.rows)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return found;
}

}  // namespace

QList<PagePlace> placePages(const FormTemplate& form, const QList<TableShape>& tables) {
    QList<PagePlace> places;
    QList<bool> taken(form.pages.size(), false);
    for (const TableShape& table : tables) {
        const qsizetype page = form.rowsFixed ? pageOfShape(form, table) : -1;
        if (page >= 0)
            taken[page] = true;
        places.append({page, page >= 0});
    }
    for (PagePlace& place : places) {
        for (qsizetype i = 0; i < form.pages.size() && place.plan < 0; ++i) {
            if (taken[i] || !carriesRows(form.pages[i]))
                continue;
            taken[i] = true;
            place = {i, !form.rowsFixed};
        }
    }
    return places;
}

}  // namespace tallydesk
