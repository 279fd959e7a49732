// SPDX-License-Identifier: GPL-3.0-or-later
#include "DialogScenes.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include "../../core/SampleBallots.h"
#include "../GuiFakes.h"
#include "gui/AboutDialog.h"
#include "gui/ArrangeDialog.h"
#include "gui/ArrangeModel.h"
#include "gui/ConsentDialog.h"
#include "gui/ExportDialog.h"
#include "gui/HelpDialog.h"
#include "gui/LogDialog.h"
#include "gui/SessionSecretStore.h"
#include "gui/SettingsDialog.h"
#include "gui/StartDialog.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "secrets/KeyResolver.h"

namespace tallydesk::shots {

namespace {

using testing::FakeKeychain;
using testing::ScriptedHttp;

template <typename Widget>
Widget& part(QWidget& parent, const char* name) {
    return *parent.findChild<Widget*>(QLatin1String(name));
}

void takeSettings(Studio& studio) {
    FakeKeychain keychain;
    SessionSecretStore secrets(keychain);
    AppSettings settings;
    settings.reviewer = QStringLiteral("วนิดา ก.");
    const auto http = std::make_shared<ScriptedHttp>();
    {
        SettingsDialog dialog(settings, secrets, nullptr, http);
        dialog.resize(studio.look().size.boundedTo(QSize(980, 740)));
        studio.take(dialog, QStringLiteral("settings-reader"));
        dialog.showPage(SettingsDialog::Page::Service);
        studio.take(dialog, QStringLiteral("settings-service-no-key"));
        dialog.showPage(SettingsDialog::Page::Review);
        studio.take(dialog, QStringLiteral("settings-review"));
        dialog.showPage(SettingsDialog::Page::Display);
        studio.take(dialog, QStringLiteral("settings-display"));
    }
    (void)secrets.write(KeyResolver::entryName(), QStringLiteral("sk-picture-0123456789"));
    settings.reader = QStringLiteral("ai");
    settings.perMinute = 20;
    settings.perDay = 50;
    {
        SettingsDialog dialog(settings, secrets, nullptr, http);
        dialog.resize(studio.look().size.boundedTo(QSize(980, 740)));
        dialog.showPage(SettingsDialog::Page::Service);
        auto& test = part<QPushButton>(dialog, "test");
        auto& verdict = part<QLabel>(dialog, "verdict");
        studio.take(dialog, QStringLiteral("settings-service-key"), [&] { return test.isEnabled(); });
        test.click();
        studio.take(dialog, QStringLiteral("settings-service-tested"),
                    [&] { return verdict.property("textTone").toString() == QLatin1String("ok"); });
        part<QLineEdit>(dialog, "address").setText(QStringLiteral("http://service.example/v1"));
        part<QSpinBox>(dialog, "backoffMin").setValue(30);
        part<QPushButton>(dialog, "save").click();
        studio.take(dialog, QStringLiteral("settings-service-problem"));
    }
    keychain.trouble = Error{QStringLiteral("secrets.no_keychain"), {}, {}};
    SettingsDialog dialog(settings, secrets, nullptr, http);
    dialog.resize(studio.look().size.boundedTo(QSize(980, 740)));
    dialog.showPage(SettingsDialog::Page::Service);
    auto& state = part<QLabel>(dialog, "state");
    studio.take(dialog, QStringLiteral("settings-service-no-keychain"),
                [&] { return state.property("textTone").toString() == QLatin1String("warn"); });
}

void takeConsent(Studio& studio) {
    AppSettings settings;
    settings.reader = QStringLiteral("ai");
    ConsentDialog dialog(settings, 348);
    dialog.resize(studio.look().size.boundedTo(QSize(572, 500)));
    studio.take(dialog, QStringLiteral("consent"));
}

ResultsDocument sampleDocument(const FormCatalog& forms) {
    ResultsDocument document{
        QStringLiteral("0.1.0"), QDateTime::currentDateTimeUtc(), QStringLiteral("on-device"), {}};
    int number = 0;
    for (int round = 1; round <= 20; ++round)
        for (const auto& form : forms.forms()) {
            BallotResult ballot;
            ballot.scan.file = QStringLiteral("หน่วยที่ %1/%2.pdf").arg(round).arg(form->displayCode);
            ballot.scan.file.replace(QStringLiteral("5/"), QStringLiteral("5ทับ"));
            ballot.scan.sha256 = QString::number(++number, 16).rightJustified(64, u'0');
            ballot.status = number % 7 ? BallotStatus::Accepted : BallotStatus::NeedsReview;
            if (number % 40 == 0) {
                ballot.status = BallotStatus::Failed;
                ballot.error = Error{QStringLiteral("intake.pdf_encrypted"), {ballot.scan.file}, {}};
            }
            ballot.data = samples::soundBallot(*form);
            for (auto& header : ballot.data.header)
                if (header.number)
                    header.number = round;
            document.ballots.append(ballot);
        }
    return document;
}

void takeExport(Studio& studio) {
    const QTemporaryDir folder;
    const ReportContext context{FormCatalog::builtIn().value(), MessageCatalog::builtIn()};
    ExportDialog dialog(context, sampleDocument(context.forms));
    dialog.resize(studio.look().size.boundedTo(QSize(980, 740)));
    dialog.setFile(folder.filePath(QStringLiteral("results.csv")));
    const auto& table = part<QTableView>(dialog, "preview");
    const auto hasColumns = [&](int least) { return table.model()->columnCount() >= least; };
    studio.take(dialog, QStringLiteral("export"), [&] { return hasColumns(20); });
    part<QRadioButton>(dialog, "wideLayout").click();
    studio.take(dialog, QStringLiteral("export-wide"), [&] { return hasColumns(40); });
    part<QPushButton>(dialog, "write").click();
    studio.take(dialog, QStringLiteral("export-done"), [&] { return !dialog.isWriting(); });
    dialog.setFile(folder.filePath(QStringLiteral("missing/results.csv")));
    const auto& note = part<QLabel>(dialog, "fileNote");
    studio.take(dialog, QStringLiteral("export-problem"),
                [&] { return note.property("textTone").toString() == QLatin1String("err"); });
}

void takeStart(Studio& studio) {
    const SystemClock clock;
    StartPlan plan;
    plan.settings.reader = QStringLiteral("ai");
    plan.settings.model = QStringLiteral("some/model:free");
    plan.key = SecretKey(QStringLiteral("sk-picture-0123456789"));
    plan.ballots = 120;
    plan.pictures = 348;
    plan.costPerBallot = 0.002;
    const auto http = std::make_shared<ScriptedHttp>();
    http->key = R"({"data": {"limit": null, "limit_remaining": null, "is_free_tier": true}})";
    StartDialog dialog(plan, MessageCatalog::builtIn(), clock, nullptr, http);
    dialog.resize(studio.look().size.boundedTo(QSize(620, 460)));
    const auto& trouble = part<QLabel>(dialog, "trouble");
    studio.take(dialog, QStringLiteral("start-quota"), [&] { return trouble.isVisible(); });

    const QTemporaryDir folder;
    SupportLog log(folder.path(), clock);
    log.note(QStringLiteral("begin"), QStringLiteral("ballots=120 reader=ai:some/model"));
    for (int i = 1; i <= 30; ++i) {
        BallotScan scan;
        scan.sha256 = QString::number(7919 * i, 16).rightJustified(64, u'0');
        log.attempt(scan, {1, QStringLiteral("ai:some/model"), {}, 200, 4000 + 37 * i, {}});
    }
    LogDialog shown(log);
    shown.resize(studio.look().size.boundedTo(QSize(900, 560)));
    const auto& save = part<QPushButton>(shown, "save");
    studio.take(shown, QStringLiteral("support-log"), [&] { return save.isEnabled(); });
}

void takeArrange(Studio& studio) {
    if (!studio.wants(QStringLiteral("arrange-pages")))
        return;
    const FormCatalog forms = FormCatalog::builtIn().value();
    QList<BallotScan> scans =
        Intake(forms).run({QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/samples")}, {}).ballots;
    scans.removeIf([](const BallotScan& scan) { return scan.pages.isEmpty(); });
    PageFetcher pages(std::make_shared<PageSource>());
    ArrangeDialog dialog(scans.mid(0, 3), 1, forms, pages, studio.theme());
    dialog.resize(studio.look().size.boundedTo(QSize(1100, 760)));
    auto& list = part<QListView>(dialog, "pages");
    list.setCurrentIndex(list.model()->index(1, 0));
    part<QToolButton>(dialog, "leaveOut").click();
    list.setCurrentIndex(list.model()->index(3, 0));
    part<QToolButton>(dialog, "turnRight").click();
    studio.take(dialog, QStringLiteral("arrange-pages"), [&] {
        for (int row = 0; row < list.model()->rowCount(); ++row)
            if (list.model()->index(row, 0).data(ArrangeModel::PictureRole).value<QImage>().isNull())
                return false;
        return true;
    });
}

void takeHelp(Studio& studio) {
    QAction open(QCoreApplication::translate("MainWindow", "Open &Folder…"));
    open.setShortcut(QKeySequence(QStringLiteral("Ctrl+O")));
    HelpDialog help(studio.theme(), {&open});
    help.resize(studio.look().size.boundedTo(QSize(1080, 700)));
    studio.take(help, QStringLiteral("help-steps"));
    help.showPage(HelpDialog::Page::Signs);
    studio.take(help, QStringLiteral("help-signs"));
    help.showPage(HelpDialog::Page::Keys);
    studio.take(help, QStringLiteral("help-keys"));
    AboutDialog about;
    about.resize(studio.look().size.boundedTo(QSize(470, 360)));
    studio.take(about, QStringLiteral("about"));
}

}  // namespace

void takeDialogs(Studio& studio) {
    takeHelp(studio);
    takeSettings(studio);
    takeConsent(studio);
    takeExport(studio);
    takeStart(studio);
    takeArrange(studio);
}

}  // namespace tallydesk::shots
