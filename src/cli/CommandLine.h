// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <chrono>
#include <optional>

#include "batch/BatchProcessor.h"
#include "core/Error.h"
#include "readers/ReaderFactory.h"
#include "report/CsvExporter.h"

namespace tallydesk {

/// Where results go. Empty paths are not written; "-" is stdout.
struct OutputOptions {
    QString csv;
    QString json;
    CsvOptions csvOptions;
    bool any() const { return !csv.isEmpty() || !json.isEmpty(); }
};

enum class ProgressStyle { Auto, Plain, Json, None };

/// `tallydesk-cli read`, as given.
struct ReadOptions {
    QStringList paths;
    ReaderKind reader = ReaderKind::OnDevice;
    bool parallel = false;
    /// Workers, pace, attempts and quota; its pointers are set by the command.
    BatchOptions batch;
    /// Empty for the service's default.
    QString baseUrl;
    QString model;
    /// The other kind of reader reads every ballot too, blind to the first.
    bool crossCheck = false;
    /// Another model reads what was flagged; empty for none.
    QString secondModel;
    std::chrono::milliseconds timeout = std::chrono::seconds(120);
    QString project;
    OutputOptions output;
    ProgressStyle progress = ProgressStyle::Auto;
    bool quiet = false;
};

/// `tallydesk-cli export`, as given.
struct ExportOptions {
    QString project;
    OutputOptions output;
};

/// The arguments of each command (spec: cli.md). The given arguments are those after the command's name.
/// Errors: "cli.usage" with the reason. Stateless.
namespace CommandLine {

Expected<ReadOptions> parseRead(const QStringList& arguments);
Expected<ExportOptions> parseExport(const QStringList& arguments);
/// The project file to check.
Expected<QString> parseCheck(const QStringList& arguments);

/// What `--help` prints: of one command, or of all when `command` is empty.
QString help(const QString& command);
/// True when the arguments ask for help.
bool asksForHelp(const QStringList& arguments);

}  // namespace CommandLine

}  // namespace tallydesk
