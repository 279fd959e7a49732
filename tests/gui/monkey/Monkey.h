// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <QWidget>
#include <functional>
#include <random>

namespace tallydesk::testing {

/// Clicks, keys, drops, resizes and menu choices by chance, as real window events, in whatever has the
/// screen: the window, a dialog or an open menu. Goes on inside the event loops of dialogs. GUI thread.
class Monkey final : public QObject {
public:
    Monkey(unsigned seed, qint64 events);

    /// What it plays with now; may be replaced between two events of play().
    void setWindow(QWidget* window) { m_window = window; }
    /// Among what it drops and chooses in file dialogs.
    void setFiles(const QList<QUrl>& drops, const QStringList& folders);
    /// Called between two events when no dialog is open.
    void setBetween(const std::function<void()>& between) { m_between = between; }
    /// Each event is written there before it happens.
    void setLog(const QString& path);

    /// Returns when all events happened.
    void play();
    /// Closes what is open above the window, by keys.
    void closeAll();

    qint64 done() const { return m_done; }
    /// The longest time of one event that opened no dialog.
    qint64 longestMs() const { return m_longestMs; }
    const QString& longestName() const { return m_longestName; }

private:
    void beat();
    void act();
    void inFileDialog(QWidget* dialog);
    void click(QWidget* stage);
    void wheel(QWidget* stage);
    void press();
    void type();
    void drop();
    void resize();
    void choose();
    void note(const QString& what);
    int pick(int bound);
    QWidget* target(QWidget* stage);

    std::mt19937 m_random;
    const qint64 m_events;
    qint64 m_done = 0;
    QPointer<QWidget> m_window;
    QList<QUrl> m_drops;
    QStringList m_folders;
    std::function<void()> m_between;
    QTimer m_next;
    /// What had the screen when each event that goes on now began.
    QList<QPointer<QWidget>> m_stages;
    QFile m_log;
    QString m_what;
    QString m_longestName;
    qint64 m_longestMs = 0;
};

}  // namespace tallydesk::testing
