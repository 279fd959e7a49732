// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QRect>
#include <optional>

#include "core/BallotData.h"

namespace tallydesk {

/// Where the digits and the words of a number stand on its page, in pixels at 200 dpi.
struct CellPlace {
    std::optional<QRect> digits;
    std::optional<QRect> words;
};

/// The places of all numbers by field key, each no higher than the lines of its page are apart. Readers look
/// at more than a line, so their boxes overlap; what a person is shown must name one number only. Pure; any
/// thread.
QHash<QString, CellPlace> cellPlaces(const BallotData& data);

}  // namespace tallydesk
