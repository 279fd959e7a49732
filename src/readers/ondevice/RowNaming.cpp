// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/RowNaming.h"

#include <algorithm>

#include "core/RuleTools.h"

namespace tallydesk {

namespace {

constexpr double clearLead = 8.0;    // the print alone says which rows these are
constexpr double leaningLead = 3.0;  // enough to contradict a count, not to replace it

QList<NumberCrop*> rowsOf(FormCrops& crops, qsizetype table) {
    QList<NumberCrop*> rows;
    for (NumberCrop& crop : crops.numbers) {
        if (crop.row > 0 && crop.table == table)
            rows.append(&crop);
    }
    return rows;
}

void renumber(NumberCrop& crop, int number) {
    crop.row = number;
    crop.field = RuleTools::rowKey(number);
}

// A fold through the head of a table cuts off what looks like one more row. Nothing stands above the row that
// is numbered 1, with the others in order below it, unless it reads as one more 1 by itself; and where a
// table goes on after row `before`, that row is not above it once more.
bool beginsInHead(const RowNumbering& print, qsizetype rows, int before) {
    if (print.numbers.size() == rows && rows > 1 && print.consecutive && print.lead >= clearLead &&
        !print.firstRead && before > 0 && print.numbers.first() == before)
        return true;
    if (print.numbers.size() != rows || rows < 2 || print.consecutive || print.lead < clearLead ||
        (print.numbers.first() == 1 && print.firstRead && print.firstIsNumber))
        return false;
    for (qsizetype i = 1; i < rows; ++i) {
        if (print.numbers[i] != i)
            return false;
    }
    return true;
}

void dropFirstRow(FormCrops& crops, qsizetype table) {
    const auto first =
        std::find_if(crops.numbers.begin(), crops.numbers.end(),
                     [table](const NumberCrop& crop) { return crop.row > 0 && crop.table == table; });
    if (first != crops.numbers.end())
        crops.numbers.erase(first);
}

// Roles of tables that break elsewhere than the plan says: where they hold every row once, their order is
// that of the plan's pages; else each is the page of which it has the most rows.
void nameRoles(const FormTemplate& form, FormCrops& crops) {
    QStringList planned;
    for (const PagePlan& page : form.pages) {
        if (page.lastRow > 0)
            planned.append(page.role);
    }
    QList<int> rows;
    for (const NumberCrop& crop : std::as_const(crops.numbers)) {
        if (crop.row > 0)
            rows.append(crop.row);
    }
    std::sort(rows.begin(), rows.end());
    bool whole = form.rowsFixed && rows.size() == form.rowCount && crops.tables.size() == planned.size();
    for (qsizetype i = 0; whole && i < rows.size(); ++i)
        whole = rows[i] == i + 1;
    for (qsizetype t = 0; t < crops.tables.size(); ++t) {
        const QList<NumberCrop*> own = rowsOf(crops, t);
        QString role;
        if (whole && !own.isEmpty()) {
            // The tables that begin with a lower number come before it.
            qsizetype before = 0;
            for (qsizetype other = 0; other < crops.tables.size(); ++other) {
                const QList<NumberCrop*> others = rowsOf(crops, other);
                before += !others.isEmpty() && others.first()->row < own.first()->row ? 1 : 0;
            }
            role = planned.value(before);
        } else {
            qsizetype most = 0;
            for (const PagePlan& page : form.pages) {
                const auto shared = std::count_if(own.begin(), own.end(), [&page](const NumberCrop* crop) {
                    return crop->row >= page.firstRow && crop->row <= page.lastRow;
                });
                if (page.lastRow > 0 && shared > most) {
                    most = shared;
                    role = page.role;
                }
            }
        }
        if (!role.isEmpty())
            crops.pageRoles[crops.tables[t].page] = role;
    }
}

}  // namespace

QList<RowNumbering> readPrintedRows(const FormTemplate& form, const CtcNet& digits, const FormCrops& crops,
                                    const CancelToken& cancel) {
    QList<QList<cv::Mat>> cells(crops.tables.size());
    for (const NumberCrop& crop : crops.numbers) {
        if (crop.row > 0)
            cells[crop.table].append(crop.rowNumber);
    }
    QList<RowNumbering> result;
    for (const QList<cv::Mat>& table : std::as_const(cells)) {
        if (cancel.isCancelled())
            break;
        result.append(readRowNumbers(digits, table, form.rowCount));
    }
    return result;
}

void nameRows(const FormTemplate& form, const QList<RowNumbering>& printed, FormCrops& crops) {
    int next = 1;
    bool moved = false;
    bool unplaced = false;  // a table before this one has no sure place: counting on from it says nothing
    for (qsizetype t = 0; t < crops.tables.size(); ++t) {
        TablePlace table = crops.tables[t];
        RowNumbering print = printed[t];
        if (beginsInHead(print, rowsOf(crops, t).size(), next - 1)) {
            dropFirstRow(crops, t);
            print.numbers.removeFirst();
            print.consecutive = true;
            table.certain = false;  // its shape was counted with that row
            // What was missed on a page before holds for this one too.
            const bool carried = t > 0 && !form.rowsFixed && crops.tables[t - 1].rowsMissed;
            const QList<NumberCrop*> left = rowsOf(crops, t);
            table.rowsMissed = carried || left.size() > form.rowCount ||
                               std::any_of(left.begin(), left.end(),
                                           [](const NumberCrop* row) { return row->heightUnusual; });
        }
        const QList<NumberCrop*> rows = rowsOf(crops, t);
        if (rows.isEmpty())
            continue;
        const bool read = print.numbers.size() == rows.size();
        const bool clear = read && print.lead >= clearLead;
        // Rows of an open table are counted on from the table before, which the print may have moved.
        if (!form.rowsFixed) {
            for (NumberCrop* row : rows)
                renumber(*row, next++);
        }
        bool same = read;
        for (qsizetype i = 0; same && i < rows.size(); ++i)
            same = rows[i]->row == print.numbers[i];
        const bool counted = form.rowsFixed ? table.certain : t == 0 && !unplaced;
        bool uncertain = table.rowsMissed;
        if (clear && !same && table.certain) {
            // The page's own shape and place say otherwise; a hand that prints unlike any known one must not
            // move a whole table.
            uncertain = true;
        } else if (clear && !same) {
            for (qsizetype i = 0; i < rows.size(); ++i)
                renumber(*rows[i], print.numbers[i]);
            uncertain = uncertain || !print.consecutive;
            moved = true;
        } else if (!clear) {
            // One row alone never reads clearly; that it is the next one is a second witness.
            const bool leans = read && print.lead >= leaningLead;
            uncertain = uncertain || (!counted && !(leans && same)) || (leans && !same);
        }
        // A gap that the print tells, though not clearly enough to say where.
        const bool gap = print.endsOtherwise || (read && !clear && !print.consecutive);
        uncertain = uncertain || rows.last()->row > form.rowCount || (gap && !table.certain);
        for (NumberCrop* row : rows)
            row->placeUncertain = uncertain;
        if (uncertain)
            crops.remarks.append(QStringLiteral("rows-uncounted"));
        unplaced = unplaced || uncertain;
        next = rows.last()->row + 1;
    }
    if (moved)
        nameRoles(form, crops);
}

}  // namespace tallydesk
