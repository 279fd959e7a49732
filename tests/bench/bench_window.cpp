// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window's thread is ever held: a probe ticks while ballots come in as fast as they can, while
// the reader of this computer works, and while 100,000 rows are scrolled, sorted and filtered; and how long
// the program takes to show its window. Exit 1 when a bound is broken (spec: 50, 50, 100 and 500 ms).
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QScreen>
#include <QScrollBar>
#include <QTableView>
#include <QThread>
#include <QTimer>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "../gui/WindowFixture.h"
#include "gui/BallotPanel.h"
#include "readers/ReaderFactory.h"
#include "synth/DrawnPages.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

/// Milliseconds that this thread was ready to run while other programs had the processors; 0 where the system
/// does not tell.
double waitedForProcessor() {
    QFile statistics(QStringLiteral("/proc/thread-self/schedstat"));
    if (!statistics.open(QIODevice::ReadOnly))
        return 0;
    return statistics.readAll().split(' ').value(1).toDouble() / 1e6;
}

/// Milliseconds that this thread has worked.
double worked() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// The longest time between two turns of the event loop. What the thread itself did or waited for is "held";
/// on a busy machine the clock shows more, for the thread also waits for a processor.
class Probe : public QObject {
public:
    Probe() {
        connect(&m_timer, &QTimer::timeout, this, &Probe::tick);
        m_timer.start(0);
        reset();
    }
    void reset() {
        m_held = 0;
        m_byClock = 0;
        m_waited = waitedForProcessor();
        m_worked = worked();
        m_since.start();
    }
    double held() const { return m_held; }
    /// What of the longest was the thread's own work; the rest it waited for something else.
    double ownWork() const { return m_ownWork; }
    double byClock() const { return m_byClock; }

private:
    void tick() {
        const double passed = static_cast<double>(m_since.nsecsElapsed()) / 1e6;
        m_since.restart();
        const double waited = waitedForProcessor();
        m_byClock = std::max(m_byClock, passed);
        const double work = worked();
        if (const double held = passed - (waited - m_waited); held > m_held) {
            m_held = held;
            m_ownWork = work - m_worked;
        }
        m_waited = waited;
        m_worked = work;
    }

