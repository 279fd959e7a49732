// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>
#include <QString>
#include <QStringList>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>

#include "core/BallotReader.h"
#include "core/CancelToken.h"
#include "core/FormTemplate.h"
#include "imaging/TextRecogniser.h"

namespace tallydesk {

/// One number's place on the paper: normalised crops (CropNormaliser) of its digits and its words, either
/// empty where it was not found, with their places in pixels of the upright page at 200 dpi.
struct NumberCrop {
    QString field;  ///< figure key, "row N" or "total"
    int row = 0;    ///< printed row number; 0 for figures and totals
    int page = 0;
    cv::Mat digits;
    cv::Mat words;
    QRect digitsBox;
    QRect wordsBox;
    bool hasWords = true;  ///< the form asks for words here
    /// Which number this is follows from counting that did not come out even.
    bool placeUncertain = false;
    bool heightUnusual = false;  ///< of a row: ScoreCell::heightUnusual
    int table = 0;               ///< of a row: index in FormCrops::tables
    cv::Mat rowNumber;  ///< of a row: normalised crop of its printed number, empty where none is seen
};

/// From this HeaderCrop::labelScore on the field of a blank is certain.
inline constexpr double kCertainLabel = 0.8;

/// A header blank: what is printed before it decided its field. `text` is what the text engine makes of
/// the writing (a poor reader of handwriting).
struct HeaderCrop {
    QString field;
    HeaderType type = HeaderType::Text;
    bool namesProvince = false;  ///< HeaderField::namesProvince()
    int page = 0;
    double labelScore = 0.0;  ///< 0 to 1
    cv::Mat picture;          ///< normalised crop of the writing
    /// The same to where the writing may go on behind that: up to a wide gap, for a number at least to a
    /// label that follows closely. Both must then say the same. Empty where it does not go on.
    cv::Mat wider;
    /// Writing is seen to go on behind `picture`, or may have been taken for the label there: unless `wider`
    /// shows it, a number is doubted.
    bool goesOn = false;
    QRect box;
    QString text;
    double textConfidence = 0.0;
    bool dotless = false;  ///< found by its label alone: print, or writing that hides all of its dots
};

/// One table of a ballot. A plain value; any thread.
struct TablePlace {
    qsizetype page = 0;       ///< index in FormCrops::pageRoles
    bool certain = false;     ///< its shape alone says which page of the form it is
    bool rowsMissed = false;  ///< a row's line was missed, or there are more rows than the form has
};

/// All places of one ballot's numbers and header fields. A plain value: any thread.
struct FormCrops {
    QList<NumberCrop> numbers;
    QList<HeaderCrop> header;
    QList<TablePlace> tables;
    QStringList pageRoles;
    QStringList remarks;  ///< stable words for what was missing: "figures-incomplete", "rows-uncounted"
};

/// A place in pixels of a page as given, as one of the upright page at 200 dpi.
QRect onPage(const cv::Rect2d& rect, double scale);

/// Finds the fields of a form on its pages, from the page plan, the order of figures and the printed labels
/// that the form definition gives. Immutable; any thread.
class FormFieldMap {
public:
    explicit FormFieldMap(std::shared_ptr<const TextRecogniser> recogniser);

    /// Errors: "cancelled", "intake.no_text_engine".
    Expected<FormCrops> locate(const FormTemplate& form, const QList<PageImage>& pages,
                               const CancelToken& cancel) const;

private:
    std::shared_ptr<const TextRecogniser> m_recogniser;
};

}  // namespace tallydesk
