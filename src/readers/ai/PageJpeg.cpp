// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/PageJpeg.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "imaging/ContentBounds.h"

namespace tallydesk {

namespace {

// Strokes of 3 px, and some more because strokeWidthOf() measures crossings as width.
constexpr double kLeastStroke = 3.25;
// About 200 dpi of an A4 page; more pixels cost tokens without making handwriting clearer.
constexpr int kLongestSide = 2400;
constexpr int kBestQuality = 85;
constexpr int kLeastQuality = 35;
constexpr int kWorstQuality = 18;
constexpr int kShortestSide = 300;
// The darkest part of the paper's shades that is left as it is.
constexpr double kGrainShare = 0.10;

cv::Mat greyOf(const QImage& page) {
    const QImage grey = page.convertToFormat(QImage::Format_Grayscale8);
    const cv::Mat view(grey.height(), grey.width(), CV_8UC1, const_cast<uchar*>(grey.constBits()),
                       static_cast<size_t>(grey.bytesPerLine()));
    return view.clone();
}

/// The grey level from which on everything is paper: above most of its grain, and never so dark that faint
/// pencil goes with it.
double whitePoint(const cv::Mat& even) {
    cv::Mat ink;
    const double threshold = cv::threshold(even, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
    std::vector<int> counts(256);
    for (int y = 0; y < even.rows; y += 2)
        for (int x = 0; x < even.cols; x += 2)
            ++counts[even.at<uchar>(y, x)];
    const int first = std::clamp(static_cast<int>(threshold) + 1, 0, 255);
    double paper = 0;
    for (int level = first; level < 256; ++level)
        paper += counts[level];
    double seen = 0;
    int level = first;
    while (level < 255 && seen < kGrainShare * paper)
        seen += counts[level++];
    return std::clamp(static_cast<double>(level), 185.0, 225.0);
}

/// Divides by the paper's brightness, so that shadows and coloured patches lose their edge, and stretches.
cv::Mat normalised(const cv::Mat& grey) {
    cv::Mat small;
    const double factor = std::min(1.0, 400.0 / std::max(grey.rows, grey.cols));
    cv::resize(grey, small, {}, factor, factor, cv::INTER_AREA);
    cv::Mat paper;
    cv::dilate(small, paper, cv::getStructuringElement(cv::MORPH_ELLIPSE, {15, 15}));
    cv::GaussianBlur(paper, paper, {21, 21}, 0);
    cv::resize(paper, paper, grey.size(), 0, 0, cv::INTER_LINEAR);
    cv::max(paper, 40, paper);
    cv::Mat even;
    cv::divide(grey, paper, even, 250.0);
    // The shades of the paper are grain, which costs most of the bytes and says nothing.
    cv::Mat stretched;
    even.convertTo(stretched, CV_8U, 255.0 / whitePoint(even), 0);
    return stretched;
}

double strokeWidthOf(const cv::Mat& grey) {
    cv::Mat ink;
    // With pure black ink on empty levels the threshold is 0 and still separates.
    cv::threshold(grey, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
    if (cv::countNonZero(ink) < 50)
        return 0;
    // Area over half the outline: the mean width of thin strokes, robust against a few large blobs.
    cv::Mat eroded;
    cv::erode(ink, eroded, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
    const double area = cv::countNonZero(ink);
    const double outline = area - cv::countNonZero(eroded);
    return outline > 0 ? 2.0 * area / outline : 0;
}

QByteArray jpegOf(const cv::Mat& image, int quality) {
    std::vector<uchar> bytes;
    if (!cv::imencode(".jpg", image, bytes,
                      {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_JPEG_OPTIMIZE, 1}))
        return {};
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

/// The best quality that fits, by bisection; empty when none does.
QByteArray fitting(const cv::Mat& image, int maxBytes, int leastQuality, const CancelToken& cancel) {
    QByteArray best = jpegOf(image, kBestQuality);
    if (best.size() <= maxBytes)
        return best;
    best.clear();
    int low = leastQuality;
    int high = kBestQuality - 1;
    while (low <= high && !cancel.isCancelled()) {
        const int quality = best.isEmpty() && low == leastQuality ? low : (low + high) / 2;
        const QByteArray bytes = jpegOf(image, quality);
        if (bytes.size() <= maxBytes) {
            best = bytes;
            low = quality + 1;
        } else {
            high = quality - 1;
        }
        if (high - low < 4 && !best.isEmpty())
            break;
    }
    return best;
}

}  // namespace

double PageJpeg::strokeWidth(const QImage& page) {
    return page.isNull() ? 0 : strokeWidthOf(greyOf(page));
}

QRect PageJpeg::partSent(const QImage& page) {
    if (page.isNull())
        return {};
    const cv::Rect part = contentBounds(normalised(greyOf(page)));
    return {part.x, part.y, part.width, part.height};
}

Expected<QByteArray> PageJpeg::encode(const QImage& page, int maxBytes, const CancelToken& cancel) {
    if (page.isNull())
        return fail(QStringLiteral("reader.page_empty"));
    const cv::Mat even = normalised(greyOf(page));
    const cv::Mat full = even(contentBounds(even));
    const double stroke = strokeWidthOf(full);
    const double longest = std::max(full.rows, full.cols);
    // Below this the strokes get thinner than 3 px; a page whose strokes are thin already isn't reduced.
    const double legible = stroke > 0 ? std::min(1.0, kLeastStroke / stroke) : 0.0;
    double scale = std::min(1.0, std::max(kLongestSide / longest, legible));
    bool withinLegible = scale > legible;
    while (!cancel.isCancelled()) {
        cv::Mat sized;
        if (scale < 1.0)
            cv::resize(full, sized, {}, scale, scale, cv::INTER_AREA);
        else
            sized = full;
        // At the least legible size artefacts do less harm than thinner strokes.
        const int leastQuality = withinLegible ? kLeastQuality : kWorstQuality;
        const QByteArray bytes = fitting(sized, maxBytes, leastQuality, cancel);
        if (!bytes.isEmpty() && !cancel.isCancelled())
            return bytes;
        if (scale * longest < kShortestSide)
            return fail(QStringLiteral("reader.page_too_large"), {QString::number(maxBytes / 1024)});
        const double next = scale * 0.93;
        scale = withinLegible ? std::max(next, legible) : next;
        withinLegible = withinLegible && scale > legible;
    }
    return fail(QStringLiteral("cancelled"));
}

}  // namespace tallydesk
