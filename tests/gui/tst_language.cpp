// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "../core/SampleBallots.h"
#include "WindowFixture.h"
#include "gui/AboutDialog.h"
#include "gui/ConsentDialog.h"
#include "gui/ExportDialog.h"
#include "gui/HelpDialog.h"
#include "gui/LanguageSwitcher.h"
#include "gui/LocalDate.h"
#include "gui/NoticeBar.h"
#include "gui/SessionSecretStore.h"
#include "gui/SettingsDialog.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

struct Message {
    QString context;
    QString source;
    QStringList translations;
    bool isPlural = false;
    bool isFinished = true;
};

QList<Message> messagesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            Message message;
            message.context = context;
            message.isPlural = xml.attributes().value(QLatin1String("numerus")) == u"yes";
            messages.append(message);
        } else if (xml.name() == u"source") {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            messages.last().isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!messages.last().isPlural)
                messages.last().translations.append(xml.readElementText());
        } else if (xml.name() == u"numerusform") {
            messages.last().translations.append(xml.readElementText());
        }
    }
    return messages;
}

QString translationFile(const char* name) {
    return QStringLiteral(TALLYDESK_SOURCE_DIR "/translations/") + QLatin1String(name);
}

/// The file brought up to date with the sources, as a translator would get it.
QList<Message> updated(const char* name, const QTemporaryDir& folder, const QStringList& options = {}) {
    const QString copy = folder.filePath(QLatin1String(name));
    QFile::copy(translationFile(name), copy);
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(TALLYDESK_SOURCE_DIR));
    process.start(QStringLiteral(TALLYDESK_LUPDATE),
                  QStringList{QStringLiteral("-I"), QStringLiteral("src"), QStringLiteral("src/gui"),
                              QStringLiteral("src/app"), QStringLiteral("ui"), QStringLiteral("-locations"),
                              QStringLiteral("none"), QStringLiteral("-no-obsolete")} +
                      options + QStringList{QStringLiteral("-ts"), copy});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("lupdate failed: %s", process.readAllStandardError().constData());
    return messagesOf(copy);
}

QMap<QString, int> placeholders(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("%(?:L?\\d+|n)"));
    QMap<QString, int> found;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        ++found[it.next().captured()];
    return found;
}

QString described(const Message& message) {
    return message.context + QStringLiteral(": ") + message.source;
}

/// Every text that a person can read in a widget.
QStringList textsOf(const QWidget& widget) {
    QStringList texts{widget.windowTitle()};
    for (const QLabel* label : widget.findChildren<QLabel*>())
        texts.append(label->text());
    for (const QAbstractButton* button : widget.findChildren<QAbstractButton*>())
        texts.append(button->text());
    texts.removeAll(QString());
    return texts;
}

}  // namespace

class TestLanguage : public QObject {
    Q_OBJECT

    LanguageSwitcher m_switcher;

private Q_SLOTS:
    void init() { m_switcher.apply(QStringLiteral("en")); }

    void everyTextHasAFinishedThaiTranslation() {
        const QTemporaryDir folder;
        QStringList open;
        const QList<Message> messages = updated("tallydesk_th.ts", folder);
        QVERIFY(messages.size() > 150);
        for (const Message& message : messages)
            if (!message.isFinished || message.translations.isEmpty() ||
                message.translations.contains(QString()))
                open.append(described(message));
        QVERIFY2(open.isEmpty(),
                 qPrintable(QStringLiteral("%1 texts:\n").arg(open.size()) + open.join(u'\n')));
    }

    void englishHasBothFormsOfEveryPlural() {
        const QTemporaryDir folder;
        const QList<Message> messages = updated("tallydesk_en.ts", folder, {QStringLiteral("-pluralonly")});
        QVERIFY(!messages.isEmpty());
        for (const Message& message : messages)
            QVERIFY2(message.isFinished && message.translations.size() == 2 &&
                         !message.translations.contains(QString()),
                     qPrintable(described(message)));
    }

