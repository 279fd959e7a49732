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
const QString provinceKey = QStringLiteral("province");

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
        HeaderCrop crop;
        const HeaderField* field = headerFieldOf(form, labelled, i, crop.labelScore);
        if (field == nullptr)
            continue;
        first = std::min(first, blank.blank.y);
        last = std::max(last, blank.blank.y);
        // Two numbers whose dots ran together would come out as one.
        if (field->type == HeaderType::Number && blank.blank.right - blank.blank.left > kWidestNumber)
            continue;
        std::optional<PrintedSpan> nextLabel;
        int blankEnd = blank.blank.right;
        if (i + 1 < labelled.size() && labelled[i + 1].line == blank.line) {
            const LabelledBlank& following = labelled[i + 1];
            double score = 0.0;
            if (const HeaderField* next = headerFieldOf(form, labelled, i + 1, score)) {
                nextLabel = findPrinted(next->printed, following.letters);
            } else if (field->type == HeaderType::Text && following.blank.left - blankEnd < kWidestName) {
                blankEnd = following.blank.right;  // the name itself hides the dots between, like print
            }
        }
        WritingEnds ends = endsOfWriting(blank.blank, blankEnd, nextLabel);
        // Writing that goes on over the usual end would be cut off, and a part of it read as the whole.
        const int writing = writingEnd(table, ends.usual, blank.blank.y, kWidestName);
        if (field->type == HeaderType::Number && !nextLabel && writing > ends.usual) {
            const cv::Rect behind = textLine(blank.blank.left, blankEnd + kLabelWidth, blank.blank.y);
            const auto printed = readPrint(table, behind, recogniser, cancel);
            if (!printed)
                return tl::make_unexpected(printed.error());
            nextLabel = labelBehind(form, lettersOfLine(printed->symbols, blank.blank.y), blankEnd);
            ends = endsOfWriting(blank.blank, blankEnd, nextLabel);
        }
        const int print = nextLabel ? nextLabel->left - kAfterPrint : tableWidth + table.origin.x;
        const int own = std::min(writing, print);
        const bool number = field->type == HeaderType::Number;
        const bool mixedUp =
            number && nextLabel &&
            mayBeMixedUp(*nextLabel,
                         strokesOver(table, blankEnd - widestFigure, nextLabel->right, blank.blank.y),
                         blankEnd, ends.usual);
        // Where figures cross the usual end, and nothing else stands before the label that follows, the
        // number is known to end with them.
        if (number && own > ends.usual && nextLabel && nextLabel->whole && !mixedUp) {
            const int left = ends.usual - widestFigure;
            const int y = blank.blank.y;
            if (cutsOnlyAFigure(strokesOver(table, left, print, y), ends.usual, print) ||
                endsWithTwoDigits(*nextLabel, strokesOver(table, left, nextLabel->right, y), ends.usual, own))
                ends.usual = own;
        }
        const ZoneCrop zone = cutHeader(table, blank, *field, ends.usual);
        crop.field = field->key;
        crop.type = field->type;
        crop.page = page.number;
        crop.box = onPage(zone.onPage, page.scaleTo200Dpi);
        crop.picture = headerPicture(zone);
        crop.goesOn = own > ends.usual;
        const int furthest = number ? std::max(own, ends.hidden.value_or(ends.usual)) : own;
        if (mixedUp)
            crop.goesOn = true;
        else if (furthest > ends.usual)
            crop.wider = headerPicture(cutHeader(table, blank, *field, furthest));
        if (!findPrinted(field->printed, blank.letters))
            crop.labelScore = std::min(crop.labelScore, unplacedLabel);
        if (field->type == HeaderType::Text) {
            const auto text = recogniser.readBlock(zone.image, textDpi, cancel);
            if (!text)
                return tl::make_unexpected(text.error());
            crop.text = text->text.simplified();
            crop.textConfidence = text->confidence;
        }
        crops.append(std::move(crop));
    }
    QList<const HeaderField*> missing;
    for (const HeaderField& field : form.header) {
        if (field.type == HeaderType::Number && field.required &&
            std::none_of(crops.begin(), crops.end(),
                         [&](const HeaderCrop& crop) { return crop.field == field.key; }))
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
    const bool written = std::any_of(crops.begin(), crops.end(),
                                     [](const HeaderCrop& crop) { return crop.field == provinceKey; });
    const auto province = std::find_if(form.header.begin(), form.header.end(),
                                       [](const HeaderField& field) { return field.key == provinceKey; });
    if (!written && province != form.header.end()) {
        auto printed = provinceByLabel(form, *province, table, page, labelled, end, recogniser, cancel);
        if (!printed)
            return tl::make_unexpected(printed.error());
        if (*printed)
            crops.append(std::move(**printed));
    }
    return crops;
}

}  // namespace tallydesk
