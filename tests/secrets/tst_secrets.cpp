// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QTest>
#include <type_traits>

#include "core/MessageCatalog.h"
#include "secrets/KeyResolver.h"
#include "secrets/KeychainSecretStore.h"
#include "secrets/ProcessSecrets.h"

using namespace tallydesk;

namespace {

enum class Lock { Open, Lying, Refusing, Hanging, Absent };

/// What a keychain holds and how it behaves; outlives the backend that the store owns.
struct Keychain {
    Lock lock = Lock::Open;
    QHash<QString, QString> entries;
    /// Says that it deleted, and did not.
    bool keepsAll = false;
};

class FakeBackend final : public KeychainBackend {
public:
    explicit FakeBackend(Keychain& keychain) : m_keychain(keychain) {}

    Expected<std::optional<QString>> read(const QString& name) override {
        if (const auto error = trouble())
            return tl::make_unexpected(*error);
        if (m_keychain.lock != Lock::Open || !m_keychain.entries.contains(name))
            return std::optional<QString>();
        return std::optional(m_keychain.entries.value(name));
    }
    Expected<void> write(const QString& name, const QString& secret) override {
        if (const auto error = trouble())
            return tl::make_unexpected(*error);
        if (m_keychain.lock == Lock::Refusing)
            return fail(QStringLiteral("secrets.failed"));
        if (m_keychain.lock == Lock::Open)
            m_keychain.entries.insert(name, secret);
        return {};
    }
    Expected<void> remove(const QString& name) override {
        if (const auto error = trouble())
            return tl::make_unexpected(*error);
        if (m_keychain.lock == Lock::Open && !m_keychain.keepsAll)
            m_keychain.entries.remove(name);
        return {};
    }

private:
    std::optional<Error> trouble() const {
        if (m_keychain.lock == Lock::Hanging)
            return Error{QStringLiteral("secrets.timeout"), {}, {}};
        if (m_keychain.lock == Lock::Absent)
            return Error{QStringLiteral("secrets.no_keychain"), {}, {}};
        return std::nullopt;
    }

    Keychain& m_keychain;
};

const QString kKey = QStringLiteral("sk-or-v1-0123456789abcdef");

}  // namespace

Q_DECLARE_METATYPE(Lock)