    void thaiSaysTheSameThingsInTheHouseWords() {
        // Letters of the other language may stand in a text only as names, keys, codes and formats.
        for (const Message& message : messagesOf(translationFile("tallydesk_th.ts")))
            for (const QString& thai : message.translations) {
                const QByteArray where = described(message).toUtf8();
                QVERIFY2(placeholders(thai) == placeholders(message.source), where.constData());
                QVERIFY2(!thai.contains(u'!'), where.constData());
                QVERIFY2(!thai.contains(QStringLiteral("รับรอง")), where.constData());
                QVERIFY2(!thai.contains(QStringLiteral("คีย์")), where.constData());
                QVERIFY2(!thai.contains(QStringLiteral("ไฟล์")), where.constData());
                QVERIFY2(thai.contains(u'&') == message.source.contains(u'&'), where.constData());
                QVERIFY2(thai.endsWith(QStringLiteral("…")) == message.source.endsWith(QStringLiteral("…")),
                         where.constData());
                QVERIFY2(thai.trimmed() == thai || message.source.trimmed() != message.source,
                         where.constData());
            }
    }

    void qtsOwnWidgetsSpeakThai() {
        m_switcher.apply(QStringLiteral("th"));
        QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("ยกเลิก"));
        QLineEdit field;
        const std::unique_ptr<QMenu> menu(field.createStandardContextMenu());
        for (const QAction* action : menu->actions())
            QVERIFY2(action->isSeparator() || action->text().at(0).script() == QChar::Script_Thai,
                     qPrintable(action->text()));
    }

    void theSwitchIsToldAndSetsTheFormats() {
        const QSignalSpy spy(&m_switcher, &LanguageSwitcher::languageChanged);
        m_switcher.apply(QStringLiteral("th"));
        QCOMPARE(QLocale().language(), QLocale::Thai);
        m_switcher.apply(QStringLiteral("th"));
        QCOMPARE(spy.count(), 1);
        m_switcher.apply(QStringLiteral("en"));
        QCOMPARE(QLocale().language(), QLocale::English);
        QCOMPARE(spy.count(), 2);
        m_switcher.apply(QStringLiteral("nonsense"));
        QVERIFY(m_switcher.language() == LanguageSwitcher::systemLanguage());
    }

    void datesAreWrittenAsTheLanguageDoes() {
        const QDateTime time(QDate(2026, 2, 9), QTime(10, 42));
        QCOMPARE(localDateTime(time), QStringLiteral("9 Feb 2026, 10:42"));
        m_switcher.apply(QStringLiteral("th"));
        QCOMPARE(localDateTime(time), QStringLiteral("9 ก.พ. 2569, 10:42"));
    }

    /// Made in one language and switched, a dialog says exactly what it says when made in the other.
    void aSwitchLeavesNothingBehind_data() {
        QTest::addColumn<QString>("dialog");
        for (const char* name : {"settings", "consent", "export", "help", "about"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aSwitchLeavesNothingBehind() {
        QFETCH(QString, dialog);
        FakeKeychain keychain;
        SessionSecretStore secrets(keychain);
        const auto make = [&]() -> std::unique_ptr<QDialog> {
            if (dialog == u"settings")
                return std::make_unique<SettingsDialog>(AppSettings(), secrets);
            if (dialog == u"consent")
                return std::make_unique<ConsentDialog>(AppSettings(), 3);
            if (dialog == u"help")
                return std::make_unique<HelpDialog>(Theme::light(), QList<QAction*>());
            if (dialog == u"about")
                return std::make_unique<AboutDialog>();
            const ReportContext context{FormCatalog::builtIn().value(), MessageCatalog::builtIn()};
            auto exporting = std::make_unique<ExportDialog>(context, ResultsDocument());
            exporting->setFile(QStringLiteral("/tmp/r.csv"));
            return exporting;
        };
        const auto english = make();
        const QStringList englishTexts = textsOf(*english);
        QVERIFY(englishTexts.size() > 4);
        m_switcher.apply(QStringLiteral("th"));
        const QStringList thaiTexts = textsOf(*make());
        QTRY_COMPARE(textsOf(*english), thaiTexts);
        QVERIFY(thaiTexts != englishTexts);
        m_switcher.apply(QStringLiteral("en"));
        QTRY_COMPARE(textsOf(*english), englishTexts);
    }

    /// The main window, its menus, table and desk, with a ballot that needs a person.
    void theWindowSwitchesWhileItRuns_data() {
        QTest::addColumn<bool>("review");
        QTest::newRow("batch") << false;
        QTest::newRow("review") << true;
    }
    void theWindowSwitchesWhileItRuns() {
        QFETCH(bool, review);
        const FormCatalog forms = FormCatalog::builtIn().value();
        const auto answer = [forms](const BallotScan& scan, int, const CancelToken&) {
            const auto form = forms.byId(scan.formId);
            BallotData data = form ? samples::soundBallot(*form) : BallotData();
            data.figures.remove(QStringLiteral("valid"));
            return ReadAttempt::success(data);
        };
        const QString scan = QStringLiteral(TALLYDESK_SOURCE_DIR
                                            "/resources/samples/เขตเลือกตั้งที่ 1 จังหวัดน่าน/วันเลือกตั้ง/หน่วยที่ 2/"
                                            "สส.5ทับ18หน่วยที่2.pdf");
        const auto texts = [&](const QString& first, const QString& then) {
            WindowFixture fixture(m_switcher, answer);
            AppSettings settings;
            settings.language = first;
            settings.save(fixture.settings);
            MainWindow window(fixture.tools);
            window.resize(1440, 900);
            window.show();
            window.open({scan});
            if (!QTest::qWaitFor([&] { return window.desk().ballots()->rowCount() == 1; }, 60'000))
                return QStringList();
            QSignalSpy ended(&window.desk(), &ProjectDesk::runEnded);
            window.desk().start();
            if (!QTest::qWaitFor([&] { return !ended.isEmpty(); }, 60'000))
                return QStringList();
            if (review)
                window.findChild<QAction*>(QStringLiteral("reviewMode"))->trigger();
            // The switch is heard by events.
            m_switcher.apply(then);
            QCoreApplication::sendPostedEvents();
            // Pictures come and bring their texts; then nothing changes any more.
            QStringList all;
            QElapsedTimer quiet;
            quiet.start();
            (void)QTest::qWaitFor(
                [&] {
                    if (const QStringList now = textsOf(window); now != all) {
                        all = now;
                        quiet.restart();
                    }
                    return quiet.elapsed() > 700;
                },
                10'000);
            // What was told once stays as it was told.
            for (const QLabel* told : window.findChild<NoticeBar*>()->findChildren<QLabel*>())
                all.removeOne(told->text());
            for (const QAction* action : window.findChildren<QAction*>())
                all.append(action->text());
            // A hidden panel may say it when it is shown.
            for (const QLabel* hidden : window.findChildren<QLabel*>())
                if (!hidden->isVisibleTo(&window))
                    all.removeOne(hidden->text());
            const QAbstractItemModel& model = *window.desk().ballots();
            for (int column = 0; column < model.columnCount(); ++column)
                if (column != BallotTableModel::TimeColumn)
                    all += {model.headerData(column, Qt::Horizontal).toString(),
                            model.index(0, column).data().toString()};
            all.sort();
            return all;
        };
        const QString english = QStringLiteral("en");
        const QString thai = QStringLiteral("th");
        const QStringList madeInThai = texts(thai, thai);
        QVERIFY(madeInThai.size() > 60);
        const QStringList switched = texts(english, thai);
        QStringList left = switched;
        for (const QString& text : madeInThai)
            left.removeOne(text);
        QVERIFY2(left.isEmpty(), qPrintable(left.join(u'\n')));
        QCOMPARE(switched, madeInThai);
    }

    void pluralsFollowTheNumber() {
        QCOMPARE(textsOf(ConsentDialog(AppSettings(), 1)).filter(QStringLiteral("1 picture")).size(), 1);
        QVERIFY(textsOf(ConsentDialog(AppSettings(), 1)).filter(QStringLiteral("1 pictures")).isEmpty());
        QCOMPARE(textsOf(ConsentDialog(AppSettings(), 2)).filter(QStringLiteral("2 pictures")).size(), 1);
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
