// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/OutageWatch.h"

#include <algorithm>

namespace tallydesk {

OutageWatch::OutageWatch(OutageOptions options) : m_options(options) {}

bool OutageWatch::concernsEverybody(const ReadFailure& failure) {
    static const QStringList everybodys{QStringLiteral("network.connection"),
                                        QStringLiteral("network.host_not_found"),
                                        QStringLiteral("network.tls"), QStringLiteral("service.unavailable")};
    if (everybodys.contains(failure.error.code))
        return true;
    // Silence after a status line is that answer's own trouble; silence instead of one is a dead line.
    return failure.httpStatus == 0 && (failure.error.code == QLatin1String("network.timeout") ||
                                       failure.error.code == QLatin1String("network.idle"));
}

OutageWatch::Advice OutageWatch::failed(bool isProbe, Clock::TimePoint now) {
    const std::lock_guard lock(m_mutex);
    if (!m_outSince) {
        if (++m_inARow < m_options.failuresInARow)
            return Advice::GoOn;
        m_outSince = now;
        m_wait = m_options.firstProbe;
        return Advice::Probe;
    }
    // What left before the outage was noticed says nothing new.
    if (!isProbe)
        return Advice::GoOn;
    if (now - *m_outSince >= (m_hasAnswered ? m_options.patience : m_options.patienceUnproven))
        return Advice::GiveUp;
    m_wait = std::min(2 * m_wait, std::max(m_options.firstProbe, m_options.longestProbe));
    return Advice::Probe;
}

OutageWatch::Advice OutageWatch::answered() {
    const std::lock_guard lock(m_mutex);
    m_inARow = 0;
    m_hasAnswered = true;
    if (!m_outSince)
        return Advice::GoOn;
    m_outSince.reset();
    return Advice::Resume;
}

bool OutageWatch::isOut() const {
    const std::lock_guard lock(m_mutex);
    return m_outSince.has_value();
}

std::chrono::milliseconds OutageWatch::wait() const {
    const std::lock_guard lock(m_mutex);
    return m_wait;
}

}  // namespace tallydesk