    QTimer m_timer;
    QElapsedTimer m_since;
    double m_held = 0;
    double m_byClock = 0;
    double m_ownWork = 0;
    double m_waited = 0;
    double m_worked = 0;
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

bool within(const char* what, const Probe& probe, double bound) {
    std::printf("%-40s held %6.1f ms (at most %.0f; %.1f of it work), by the clock %6.1f ms\n", what,
                probe.held(), bound, probe.ownWork(), probe.byClock());
    std::fflush(stdout);
    return probe.held() <= bound;
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

/// The same few drawn ballots again and again, so that nothing but reading takes time.
class DrawnAgain final : public PageLoader {
public:
    explicit DrawnAgain(const FormCatalog& forms) {
        const synth::DrawnPages drawn(forms, 2569, 1);
        for (const BallotScan& scan : drawn.scans(kDrawn)) {
            m_forms.append(scan.formId);
            m_pages.append(drawn.load(scan, CancelToken()).value_or(QList<PageImage>()));
        }
    }
    /// As intake enters a ballot that has these pages.
    void enter(BallotScan& scan, int index) const {
        scan.formId = m_forms.at(index % kDrawn);
        scan.pageNumbers.clear();
        for (int page = 1; page <= m_pages.at(index % kDrawn).size(); ++page)
            scan.pageNumbers.append(page);
    }
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        const int index = scan.file.section(u'-', -1).section(u'.', 0, 0).toInt();
        return m_pages.at(index % kDrawn);
    }

private:
    static constexpr int kDrawn = 6;
    QStringList m_forms;
    QList<QList<PageImage>> m_pages;
};

struct NoPages final : PageLoader {
    Expected<QList<PageImage>> load(const BallotScan&, const CancelToken&) const override {
        return QList<PageImage>{PageImage{QImage(8, 8, QImage::Format_Grayscale8), 1, 1.0}};
    }
};

ReadAttempt readAtOnce(const BallotScan& scan, int, const CancelToken&) {
    BallotData data;
    data.formCode = QStringLiteral("5/18");
    data.header[QStringLiteral("polling_unit")].number = scan.file.size();
    return ReadAttempt::success(data);
}

QList<BallotResult> unread(int count) {
    QList<BallotResult> list = ballots(count);
    for (BallotResult& ballot : list) {
        ballot.status = BallotStatus::Cancelled;
        ballot.data = {};
    }
    return list;
}

/// Runs these ballots, for at most so many seconds.
bool runBatch(const char* what, WindowFixture& fixture, const QList<BallotResult>& batch, int seconds) {
    MainWindow window(fixture.tools);
    window.show();
    window.open({fixture.folder.filePath(QStringLiteral("bench.tallydesk"))});
    bool opened = false;
    waitUntil([&] { return std::exchange(opened, true) && !window.desk().isFinding(); });
    window.desk().ballots()->append(batch);
    Probe probe;
    waitUntil([&] { return true; });
    probe.reset();
    QElapsedTimer timer;
    timer.start();
    window.desk().start();
    waitUntil([&] { return !window.desk().isBusy() || timer.hasExpired(seconds * 1000); });
    window.desk().stop();
    waitUntil([&] { return !window.desk().isBusy(); });
    const BallotTableModel& table = *window.desk().ballots();
    const int count = table.count();
    const int read = count - table.countOf(ShownState::NotRead);
    const int failed = table.countOf(ShownState::Failed);
    std::printf("%d of %d ballots in %.1f s, %d failed\n", read, count,
                static_cast<double>(timer.elapsed()) / 1000, failed);
    return within(what, probe, 50) && read > 0 && failed == 0;
}

bool runAtOnce(int count) {
    LanguageSwitcher languages;
    WindowFixture fixture(languages, readAtOnce);
    fixture.tools.desk.batch.pages = std::make_shared<NoPages>();
    return runBatch("a reader that answers at once holds it", fixture, unread(count), 600);
}

bool runOnDevice(int count, int seconds) {
    LanguageSwitcher languages;
    WindowFixture fixture(languages);
    const FormCatalog forms = fixture.tools.desk.batch.forms;
    fixture.tools.desk.batch.makeReader = [forms](const ReaderChoice& choice) {
        return makeReader(choice, forms);
    };
    const auto pages = std::make_shared<DrawnAgain>(forms);
    fixture.tools.desk.batch.pages = pages;
    QList<BallotResult> batch = unread(count);
    for (int i = 0; i < count; ++i)
        pages->enter(batch[i].scan, i);
    return runBatch("the reader of this computer holds it", fixture, batch, seconds);
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
        fine = within(what, probe, 100) && fine;
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

/// Milliseconds for which another process was ready to run and had no processor.
double waitedForProcessor(qint64 process) {
    QFile statistics(QStringLiteral("/proc/%1/schedstat").arg(process));
    return statistics.open(QIODevice::ReadOnly) ? statistics.readAll().split(' ').value(1).toDouble() / 1e6
                                                : 0;
}

/// Shows on the screen more than one ground: frames and texts are drawn.
bool windowIsPainted() {
    const QImage shown = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
    QSet<QRgb> colours;
    for (int y = shown.height() / 4; y < shown.height() * 3 / 4; y += 4)
        for (int x = shown.width() / 4; x < shown.width() * 3 / 4; x += 4)
            colours.insert(shown.pixel(x, y));
    return colours.size() > 8;
}

/// From the start of the program to its first painted window, the best of some times. On a display only.
bool startProgram(const QString& program, int times) {
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
        waitUntil([] { return !windowIsPainted(); });
        QProcess process;
        QElapsedTimer timer;
        timer.start();
        process.start(program, {});
        while (!windowIsPainted() && timer.elapsed() < 20'000)
            QThread::msleep(5);
        const double byClock = static_cast<double>(timer.elapsed());
        const double passed = byClock - waitedForProcessor(process.processId());
        std::printf("first window painted after %.0f ms, by the clock %.0f ms\n", passed, byClock);
        best = std::min(best, passed);
        process.terminate();
        process.waitForFinished();
    }
    std::printf("%-44s best %6.1f ms (at most 500)\n", "the start of the program", best);
    return best <= 500;
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("OMP_THREAD_LIMIT", "1");
    QApplication application(argc, argv);
    QCommandLineParser parser;
    const auto option = [](const char* name, const char* help, const char* preset) {
        return QCommandLineOption(QLatin1String(name), QLatin1String(help), QStringLiteral("n"),
                                  QLatin1String(preset));
    };
    parser.addHelpOption();
    parser.addOptions({option("ballots", "Ballots of each run.", "2000"),
                       option("device-seconds", "How long the reader of this computer runs.", "180"),
                       option("rows", "Rows of the long table.", "100000"),
                       option("starts", "How often the program is started.", "5")});
    parser.process(application);
    const auto number = [&](const char* name) { return parser.value(QLatin1String(name)).toInt(); };

    bool fine = true;
    // A display would have its part in the pauses of the window, and its server waits for a processor too.
    if (QGuiApplication::platformName() == u"xcb") {
        fine = startProgram(QStringLiteral(TALLYDESK_PROGRAM), number("starts"));
    } else {
        fine = runAtOnce(number("ballots"));
        if (number("device-seconds") > 0)
            fine = runOnDevice(number("ballots"), number("device-seconds")) && fine;
        fine = moveThroughManyRows(number("rows")) && fine;
    }
    double load[3] = {};
    if (getloadavg(load, 3) == 3)
        std::printf("The machine's load: %.1f, %.1f, %.1f\n", load[0], load[1], load[2]);
    return fine ? 0 : 1;
}
