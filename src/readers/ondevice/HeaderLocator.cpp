// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/HeaderLocator.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "imaging/CropNormaliser.h"
#include "imaging/FuzzyText.h"
#include "readers/ondevice/WritingEnds.h"

namespace tallydesk {

namespace {

constexpr double leastLabelScore = 0.65;
constexpr int mostHidden = 170;  // a number hides no more of a blank's first dots than this
constexpr int mostHiddenName = 240;
constexpr int letterOverlap = 10;  // a place read inside the dots is a misread one
constexpr int shortestBlank = 90;  // of a shorter row of dots writing has hidden the beginning
constexpr int widestNumber = 190;  // of a blank for one number
constexpr int widestRemnant = 9;
constexpr int widestName = 180;           // over the middle of its blank, or behind its last dot
constexpr qsizetype mostBeforeLabel = 2;  // letters
constexpr int firstLetters = 45;          // behind its label: a name begins before, and goes on
constexpr int wordGap = 12;
constexpr int paperBeside = 8;  // pixels of a normalised crop
constexpr double sureLabelScore = 0.85;
constexpr double clearLabelScore = 0.65;
constexpr double clearLabelLead = 0.15;
constexpr double certainBaseScore = 0.85;
constexpr double unplacedLabel = 0.79;  // whose print was not found: its writing may be cut off
constexpr int hiddenWidth = 100;        // of a blank of which only the label is seen
constexpr int narrowestNumber = 20;     // between its label and the next
constexpr int sameLine = 16;            // from the foot of a label to its line's dots
constexpr int firstStroke = 8;          // of a printed letter
constexpr int widestFigure = 40;
constexpr int widestLetter = 30;
constexpr int labelSeen = 110;  // of a label before its end
constexpr int lineAbove = 60;
constexpr int lineBelow = 100;  // a label may stand on the line after the last blank found
constexpr int textDpi = 190;
const QString provinceKey = QStringLiteral("province");

/// The field that a label names, and how certain that is: a label read badly is certain all the same when no
/// other field's label comes near.
const HeaderField* fieldByLabel(const FormTemplate& form, const QString& label, double& score) {
    const HeaderField* best = nullptr;
    score = leastLabelScore;
    double second = 0.0;
    for (const HeaderField& field : form.header) {
        const double s = labelScore(field.printed, label);
        if (s > score) {
            second = std::max(second, best ? score : 0.0);
            score = s;
            best = &field;
        } else {
            second = std::max(second, s);
        }
    }
    if (best && score >= clearLabelScore && score - second >= clearLabelLead)
        score = std::max(score, kCertainLabel);
    if (score >= kCertainLabel)
        return best;
    // Faint print keeps its letters longer than their vowels.
    const HeaderField* base = nullptr;
    double high = 0.0;
    double next = leastLabelScore;
    for (const HeaderField& field : form.header) {
        const double s = labelScore(field.printed, label, Letters::Base);
        if (s > high) {
            next = std::max(next, high);
            high = s;
            base = &field;
        } else {
            next = std::max(next, s);
        }
    }
    if (base && (!best || best == base) && high >= certainBaseScore && high - next >= clearLabelLead) {
        score = high;
        return base;
    }
    return best;
}

// No more than misread dots and a number stand before the label: further in, the same word is part of another
// name ("ศาลากลางจังหวัด...").
bool beginsText(const PrintedSpan& label, const QList<PrintedSymbol>& letters) {
    return std::count_if(letters.begin(), letters.end(), [&label](const PrintedSymbol& letter) {
               return letter.box.right() < label.left && !bareText(letter.text).isEmpty();
           }) <= mostBeforeLabel;
}

// A name that hides the first dots of its blank stands in what is read before them, behind its own label.
// `begin` is where the text that was read begins, if that is inside a word.
const HeaderField* fieldBeforeName(const FormTemplate& form, const LabelledBlank& blank,
                                   std::optional<int> begin, double& score) {
    const HeaderField* found = nullptr;
    int last = blank.blank.left - mostHiddenName;
    for (const HeaderField& field : form.header) {
        const auto label = findPrinted(field.printed, blank.letters);
        if (!label || label->score < sureLabelScore || label->right <= last)
            continue;
        last = label->right;
        score = label->score;
        const bool cutOff = begin && label->left < *begin + firstLetters;
        found = !cutOff && beginsText(*label, blank.letters) ? &field : nullptr;
    }
    return found && found->type == HeaderType::Text ? found : nullptr;
}

// Number cells, by which the nets know what a number looks like, have paper at both sides.
cv::Mat padded(const cv::Mat& picture) {
    cv::Mat wider;
    cv::copyMakeBorder(picture, wider, 0, 0, paperBeside, paperBeside, cv::BORDER_CONSTANT, cv::Scalar(255));
    return wider;
}

// The last of a printed letter at the left edge, which alone would look like a 1, gives way to paper.
void removeRemnant(cv::Mat& image) {
    if (image.empty())
        return;
    const cv::Mat ink = inkMask(image, 41, 10.0);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
    cv::Mat remnant = cv::Mat::zeros(ink.size(), CV_8U);
    for (int i = 1; i < count; ++i) {
        const int left = stats.at<int>(i, cv::CC_STAT_LEFT);
        if (left <= 1 && left + stats.at<int>(i, cv::CC_STAT_WIDTH) <= widestRemnant)
            remnant.setTo(255, labels == i);
    }
    cv::dilate(remnant, remnant, cv::getStructuringElement(cv::MORPH_ELLIPSE, {5, 5}));
    cv::Mat paper;
    cv::dilate(image, paper, cv::getStructuringElement(cv::MORPH_RECT, {31, 31}));
    paper.copyTo(image, remnant);
}

// The writing of a blank up to `right`, without the print before it as far as that was read: a net takes a
// printed letter for a digit. Writing that hides the first dots starts before them.
ZoneCrop cutHeader(const TableGeometry& table, const LabelledBlank& blank, const HeaderField& field,
                   int right) {
    const Blank& dots = blank.blank;
    const int hidden = std::max(0, shortestBlank - (dots.right - dots.left));
    int left = dots.left - kBehindDots - std::max(0, hidden - kBehindDots);
    const auto label = findPrinted(field.printed, blank.letters);
    const int most = field.type == HeaderType::Text ? mostHiddenName : mostHidden;
    if (label && label->right > dots.left - most && label->right < dots.left + letterOverlap) {
        int end = label->right;
        // A name's own letters are no higher than print.
        if (field.type == HeaderType::Number)
            end = endOfLabel(strokesOver(table, end - labelSeen, end + widestLetter, dots.y), end, dots.left);
        left = end + kAfterPrint;
    }
    ZoneCrop zone = cutBetween(table, left, right, dots.y);
    removeRemnant(zone.image);
    return zone;
}

// Some offices print the province's name where others leave a blank, and a name may hide all of its dots: it
// stands behind its label, which is looked for after the last blank of each line, and inside a number's that
// is too wide for one.
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
        const bool twoInOne = own && own->type == HeaderType::Number && dots.right - dots.left > widestNumber;
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
        crop.page = page.number;
        crop.labelScore = label->score;
        crop.textConfidence = printed->confidence;
        crop.dotless = true;
        // A printed name tells by itself that it stands behind its label, and where it ends; writing does
        // not.
        const int nameBegin = label->right + firstLetters;
        const int nameEnd = writingEnd(table, nameBegin, dots.y, widestName);
        if (label->score >= sureLabelScore && nameEnd < nameBegin + widestName) {
            ZoneCrop zone = cutBetween(table, label->right + kAfterPrint, nameEnd, dots.y);
            removeRemnant(zone.image);
            crop.picture = padded(normaliseCrop(zone.image));
        }
        const cv::Rect2d place = table.toPage(cv::Rect2d(box.x(), box.y(), box.width(), box.height()));
        crop.box = onPage(place, page.scaleTo200Dpi);
        return crop;
    }
    return std::optional<HeaderCrop>();
}

