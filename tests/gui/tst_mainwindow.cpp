// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <atomic>
#include <random>

#include "../core/SampleBallots.h"
#include "ScanFiles.h"
#include "WindowFixture.h"
#include "gui/BallotPanel.h"
#include "gui/DeskParts.h"
#include "gui/NoticeBar.h"
#include "gui/PageView.h"
#include "gui/PreviewPanel.h"
#include "gui/ReviewPanel.h"
#include "gui/RunBar.h"
#include "gui/WelcomePanel.h"
#include "report/CsvExporter.h"
#include "secrets/KeyResolver.h"
#include "store/Database.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

const FormTemplate& form() {
    static const auto constituency = FormCatalog::builtIn()->byId(QStringLiteral("5-18-constituency"));
    return *constituency;
}

// "unit-N.pdf" is read as unit N; its total is wrong when N is 2.
ReadAttempt readUnit(const BallotScan& scan, int, const CancelToken&) {
    BallotData data = samples::soundBallot(form());
    const int unit = scan.file.section(u'-', -1).section(u'.', 0, 0).toInt();
    data.header[QStringLiteral("polling_unit")].number = unit;
    if (unit == 2)
        data.total = samples::entry(form(), 31);
    return ReadAttempt::success(data);
}

/// Every text property of every widget there is: titles, labels, fields, tips, names for screen readers.
QString textsOfWindows() {
    QStringList texts;
    for (const QWidget* widget : QApplication::allWidgets())
        for (int i = 0; i < widget->metaObject()->propertyCount(); ++i)
            texts.append(widget->property(widget->metaObject()->property(i).name()).toString());
    return texts.join(u'\n');
}

