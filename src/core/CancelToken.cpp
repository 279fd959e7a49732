// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/CancelToken.h"

#include <map>

namespace tallydesk {

struct CancelToken::State {
    std::mutex mutex;
    std::condition_variable changed;
    bool cancelled = false;
    quint64 nextId = 1;
    std::map<quint64, std::function<void()>> callbacks;
    // Held while callbacks run, so that dropping a handle can wait for them. Recursive, because a
    // callback may drop its own handle.
    std::recursive_mutex running;
};

CancelToken::CancelToken() : m_state(std::make_shared<State>()) {}

void CancelToken::cancel() {
    const std::lock_guard running(m_state->running);
    std::map<quint64, std::function<void()>> callbacks;
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->cancelled)
            return;
        m_state->cancelled = true;
        callbacks.swap(m_state->callbacks);
    }
    m_state->changed.notify_all();
    for (const auto& [id, callback] : callbacks)
        callback();
}

bool CancelToken::isCancelled() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->cancelled;
}

bool CancelToken::waitFor(std::chrono::milliseconds duration) const {
    std::unique_lock lock(m_state->mutex);
    return m_state->changed.wait_for(lock, duration, [this] { return m_state->cancelled; });
}

std::shared_ptr<void> CancelToken::onCancel(std::function<void()> callback) const {
    std::unique_lock lock(m_state->mutex);
    if (m_state->cancelled) {
        lock.unlock();
        callback();
        return {};
    }
    const quint64 id = m_state->nextId++;
    m_state->callbacks.emplace(id, std::move(callback));
    lock.unlock();
    return std::shared_ptr<void>(m_state.get(), [state = m_state, id](void*) {
        {
            const std::lock_guard guard(state->mutex);
            if (state->callbacks.erase(id) > 0)
                return;
        }
        const std::lock_guard waitForRunning(state->running);
    });
}

}  // namespace tallydesk
