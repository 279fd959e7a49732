// SPDX-License-Identifier: GPL-3.0-or-later
#include "Monkey.h"

#include <QAbstractScrollArea>
#include <QAction>
#include <QApplication>
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QTest>
#include <QWheelEvent>
#include <QWindow>

#include "gui/ReviewKeymap.h"

namespace tallydesk::testing {

namespace {

// Pauses between two events, so that threads and timers come in at many places; most are none.
constexpr int kLongestPauseMs = 12;
// With nothing open, after which the play is over.
constexpr int kCalmBeats = 20;
constexpr QSize kSmallest(640, 400);
constexpr QSize kLargest(2200, 1400);

/// The menu or dialog that is open; null when the window has the screen.
QWidget* openAbove() {
    QWidget* popup = QApplication::activePopupWidget();
    return popup ? popup : QApplication::activeModalWidget();
}

QWidget* stageAbove(QWidget* window) {
    QWidget* above = openAbove();
    return above ? above : window;
}

}  // namespace

Monkey::Monkey(unsigned seed, qint64 events) : m_random(seed), m_events(events) {
    m_next.setSingleShot(true);
}

void Monkey::setFiles(const QList<QUrl>& drops, const QStringList& folders) {
    m_drops = drops;
    m_folders = folders;
}

void Monkey::setLog(const QString& path) {
    m_log.setFileName(path);
    if (!m_log.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        qFatal("The log can't be written.");
}

int Monkey::pick(int bound) {
    return static_cast<int>(m_random() % static_cast<unsigned>(bound));
}

void Monkey::note(const QString& what) {
    m_what = what;
    if (m_log.isOpen())
        m_log.write(QStringLiteral("%1 %2\n").arg(m_done).arg(what).toUtf8());
}

void Monkey::play() {
    QEventLoop loop;
    // The last events may open dialogs a moment later.
    int calm = 0;
    connect(&m_next, &QTimer::timeout, &loop, [this, &loop, &calm] {
        const bool over = m_done >= m_events && m_stages.isEmpty() && !openAbove();
        calm = over ? calm + 1 : 0;
        if (calm > kCalmBeats)
            loop.quit();
        beat();
    });
    m_next.start(0);
    loop.exec();
    m_next.disconnect();
}

// An event may open a dialog or a menu whose loop runs before the event is over. Then the next beats play
// there.
void Monkey::beat() {
    const bool inside = !m_stages.isEmpty() && m_stages.last() == openAbove();
    if (inside) {
        // The event that goes on handles window events by itself; it is about to end.
        m_next.start(1);
        return;
    }
    m_next.start(pick(3) == 0 ? pick(kLongestPauseMs) : 0);
    if (m_done >= m_events) {
        // The dialogs that are still open are left.
        if (QWidget* above = openAbove())
            above->close();
        return;
    }
    if (m_stages.isEmpty() && !openAbove() && m_between)
        m_between();
    m_stages.append(openAbove());
    ++m_done;
    QElapsedTimer timer;
    timer.start();
    const qint64 before = m_done;
    act();
    if (m_done == before && timer.elapsed() > m_longestMs) {
        m_longestMs = timer.elapsed();
        m_longestName = m_what;
    }
    m_stages.removeLast();
}

void Monkey::act() {
    QWidget* stage = stageAbove(m_window);
    if (qobject_cast<QFileDialog*>(stage)) {
        inFileDialog(stage);
        return;
    }
    const bool onWindow = stage == m_window;
    const int dice = pick(100);
    if (!onWindow && dice < 6) {
        note(QStringLiteral("escape"));
        QTest::keyClick(stage, Qt::Key_Escape);
    } else if (dice < 45) {
        click(stage);
    } else if (dice < 50) {
        wheel(stage);
    } else if (dice < 70) {
        press();
    } else if (dice < 80) {
        type();
    } else if (dice < 84 && onWindow) {
        drop();
    } else if (dice < 88 && onWindow) {
        resize();
    } else if (onWindow) {
        choose();
    } else {
        press();
    }
}

// A file dialog can remove files: it is answered, not played with.
void Monkey::inFileDialog(QWidget* widget) {
    auto* dialog = static_cast<QFileDialog*>(widget);
    note(QStringLiteral("file dialog"));
    if (pick(3) == 0 && dialog->acceptMode() == QFileDialog::AcceptOpen &&
        dialog->fileMode() == QFileDialog::Directory && !m_folders.isEmpty()) {
        dialog->selectFile(m_folders.at(pick(static_cast<int>(m_folders.size()))));
        QMetaObject::invokeMethod(dialog, "accept");
    } else {
        dialog->reject();
    }
}

// Controls are met as often as empty ground.
QWidget* Monkey::target(QWidget* stage) {
    QList<QWidget*> widgets;
    for (QWidget* widget : stage->findChildren<QWidget*>())
        if (widget->window() == stage && widget->isVisible() && !widget->visibleRegion().isEmpty())
            widgets.append(widget);
    return widgets.isEmpty() ? stage : widgets.at(pick(static_cast<int>(widgets.size())));
}

void Monkey::click(QWidget* stage) {
    if (!stage->windowHandle())
        return;
    QWidget* widget = target(stage);
    const QRect seen = widget->visibleRegion().boundingRect() &
                       QRect(widget->mapFrom(stage, QPoint(0, 0)), stage->windowHandle()->size());
    if (seen.isEmpty())
        return;
    const auto place = [&] {
        const QPoint inside =
            seen.topLeft() + QPoint(pick(std::max(1, seen.width())), pick(std::max(1, seen.height())));
        return widget == stage ? inside : widget->mapTo(stage, inside);
    };
    const QPoint from = place();
    const Qt::MouseButton button = pick(10) == 0 ? Qt::RightButton : Qt::LeftButton;
    const Qt::KeyboardModifiers held = pick(8) == 0   ? Qt::ControlModifier
                                       : pick(8) == 0 ? Qt::ShiftModifier
                                                      : Qt::NoModifier;
    const int kind = pick(12);
    note(QStringLiteral("click %1 %2 %3 at %4,%5 kind %6")
             .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                  QLatin1String(stage->metaObject()->className()))
             .arg(from.x())
             .arg(from.y())
             .arg(kind));
    const QPointer<QWindow> window = stage->windowHandle();
    if (kind == 0) {
        QTest::mouseDClick(window, button, held, from);
    } else if (kind == 1) {
        const QPoint to = place();
        QTest::mousePress(window, button, held, from);
        if (window)
            QTest::mouseMove(window, to);
        if (window)
            QTest::mouseRelease(window, button, held, to);
    } else {
        QTest::mouseClick(window, button, held, from);
    }
}

void Monkey::wheel(QWidget* stage) {
    QWidget* widget = target(stage);
    note(QStringLiteral("wheel ") + QLatin1String(widget->metaObject()->className()));
    const QPointF place = QPointF(widget->rect().center());
    QWheelEvent event(place, widget->mapToGlobal(place), {}, QPoint(0, pick(2) ? 120 : -120), Qt::NoButton,
                      pick(3) == 0 ? Qt::ControlModifier : Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
}

void Monkey::press() {
    static const QList<int> common{Qt::Key_Tab,  Qt::Key_Backtab, Qt::Key_Return, Qt::Key_Space,
                                   Qt::Key_Up,   Qt::Key_Down,    Qt::Key_Left,   Qt::Key_Right,
                                   Qt::Key_Home, Qt::Key_End,     Qt::Key_Escape, Qt::Key_Delete,
                                   Qt::Key_F5,   Qt::Key_F6,      Qt::Key_F1,     Qt::Key_Backspace};
    QWidget* stage = stageAbove(m_window);
    QWidget* focus = QApplication::focusWidget();
    QWidget* receiver = focus && focus->window() == stage && focus->isVisible() ? focus : stage;
    int key = common.at(pick(static_cast<int>(common.size())));
    Qt::KeyboardModifiers modifiers = pick(6) == 0 ? Qt::ControlModifier : Qt::NoModifier;
    if (pick(2) == 0) {
        const QList<ReviewKey>& desk = ReviewKeymap::table();
        const ReviewKey& chosen = desk.at(pick(static_cast<int>(desk.size())));
        if (chosen.key != 0) {
            key = chosen.key;
            modifiers = chosen.modifiers;
        }
    }
    note(QStringLiteral("key %1 %2 in %3")
             .arg(key, 0, 16)
             .arg(modifiers.toInt(), 0, 16)
             .arg(QLatin1String(receiver->metaObject()->className())));
    QTest::keyClick(receiver, Qt::Key(key), modifiers);
}

void Monkey::type() {
    static const QString letters = QStringLiteral("0123456789๐๕abnpuwกขจ- ");
    QWidget* stage = stageAbove(m_window);
    QWidget* focus = QApplication::focusWidget();
    QPointer<QWidget> receiver = focus && focus->window() == stage && focus->isVisible() ? focus : stage;
    QString text;
    for (int i = 0; i <= pick(4); ++i)
        text.append(letters.at(pick(static_cast<int>(letters.size()))));
    note(QStringLiteral("type ") + text);
    for (const QChar letter : text) {
        if (!receiver)
            return;
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(type, letter.unicode() < 128 ? letter.toUpper().unicode() : 0, Qt::NoModifier,
                            QString(letter));
            if (receiver)
                QApplication::sendEvent(receiver, &event);
        }
        // A key may have opened a dialog that has the screen now.
        if (stageAbove(m_window) != stage)
            return;
    }
}

void Monkey::drop() {
    QWidget* widget = target(m_window);
    QMimeData data;
    QList<QUrl> urls;
    for (int i = 0; i <= pick(2); ++i)
        urls.append(m_drops.at(pick(static_cast<int>(m_drops.size()))));
    data.setUrls(urls);
    note(QStringLiteral("drop ") + urls.first().toString());
    const QPointF place = QPointF(widget->rect().center());
    const Qt::DropActions actions = Qt::CopyAction | Qt::MoveAction;
    QDragEnterEvent enter(place.toPoint(), actions, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(widget, &enter);
    if (pick(4) == 0) {
        QDragLeaveEvent leave;
        QApplication::sendEvent(widget, &leave);
        return;
    }
    QDragMoveEvent move(place.toPoint(), actions, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(widget, &move);
    QDropEvent dropped(place, actions, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(widget, &dropped);
}

void Monkey::resize() {
    const QSize size(kSmallest.width() + pick(kLargest.width() - kSmallest.width()),
                     kSmallest.height() + pick(kLargest.height() - kSmallest.height()));
    note(QStringLiteral("resize %1x%2").arg(size.width()).arg(size.height()));
    m_window->resize(size);
}

// Languages, themes, modes, the run: all that menus offer.
void Monkey::choose() {
    QList<QAction*> actions;
    for (QAction* action : m_window->findChildren<QAction*>())
        if (action->isEnabled() && !action->isSeparator() && !action->menu() && !action->text().isEmpty())
            actions.append(action);
    if (actions.isEmpty())
        return;
    QAction* action = actions.at(pick(static_cast<int>(actions.size())));
    note(QStringLiteral("choose ") + action->objectName() + u' ' + action->text());
    action->trigger();
}

void Monkey::closeAll() {
    for (int turn = 0; turn < 20 && openAbove(); ++turn)
        QTest::keyClick(stageAbove(m_window), Qt::Key_Escape);
}

}  // namespace tallydesk::testing
