// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <chrono>
#include <memory>
#include <optional>

#include "core/BallotData.h"
#include "core/BallotScan.h"
#include "core/CancelToken.h"
#include "core/Error.h"

namespace tallydesk {

/// One page of a ballot as opened: upright, 200 dpi for PDF pages, an image's own pixels otherwise.
struct PageImage {
    QImage image;
    /// As in BallotScan::pageNumbers.
    int number = 1;
    /// Pixels of the upright page at 200 dpi per pixel of `image` (1.0 for PDF pages).
    double scaleTo200Dpi = 1.0;
};

/// Opens the pages of a ballot. Implementations are thread-safe; called in worker threads.
class PageLoader {
public:
    virtual ~PageLoader() = default;
    /// All pages of `scan`, upright, in its order; or why they can't be opened ("cancelled" when cancelled).
    virtual Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken& cancel) const = 0;
};

/// What one attempt's failure means for the ballot and for the batch (spec: openrouter.md).
enum class FailureReach {
    Retry,      ///< passing: try again after a pause, while attempts are left
    RetryNow,   ///< try once more at once in another way; costs a slot, but no attempt
    Ballot,     ///< this ballot fails, others go on
    Batch,      ///< concerns every ballot: stop the batch
    Cancelled,  ///< the token was cancelled
};

/// Why one attempt did not yield data.
struct ReadFailure {
    Error error;
    FailureReach reach = FailureReach::Ballot;
    /// Of an HTTP answer; 0 without one.
    int httpStatus = 0;
    /// How long the service asks to wait, when it says so.
    std::optional<std::chrono::milliseconds> retryAfter;
    /// The wait concerns every request (429, 503 with Retry-After), not this ballot alone.
    bool pausesAll = false;
};

/// What a service says that its answers cost, and what went to it; also a sum over many.
struct ServiceUsage {
    qint64 requests = 0;
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    /// In US dollars.
    double cost = 0;
    qint64 bytesSent = 0;

    ServiceUsage& operator+=(const ServiceUsage& other);
    bool operator==(const ServiceUsage&) const = default;
};

/// The outcome of one attempt: data or a failure, and the raw answer where there was one. Data with a failure
/// that reaches the batch: the ballot has been read, and then the batch stops.
struct ReadAttempt {
    std::optional<BallotData> data;
    std::optional<ReadFailure> failure;
    /// The service's answer as it came (empty for the on-device reader); kept in the project file.
    QByteArray rawAnswer;
    /// All zero where nothing was sent.
    ServiceUsage usage = {};

    static ReadAttempt success(BallotData data, QByteArray raw = {});
    static ReadAttempt failed(ReadFailure failure, QByteArray raw = {});
};

/// What attempts at a ballot taught its reader about how to ask. Small, unlike the pages.
class AttemptLessons {
public:
    virtual ~AttemptLessons() = default;
};

/// A ballot whose pages a reader has made ready, so that an attempt only has to send or compute.
/// Readers derive from it to keep what they need; it owns its data and holds no page longer than needed.
class PreparedBallot {
public:
    virtual ~PreparedBallot() = default;
    /// Null where the reader learns nothing. Whoever lets the pages go keeps this, and gives it to what the
    /// same reader prepares anew.
    std::shared_ptr<AttemptLessons> lessons;
    /// Ballots of one reader with the same name make the same request, and recall() knows the answer as soon
    /// as one of them has it. Empty where nothing is recalled.
    QString requestName;
};

/// Reads one ballot: pages in, BallotData or a typed error out. Implementations are thread-safe and give
/// the same answer for the same pages whichever thread calls. Called in worker threads; may block, but
/// return within a second of the token's cancel.
class BallotReader {
public:
    virtual ~BallotReader() = default;

    /// As results.md names it: "on-device" or "ai:<model>".
    virtual QString id() const = 0;
    /// True when each attempt leaves the machine and so must pass the gate.
    virtual bool usesService() const = 0;
    /// The image work of a ballot, before its slot is taken.
    virtual Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan,
                                                              const QList<PageImage>& pages,
                                                              const CancelToken& cancel) = 0;
    /// What this very request was answered before, so that it need not be sent; nullopt when nothing usable
    /// is known. Costs no slot and no attempt.
    virtual std::optional<ReadAttempt> recall(const PreparedBallot& ballot) {
        Q_UNUSED(ballot)
        return std::nullopt;
    }
    /// One attempt, from 1. Never throws on purpose; the batch survives it all the same.
    virtual ReadAttempt attempt(const PreparedBallot& ballot, int attemptNumber,
                                const CancelToken& cancel) = 0;
};

}  // namespace tallydesk
