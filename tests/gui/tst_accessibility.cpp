// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QGraphicsView>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "../core/SampleBallots.h"
#include "WindowFixture.h"
#include "gui/AboutDialog.h"
#include "gui/ArrangeDialog.h"
#include "gui/ConsentDialog.h"
#include "gui/ExportDialog.h"
#include "gui/HelpDialog.h"
#include "gui/LogDialog.h"
#include "gui/ReviewPanel.h"
#include "gui/ScrollAccess.h"
#include "gui/SettingsDialog.h"
#include "gui/StartDialog.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

// Far more than any screen has.
constexpr int kMostSteps = 400;

/// What a screen reader says first: the label before the widget, else the widget's own name. On this system
/// a combo box's own name is its value.
QString nameOf(QWidget* widget) {
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
    if (!interface)
        return {};
    QStringList labels;
    for (const auto& [label, relation] : interface->relations(QAccessible::Label))
        if (label)
            labels.append(label->text(QAccessible::Name));
    const bool valueIsName = interface->role() == QAccessible::ComboBox;
    if (labels.isEmpty() && !(valueIsName && widget->accessibleName().isEmpty()))
        return valueIsName ? widget->accessibleName() : interface->text(QAccessible::Name);
    return labels.join(u' ');
}

QString described(QWidget* widget) {
    QStringList path;
    for (QWidget* part = widget; part && path.size() < 4; part = part->parentWidget())
        path.prepend(part->objectName().isEmpty() ? QString::fromLatin1(part->metaObject()->className())
                                                  : part->objectName());
    return path.join(u'/');
}

/// Presses the key until the focus has come round, and says where it was.
QList<QWidget*> walk(QWidget& window, Qt::Key key) {
    QList<QWidget*> visited;
    for (int step = 0; step < kMostSteps; ++step) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, key);
        QWidget* focus = QApplication::focusWidget();
        if (!focus || visited.contains(focus))
            break;
        visited.append(focus);
    }
    return visited;
}

/// What a person who has only Tab must be able to reach.
QList<QWidget*> reachable(QWidget& window) {
    QList<QWidget*> widgets;
    for (QWidget* widget : window.findChildren<QWidget*>())
        if (widget->window() == &window && widget->isVisible() && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy())
            widgets.append(widget);
    return widgets;
}

}  // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

    LanguageSwitcher m_languages;

    /// Walks the window with Tab and Shift+Tab, past `least` widgets or more, and looks at every name.
    void check(QWidget& window, int least = 1) {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QList<QWidget*> visited = walk(window, Qt::Key_Tab);
        QVERIFY(visited.size() >= least);
        QStringList problems;
        for (QWidget* widget : reachable(window))
            if (!visited.contains(widget))
                problems.append(QStringLiteral("not reached by Tab: ") + described(widget));
        QHash<QString, QWidget*> names;
        for (QWidget* widget : visited) {
            const QString name = nameOf(widget);
            if (name.trimmed().isEmpty())
                problems.append(QStringLiteral("no name: ") + described(widget));
            else if (QWidget* other = names.value(name))
                problems.append(QStringLiteral("both are called \"%1\": %2 and %3")
                                    .arg(name, described(other), described(widget)));
            names.insert(name, widget);
        }
        QList<QWidget*> back = walk(window, Qt::Key_Backtab);
        if (QSet<QWidget*>(back.cbegin(), back.cend()) != QSet<QWidget*>(visited.cbegin(), visited.cend()))
            problems.append(QStringLiteral("Shift+Tab goes other ways than Tab"));
        for (const QString& problem : problems)
            qWarning("%s", qPrintable(problem));
        if (!problems.isEmpty())
            for (QWidget* widget : visited)
                qInfo("visited: %s \"%s\"", qPrintable(described(widget)), qPrintable(nameOf(widget)));
        QVERIFY2(problems.isEmpty(), qPrintable(problems.value(0)));
    }

