// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/StoreThread.h"

namespace tallydesk {

StoreThread::StoreThread() : m_context(new QObject) {
    m_thread.setObjectName(QStringLiteral("tallydesk-store"));
    m_context->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.start();
}

StoreThread::~StoreThread() {
    m_thread.quit();
    m_thread.wait();
}

void StoreThread::run(const std::function<void()>& work) {
    QMetaObject::invokeMethod(m_context, work, Qt::BlockingQueuedConnection);
}

}  // namespace tallydesk
