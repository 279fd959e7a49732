// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

class QMimeData;
class QWidget;

namespace tallydesk {

/// Takes files and folders dropped anywhere on a window, also on fields that would take them as text. Enter
/// and move are accepted; a drop copies the addresses and returns at once, so that the file manager is not
/// held up. GUI thread; owned by the window.
class ScanDrop final : public QObject {
    Q_OBJECT
public:
    explicit ScanDrop(QWidget* window);
    ~ScanDrop() override;

Q_SIGNALS:
    void hovering(bool over);
    void dropped(const QStringList& paths);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static QStringList pathsOf(const QMimeData* data);

    QWidget* const m_window;
};

}  // namespace tallydesk