private Q_SLOTS:
    void initTestCase() { m_languages.apply(QStringLiteral("en")); }

    // Asked for by clients that counted before a scroll bar went; Qt's own answer crashed.
    void aScrollAreaHasNoChildBehindTheLast() {
        guardScrollAreas();
        QScrollArea area;
        QGraphicsView view;
        for (QWidget* widget : {static_cast<QWidget*>(&area), static_cast<QWidget*>(&view)}) {
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(interface);
            QVERIFY(interface->childCount() > 0);
            QVERIFY(interface->child(0));
            QVERIFY(!interface->child(interface->childCount()));
            QVERIFY(!interface->child(1000));
        }
    }

    void settingsByTab_data() {
        QTest::addColumn<int>("page");
        QTest::addColumn<bool>("hasKey");
        for (int page = 0; page < 4; ++page)
            for (const bool hasKey : {false, true})
                QTest::addRow("page %d, %s", page, hasKey ? "key" : "no key") << page << hasKey;
    }
    void settingsByTab() {
        QFETCH(int, page);
        QFETCH(bool, hasKey);
        FakeKeychain keychain;
        SessionSecretStore secrets(keychain);
        if (hasKey)
            QVERIFY(secrets.write(QStringLiteral("openrouter-api-key"), QStringLiteral("sk-1")).has_value());
        SettingsDialog dialog(AppSettings(), secrets, nullptr, std::make_shared<ScriptedHttp>());
        dialog.showPage(static_cast<SettingsDialog::Page>(page));
        check(dialog);
    }

    void exportByTab() {
        const ReportContext context{FormCatalog::builtIn().value(), MessageCatalog::builtIn()};
        ExportDialog dialog(context, ResultsDocument());
        check(dialog);
    }

    void arrangeByTab() {
        BallotScan scan;
        scan.file = QStringLiteral("a.pdf");
        scan.pages = {{QStringLiteral("/a.pdf"), 1, 0, {}}, {QStringLiteral("/a.pdf"), 2, 0, {}}};
        scan.pageNumbers = {1, 2};
        PageFetcher pages(std::make_shared<PageSource>());
        ArrangeDialog dialog({scan}, 1, FormCatalog::builtIn().value(), pages, Theme::light());
        check(dialog);
    }

    void startByTab() {
        StartPlan plan;
        plan.ballots = 12;
        const SystemClock clock;
        StartDialog dialog(plan, MessageCatalog::builtIn(), clock, nullptr, std::make_shared<ScriptedHttp>());
        check(dialog);
    }

    void logByTab() {
        const QTemporaryDir folder;
        const SystemClock clock;
        SupportLog log(folder.path(), clock);
        log.note(QStringLiteral("begin"));
        LogDialog dialog(log);
        QTRY_VERIFY(dialog.findChild<QPushButton*>(QStringLiteral("save"))->isEnabled());
        check(dialog);
    }

    void consentByTab() {
        ConsentDialog dialog(AppSettings(), 3);
        check(dialog);
    }

    void helpByTab_data() {
        QTest::addColumn<int>("page");
        for (int page = 0; page < 3; ++page)
            QTest::addRow("page %d", page) << page;
    }
    void helpByTab() {
        QFETCH(int, page);
        HelpDialog dialog(Theme::light(), {});
        dialog.showPage(static_cast<HelpDialog::Page>(page));
        check(dialog);
    }

    void aboutByTab() {
        AboutDialog dialog;
        check(dialog);
    }

    void welcomeByTab() {
        WindowFixture fixture(m_languages);
        MainWindow window(fixture.tools);
        window.resize(1440, 900);
        check(window);
    }

    void batchAndReviewByTab() {
        const FormCatalog forms = FormCatalog::builtIn().value();
        WindowFixture fixture(m_languages, [forms](const BallotScan& scan, int, const CancelToken&) {
            // Something for a person to settle.
            const auto form = forms.byId(scan.formId);
            BallotData data = form ? samples::soundBallot(*form) : BallotData();
            if (data.total)
                data.total->confidence = 0.2;
            return ReadAttempt::success(data);
        });
        // One ballot form of two pages.
        QDir scans(fixture.tools.sampleFolder);
        QVERIFY(scans.cd(QStringLiteral("เขตเลือกตั้งที่ 1 จังหวัดน่าน/วันเลือกตั้ง/หน่วยที่ 2")));
        MainWindow window(fixture.tools);
        window.resize(1440, 900);
        window.open({scans.filePath(QStringLiteral("สส.5ทับ18หน่วยที่2.pdf"))});
        QTRY_COMPARE_WITH_TIMEOUT(window.desk().ballots()->rowCount(), 1, 60'000);
        check(window);
        QSignalSpy ended(&window.desk(), &ProjectDesk::runEnded);
        window.desk().start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
        check(window);
        // As an assistive program does it: the button is toggled, not clicked.
        auto* review = window.findChild<QToolButton*>(QStringLiteral("reviewMode"));
        QVERIFY(review);
        QAccessibleInterface* button = QAccessible::queryAccessibleInterface(review);
        QVERIFY(button && button->actionInterface());
        button->actionInterface()->doAction(button->actionInterface()->actionNames().first());
        QTRY_VERIFY(window.findChild<ReviewPanel*>()->isVisible());
        QVERIFY(review->isChecked());
        check(window);
    }
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
