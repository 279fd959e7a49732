// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTest>
#include <QWidget>

namespace tallydesk::testing {

/// A person's hands: moves the desktop's real mouse and presses its real keys, through the X server. The
/// event loop goes on meanwhile. GUI thread.
class Hands {
public:
    /// False when the tool said no.
    bool act(const QStringList& arguments) const {
        QProcess tool;
        tool.start(QStringLiteral("xdotool"), arguments);
        const bool ended = QTest::qWaitFor([&] { return tool.state() == QProcess::NotRunning; }, kPatienceMs);
        return ended && tool.exitStatus() == QProcess::NormalExit && tool.exitCode() == 0;
    }
    bool press(const QString& keys) const {
        return act({QStringLiteral("key"), QStringLiteral("--clearmodifiers"), keys});
    }
    bool type(const QString& text) const {
        return act({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("15"), text});
    }
    bool click(const QWidget* widget) const {
        return act(moveTo(widget->mapToGlobal(widget->rect().center()))
                   << QStringLiteral("click") << QStringLiteral("1"));
    }
    /// Presses at one place, goes to the other as a hand does, and rests there with the button down.
    bool drag(const QPoint& from, const QPoint& to) const {
        QStringList steps = moveTo(from) << QStringLiteral("mousedown") << QStringLiteral("1");
        for (int step = 1; step <= kSteps; ++step)
            steps << pause() << moveTo(from + (to - from) * step / kSteps);
        return act(steps);
    }
    bool letGo() const { return act({QStringLiteral("mouseup"), QStringLiteral("1")}); }

private:
    static constexpr int kPatienceMs = 20'000;
    static constexpr int kSteps = 20;

    static QStringList moveTo(const QPoint& place) {
        return {QStringLiteral("mousemove"), QString::number(place.x()), QString::number(place.y())};
    }
    static QStringList pause() { return {QStringLiteral("sleep"), QStringLiteral("0.03")}; }
};

}  // namespace tallydesk::testing
