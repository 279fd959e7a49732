// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

#include "gui/BallotItem.h"
#include "gui/Theme.h"

namespace tallydesk {

/// The signs of a ballot's state. Each has a shape of its own, so that no state rests on colour alone.
enum class Sign { Accepted, Settled, AsWritten, NeedsReview, Failed, Reading, Retry, Waiting, Skipped };

/// Icons in a theme's colours, sharp at every scale. Stateless; GUI thread.
namespace Icons {

/// An icon of resources/icons/actions by file name without ending ("edit-undo"); null for an unknown one.
/// `colour` replaces the theme's text colour.
QIcon action(const QString& name, const Theme& theme, const QColor& colour = {});
/// The sign in its own colour.
QIcon sign(Sign sign, const Theme& theme);
/// The sign of a ballot's outcome, and of what a run does with it.
QIcon status(BallotStatus status, const Theme& theme);
QIcon run(RunState state, const Theme& theme);

Sign signOf(BallotStatus status);
/// Of a ballot as shown: what a run does with it comes before its last outcome.
Sign signOf(const BallotItem& item);
QColor signColour(Sign sign, const Theme& theme);
/// The ground of a chip with this sign.
QColor signTint(Sign sign, const Theme& theme);

}  // namespace Icons

}  // namespace tallydesk