class TestSecrets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsAndForgetsAKey() {
        Keychain keychain;
        KeychainSecretStore store(std::make_unique<FakeBackend>(keychain));
        QVERIFY(store.write(QStringLiteral("k"), kKey).has_value());
        QCOMPARE(store.read(QStringLiteral("k")).value().value(), kKey);
        QVERIFY(store.remove(QStringLiteral("k")).has_value());
        QVERIFY(!store.read(QStringLiteral("k")).value().has_value());
        QVERIFY2(keychain.entries.isEmpty(), "the probe was left behind");
    }

    void entryThatStaysIsSaidWithItsReason() {
        Keychain keychain;
        keychain.keepsAll = true;
        keychain.entries = {{QStringLiteral("k"), kKey}};
        const auto removed =
            KeychainSecretStore(std::make_unique<FakeBackend>(keychain)).remove(QStringLiteral("k"));
        QVERIFY(!removed);
        QCOMPARE(removed.error().code, QStringLiteral("secrets.failed"));
        QCOMPARE(removed.error().args.size(), 1);
        QVERIFY(!removed.error().args.first().isEmpty());
    }
    void troubleIsNeverNoKey_data() {
        QTest::addColumn<Lock>("lock");
        QTest::addColumn<QString>("code");
        QTest::newRow("locked, claims success") << Lock::Lying << QStringLiteral("secrets.locked");
        QTest::newRow("locked, refuses") << Lock::Refusing << QStringLiteral("secrets.locked");
        QTest::newRow("dialog that nobody answers") << Lock::Hanging << QStringLiteral("secrets.timeout");
        QTest::newRow("no secret service") << Lock::Absent << QStringLiteral("secrets.no_keychain");
    }
    void troubleIsNeverNoKey() {
        QFETCH(Lock, lock);
        QFETCH(QString, code);
        Keychain keychain{lock, {{KeyResolver::entryName(), kKey}}};
        KeychainSecretStore store(std::make_unique<FakeBackend>(keychain));
        const auto read = store.read(KeyResolver::entryName());
        QVERIFY(!read);
        QCOMPARE(read.error().code, code);
        const auto removed = store.remove(KeyResolver::entryName());
        QVERIFY(!removed);
        QCOMPARE(removed.error().code, code);
        const auto written = store.write(KeyResolver::entryName(), QStringLiteral("other-key"));
        QVERIFY(!written);
        QCOMPARE(keychain.entries.value(KeyResolver::entryName()), kKey);
        const auto resolved = KeyResolver(QProcessEnvironment(), &store).resolve();
        QVERIFY(!resolved);
        QCOMPARE(resolved.error().code, code);
        QVERIFY(MessageCatalog::builtIn().contains(code));
    }

    void environmentComesFirst() {
        Keychain keychain{Lock::Open, {{KeyResolver::entryName(), QStringLiteral("from-keychain")}}};
        KeychainSecretStore store(std::make_unique<FakeBackend>(keychain));
        QProcessEnvironment environment;
        QCOMPARE(KeyResolver(environment, &store).resolve().value().unwrap(),
                 QByteArrayLiteral("from-keychain"));
        environment.insert(KeyResolver::variableName(), QStringLiteral(" from-environment\n"));
        QCOMPARE(KeyResolver(environment, &store).resolve().value().unwrap(),
                 QByteArrayLiteral("from-environment"));
        // A key in the environment makes a broken keychain irrelevant.
        keychain.lock = Lock::Absent;
        QCOMPARE(KeyResolver(environment, &store).resolve().value().unwrap(),
                 QByteArrayLiteral("from-environment"));
        QCOMPARE(KeyResolver(environment, nullptr).resolve().value().unwrap(),
                 QByteArrayLiteral("from-environment"));
    }

    void noKeyAnywhere() {
        Keychain keychain;
        KeychainSecretStore store(std::make_unique<FakeBackend>(keychain));
        QCOMPARE(KeyResolver(QProcessEnvironment(), &store).resolve().error().code,
                 QStringLiteral("secrets.no_key"));
        QCOMPARE(KeyResolver(QProcessEnvironment(), nullptr).resolve().error().code,
                 QStringLiteral("secrets.no_key"));
        QVERIFY(MessageCatalog::builtIn().contains(QStringLiteral("secrets.no_key")));
    }

    void keyCannotBecomeText() {
        static_assert(!std::is_convertible_v<SecretKey, QString>);
        static_assert(!std::is_convertible_v<SecretKey, QByteArray>);
        const SecretKey key(kKey);
        QCOMPARE(key.redacted(QByteArray("refused: " + kKey.toUtf8() + '.')),
                 QByteArrayLiteral("refused: ***."));
        QVERIFY(!SecretKey(QStringLiteral("two words")).isWellFormed());
        QVERIFY(!SecretKey(QStringLiteral("line\r\nX-Header: 1")).isWellFormed());
    }

    void keyIsTakenOutOfTheEnvironmentOfChildren() {
        const QByteArray variable = KeyResolver::variableName().toLatin1();
        qputenv(variable.constData(), kKey.toLatin1());
        const QProcessEnvironment environment = ProcessSecrets::take();
        QCOMPARE(KeyResolver(environment, nullptr).resolve().value().unwrap(), kKey.toUtf8());
        QVERIFY(!qEnvironmentVariableIsSet(variable.constData()));
        QProcess child;
        child.start(QStringLiteral("env"), QStringList());
        QVERIFY(child.waitForFinished());
        QVERIFY(!child.readAll().contains(kKey.toUtf8()));
        // No crash writes memory to a file.
        QFile limits(QStringLiteral("/proc/self/limits"));
        if (limits.open(QIODevice::ReadOnly)) {
            const QString text = QString::fromLatin1(limits.readAll());
            const qsizetype at = text.indexOf(QLatin1String("Max core file size"));
            QCOMPARE(text.mid(at + 18).simplified().section(u' ', 0, 1), QStringLiteral("1 1"));
        }
    }

    void machineWithoutSecretServiceSaysSo() {
        // No bus at all: the real keychain must answer in time, with an error and not with "no key".
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        KeychainSecretStore store(std::chrono::milliseconds(3000));
        const auto read = store.read(QStringLiteral("k"));
        QVERIFY(!read);
        const QStringList possible{QStringLiteral("secrets.no_keychain"), QStringLiteral("secrets.timeout"),
                                   QStringLiteral("secrets.failed"), QStringLiteral("secrets.locked")};
        QVERIFY2(possible.contains(read.error().code), qPrintable(read.error().code));
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