// A drag as a file manager sends it: enter, move, drop. Says whether each was accepted.
bool drop(QWidget* target, const QList<QUrl>& urls) {
    QMimeData data;
    data.setUrls(urls);
    const QPointF place = target->rect().center();
    QDragEnterEvent enter(place.toPoint(), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                          Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QDragMoveEvent move(place.toPoint(), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                        Qt::NoModifier);
    QApplication::sendEvent(target, &move);
    QDropEvent dropped(place, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &dropped);
    return enter.isAccepted() && move.isAccepted() && dropped.isAccepted() &&
           dropped.dropAction() == Qt::CopyAction;
}

}  // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

    QTemporaryDir m_scans;
    LanguageSwitcher m_languages;
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
    std::atomic<int> m_wrongTotal = 31;

    ProjectDesk& desk() { return m_window->desk(); }
    const BallotTableModel& ballots() { return *desk().ballots(); }
    QAction* action(const char* name) { return m_window->findChild<QAction*>(QLatin1String(name)); }
    int rowOf(const QString& file) {
        for (int row = 0; row < ballots().count(); ++row)
            if (ballots().at(row).result.scan.file.endsWith(file))
                return row;
        return -1;
    }
    QUrl folderUrl() const { return QUrl::fromLocalFile(m_scans.path() + QStringLiteral("/units")); }

    void openWindow() {
        m_window = std::make_unique<MainWindow>(m_fixture->tools);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void addUnits() {
        desk().addScans({folderUrl().toLocalFile()});
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding() && ballots().count() == 3, 60000);
    }
    void readUnits() {
        QSignalSpy ended(&desk(), &ProjectDesk::runEnded);
        action("runPause")->trigger();
        QVERIFY(ended.wait(30000));
    }

    // Every unit has a wrong total.
    void openWindowOfWrongTotals(const std::function<Expected<SecretKey>()>& key = {}) {
        m_window.reset();
        m_fixture = std::make_unique<WindowFixture>(
            m_languages, [this](const BallotScan& scan, int attempt, const CancelToken& cancel) {
                ReadAttempt read = readUnit(scan, attempt, cancel);
                read.data->total = samples::entry(form(), m_wrongTotal);
                return read;
            });
        if (key)
            m_fixture->tools.desk.key = key;
        AppSettings settings;
        settings.language = QStringLiteral("en");
        settings.save(m_fixture->settings);
        openWindow();
        addUnits();
        readUnits();
        QCOMPARE(ballots().countOf(ShownState::NeedsReview), 3);
        action("reviewMode")->trigger();
    }
    QString shownByScan() {
        return m_window->findChild<PreviewPanel*>()->findChild<QLabel*>(QStringLiteral("titleLabel"))->text();
    }
    QString shownByDesk() {
        return m_window->findChild<ReviewPanel*>()
            ->findChild<QLabel*>(QStringLiteral("subtitleLabel"))
            ->text();
    }
    QString position() { return m_window->findChild<KeyButton*>(QStringLiteral("positionButton"))->text(); }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(QDir(m_scans.path()).mkpath(QStringLiteral("units")));
        QImage page = test::drawFormPage(form(), 0);
        for (const int unit : {1, 2, 10}) {
            // Scans of the same content would be one form read twice.
            page.setPixelColor(20, 20 + unit, Qt::black);
            test::writePdf(m_scans.filePath(QStringLiteral("units/unit-%1.pdf").arg(unit)), {page});
        }
        QFile other(m_scans.filePath(QStringLiteral("units/notes.txt")));
        QVERIFY(other.open(QIODevice::WriteOnly));
    }
    void init() {
        m_fixture = std::make_unique<WindowFixture>(m_languages, readUnit);
        AppSettings settings;
        settings.language = QStringLiteral("en");
        settings.theme = QStringLiteral("light");
        settings.save(m_fixture->settings);
        openWindow();
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void droppedFolderIsReadAndExported() {
        auto* welcome = m_window->findChild<WelcomePanel*>();
        QVERIFY(welcome->isVisible());
        QVERIFY(drop(welcome, {folderUrl()}));
        QVERIFY(!ballots().count());  // the drop itself returned at once
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding() && ballots().count() == 3, 60000);
        QVERIFY(!welcome->isVisible());
        // Natural order, and a ballot at hand from the start.
        QCOMPARE(rowOf(QStringLiteral("unit-10.pdf")), 2);
        QCOMPARE(m_window->findChild<BallotPanel*>()->currentRow(), 0);

        QSet<ShownState> seen;
        connect(desk().ballots(), &BallotTableModel::countsChanged, this, [&] {
            for (int state = 0; state < static_cast<int>(ShownState::Count); ++state)
                if (ballots().countOf(static_cast<ShownState>(state)) > 0)
                    seen.insert(static_cast<ShownState>(state));
        });
        readUnits();
        QVERIFY(seen.contains(ShownState::Waiting));
        QVERIFY(seen.contains(ShownState::Accepted));
        QCOMPARE(ballots().countOf(ShownState::Accepted), 2);
        QCOMPARE(ballots().stateAt(rowOf(QStringLiteral("unit-2.pdf"))), ShownState::NeedsReview);

        ResultsDocument document;
        document.ballots = ballots().results();
        QBuffer csv;
        QVERIFY(csv.open(QIODevice::WriteOnly));
        QVERIFY(CsvExporter({m_fixture->tools.desk.batch.forms, m_fixture->tools.desk.messages})
                    .write(csv, document));
        QVERIFY(csv.data().contains("unit-10.pdf"));
    }

    void dropIsTakenOnEveryWidget() {
        addUnits();
        const QList<QUrl> again{folderUrl()};
        for (QWidget* target :
             {static_cast<QWidget*>(m_window->findChild<QTableView*>()->viewport()),
              static_cast<QWidget*>(m_window->findChild<PageView*>()->viewport()),
              static_cast<QWidget*>(m_window->findChild<QLineEdit*>(QStringLiteral("filter"))),
              static_cast<QWidget*>(m_window.get())})
            QVERIFY2(drop(target, again), target->metaObject()->className());
        QCOMPARE(m_window->findChild<QLineEdit*>(QStringLiteral("filter"))->text(), QString());
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding(), 60000);
        // What is there already is not there twice.
        QCOMPARE(ballots().count(), 3);
    }

    void webAddressIsNotTaken() {
        QVERIFY(
            !drop(m_window->findChild<WelcomePanel*>(), {QUrl(QStringLiteral("https://example.org/a.pdf"))}));
        QVERIFY(!desk().hasProject());
    }

    void projectComesBackWithWhatWasReadAndSettled() {
        addUnits();
        readUnits();
        const int row = rowOf(QStringLiteral("unit-2.pdf"));
        action("reviewMode")->trigger();
        auto* review = m_window->findChild<ReviewPanel*>();
        QVERIFY(review->isVisible());
        QVERIFY(!m_window->findChild<BallotPanel*>()->isVisible());
        BallotResult settled = ballots().at(row).result;
        settled.status = BallotStatus::Reviewed;
        settled.reviewedBy = QStringLiteral("วนิดา");
        Q_EMIT review->settled(settled, {});
        // Nothing is left to review, so the table is shown again.
        QVERIFY(!review->isVisible());
        QCOMPARE(ballots().stateAt(row), ShownState::Settled);
        QTRY_VERIFY(!desk().isSaving());

        m_window.reset();
        openWindow();
        QCOMPARE(desk().recent().list().size(), 1);
        desk().openProject(desk().recent().list().first().path);
        QTRY_COMPARE(ballots().count(), 3);
        QCOMPARE(ballots().countOf(ShownState::Accepted), 2);
        QCOMPARE(ballots().at(rowOf(QStringLiteral("unit-2.pdf"))).result.reviewedBy, QStringLiteral("วนิดา"));
    }

    // An undo in another project wrote the ballot of the first one into it.
    void undoEndsWithItsProject() {
        addUnits();
        readUnits();
        action("reviewMode")->trigger();
        auto* review = m_window->findChild<ReviewPanel*>();
        QVERIFY(review->isVisible());
        review->perform(ReviewAction::Unreadable);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_2);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);
        QCOMPARE(ballots().countOf(ShownState::Unreadable), 1);
        QVERIFY(review->undoStack()->canUndo());
        const QString other = m_fixture->folder.filePath(QStringLiteral("other.tallydesk"));
        desk().openProject(other);
        QTRY_VERIFY(!desk().isFinding());
        QVERIFY(!review->undoStack()->canUndo());
        review->perform(ReviewAction::Undo);
        QTRY_VERIFY(!desk().isSaving());
        desk().closeProject();
        desk().openProject(other);
        QTRY_VERIFY(!desk().isFinding());
        QCOMPARE(ballots().count(), 0);
    }

    void undoOnAnotherBallotBringsItsScan() {
        openWindowOfWrongTotals();
        auto* review = m_window->findChild<ReviewPanel*>();
        QVERIFY(shownByDesk().endsWith(QStringLiteral("unit-1.pdf")));
        review->focusField(QStringLiteral("total"));
        QTest::keyClick(m_window->focusWidget(), Qt::Key_7);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_N);
        QVERIFY(shownByDesk().endsWith(QStringLiteral("unit-2.pdf")));
        QCOMPARE(shownByScan(), QStringLiteral("unit-2.pdf"));
        const QString second = position();
        for (const bool back : {true, false}) {
            action(back ? "undo" : "redo")->trigger();
            QVERIFY(shownByDesk().endsWith(QStringLiteral("unit-1.pdf")));
            QCOMPARE(shownByScan(), QStringLiteral("unit-1.pdf"));
            QVERIFY(position() != second);
            QCoreApplication::processEvents();
            QVERIFY(shownByDesk().endsWith(QStringLiteral("unit-1.pdf")));
            QCOMPARE(shownByScan(), QStringLiteral("unit-1.pdf"));
            if (back) {
                review->perform(ReviewAction::Skip);
                QCOMPARE(position(), second);
            }
        }
        // What is read again is what is seen.
        review->perform(ReviewAction::Retry);
        QVERIFY(ballots().at(rowOf(QStringLiteral("unit-1.pdf"))).run != RunState::Idle);
        QCOMPARE(ballots().at(rowOf(QStringLiteral("unit-2.pdf"))).run, RunState::Idle);
        QTRY_VERIFY(!desk().isBusy());
    }

    void nothingIsCalledDoneWhileABallotIsReadAgain() {
        addUnits();
        readUnits();
        action("reviewMode")->trigger();
        auto* review = m_window->findChild<ReviewPanel*>();
        review->perform(ReviewAction::Retry);
        const QString said = m_window->findChild<NoticeBar*>()->notice().text;
        QVERIFY2(!said.contains(QStringLiteral("You can export now")), qPrintable(said));
        QVERIFY(!said.isEmpty());
        QTRY_VERIFY(!desk().isBusy());
    }

    void aRetryThatDidNotBeginStaysAtItsBallot() {
        openWindowOfWrongTotals([]() -> Expected<SecretKey> {
            return tl::make_unexpected(Error{QStringLiteral("secrets.no_key"), {}, {}});
        });
        AppSettings settings = desk().settings();
        settings.reader = QStringLiteral("ai");
        settings.aiConsent = true;
        desk().setSettings(settings);
        auto* review = m_window->findChild<ReviewPanel*>();
        review->perform(ReviewAction::Retry);
        QVERIFY(!desk().isBusy());
        QVERIFY(review->isVisible());
        QVERIFY(shownByDesk().endsWith(QStringLiteral("unit-1.pdf")));
    }

    void f6GoesBetweenDeskAndScan() {
        addUnits();
        readUnits();
        action("reviewMode")->trigger();
        auto* review = m_window->findChild<ReviewPanel*>();
        auto* view = m_window->findChild<PageView*>();
        QVERIFY(review->isAncestorOf(m_window->focusWidget()));
        QTest::keyClick(m_window->focusWidget(), Qt::Key_F6);
        QCOMPARE(m_window->focusWidget(), view);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(review->isAncestorOf(m_window->focusWidget()));
    }

    void theLastSettledBallotIsTakenBackFromTheList() {
        addUnits();
        readUnits();
        QVERIFY(!action("undo")->isEnabled());
        action("reviewMode")->trigger();
        auto* review = m_window->findChild<ReviewPanel*>();
        review->perform(ReviewAction::Unreadable);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_2);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);
        QCOMPARE(ballots().countOf(ShownState::Unreadable), 1);
        QVERIFY(!review->isVisible());
        m_window->findChild<BallotPanel*>()->setCurrentRow(rowOf(QStringLiteral("unit-10.pdf")));
        QVERIFY(action("undo")->isEnabled());
        action("undo")->trigger();
        QCOMPARE(ballots().countOf(ShownState::Unreadable), 0);
        QCOMPARE(ballots().stateAt(rowOf(QStringLiteral("unit-2.pdf"))), ShownState::NeedsReview);
        QVERIFY(review->isVisible());
        QVERIFY(shownByDesk().endsWith(QStringLiteral("unit-2.pdf")));
        QCOMPARE(shownByScan(), QStringLiteral("unit-2.pdf"));
        QVERIFY(review->isAncestorOf(m_window->focusWidget()));
        action("redo")->trigger();
        QCOMPARE(ballots().countOf(ShownState::Unreadable), 1);
        QVERIFY(!review->isVisible());
    }

    void aBallotReadAgainIsNotTakenBackToItsOldReading() {
        openWindowOfWrongTotals();
        auto* review = m_window->findChild<ReviewPanel*>();
        review->perform(ReviewAction::Unreadable);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_2);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);
        QVERIFY(action("undo")->isEnabled());
        action("undo")->trigger();
        QVERIFY(action("redo")->isEnabled());
        review->perform(ReviewAction::Skip);
        const int row = rowOf(QStringLiteral("unit-1.pdf"));
        m_wrongTotal = 32;
        QSignalSpy ended(&desk(), &ProjectDesk::runEnded);
        desk().readAgain({row});
        QVERIFY(ended.wait(30000));
        QCOMPARE(ballots().at(row).result.data.total->value, std::optional<qint64>(32));
        // Settling it again would bring the first reading's numbers.
        QVERIFY(!action("redo")->isEnabled());
        QVERIFY(shownByDesk().endsWith(QStringLiteral("unit-2.pdf")));
    }

    void theListShowsTheWholePageAgain() {
        openWindowOfWrongTotals();
        auto* view = m_window->findChild<PageView*>();
        view->zoomBy(2.0);
        QVERIFY(view->zoom() != PageView::Zoom::Page);
        action("batchMode")->trigger();
        QCOMPARE(view->zoom(), PageView::Zoom::Page);
    }

    void undoWaitsForAnOpenQuestion() {
        openWindowOfWrongTotals();
        auto* review = m_window->findChild<ReviewPanel*>();
        review->focusField(QStringLiteral("total"));
        QTest::keyClick(m_window->focusWidget(), Qt::Key_7);
        QVERIFY(action("undo")->isEnabled());
        QTest::keyClick(m_window->focusWidget(), Qt::Key_P);
        QVERIFY(!action("undo")->isEnabled());
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Escape);
        QVERIFY(action("undo")->isEnabled());
    }

    void aDecisionThatIsNotOnDiskIsNotCalledSaved() {
        openWindowOfWrongTotals();
        auto file = Database::open(desk().projectPath(), Database::Access::ReadWrite);
        QVERIFY(file);
        QVERIFY(
            (*file)->exec(QStringLiteral("CREATE TRIGGER refusing BEFORE INSERT ON corrections "
                                         "BEGIN SELECT RAISE(ABORT, 'full'); END")));
        const auto* saved = m_window->findChild<QLabel*>(QStringLiteral("saved"));
        QCOMPARE(saved->text(), QStringLiteral("All changes saved"));
        m_window->findChild<ReviewPanel*>()->perform(ReviewAction::Unreadable);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_2);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(!desk().isSaving());
        QVERIFY2(saved->text().startsWith(QStringLiteral("Not saved")), qPrintable(saved->text()));
        const auto* notices = m_window->findChild<NoticeBar*>();
        QCOMPARE(notices->notice().code, QStringLiteral("store.review_not_kept"));
        QString asked;
        QTimer::singleShot(0, m_window.get(), [&asked] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            QVERIFY(box);
            asked = box->text();
            box->reject();
        });
        m_window->close();
        QVERIFY(m_window->isVisible());
        QVERIFY2(asked.contains(QStringLiteral("could not be written")), qPrintable(asked));
        // As soon as the file can be written again, it is.
        QVERIFY((*file)->exec(QStringLiteral("DROP TRIGGER refusing")));
        m_window->findChild<ReviewPanel*>()->perform(ReviewAction::Unreadable);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_2);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(saved->text(), QStringLiteral("All changes saved"));
        QCOMPARE(notices->notice().code, QString());
        m_window->close();
        QTRY_VERIFY(!m_window->isVisible());
    }

    void sameFolderOpensItsProjectAgain() {
        addUnits();
        readUnits();
        m_window.reset();
        openWindow();
        addUnits();
        QCOMPARE(ballots().countOf(ShownState::NotRead), 0);
        QCOMPARE(desk().recent().list().size(), 1);
    }

    void removedBallotStaysAway() {
        addUnits();
        QCOMPARE(desk().remove({1}), 1);
        QTRY_VERIFY(!desk().isSaving());
        const QString path = desk().recent().list().first().path;
        desk().closeProject();
        QCOMPARE(ballots().count(), 0);
        QVERIFY(m_window->findChild<WelcomePanel*>()->isVisible());
        desk().openProject(path);
        QTRY_COMPARE(ballots().count(), 2);
        QCOMPARE(rowOf(QStringLiteral("unit-2.pdf")), -1);
    }

    void removedBallotComesBackAsItWas() {
        addUnits();
        readUnits();
        const int row = rowOf(QStringLiteral("unit-1.pdf"));
        QVERIFY(ballots().stateAt(row) == ShownState::Accepted);
        QCOMPARE(desk().remove({row}), 1);
        QTRY_VERIFY(!desk().isSaving());
        desk().addScans({folderUrl().toLocalFile()});
        QTRY_VERIFY(rowOf(QStringLiteral("unit-1.pdf")) >= 0);
        QTRY_VERIFY(ballots().stateAt(rowOf(QStringLiteral("unit-1.pdf"))) == ShownState::Accepted);
        QCOMPARE(ballots().count(), 3);
    }

    void keyStandsInNoWindow() {
        const QString key = QStringLiteral("sk-or-v1-topsecret0123456789");
        m_window.reset();
        m_fixture =
            std::make_unique<WindowFixture>(m_languages, [&](const BallotScan&, int, const CancelToken&) {
                ReadFailure failure;
                failure.error.code = QStringLiteral("service.unavailable");
                return ReadAttempt::failed(failure);
            });
        m_fixture->tools.desk.key = [key]() -> Expected<SecretKey> { return SecretKey(key); };
        QVERIFY(m_fixture->secrets.write(KeyResolver::entryName(), key).has_value());
        AppSettings settings;
        settings.reader = QStringLiteral("ai");
        settings.aiConsent = true;
        settings.attempts = 1;
        settings.save(m_fixture->settings);
        openWindow();
        addUnits();
        readUnits();
        // The dialog's own loop runs within the wait below.
        QString inDialog;
        QTimer look;
        connect(&look, &QTimer::timeout, this, [&] {
            if (QWidget* dialog = QApplication::activeModalWidget()) {
                inDialog = textsOfWindows();
                dialog->close();
            }
        });
        look.start(50);
        action("settings")->trigger();
        QTRY_VERIFY(!inDialog.isEmpty() && !QApplication::activeModalWidget());
        QVERIFY(!inDialog.contains(key));
        const QString texts = textsOfWindows();
        QVERIFY2(texts.contains(QStringLiteral("TallyDesk")), "no text was found at all");
        QVERIFY(!texts.contains(QStringLiteral("topsecret")));
        QVERIFY(!QGuiApplication::clipboard()->text().contains(key));
        m_fixture->settings.sync();
        for (const QString& name : m_fixture->settings.allKeys())
            QVERIFY(!m_fixture->settings.value(name).toString().contains(key));
    }

    void scansAddedDuringARunAreReadAfterIt() {
        desk().addScans({folderUrl().toLocalFile() + QStringLiteral("/unit-1.pdf")});
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding() && ballots().count() == 1, 60000);
        QSignalSpy ended(&desk(), &ProjectDesk::runEnded);
        desk().start();
        desk().pause();
        desk().addScans({folderUrl().toLocalFile() + QStringLiteral("/unit-2.pdf")});
        QTRY_VERIFY_WITH_TIMEOUT(ballots().count() == 2, 60000);
        QCOMPARE(ballots().stateAt(1), ShownState::Waiting);
        desk().resume();
        QVERIFY(ended.wait(30000));
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ballots().stateAt(0), ShownState::Accepted);
        QCOMPARE(ballots().stateAt(1), ShownState::NeedsReview);
    }

    void readingAgainThatFailsIsSaidAndKeepsWhatWasRead() {
        m_window.reset();
        std::atomic<bool> fails = false;
        m_fixture = std::make_unique<WindowFixture>(
            m_languages, [&](const BallotScan& scan, int number, const CancelToken& cancel) {
                if (!fails)
                    return readUnit(scan, number, cancel);
                ReadFailure failure;
                failure.error.code = QStringLiteral("ondevice.no_table");
                return ReadAttempt::failed(failure);
            });
        openWindow();
        addUnits();
        readUnits();
        const QList<BallotResult> before = ballots().results();
        fails = true;
        QSignalSpy ended(&desk(), &ProjectDesk::runEnded);
        QSignalSpy noticed(&desk(), &ProjectDesk::noticed);
        desk().readAgain({0, 1, 2});
        QVERIFY(ended.wait(30000));
        QCOMPARE(ended[0][0].value<RunEnd>().figures.failed, 3);
        QCOMPARE(ballots().results(), before);
        QVERIFY(!noticed.isEmpty());
        const auto notice = noticed.last()[0].value<Notice>();
        QCOMPARE(notice.kind, Notice::Kind::Warning);
        QVERIFY2(notice.text.contains(QStringLiteral("still counts")), qPrintable(notice.text));
        QCOMPARE(notice.details.size(), 3);
        QVERIFY(notice.details.first().startsWith(before.first().scan.file));
    }

    void scansAddedAfterAnotherReaderWasChosenLeaveWhatCounts() {
        m_window.reset();
        m_fixture = std::make_unique<WindowFixture>(m_languages);
        // The service is sure of everything, this computer of nothing.
        m_fixture->tools.desk.batch.makeReader = [](const ReaderChoice& choice) -> Expected<ReaderSet> {
            const bool service = choice.kind == ReaderKind::Ai;
            ReaderSet set;
            set.reader = std::make_shared<AnsweringReader>(
                [service](const BallotScan&, int, const CancelToken&) {
                    BallotData data = samples::soundBallot(form());
                    if (!service)
                        data.total = samples::entry(form(), 31);
                    return ReadAttempt::success(data);
                },
                service);
            return set;
        };
        AppSettings service;
        service.language = QStringLiteral("en");
        service.reader = QStringLiteral("ai");
        service.model = QStringLiteral("fake");
        service.aiConsent = true;
        service.save(m_fixture->settings);
        openWindow();
        const QString folder = folderUrl().toLocalFile();
        desk().addScans({folder + QStringLiteral("/unit-1.pdf")});
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding() && ballots().count() == 1, 60000);
        readUnits();
        QCOMPARE(ballots().stateAt(0), ShownState::Accepted);
        QCOMPARE(ballots().at(0).result.reader, desk().readerId());
        AppSettings here = service;
        here.reader = QStringLiteral("on-device");
        desk().setSettings(here);
        QSignalSpy ended(&desk(), &ProjectDesk::runEnded);
        desk().readAgain({0});
        QVERIFY(ended.wait(30000));
        QCOMPARE(ballots().stateAt(0), ShownState::NeedsReview);
        desk().setSettings(service);
        desk().addScans({folder + QStringLiteral("/unit-10.pdf")});
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding() && ballots().count() == 2, 60000);
        QTRY_VERIFY(!desk().isSaving());
        const QString project = desk().projectPath();
        desk().closeProject();
        desk().openProject(project);
        QTRY_COMPARE(ballots().count(), 2);
        QCOMPARE(ballots().stateAt(rowOf(QStringLiteral("unit-1.pdf"))), ShownState::NeedsReview);
    }

    void scansThatMayBeMissingAreSaid() {
        QTemporaryDir folder;
        QVERIFY(QFile::copy(m_scans.filePath(QStringLiteral("units/unit-1.pdf")),
                            folder.filePath(QStringLiteral("unit-1.pdf"))));
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("gone")),
                            folder.filePath(QStringLiteral("unit-7.pdf"))));
        QSignalSpy noticed(&desk(), &ProjectDesk::noticed);
        desk().addScans({folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(noticed.size(), 1, 60000);
        const auto notice = noticed[0][0].value<Notice>();
        QCOMPARE(notice.kind, Notice::Kind::Warning);
        QVERIFY2(notice.text.contains(QStringLiteral("could not be taken in")), qPrintable(notice.text));
        QVERIFY(!notice.text.contains(QStringLiteral("no scans")));
        QCOMPARE(notice.details.size(), 1);
        QVERIFY(notice.details[0].startsWith(QStringLiteral("unit-7.pdf")));
    }

    void filesThatCouldNotBeOpenedHaveNoPagesToArrange() {
        QTemporaryDir folder;
        QFile broken(folder.filePath(QStringLiteral("broken.pdf")));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("no scan") > 0);
        broken.close();
        desk().addScans({folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(ballots().count(), 1, 60000);
        auto* table = m_window->findChild<QTableView*>(QStringLiteral("table"));
        QTRY_VERIFY(table->model()->rowCount() == 1);
        table->selectAll();
        QTRY_VERIFY(action("arrangePages")->isEnabled());
        action("arrangePages")->trigger();
        const auto* notices = m_window->findChild<NoticeBar*>();
        QTRY_VERIFY(notices->notice().text.contains(QStringLiteral("no pages to arrange")));
    }

    void projectThatCantBeOpenedIsSaid() {
        QSignalSpy noticed(&desk(), &ProjectDesk::noticed);
        m_window->open(
            {m_scans.filePath(QStringLiteral("units/unit-1.pdf")) + QStringLiteral("/x.tallydesk")});
        QVERIFY(noticed.wait());
        QVERIFY(noticed[0][0].value<Notice>().code.startsWith(QStringLiteral("store.")));
        QVERIFY(!desk().hasProject());
        QVERIFY(m_window->findChild<WelcomePanel*>()->isVisible());
    }

    void closingDuringARunAsksAndLosesNothing() {
        addUnits();
        action("runPause")->trigger();
        action("runPause")->trigger();
        QCOMPARE(desk().batch().phase(), BatchController::Phase::Paused);
        QStringList asked;
        // Answers the question while close() waits for it.
        const auto answer = [&](QMessageBox::ButtonRole role) {
            QTimer::singleShot(0, m_window.get(), [&asked, role] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                QVERIFY(box);
                asked.append(box->text());
                for (QAbstractButton* button : box->buttons())
                    if (box->buttonRole(button) == role) {
                        button->click();
                        return;
                    }
            });
        };
        answer(QMessageBox::RejectRole);
        m_window->close();
        QVERIFY(m_window->isVisible());
        QVERIFY(desk().isBusy());
        answer(QMessageBox::AcceptRole);
        m_window->close();
        // It closes by itself, once what was under way has ended.
        QTRY_VERIFY(!m_window->isVisible());
        QVERIFY(!desk().isBusy());
        QCOMPARE(asked.size(), 2);
        m_window.reset();
        openWindow();
        desk().openProject(desk().recent().list().first().path);
        QTRY_COMPARE(ballots().count(), 3);
    }

    void anyOrderOfActionsLeavesEveryBallotWithAState() {
        std::mt19937 random(20260208);
        const auto pick = [&](int bound) {
            return static_cast<int>(random() % static_cast<unsigned>(bound));
        };
        const QString folder = folderUrl().toLocalFile();
        for (int step = 0; step < 300; ++step) {
            switch (pick(12)) {
                case 0:
                    desk().addScans({folder + QStringLiteral("/unit-%1.pdf").arg(pick(2) ? 1 : 10)});
                    break;
                case 1:
                    desk().cancelFinding();
                    break;
                case 2:
                    if (!desk().isBusy() && pick(3) == 0)
                        desk().closeProject();
                    break;
                case 3:
                    if (!desk().isBusy() && !desk().recent().list().isEmpty() && pick(3) == 0)
                        desk().openProject(desk().recent().list().first().path);
                    break;
                case 4:
                    desk().stop();
                    break;
                case 5:
                    desk().readAgain({pick(4), pick(4)});
                    break;
                case 6:
                    if (pick(5) == 0)
                        desk().remove({pick(4)});
                    break;
                case 7:
                    action("reviewMode")->trigger();
                    break;
                case 8:
                    action("batchMode")->trigger();
                    break;
                case 9:
                    m_window->findChild<BallotPanel*>()->setGroup(static_cast<StateGroup>(pick(7)));
                    break;
                default:
                    action("runPause")->trigger();
            }
            // Lets threads and the window catch up by differing amounts.
            QEventLoop loop;
            QTimer::singleShot(pick(40), &loop, &QEventLoop::quit);
            loop.exec();
        }
        desk().stop();
        QTRY_VERIFY(!desk().isBusy());
        desk().cancelFinding();
        QTRY_VERIFY(!desk().isFinding());
        for (int row = 0; row < ballots().count(); ++row)
            QCOMPARE(ballots().at(row).run, RunState::Idle);
        desk().start();
        QTRY_VERIFY(!desk().isBusy());
        QCOMPARE(ballots().countOf(ShownState::NotRead), 0);
    }

    void reviewTabKeepsItsNameBesideTheCount() {
        addUnits();
        auto* bar = m_window->findChild<RunBar*>();
        const auto* tab = bar->findChild<QToolButton*>(QStringLiteral("reviewMode"));
        for (int width = 1000; width <= 1500; width += 10) {
            bar->setReviewCount(0);
            m_window->resize(width, 720);
            QCoreApplication::processEvents();
            bar->setReviewCount(12);
            QCoreApplication::processEvents();
            QVERIFY2(tab->width() >= tab->sizeHint().width(), qPrintable(QString::number(width)));
        }
    }

    void layoutIsRemembered() {
        addUnits();
        m_window->resize(1100, 640);
        auto* header = m_window->findChild<QTableView*>()->horizontalHeader();
        header->resizeSection(BallotTableModel::FileColumn, 333);
        m_window->close();
        m_window.reset();
        openWindow();
        QCOMPARE(m_window->size(), QSize(1100, 640));
        QCOMPARE(
            m_window->findChild<QTableView*>()->horizontalHeader()->sectionSize(BallotTableModel::FileColumn),
            333);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
