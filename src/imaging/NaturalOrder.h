// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace tallydesk {

/// Compares paths as a person would sort them: folder by folder, runs of digits (also Thai ones) by value,
/// so that name-2 comes before name-10. Total and independent of the locale. Negative, 0 or positive.
int compareNaturally(QStringView a, QStringView b);

}  // namespace tallydesk
