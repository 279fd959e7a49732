// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <optional>
#include <vector>

#include "core/BallotReader.h"
#include "core/CancelToken.h"
#include "core/FormTemplate.h"
#include "imaging/BlankFinder.h"
#include "imaging/CellLocator.h"

namespace tallydesk {

/// Where one number of a form stands: its two zones on a page of the ballot.
struct NumberPlaceOnPage {
    int page = 0;  ///< as PageImage::number
    ZoneCrop digits;
    std::optional<ZoneCrop> words;
    /// False where the place had to be guessed, because the page has more or fewer rows or lines than
    /// printed.
    bool certain = true;
};

/// One page with its table and the blank lines above it.
struct MappedPage {
    int number = 0;
    double scaleTo200Dpi = 1.0;
    QString role;  ///< PagePlan::role; "signatures" for a page without a table
    std::optional<TableGeometry> table;
    std::vector<BlankLine> lines;   ///< of the page with the figures
    std::vector<BlankLine> header;  ///< those of `lines` before the first figure
};

/// All fields of a ballot found on its pages by the printed layout: which page is which follows from its
/// table (rows, total, figures above it), not from its place in the file. A plain value; any thread.
struct FieldMap {
    QList<MappedPage> pages;
    QMap<QString, NumberPlaceOnPage> figures;
    /// By printed row number, in order of number.
    QMap<int, NumberPlaceOnPage> rows;
    /// Every total line found; a form broken over pages may have an empty one.
    QList<NumberPlaceOnPage> totals;
};

/// Finds the fields of `form` on upright pages. An empty map where no page has a table. Stops early when
/// cancelled. Any thread.
FieldMap mapFields(const FormTemplate& form, const QList<PageImage>& pages, const CancelToken& cancel);

/// An 8-bit grey copy of a page picture.
cv::Mat greyOf(const QImage& image);

}  // namespace tallydesk
