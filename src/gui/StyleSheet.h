// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "gui/Theme.h"

namespace tallydesk {

/// The style sheet of the whole window in a theme's colours and the text sizes of QLocale(). Any thread.
QString styleSheet(const Theme& theme);

}  // namespace tallydesk
