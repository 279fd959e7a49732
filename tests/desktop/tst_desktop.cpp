// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way of a clerk through the window, on a real display: a folder dragged in from another program,
// read on the device, settled by keys and mouse, exported. Run by desktop.py.
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "Hands.h"
#include "PaperTruth.h"
#include "gui/CsvLines.h"
#include "gui/ExportDialog.h"
#include "gui/FindingCard.h"
#include "gui/GuiFakes.h"
#include "gui/LanguageSwitcher.h"
#include "gui/MainWindow.h"
#include "gui/ReviewPanel.h"
#include "gui/SessionSecretStore.h"
#include "gui/ValueField.h"
#include "gui/WelcomePanel.h"
#include "imaging/PageSource.h"
#include "readers/ReaderFactory.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

// On this one the rows don't sum to the valid ballots.
const QString kWrongSum = QStringLiteral("สส.5ทับ16ชุดที่1.pdf");
// On this one the parts don't sum to the ballots received.
const QString kWrongParts = QStringLiteral("สส.5ทับ16(บช)ชุดที่2.pdf");
const QString kSound = QStringLiteral("สส.5ทับ16ชุดที่2.pdf");
const QString kDamaged = QStringLiteral("สส.5ทับ16ชุดที่3.pdf");
constexpr int kRunMs = 120'000;
constexpr int kSlowMs = 20'000;
constexpr int kMostFields = 120;
constexpr int kLookMs = 500;

// The first row whose number can give way for the sum to hold, and what must stand there then.
std::pair<QString, qint64> mendedRow(const PaperNumbers& paper) {
    qint64 surplus = -paper.value(QStringLiteral("valid")).value_or(0);
    for (auto it = paper.begin(); it != paper.end(); ++it)
        if (it.key().startsWith(u"row "))
            surplus += it->value_or(0);
    for (auto it = paper.begin(); it != paper.end(); ++it)
        if (it.key().startsWith(u"row ") && it->value_or(0) >= surplus && *it)
            return {it.key(), **it - surplus};
    return {};
}

}  // namespace

class TestDesktop : public QObject {
    Q_OBJECT

    const Hands m_hands{};
    const QTemporaryDir m_folder;
    const FormCatalog m_forms = FormCatalog::builtIn().value();
    const SystemClock m_clock;
    LanguageSwitcher m_languages;
    std::unique_ptr<QSettings> m_settings;
    FakeKeychain m_keychain;
    SessionSecretStore m_secrets{m_keychain};
    std::unique_ptr<MainWindow> m_window;

    QString scans() const { return m_folder.filePath(QStringLiteral("เขตเลือกตั้งที่ 1 จังหวัดน่าน")); }
    QString csvPath() const { return m_folder.filePath(QStringLiteral("results.csv")); }
    const BallotTableModel& ballots() { return *m_window->desk().ballots(); }
    int rowOf(const QString& file) {
        for (int row = 0; row < ballots().count(); ++row)
            if (ballots().at(row).result.scan.file.endsWith(file))
                return row;
        return -1;
    }
    ShownState stateOf(const QString& file) {
        const int row = rowOf(file);
        return row < 0 ? ShownState::NotRead : ballots().stateAt(row);
    }
    template <typename T>
    T* find(const char* name) {
        return m_window->findChild<T*>(QLatin1String(name));
    }
    ReviewPanel* review() { return m_window->findChild<ReviewPanel*>(); }
    bool isReviewed(const QString& file) {
        const auto* subtitle = find<QLabel>("subtitleLabel");
        return review()->isVisible() && subtitle->toolTip().endsWith(file);
    }
    QString findings() {
        QStringList texts;
        for (const FindingCard* card : review()->findChildren<FindingCard*>())
            if (card->isVisible())
                texts.append(card->accessibleName());
        return texts.join(QStringLiteral(" | "));
    }
    ValueField* focusedField() { return qobject_cast<ValueField*>(QApplication::focusWidget()); }
    ValueField* field(const QString& key) {
        for (ValueField* candidate : review()->findChildren<ValueField*>())
            if (candidate->key() == key && candidate->isVisible())
                return candidate;
        return nullptr;
    }

