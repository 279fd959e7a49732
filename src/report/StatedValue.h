// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/BallotResult.h"

namespace tallydesk {

/// The number that the product stands behind (spec: results.md, value): none in a ballot that a person called
/// unreadable, whatever was read from it.
inline std::optional<qint64> statedValue(const BallotResult& ballot, const VoteEntry& entry) {
    return ballot.status == BallotStatus::Unreadable ? std::nullopt : entry.value;
}

}  // namespace tallydesk
