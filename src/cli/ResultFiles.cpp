// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ResultFiles.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>

#include "imaging/FolderScanner.h"
#include "report/CsvExporter.h"
#include "report/JsonWriter.h"
#include "report/SafeFile.h"

namespace tallydesk {

namespace {

const QString kStdout = QStringLiteral("-");

// What a pipe or a screen has taken can't be taken back, so the sentences about files would be untrue.
tl::unexpected<Error> stdoutFailed(const QString& detail) {
    return fail(QStringLiteral("cli.stdout_failed"), {}, detail);
}

Expected<void> writeTo(const QString& path, const SafeFile::Write& write) {
    if (path != kStdout)
        return SafeFile::replace(path, write);
    QFile out;
    if (!out.open(stdout, QIODevice::WriteOnly))
        return stdoutFailed(out.errorString());
    if (auto written = write(out); !written)
        return stdoutFailed(written.error().detail);
    if (!out.flush())
        return stdoutFailed(out.errorString());
    return {};
}

bool holdsSomethingElse(const QString& path) {
    return isScanName(path) || path.endsWith(QStringLiteral(".tallydesk"), Qt::CaseInsensitive);
}

}  // namespace

ResultFiles::ResultFiles(OutputOptions options, ReportContext context)
    : m_options(std::move(options)), m_context(std::move(context)) {}

Expected<void> ResultFiles::check(const QStringList& kept) const {
    QStringList paths{m_options.csv, m_options.json};
    if (!m_options.csv.isEmpty() && m_options.csv != kStdout)
        paths.append(CsvExporter::failedPath(m_options.csv));
    if (auto apart = SafeFile::checkApart(paths, kept, holdsSomethingElse); !apart)
        return apart;
    for (const QString& path : paths) {
        if (path.isEmpty() || path == kStdout)
            continue;
        if (auto writable = SafeFile::checkWritable(path); !writable)
            return writable;
    }
    return {};
}

Expected<void> ResultFiles::write(const ResultsDocument& document) const {
    std::optional<Error> firstError;
    const CsvExporter csv(m_context, m_options.csvOptions);
    // Files first: who reads stdout may take long, or go.
    for (const bool toStdout : {false, true}) {
        const auto attempt = [&](const QString& path, const SafeFile::Write& write) {
            if (path.isEmpty() || (path == kStdout) != toStdout)
                return;
            if (auto written = writeTo(path, write); !written && !firstError)
                firstError = written.error();
        };
        attempt(m_options.csv, [&](QIODevice& device) { return csv.write(device, document); });
        if (m_options.csv != kStdout)
            attempt(m_options.csv.isEmpty() ? QString() : CsvExporter::failedPath(m_options.csv),
                    [&](QIODevice& device) { return csv.writeFailed(device, document); });
        attempt(m_options.json,
                [&](QIODevice& device) { return JsonWriter(m_context).write(device, document); });
    }
    if (firstError)
        return tl::make_unexpected(*firstError);
    return {};
}

}  // namespace tallydesk