    /// Writes what stands on paper into the field that has the keyboard.
    bool write(const std::optional<qint64>& number) {
        return number ? m_hands.type(QString::number(*number)) : m_hands.press(QStringLiteral("minus"));
    }
    /// By the clipboard: xdotool types Thai letters by changing the keyboard's layout, of which a busy
    /// program hears too late.
    void pasteName(const ValueField& field, const QString& name);
    /// A click into a field, after scrolling to it with the wheel.
    void clickInto(const QString& key);
    /// Answers every open field as the paper says, by keys alone, and accepts.
    void settleByKeys(const QString& file, const PaperNumbers& paper);
    void openWindow();
    void dragFolderIn();
    void watchRun();
    void settleAll();
    void correctOne();
    void markUnreadableAndUndo();
    void typeInWhole();
    void exportByDialog();
    void readBack();

private Q_SLOTS:
    void initTestCase();
    void aFolderIsDraggedInReadSettledAndExported();
    void cleanupTestCase() { m_window.reset(); }
};

void TestDesktop::initTestCase() {
    if (QGuiApplication::platformName() != u"xcb")
        QSKIP("Needs an X display of its own: run it by desktop.py.");
    QDirIterator samples(QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/samples"), {QStringLiteral("*.pdf")},
                         QDir::Files, QDirIterator::Subdirectories);
    int copied = 0;
    while (samples.hasNext()) {
        const QFileInfo scan(samples.next());
        if (!QStringList{kWrongSum, kWrongParts, kSound, kDamaged}.contains(scan.fileName()))
            continue;
        const QString place = scans() + QStringLiteral("/ล่วงหน้าในเขต/") + scan.dir().dirName();
        QVERIFY(QDir().mkpath(place));
        copied += QFile::copy(scan.filePath(), place + u'/' + scan.fileName());
    }
    QCOMPARE(copied, 4);
}

void TestDesktop::openWindow() {
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    AppSettings settings;
    settings.language = QStringLiteral("en");
    settings.theme = QStringLiteral("light");
    settings.reviewer = QStringLiteral("วนิดา ก.");
    settings.save(*m_settings);
    WindowTools tools;
    tools.desk.batch.makeReader = [forms = m_forms](const ReaderChoice& choice) {
        return makeReader(choice, forms);
    };
    tools.desk.batch.pages = std::make_shared<PageSource>();
    tools.desk.batch.forms = m_forms;
    tools.desk.batch.clock = &m_clock;
    tools.desk.messages = MessageCatalog::builtIn();
    tools.desk.settings = m_settings.get();
    tools.desk.projectFolder = m_folder.filePath(QStringLiteral("projects"));
    tools.secrets = &m_secrets;
    tools.languages = &m_languages;
    m_window = std::make_unique<MainWindow>(tools);
    m_window->move(300, 20);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), kSlowMs));
}

void TestDesktop::dragFolderIn() {
    auto* welcome = m_window->findChild<WelcomePanel*>();
    QVERIFY(welcome->isVisible());
    QProcess manager;
    manager.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    manager.start(QStringLiteral(TALLYDESK_FILE_MANAGER), {scans()});
    QVERIFY(manager.waitForStarted());
    QProcess search;
    const auto found = [&] {
        search.start(
            QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--name"),
             QStringLiteral("^Folders$"), QStringLiteral("getwindowgeometry"), QStringLiteral("--shell")});
        return search.waitForFinished() && search.exitCode() == 0;
    };
    QVERIFY(QTest::qWaitFor(found, kSlowMs));
    QMap<QByteArray, int> place;
    for (const QByteArray& line : search.readAllStandardOutput().split('\n'))
        place.insert(line.left(line.indexOf('=')), line.mid(line.indexOf('=') + 1).toInt());
    const QPoint from(place["X"] + place["WIDTH"] / 2, place["Y"] + place["HEIGHT"] / 2);

    const auto* title = find<QLabel>("dropTitle");
    const QString calm = title->text();
    QVERIFY(m_hands.drag(from, welcome->mapToGlobal(welcome->rect().center())));
    // The window answers before the button is let go.
    QTRY_VERIFY_WITH_TIMEOUT(title->text() != calm, kSlowMs);
    QVERIFY(m_hands.letGo());
    QTRY_VERIFY_WITH_TIMEOUT(manager.bytesAvailable() > 0, kSlowMs);
    QCOMPARE(manager.readAllStandardOutput().trimmed(), QByteArray("copy"));
    QTRY_VERIFY2_WITH_TIMEOUT(!m_window->desk().isFinding() && ballots().count() == 4,
                              qPrintable(QStringLiteral("%1 ballots").arg(ballots().count())), kSlowMs);
    QVERIFY(!welcome->isVisible());
    manager.terminate();
    QTRY_COMPARE_WITH_TIMEOUT(manager.state(), QProcess::NotRunning, kSlowMs);
}

