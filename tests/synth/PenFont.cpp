// SPDX-License-Identifier: GPL-3.0-or-later
#include "PenFont.h"

#include <QFont>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QStringList>
#include <QTextBoundaryFinder>
#include <array>
#include <opencv2/core.hpp>
#include <utility>

namespace tallydesk::synth {

namespace {

// Large enough that the small heads of Thai letters keep their holes.
constexpr int kEm = 110;
constexpr int kMargin = 60;

const std::array<cv::Point, 8> kRing = {cv::Point(0, -1), {1, -1}, {1, 0},  {1, 1},
                                        {0, 1},           {-1, 1}, {-1, 0}, {-1, -1}};

/// Zhang and Suen's thinning: lines of one pixel that keep how the shape hangs together.
void thin(cv::Mat1b& image) {
    bool changed = true;
    QList<cv::Point> drop;
    while (changed) {
        changed = false;
        for (int pass = 0; pass < 2; ++pass) {
            drop.clear();
            for (int y = 1; y + 1 < image.rows; ++y) {
                for (int x = 1; x + 1 < image.cols; ++x) {
                    if (!image(y, x)) {
                        continue;
                    }
                    std::array<int, 8> p{};
                    int count = 0;
                    int turns = 0;
                    for (std::size_t k = 0; k < 8; ++k) {
                        p[k] = image(y + kRing[k].y, x + kRing[k].x) ? 1 : 0;
                        count += p[k];
                    }
                    for (std::size_t k = 0; k < 8; ++k) {
                        turns += p[k] == 0 && p[(k + 1) % 8] == 1;
                    }
                    const bool sides = pass == 0 ? p[0] * p[2] * p[4] == 0 && p[2] * p[4] * p[6] == 0
                                                 : p[0] * p[2] * p[6] == 0 && p[0] * p[4] * p[6] == 0;
                    if (count >= 2 && count <= 6 && turns == 1 && sides) {
                        drop.append({x, y});
                    }
                }
            }
            for (const cv::Point& at : std::as_const(drop)) {
                image(at) = 0;
            }
            changed = changed || !drop.isEmpty();
        }
    }
}

QList<cv::Point> neighbours(const cv::Mat1b& image, cv::Point at) {
    QList<cv::Point> found;
    for (const cv::Point& step : kRing) {
        if (image(at + step)) {
            found.append(at + step);
        }
    }
    return found;
}

/// Follows the thin lines; each pixel is walked once, straight on where ways part.
QList<QPolygonF> trace(cv::Mat1b image) {
    QList<QPolygonF> lines;
    const cv::Mat1b whole = image.clone();
    for (int ends = 1; ends >= 0; --ends) {
        for (int y = 1; y + 1 < image.rows; ++y) {
            for (int x = 1; x + 1 < image.cols; ++x) {
                if (!image(y, x) || (ends && neighbours(whole, {x, y}).size() != 1)) {
                    continue;
                }
                QPolygonF line;
                cv::Point at(x, y);
                cv::Point heading(0, 0);
                // Touch what was drawn before, so that branches stay joined.
                for (const cv::Point& near : neighbours(whole, at)) {
                    if (!image(near) && !ends) {
                        line.append(QPointF(near.x, near.y));
                        break;
                    }
                }
                while (true) {
                    image(at) = 0;
                    line.append(QPointF(at.x, at.y));
                    const QList<cv::Point> next = neighbours(image, at);
                    if (next.isEmpty()) {
                        for (const cv::Point& near : neighbours(whole, at)) {
                            const QPointF q(near.x, near.y);
                            if (line.size() > 3 && !line.mid(line.size() - 3).contains(q)) {
                                line.append(q);
                                break;
                            }
                        }
                        break;
                    }
                    cv::Point best = next.first();
                    for (const cv::Point& candidate : next) {
                        if ((candidate - at).dot(heading) > (best - at).dot(heading)) {
                            best = candidate;
                        }
                    }
                    heading = heading + 2 * (best - at);
                    heading = cv::Point(heading.x * 2 / 3, heading.y * 2 / 3);
                    at = best;
                }
                if (line.size() > 7) {
                    lines.append(line);
                }
            }
        }
    }
    return lines;
}

/// Rounds the staircase of pixels off and thins the points out.
QPolygonF softened(const QPolygonF& line) {
    QPolygonF out;
    const qsizetype n = line.size();
    for (qsizetype i = 0; i < n; i += 3) {
        const qsizetype reach = std::min<qsizetype>({4, i, n - 1 - i});
        QPointF sum;
        for (qsizetype k = i - reach; k <= i + reach; ++k) {
            sum += line.at(k);
        }
        out.append(sum / static_cast<double>(2 * reach + 1));
    }
    out.append(line.last());
    return out;
}

}  // namespace

QStringList PenFont::clusters(const QString& text) {
    QStringList parts;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    for (qsizetype from = 0, to = finder.toNextBoundary(); to > from; to = finder.toNextBoundary()) {
        parts.append(text.mid(from, to - from));
        from = to;
    }
    return parts;
}

const PenSign& PenFont::sign(const QString& cluster) {
    const auto known = m_signs.constFind(cluster);
    if (known != m_signs.constEnd()) {
        return known.value();
    }
    QFont font(m_family);
    font.setPixelSize(kEm);
    const QFontMetricsF metrics(font);
    PenSign sign;
    sign.advance = metrics.horizontalAdvance(cluster) / kEm;
    QImage image(static_cast<int>(sign.advance * kEm) + 2 * kMargin, 2 * kEm + 2 * kMargin,
                 QImage::Format_Grayscale8);
    image.fill(0);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        QPainterPath path;
        path.addText(kMargin, kMargin + 1.3 * kEm, font, cluster);
        painter.fillPath(path, Qt::white);
    }
    cv::Mat1b ink = cv::Mat1b(image.height(), image.width(), image.bits(),
                              static_cast<std::size_t>(image.bytesPerLine())) > 110;
    thin(ink);
    for (const QPolygonF& line : trace(ink)) {
        QPolygonF scaled;
        for (const QPointF& p : softened(line)) {
            scaled.append((p - QPointF(kMargin, kMargin + 1.3 * kEm)) / kEm);
        }
        sign.strokes.append(scaled);
    }
    return *m_signs.insert(cluster, sign);
}

}  // namespace tallydesk::synth
