// SPDX-License-Identifier: GPL-3.0-or-later
// Pages put into ballots by hand: in the dialog, and what the project makes of it.
#include <QComboBox>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "../core/SampleBallots.h"
#include "ScanFiles.h"
#include "WindowFixture.h"
#include "gui/ArrangeDialog.h"
#include "gui/ArrangeModel.h"
#include "gui/PreviewPanel.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

const FormTemplate& form() {
    static const auto constituency = FormCatalog::builtIn()->byId(QStringLiteral("5-18-constituency"));
    return *constituency;
}

ReadAttempt readSound(const BallotScan& scan, int, const CancelToken&) {
    BallotData data = samples::soundBallot(form());
    data.header[QStringLiteral("polling_unit")].number = scan.pages.first().pageInFile + scan.file.size();
    return ReadAttempt::success(data);
}

}  // namespace

class TestArrange : public QObject {
    Q_OBJECT

    QTemporaryDir m_scans;
    LanguageSwitcher m_languages;
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;

    ProjectDesk& desk() { return m_window->desk(); }
    const BallotTableModel& ballots() { return *desk().ballots(); }
    BallotScan scanAt(int row) { return ballots().at(row).result.scan; }
    QString scans() const { return m_scans.filePath(QStringLiteral("scans")); }

    void addScans() {
        desk().addScans({scans()});
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding() && ballots().count() == 2, 60000);
    }
    void read() {
        QSignalSpy ended(&desk(), &ProjectDesk::runEnded);
        desk().start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 30000);
    }
    static QToolButton* tool(ArrangeDialog& dialog, const char* name) {
        return dialog.findChild<QToolButton*>(QLatin1String(name));
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(QDir(m_scans.path()).mkpath(QStringLiteral("scans")));
        const QImage page = test::drawFormPage(form(), 0);
        const QImage signatures = test::drawFormPage(form(), 1);
        test::writePdf(scans() + QStringLiteral("/form.pdf"), {page, signatures});
        QImage letter(1654, 2339, QImage::Format_Grayscale8);
        letter.fill(Qt::white);
        QVERIFY(letter.save(scans() + QStringLiteral("/letter.png")));
    }
    void init() {
        m_fixture = std::make_unique<WindowFixture>(m_languages, readSound);
        AppSettings settings;
        settings.language = QStringLiteral("en");
        settings.save(m_fixture->settings);
        m_window = std::make_unique<MainWindow>(m_fixture->tools);
        m_window->show();
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void buttonsArrangeThePages() {
        addScans();
        PageFetcher pages(m_fixture->tools.desk.batch.pages);
        ArrangeDialog dialog({scanAt(0), scanAt(1)}, 0, m_fixture->tools.desk.batch.forms, pages,
                             Theme::light());
        dialog.show();
        auto* list = dialog.findChild<QListView*>(QStringLiteral("pages"));
        auto* apply = dialog.findChild<QPushButton*>(QStringLiteral("apply"));
        QCOMPARE(list->model()->rowCount(), 3);
        QVERIFY(!apply->isEnabled());
        QVERIFY(!tool(dialog, "split")->isEnabled());
        QTRY_VERIFY(!list->model()->index(0, 0).data(ArrangeModel::PictureRole).value<QImage>().isNull());

        QTest::keyClick(list, Qt::Key_Right);
        QCOMPARE(list->currentIndex().row(), 1);
        QTest::mouseClick(tool(dialog, "split"), Qt::LeftButton);
        QCOMPARE(dialog.arrangement().ballotCount(), 3);
        QVERIFY(apply->isEnabled());
        QTest::mouseClick(tool(dialog, "join"), Qt::LeftButton);
        QVERIFY(!apply->isEnabled());
        const QSize upright =
            list->model()->index(1, 0).data(ArrangeModel::PictureRole).value<QImage>().size();
        QTest::mouseClick(tool(dialog, "turnRight"), Qt::LeftButton);
        QCOMPARE(list->model()->index(1, 0).data(ArrangeModel::PictureRole).value<QImage>().size(),
                 upright.transposed());
        QTest::mouseClick(tool(dialog, "leaveOut"), Qt::LeftButton);
        QVERIFY(list->model()->index(1, 0).data(ArrangeModel::LeftOutRole).toBool());
        QVERIFY(list->model()
                    ->index(1, 0)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(QStringLiteral("left out")));
        QTest::mouseClick(tool(dialog, "reset"), Qt::LeftButton);
        QVERIFY(!apply->isEnabled());

        list->setCurrentIndex(list->model()->index(2, 0));
        auto* forms = dialog.findChild<QComboBox*>(QStringLiteral("form"));
        QCOMPARE(forms->currentIndex(), 0);
        forms->setCurrentIndex(forms->findData(form().id));
        Q_EMIT forms->activated(forms->currentIndex());
        QCOMPARE(dialog.arrangement().ballots().last().formId, form().id);
        QTest::mouseClick(tool(dialog, "earlier"), Qt::LeftButton);
        QCOMPARE(dialog.arrangement().ballots().size(), 1);
        QCOMPARE(dialog.arrangement().ballots().first().pages.size(), 3);
    }

    void unrecognisedScanIsReadAsTheFormThatAPersonChose() {
        addScans();
        read();
        QCOMPARE(ballots().stateAt(1), ShownState::Failed);
        QCOMPARE(ballots().at(1).result.error->code, QStringLiteral("intake.no_form"));
        PageArrangement pages({scanAt(1)});
        pages.chooseForm(0, form().id);
        QVERIFY(desk().arrange({scanAt(1)}, pages.ballots()));
        QTRY_VERIFY(!desk().isFinding() && ballots().count() == 2);
        QCOMPARE(ballots().stateAt(1), ShownState::NotRead);
        read();
        QCOMPARE(ballots().stateAt(1), ShownState::Accepted);
    }

    void arrangementLastsWhenTheFolderIsFoundAgain() {
        addScans();
        read();
        QCOMPARE(ballots().stateAt(0), ShownState::Accepted);
        PageArrangement pages({scanAt(0)});
        pages.split(1);
        const QList<BallotScan> parts = pages.ballots();
        QVERIFY(desk().arrange({scanAt(0)}, parts));
        QTRY_VERIFY(!desk().isFinding() && ballots().count() == 3);
        QTRY_VERIFY(!desk().isSaving());
        // The part with the first page of the whole is another ballot than that.
        QCOMPARE(ballots().stateAt(1), ShownState::NotRead);
        read();

        m_window = std::make_unique<MainWindow>(m_fixture->tools);
        m_window->show();
        desk().addScans({scans()});
        QTRY_VERIFY_WITH_TIMEOUT(!desk().isFinding() && ballots().count() == 3, 60000);
        QCOMPARE(ballots().countOf(ShownState::Accepted), 2);
        for (const BallotScan& part : parts)
            QVERIFY(ballots().rowOf(part) >= 0);
    }

    void ballotsMoveToAnotherProject() {
        addScans();
        read();
        const QString other = m_fixture->folder.filePath(QStringLiteral("other.tallydesk"));
        const BallotScan moved = scanAt(0);
        QCOMPARE(desk().moveTo(other, {0}), 1);
        QTRY_COMPARE(ballots().count(), 1);
        QVERIFY(ballots().rowOf(moved) < 0);
        desk().openProject(other);
        QTRY_COMPARE(ballots().count(), 1);
        QCOMPARE(scanAt(0), moved);
        QCOMPARE(ballots().stateAt(0), ShownState::Accepted);
    }

    void projectInUseKeepsItsBallots() {
        addScans();
        const QString other = m_fixture->folder.filePath(QStringLiteral("other.tallydesk"));
        const auto inUse = ProjectStore::open(other, ProjectStore::Access::ReadWrite, m_fixture->clock);
        QVERIFY(inUse);
        QSignalSpy noticed(&desk(), &ProjectDesk::noticed);
        desk().moveTo(other, {0});
        QVERIFY(noticed.wait());
        QCOMPARE(noticed[0][0].value<Notice>().code, QStringLiteral("store.in_use"));
        QCOMPARE(ballots().count(), 2);
    }
};

QTEST_MAIN(TestArrange)
#include "tst_arrange.moc"
