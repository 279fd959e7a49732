// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/CommandLine.h"
#include "core/Error.h"
#include "readers/ReaderFactory.h"

namespace tallydesk {

/// The reader that the options name. The service's key comes from OPENROUTER_API_KEY or the keychain, which
/// is asked only for the AI reader; errors are those of KeyResolver. Main thread.
Expected<ReaderChoice> chosenReader(const ReadOptions& options);

}  // namespace tallydesk
