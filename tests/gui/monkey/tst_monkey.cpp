// SPDX-License-Identifier: GPL-3.0-or-later
// A monkey at the window while batches run: nothing crashes, no ballot is left without a state, and every
// project file is sound afterwards. TALLYDESK_MONKEY_EVENTS says how many events (5,000), _SEED which
// (2569), _LOG a file that gets each event before it happens.
#include <QDesktopServices>
#include <QDirIterator>
#include <QLabel>
#include <QTest>
#include <atomic>
#include <limits>

#include "../ReviewBallots.h"
#include "../WindowFixture.h"
#include "Monkey.h"
#include "ScanFiles.h"
#include "gui/PreviewPanel.h"
#include "gui/ReviewPanel.h"
#include "store/ProjectStore.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

constexpr int kBallots = 200;
constexpr int kPatienceMs = 60'000;
/// A fresh batch now and then, or all would be settled soon.
constexpr qint64 kFreshEvery = 1500;

qint64 setting(const char* name, qint64 otherwise) {
    bool given = false;
    const int value = qEnvironmentVariableIntValue(name, &given);
    return given ? value : otherwise;
}

/// Pages without a disk.
class PaperLoader final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        QList<PageImage> pages;
        for (const int number : scan.pageNumbers) {
            QImage image(827, 1170, QImage::Format_Grayscale8);
            image.fill(number % 2 ? Qt::white : Qt::lightGray);
            pages.append({image, number, 2.0});
        }
        return pages;
    }
};

/// Each ballot has its fate: sound, misread, short of a number, failed, tried again. Any thread.
ReadAttempt readByFate(const BallotScan& scan, int attempt, const CancelToken& cancel) {
    static std::atomic<unsigned> turn = 0;
    const auto failed = [](const char* code, FailureReach reach) {
        ReadFailure failure;
        failure.error.code = QLatin1String(code);
        failure.reach = reach;
        if (reach == FailureReach::Retry)
            failure.retryAfter = std::chrono::milliseconds(30);
        return ReadAttempt::failed(failure);
    };
    if (cancel.waitFor(std::chrono::milliseconds(++turn % 7)))
        return failed("cancelled", FailureReach::Cancelled);
    const auto fate = qHash(scan.file) % 8;
    if (fate == 0)
        return failed("ondevice.form_unknown", FailureReach::Ballot);
    if (fate == 1 && attempt == 1)
        return failed("service.rate_limited", FailureReach::Retry);
    if (fate < 4)
        return ReadAttempt::success(soundResult(scan.file).data);
    BallotData data = misreadResult(scan.file).data;
    if (fate == 7)
        data.total.reset();
    return ReadAttempt::success(data);
}

}  // namespace

/// Takes what would leave the program.
class Outside final : public QObject {
    Q_OBJECT
public Q_SLOTS:
    void open(const QUrl&) {}
};

class TestMonkey : public QObject {
    Q_OBJECT

    Outside m_outside;
    LanguageSwitcher m_languages;
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
    int m_projects = 0;
    int m_windows = 0;
    qint64 m_freshAt = 0;

