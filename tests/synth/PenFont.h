// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QPolygonF>
#include <QString>

namespace tallydesk::synth {

/// One written sign (a Thai consonant with its marks): the middle lines of its strokes, in ems, with the
/// baseline at y = 0, and how far the pen moves on.
struct PenSign {
    QList<QPolygonF> strokes;
    double advance = 0.0;
};

/// Turns the outlines of printed fonts into pen strokes: a ballpoint pen draws lines of one width, which
/// no outline font does. Signs are kept once traced. Not thread-safe.
class PenFont {
public:
    explicit PenFont(QString family) : m_family(std::move(family)) {}
    const PenSign& sign(const QString& cluster);
    /// A text as its signs (grapheme clusters).
    static QStringList clusters(const QString& text);

private:
    QString m_family;
    QHash<QString, PenSign> m_signs;
};

}  // namespace tallydesk::synth