// The first label of any header field that stands behind `x` among the letters of a line; `first` if that
// stands before it.
std::optional<PrintedSpan> labelBehind(const FormTemplate& form, QList<PrintedSymbol> letters, int x,
                                       std::optional<PrintedSpan> first = std::nullopt) {
    letters.removeIf([x](const PrintedSymbol& letter) { return letter.box.left() < x; });
    for (const HeaderField& field : form.header) {
        const auto label = findPrinted(field.printed, letters);
        if (label && label->score >= sureLabelScore && (!first || label->left < first->left))
            first = label;
    }
    return first;
}

// Numbers whose dots are all hidden by the writing, or too faint, have a label nonetheless: in the text
// between the blanks that were found.
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
        if (!label || label->score < sureLabelScore)
            continue;
        HeaderCrop crop;
        const int left = label->right + kAfterPrint;
        auto next = labelBehind(form, lettersOfLine(printed->symbols, label->foot), left);
        for (const LabelledBlank& blank : labelled) {
            if (std::abs(blank.blank.y - label->foot) <= sameLine)
                next = labelBehind(form, blank.letters, left, next);
        }
        const int print = next ? next->left - kAfterPrint : 0;
        const bool near = next && print <= left + widestNumber;
        const bool ends =
            near && next->whole &&
            !mayBeMixedUp(*next, strokesOver(table, left, next->right, label->foot), print, print);
        const int right = ends ? print : left + hiddenWidth;
        if (right - left < narrowestNumber)
            continue;
        ZoneCrop zone = cutBetween(table, left, right, label->foot);
        removeRemnant(zone.image);
        // A label that follows, but of which it is not known where it begins, may stand in the crop.
        crop.goesOn = near ? !ends : writingEnd(table, right, label->foot, widestName) > right;
        // The first stroke of the label behind may stand before its place: then these two read differently.
        const std::vector<StrokeExtent> strokes = strokesOver(table, left, right, label->foot);
        if (ends && std::any_of(strokes.begin(), strokes.end(), [right](const StrokeExtent& stroke) {
                return stroke.left >= right - firstStroke;
            })) {
            crop.wider = padded(normaliseCrop(zone.image));
            zone = cutBetween(table, left, right - firstStroke, label->foot);
            removeRemnant(zone.image);
        }
        crop.field = field->key;
        crop.type = field->type;
        crop.page = page.number;
        crop.labelScore = label->score;
        crop.box = onPage(zone.onPage, page.scaleTo200Dpi);
        crop.picture = padded(normaliseCrop(zone.image));
        crops.append(std::move(crop));
    }
    return crops;
}

}  // namespace