    /// A project of ballots that nobody read yet.
    QString makeProject() {
        const QString path =
            m_fixture->folder.filePath(QStringLiteral("batch %1.tallydesk").arg(++m_projects));
        QList<BallotScan> scans;
        for (int i = 0; i < kBallots; ++i) {
            BallotScan scan = reviewScan(QStringLiteral("batch %1/unit-%2.pdf").arg(m_projects).arg(i), 2);
            scan.sha256 = QStringLiteral("%1%2").arg(m_projects).arg(i).rightJustified(64, u'0');
            for (PageRef& page : scan.pages)
                page.sha256 = scan.sha256;
            scans.append(scan);
        }
        auto store = ProjectStore::open(path, ProjectStore::Access::ReadWrite, m_fixture->clock);
        return store && (*store)->beginRun(scans, QStringLiteral("on-device")) ? path : QString();
    }
    void openWindow() {
        ++m_windows;
        m_window = std::make_unique<MainWindow>(m_fixture->tools);
        m_window->show();
        m_window->activateWindow();
    }
    /// The numbers that are reviewed and the scan beside them are of one ballot.
    bool scanAndDeskAgree() {
        const auto* review = m_window->findChild<ReviewPanel*>();
        const QString number = review->findChild<QLabel*>(QStringLiteral("subtitleLabel"))->text();
        const QString scan =
            m_window->findChild<PreviewPanel*>()->findChild<QLabel*>(QStringLiteral("titleLabel"))->text();
        return !review->isVisible() || number.isEmpty() || number == scan ||
               number.endsWith(QStringLiteral("  ") + scan);
    }

private Q_SLOTS:
    void initTestCase();
    void nothingCrashesAndNoBallotIsLost();
    void cleanupTestCase() {
        for (const char* scheme : {"file", "http", "https"})
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
        m_window.reset();
        m_fixture.reset();
    }
};

void TestMonkey::initTestCase() {
    for (const char* scheme : {"file", "http", "https"})
        QDesktopServices::setUrlHandler(QLatin1String(scheme), &m_outside, "open");
    m_fixture = std::make_unique<WindowFixture>(m_languages, readByFate);
    // What is exported goes to the home folder, which must not be a person's.
    QVERIFY(QDir(m_fixture->folder.path()).mkpath(QStringLiteral("home/Documents")));
    qputenv("HOME", m_fixture->folder.filePath(QStringLiteral("home")).toLocal8Bit());
    m_fixture->tools.desk.batch.pages = std::make_shared<PaperLoader>();
    m_fixture->tools.sampleFolder.clear();
    m_fixture->tools.http = std::make_shared<ScriptedHttp>();
    AppSettings settings;
    settings.language = QStringLiteral("en");
    settings.attempts = 2;
    settings.requestsPerSecond = 200;
    // Nobody answers there.
    settings.serviceUrl = QUrl(QStringLiteral("http://127.0.0.1:9"));
    settings.proxy = QStringLiteral("http://127.0.0.1:9");
    settings.save(m_fixture->settings);
}

