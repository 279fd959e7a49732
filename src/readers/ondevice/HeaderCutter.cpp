// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/HeaderCutter.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "imaging/CropNormaliser.h"
#include "imaging/PaintOver.h"
#include "readers/ondevice/HeaderLabels.h"
#include "readers/ondevice/WritingEnds.h"

namespace tallydesk {

namespace {

constexpr int mostHidden = 170;    // a number hides no more of a blank's first dots than this
constexpr int letterOverlap = 10;  // a place read inside the dots is a misread one
constexpr int shortestBlank = 90;  // of a shorter row of dots writing has hidden the beginning
constexpr int widestRemnant = 9;
constexpr int paperBeside = 8;  // pixels of a normalised crop
constexpr int widestLetter = 30;
constexpr int labelSeen = 110;  // of a label before its end

// The last of a printed letter at the left edge, which alone would look like a 1, gives way to paper.
void removeRemnant(cv::Mat& image) {
    if (image.empty())
        return;
    const cv::Mat remnant =
        strokesWhere(image, [](const cv::Rect& box) { return box.x <= 1 && box.br().x <= widestRemnant; });
    paintOver(image, remnant, paperOf(image));
}

}  // namespace

ZoneCrop cutWriting(const TableGeometry& table, int left, int right, int y) {
    ZoneCrop zone = cutBetween(table, left, right, y);
    removeRemnant(zone.image);
    return zone;
}

ZoneCrop cutHeader(const TableGeometry& table, const LabelledBlank& blank, const HeaderField& field,
                   int right) {
    const Blank& dots = blank.blank;
    const int hidden = std::max(0, shortestBlank - (dots.right - dots.left));
    int left = dots.left - std::max(kBehindDots, hidden);
    const auto label = findPrinted(field.printed, blank.letters);
    const int most = field.type == HeaderType::Text ? kMostHiddenName : mostHidden;
    if (label && label->right > dots.left - most && label->right < dots.left + letterOverlap) {
        int end = label->right;
        // A name's own letters are no higher than print.
        if (field.type == HeaderType::Number)
            end = endOfLabel(strokesOver(table, end - labelSeen, end + widestLetter, dots.y), end, dots.left);
        left = end + kAfterPrint;
    }
    return cutWriting(table, left, right, dots.y);
}

cv::Mat headerPicture(const ZoneCrop& zone) {
    cv::Mat wider;
    cv::copyMakeBorder(normaliseCrop(zone.image), wider, 0, 0, paperBeside, paperBeside, cv::BORDER_CONSTANT,
                       cv::Scalar(255));
    return wider;
}

}  // namespace tallydesk
