// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "Random.h"

namespace tallydesk::synth {

/// Invented people and places; any likeness is chance.
QString personName(Random& random);
QString partyName(Random& random);
QString provinceName(Random& random);
QString districtName(Random& random);
QString subdistrictName(Random& random);
QString placeName(Random& random);

}  // namespace tallydesk::synth
