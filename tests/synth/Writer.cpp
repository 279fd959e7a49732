// SPDX-License-Identifier: GPL-3.0-or-later
#include "Writer.h"

#include <QPainterPath>
#include <QPen>
#include <QTransform>

namespace tallydesk::synth {

namespace {

/// A slow wobble over the plane: what makes two letters of one hand differ.
struct Wobble {
    double phase[6];
    double size;
    Wobble(Random& random, double amount) : size(amount) {
        for (double& p : phase) {
            p = random.real(0.0, 6.28);
        }
    }
    QPointF operator()(QPointF p, double wave) const {
        const double x = p.x() / wave;
        const double y = p.y() / wave;
        return p +
               size * QPointF(std::sin(2.1 * x + 1.3 * y + phase[0]) + 0.6 * std::sin(4.7 * y - x + phase[1]),
                              std::sin(1.7 * x - 2.3 * y + phase[2]) + 0.6 * std::sin(5.1 * x + phase[3]));
    }
};

}  // namespace

Hand Hand::any(Random& random, const DigitShapes& shapes, const QStringList& families, double neatness) {
    Hand hand;
    const double loose = 1.0 - neatness;
    hand.ink = random.chance(0.75) ? QColor::fromHsv(static_cast<int>(random.whole(226, 250)), 190,
                                                     static_cast<int>(random.whole(95, 165)))
                                   : QColor(static_cast<int>(random.whole(20, 50)), 28, 38);
    hand.penWidth = random.real(2.2, 3.6);
    hand.digitHeight = random.real(24.0, 33.0);
    hand.digitWidth = random.real(0.85, 1.15);
    hand.digitGap = random.real(4.0, 9.0);
    hand.wordSize = random.real(35.0, 43.0);
    hand.wordWidth = random.real(0.85, 1.05);
    hand.slant = random.real(-0.08, 0.16 + 0.2 * loose);
    hand.shake = 0.018 + 0.03 * loose * random.unit();
    hand.drift = random.real(-0.03, 0.03) * loose;
    hand.above = random.real(2.0, 10.0);
    hand.family = random.pick(families);
    for (int digit = 0; digit < 10; ++digit) {
        const qint64 count = shapes.variants(digit).size();
        hand.digitHabit.append(
            static_cast<int>(random.chance(0.35 + 0.5 * neatness) ? 0 : random.whole(0, count - 1)));
    }
    return hand;
}

void Writer::draw(QPainter& painter, const Hand& hand, Random& random, const QPolygonF& line) {
    if (line.size() < 2) {
        return;
    }
    QPainterPath path(line.first());
    for (qsizetype i = 1; i + 1 < line.size(); ++i) {
        path.quadTo(line.at(i), 0.5 * (line.at(i) + line.at(i + 1)));
    }
    path.lineTo(line.last());
    painter.setPen(
        QPen(hand.ink, hand.penWidth * random.real(0.88, 1.12), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

double Writer::digits(QPainter& painter, const Hand& hand, Random& random, QPointF at, const QString& text) {
    double x = at.x();
    for (const QChar c : text) {
        const double height = hand.digitHeight * (1.0 + 0.07 * random.normal());
        const double y = at.y() - hand.above - (x - at.x()) * hand.drift + 1.2 * random.normal();
        if (!c.isDigit()) {
            QPolygonF dash;
            for (int i = 0; i <= 4; ++i) {
                dash.append(QPointF(x + i * 0.13 * height, y - 0.45 * height + random.normal() * 0.7));
            }
            draw(painter, hand, random, dash);
            x += 0.6 * height + hand.digitGap;
            continue;
        }
        const int digit = c.digitValue();
        const QList<DigitShape>& variants = m_shapes.variants(digit);
        const int habit = random.chance(0.9) ? hand.digitHabit.at(digit)
                                             : static_cast<int>(random.whole(0, variants.size() - 1));
        const Wobble wobble(random, hand.shake * height);
        QTransform place;
        place.translate(x, y);
        place.rotate(random.normal() * 2.5);
        place.shear(-hand.slant + 0.03 * random.normal(), 0);
        place.scale(height * hand.digitWidth * (1.0 + 0.08 * random.normal()), height);
        for (const QList<PenPoint>& stroke : variants.at(habit)) {
            QList<PenPoint> moved = stroke;
            for (PenPoint& p : moved) {
                p.at = place.map(p.at - QPointF(0, 1)) +
                       0.018 * height * QPointF(random.normal(), random.normal());
            }
            QPolygonF line = smoothed(moved);
            for (QPointF& p : line) {
                p = wobble(p, height);
            }
            draw(painter, hand, random, line);
        }
        x += (digit == 1 ? 0.5 : 0.6) * height * hand.digitWidth + hand.digitGap * random.real(0.6, 1.3);
    }
    return x;
}

double Writer::words(QPainter& painter, const Hand& hand, Random& random, QPointF at, const QString& text,
                     double room) {
    PenFont& font = m_fonts.try_emplace(hand.family, hand.family).first->second;
    const QStringList parts = PenFont::clusters(text);
    double length = 0.0;
    for (const QString& part : parts) {
        length += font.sign(part).advance * hand.wordSize * hand.wordWidth;
    }
    const double squeeze = length > room && length > 0.0 ? std::max(0.5, room / length) : 1.0;
    double x = at.x();
    for (const QString& part : parts) {
        const PenSign& sign = font.sign(part);
        const Wobble wobble(random, hand.shake * hand.wordSize * 0.8);
        QTransform place;
        place.translate(x, at.y() - hand.above - (x - at.x()) * hand.drift + 0.9 * random.normal());
        place.rotate(random.normal() * 1.8);
        place.shear(-hand.slant + 0.02 * random.normal(), 0);
        const double size =
            hand.wordSize * (1.0 + 0.035 * random.normal()) * (squeeze < 1.0 ? std::sqrt(squeeze) : 1.0);
        place.scale(size * hand.wordWidth * std::sqrt(squeeze), size);
        for (const QPolygonF& stroke : sign.strokes) {
            QPolygonF line = place.map(stroke);
            for (QPointF& p : line) {
                p = wobble(p, hand.wordSize * 0.8);
            }
            draw(painter, hand, random, line);
        }
        x += sign.advance * hand.wordSize * hand.wordWidth * squeeze * random.real(0.94, 1.04);
    }
    return x;
}

void Writer::strike(QPainter& painter, const Hand& hand, Random& random, const QRectF& over) {
    for (int line = static_cast<int>(random.whole(1, 2)); line > 0; --line) {
        const double y = over.center().y() + random.normal() * 2.5;
        draw(painter, hand, random,
             QPolygonF({QPointF(over.left() - 4, y + random.real(0, 8)),
                        QPointF(over.center().x(), y + random.normal()),
                        QPointF(over.right() + 4, y - random.real(0, 8))}));
    }
}

void Writer::tick(QPainter& painter, Random& random, QPointF at) {
    Hand pencil;
    pencil.ink = QColor(110, 112, 118, 190);
    pencil.penWidth = random.real(2.0, 3.2);
    const double height = random.real(45.0, 85.0);
    const QPointF foot(at.x() + random.normal() * 4, at.y() + random.real(6.0, 22.0));
    draw(painter, pencil, random,
         QPolygonF({foot, foot + QPointF(0.22 * height, -0.5 * height + random.normal() * 2),
                    foot + QPointF(0.5 * height, -height)}));
}

void Writer::signature(QPainter& painter, const Hand& hand, Random& random, QPointF at, double width) {
    QList<PenPoint> way;
    const int loops = static_cast<int>(random.whole(5, 11));
    for (int i = 0; i < loops; ++i) {
        way.append({QPointF(at.x() + width * (i + random.real(-0.8, 0.8)) / loops,
                            at.y() - 16 + (i % 2 ? -1.0 : 1.0) * random.real(4.0, 30.0))});
    }
    draw(painter, hand, random, smoothed(way));
    if (random.chance(0.5)) {
        draw(painter, hand, random,
             QPolygonF({at + QPointF(-8, -4), at + QPointF(width * 0.5, -14 + random.normal() * 5),
                        at + QPointF(width, -20)}));
    }
}

}  // namespace tallydesk::synth
