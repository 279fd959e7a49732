// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/FieldMap.h"

#include <algorithm>

#include "imaging/PageInk.h"

namespace tallydesk {

namespace {

const QString kSignatures = QStringLiteral("signatures");
// Digits that are written past the end of their dots still belong to the blank, in table pixels.
constexpr int kBlankMarginLeft = 6;
constexpr int kBlankMarginRight = 30;

struct PageTable {
    MappedPage page;
    std::vector<ScoreCell> cells;

    int rows() const {
        return static_cast<int>(
            std::count_if(cells.begin(), cells.end(), [](const ScoreCell& cell) { return !cell.isTotal; }));
    }
    bool hasTotal() const { return rows() < static_cast<int>(cells.size()); }
    int bracketLines() const {
        return static_cast<int>(
            std::count_if(page.lines.begin(), page.lines.end(),
                          [](const BlankLine& line) { return line.bracket.has_value(); }));
    }
};

NumberPlaceOnPage placeOf(int page, const ScoreCell& cell, bool certain) {
    NumberPlaceOnPage place{page, cell.digits, std::nullopt, certain};
    if (!cell.words.image.empty())
        place.words = cell.words;
    return place;
}

// How badly a page fits a plan: missing or surplus rows count most.
int misfit(const PageTable& page, const PagePlan& plan) {
    const int expected = plan.lastRow - plan.firstRow + 1;
    return 4 * std::abs(page.rows() - expected) + (page.hasTotal() != plan.hasTotal ? 2 : 0) +
           ((page.bracketLines() >= 2) != plan.hasFigures ? 3 : 0);
}

// Pages to plans of a form with fixed rows: the cheapest one-to-one assignment (there are few of each).
std::vector<int> assignPlans(const std::vector<PageTable>& pages, const QList<PagePlan>& plans) {
    std::vector<int> order(static_cast<size_t>(std::max<qsizetype>(plans.size(), qsizetype(pages.size()))));
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::vector<int> best;
    int bestCost = 0;
    do {
        int cost = 0;
        for (size_t i = 0; i < pages.size(); ++i)
            cost += order[i] < plans.size() ? misfit(pages[i], plans[order[i]]) : 1000;
        if (best.empty() || cost < bestCost) {
            best.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(pages.size()));
            bestCost = cost;
        }
    } while (order.size() <= 6 && std::next_permutation(order.begin(), order.end()));
    return best;
}

void mapFixedRows(const FormTemplate& form, std::vector<PageTable>& pages, FieldMap& map) {
    QList<PagePlan> plans;
    for (const PagePlan& plan : form.pages)
        if (plan.lastRow > 0)
            plans.append(plan);
    const std::vector<int> assigned = assignPlans(pages, plans);
    for (size_t i = 0; i < pages.size(); ++i) {
        if (assigned[i] >= plans.size())
            continue;
        const PagePlan& plan = plans[assigned[i]];
        PageTable& page = pages[i];
        page.page.role = plan.role;
        const bool certain = page.rows() == plan.lastRow - plan.firstRow + 1;
        int no = plan.firstRow;
        for (const ScoreCell& cell : page.cells) {
            if (cell.isTotal) {
                map.totals.append(placeOf(page.page.number, cell, certain));
            } else if (no <= plan.lastRow) {
                map.rows.insert(no++, placeOf(page.page.number, cell, certain));
            }
        }
    }
}

// Rows of a table that may break anywhere run on from page to page; the page with the figures is the first.
void mapRunningRows(const FormTemplate& form, std::vector<PageTable>& pages, FieldMap& map) {
    std::stable_sort(pages.begin(), pages.end(), [](const PageTable& a, const PageTable& b) {
        return (a.bracketLines() >= 2) > (b.bracketLines() >= 2);
    });
    QStringList roles;
    for (const PagePlan& plan : form.pages)
        if (plan.role != kSignatures)
            roles.append(plan.role);
    int no = 1;
    for (size_t i = 0; i < pages.size(); ++i) {
        PageTable& page = pages[i];
        page.page.role = static_cast<int>(i) < roles.size() ? roles[static_cast<int>(i)] : kSignatures;
        for (const ScoreCell& cell : page.cells) {
            if (cell.isTotal)
                map.totals.append(placeOf(page.page.number, cell, true));
            else if (no <= form.rowCount)
                map.rows.insert(no++, placeOf(page.page.number, cell, true));
        }
    }
}

void mapFigures(const FormTemplate& form, PageTable& source, FieldMap& map) {
    MappedPage& page = source.page;
    QStringList withWords;
    QStringList digitsOnly;
    for (const FigureField& figure : form.figures)
        (figure.hasWords ? withWords : digitsOnly).append(figure.key);

    std::vector<const BlankLine*> bracketed;
    std::vector<const BlankLine*> plain;
    for (const BlankLine& line : page.lines)
        if (line.bracket)
            bracketed.push_back(&line);
    const int firstFigure = bracketed.empty() ? 0 : bracketed.front()->y;
    for (const BlankLine& line : page.lines)
        if (!line.bracket && !line.blanks.empty() && (bracketed.empty() || line.y < firstFigure))
            plain.push_back(&line);

    // The figures stand right above the table: counted from below, a stray line further up does no harm.
    const bool complete = static_cast<qsizetype>(bracketed.size()) == withWords.size();
    const qsizetype have = std::min<qsizetype>(withWords.size(), qsizetype(bracketed.size()));
    for (qsizetype i = 0; i < have; ++i) {
        const BlankLine& line = *bracketed[bracketed.size() - size_t(have) + size_t(i)];
        const ScoreCell cell = cutFigureLine(*page.table, line, page.lines);
        map.figures.insert(withWords[withWords.size() - have + i], placeOf(page.number, cell, complete));
    }
    const qsizetype lines = std::min<qsizetype>(digitsOnly.size(), qsizetype(plain.size()));
    for (qsizetype i = 0; i < lines; ++i) {
        const BlankLine& line = *plain[plain.size() - size_t(lines) + size_t(i)];
        NumberPlaceOnPage place;
        place.page = page.number;
        place.digits = cutBlank(*page.table, line.blanks.back(), kBlankMarginLeft, kBlankMarginRight);
        map.figures.insert(digitsOnly[digitsOnly.size() - lines + i], place);
    }
    for (const BlankLine* line : plain)
        page.header.push_back(*line);
}

}  // namespace

