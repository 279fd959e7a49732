// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/HeaderLocator.h"

#include <algorithm>

#include "readers/ondevice/DotlessFields.h"
#include "readers/ondevice/HeaderCutter.h"
#include "readers/ondevice/HeaderLabels.h"
#include "readers/ondevice/WritingEnds.h"

namespace tallydesk {

namespace {

constexpr double unplacedLabel = 0.79;  // whose print was not found: its writing may be cut off
constexpr int widestFigure = 40;
constexpr int lineAbove = 60;
constexpr int lineBelow = 100;  // a label may stand on the line after the last blank found
constexpr int textDpi = 190;

// What stands behind a blank on its line: the next field's label, and where the blank ends.
struct Behind {
    std::optional<PrintedSpan> label;
    int blankEnd = 0;
};

Behind behind(const FormTemplate& form, const QList<LabelledBlank>& labelled, qsizetype i,
              const HeaderField& field) {
    Behind found{std::nullopt, labelled[i].blank.right};
    if (i + 1 >= labelled.size() || labelled[i + 1].line != labelled[i].line)
        return found;
    const LabelledBlank& following = labelled[i + 1];
    double score = 0.0;
    if (const HeaderField* next = headerFieldOf(form, labelled, i + 1, score))
        found.label = findPrinted(next->printed, following.letters);
    else if (field.type == HeaderType::Text && following.blank.left - found.blankEnd < kWidestName)
        found.blankEnd = following.blank.right;  // the name itself hides the dots between, like print
    return found;
}

// How far a field's writing is cut out: as a rule, and where it may go on behind that.
struct Extent {
    int usual = 0;
    int furthest = 0;
    bool goesOn = false;   ///< writing is seen behind `usual`
    bool mixedUp = false;  ///< that may be the label, or the label writing
};

Expected<Extent> extentOf(const FormTemplate& form, const TableGeometry& table, const Blank& blank,
                          const HeaderField& field, Behind next, const TextRecogniser& recogniser,
                          const CancelToken& cancel) {
    const bool number = field.type == HeaderType::Number;
    WritingEnds ends = endsOfWriting(blank, next.blankEnd, next.label);
    // Writing that goes on over the usual end would be cut off, and a part of it read as the whole.
    const int writing = writingEnd(table, ends.usual, blank.y, kWidestName);
    if (number && !next.label && writing > ends.usual) {
        const cv::Rect place = textLine(blank.left, next.blankEnd + kLabelWidth, blank.y);
        const auto printed = readPrint(table, place, recogniser, cancel);
        if (!printed)
            return tl::make_unexpected(printed.error());
        next.label = labelBehind(form, lettersOfLine(printed->symbols, blank.y), next.blankEnd);
        ends = endsOfWriting(blank, next.blankEnd, next.label);
    }
    const int print = next.label ? next.label->left - kAfterPrint : tableWidth + table.origin.x;
    const int own = std::min(writing, print);
    const auto strokes = [&](int from, int to) { return strokesOver(table, from, to, blank.y); };
    const bool mixedUp = number && next.label &&
                         mayBeMixedUp(*next.label, strokes(next.blankEnd - widestFigure, next.label->right),
                                      next.blankEnd, ends.usual);
    // Where figures cross the usual end, and nothing else stands before the label that follows, the number is
    // known to end with them.
    if (number && own > ends.usual && next.label && next.label->whole && !mixedUp) {
        const int left = ends.usual - widestFigure;
        if (cutsOnlyAFigure(strokes(left, print), ends.usual, print) ||
            endsWithTwoDigits(*next.label, strokes(left, next.label->right), ends.usual, own))
            ends.usual = own;
    }
    return Extent{ends.usual, number ? std::max(own, ends.hidden.value_or(ends.usual)) : own,
                  own > ends.usual, mixedUp};
}

// A field in a dotted blank, whose label was found.
Expected<HeaderCrop> cropOf(const HeaderField& field, double labelScore, const Extent& extent,
                            const TableGeometry& table, const PageImage& page, const LabelledBlank& blank,
                            const TextRecogniser& recogniser, const CancelToken& cancel) {
    const ZoneCrop zone = cutHeader(table, blank, field, extent.usual);
    HeaderCrop crop;
    crop.field = field.key;
    crop.type = field.type;
    crop.namesProvince = field.namesProvince();
    crop.page = page.number;
    crop.box = onPage(zone.onPage, page.scaleTo200Dpi);
    crop.picture = headerPicture(zone);
    crop.goesOn = extent.goesOn || extent.mixedUp;
    if (!extent.mixedUp && extent.furthest > extent.usual)
        crop.wider = headerPicture(cutHeader(table, blank, field, extent.furthest));
    crop.labelScore =
        findPrinted(field.printed, blank.letters) ? labelScore : std::min(labelScore, unplacedLabel);
    if (field.type == HeaderType::Text) {
        const auto text = recogniser.readBlock(zone.image, textDpi, cancel);
        if (!text)
            return tl::make_unexpected(text.error());
        crop.text = text->text.simplified();
        crop.textConfidence = text->confidence;
    }
    return crop;
}

bool hasField(const QList<HeaderCrop>& crops, const QString& key) {
    return std::any_of(crops.begin(), crops.end(),
                       [&key](const HeaderCrop& crop) { return crop.field == key; });
}

}  // namespace

Expected<QList<HeaderCrop>> locateHeader(const FormTemplate& form, const TableGeometry& table,
                                         const PageImage& page, const QList<LabelledBlank>& labelled, int end,
                                         const TextRecogniser& recogniser, const CancelToken& cancel) {
    QList<HeaderCrop> crops;
    int first = end;
    int last = -table.origin.y;
    for (qsizetype i = 0; i < labelled.size(); ++i) {
        const LabelledBlank& blank = labelled[i];
        if (cancel.isCancelled())
            return fail(QStringLiteral("cancelled"));
        if (blank.blank.y > end)
            continue;
        double labelScore = 0.0;
        const HeaderField* field = headerFieldOf(form, labelled, i, labelScore);
        if (field == nullptr)
            continue;
        first = std::min(first, blank.blank.y);
        last = std::max(last, blank.blank.y);
        // Two numbers whose dots ran together would come out as one.
        if (field->type == HeaderType::Number && blank.blank.right - blank.blank.left > kWidestNumber)
            continue;
        const auto extent =
            extentOf(form, table, blank.blank, *field, behind(form, labelled, i, *field), recogniser, cancel);
        if (!extent)
            return tl::make_unexpected(extent.error());
        auto crop = cropOf(*field, labelScore, *extent, table, page, blank, recogniser, cancel);
        if (!crop)
            return tl::make_unexpected(crop.error());
        crops.append(std::move(*crop));
    }
    QList<const HeaderField*> missing;
    for (const HeaderField& field : form.header) {
        if (field.type == HeaderType::Number && field.required && !hasField(crops, field.key))
            missing.append(&field);
    }
    if (!missing.isEmpty() && !crops.isEmpty()) {
        const int bottom = std::min(last + lineBelow, end);
        const cv::Rect text(-table.origin.x, first - lineAbove, tableWidth + 2 * table.origin.x,
                            std::max(0, bottom - first + lineAbove));
        auto hidden = hiddenNumbers(form, missing, table, page, labelled, text, recogniser, cancel);
        if (!hidden)
            return tl::make_unexpected(hidden.error());
        crops.append(std::move(*hidden));
    }
    for (const HeaderField& field : form.header) {
        if (!field.namesProvince() || hasField(crops, field.key))
            continue;
        auto printed = provinceByLabel(form, field, table, page, labelled, end, recogniser, cancel);
        if (!printed)
            return tl::make_unexpected(printed.error());
        if (*printed)
            crops.append(std::move(**printed));
    }
    return crops;
}

}  // namespace tallydesk
