// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "cli/CommandLine.h"
#include "core/BallotReader.h"
#include "core/Error.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// Makes the reader that the options name, with its key from OPENROUTER_API_KEY or the keychain. Errors are
/// those of the reader and of the keychain. Main thread.
Expected<std::unique_ptr<BallotReader>> makeReader(const ReadOptions& options, const FormCatalog& forms);

}  // namespace tallydesk
