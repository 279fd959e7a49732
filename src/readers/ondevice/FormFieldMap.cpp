// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/FormFieldMap.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/RuleTools.h"
#include "imaging/BlankCutter.h"
#include "imaging/BlankFinder.h"
#include "imaging/CellLocator.h"
#include "imaging/CropNormaliser.h"
#include "imaging/EvenLight.h"
#include "imaging/RowNumberCell.h"
#include "imaging/TableFinder.h"
#include "readers/ondevice/FigureLines.h"
#include "readers/ondevice/HeaderLocator.h"
#include "readers/ondevice/LabelledBlank.h"
#include "readers/ondevice/PagePlaces.h"

namespace tallydesk {

namespace {

constexpr int blankMarginLeft = 34;  // digits start before the first dot they hide
constexpr int blankMarginRight = 24;
constexpr int besideLine = 20;    // what belongs to a line stands no further from it
constexpr int brokenBlank = 150;  // table pixels that a number hides of its dots

// A view on the picture's own pixels where the format allows it.
cv::Mat toMat(const QImage& grey) {
    return cv::Mat(grey.height(), grey.width(), CV_8U, const_cast<uchar*>(grey.constBits()),
                   static_cast<std::size_t>(grey.bytesPerLine()));
}

struct PageTable {
    const PageImage* page = nullptr;
    std::optional<TableGeometry> geometry;
    std::vector<ScoreCell> cells;
    int rows = 0;
    bool total = false;
};

NumberCrop numberCrop(const ScoreCell& cell, const PageImage& page) {
    NumberCrop crop;
    crop.page = page.number;
    crop.digits = normaliseCrop(cell.digits.image);
    crop.words = normaliseCrop(cell.words.image);
    crop.digitsBox = onPage(cell.digits.onPage, page.scaleTo200Dpi);
    crop.wordsBox = onPage(cell.words.onPage, page.scaleTo200Dpi);
    return crop;
}

NumberCrop blankCrop(const TableGeometry& table, const Blank& blank, const PageImage& page) {
    NumberCrop crop;
    const ZoneCrop zone = cutBlank(table, blank, blankMarginLeft, blankMarginRight);
    crop.page = page.number;
    crop.digits = normaliseCrop(zone.image);
    crop.digitsBox = onPage(zone.onPage, page.scaleTo200Dpi);
    crop.hasWords = false;
    return crop;
}

QList<PagePlace> placesOf(const FormTemplate& form, const std::vector<PageTable>& tables) {
    QList<TableShape> shapes;
    for (const PageTable& table : tables)
        shapes.append({table.rows, table.total});
    return placePages(form, shapes);
}

// The table of the page of the plan, wherever it lies among the others; the first one where none is sure to
// be.
std::size_t tableOf(qsizetype plan, const QList<PagePlace>& places) {
    for (qsizetype i = 0; i < places.size(); ++i) {
        if (places[i].certain && places[i].plan == plan)
            return static_cast<std::size_t>(i);
    }
    return 0;
}

void addRows(const FormTemplate& form, const QList<PageImage>& pages, const std::vector<PageTable>& tables,
             const QList<PagePlace>& places, FormCrops& crops) {
    int next = 1;
    bool missed = false;  // holds for the following pages too where rows are only counted
    const auto pageOf = [&pages](const PageTable& table) { return table.page - pages.constData(); };
    for (std::size_t t = 0; t < tables.size(); ++t) {
        const PagePlace& place = places[static_cast<qsizetype>(t)];
        if (form.rowsFixed && place.plan >= 0)
            next = form.pages[place.plan].firstRow;
        // Rows beyond the plan, and rows counted on a page that has too many or too few, may be any others.
        missed = missed && !form.rowsFixed;
        bool uncertain = form.rowsFixed && !place.certain;
        TablePlace table{pageOf(tables[t]), place.certain && form.rowsFixed, false};
        for (const ScoreCell& cell : tables[t].cells) {
            NumberCrop crop = numberCrop(cell, *tables[t].page);
            crop.hasWords = form.rowsHaveWords;
            if (cell.isTotal) {
                crop.field = QStringLiteral("total");
            } else {
                crop.row = next++;
                crop.field = RuleTools::rowKey(crop.row);
                missed = missed || cell.countUncertain;
                table.rowsMissed = table.rowsMissed || missed;
                uncertain = uncertain || table.rowsMissed || crop.row > form.rowCount;
                crop.placeUncertain = uncertain;
                crop.heightUnusual = cell.heightUnusual;
                crop.table = static_cast<int>(t);
                crop.rowNumber = cutRowNumber(*tables[t].geometry, cell);
            }
            crops.numbers.append(std::move(crop));
        }
        crops.tables.append(table);
    }
}

// A second look, which takes more for a bracket, only where the usual one does not find all.
std::vector<BlankLine> figureLines(const FormTemplate& form, const TableGeometry& table) {
    const auto brackets = [](const std::vector<BlankLine>& lines) {
        return std::count_if(lines.begin(), lines.end(),
                             [](const BlankLine& line) { return line.bracket.has_value(); });
    };
    const auto wanted = std::count_if(form.figures.begin(), form.figures.end(),
                                      [](const FigureField& figure) { return figure.hasWords; });
    std::vector<BlankLine> usual = findBlankLines(table);
    if (brackets(usual) >= wanted)
        return usual;
    std::vector<BlankLine> coarse = findBlankLines(table, Sharpness::Coarse);
    return brackets(coarse) > brackets(usual) ? coarse : usual;
}

// Lines with one blank and no bracket above `limit`, from the nearest upward, as far as nothing else
// stands between them. Blanks that the print before them gives to the header are none.
std::vector<const BlankLine*> singleLinesAbove(const FormTemplate& form, const std::vector<BlankLine>& lines,
                                               const QList<LabelledBlank>& labelled, int limit) {
    std::vector<const BlankLine*> found;
    for (std::size_t i = lines.size(); i-- > 0;) {
        if (lines[i].y > limit - besideLine)
            continue;
        if (lines[i].bracket || lines[i].blanks.size() != 1)
            break;
        const bool header = std::any_of(labelled.begin(), labelled.end(), [&](const LabelledBlank& blank) {
            if (blank.line != static_cast<int>(i))
                return false;
            double asFigure = 0.0;
            for (const FigureField& figure : form.figures)
                asFigure = std::max(asFigure, labelScore(figure.printed, blank.label));
            return std::any_of(form.header.begin(), form.header.end(), [&](const HeaderField& field) {
                const double score = labelScore(field.printed, blank.label);
                return score >= kCertainLabel && score > asFigure;
            });
        });
        if (header)
            break;
        found.push_back(&lines[i]);
    }
    return found;
}

bool hasLabelOf(const FigureField& figure, const LabelledBlank& blank) {
    return labelScore(figure.printed, blank.label) >= kCertainLabel;
}

// The blanks of the figures without words above `limit` by the print before them, in the order of `figures`
// from the top of the page down. Empty unless each has one of its own in that order, and no further dots
// follow closely: a number in the middle of its blank makes two of it.
QList<const Blank*> blanksByLabel(const QList<const FigureField*>& figures,
                                  const QList<LabelledBlank>& labelled, int limit) {
    QList<const Blank*> found;
    for (qsizetype i = 0; i < labelled.size() && found.size() < figures.size(); ++i) {
        const LabelledBlank& blank = labelled[i];
        if (blank.blank.y > limit - besideLine)
            break;
        if (!hasLabelOf(*figures[found.size()], blank))
            continue;
        const LabelledBlank* next = i + 1 < labelled.size() ? &labelled[i + 1] : nullptr;
        if (next && next->line == blank.line && next->blank.left - blank.blank.right < brokenBlank)
            return {};
        found.append(&blank.blank);
    }
    return found.size() == figures.size() ? found : QList<const Blank*>();
}

// Whether the print before a blank that was counted gives it to another of these figures.
bool belongsToAnother(const Blank& blank, const FigureField* own, const QList<const FigureField*>& figures,
                      const QList<LabelledBlank>& labelled) {
    return std::any_of(labelled.begin(), labelled.end(), [&](const LabelledBlank& each) {
        return each.blank.y == blank.y && each.blank.left == blank.left && !hasLabelOf(*own, each) &&
               std::any_of(figures.begin(), figures.end(),
                           [&each](const FigureField* figure) { return hasLabelOf(*figure, each); });
    });
}

// Figures above the table: lines with words, counted from it upward; above them those with digits alone and
// the blanks in the running text, by the print before them or, where that is not read, counted too. Returns
// the y above which the header stands.
int addFigures(const FormTemplate& form, const PageTable& table, const std::vector<BlankLine>& lines,
               const QList<LabelledBlank>& labelled, FormCrops& crops) {
    QList<const FigureField*> withWords;
    QList<const FigureField*> digitsOnly;
    for (const FigureField& figure : form.figures) {
        if (figure.hasWords)
            withWords.append(&figure);
    }
    // The running text stands above the lines, so its figures are counted last.
    for (const bool inText : {true, false}) {
        for (const FigureField& figure : form.figures) {
            if (!figure.hasWords && (figure.place == u"paragraph") == inText)
                digitsOnly.append(&figure);
        }
    }

    std::vector<const BlankLine*> bracketed;
    for (const BlankLine& line : lines) {
        if (line.bracket)
            bracketed.push_back(&line);
    }
    const auto wanted = static_cast<std::size_t>(withWords.size());
    // Without words beside them no bracket divides figures, and what looks like one says nothing.
    if (wanted == 0)
        bracketed.clear();
    const std::size_t sureFrom = dropStrayLines(bracketed, wanted);
    if (bracketed.size() < wanted) {
        crops.remarks.append(QStringLiteral("figures-incomplete"));
        return bracketed.empty() ? 0 : bracketed.front()->y - besideLine;
    }
    const std::size_t skipped = bracketed.size() - wanted;
    std::vector<BlankLine> kept;
    for (const BlankLine* line : bracketed)
        kept.push_back(*line);
    for (std::size_t k = 0; k < wanted; ++k) {
        NumberCrop crop = numberCrop(cutFigureLine(*table.geometry, kept[skipped + k], kept), *table.page);
        crop.field = withWords[static_cast<qsizetype>(k)]->key;
        crop.placeUncertain = skipped + k < sureFrom;
        crops.numbers.append(std::move(crop));
    }
    int limit = wanted > 0 ? bracketed[skipped]->y - besideLine : table.geometry->lines.front() + besideLine;
    // A fold in the running text may pass for a blank, but not for one with the right print before it.
    QList<const Blank*> blanks = blanksByLabel(digitsOnly, labelled, limit);
    bool uneven = false;  // counted from the table, which no line with a bracket bears out
    if (blanks.isEmpty()) {
        for (const BlankLine* line : singleLinesAbove(form, lines, labelled, limit))
            blanks.prepend(&line->blanks.front());
        uneven = wanted == 0 && blanks.size() != digitsOnly.size();
        if (blanks.size() < digitsOnly.size())
            crops.remarks.append(QStringLiteral("figures-incomplete"));
    }
    for (qsizetype k = 1; k <= std::min(digitsOnly.size(), blanks.size()); ++k) {
        const Blank& blank = *blanks[blanks.size() - k];
        NumberCrop crop = blankCrop(*table.geometry, blank, *table.page);
        const FigureField* figure = digitsOnly[digitsOnly.size() - k];
        crop.field = figure->key;
        crop.placeUncertain =
            uneven || skipped < sureFrom || belongsToAnother(blank, figure, digitsOnly, labelled);
        crops.numbers.append(std::move(crop));
        limit = blank.y - besideLine;
    }
    return limit;
}

// Finds the figures and the head: the one stands above the table of the page that has figures, the other
// above that of the first page. Errors as labelBlanks().
Expected<void> locateAboveTables(const FormTemplate& form, const std::vector<PageTable>& tables,
                                 const QList<PagePlace>& places, const TextRecogniser& recogniser,
                                 const CancelToken& cancel, FormCrops& crops) {
    const auto plan = std::find_if(form.pages.begin(), form.pages.end(),
                                   [](const PagePlan& page) { return page.hasFigures; });
    const bool hasFigures = plan != form.pages.end() && !form.figures.isEmpty();
    const std::size_t head = tableOf(0, places);
    const std::size_t figures = hasFigures ? tableOf(plan - form.pages.begin(), places) : head;
    const PageTable& first = tables[head];
    int headEnd = first.geometry->lines.front();
    QList<LabelledBlank> labelled;
    for (std::size_t t : figures == head ? std::vector{head} : std::vector{figures, head}) {
        const PageTable& table = tables[t];
        const std::vector<BlankLine> lines = figureLines(form, *table.geometry);
        if (cancel.isCancelled())
            return fail(QStringLiteral("cancelled"));
        auto blanks = labelBlanks(form, *table.geometry, lines, recogniser, cancel);
        if (!blanks)
            return tl::make_unexpected(blanks.error());
        labelled = std::move(*blanks);
        if (hasFigures && t == figures) {
            const int end = addFigures(form, table, lines, labelled, crops);
            headEnd = t == head ? end : headEnd;
        }
    }
    auto header = locateHeader(form, *first.geometry, *first.page, labelled, headEnd, recogniser, cancel);
    if (!header)
        return tl::make_unexpected(header.error());
    crops.header = std::move(*header);
    return {};
}

}  // namespace

QRect onPage(const cv::Rect2d& rect, double scale) {
    return QRectF(rect.x * scale, rect.y * scale, rect.width * scale, rect.height * scale).toAlignedRect();
}

FormFieldMap::FormFieldMap(std::shared_ptr<const TextRecogniser> recogniser)
    : m_recogniser(std::move(recogniser)) {}

Expected<FormCrops> FormFieldMap::locate(const FormTemplate& form, const QList<PageImage>& pages,
                                         const CancelToken& cancel) const {
    FormCrops crops;
    std::vector<PageTable> tables;
    for (const PageImage& page : pages) {
        if (cancel.isCancelled())
            return fail(QStringLiteral("cancelled"));
        const QImage grey = page.image.convertToFormat(QImage::Format_Grayscale8);
        PageTable table;
        table.page = &page;
        if (!grey.isNull()) {
            const cv::Mat mat = evenLight(toMat(grey));
            const PageInk ink = preparePageInk(mat);
            table.geometry = findTable(mat, ink);
        }
        if (table.geometry)
            table.cells = locateCells(
                *table.geometry, form.rowsHaveWords ? CellContent::DigitsAndWords : CellContent::DigitsAlone);
        for (const ScoreCell& cell : table.cells) {
            table.rows += cell.isTotal ? 0 : 1;
            table.total = table.total || cell.isTotal;
        }
        if (!table.cells.empty())
            tables.push_back(std::move(table));
    }

    const QList<PagePlace> places = placesOf(form, tables);
    if (!tables.empty()) {
        auto located = locateAboveTables(form, tables, places, *m_recogniser, cancel, crops);
        if (!located)
            return tl::make_unexpected(located.error());
    }
    addRows(form, pages, tables, places, crops);

    for (const PageImage& page : pages) {
        const auto table = std::find_if(tables.begin(), tables.end(),
                                        [&page](const PageTable& t) { return t.page == &page; });
        if (table == tables.end()) {
            crops.pageRoles.append(QStringLiteral("signatures"));
            continue;
        }
        const auto order = table - tables.begin();
        const PagePlace& place = places[order];
        crops.pageRoles.append(place.plan >= 0 ? form.pages[place.plan].role
                                               : QStringLiteral("numbers-%1").arg(order + 1));
    }
    return crops;
}

}  // namespace tallydesk
