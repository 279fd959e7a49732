// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CommandLine.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QUrl>
#include <cmath>

#include "net/HttpTransport.h"

namespace tallydesk {

namespace {

QCommandLineOption option(const char* name, const QString& description, const char* value = "",
                          const QString& byDefault = {}) {
    return QCommandLineOption(QLatin1String(name), description, QLatin1String(value), byDefault);
}

void addOutputOptions(QCommandLineParser& parser) {
    parser.addOptions({
        option("csv",
               QStringLiteral("Write the numbers as CSV; failed ballots go to FILE's .failed.csv. - for "
                              "stdout."),
               "FILE"),
        option("csv-layout", QStringLiteral("long: a line for each number; wide: a line for each ballot."),
               "long|wide", QStringLiteral("long")),
        option("no-bom", QStringLiteral("Leave the byte-order mark out of the CSV.")),
        option("json", QStringLiteral("Write everything as JSON. - for stdout."), "FILE"),
    });
}

void addReadOptions(QCommandLineParser& parser) {
    parser.addPositionalArgument(
        QStringLiteral("PATH"), QStringLiteral("Scans, or folders of them: PDF, JPEG, PNG, TIFF, WebP, BMP."),
        QStringLiteral("PATH..."));
    parser.addOptions({
        option("reader",
               QStringLiteral("on-device needs no key and no network; ai sends page images to a "
                              "service."),
               "on-device|ai", QStringLiteral("on-device")),
        option("parallel", QStringLiteral("Read several ballots at once; without it one at a time.")),
        option("workers",
               QStringLiteral("Ballots at once with --parallel (default 5); auto: as many as rate and "
                              "answer times need, or as there are cores."),
               "N|auto", QStringLiteral("5")),
        option("rate", QStringLiteral("Requests per second to the service (default 2.0)."), "R",
               QStringLiteral("2.0")),
        option("per-minute", QStringLiteral("Most requests in a minute."), "N"),
        option("per-day", QStringLiteral("Most requests in a day."), "N"),
        option("base-url",
               QStringLiteral("Any OpenAI-compatible service (default: OpenRouter). The key comes "
                              "from the keychain or OPENROUTER_API_KEY."),
               "URL"),
        option("model", QStringLiteral("The service's model."), "NAME"),
        option("timeout", QStringLiteral("Seconds for one attempt, in total (default 120)."), "S",
               QStringLiteral("120")),
        option("attempts", QStringLiteral("Most attempts at one ballot (default 3)."), "N",
               QStringLiteral("3")),
        option("backoff-min", QStringLiteral("Shortest pause before another attempt (default 4)."), "S",
               QStringLiteral("4")),
        option("backoff-max", QStringLiteral("Longest pause before another attempt (default 10)."), "S",
               QStringLiteral("10")),
        option("on-quota", QStringLiteral("When the service's quota is used up (default stop)."), "stop|wait",
               QStringLiteral("stop")),
        option("budget", QStringLiteral("Stop when the answers have cost this many US dollars."), "AMOUNT"),
        option("cross-check",
               QStringLiteral("Read every ballot on the device and by the service; what they don't both say "
                              "goes to review.")),
        option("second-model", QStringLiteral("Let another model of the service read what was flagged."),
               "NAME"),
        option("project",
               QStringLiteral("Keep every result in this file at once; the same command again goes "
                              "on where it stopped."),
               "FILE"),
    });
    addOutputOptions(parser);
    parser.addOptions({
        option("progress", QStringLiteral("How progress shows on stderr (default auto)."),
               "auto|plain|json|none", QStringLiteral("auto")),
        option("quiet", QStringLiteral("No progress and no summary; failed ballots are still named.")),
    });
}

void addExportOptions(QCommandLineParser& parser) {
    parser.addOption(option("project", QStringLiteral("The project file."), "FILE"));
    addOutputOptions(parser);
}

void addCheckOptions(QCommandLineParser& parser) {
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("The project file."));
}

// Collects the first thing that is wrong with the arguments.
class Arguments {
public:
    Arguments(const QStringList& arguments, void (*addOptions)(QCommandLineParser&)) {
        addOptions(m_parser);
        // QCommandLineParser takes the first argument for the program.
        if (!m_parser.parse(QStringList{QStringLiteral("tallydesk-cli")} + arguments))
            wrong(m_parser.errorText());
    }

