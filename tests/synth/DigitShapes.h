// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPolygonF>

namespace tallydesk::synth {

/// One point on the way of the pen; a corner stops the curve from being rounded there.
struct PenPoint {
    QPointF at;
    bool corner = false;
};

/// One digit as a pen writes it: strokes through points of a box 0.6 wide and 1.0 high, y downwards.
using DigitShape = QList<QList<PenPoint>>;

/// The ways in which people write each digit (index 0 to 9): 4 open, closed, like u; 7 with a bar or
/// without; 0 with a loop; and so on. Read-only; any thread.
class DigitShapes {
public:
    DigitShapes();
    const QList<DigitShape>& variants(int digit) const { return m_variants.at(digit); }

private:
    QList<QList<DigitShape>> m_variants;
};

/// The curve through the points (Catmull-Rom, broken at corners), as a polyline.
QPolygonF smoothed(const QList<PenPoint>& points, int stepsPerSegment = 7);

}  // namespace tallydesk::synth
