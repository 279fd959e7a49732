// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "Random.h"

namespace tallydesk::synth {

/// What one device does to every page of a ballot; each page then gets its own share of it.
struct ScanStyle {
    double skew = 0.0;         ///< degrees, deviation
    double perspective = 0.0;  ///< pixels by which corners wander
    double curl = 0.0;         ///< pixels by which lines bend
    double noise = 0.0;        ///< grey levels
    double blur = 0.0;         ///< sigma in pixels
    double shade = 0.0;        ///< darkening towards an edge, 0 to 1
    double showThrough = 0.0;  ///< 0 to 1
    double contrast = 1.0;
    int folds = 0;
    int specks = 0;
    bool patch = false;
    bool footer = false;
    bool borders = false;
    bool cutTop = false;
    bool grey = false;
    bool blackWhite = false;

    /// What happens at a difficulty of 0 (nothing) to 3.
    static ScanStyle any(Random& random, int difficulty);
    /// One page as this device sees it; `behind` is the page whose ink shows through.
    QImage scan(const QImage& page, const QImage& behind, Random& random) const;
};

}  // namespace tallydesk::synth