void TestMonkey::nothingCrashesAndNoBallotIsLost() {
    const qint64 events = setting("TALLYDESK_MONKEY_EVENTS", 5000);
    const auto seed = static_cast<unsigned>(setting("TALLYDESK_MONKEY_SEED", 2569));
    const QString scans = m_fixture->folder.filePath(QStringLiteral("scans"));
    QVERIFY(QDir().mkpath(scans + QStringLiteral("/empty")));
    QVERIFY(test::drawLetter().save(scans + QStringLiteral("/letter.png")));
    test::writeFile(scans + QStringLiteral("/damaged.pdf"), "%PDF-1.7 broken off");
    const QString first = makeProject();
    const QString second = makeProject();
    QVERIFY(!first.isEmpty() && !second.isEmpty());

    Monkey monkey(seed, events);
    if (const QString log = qEnvironmentVariable("TALLYDESK_MONKEY_LOG"); !log.isEmpty())
        monkey.setLog(log);
    monkey.setFiles({QUrl::fromLocalFile(scans), QUrl::fromLocalFile(scans + QStringLiteral("/damaged.pdf")),
                     QUrl::fromLocalFile(scans + QStringLiteral("/empty")), QUrl::fromLocalFile(first),
                     QUrl::fromLocalFile(second), QUrl::fromLocalFile(QStringLiteral("/nowhere/at all.pdf")),
                     QUrl(QStringLiteral("https://example.org/scan.pdf"))},
                    {scans, scans + QStringLiteral("/empty")});
    openWindow();
    m_window->open({first});
    monkey.setWindow(m_window.get());
    int mismatches = 0;
    monkey.setBetween([&] {
        mismatches += scanAndDeskAgree() ? 0 : 1;
        if (!m_window->isVisible() && !QApplication::activePopupWidget()) {
            // Closed by Quit: a clerk starts the program again.
            openWindow();
            monkey.setWindow(m_window.get());
        }
        if (monkey.done() - m_freshAt > kFreshEvery && !m_window->desk().isBusy()) {
            m_freshAt = monkey.done();
            m_window->open({makeProject()});
        }
        if (!m_window->desk().isBusy() && monkey.done() % 97 == 0)
            m_window->desk().start();
    });
    QElapsedTimer timer;
    timer.start();
    monkey.play();
    qInfo("seed %u: %lld events in %.1f s, %d windows, %d projects; the longest event took %lld ms (%s)",
          seed, static_cast<long long>(monkey.done()), static_cast<double>(timer.elapsed()) / 1000, m_windows,
          m_projects, static_cast<long long>(monkey.longestMs()), qPrintable(monkey.longestName()));
    QCOMPARE(monkey.done(), events);
    QCOMPARE(mismatches, 0);

    monkey.closeAll();
    ProjectDesk& desk = m_window->desk();
    desk.cancelFinding();
    desk.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.isBusy() && !desk.isFinding(), kPatienceMs);
    // A project whose ballots were all taken out, or not found yet, has nothing to show.
    if (desk.ballots()->count() == 0)
        m_window->open({makeProject()});
    QTRY_VERIFY_WITH_TIMEOUT(!desk.isFinding() && desk.ballots()->count() > 0, kPatienceMs);
    // What the monkey left unread is read now; then each ballot has ended in one way.
    AppSettings settings = desk.settings();
    settings.reader = QStringLiteral("on-device");
    desk.setSettings(settings);
    desk.start();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.isBusy(), kPatienceMs);
    const BallotTableModel& ballots = *desk.ballots();
    int ended = 0;
    for (const ShownState state : {ShownState::Accepted, ShownState::NeedsReview, ShownState::Failed,
                                   ShownState::Settled, ShownState::Unreadable})
        ended += ballots.countOf(state);
    QCOMPARE(ended, ballots.count());
    QTRY_VERIFY_WITH_TIMEOUT(!desk.isSaving(), kPatienceMs);
    QHash<QString, BallotStatus> shown;
    for (const BallotResult& ballot : ballots.results())
        shown.insert(ballotIdentity(ballot.scan), ballot.status);
    const QString path = desk.recent().list().first().path;
    m_window.reset();

    QDirIterator files(m_fixture->folder.path(), {QStringLiteral("*.tallydesk")}, QDir::Files,
                       QDirIterator::Subdirectories);
    int sound = 0;
    while (files.hasNext()) {
        const QString file = files.next();
        auto store = ProjectStore::open(file, ProjectStore::Access::ReadWrite, m_fixture->clock);
        QVERIFY2(store.has_value(), qPrintable(file));
        const auto problems = (*store)->integrityProblems();
        QVERIFY(problems.has_value());
        QVERIFY2(problems->isEmpty(), qPrintable(problems->value(0)));
        ++sound;
        if (file != path)
            continue;
        const auto kept = (*store)->results();
        QVERIFY(kept.has_value());
        QCOMPARE(kept->size(), shown.size());
        // Rules between ballots are told anew at each opening; a person's word is in the file.
        for (const BallotResult& ballot : *kept) {
            QVERIFY(shown.contains(ballotIdentity(ballot.scan)));
            QVERIFY(ballot.status != BallotStatus::Cancelled);
            const bool settled =
                ballot.status == BallotStatus::Reviewed || ballot.status == BallotStatus::Unreadable;
            if (settled)
                QCOMPARE(shown.value(ballotIdentity(ballot.scan)), ballot.status);
        }
    }
    QVERIFY(sound >= 2);
    qInfo("%d project files are sound", sound);
}

int main(int argc, char** argv) {
    // As long as the events take; ctest has the time-out.
    qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(std::numeric_limits<int>::max()));
    QApplication application(argc, argv);
    TestMonkey test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_monkey.moc"
