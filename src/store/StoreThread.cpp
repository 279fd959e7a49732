// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/StoreThread.h"

namespace tallydesk {

StoreThread::StoreThread() : m_thread([this] { serve(); }) {}

StoreThread::~StoreThread() {
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void StoreThread::run(const std::function<void()>& work) {
    const std::lock_guard turn(m_turn);
    std::unique_lock lock(m_mutex);
    m_work = &work;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_work == nullptr; });
}

void StoreThread::serve() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_work != nullptr || m_ends; });
        if (!m_work)
            return;
        const std::function<void()>* work = m_work;
        lock.unlock();
        (*work)();
        lock.lock();
        m_work = nullptr;
        m_changed.notify_all();
    }
}

}  // namespace tallydesk
