// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QList>
#include <QPainter>
#include <QString>
#include <map>

#include "DigitShapes.h"
#include "PenFont.h"
#include "Random.h"

namespace tallydesk::synth {

/// How one person writes; one per ballot.
struct Hand {
    QColor ink;
    double penWidth = 2.8;      ///< pixels at 200 dpi
    double digitHeight = 27.0;  ///< pixels at 200 dpi
    double digitWidth = 0.95;   ///< of a digit, relative to its shape
    double digitGap = 6.0;
    double wordSize = 40.0;  ///< em of written Thai, pixels
    double wordWidth = 1.0;
    double slant = 0.1;     ///< shear to the right
    double shake = 0.03;    ///< unsteadiness, relative to the size
    double drift = 0.0;     ///< rise of the line, per pixel
    double above = 5.0;     ///< how far the writing floats over its dotted line
    QString family;         ///< the font whose middle lines the words follow
    QList<int> digitHabit;  ///< preferred variant of each digit

    /// `neatness` 0 (careless) to 1.
    static Hand any(Random& random, const DigitShapes& shapes, const QStringList& families, double neatness);
};

/// Writes on pages in a hand. Keeps the traced fonts. Not thread-safe.
class Writer {
public:
    const DigitShapes& shapes() const { return m_shapes; }
    /// Digits and dashes from (x, baseline); returns the x after them.
    double digits(QPainter& painter, const Hand& hand, Random& random, QPointF at, const QString& text);
    /// Thai words; squeezed when they would exceed `room` pixels. Returns the x after them.
    double words(QPainter& painter, const Hand& hand, Random& random, QPointF at, const QString& text,
                 double room);
    /// A stroke through what was written.
    void strike(QPainter& painter, const Hand& hand, Random& random, const QRectF& over);
    /// A tall pencil slash beside a number.
    void tick(QPainter& painter, Random& random, QPointF at);
    /// An illegible signature about `width` wide.
    void signature(QPainter& painter, const Hand& hand, Random& random, QPointF at, double width);

private:
    void draw(QPainter& painter, const Hand& hand, Random& random, const QPolygonF& line);

    DigitShapes m_shapes;
    std::map<QString, PenFont> m_fonts;
};

}  // namespace tallydesk::synth
