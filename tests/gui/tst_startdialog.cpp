// SPDX-License-Identifier: GPL-3.0-or-later
// What is said before a batch goes to an AI service, and the log for support.
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "GuiFakes.h"
#include "gui/LanguageSwitcher.h"
#include "gui/LogDialog.h"
#include "gui/StartDialog.h"
#include "store/LedgerFile.h"

using namespace tallydesk;
using namespace tallydesk::testing;

class TestStartDialog : public QObject {
    Q_OBJECT

    const SystemClock m_clock;
    const MessageCatalog m_messages = MessageCatalog::builtIn();
    LanguageSwitcher m_languages;

    static StartPlan plan(const QString& model = QStringLiteral("google/gemini-2.5-flash")) {
        StartPlan result;
        result.settings.reader = QStringLiteral("ai");
        result.settings.model = model;
        result.key = SecretKey(QStringLiteral("sk-fake-0123456789"));
        result.ballots = 120;
        result.pictures = 348;
        result.costPerBallot = 0.002;
        return result;
    }
    static QString text(const StartDialog& dialog, const char* name) {
        return dialog.findChild<QLabel*>(QLatin1String(name))->text();
    }
    static QPushButton* start(const StartDialog& dialog) {
        return dialog.findChild<QPushButton*>(QStringLiteral("start"));
    }

private Q_SLOTS:
    void initTestCase() { m_languages.apply(QStringLiteral("en")); }

    void batchIsForetold() {
        StartDialog dialog(plan(), m_messages, m_clock, nullptr, std::make_shared<ScriptedHttp>());
        dialog.show();
        QCOMPARE(text(dialog, "heading"), QStringLiteral("Read 120 ballots with OpenRouter?"));
        QCOMPARE(text(dialog, "picturesText"), QStringLiteral("348 pictures will be sent."));
        QCOMPARE(text(dialog, "requestsText"), QStringLiteral("120 requests, about 1 min"));
        QCOMPARE(text(dialog, "costText"), QStringLiteral("about $0.24"));
        QTRY_COMPARE(text(dialog, "keyText"), QStringLiteral("Paid key, $4.57 left"));
        QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("trouble"))->isVisible());
        QVERIFY(start(dialog)->isEnabled());
    }

    void freeKeysQuotaCountsWhatWasAskedToday() {
        const QTemporaryDir folder;
        StartPlan ahead = plan(QStringLiteral("some/model:free"));
        ahead.ledgerFolder = folder.path();
        LedgerFile ledger(folder.path(), LedgerFile::accountOf(QUrl(ServiceSettings().baseUrl), ahead.key),
                          m_clock);
        for (int i = 0; i < 8; ++i)
            ledger.note();
        const auto http = std::make_shared<ScriptedHttp>();
        http->key = R"({"data": {"limit": null, "limit_remaining": null, "is_free_tier": true}})";
        StartDialog dialog(ahead, m_messages, m_clock, nullptr, http);
        dialog.show();
        QTRY_COMPARE(text(dialog, "keyText"), QStringLiteral("Free key"));
        QCOMPARE(text(dialog, "quotaText"), QStringLiteral("42 requests left today"));
        QVERIFY(text(dialog, "trouble").contains(QStringLiteral("goes on by itself")));
        QVERIFY(start(dialog)->isEnabled());
        QCOMPARE(dialog.freeLimits()->perDay, 50);
    }

    void refusedKeyLeadsToTheSettings() {
        const auto http = std::make_shared<ScriptedHttp>();
        http->keyStatus = 401;
        StartDialog dialog(plan(), m_messages, m_clock, nullptr, http);
        dialog.show();
        QTRY_VERIFY(!start(dialog)->isEnabled());
        QVERIFY(!text(dialog, "trouble").isEmpty());
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("settings")), Qt::LeftButton);
        QVERIFY(dialog.wantsSettings());
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Rejected));
    }

    void logIsShownAndSaved() {
        const QTemporaryDir folder;
        SupportLog log(folder.path(), m_clock);
        log.note(QStringLiteral("begin"), QStringLiteral("ballots=3"));
        LogDialog dialog(log);
        dialog.show();
        auto* shown = dialog.findChild<QPlainTextEdit*>(QStringLiteral("text"));
        QTRY_VERIFY(shown->toPlainText().contains(QStringLiteral("ballots=3")));
        const QString copy = folder.filePath(QStringLiteral("copy.txt"));
        dialog.saveTo(copy);
        auto* outcome = dialog.findChild<QLabel*>(QStringLiteral("outcome"));
        QTRY_VERIFY(outcome->text().contains(QStringLiteral("copy.txt")));
        QFile saved(copy);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("ballots=3"));
        dialog.saveTo(folder.filePath(QStringLiteral("missing/copy.txt")));
        QTRY_COMPARE(outcome->property("textTone").toString(), QStringLiteral("err"));
    }
};

QTEST_MAIN(TestStartDialog)
#include "tst_startdialog.moc"