void TestDesktop::watchRun() {
    QSet<ShownState> seen;
    connect(&m_window->desk(), &ProjectDesk::figuresChanged, this, [this, &seen] {
        for (int row = 0; row < ballots().count(); ++row)
            seen.insert(ballots().stateAt(row));
    });
    QSignalSpy ended(&m_window->desk(), &ProjectDesk::runEnded);
    // The drop made no window active but the one it came from.
    QVERIFY(m_hands.click(find<QWidget>("run")));
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kRunMs);
    disconnect(&m_window->desk(), &ProjectDesk::figuresChanged, this, nullptr);
    QVERIFY(seen.contains(ShownState::Waiting));
    QVERIFY(seen.contains(ShownState::Reading));
    QCOMPARE(ballots().countOf(ShownState::NotRead), 0);
    QCOMPARE(stateOf(kWrongSum), ShownState::NeedsReview);
    QCOMPARE(stateOf(kWrongParts), ShownState::NeedsReview);
    QCOMPARE(stateOf(kDamaged), ShownState::Failed);
}

void TestDesktop::clickInto(const QString& key) {
    if (!field(key))
        QVERIFY(m_hands.press(QStringLiteral("w")));
    QTRY_VERIFY(field(key));
    const QWidget* port = review()->findChild<QScrollArea*>(QStringLiteral("scroll"))->viewport();
    const auto offset = [&] {
        const int y = field(key)->mapTo(port, field(key)->rect().center()).y();
        return y < 20 ? -1 : y > port->height() - 20 ? 1 : 0;
    };
    const QPoint middle = port->mapToGlobal(port->rect().center());
    for (int turn = 0; offset() != 0 && turn < kMostFields; ++turn)
        QVERIFY(m_hands.act({QStringLiteral("mousemove"), QString::number(middle.x()),
                             QString::number(middle.y()), QStringLiteral("click"),
                             offset() > 0 ? QStringLiteral("5") : QStringLiteral("4")}));
    QCOMPARE(offset(), 0);
    QVERIFY(m_hands.click(field(key)));
    QTRY_VERIFY(focusedField() && focusedField()->key() == key);
}

void TestDesktop::settleByKeys(const QString& file, const PaperNumbers& paper) {
    const QPushButton* accept = find<QPushButton>("acceptButton");
    // Enter is not taken for a ballot that nobody can have looked at.
    QTest::qWait(kLookMs);
    for (int step = 0; step < kMostFields && QApplication::focusWidget() != accept; ++step) {
        ValueField* open = focusedField();
        QVERIFY(open);
        if (paper.contains(open->key()) && open->text() != QString::number(paper[open->key()].value_or(-1)))
            QVERIFY(write(paper[open->key()]));
        QVERIFY(m_hands.press(QStringLiteral("Return")));
        QTRY_VERIFY2(QApplication::focusWidget() != open, qPrintable(open->key()));
    }
    QVERIFY(accept->isEnabled());
    QVERIFY(m_hands.press(QStringLiteral("ctrl+Return")));
    QTRY_COMPARE(stateOf(file), ShownState::Settled);
}

