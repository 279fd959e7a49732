// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QNetworkProxy>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "GuiFakes.h"
#include "UnusualSettings.h"
#include "gui/SessionSecretStore.h"
#include "secrets/KeyResolver.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

const QString kKey = QStringLiteral("sk-or-v1-topsecret0123456789");

}  // namespace

class TestAppSettings : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    FakeKeychain m_keychain;

    QString iniPath() const { return m_folder.filePath(QStringLiteral("settings.ini")); }

private Q_SLOTS:
    void init() {
        QFile::remove(iniPath());
        m_keychain.entries.clear();
        m_keychain.trouble.reset();
    }

    void everyChoiceComesBack() {
        for (const AppSettings& settings : {AppSettings(), unusual()}) {
            QSettings store(iniPath(), QSettings::IniFormat);
            settings.save(store);
            store.sync();
            QSettings again(iniPath(), QSettings::IniFormat);
            QCOMPARE(AppSettings::load(again), settings);
        }
    }

    void aWindowThatIsTakenAwayStaysAway() {
        QSettings store(iniPath(), QSettings::IniFormat);
        unusual().save(store);
        AppSettings without = unusual();
        without.perDay.reset();
        without.save(store);
        QVERIFY(!AppSettings::load(store).perDay);
    }

    void nonsenseInTheFileBecomesTheDefault() {
        QSettings store(iniPath(), QSettings::IniFormat);
        unusual().save(store);
        for (const QString& key : store.allKeys())
            store.setValue(key, QStringLiteral("http://user:secret@evil.example/?x=1"));
        AppSettings expected;
        expected.model = QStringLiteral("http://user:secret@evil.example/?x=1");
        expected.reviewer = expected.model;
        expected.secondModel = expected.model;
        QCOMPARE(AppSettings::load(store), expected);
        store.setValue(QStringLiteral("pace/perSecond"), QStringLiteral("nan"));
        store.setValue(QStringLiteral("pace/workers"), 100'000);
        store.setValue(QStringLiteral("pace/backoffMin"), 20);
        store.setValue(QStringLiteral("pace/backoffMax"), 10);
        QCOMPARE(AppSettings::load(store), expected);
    }

    void consentIsWorthNothingWithoutItsAddress() {
        QSettings store(iniPath(), QSettings::IniFormat);
        unusual().save(store);
        QVERIFY(AppSettings::load(store).aiConsent);
        store.setValue(QStringLiteral("service/address"), QStringLiteral("http://evil.example/v1"));
        QVERIFY(!AppSettings::load(store).aiConsent);
    }

    /// What stands in the file is a fixed list; whoever adds to it has to look here.
    void theFileHoldsNoKey() {
        QSettings store(iniPath(), QSettings::IniFormat);
        unusual().save(store);
        QStringList keys = store.allKeys();
        keys.sort();
        QCOMPARE(keys, QStringList({QStringLiteral("display/language"), QStringLiteral("display/theme"),
                                    QStringLiteral("pace/attempts"), QStringLiteral("pace/backoffMax"),
                                    QStringLiteral("pace/backoffMin"), QStringLiteral("pace/budget"),
                                    QStringLiteral("pace/perDay"), QStringLiteral("pace/perMinute"),
                                    QStringLiteral("pace/perSecond"), QStringLiteral("pace/workers"),
                                    QStringLiteral("reader/crossCheck"), QStringLiteral("reader/kind"),
                                    QStringLiteral("reader/secondModel"), QStringLiteral("review/reviewer"),
                                    QStringLiteral("service/address"), QStringLiteral("service/consent"),
                                    QStringLiteral("service/model"), QStringLiteral("service/proxy")}));
    }

    void withoutAKeychainTheKeyLastsForThisRun() {
        m_keychain.trouble = Error{QStringLiteral("secrets.no_keychain"), {}, {}};
        SessionSecretStore secrets(m_keychain);
        QVERIFY(secrets.write(KeyResolver::entryName(), kKey).has_value());
        QVERIFY(secrets.isForThisRunOnly(KeyResolver::entryName()));
        QCOMPARE(secrets.trouble()->code, QStringLiteral("secrets.no_keychain"));
        QCOMPARE(KeyResolver(QProcessEnvironment(), &secrets).resolve()->unwrap(), kKey.toUtf8());
        QVERIFY(secrets.remove(KeyResolver::entryName()).has_value());
        QVERIFY(!secrets.read(KeyResolver::entryName()));
    }

    void theProxyIsSetForTheProgram() {
        applyProxy(QStringLiteral("socks5://proxy.example:1081"));
        QCOMPARE(QNetworkProxy::applicationProxy().type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(QNetworkProxy::applicationProxy().port(), static_cast<quint16>(1081));
        applyProxy(QStringLiteral("none"));
        QCOMPARE(QNetworkProxy::applicationProxy().type(), QNetworkProxy::NoProxy);
        applyProxy(QStringLiteral("system"));
        QVERIFY(QNetworkProxyFactory::usesSystemConfiguration());
    }

    void settingsBecomeABatch() {
        const BatchOptions options = unusual().batchOptions();
        QCOMPARE(options.requestsPerSecond, 0.5);
        QCOMPARE(options.perMinute, std::optional(20));
        QCOMPARE(options.perDay, std::optional(50));
        QCOMPARE(options.attempts, 7);
        QCOMPARE(options.backoffMax, std::chrono::milliseconds(90'000));
        QCOMPARE(options.workers, 3);
        QCOMPARE(options.budget, std::optional(2.5));
        QVERIFY(options.onQuota == OnQuota::Wait);
        QCOMPARE(AppSettings().batchOptions().workers, BatchOptions::kAutoWorkers);
        const RunReaders readers = unusual().runReaders();
        QCOMPARE(readers.first, QStringLiteral("ai:local/vision"));
        QCOMPARE(readers.always, QStringList{QStringLiteral("on-device")});
        QCOMPARE(readers.flagged, QStringList{QStringLiteral("ai:local/other")});
        const ReaderChoice choice = unusual().readerChoice(SecretKey(kKey));
        QVERIFY(choice.kind == ReaderKind::Ai);
        QCOMPARE(choice.service.baseUrl, QStringLiteral("http://127.0.0.1:8080/v1"));
        QCOMPARE(choice.service.model, QStringLiteral("local/vision"));
    }
};

QTEST_GUILESS_MAIN(TestAppSettings)
#include "tst_appsettings.moc"
