// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "GuiFakes.h"
#include "UnusualSettings.h"
#include "gui/ConsentDialog.h"
#include "gui/SessionSecretStore.h"
#include "gui/SettingsCheck.h"
#include "gui/SettingsDialog.h"
#include "secrets/KeyResolver.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

const QString kKey = QStringLiteral("sk-or-v1-topsecret0123456789");

template <typename Widget>
Widget& part(QWidget& parent, const char* name) {
    auto* widget = parent.findChild<Widget*>(QLatin1String(name));
    if (!widget)
        qFatal("There is no %s", name);
    return *widget;
}

QString noteOf(QWidget& dialog, const char* name) {
    return part<QLabel>(dialog, name).text();
}

}  // namespace

class TestSettings : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    FakeKeychain m_keychain;

    QString iniPath() const { return m_folder.filePath(QStringLiteral("settings.ini")); }

private Q_SLOTS:
    void init() {
        qunsetenv("OPENROUTER_API_KEY");
        QFile::remove(iniPath());
        m_keychain.entries.clear();
        m_keychain.trouble.reset();
    }

    void anEnteredKeyGoesToTheKeychainOnly() {
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(unusual(), secrets, nullptr, std::make_shared<ScriptedHttp>());
        dialog.showPage(SettingsDialog::Page::Service);
        dialog.show();
        auto& entry = part<QLineEdit>(dialog, "entry");
        QCOMPARE(entry.echoMode(), QLineEdit::Password);
        entry.setText(kKey);
        dialog.accept();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QCOMPARE(m_keychain.entries.value(KeyResolver::entryName()), kKey);
        QSettings store(iniPath(), QSettings::IniFormat);
        dialog.settings().save(store);
        store.sync();
        QFile file(iniPath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("topsecret"));
        // Nor does any widget still hold it.
        for (const QWidget* widget : dialog.findChildren<QWidget*>())
            for (int i = 0; i < widget->metaObject()->propertyCount(); ++i)
                QVERIFY2(!widget->property(widget->metaObject()->property(i).name())
                              .toString()
                              .contains(QStringLiteral("topsecret")),
                         widget->metaObject()->property(i).name());
        QVERIFY(!entry.isUndoAvailable() || (entry.undo(), !entry.text().contains(kKey)));
    }

    void theDialogSaysWhereTheKeyIs_data() {
        QTest::addColumn<QString>("trouble");
        QTest::addColumn<QString>("words");
        QTest::newRow("kept") << QString() << QStringLiteral("Kept in the system's keychain");
        QTest::newRow("no keychain") << QStringLiteral("secrets.no_keychain")
                                     << QStringLiteral("until TallyDesk closes");
        QTest::newRow("locked") << QStringLiteral("secrets.locked") << QStringLiteral("locked");
    }
    void theDialogSaysWhereTheKeyIs() {
        QFETCH(QString, trouble);
        QFETCH(QString, words);
        if (!trouble.isEmpty())
            m_keychain.trouble = Error{trouble, {}, {}};
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(unusual(), secrets, nullptr, std::make_shared<ScriptedHttp>());
        dialog.showPage(SettingsDialog::Page::Service);
        dialog.show();
        part<QLineEdit>(dialog, "entry").setText(kKey);
        part<QPushButton>(dialog, "keep").click();
        QTRY_VERIFY2(noteOf(dialog, "state").contains(words), qPrintable(noteOf(dialog, "state")));
        QVERIFY(part<QLineEdit>(dialog, "entry").text().isEmpty());
        QVERIFY(part<QPushButton>(dialog, "forget").isVisible());
        m_keychain.trouble.reset();
        part<QPushButton>(dialog, "forget").click();
        QTRY_COMPARE(noteOf(dialog, "state"), QStringLiteral("No key yet."));
        QVERIFY(!secrets.read(KeyResolver::entryName())->has_value());
    }

    void aKeyOfTheEnvironmentIsSaidToComeFromThere() {
        qputenv("OPENROUTER_API_KEY", kKey.toUtf8());
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(unusual(), secrets, nullptr, std::make_shared<ScriptedHttp>());
        dialog.showPage(SettingsDialog::Page::Service);
        dialog.show();
        QTRY_VERIFY(noteOf(dialog, "state").contains(QStringLiteral("OPENROUTER_API_KEY")));
        QVERIFY(!noteOf(dialog, "state").contains(kKey));
        QVERIFY(!part<QLineEdit>(dialog, "entry").isVisible());
    }

    void aWrongAddressIsExplainedAtItsField_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("good");
        QTest::newRow("default") << QStringLiteral("https://openrouter.ai/api/v1") << true;
        QTest::newRow("this computer") << QStringLiteral("http://127.0.0.1:1234/v1") << true;
        QTest::newRow("this computer by name") << QStringLiteral("http://localhost/v1") << true;
        QTest::newRow("blanks around") << QStringLiteral("  https://a.example/v1 ") << true;
        QTest::newRow("plain http") << QStringLiteral("http://openrouter.ai/api/v1") << false;
        QTest::newRow("looks like this computer")
            << QStringLiteral("http://127.0.0.1.evil.example/") << false;
        QTest::newRow("no scheme") << QStringLiteral("openrouter.ai/api/v1") << false;
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
        QTest::newRow("password") << QStringLiteral("https://me:secret@a.example/v1") << false;
        QTest::newRow("key in it") << QStringLiteral("https://a.example/v1?key=secret") << false;
        QTest::newRow("empty") << QString() << false;
    }
    void aWrongAddressIsExplainedAtItsField() {
        QFETCH(QString, address);
        QFETCH(bool, good);
        QCOMPARE(SettingsCheck::serviceAddress(address).isEmpty(), good);
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(AppSettings(), secrets, nullptr, std::make_shared<ScriptedHttp>());
        dialog.show();
        auto& field = part<QLineEdit>(dialog, "address");
        field.setText(address);
        dialog.accept();
        QCOMPARE(dialog.isVisible(), !good);
        if (good)
            return;
        QCOMPARE(noteOf(dialog, "addressNote"), SettingsCheck::serviceAddress(address));
        QCOMPARE(field.accessibleDescription(), noteOf(dialog, "addressNote"));
        QCOMPARE(field.property("fieldState").toString(), QStringLiteral("wrong"));
        QVERIFY(field.isVisible());
        QTRY_VERIFY(field.hasFocus());
    }

    void otherWrongValuesHoldTheDialogOpen() {
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(AppSettings(), secrets, nullptr, std::make_shared<ScriptedHttp>());
        dialog.show();
        part<QComboBox>(dialog, "model").setEditText(QStringLiteral("  "));
        dialog.accept();
        QVERIFY(dialog.isVisible());
        part<QComboBox>(dialog, "model").setEditText(QStringLiteral("m"));
        part<QSpinBox>(dialog, "backoffMin").setValue(60);
        dialog.accept();
        QVERIFY(dialog.isVisible());
        QVERIFY(noteOf(dialog, "backoffNote").contains(QStringLiteral("shorter")));
        part<QSpinBox>(dialog, "backoffMax").setValue(60);
        auto& kind = part<QComboBox>(dialog, "proxyKind");
        kind.setCurrentIndex(2);
        for (const QString& proxy : {QString(), QStringLiteral("proxy:8080"), QStringLiteral("https://a.b"),
                                     QStringLiteral("http://me:secret@proxy:8080")}) {
            part<QLineEdit>(dialog, "proxyAddress").setText(proxy);
            dialog.accept();
            QVERIFY2(dialog.isVisible(), qPrintable(proxy));
        }
        part<QLineEdit>(dialog, "proxyAddress").setText(QStringLiteral("http://proxy:8080"));
        part<QLineEdit>(dialog, "entry").setText(QStringLiteral("two words"));
        dialog.accept();
        QVERIFY(dialog.isVisible());
        QVERIFY(m_keychain.entries.isEmpty());
        part<QLineEdit>(dialog, "entry").clear();
        dialog.accept();
        QVERIFY(!dialog.isVisible());
        QCOMPARE(dialog.settings().proxy, QStringLiteral("http://proxy:8080"));
    }

    void theDialogGivesBackWhatItWasGiven() {
        SessionSecretStore secrets(m_keychain);
        for (const AppSettings& settings : {AppSettings(), unusual()})
            QCOMPARE(SettingsDialog(settings, secrets).settings(), settings);
    }

    void consentEndsWithItsService() {
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(unusual(), secrets);
        auto& address = part<QLineEdit>(dialog, "address");
        address.setText(QStringLiteral("http://127.0.0.1:8080/v2"));
        QVERIFY(dialog.settings().aiConsent);
        address.setText(QStringLiteral("https://other.example/v1"));
        QVERIFY(!dialog.settings().aiConsent);
    }

    void defaultsComeBackButNotTheName() {
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(unusual(), secrets);
        part<QPushButton>(dialog, "restoreDefaults").click();
        AppSettings expected;
        expected.reviewer = unusual().reviewer;
        QCOMPARE(dialog.settings(), expected);
    }

    void modelsComeFromTheService() {
        const auto http = std::make_shared<ScriptedHttp>();
        SessionSecretStore secrets(m_keychain);
        m_keychain.entries.insert(KeyResolver::entryName(), kKey);
        SettingsDialog dialog(unusual(), secrets, nullptr, http);
        dialog.showPage(SettingsDialog::Page::Service);
        dialog.show();
        auto& model = part<QComboBox>(dialog, "model");
        QCOMPARE(http->requests.size(), 0);
        part<QPushButton>(dialog, "fetchModels").click();
        QTRY_COMPARE(model.count(), 1);
        QCOMPARE(model.itemText(0), QStringLiteral("google/gemini-2.5-flash"));
        QCOMPARE(model.currentText(), unusual().model);
        model.setEditText(QStringLiteral("google/gemini-2.5-flash"));
        QVERIFY(noteOf(dialog, "modelNote").contains(QStringLiteral("strict answers")));
        model.setEditText(QStringLiteral("other/words-only"));
        QVERIFY(noteOf(dialog, "modelNote").contains(QStringLiteral("does not read pictures")));
        dialog.accept();
        QVERIFY(dialog.isVisible());
    }

    void aQuestionThatHangsCanBeStopped() {
        const auto http = std::make_shared<ScriptedHttp>();
        http->hang = true;
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(unusual(), secrets, nullptr, http);
        dialog.showPage(SettingsDialog::Page::Service);
        dialog.show();
        auto& fetch = part<QPushButton>(dialog, "fetchModels");
        const QString before = fetch.text();
        fetch.click();
        QVERIFY(fetch.text() != before);
        fetch.click();
        QCOMPARE(fetch.text(), before);
        // Closing the dialog in the middle of a question must not wait for its answer either.
        part<QPushButton>(dialog, "fetchModels").click();
    }

    void aKeyIsTested_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("good") << 200 << QStringLiteral("Works");
        QTest::newRow("refused") << 401 << QStringLiteral("refused");
    }
    void aKeyIsTested() {
        QFETCH(int, status);
        QFETCH(QString, words);
        const auto http = std::make_shared<ScriptedHttp>();
        http->keyStatus = status;
        SessionSecretStore secrets(m_keychain);
        SettingsDialog dialog(unusual(), secrets, nullptr, http);
        dialog.showPage(SettingsDialog::Page::Service);
        dialog.show();
        // What stands in the field is tested before it is kept.
        part<QLineEdit>(dialog, "entry").setText(kKey);
        part<QPushButton>(dialog, "test").click();
        QTRY_VERIFY2(noteOf(dialog, "verdict").contains(words), qPrintable(noteOf(dialog, "verdict")));
        QVERIFY(m_keychain.entries.isEmpty());
        QVERIFY(http->requests.constFirst().headers.contains(
            {QByteArrayLiteral("Authorization"), "Bearer " + kKey.toUtf8()}));
    }

    void consentSaysWhatAndWhere() {
        AppSettings settings;
        ConsentDialog dialog(settings, 348);
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            texts.append(label->text());
        const QString all = texts.join(u'\n');
        for (const QString& words : {QStringLiteral("348"), QStringLiteral("OpenRouter"),
                                     QStringLiteral("openrouter.ai"), settings.model})
            QVERIFY2(all.contains(words), qPrintable(words));
        dialog.show();
        // Enter keeps the scans here.
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Rejected));
        QVERIFY(!dialog.isVisible());
    }
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
