// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ScanFinder.h"

#include <QThread>
#include <atomic>
#include <utility>

namespace tallydesk {

namespace {

// Faster than the eye follows would only cost time.
constexpr int kProgressIntervalMs = 100;

}  // namespace

/// Where intake's threads leave how far they are.
struct ScanFinder::Observer final : IntakeObserver {
    std::atomic<int> files{0};
    std::atomic<int> done{0};
    std::atomic<int> total{0};

    void filesFound(int count) override { files = count; }
    void fileDone(int fileCount, int fileTotal) override {
        done = fileCount;
        total = fileTotal;
    }
};

ScanFinder::ScanFinder(FormCatalog forms, QObject* parent)
    : QObject(parent), m_forms(std::move(forms)), m_observer(std::make_shared<Observer>()) {
    m_timer.setInterval(kProgressIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const int total = m_observer->total;
        Q_EMIT progress(total > 0 ? m_observer->done : m_observer->files, total);
    });
}

ScanFinder::~ScanFinder() {
    m_cancel.cancel();
    if (m_thread) {
        m_thread->disconnect(this);
        m_thread->wait();
        delete m_thread;
    }
}

void ScanFinder::find(const QStringList& paths) {
    m_next += paths;
    if (!m_thread)
        begin();
}

void ScanFinder::cancel() {
    m_next.clear();
    m_cancel.cancel();
}

void ScanFinder::begin() {
    m_paths = std::exchange(m_next, {});
    m_cancel = CancelToken();
    m_observer->files = m_observer->done = m_observer->total = 0;
    m_result = std::make_shared<IntakeResult>();
    m_thread =
        QThread::create([forms = m_forms, observer = m_observer, paths = m_paths, cancel = m_cancel,
                         result = m_result] { *result = Intake(forms).run(paths, cancel, observer.get()); });
    connect(m_thread, &QThread::finished, this, &ScanFinder::finish);
    m_thread->start();
    m_timer.start();
    Q_EMIT progress(0, 0);
}

void ScanFinder::finish() {
    // Gives the sanitizer and the next line the thread's writes.
    m_thread->wait();
    m_thread->deleteLater();
    m_thread = nullptr;
    m_timer.stop();
    const auto result = std::move(m_result);
    const QStringList paths = std::exchange(m_paths, {});
    if (!m_next.isEmpty())
        begin();
    Q_EMIT found(paths, *result);
}

}  // namespace tallydesk