void TestDesktop::pasteName(const ValueField& field, const QString& name) {
    QGuiApplication::clipboard()->setText(name);
    QVERIFY(m_hands.press(QStringLiteral("ctrl+v")));
    QTRY_COMPARE(field.text(), name);
}

void TestDesktop::correctOne() {
    PaperNumbers paper = paperNumbers(kWrongSum);
    const auto [row, number] = mendedRow(paper);
    QVERIFY(!row.isEmpty());
    paper[row] = number;
    clickInto(row);
    QVERIFY(write(number));
    QTRY_COMPARE(field(row)->text(), QString::number(number));
    settleByKeys(kWrongSum, paper);
}

void TestDesktop::markUnreadableAndUndo() {
    const auto mark = [this] {
        QVERIFY(m_hands.press(QStringLiteral("u")));
        // "Whole ballot: faint" is the second reason.
        QVERIFY(m_hands.press(QStringLiteral("2")));
        QVERIFY(m_hands.press(QStringLiteral("Return")));
        QTRY_COMPARE(stateOf(kWrongParts), ShownState::Unreadable);
    };
    mark();
    QTRY_VERIFY(!isReviewed(kWrongParts));
    QVERIFY(m_hands.press(QStringLiteral("ctrl+z")));
    QTRY_COMPARE(stateOf(kWrongParts), ShownState::NeedsReview);
    QTRY_VERIFY(isReviewed(kWrongParts));
    mark();
}

void TestDesktop::typeInWhole() {
    // The scan breaks off, so there is no form to begin with: the list of forms has the keyboard.
    auto* combo = find<QComboBox>("formCombo");
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(combo));
    const int wanted = combo->findData(QStringLiteral("5-16-constituency"));
    QVERIFY(m_hands.press(QStringLiteral("alt+Down")));
    QTRY_VERIFY(QApplication::activePopupWidget());
    for (int step = combo->currentIndex(); step < wanted; ++step)
        QVERIFY(m_hands.press(QStringLiteral("Down")));
    QVERIFY(m_hands.press(QStringLiteral("Return")));
    QTRY_VERIFY(field(QStringLiteral("total")));
    QCOMPARE(combo->currentIndex(), wanted);

    // The folder that was dragged in is no part of the name of a scan that can't be opened.
    const QMap<QString, QString> head{{QStringLiteral("province"), QStringLiteral("น่าน")},
                                      {QStringLiteral("constituency"), QStringLiteral("1")}};
    PaperNumbers paper = paperNumbers(kSound);
    for (int step = 0; step < kMostFields && !paper.isEmpty(); ++step) {
        const QWidget* before = QApplication::focusWidget();
        QVERIFY(m_hands.press(QStringLiteral("Tab")));
        QTRY_VERIFY(QApplication::focusWidget() != before);
        const ValueField* here = focusedField();
        if (here && paper.contains(here->key()))
            QVERIFY(write(paper.take(here->key())));
        else if (here && here->text().isEmpty() && head.contains(here->key()))
            pasteName(*here, head.value(here->key()));
    }
    QVERIFY2(paper.isEmpty(), qPrintable(paper.keys().join(u',')));
    QTRY_VERIFY2(find<QPushButton>("acceptButton")->isEnabled(), qPrintable(findings()));
    QVERIFY(m_hands.press(QStringLiteral("ctrl+Return")));
    QTRY_COMPARE(stateOf(kDamaged), ShownState::Settled);
}

void TestDesktop::settleAll() {
    QVERIFY(m_hands.press(QStringLiteral("ctrl+2")));
    QTRY_VERIFY(review()->isVisible());
    QStringList settled;
    for (int ballot = 0; ballot < 4 && review()->isVisible() && !QTest::currentTestFailed(); ++ballot) {
        if (isReviewed(kWrongSum)) {
            correctOne();
            settled.append(kWrongSum);
        } else if (isReviewed(kWrongParts)) {
            markUnreadableAndUndo();
            settled.append(kWrongParts);
        } else if (isReviewed(kDamaged)) {
            typeInWhole();
            settled.append(kDamaged);
        } else {
            settleByKeys(kSound, paperNumbers(kSound));
        }
    }
    QCOMPARE(settled, QStringList({kWrongSum, kWrongParts, kDamaged}));
    QTRY_VERIFY(!review()->isVisible());
}

