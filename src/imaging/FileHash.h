// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/CancelToken.h"
#include "core/Error.h"

namespace tallydesk {

/// Lower-case hex SHA-256 of a file, read in pieces. Errors: "intake.file_missing",
/// "intake.file_unreadable", "cancelled". Any thread.
Expected<QString> hashFile(const QString& path, const CancelToken& cancel);

}  // namespace tallydesk
