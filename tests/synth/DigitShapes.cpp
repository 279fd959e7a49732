// SPDX-License-Identifier: GPL-3.0-or-later
#include "DigitShapes.h"

#include <QStringList>

namespace tallydesk::synth {

namespace {

/// "x,y x,y! ; x,y": points in hundredths, "!" a corner, ";" lifts the pen.
DigitShape parse(const QString& text) {
    DigitShape shape;
    for (const QString& stroke : text.split(u';')) {
        QList<PenPoint> points;
        for (QString word : stroke.split(u' ', Qt::SkipEmptyParts)) {
            const bool corner = word.endsWith(u'!');
            if (corner) {
                word.chop(1);
            }
            const QStringList xy = word.split(u',');
            points.append({QPointF(xy.at(0).toDouble() / 100.0, xy.at(1).toDouble() / 100.0), corner});
        }
        shape.append(points);
    }
    return shape;
}

}  // namespace

DigitShapes::DigitShapes() {
    // The first variant of a digit is the commonest. No variant is another digit's shape: a writer whose 4 is
    // a 9 writes forms that contradict themselves.
    const QList<QStringList> texts = {
        {QStringLiteral("32,2 10,20 4,55 14,90 34,98 54,80 58,45 48,12 30,2"),
         QStringLiteral("46,10 22,4 6,40 8,80 28,99 50,84 58,45 46,12 28,1"),
         QStringLiteral("30,4 8,28 6,66 26,97 50,84 57,44 42,8 26,3 16,12"),
         QStringLiteral("34,4 8,28 6,72 30,98 56,70 54,24 34,4 22,16 30,32 46,22")},
        {QStringLiteral("30,0 28,100"), QStringLiteral("10,26 31,2! 30,100"),
         QStringLiteral("10,26 31,2! 30,97;8,98 54,96"), QStringLiteral("12,22 31,3! 29,94! 50,84"),
         QStringLiteral("36,0 24,100")},
        {QStringLiteral("6,24 20,3 46,8 50,32 30,64 4,97! 58,95"),
         QStringLiteral("8,22 24,2 48,12 46,40 22,76 6,94 4,80 18,82 40,98 60,88"),
         QStringLiteral("8,16 32,1 52,18 44,46 6,96! 34,92 58,97")},
        {QStringLiteral("6,12 30,0 50,16 40,40 22,47! 48,54 56,78 34,99 6,90"),
         QStringLiteral("6,4 52,4! 24,42! 50,56 52,84 28,100 4,90"),
         QStringLiteral("8,14 28,1 48,14 42,38 24,46 28,50 52,60 52,86 28,100 6,86")},
        {QStringLiteral("20,2 6,58! 58,58;42,18 40,100"), QStringLiteral("44,100 44,2! 4,64! 60,63"),
         QStringLiteral("8,4 8,40 20,54 46,48;48,2 44,100"), QStringLiteral("6,66 40,3! 42,100;4,67 60,64"),
         QStringLiteral("54,100 30,0! 6,74! 58,66")},
        {QStringLiteral("14,4 10,44! 34,36 54,58 44,92 10,96;14,4 54,2"),
         QStringLiteral("52,4 18,6! 12,42! 36,38 54,60 44,92 8,95"),
         QStringLiteral("52,4 20,6 11,32 30,46 52,62 44,94 8,96")},
        {QStringLiteral("46,2 18,28 6,66 20,98 48,90 50,64 30,54 10,72"),
         QStringLiteral("14,0 8,60 14,96 40,98 52,76 36,56 12,68"),
         QStringLiteral("38,0 14,36 8,72 22,98 46,94 50,72 34,60 14,74")},
        {QStringLiteral("4,6 54,4! 24,100"), QStringLiteral("4,6 54,4! 24,100;12,52 50,48"),
         QStringLiteral("6,24 8,5! 56,6 36,52 26,100"),
         QStringLiteral("6,22 8,5! 55,5 32,60 22,100;14,52 52,50")},
        {QStringLiteral("50,14 28,0 8,18 26,44 52,72 34,99 8,84 22,54 46,30 50,12"),
         QStringLiteral("30,1 11,22 30,46 50,22 30,1;30,46 5,74 30,99 57,74 30,46"),
         QStringLiteral("28,46 10,24 28,2 48,20 30,46 8,74 28,99 52,80 34,50")},
        {QStringLiteral("48,20 26,2 6,24 20,48 44,36 50,14! 46,60 38,100"),
         QStringLiteral("50,26 28,4 8,22 18,48 46,34 50,6! 48,100"),
         QStringLiteral("50,24 26,2 5,28 17,53 46,36 53,16 54,62 32,98 10,92")}};
    for (const QStringList& digit : texts) {
        QList<DigitShape> shapes;
        for (const QString& text : digit) {
            shapes.append(parse(text));
        }
        m_variants.append(shapes);
    }
}

QPolygonF smoothed(const QList<PenPoint>& points, int stepsPerSegment) {
    QPolygonF line;
    const qsizetype n = points.size();
    for (qsizetype i = 0; i + 1 < n; ++i) {
        const QPointF p1 = points.at(i).at;
        const QPointF p2 = points.at(i + 1).at;
        const QPointF p0 = i == 0 || points.at(i).corner ? p1 : points.at(i - 1).at;
        const QPointF p3 = i + 2 >= n || points.at(i + 1).corner ? p2 : points.at(i + 2).at;
        for (int s = 0; s < stepsPerSegment; ++s) {
            const double t = static_cast<double>(s) / stepsPerSegment;
            line.append(0.5 * ((2 * p1) + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t +
                               (3 * p1 - p0 - 3 * p2 + p3) * t * t * t));
        }
    }
    line.append(points.last().at);
    return line;
}

}  // namespace tallydesk::synth
