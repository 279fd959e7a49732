// SPDX-License-Identifier: GPL-3.0-or-later
#include <QGuiApplication>
#include <QLoggingCategory>
#include <csignal>

#include "cli/Commands.h"
#include "core/Clock.h"
#include "imaging/ImageMemory.h"

using namespace tallydesk;

namespace {

template <typename Options>
ExitStatus run(const Expected<Options>& options, ExitStatus (*command)(const Options&, const CommandContext&),
               const CommandContext& context) {
    if (options)
        return command(*options, context);
    sayError(options.error(), context);
    return ExitStatus::WrongUsage;
}

ExitStatus runCommand(QStringList arguments, const CommandContext& context) {
    const QString command = arguments.isEmpty() ? QString() : arguments.takeFirst();
    if (command == u"--version" || command == u"-v") {
        Console::print(QStringLiteral("tallydesk-cli %1\n").arg(context.appVersion));
        return ExitStatus::AllRead;
    }
    const bool known = command == u"read" || command == u"export" || command == u"check";
    if (command == u"--help" || command == u"-h" || (known && CommandLine::asksForHelp(arguments))) {
        Console::print(CommandLine::help(known ? command : QString()));
        return ExitStatus::AllRead;
    }
    if (command == u"read")
        return run(CommandLine::parseRead(arguments), runRead, context);
    if (command == u"export")
        return run(CommandLine::parseExport(arguments), runExport, context);
    if (command == u"check")
        return run(CommandLine::parseCheck(arguments), runCheck, context);
    sayError({QStringLiteral("cli.usage"),
              {command.isEmpty() ? QStringLiteral("Name a command.")
                                 : QStringLiteral("There is no command \"%1\".").arg(command)},
              {}},
             context);
    return ExitStatus::WrongUsage;
}

}  // namespace

int main(int argc, char** argv) {
    // Who listens may go: what was read is kept, and a write that fails says so.
    std::signal(SIGPIPE, SIG_IGN);
    keepPicturesOutOfHeaps();
    // Qt Pdf and fonts want a GUI application; this platform needs no display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // One ballot a worker is the parallelism; Tesseract's own threads would only fight over the cores.
    qputenv("OMP_THREAD_LIMIT", "1");
    // Remarks of libraries have no place between JSON lines; QT_LOGGING_RULES brings them back.
    QLoggingCategory::setFilterRules(QStringLiteral("*.warning=false\n*.info=false\n*.debug=false"));
    const QGuiApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tallydesk"));

    const SystemClock clock;
    const MessageCatalog messages = MessageCatalog::builtIn();
    const Expected<FormCatalog> forms = FormCatalog::builtIn();
    const CommandContext context{
        {forms.value_or(FormCatalog()), messages}, clock, QStringLiteral(TALLYDESK_VERSION)};
    if (!forms) {
        sayError(forms.error(), context);
        return static_cast<int>(ExitStatus::StoppedEarly);
    }
    return static_cast<int>(runCommand(QCoreApplication::arguments().sliced(1), context));
}