cv::Mat greyOf(const QImage& image) {
    const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
    return cv::Mat(grey.height(), grey.width(), CV_8UC1, const_cast<uchar*>(grey.constBits()),
                   static_cast<size_t>(grey.bytesPerLine()))
        .clone();
}

FieldMap mapFields(const FormTemplate& form, const QList<PageImage>& pages, const CancelToken& cancel) {
    FieldMap map;
    std::vector<PageTable> tables;
    QList<MappedPage> others;
    for (const PageImage& source : pages) {
        if (cancel.isCancelled())
            return map;
        PageTable entry;
        entry.page.number = source.number;
        entry.page.scaleTo200Dpi = source.scaleTo200Dpi;
        entry.page.role = kSignatures;
        const cv::Mat grey = greyOf(source.image);
        entry.page.table = findTable(grey, preparePageInk(grey));
        if (entry.page.table)
            entry.cells = locateCells(*entry.page.table);
        if (entry.cells.empty()) {
            others.append(entry.page);
            continue;
        }
        entry.page.lines = findBlankLines(*entry.page.table);
        tables.push_back(std::move(entry));
    }
    if (form.rowsFixed)
        mapFixedRows(form, tables, map);
    else
        mapRunningRows(form, tables, map);
    const auto withFigures = std::max_element(tables.begin(), tables.end(), [](const auto& a, const auto& b) {
        return a.bracketLines() < b.bracketLines();
    });
    if (withFigures != tables.end())
        mapFigures(form, *withFigures, map);

    for (PageTable& entry : tables)
        map.pages.append(std::move(entry.page));
    map.pages.append(others);
    std::stable_sort(map.pages.begin(), map.pages.end(),
                     [](const MappedPage& a, const MappedPage& b) { return a.number < b.number; });
    return map;
}

}  // namespace tallydesk
