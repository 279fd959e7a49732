// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Studio.h"

namespace tallydesk::shots {

/// Settings with every page and its problems, consent, export, help.
void takeDialogs(Studio& studio);

}  // namespace tallydesk::shots
