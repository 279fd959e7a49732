// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/FormTemplate.h"

namespace tallydesk {

/// One of the provinces, with its official number ("54") and the election commission's letters ("PRE").
/// A plain value: any thread.
struct Province {
    QString code;
    QString letters;
    Label name;

    bool operator==(const Province&) const = default;
};

/// The 77 provinces that ship in the program's resources (provinces-th.json), in order of code. Any thread.
QList<Province> builtInProvinces();

}  // namespace tallydesk
