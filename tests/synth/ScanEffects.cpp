// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScanEffects.h"

#include <QFont>
#include <QPainter>
#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace tallydesk::synth {

namespace {

/// The same pixels as OpenCV sees them; the image must outlive it.
cv::Mat4b view(QImage& image) {
    return {image.height(), image.width(), reinterpret_cast<cv::Vec4b*>(image.bits()),
            static_cast<std::size_t>(image.bytesPerLine())};
}

void showBehind(cv::Mat4b page, const QImage& behind, double strength, Random& random) {
    QImage copy = behind.mirrored(true, false);
    cv::Mat grey;
    cv::cvtColor(view(copy), grey, cv::COLOR_BGRA2GRAY);
    cv::GaussianBlur(grey, grey, {}, 1.6);
    const double dx = random.real(-25, 25);
    const double dy = random.real(-25, 25);
    cv::warpAffine(grey, grey, cv::Matx23d(1, 0, dx, 0, 1, dy), grey.size(), cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, 255);
    cv::Mat faint;
    grey.convertTo(faint, CV_8U, strength, 255 * (1 - strength));
    cv::Mat faint4;
    cv::cvtColor(faint, faint4, cv::COLOR_GRAY2BGRA);
    cv::min(page, faint4, page);
}

void fold(cv::Mat4b page, Random& random) {
    const double y = random.real(0.15, 0.9) * page.rows;
    const double slope = random.real(-0.012, 0.012);
    const double dark = random.real(0.35, 0.75);
    for (int x = 0; x < page.cols; ++x) {
        if (std::sin(x * 0.011 + y) + random.real(-0.6, 0.6) < -0.35) {
            continue;  // a fold shows in pieces
        }
        const int at = static_cast<int>(y + slope * x + 2 * std::sin(x * 0.01));
        for (int d = -1; d <= 2; ++d) {
            if (at + d >= 0 && at + d < page.rows) {
                cv::Vec4b& p = page(at + d, x);
                const double keep = d == 0 ? dark : 0.5 + 0.5 * dark;
                p = cv::Vec4b(cv::saturate_cast<uchar>(p[0] * keep), cv::saturate_cast<uchar>(p[1] * keep),
                              cv::saturate_cast<uchar>(p[2] * keep), 255);
            }
        }
    }
}

void patch(cv::Mat4b page, Random& random) {
    const cv::Point corner(random.chance(0.5) ? page.cols : 0,
                           static_cast<int>(random.real(0.6, 1.0) * page.rows));
    const cv::Size size(static_cast<int>(random.real(300, 750)), static_cast<int>(random.real(250, 600)));
    cv::Mat1f mask(page.size(), 0.0f);
    cv::ellipse(mask, corner, size, random.real(0, 90), 0, 360, 1.0, cv::FILLED);
    cv::Mat1f small;
    cv::resize(mask, small, {}, 0.125, 0.125, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {}, 5);
    cv::resize(small, mask, mask.size());
    const double strength = random.real(0.15, 0.4);
    page.forEach([&](cv::Vec4b& p, const int* at) {
        const double a = strength * static_cast<double>(mask(at[0], at[1]));
        p[0] = cv::saturate_cast<uchar>(p[0] * (1 - a));
        p[1] = cv::saturate_cast<uchar>(p[1] * (1 - 0.9 * a));
    });
}

void speckle(cv::Mat4b page, int count, Random& random) {
    for (int i = 0; i < count; ++i) {
        const cv::Point at(static_cast<int>(random.whole(0, page.cols - 1)),
                           static_cast<int>(random.whole(0, page.rows - 1)));
        const int tone = static_cast<int>(random.whole(30, 170));
        const cv::Scalar colour = random.chance(0.6)   ? cv::Scalar(tone, tone, tone, 255)
                                  : random.chance(0.5) ? cv::Scalar(200, 120, 200, 255)
                                                       : cv::Scalar(150, 210, 150, 255);
        cv::circle(page, at, static_cast<int>(random.whole(0, 2)), colour, cv::FILLED, cv::LINE_AA);
    }
}

/// Where each pixel of the scan comes from: skew, perspective and curl in one go, so that ink is resampled
/// once.
cv::Mat warped(const cv::Mat4b& page, const ScanStyle& style, Random& random) {
    const auto w = static_cast<float>(page.cols);
    const auto h = static_cast<float>(page.rows);
    const auto wander = [&] { return static_cast<float>(style.perspective * random.real(-0.3, 1.0)); };
    const cv::Point2f from[4] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    cv::Point2f to[4] = {{wander(), wander()},
                         {w - wander(), wander()},
                         {w - wander(), h - wander()},
                         {wander(), h - wander()}};
    const double angle = style.skew * random.normal() * CV_PI / 180;
    for (cv::Point2f& p : to) {
        const cv::Point2f q(p.x - w / 2, p.y - h / 2);
        p = {static_cast<float>(w / 2 + q.x * std::cos(angle) - q.y * std::sin(angle)),
             static_cast<float>(h / 2 + q.x * std::sin(angle) + q.y * std::cos(angle))};
    }
    const cv::Matx33d back = cv::getPerspectiveTransform(to, from);
    const double bend = style.curl * random.real(-1.0, 1.0);
    cv::Mat1f mapX(page.size());
    cv::Mat1f mapY(page.size());
    for (int y = 0; y < page.rows; ++y) {
        for (int x = 0; x < page.cols; ++x) {
            const double u = static_cast<double>(x) / page.cols - 0.5;
            const double yy = y + bend * (1 - 4 * u * u) * (0.4 + 0.6 * static_cast<double>(y) / page.rows);
            const double s = back(2, 0) * x + back(2, 1) * yy + back(2, 2);
            mapX(y, x) = static_cast<float>((back(0, 0) * x + back(0, 1) * yy + back(0, 2)) / s);
            mapY(y, x) = static_cast<float>((back(1, 0) * x + back(1, 1) * yy + back(1, 2)) / s);
        }
    }
    const cv::Scalar outside = style.borders ? cv::Scalar(28, 26, 26, 255) : cv::Scalar(246, 246, 246, 255);
    cv::Mat out;
    cv::remap(page, out, mapX, mapY, cv::INTER_LINEAR, cv::BORDER_CONSTANT, outside);
    return out;
}

void light(cv::Mat4b page, const ScanStyle& style, Random& random) {
    const double towards = random.real(0, 6.28);
    const double tint = random.real(-0.02, 0.02);
    cv::RNG grain(random.bits());
    cv::Mat noise(page.size(), CV_8UC1);
    grain.fill(noise, cv::RNG::NORMAL, 128, std::max(0.01, style.noise));
    page.forEach([&](cv::Vec4b& p, const int* at) {
        const double u = static_cast<double>(at[1]) / page.cols - 0.5;
        const double v = static_cast<double>(at[0]) / page.rows - 0.5;
        const double dim = 1.0 - style.shade * (0.5 + u * std::cos(towards) + v * std::sin(towards));
        const double add = static_cast<double>(noise.at<uchar>(at[0], at[1])) - 128.0;
        for (int c = 0; c < 3; ++c) {
            const double value = 250.0 - (255.0 - p[c]) * style.contrast;
            p[c] = cv::saturate_cast<uchar>(value * dim * (1.0 + tint * (c - 1)) + add);
        }
    });
}

}  // namespace