const HeaderField* headerFieldOf(const FormTemplate& form, const QList<LabelledBlank>& labelled,
                                 qsizetype index, double& score) {
    const LabelledBlank& blank = labelled[index];
    if (const HeaderField* field = fieldByLabel(form, blank.label, score))
        return field;
    // Dots without a label behind a name's are the rest of its blank.
    for (qsizetype i = index - 1; i >= 0 && labelled[i].line == blank.line; --i) {
        double ignored = 0.0;
        if (const HeaderField* before = fieldByLabel(form, labelled[i].label, ignored)) {
            if (before->type == HeaderType::Text)
                return nullptr;
            break;
        }
    }
    const bool first = index == 0 || labelled[index - 1].line != blank.line;
    const int strip = blank.blank.left - kLabelWidth;
    const bool cutOff = first || labelled[index - 1].blank.right < strip;
    return fieldBeforeName(form, blank, cutOff ? std::optional(strip) : std::nullopt, score);
}

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
        if (field->type == HeaderType::Number && blank.blank.right - blank.blank.left > widestNumber)
            continue;
        std::optional<PrintedSpan> nextLabel;
        int blankEnd = blank.blank.right;
        if (i + 1 < labelled.size() && labelled[i + 1].line == blank.line) {
            const LabelledBlank& following = labelled[i + 1];
            double score = 0.0;
            if (const HeaderField* next = headerFieldOf(form, labelled, i + 1, score)) {
                nextLabel = findPrinted(next->printed, following.letters);
            } else if (field->type == HeaderType::Text && following.blank.left - blankEnd < widestName) {
                blankEnd = following.blank.right;  // the name itself hides the dots between, like print
            }
        }
        WritingEnds ends = endsOfWriting(blank.blank, blankEnd, nextLabel);
        // Writing that goes on over the usual end would be cut off, and a part of it read as the whole.
        const int writing = writingEnd(table, ends.usual, blank.blank.y, widestName);
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
        crop.picture = padded(normaliseCrop(zone.image));
        crop.goesOn = own > ends.usual;
        const int furthest = number ? std::max(own, ends.hidden.value_or(ends.usual)) : own;
        if (mixedUp)
            crop.goesOn = true;
        else if (furthest > ends.usual)
            crop.wider = padded(normaliseCrop(cutHeader(table, blank, *field, furthest).image));
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
