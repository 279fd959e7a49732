// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <chrono>
#include <optional>

#include "core/BallotReader.h"
#include "net/HttpClient.h"

namespace tallydesk {

/// What an exchange with the AI service means for the ballot and the batch, by the table of openrouter.md.
/// Pure functions; any thread. The service's own status and message stand in Error.args and .detail, with
/// anything that looks like a key blotted out.
namespace ServiceFailure {

/// nullopt when the reply arrived whole with status 200 (its body may still hold a failure: embedded()).
/// `hadResponseFormat`: the request asked for structured output, so that its first 400 or 404, or a 422 that
/// refuses the format, is sent once more without it (RetryNow). `now`: wall-clock time in UTC, for dates in
/// headers of a reply that does not say what time it is for the service.
std::optional<ReadFailure> classify(const HttpReply& reply, bool hadResponseFormat, const QDateTime& now);

/// The reply (400, 404 or 422) says that it is structured output which the service or model does not do, and
/// not just that something was wrong with this one request.
bool refusesResponseFormat(const HttpReply& reply);

/// An error object inside a 200 (top level or choices[0].error): worth another attempt.
ReadFailure embedded(const QJsonObject& error);

/// How long the service asks to wait: Retry-After (seconds or HTTP date), else X-RateLimit-Reset (epoch
/// milliseconds) on a 429. Moments are measured against the reply's own Date, else against `now`. Never
/// negative.
std::optional<std::chrono::milliseconds> retryAfter(const HttpReply& reply, const QDateTime& now);

}  // namespace ServiceFailure

}  // namespace tallydesk
