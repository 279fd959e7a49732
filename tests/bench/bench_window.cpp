// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window's thread is ever held: a probe ticks while ballots come in as fast as they can, and
// while 100,000 rows are scrolled, sorted and filtered. Exit 1 when a bound is broken (spec: 50 and 100 ms).
#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>
#include <cstdio>
#include <functional>

#include "../gui/WindowFixture.h"
#include "gui/BallotPanel.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

// The longest time between two turns of the event loop.
class Probe : public QObject {
public:
    Probe() {
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longest = std::max(m_longest, m_since.restart()); });
        m_timer.start(0);
        m_since.start();
    }
    void reset() {
        m_longest = 0;
        m_since.restart();
    }
    qint64 longest() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

QList<BallotResult> ballots(int count) {
    QList<BallotResult> list;
    for (int i = 0; i < count; ++i) {
        BallotResult result;
        result.scan.file = QStringLiteral("folder %1/unit-%2.pdf").arg(i / 100).arg(i);
        result.scan.pageNumbers = {1, 2};
        result.scan.sha256 = QString::number(i, 16);
        result.status = static_cast<BallotStatus>(i % 6);
        result.data.header[QStringLiteral("polling_unit")].number = i % 977;
        list.append(result);
    }
    return list;
}

bool within(const char* what, qint64 longest, qint64 bound) {
    std::printf("%-44s %4lld ms (at most %lld)\n", what, static_cast<long long>(longest),
                static_cast<long long>(bound));
    return longest <= bound;
}

bool waitUntil(const std::function<bool()>& condition) {
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.quit();
    });
    look.start(5);
    loop.exec();
    return condition();
}

bool runAtFullSpeed(int count) {
    LanguageSwitcher languages;
    WindowFixture fixture(languages, [](const BallotScan& scan, int, const CancelToken&) {
        BallotData data;
        data.formCode = QStringLiteral("5/18");
        data.header[QStringLiteral("polling_unit")].number = scan.file.size();
        return ReadAttempt::success(data);
    });
    RunTools tools = fixture.tools.desk.batch;
    struct NoPages final : PageLoader {
        Expected<QList<PageImage>> load(const BallotScan&, const CancelToken&) const override {
            return QList<PageImage>{PageImage{QImage(8, 8, QImage::Format_Grayscale8), 1, 1.0}};
        }
    };
    tools.pages = std::make_shared<NoPages>();
    fixture.tools.desk.batch = tools;
    MainWindow window(fixture.tools);
    window.show();
    window.open({fixture.folder.filePath(QStringLiteral("bench.tallydesk"))});
    QList<BallotResult> unread = ballots(count);
    for (BallotResult& ballot : unread) {
        ballot.status = BallotStatus::Cancelled;
        ballot.data = {};
    }
    bool opened = false;
    waitUntil([&] { return std::exchange(opened, true) && !window.desk().isFinding(); });
    window.desk().ballots()->append(unread);
    Probe probe;
    waitUntil([&] { return true; });
    probe.reset();
    QElapsedTimer timer;
    timer.start();
    window.desk().start();
    waitUntil([&] { return !window.desk().isBusy(); });
    std::printf("%d ballots in %lld ms\n", count, static_cast<long long>(timer.elapsed()));
    const int left = window.desk().ballots()->countOf(ShownState::NotRead);
    if (left > 0)
        std::printf("%d ballots were not read\n", left);
    return within("a run at full speed holds the window", probe.longest(), 50) && left == 0;
}

bool moveThroughManyRows(int count) {
    BallotTableModel model(BallotWords(*FormCatalog::builtIn(), MessageCatalog::builtIn()));
    BallotPanel panel(&model);
    panel.resize(900, 700);
    panel.show();
    model.append(ballots(count));
    auto* table = panel.findChild<QTableView*>();
    waitUntil([] { return true; });
    Probe probe;
    bool fine = true;
    const auto timed = [&](const char* what, const std::function<void()>& work) {
        probe.reset();
        work();
        panel.repaint();
        waitUntil([] { return true; });
        fine = within(what, probe.longest(), 100) && fine;
    };
    for (int step = 0; step <= 20; ++step)
        timed(step == 0 ? "the first page" : "scrolling", [&] {
            table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum() * step / 20);
        });
    for (int column = 0; column < BallotTableModel::ColumnCount; ++column)
        timed("sorting", [&] { table->sortByColumn(column, Qt::DescendingOrder); });
    timed("filtering by state", [&] { panel.setGroup(StateGroup::Failed); });
    timed("all states again", [&] { panel.setGroup(StateGroup::All); });
    timed("selecting all", [&] { table->selectAll(); });
    timed("sorting with all selected", [&] { table->sortByColumn(0, Qt::AscendingOrder); });
    return fine;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const bool quick = runAtFullSpeed(2000);
    const bool smooth = moveThroughManyRows(100'000);
    return quick && smooth ? 0 : 1;
}
