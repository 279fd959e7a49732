// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/Clock.h"

namespace tallydesk {

/// A clock that stands still until a test moves it; whoever sleeps on it is woken by every move.
/// Thread-safe.
class FakeClock final : public Clock {
public:
    TimePoint now() const override {
        const std::lock_guard lock(m_state->mutex);
        return m_state->now;
    }
    QDateTime utcNow() const override {
        const std::lock_guard lock(m_state->mutex);
        return m_state->utc;
    }
    std::shared_ptr<void> onJump(std::function<void()> callback) const override {
        const std::lock_guard lock(m_state->mutex);
        const int id = m_state->nextId++;
        m_state->callbacks[id] = std::move(callback);
        return std::shared_ptr<void>(m_state.get(), [state = m_state, id](void*) {
            const std::lock_guard running(state->running);
            const std::lock_guard guard(state->mutex);
            state->callbacks.erase(id);
        });
    }

    /// Both clocks go on by `duration`.
    void advance(Duration duration) {
        {
            const std::lock_guard lock(m_state->mutex);
            m_state->now += duration;
            m_state->utc = m_state->utc.addMSecs(
                std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
        }
        tell();
    }
    /// Somebody sets the computer's date; steady time does not notice.
    void setWallClock(const QDateTime& utc) {
        {
            const std::lock_guard lock(m_state->mutex);
            m_state->utc = utc;
        }
        tell();
    }

private:
    struct State {
        std::mutex mutex;
        // Held while callbacks run, so that dropping a handle waits for them.
        std::recursive_mutex running;
        TimePoint now{std::chrono::hours(1000)};
        QDateTime utc{QDate(2026, 2, 9), QTime(8, 0), Qt::UTC};
        std::map<int, std::function<void()>> callbacks;
        int nextId = 0;
    };

    void tell() {
        const std::lock_guard running(m_state->running);
        std::map<int, std::function<void()>> callbacks;
        {
            const std::lock_guard lock(m_state->mutex);
            callbacks = m_state->callbacks;
        }
        for (const auto& [id, callback] : callbacks)
            callback();
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

}  // namespace tallydesk
