// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/RetryPolicy.h"

#include <algorithm>
#include <cmath>

namespace tallydesk {

RetryPolicy::RetryPolicy(RetryOptions options) : m_options(options) {
    m_options.attempts = std::max(1, m_options.attempts);
    m_options.backoffMin = std::max(std::chrono::milliseconds(0), m_options.backoffMin);
    m_options.backoffMax = std::max(m_options.backoffMin, m_options.backoffMax);
}

RetryDecision RetryPolicy::decide(int attempt, const ReadFailure& failure, double jitter,
                                  int immediateRetries) const {
    using Action = RetryDecision::Action;
    switch (failure.reach) {
        case FailureReach::Cancelled:
            return {Action::Cancelled};
        case FailureReach::Batch:
            return {Action::StopBatch};
        case FailureReach::Ballot:
            return {Action::FailBallot};
        case FailureReach::RetryNow:
            if (immediateRetries < m_options.immediateRetries)
                return {Action::RetryNow};
            return {Action::FailBallot};
        case FailureReach::Retry:
            break;
    }
    if (attempt >= m_options.attempts)
        return {Action::FailBallot};
    if (failure.retryAfter && *failure.retryAfter >= m_options.backoffMin)
        return {Action::Retry, *failure.retryAfter};
    return {Action::Retry, backoff(attempt, jitter)};
}

std::chrono::milliseconds RetryPolicy::backoff(int attempt, double jitter) const {
    const double least = static_cast<double>(m_options.backoffMin.count());
    const double most = static_cast<double>(m_options.backoffMax.count());
    const double top = std::min(most, least * std::exp2(std::clamp(attempt, 1, 60)));
    const double low = std::max(least, top / 2);
    const double share = std::isfinite(jitter) ? std::clamp(jitter, 0.0, 1.0) : 0.0;
    return std::chrono::milliseconds(static_cast<qint64>(low + share * (top - low)));
}

}  // namespace tallydesk