    bool has(const char* name) const { return m_parser.isSet(QLatin1String(name)); }
    QString text(const char* name) const { return m_parser.value(QLatin1String(name)); }
    QStringList positional() const { return m_parser.positionalArguments(); }

    void wrong(const QString& reason) {
        if (!m_error)
            m_error = Error{QStringLiteral("cli.usage"), {reason}, {}};
    }
    const std::optional<Error>& error() const { return m_error; }

    int number(const char* name, int least, int most) {
        bool fine = false;
        const int value = text(name).toInt(&fine);
        if (!fine || value < least || value > most)
            wrong(QStringLiteral("--%1 wants a number from %2 to %3, not \"%4\".")
                      .arg(QLatin1String(name))
                      .arg(least)
                      .arg(most)
                      .arg(text(name)));
        return value;
    }

    double real(const char* name, double least, double most) {
        bool fine = false;
        const double value = text(name).toDouble(&fine);
        if (!fine || !std::isfinite(value) || value < least || value > most)
            wrong(QStringLiteral("--%1 wants a number from %2 to %3, not \"%4\".")
                      .arg(QLatin1String(name))
                      .arg(least)
                      .arg(most)
                      .arg(text(name)));
        return value;
    }

    std::chrono::milliseconds seconds(const char* name, double least, double most) {
        return std::chrono::milliseconds(std::llround(real(name, least, most) * 1000));
    }

    // Which of the given words the option says.
    int choice(const char* name, const QStringList& words) {
        const qsizetype index = words.indexOf(text(name));
        if (index < 0)
            wrong(QStringLiteral("--%1 wants one of %2, not \"%3\".")
                      .arg(QLatin1String(name), words.join(QStringLiteral(", ")), text(name)));
        return static_cast<int>(qMax(index, qsizetype(0)));
    }

    OutputOptions output() {
        OutputOptions output;
        output.csv = file("csv");
        output.json = file("json");
        output.csvOptions.layout = choice("csv-layout", {QStringLiteral("long"), QStringLiteral("wide")}) == 1
                                       ? CsvLayout::Wide
                                       : CsvLayout::Long;
        output.csvOptions.byteOrderMark = !has("no-bom");
        if (!output.csv.isEmpty() && output.csv == output.json)
            wrong(QStringLiteral("--csv and --json name the same file."));
        return output;
    }

