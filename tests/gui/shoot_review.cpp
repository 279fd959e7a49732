// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the review desk in its states: shoot_review PROJECT OUT-FOLDER. Ballots come from a project
// that `tallydesk-cli read --project` wrote, so that the cells are real.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalSpy>
#include <QTextStream>
#include <QTranslator>
#include <QtTest>

#include "core/Clock.h"
#include "gui/PreviewPanel.h"
#include "gui/ReviewPanel.h"
#include "imaging/PageSource.h"
#include "store/ProjectStore.h"

using namespace tallydesk;

namespace {

struct Desk {
    explicit Desk(const QSize& size, const Theme& theme)
        : fetcher(std::make_shared<PageSource>()),
          words(*FormCatalog::builtIn(), MessageCatalog::builtIn()),
          preview(words, fetcher, &window),
          review(words, fetcher, Validator(), clock, &window) {
        auto* layout = new QHBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(&preview, 1);
        layout->addWidget(&review);
        preview.setTheme(theme);
        review.setTheme(theme);
        preview.setTitleVisible(false);
        review.setReviewer(QStringLiteral("วนิดา ก."));
        // The window's own bars take 120.
        review.setFixedWidth(size.width() < 1400 ? 688 : 696);
        window.resize(size.width(), size.height() - 120);
        QObject::connect(&review, &ReviewPanel::fieldFocused, &preview, &PreviewPanel::focusField);
        QObject::connect(&review, &ReviewPanel::draftChanged, &preview, &PreviewPanel::updateBallot);
        window.show();
    }
    void show(const BallotResult& ballot) {
        QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
        preview.showBallot(ballot);
        review.showBallot(ballot, 3, 9);
        review.focusWork();
        const qsizetype pages = ballot.scan.error ? 0 : ballot.scan.pages.size();
        (void)QTest::qWaitFor([&] { return ready.count() >= pages; }, 15'000);
        (void)QTest::qWaitFor([] { return false; }, 250);
    }
    void shoot(const QString& path) {
        (void)QTest::qWaitFor([] { return false; }, 60);
        window.grab().save(path);
    }

    QWidget window;
    SystemClock clock;
    PageFetcher fetcher;
    BallotWords words;
    PreviewPanel preview;
    ReviewPanel review;
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList args = application.arguments();
    if (args.size() < 3)
        return 2;
    const SystemClock clock;
    const auto store = ProjectStore::open(args.at(1), ProjectStore::Access::ReadOnly, clock);
    if (!store)
        return 1;
    const QList<BallotResult> ballots = *(*store)->results();
    const QDir out(args.at(2));
    QTextStream say(stdout);
    QTranslator thai;
    QTranslator english;
    if (english.load(QStringLiteral(":/i18n/tallydesk_en.qm")))
        application.installTranslator(&english);
    for (const bool inThai : {false, true}) {
        QLocale::setDefault(inThai ? QLocale(QLocale::Thai) : QLocale(QLocale::English));
        if (inThai && thai.load(QStringLiteral(":/i18n/tallydesk_th.qm")))
            application.installTranslator(&thai);
        for (const bool dark : {false, true}) {
            const Theme theme = dark ? Theme::dark() : Theme::light();
            applyTheme(application, theme);
            for (const QSize& size : {QSize(1440, 900), QSize(1280, 720)}) {
                Desk desk(size, theme);
                const QString suffix = QStringLiteral("-%1-%2-%3.png")
                                           .arg(inThai ? QStringLiteral("th") : QStringLiteral("en"))
                                           .arg(dark ? QStringLiteral("dark") : QStringLiteral("light"))
                                           .arg(size.width());
                // The first ballots are enough to see a language, a theme and a size.
                const qsizetype count = std::min<qsizetype>(ballots.size(), 9);
                for (qsizetype i = 0; i < count; ++i) {
                    QElapsedTimer timer;
                    timer.start();
                    desk.review.showBallot(ballots.at(i), 3, 9);
                    say << "shown " << i << " in " << timer.elapsed() << " ms\n";
                    desk.show(ballots.at(i));
                    desk.shoot(out.filePath(QStringLiteral("review-%1%2").arg(i).arg(suffix)));
                    if (i == 0) {
                        desk.review.perform(ReviewAction::PaperSaysSo);
                        desk.shoot(out.filePath(QStringLiteral("paper%1").arg(suffix)));
                    }
                    if (i == 1) {
                        desk.review.perform(ReviewAction::Unreadable);
                        desk.shoot(out.filePath(QStringLiteral("unreadable%1").arg(suffix)));
                    }
                }
                desk.review.clear();
                desk.preview.clear();
                desk.shoot(out.filePath(QStringLiteral("empty%1").arg(suffix)));
            }
        }
    }
    return 0;
}
