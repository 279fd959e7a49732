// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ScanDrop.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace tallydesk {

ScanDrop::ScanDrop(QWidget* window) : QObject(window), m_window(window) {
    window->setAcceptDrops(true);
    QCoreApplication::instance()->installEventFilter(this);
}

ScanDrop::~ScanDrop() = default;

QStringList ScanDrop::pathsOf(const QMimeData* data) {
    QStringList paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl& url : urls)
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    return paths;
}

bool ScanDrop::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop &&
        type != QEvent::DragLeave)
        return false;
    // Widgets only: the window's native counterpart hands its events on to them.
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != m_window)
        return false;
    if (type == QEvent::DragLeave) {
        Q_EMIT hovering(false);
        return false;
    }
    auto* drop = static_cast<QDropEvent*>(event);
    if (!drop->mimeData()->hasUrls())
        return false;
    const QStringList paths = pathsOf(drop->mimeData());
    if (paths.isEmpty())
        return false;
    // Scans are read where they lie, never moved.
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    Q_EMIT hovering(type != QEvent::Drop);
    if (type == QEvent::Drop)
        QMetaObject::invokeMethod(
            this, [this, paths] { Q_EMIT dropped(paths); }, Qt::QueuedConnection);
    return true;
}

}  // namespace tallydesk