ScanStyle ScanStyle::any(Random& random, int difficulty) {
    ScanStyle style;
    if (difficulty <= 0) {
        return style;
    }
    const double d = difficulty;
    style.skew = 0.35 * d;
    style.perspective = difficulty >= 2 && random.chance(0.6) ? random.real(10, 24) * d : 4 * d;
    style.curl = random.chance(0.25 * d) ? 4 * d : 0.0;
    style.noise = random.real(1.0, 2.6) * d;
    style.blur = random.real(0.4, 0.55 + 0.15 * d);
    style.shade = random.chance(0.5) ? random.real(0.0, 0.08) * d : 0.0;
    style.showThrough = random.chance(0.3 * d) ? random.real(0.03, 0.05) * d : 0.0;
    style.contrast = random.real(0.95 - 0.12 * d, 1.0);
    style.folds = random.chance(0.2 * d) ? static_cast<int>(random.whole(1, difficulty)) : 0;
    style.specks = static_cast<int>(random.whole(0, 12) * difficulty * difficulty);
    style.patch = difficulty >= 2 && random.chance(0.3);
    style.footer = random.chance(0.15 * d);
    style.borders = difficulty >= 2 && random.chance(0.5);
    style.cutTop = difficulty >= 2 && random.chance(0.25);
    style.grey = random.chance(0.4);
    style.blackWhite = difficulty >= 2 && random.chance(0.12 * d);
    return style;
}

QImage ScanStyle::scan(const QImage& page, const QImage& behind, Random& random) const {
    QImage image = page.convertToFormat(QImage::Format_RGB32);
    cv::Mat4b pixels = view(image);
    if (showThrough > 0.0) {
        showBehind(pixels, behind, showThrough, random);
    }
    for (int i = 0; i < folds; ++i) {
        fold(pixels, random);
    }
    if (skew > 0.0) {
        warped(pixels, *this, random).copyTo(pixels);
    }
    if (patch) {
        synth::patch(pixels, random);
    }
    if (blur > 0.0) {
        cv::GaussianBlur(pixels, pixels, {}, blur);
    }
    speckle(pixels, specks, random);
    if (noise > 0.0) {
        light(pixels, *this, random);
    }
    if (cutTop) {
        const int cut = static_cast<int>(random.real(30, 110));
        const cv::Mat kept = pixels.rowRange(cut, pixels.rows).clone();
        kept.copyTo(pixels.rowRange(0, kept.rows));
        pixels.rowRange(kept.rows, pixels.rows).setTo(cv::Scalar(245, 245, 245, 255));
    }
    if (footer) {
        QImage taller(image.width(), image.height() + 70, QImage::Format_RGB32);
        taller.fill(Qt::white);
        QPainter painter(&taller);
        painter.drawImage(0, 0, image);
        QFont font(QStringLiteral("Loma"));
        font.setPixelSize(26);
        painter.setFont(font);
        painter.drawText(QPointF(image.width() - 330, image.height() + 46), QStringLiteral("สแกนด้วยแอปสแกน"));
        painter.end();
        image = taller;
        pixels = view(image);
    }
    if (blackWhite || grey) {
        cv::Mat tone;
        cv::cvtColor(pixels, tone, cv::COLOR_BGRA2GRAY);
        if (blackWhite) {
            cv::threshold(tone, tone, 175, 255, cv::THRESH_BINARY);
        }
        cv::cvtColor(tone, pixels, cv::COLOR_GRAY2BGRA);
    }
    return image;
}

}  // namespace tallydesk::synth
