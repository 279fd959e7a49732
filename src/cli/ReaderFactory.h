// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "cli/CommandLine.h"
#include "core/BallotReader.h"
#include "core/Error.h"
#include "core/FormTemplate.h"
#include "net/HttpClient.h"

namespace tallydesk {

/// A reader and what it borrows, in the order of their lives. A move-only value.
struct ReaderSet {
    std::unique_ptr<HttpClient> http;
    std::shared_ptr<BallotReader> reader;
};

/// Makes the reader that the options name; the service's key comes from OPENROUTER_API_KEY or the keychain.
/// Errors are those of the reader and of the keychain. Main thread.
Expected<ReaderSet> makeReader(const ReadOptions& options, const FormCatalog& forms);

}  // namespace tallydesk
