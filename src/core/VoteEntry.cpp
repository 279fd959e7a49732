// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/VoteEntry.h"

namespace tallydesk {

std::optional<QString> markName(Mark mark) {
    switch (mark) {
        case Mark::None:
            return std::nullopt;
        case Mark::Blank:
            return QStringLiteral("blank");
        case Mark::Dash:
            return QStringLiteral("dash");
        case Mark::Struck:
            return QStringLiteral("struck");
    }
    return std::nullopt;
}

std::optional<Mark> markFromName(const QString& name) {
    for (const Mark mark : {Mark::Blank, Mark::Dash, Mark::Struck})
        if (markName(mark) == name)
            return mark;
    return std::nullopt;
}

}  // namespace tallydesk
