// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tallydesk {

/// The one thread in which a project's connection lives (Qt's connections are bound to their thread).
/// run() hands it work and waits for the end; callers in many threads take turns. The hand-over is the
/// standard library's: the thread sanitizer can't look into Qt's. Thread-safe.
class StoreThread {
public:
    StoreThread();
    ~StoreThread();
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;

    /// Must not be called from inside `work`.
    void run(const std::function<void()>& work);

private:
    void serve();

    // Held by the caller whose turn it is.
    std::mutex m_turn;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    // Guarded by m_mutex.
    const std::function<void()>* m_work = nullptr;
    bool m_ends = false;
    // Last, so that it starts when all else is there.
    std::thread m_thread;
};

}  // namespace tallydesk
