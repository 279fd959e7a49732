// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>
#include <functional>

namespace tallydesk {

/// The one thread in which a project's connection lives (Qt's connections are bound to their thread).
/// run() hands it work and waits for the end; callers in many threads take turns. Thread-safe.
class StoreThread {
public:
    StoreThread();
    ~StoreThread();
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;

    /// Must not be called from inside `work`.
    void run(const std::function<void()>& work);

private:
    QThread m_thread;
    QObject* m_context;
};

}  // namespace tallydesk
