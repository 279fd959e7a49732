// SPDX-License-Identifier: GPL-3.0-or-later
// How a run deals with the service as a whole: slots, pauses, quotas, outages, the pace it bears, what it
// costs. In worker threads.
#include <algorithm>

#include "batch/BatchRun.h"

namespace tallydesk {

using std::chrono::milliseconds;

// Identical requests follow each other, so that the later ones find the answer of the first.
std::optional<int> BatchRun::takeReady() {
    const auto next = std::find_if(m_ready.begin(), m_ready.end(), [this](int index) {
        return !m_underWay.contains(at(index).prepared->requestName);
    });
    if (next == m_ready.end())
        return std::nullopt;
    const int index = *next;
    m_ready.erase(next);
    if (const QString name = at(index).prepared->requestName; !name.isEmpty())
        m_underWay.insert(name);
    return index;
}

// True when the attempt may be made (also by a reader on the device, which needs no slot); else the ballot is
// settled.
bool BatchRun::takeSlot(int index, std::optional<RateSlot>& slot) {
    const bool taken = !usesService(index) || waitForSlot(slot);
    leaveGate(index);
    if (taken && !tokenOf(index).isCancelled())
        return true;
    slot.reset();
    cancelled(index);
    return false;
}

bool BatchRun::waitForSlot(std::optional<RateSlot>& slot) {
    slot.emplace(m_tools.limiter, m_gate, m_tools.options.quotaPatience);
    if (slot->outcome() == Acquisition::QuotaReached) {
        if (m_tools.options.onQuota == OnQuota::Stop) {
            finishEarly({QStringLiteral("batch.quota_reached"), {}, QStringLiteral("own window")});
        } else {
            tellQuotaPause();
            slot.emplace(m_tools.limiter, m_gate);
        }
    }
    return slot->outcome() == Acquisition::Acquired;
}

void BatchRun::leaveGate(int index) {
    const std::lock_guard lock(m_mutex);
    if (!at(index).atGate)
        return;
    at(index).atGate = false;
    --m_atGate;
    // There is room at the gate for the next.
    m_wake = true;
    m_changed.notify_all();
}

void BatchRun::tellQuotaPause() {
    const auto next = m_tools.limiter.nextSlot();
    if (!next)
        return;
    {
        // Every worker comes here; the user hears of it once.
        const std::lock_guard lock(m_mutex);
        if (m_quotaTold && *m_quotaTold >= *next)
            return;
        m_quotaTold = *next;
    }
    const auto wait = std::chrono::duration_cast<milliseconds>(*next - m_tools.clock.now());
    tell([&](BatchProgress& progress) {
        progress.paused({QStringLiteral("batch.quota_reached"), {}, {}},
                        m_tools.clock.utcNow().addMSecs(wait.count()));
    });
}

bool BatchRun::asksTooLongAWait(const ReadFailure& failure) const {
    return m_tools.options.onQuota == OnQuota::Stop && failure.reach == FailureReach::Retry &&
           failure.retryAfter && *failure.retryAfter > m_tools.options.quotaPatience;
}

// True when the service's wait is so long that the batch ends.
bool BatchRun::heedServicePause(const ReadFailure& failure) {
    if (!failure.retryAfter || failure.reach != FailureReach::Retry)
        return false;
    const bool isQuota = failure.error.code == QLatin1String("service.rate_limited") ||
                         failure.error.code == QLatin1String("service.credit_used_up");
    if (asksTooLongAWait(failure) && (isQuota || failure.pausesAll)) {
        // A service that is down for hours has no quota that somebody could raise.
        finishEarly(isQuota ? Error{QStringLiteral("batch.quota_reached"),
                                    {},
                                    failure.error.code + QStringLiteral(": ") + failure.error.detail}
                            : failure.error);
        return true;
    }
    if (failure.pausesAll) {
        m_tools.limiter.pauseFor(*failure.retryAfter);
        const QDateTime until = m_tools.clock.utcNow().addMSecs(failure.retryAfter->count());
        tell([&](BatchProgress& progress) { progress.paused(failure.error, until); });
    }
    return false;
}

void BatchRun::learn(const ReadAttempt& outcome, Clock::TimePoint sent, bool wasProbe) {
    addUsage(outcome.usage);
    const std::optional<ReadFailure>& failure = outcome.failure;
    if (failure && failure->reach == FailureReach::Cancelled)
        return;
    const Clock::TimePoint now = m_tools.clock.now();
    std::optional<double> share;
    OutageWatch::Advice advice = OutageWatch::Advice::GoOn;
    {
        const std::lock_guard lock(m_learning);
        const bool isGone = failure && OutageWatch::concernsEverybody(*failure);
        advice = isGone ? m_outage.failed(wasProbe, now) : m_outage.answered();
        if (advice == OutageWatch::Advice::Probe)
            m_tools.limiter.probeAfter(m_outage.wait());
        else if (advice == OutageWatch::Advice::Resume || (wasProbe && !m_outage.isOut()))
            m_tools.limiter.endProbing();
        if (failure && failure->httpStatus == 429)
            share = m_pace.refused(sent, now, failure->retryAfter.has_value());
        else if (!failure)
            share = m_pace.letThrough();
        if (share)
            m_tools.limiter.setShare(*share);
    }
    if (share)
        tell([&](BatchProgress& progress) { progress.paceChanged(m_tools.limiter.pace()); });
    heedOutage(advice, outcome);
}

void BatchRun::heedOutage(OutageWatch::Advice advice, const ReadAttempt& outcome) {
    switch (advice) {
        case OutageWatch::Advice::Probe: {
            const QDateTime until = m_tools.clock.utcNow().addMSecs(m_outage.wait().count());
            const Error reason{QStringLiteral("batch.service_away"), {}, outcome.failure->error.code};
            tell([&](BatchProgress& progress) { progress.paused(reason, until); });
            break;
        }
        case OutageWatch::Advice::Resume:
            tell([](BatchProgress& progress) { progress.resumed(); });
            break;
        case OutageWatch::Advice::GiveUp:
            stop(outcome.failure->error);
            break;
        case OutageWatch::Advice::GoOn:
            break;
    }
}

void BatchRun::addUsage(const ServiceUsage& usage) {
    if (usage == ServiceUsage())
        return;
    ServiceUsage sum;
    {
        const std::lock_guard lock(m_mutex);
        m_usage += usage;
        sum = m_usage;
    }
    tell([&](BatchProgress& progress) { progress.spent(sum); });
}

void BatchRun::stop(Error cause) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopped)
            m_stopped = std::move(cause);
    }
    CancelToken(m_cancel).cancel();
}

void BatchRun::finishEarly(Error cause) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopped)
            m_stopped = std::move(cause);
    }
    CancelToken(m_gate).cancel();
}

}  // namespace tallydesk
