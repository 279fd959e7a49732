// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScanDamage.h"

#include <QMap>
#include <algorithm>
#include <cmath>
#include <functional>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "Random.h"

namespace tallydesk::synth {

namespace {

using Effect = std::function<cv::Mat(const cv::Mat&, Random&)>;

const cv::Scalar paper(246, 247, 245);
const cv::Scalar black(24, 22, 22);

cv::Mat toMat(const QImage& page) {
    const QImage rgb = page.convertToFormat(QImage::Format_BGR888);
    return cv::Mat(rgb.height(), rgb.width(), CV_8UC3, const_cast<uchar*>(rgb.constBits()),
                   static_cast<std::size_t>(rgb.bytesPerLine()))
        .clone();
}

QImage toImage(const cv::Mat& page) {
    return QImage(page.data, page.cols, page.rows, static_cast<qsizetype>(page.step), QImage::Format_BGR888)
        .convertToFormat(QImage::Format_RGB32);
}

cv::Mat greyOf(const cv::Mat& page) {
    cv::Mat grey;
    cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
    return grey;
}

cv::Mat coloured(const cv::Mat& grey) {
    cv::Mat page;
    cv::cvtColor(grey, page, cv::COLOR_GRAY2BGR);
    return page;
}

Effect turned(int code) {
    return [code](const cv::Mat& page, Random&) {
        cv::Mat out;
        cv::rotate(page, out, code);
        return out;
    };
}

Effect skewed(double degrees) {
    return [degrees](const cv::Mat& page, Random&) {
        const cv::Point2f middle(static_cast<float>(page.cols) / 2.0F, static_cast<float>(page.rows) / 2.0F);
        cv::Mat out;
        cv::warpAffine(page, out, cv::getRotationMatrix2D(middle, degrees, 1.0), page.size(),
                       cv::INTER_LINEAR, cv::BORDER_CONSTANT, paper);
        return out;
    };
}

Effect resampled(double scale, bool back) {
    return [scale, back](const cv::Mat& page, Random&) {
        cv::Mat out;
        cv::resize(page, out, {}, scale, scale, scale < 1.0 ? cv::INTER_AREA : cv::INTER_CUBIC);
        if (back)
            cv::resize(out, out, page.size(), 0, 0, cv::INTER_LINEAR);
        return out;
    };
}

cv::Mat jpeg(const cv::Mat& page, int quality) {
    std::vector<uchar> bytes;
    cv::imencode(".jpg", page, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    return cv::imdecode(bytes, cv::IMREAD_COLOR);
}

cv::Mat oneBitOtsu(const cv::Mat& page) {
    cv::Mat bits;
    cv::threshold(greyOf(page), bits, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    return coloured(bits);
}

cv::Mat oneBitAdaptive(const cv::Mat& page) {
    cv::Mat grey = greyOf(page);
    cv::GaussianBlur(grey, grey, {3, 3}, 0.8);
    cv::Mat bits;
    cv::adaptiveThreshold(grey, bits, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C, cv::THRESH_BINARY, 31, 12);
    return coloured(bits);
}

// A hand holds the phone to one side: the far edge is shorter, and the table behind it dark.
cv::Mat photographed(const cv::Mat& page, Random& random) {
    const auto w = static_cast<float>(page.cols);
    const auto h = static_cast<float>(page.rows);
    const auto in = [&](double most) { return static_cast<float>(random.real(0.2, 1.0) * most); };
    const bool top = random.chance(0.5);
    const float far = in(0.07) * w;
    const float side = in(0.03) * h;
    const std::vector<cv::Point2f> from{{0, 0}, {w, 0}, {w, h}, {0, h}};
    std::vector<cv::Point2f> to{{top ? far : in(0.01) * w, in(0.02) * h},
                                {w - (top ? far * 0.7F : in(0.01) * w), side},
                                {w - (top ? in(0.01) * w : far), h - in(0.02) * h},
                                {top ? in(0.01) * w : far * 0.8F, h - side * 0.6F}};
    cv::Mat out;
    cv::warpPerspective(page, out, cv::getPerspectiveTransform(from, to), page.size(), cv::INTER_LINEAR,
                        cv::BORDER_CONSTANT, cv::Scalar(52, 60, 66));
    return out;
}

cv::Mat bordered(const cv::Mat& page, Random& random) {
    cv::Mat out;
    const auto edge = [&](double most) { return cvRound(random.real(0.0, most) * page.cols); };
    cv::copyMakeBorder(page, out, edge(0.03), edge(0.05), edge(0.05), edge(0.06), cv::BORDER_CONSTANT, black);
    return out;
}

// The top edge is cut through the code box, and the page a little longer below for it.
cv::Mat topCut(const cv::Mat& page, Random& random) {
    const int cut = cvRound(page.rows * random.real(0.055, 0.075));
    cv::Mat out;
    cv::copyMakeBorder(page.rowRange(cut, page.rows), out, 0, cut, 0, 0, cv::BORDER_CONSTANT, paper);
    return out;
}

// A booklet on the glass: the gutter's shadow, and the edge of the page beside it.
cv::Mat besideFacing(const cv::Mat& page, const cv::Mat& neighbour, Random& random) {
    const int strip = cvRound(page.cols * random.real(0.08, 0.16));
    const int gutter = cvRound(page.cols * 0.012);
    const bool left = random.chance(0.5);
    cv::Mat out(page.rows, page.cols + strip + gutter, CV_8UC3, black);
    cv::Mat beside;
    cv::resize(neighbour, beside, page.size());
    page.copyTo(out.colRange(left ? strip + gutter : 0, (left ? strip + gutter : 0) + page.cols));
    beside.colRange(left ? page.cols - strip : 0, left ? page.cols : strip)
        .copyTo(out.colRange(left ? 0 : page.cols + gutter, left ? strip : out.cols));
    return out;
}

// A red or pink patch over part of the page, row numbers included.
cv::Mat patched(const cv::Mat& page, Random& random) {
    cv::Mat1f mask(page.rows / 8, page.cols / 8, 0.0F);
    const cv::Point at(cvRound(random.real(0.0, 0.4) * mask.cols),
                       cvRound(random.real(0.3, 0.9) * mask.rows));
    cv::ellipse(mask, at, {cvRound(mask.cols * 0.35), cvRound(mask.rows * 0.2)}, random.real(0, 90), 0, 360,
                1.0, cv::FILLED);
    cv::GaussianBlur(mask, mask, {}, 6);
    cv::Mat1f full;
    cv::resize(mask, full, page.size());
    const double strength = random.real(0.3, 0.55);
    cv::Mat out = page.clone();
    out.forEach<cv::Vec3b>([&](cv::Vec3b& p, const int* where) {
        const double a = strength * static_cast<double>(full(where[0], where[1]));
        p[0] = cv::saturate_cast<uchar>(p[0] * (1 - a));
        p[1] = cv::saturate_cast<uchar>(p[1] * (1 - a));
        p[2] = cv::saturate_cast<uchar>(p[2] * (1 - 0.1 * a));
    });
    return out;
}

cv::Mat speckled(const cv::Mat& page, Random& random) {
    cv::Mat out = page.clone();
    for (int i = 0; i < 900; ++i) {
        const cv::Point at(static_cast<int>(random.whole(0, page.cols - 1)),
                           static_cast<int>(random.whole(0, page.rows - 1)));
        const cv::Scalar colour = random.chance(0.5) ? cv::Scalar(190, 110, 190) : cv::Scalar(130, 200, 130);
        cv::circle(out, at, static_cast<int>(random.whole(1, 3)), colour, cv::FILLED, cv::LINE_AA);
    }
    return out;
}

cv::Mat footed(const cv::Mat& page) {
    cv::Mat out;
    cv::copyMakeBorder(page, out, 0, 90, 0, 0, cv::BORDER_CONSTANT, cv::Scalar(255, 255, 255));
    cv::putText(out, "Scanned with CamScanner", {page.cols - 560, out.rows - 30}, cv::FONT_HERSHEY_SIMPLEX,
                1.1, cv::Scalar(120, 120, 120), 2, cv::LINE_AA);
    return out;
}

// Folded in three, and once along its length: dark in pieces, bright beside.
cv::Mat folded(const cv::Mat& page, Random& random) {
    cv::Mat out = page.clone();
    const auto crease = [&](bool level, double share) {
        const int length = level ? page.cols : page.rows;
        const int across = level ? page.rows : page.cols;
        const double slope = random.real(-0.008, 0.008);
        for (int k = 0; k < length; ++k) {
            if (std::sin(k * 0.013 + share * 40.0) + random.real(-0.5, 0.5) < -0.3)
                continue;
            const int at = cvRound(share * across + slope * k + 2.0 * std::sin(k * 0.01));
            for (int d = -1; d <= 1; ++d) {
                if (at + d < 0 || at + d >= across)
                    continue;
                cv::Vec3b& p = level ? out.at<cv::Vec3b>(at + d, k) : out.at<cv::Vec3b>(k, at + d);
                p *= d == 0 ? 0.5 : 0.75;
            }
        }
    };
    crease(true, random.real(0.3, 0.37));
    crease(true, random.real(0.62, 0.7));
    crease(false, random.real(0.45, 0.55));
    return out;
}

cv::Mat shownThrough(const cv::Mat& page, const cv::Mat& behind) {
    cv::Mat other;
    cv::resize(greyOf(behind), other, page.size());
    cv::flip(other, other, 1);
    cv::GaussianBlur(other, other, {}, 1.4);
    other.convertTo(other, CV_8U, 0.16, 255 * 0.84);
    cv::Mat out;
    cv::min(page, coloured(other), out);
    return out;
}

// A lamp at one side: the far side is half as bright, strokes faint.
cv::Mat dimmed(const cv::Mat& page, Random& random) {
    const double angle = random.real(0, 2 * CV_PI);
    cv::Mat out;
    cv::GaussianBlur(page, out, {}, 0.9);
    out.forEach<cv::Vec3b>([&](cv::Vec3b& p, const int* at) {
        const double u = static_cast<double>(at[1]) / page.cols - 0.5;
        const double v = static_cast<double>(at[0]) / page.rows - 0.5;
        const double light = 0.7 + 0.35 * (u * std::cos(angle) + v * std::sin(angle));
        for (int c = 0; c < 3; ++c)
            p[c] = cv::saturate_cast<uchar>((255.0 - (255.0 - p[c]) * 0.75) * light);
    });
    return out;
}

// A page that did not lie flat: lines bend.
cv::Mat curled(const cv::Mat& page, Random& random) {
    const double bend = random.real(12, 20) * (random.chance(0.5) ? 1 : -1);
    cv::Mat1f mapX(page.size());
    cv::Mat1f mapY(page.size());
    for (int y = 0; y < page.rows; ++y) {
        for (int x = 0; x < page.cols; ++x) {
            const double u = static_cast<double>(x) / page.cols - 0.5;
            mapX(y, x) = static_cast<float>(x);
            mapY(y, x) = static_cast<float>(y + bend * (1 - 4 * u * u) * (0.4 + 0.6 * y / page.rows));
        }
    }
    cv::Mat out;
    cv::remap(page, out, mapX, mapY, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return out;
}

const QMap<QString, Effect>& effects() {
    static const QMap<QString, Effect> all{
        {QStringLiteral("turned-90"), turned(cv::ROTATE_90_CLOCKWISE)},
        {QStringLiteral("turned-180"), turned(cv::ROTATE_180)},
        {QStringLiteral("turned-270"), turned(cv::ROTATE_90_COUNTERCLOCKWISE)},
        {QStringLiteral("skew-left"), skewed(5.0)},
        {QStringLiteral("skew-right"), skewed(-5.0)},
        {QStringLiteral("dpi-100"), resampled(0.5, true)},
        {QStringLiteral("dpi-400"), resampled(2.0, false)},
        {QStringLiteral("jpeg-30"), [](const cv::Mat& page, Random&) { return jpeg(page, 30); }},
        {QStringLiteral("grey"), [](const cv::Mat& page, Random&) { return coloured(greyOf(page)); }},
        {QStringLiteral("one-bit-otsu"), [](const cv::Mat& page, Random&) { return oneBitOtsu(page); }},
        {QStringLiteral("one-bit-adaptive"),
         [](const cv::Mat& page, Random&) { return oneBitAdaptive(page); }},
        {QStringLiteral("perspective"), photographed},
        {QStringLiteral("borders"), bordered},
        {QStringLiteral("cut-top"), topCut},
        {QStringLiteral("patch"), patched},
        {QStringLiteral("speckle"), speckled},
        {QStringLiteral("footer"), [](const cv::Mat& page, Random&) { return footed(page); }},
        {QStringLiteral("folds"), folded},
        {QStringLiteral("dim"), dimmed},
        {QStringLiteral("curl"), curled},
    };
    return all;
}

const QString facing = QStringLiteral("facing-page");
const QString through = QStringLiteral("show-through");
const QString shuffled = QStringLiteral("shuffled");

}  // namespace

QStringList damageNames() {
    return QStringList(effects().keys()) << facing << through << shuffled;
}

QList<QImage> damaged(const QString& name, const QList<QImage>& pages, quint64 seed) {
    Random random(seed);
    QList<QImage> result = pages;
    if (name == shuffled) {
        // The pages behind the first in another order than theirs.
        if (pages.size() > 2)
            std::rotate(result.begin() + 1, result.begin() + 2, result.end());
        else
            std::reverse(result.begin(), result.end());
        return result;
    }
    const auto effect = effects().constFind(name);
    for (qsizetype i = 0; i < pages.size(); ++i) {
        const cv::Mat page = toMat(pages[i]);
        const QImage& next = pages[(i + 1) % pages.size()];
        if (name == facing)
            result[i] = toImage(besideFacing(page, toMat(next), random));
        else if (name == through)
            result[i] = toImage(shownThrough(page, toMat(next)));
        else if (effect != effects().constEnd())
            result[i] = toImage((*effect)(page, random));
    }
    return result;
}

}  // namespace tallydesk::synth
