// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QSettings>
#include <QStandardPaths>
#include <cstdio>

#include "gui/LanguageSwitcher.h"
#include "gui/MainWindow.h"
#include "gui/SessionSecretStore.h"
#include "imaging/ImageMemory.h"
#include "imaging/PageSource.h"
#include "secrets/KeyResolver.h"
#include "secrets/KeychainSecretStore.h"
#include "secrets/ProcessSecrets.h"
#include "store/LedgerFile.h"
#include "store/SupportLog.h"

using namespace tallydesk;

namespace {

// Where an installed program and one that was only built have the sample batch.
QString sampleFolder() {
    const QDir program(QCoreApplication::applicationDirPath());
    for (const char* place : {"../share/tallydesk/samples", "../../../resources/samples"})
        if (const QString folder = program.filePath(QLatin1String(place)); QFileInfo(folder).isDir())
            return QDir::cleanPath(folder);
    return {};
}

QStringList pathsFromArguments(const QApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Reads hand-filled election tally forms."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("PATH"),
                                 QApplication::translate("main", "Scans, folders of scans, or a project."),
                                 QStringLiteral("[PATH...]"));
    parser.process(application);
    QStringList paths;
    for (const QString& path : parser.positionalArguments())
        paths.append(QFileInfo(path).absoluteFilePath());
    return paths;
}

}  // namespace

int main(int argc, char** argv) {
    keepPicturesOutOfHeaps();
    // One ballot a worker is the parallelism; Tesseract's own threads would only fight over the cores.
    qputenv("OMP_THREAD_LIMIT", "1");
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tallydesk"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TALLYDESK_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("TallyDesk"));
    QGuiApplication::setDesktopFileName(QStringLiteral("tallydesk"));
    const QStringList paths = pathsFromArguments(application);

    const Expected<FormCatalog> forms = FormCatalog::builtIn();
    const MessageCatalog messages = MessageCatalog::builtIn();
    if (!forms) {
        std::fprintf(stderr, "%s\n", qPrintable(messages.text(forms.error(), Language::English)));
        return 1;
    }
    const SystemClock clock;
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("tallydesk"),
                       QStringLiteral("tallydesk"));
    const QProcessEnvironment environment = ProcessSecrets::take();
    KeychainSecretStore keychain;
    SessionSecretStore secrets(keychain);
    LanguageSwitcher languages;

    SupportLog log(SupportLog::defaultFolder(), clock);
    WindowTools tools;
    tools.desk.batch.makeReader = [catalog = *forms](const ReaderChoice& choice) {
        return makeReader(choice, catalog);
    };
    tools.desk.batch.pages = std::make_shared<PageSource>();
    tools.desk.batch.forms = *forms;
    tools.desk.batch.clock = &clock;
    tools.desk.batch.ledgerFolder = LedgerFile::defaultFolder();
    tools.desk.batch.log = &log;
    tools.desk.messages = messages;
    tools.desk.settings = &settings;
    tools.desk.projectFolder =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/projects");
    tools.desk.key = [&secrets, &environment] { return KeyResolver(environment, &secrets).resolve(); };
    tools.secrets = &secrets;
    tools.languages = &languages;
    tools.sampleFolder = sampleFolder();

    MainWindow window(tools);
    window.show();
    if (!paths.isEmpty())
        window.open(paths);
    return QApplication::exec();
}
