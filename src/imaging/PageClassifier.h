// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>
#include <memory>

#include "core/CancelToken.h"
#include "core/Error.h"
#include "core/FormTemplate.h"
#include "imaging/PageSketch.h"
#include "imaging/TextRecogniser.h"

namespace tallydesk {

/// What one page is, judged by itself.
enum class PageKind {
    First,       ///< a form begins: its title, or a table with a header text above it
    Table,       ///< a table from near the top: rows go on
    Titled,      ///< a form's title without its table: a form badly seen, or a letter about it
    Signatures,  ///< no table, but the marks of a form's page
    Other,       ///< text without any mark of a form
    Blank,       ///< nothing written
};

/// The judgement of a page. A plain value: any thread.
struct PageClass {
    PageKind kind = PageKind::Other;
    /// Clockwise turn in degrees that makes the page upright: 0, 90, 180, 270.
    int rotation = 0;
    /// Ids of the forms whose title was found; several when the kind could not be told apart.
    QStringList formIds;
    /// Of a table: it ends in a total row, as its ruling shows.
    bool totalRow = false;

    bool operator==(const PageClass&) const = default;
};

/// Says what a page is and how it lies: from its ruling, and from its printed title by Tesseract where the
/// ruling leaves it open. All forms and words come from the catalogue. Thread-safe.
class PageClassifier {
public:
    PageClassifier(FormCatalog forms, std::shared_ptr<const TextRecogniser> recogniser);

    /// `page` as opened (PageDocument). Errors: "intake.no_text_engine", "cancelled".
    Expected<PageClass> classify(const QImage& page, const CancelToken& cancel) const;

private:
    struct Title {
        QStringList formIds;
        double score = 0.0;
        /// A word of the forms' printed texts occurs: page is a form's, if not its first.
        bool formWords = false;
    };
    Expected<Title> readTitle(const PageSketch& sketch, double from, double to,
                              const CancelToken& cancel) const;
    Title matchTitle(const PrintedText& printed, const PageSketch& sketch) const;
    Expected<PageClass> judgeText(const PageSketch& sketch, const CancelToken& cancel) const;
    int lieOfTable(const TableSketch& table) const;
    Expected<int> lieOfText(const PageSketch& sketch, const CancelToken& cancel) const;

    const FormCatalog m_forms;
    const std::shared_ptr<const TextRecogniser> m_recogniser;
};

}  // namespace tallydesk
