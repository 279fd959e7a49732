// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotResult.h"

#include <array>
#include <utility>

namespace tallydesk {

namespace {
const std::array<std::pair<BallotStatus, const char*>, 6> kStatusNames{{
    {BallotStatus::Accepted, "accepted"},
    {BallotStatus::NeedsReview, "needs_review"},
    {BallotStatus::Reviewed, "reviewed"},
    {BallotStatus::Unreadable, "unreadable"},
    {BallotStatus::Failed, "failed"},
    {BallotStatus::Cancelled, "cancelled"},
}};
}  // namespace

QString statusName(BallotStatus status) {
    for (const auto& [value, name] : kStatusNames)
        if (value == status)
            return QLatin1String(name);
    return {};
}

std::optional<BallotStatus> statusFromName(const QString& name) {
    for (const auto& [value, text] : kStatusNames)
        if (name == QLatin1String(text))
            return value;
    return std::nullopt;
}

bool isSettledByPerson(BallotStatus status) {
    return status == BallotStatus::Reviewed || status == BallotStatus::Unreadable;
}

bool hasResult(BallotStatus status) {
    return status != BallotStatus::Failed && status != BallotStatus::Cancelled;
}

}  // namespace tallydesk