    QString file(const char* name) {
        const QString path = text(name);
        if (has(name) && path.isEmpty())
            wrong(QStringLiteral("--%1 wants a file.").arg(QLatin1String(name)));
        return path;
    }

private:
    QCommandLineParser m_parser;
    std::optional<Error> m_error;
};

QString serviceUrl(Arguments& arguments) {
    const QString text = arguments.text("base-url");
    if (!arguments.has("base-url"))
        return {};
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http"))
        arguments.wrong(QStringLiteral("--base-url wants an https address, not \"%1\".").arg(text));
    else if (!HttpTransport::mayContact(url))
        arguments.wrong(
            QStringLiteral("Plain http goes to this machine only. Use https for \"%1\".").arg(text));
    return text;
}

void readBatchOptions(Arguments& arguments, BatchOptions& batch) {
    batch.workers = arguments.text("workers") == u"auto"
                        ? BatchOptions::kAutoWorkers
                        : arguments.number("workers", 1, BatchOptions::kMostWorkers);
    batch.requestsPerSecond = arguments.real("rate", 0.001, 1000);
    if (arguments.has("per-minute"))
        batch.perMinute = arguments.number("per-minute", 1, 1'000'000);
    if (arguments.has("per-day"))
        batch.perDay = arguments.number("per-day", 1, 100'000'000);
    batch.attempts = arguments.number("attempts", 1, 100);
    batch.backoffMin = arguments.seconds("backoff-min", 0, 86'400);
    batch.backoffMax = arguments.seconds("backoff-max", 0, 86'400);
    if (batch.backoffMax < batch.backoffMin)
        arguments.wrong(QStringLiteral("--backoff-max is shorter than --backoff-min."));
    batch.onQuota = arguments.choice("on-quota", {QStringLiteral("stop"), QStringLiteral("wait")}) == 1
                        ? OnQuota::Wait
                        : OnQuota::Stop;
    if (arguments.has("budget"))
        batch.budget = arguments.real("budget", 0, 1e9);
}

// The parser's own text without its first lines, which name the program without the command.
QString optionHelp(void (*addOptions)(QCommandLineParser&)) {
    QCommandLineParser parser;
    addOptions(parser);
    const QString text = parser.helpText();
    return text.mid(qMax(qsizetype(0), text.indexOf(QStringLiteral("\nOptions:")) + 1));
}

}  // namespace

Expected<ReadOptions> CommandLine::parseRead(const QStringList& given) {
    Arguments arguments(given, addReadOptions);
    ReadOptions options;
    if (!arguments.error()) {
        options.paths = arguments.positional();
        if (options.paths.isEmpty())
            arguments.wrong(QStringLiteral("Name the scans or folders to read."));
        for (const QString& path : options.paths)
            if (!QFileInfo::exists(path))
                arguments.wrong(QStringLiteral("There is no file or folder \"%1\".").arg(path));
        options.reader = arguments.choice("reader", {QStringLiteral("on-device"), QStringLiteral("ai")}) == 1
                             ? ReaderKind::Ai
                             : ReaderKind::OnDevice;
        options.parallel = arguments.has("parallel");
        readBatchOptions(arguments, options.batch);
        options.baseUrl = serviceUrl(arguments);
        options.model = arguments.text("model");
        options.crossCheck = arguments.has("cross-check");
        options.secondModel = arguments.text("second-model").trimmed();
        if (arguments.has("second-model") && options.secondModel.isEmpty())
            arguments.wrong(QStringLiteral("--second-model wants a model's name."));
        options.timeout = arguments.seconds("timeout", 1, 3600);
        options.project = arguments.file("project");
        options.output = arguments.output();
        options.progress = static_cast<ProgressStyle>(
            arguments.choice("progress", {QStringLiteral("auto"), QStringLiteral("plain"),
                                          QStringLiteral("json"), QStringLiteral("none")}));
        options.quiet = arguments.has("quiet");
    }
    if (arguments.error())
        return tl::make_unexpected(*arguments.error());
    return options;
}

Expected<ExportOptions> CommandLine::parseExport(const QStringList& given) {
    Arguments arguments(given, addExportOptions);
    ExportOptions options;
    if (!arguments.error()) {
        options.project = arguments.text("project");
        if (options.project.isEmpty())
            arguments.wrong(QStringLiteral("Name the project file with --project."));
        if (!arguments.positional().isEmpty())
            arguments.wrong(QStringLiteral("\"%1\" is too much.").arg(arguments.positional().first()));
        options.output = arguments.output();
        if (!options.output.any())
            arguments.wrong(QStringLiteral("Say what to write: --csv, --json or both."));
    }
    if (arguments.error())
        return tl::make_unexpected(*arguments.error());
    return options;
}

Expected<QString> CommandLine::parseCheck(const QStringList& given) {
    Arguments arguments(given, addCheckOptions);
    if (!arguments.error() && arguments.positional().size() != 1)
        arguments.wrong(QStringLiteral("Name one project file."));
    if (arguments.error())
        return tl::make_unexpected(*arguments.error());
    return arguments.positional().first();
}

bool CommandLine::asksForHelp(const QStringList& arguments) {
    for (const QString& argument : arguments) {
        if (argument == u"--")
            return false;
        if (argument == u"--help" || argument == u"-h")
            return true;
    }
    return false;
}

QString CommandLine::help(const QString& command) {
    const QString read = QStringLiteral(
        "Usage: tallydesk-cli read PATH... [options]\n"
        "Reads ballot forms from scans. Other files are named and skipped.\n\n");
    const QString check = QStringLiteral("Usage: tallydesk-cli check FILE\nVerifies a project file.\n");
    const QString writeOut = QStringLiteral(
        "Usage: tallydesk-cli export --project FILE [options]\n"
        "Writes out what a project file holds.\n\n");
    if (command == u"read")
        return read + optionHelp(addReadOptions);
    if (command == u"export")
        return writeOut + optionHelp(addExportOptions);
    if (command == u"check")
        return check;
    return QStringLiteral("Usage: tallydesk-cli read|check|export ... | --help | --version\n\n") + read +
           optionHelp(addReadOptions) + u'\n' + writeOut + optionHelp(addExportOptions) + u'\n' + check +
           QStringLiteral(
               "\nExit status: 0 all ballots read; 1 some failed; 2 wrong usage; 3 stopped early for a "
               "cause\nthat concerns all; 130 stopped by Ctrl-C. What was done is kept in every "
               "case.\n");
}

}  // namespace tallydesk
