// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/DotlessFields.h"

#include <algorithm>

#include "readers/ondevice/HeaderCutter.h"
#include "readers/ondevice/HeaderLabels.h"
#include "readers/ondevice/WritingEnds.h"

namespace tallydesk {

namespace {

constexpr int wordGap = 12;
constexpr int hiddenWidth = 100;     // of a blank of which only the label is seen
constexpr int narrowestNumber = 20;  // between its label and the next
constexpr int sameLine = 16;         // from the foot of a label to its line's dots
constexpr int firstStroke = 8;       // of a printed letter

}  // namespace

Expected<std::optional<HeaderCrop>> provinceByLabel(const FormTemplate& form, const HeaderField& field,
                                                    const TableGeometry& table, const PageImage& page,
                                                    const QList<LabelledBlank>& labelled, int end,
                                                    const TextRecogniser& recogniser,
                                                    const CancelToken& cancel) {
    for (qsizetype i = 0; i < labelled.size(); ++i) {
        const LabelledBlank& last = labelled[i];
        if (last.blank.y > end || (i + 1 < labelled.size() && labelled[i + 1].line == last.line))
            continue;
        const Blank& dots = last.blank;
        double ignored = 0.0;
        const HeaderField* own = headerFieldOf(form, labelled, i, ignored);
        const bool twoInOne =
            own && own->type == HeaderType::Number && dots.right - dots.left > kWidestNumber;
        const int begin = twoInOne ? dots.left : dots.right + 2;
        const auto printed =
            readPrint(table, textLine(begin, tableWidth + table.origin.x, dots.y), recogniser, cancel);
        if (!printed)
            return tl::make_unexpected(printed.error());
        const QList<PrintedSymbol> letters = lettersOfLine(printed->symbols, dots.y);
        const auto label = findPrinted(field.printed, letters);
        if (!label || !beginsText(*label, letters))
            continue;
        HeaderCrop crop;
        QRect box;
        for (const PrintedSymbol& letter : letters.mid(label->end)) {
            const bool further = letter.box.left() > box.right() + wordGap || letter.box.left() < box.left();
            if (!box.isNull() && further)
                break;
            crop.text += letter.text;
            box |= letter.box;
        }
        if (crop.text.size() < 2)
            continue;
        crop.field = field.key;
        crop.type = field.type;
        crop.namesProvince = field.namesProvince();
        crop.page = page.number;
        crop.labelScore = label->score;
        crop.textConfidence = printed->confidence;
        crop.dotless = true;
        // A printed name tells by itself that it stands behind its label, and where it ends; writing does
        // not.
        const int nameBegin = label->right + kFirstLetters;
        const int nameEnd = writingEnd(table, nameBegin, dots.y, kWidestName);
        if (label->score >= kSureLabel && nameEnd < nameBegin + kWidestName) {
            ZoneCrop zone = cutWriting(table, label->right + kAfterPrint, nameEnd, dots.y);
            crop.picture = headerPicture(zone);
        }
        const cv::Rect2d place = table.toPage(cv::Rect2d(box.x(), box.y(), box.width(), box.height()));
        crop.box = onPage(place, page.scaleTo200Dpi);
        return crop;
    }
    return std::optional<HeaderCrop>();
}

Expected<QList<HeaderCrop>> hiddenNumbers(const FormTemplate& form, const QList<const HeaderField*>& missing,
                                          const TableGeometry& table, const PageImage& page,
                                          const QList<LabelledBlank>& labelled, const cv::Rect& text,
                                          const TextRecogniser& recogniser, const CancelToken& cancel) {
    QList<HeaderCrop> crops;
    const auto printed = readPrint(table, text, recogniser, cancel);
    if (!printed)
        return tl::make_unexpected(printed.error());
    for (const HeaderField* field : missing) {
        const auto label = findPrinted(field->printed, printed->symbols);
        if (!label || label->score < kSureLabel)
            continue;
        HeaderCrop crop;
        const int left = label->right + kAfterPrint;
        auto next = labelBehind(form, lettersOfLine(printed->symbols, label->foot), left);
        for (const LabelledBlank& blank : labelled) {
            if (std::abs(blank.blank.y - label->foot) <= sameLine)
                next = labelBehind(form, blank.letters, left, next);
        }
        const int print = next ? next->left - kAfterPrint : 0;
        const bool near = next && print <= left + kWidestNumber;
        const bool ends =
            near && next->whole &&
            !mayBeMixedUp(*next, strokesOver(table, left, next->right, label->foot), print, print);
        const int right = ends ? print : left + hiddenWidth;
        if (right - left < narrowestNumber)
            continue;
        ZoneCrop zone = cutWriting(table, left, right, label->foot);
        // A label that follows, but of which it is not known where it begins, may stand in the crop.
        crop.goesOn = near ? !ends : writingEnd(table, right, label->foot, kWidestName) > right;
        // The first stroke of the label behind may stand before its place: then these two read differently.
        const std::vector<StrokeExtent> strokes = strokesOver(table, left, right, label->foot);
        if (ends && std::any_of(strokes.begin(), strokes.end(), [right](const StrokeExtent& stroke) {
                return stroke.left >= right - firstStroke;
            })) {
            crop.wider = headerPicture(zone);
            zone = cutWriting(table, left, right - firstStroke, label->foot);
        }
        crop.field = field->key;
        crop.type = field->type;
        crop.page = page.number;
        crop.labelScore = label->score;
        crop.box = onPage(zone.onPage, page.scaleTo200Dpi);
        crop.picture = headerPicture(zone);
        crops.append(std::move(crop));
    }
    return crops;
}

}  // namespace tallydesk
