// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>

#include "Content.h"
#include "FormSheet.h"
#include "Writer.h"
#include "core/Error.h"

namespace tallydesk::synth {

struct DrawOptions {
    /// 0 clean print and neat hand, 1 mild office scan, 2 as phones and old scanners do it, 3 hard.
    int difficulty = 1;
    std::optional<Contradiction> contradiction;
    QMap<QString, QString> header;
    /// Single pages may lie on their side or upside down.
    bool turnedPages = false;
};

/// A ballot as scanned, and what stands on it. Pages are RGB32 at 200 dpi.
struct DrawnBallot {
    QList<QImage> pages;
    BallotContent content;
};

/// Draws ballots; keeps traced handwriting between them, so one painter for many ballots is much faster.
/// Needs a QGuiApplication (offscreen will do). The same seed gives the same pixels. Not thread-safe:
/// one painter per thread.
class BallotPainter {
public:
    /// The Thai fonts that a drawing needs and this machine lacks; empty when all are there.
    static QStringList missingFonts();

    DrawnBallot draw(const FormTemplate& form, quint64 seed, const DrawOptions& options = {});

private:
    void write(PrintedPage& page, const BallotContent& content, const Hand& hand, Random& random);

    Writer m_writer;
};

/// One ballot with a painter of its own, for tests that need few.
DrawnBallot drawBallot(const FormTemplate& form, quint64 seed, const DrawOptions& options = {});

}  // namespace tallydesk::synth
