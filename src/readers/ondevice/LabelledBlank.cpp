// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/LabelledBlank.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "imaging/FuzzyText.h"

namespace tallydesk {

namespace {

constexpr int labelWidth = 360;  // table pixels: enough for the longest label's last words
constexpr int labelAbove = 46;
constexpr int labelBelow = 18;
constexpr int printDpi = 190;  // of a table 1400 px wide on A4
constexpr qsizetype lettersCompared = 14;

}  // namespace

Expected<QList<LabelledBlank>> labelBlanks(const TableGeometry& table, const std::vector<BlankLine>& lines,
                                           const TextRecogniser& recogniser, const CancelToken& cancel) {
    QList<LabelledBlank> result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].bracket)
            continue;
        int previousEnd = -table.origin.x;
        for (const Blank& blank : lines[i].blanks) {
            const int left = std::max(previousEnd, blank.left - labelWidth);
            const cv::Rect area = cv::Rect(left + table.origin.x, blank.y - labelAbove + table.origin.y,
                                           blank.left - 2 - left, labelAbove + labelBelow) &
                                  cv::Rect({}, table.image.size());
            previousEnd = blank.right;
            if (area.width < 20 || area.height < 30)
                continue;
            cv::Mat strip;
            cv::copyMakeBorder(table.image(area), strip, 12, 12, 16, 16, cv::BORDER_REPLICATE);
            const auto printed = recogniser.readBlock(strip, printDpi, cancel);
            if (!printed)
                return tl::make_unexpected(printed.error());
            result.append({blank, static_cast<int>(i), printed->text.simplified()});
        }
    }
    return result;
}

double labelScore(const QStringList& printed, const QString& label) {
    const QString bare = bareText(label);
    double best = 0.0;
    for (const QString& text : printed) {
        const QString pattern = bareText(text).right(lettersCompared);
        if (!pattern.isEmpty())
            best = std::max(best, occurrence(pattern, bare.right(pattern.size() + 3)));
    }
    return best;
}

}  // namespace tallydesk