void TestDesktop::exportByDialog() {
    // The dialog has an event loop of its own, so what is done in it is done from there.
    bool written = false;
    QTimer look;
    connect(&look, &QTimer::timeout, this, [&] {
        auto* dialog = qobject_cast<ExportDialog*>(QApplication::activeModalWidget());
        if (!dialog || !dialog->isActiveWindow())
            return;
        look.stop();
        QSignalSpy exported(dialog, &ExportDialog::exported);
        const auto* file = dialog->findChild<QLineEdit*>(QStringLiteral("file"));
        const auto* button = dialog->findChild<QPushButton*>(QStringLiteral("write"));
        written =
            m_hands.click(file) && m_hands.press(QStringLiteral("ctrl+a")) && m_hands.type(csvPath()) &&
            QTest::qWaitFor([&] { return file->text() == csvPath() && button->isEnabled(); }, kSlowMs) &&
            m_hands.click(button) && QTest::qWaitFor([&] { return exported.count() == 1; }, kSlowMs);
        m_hands.press(QStringLiteral("Escape"));
        if (!QTest::qWaitFor([&] { return !dialog->isVisible(); }, kSlowMs))
            dialog->reject();
    });
    look.start(50);
    QVERIFY(m_hands.press(QStringLiteral("ctrl+e")));
    QTRY_VERIFY_WITH_TIMEOUT(written && !QApplication::activeModalWidget(), kSlowMs);
}

void TestDesktop::readBack() {
    QFile file(csvPath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray bytes = file.readAll();
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes.remove(0, 3);
    const QList<QStringList> lines = csvLines(bytes, 10'000);
    QVERIFY(lines.size() > 1);
    const auto column = [&](const char* name) { return lines.first().indexOf(QLatin1String(name)); };
    // Votes of each form by the field's name, a row's with its number.
    QMap<QString, QMap<QString, QString>> votes;
    QMap<QString, QString> status;
    for (const QStringList& line : lines.mid(1)) {
        const QString name = line.at(column("file")).section(u'/', -1);
        const QString number = line.at(column("no"));
        votes[name][number.isEmpty() ? line.at(column("field")) : QStringLiteral("row ") + number] =
            line.at(column("votes"));
        status[name] = line.at(column("status"));
        if (name != kSound)
            QCOMPARE(line.at(column("reviewed_by")), QStringLiteral("วนิดา ก."));
    }
    QCOMPARE(status.value(kWrongSum), QStringLiteral("reviewed"));
    QCOMPARE(status.value(kDamaged), QStringLiteral("reviewed"));
    QCOMPARE(status.value(kWrongParts), QStringLiteral("unreadable"));
    PaperNumbers corrected = paperNumbers(kWrongSum);
    const auto [row, number] = mendedRow(corrected);
    corrected[row] = number;
    const auto compare = [&](const QString& name, const PaperNumbers& paper) {
        for (auto it = paper.begin(); it != paper.end(); ++it)
            QVERIFY2(votes[name].value(it.key()).toLongLong() == it->value_or(0),
                     qPrintable(name + u' ' + it.key() + u' ' + votes[name].value(it.key())));
    };
    compare(kWrongSum, corrected);
    compare(kSound, paperNumbers(kSound));
    compare(kDamaged, paperNumbers(kSound));
}

void TestDesktop::aFolderIsDraggedInReadSettledAndExported() {
    for (const auto step : {&TestDesktop::openWindow, &TestDesktop::dragFolderIn, &TestDesktop::watchRun,
                            &TestDesktop::settleAll, &TestDesktop::exportByDialog, &TestDesktop::readBack}) {
        (this->*step)();
        if (QTest::currentTestFailed())
            return;
    }
}

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
