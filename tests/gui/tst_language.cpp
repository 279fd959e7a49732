// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QDirIterator>
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

#include "GuiFakes.h"
#include "gui/AboutDialog.h"
#include "gui/ConsentDialog.h"
#include "gui/ExportDialog.h"
#include "gui/HelpDialog.h"
#include "gui/LanguageSwitcher.h"
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

    void pluralsFollowTheNumber() {
        QCOMPARE(textsOf(ConsentDialog(AppSettings(), 1)).filter(QStringLiteral("1 picture")).size(), 1);
        QVERIFY(textsOf(ConsentDialog(AppSettings(), 1)).filter(QStringLiteral("1 pictures")).isEmpty());
        QCOMPARE(textsOf(ConsentDialog(AppSettings(), 2)).filter(QStringLiteral("2 pictures")).size(), 1);
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
