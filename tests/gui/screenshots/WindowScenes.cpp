// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowScenes.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <atomic>

#include "../WindowFixture.h"
#include "SampleBatch.h"
#include "gui/WelcomePanel.h"

namespace tallydesk::shots {

namespace {

using testing::WindowFixture;

// Page pictures and their cells arrive one after the other; nothing tells when the last one is there.
constexpr int kPicturesMs = 900;

// The sample batch as a reader that can be held: so many ballots pass, the others wait for open().
class Gate {
public:
    explicit Gate(QHash<QString, BallotResult> read) : m_read(std::move(read)), m_written(m_read) {
        correctSamples(m_written, QStringLiteral(TALLYDESK_SOURCE_DIR "/tests/synth/sample-truth"));
    }

    void open() { m_open = true; }
    void refuseKey() { m_keyRefused = true; }

    ReadAttempt answer(const BallotScan& scan, int attempt, const CancelToken& cancel) {
        if (m_keyRefused)
            return failed("service.key_refused", FailureReach::Batch);
        const int place = m_places++;
        if (place == kRetried && attempt == 1)
            return failed("service.rate_limited", FailureReach::Retry, std::chrono::seconds(28));
        if (place == kFailed)
            return failed("ondevice.form_unknown", FailureReach::Ballot);
        while (place >= kPassing && !m_open)
            if (cancel.waitFor(std::chrono::milliseconds(20)))
                return failed("cancelled", FailureReach::Cancelled);
        // Every other form without a reader's mistakes, so that rows of all states are to be seen.
        return ReadAttempt::success((place % 2 == 1 ? m_written : m_read).value(scan.key()).data);
    }

    static constexpr int kPassing = 6;

private:
    static ReadAttempt failed(const char* code, FailureReach reach,
                              std::optional<std::chrono::milliseconds> wait = {}) {
        ReadFailure failure;
        failure.error.code = QLatin1String(code);
        failure.reach = reach;
        failure.retryAfter = wait;
        return ReadAttempt::failed(failure);
    }

    static constexpr int kRetried = 3;
    static constexpr int kFailed = 4;
    const QHash<QString, BallotResult> m_read;
    QHash<QString, BallotResult> m_written;
    std::atomic<int> m_places = 0;
    std::atomic<bool> m_open = false;
    std::atomic<bool> m_keyRefused = false;
};

void trigger(MainWindow& window, const char* action) {
    auto* found = window.findChild<QAction*>(QLatin1String(action));
    if (!found)
        qFatal("There is no action %s", action);
    found->trigger();
}

// Time for pictures to arrive, without stopping the event loop.
std::function<bool()> picturesThere() {
    auto timer = std::make_shared<QElapsedTimer>();
    timer->start();
    return [timer] { return timer->elapsed() > kPicturesMs; };
}

AppSettings settingsFor(const Look& look) {
    AppSettings settings;
    settings.language = look.language;
    settings.theme = look.dark ? QStringLiteral("dark") : QStringLiteral("light");
    settings.reviewer = QStringLiteral("วนิดา ก.");
    settings.attempts = 2;
    settings.backoffMinSeconds = 1;
    settings.backoffMaxSeconds = 1;
    settings.workers = 4;
    return settings;
}

void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    if (QWidget* focus = QApplication::focusWidget())
        QTest::keyClick(focus, static_cast<Qt::Key>(key), modifiers);
}

void takeReview(Studio& studio, MainWindow& window) {
    trigger(window, "reviewMode");
    window.activateWindow();
    studio.take(window, QStringLiteral("review"), picturesThere());
    press(Qt::Key_P);
    studio.take(window, QStringLiteral("review-paper-says-so"), picturesThere());
    press(Qt::Key_Escape);
    press(Qt::Key_U);
    studio.take(window, QStringLiteral("review-unreadable"), picturesThere());
    press(Qt::Key_Escape);
    press(Qt::Key_7);
    press(Qt::Key_7);
    studio.take(window, QStringLiteral("review-changed"), picturesThere());
    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_N);
    studio.take(window, QStringLiteral("review-next"), picturesThere());
    trigger(window, "batchMode");
}

}  // namespace

void takeWindow(Studio& studio, const QHash<QString, BallotResult>& read) {
    const QStringList kinds{QStringLiteral("welcome"), QStringLiteral("batch"), QStringLiteral("review")};
    if (std::none_of(kinds.cbegin(), kinds.cend(),
                     [&](const QString& kind) { return studio.wantsKind(kind); }))
        return;
    Gate gate(read);
    WindowFixture fixture(studio.languages(),
                          [&gate](const BallotScan& scan, int attempt, const CancelToken& cancel) {
                              return gate.answer(scan, attempt, cancel);
                          });
    settingsFor(studio.look()).save(fixture.settings);
    MainWindow window(fixture.tools);
    window.resize(studio.look().size);
    ProjectDesk& desk = window.desk();
    const auto count = [&desk] { return desk.ballots()->rowCount(); };

    studio.take(window, QStringLiteral("welcome"));
    auto* welcome = window.findChild<WelcomePanel*>();
    welcome->setDropping(true);
    studio.take(window, QStringLiteral("welcome-drop"));
    welcome->setDropping(false);

    window.open({fixture.tools.sampleFolder});
    studio.take(window, QStringLiteral("batch-looking"), [&] { return desk.isFinding(); });
    if (!waitUntil([&] { return !desk.isFinding() && count() == read.size(); }))
        qWarning("Only %d ballots were found", count());
    studio.take(window, QStringLiteral("batch-waiting"), picturesThere());

    desk.start();
    // One of those that pass failed, one waits for its next attempt.
    waitUntil([&] { return desk.batch().figures().done >= Gate::kPassing - 1; });
    studio.take(window, QStringLiteral("batch-running"), picturesThere());
    desk.pause();
    studio.take(window, QStringLiteral("batch-paused"), picturesThere());
    desk.resume();
    gate.open();
    desk.stop();
    waitUntil([&] { return !desk.isBusy(); });
    studio.take(window, QStringLiteral("batch-stopped"), picturesThere());
    desk.start();
    waitUntil([&] { return !desk.isBusy(); });
    studio.take(window, QStringLiteral("batch-done"), picturesThere());

    takeReview(studio, window);

    AppSettings service = desk.settings();
    service.reader = QStringLiteral("ai");
    service.aiConsent = true;
    desk.setSettings(service);
    gate.refuseKey();
    desk.readAgain({0, 1});
    waitUntil([&] { return !desk.isBusy(); });
    studio.take(window, QStringLiteral("batch-key-refused"), picturesThere());

    desk.closeProject();
    studio.take(window, QStringLiteral("welcome-recent"), picturesThere());
}

}  // namespace tallydesk::shots
