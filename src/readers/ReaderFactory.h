// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/AnswerStore.h"
#include "core/BallotReader.h"
#include "core/Error.h"
#include "core/FormTemplate.h"
#include "core/SecretKey.h"
#include "net/HttpClient.h"
#include "readers/ai/ServiceSettings.h"

namespace tallydesk {

enum class ReaderKind { OnDevice, Ai };

/// Which reader to make. Service and key matter to the AI reader only. A plain value.
struct ReaderChoice {
    ReaderKind kind = ReaderKind::OnDevice;
    ServiceSettings service;
    SecretKey key;
    /// Where answers are kept and looked up; may be null, and outlives the reader.
    AnswerStore* answers = nullptr;
};

/// BallotReader::id() of the reader that the choice names, without making it.
QString readerId(const ReaderChoice& choice);

/// A reader and what it borrows, in the order of their lives. A move-only value.
struct ReaderSet {
    std::unique_ptr<HttpClient> http;
    std::shared_ptr<BallotReader> reader;
};

/// Makes the reader that the choice names. Errors are those of OnDeviceModels::load() and
/// AiReader::create(). Any thread; loading the on-device models takes a moment.
Expected<ReaderSet> makeReader(const ReaderChoice& choice, const FormCatalog& forms);

}  // namespace tallydesk
