// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ProgressPrinter.h"

#include <QJsonDocument>

#include "cli/Console.h"

namespace tallydesk {

namespace {

// Faster than the eye follows would only cost time on slow terminals.
constexpr qint64 kLineIntervalMs = 100;

double secondsOf(std::chrono::milliseconds duration) {
    return static_cast<double>(duration.count()) / 1000.0;
}

// The page tells several forms of one file apart.
QString nameOf(const BallotScan& scan) {
    const int page = scan.pageNumbers.value(0);
    return page > 1 ? QStringLiteral("%1, page %2").arg(scan.file).arg(page) : scan.file;
}

}  // namespace

ProgressPrinter::ProgressPrinter(ProgressStyle style, const MessageCatalog& messages)
    : m_style(style == ProgressStyle::None    ? Style::None
              : style == ProgressStyle::Json  ? Style::Json
              : style == ProgressStyle::Plain ? Style::Plain
              : Console::stderrIsTerminal()   ? Style::Line
                                              : Style::Plain),
      m_messages(messages) {}

void ProgressPrinter::event(const QString& name, QJsonObject members) {
    // The kind of event first, for people; JSON itself has no order.
    const QByteArray rest = QJsonDocument(members).toJson(QJsonDocument::Compact).sliced(1);
    const QByteArray comma = members.isEmpty() ? QByteArray() : QByteArrayLiteral(",");
    Console::say(QString::fromUtf8("{\"event\":\"" + name.toUtf8() + '"' + comma + rest));
}

void ProgressPrinter::rewrite(const QString& line, bool now) {
    if (m_style != Style::Line)
        return;
    if (!now && m_sinceLine.isValid() && m_sinceLine.elapsed() < kLineIntervalMs)
        return;
    m_sinceLine.start();
    Console::sayRaw(QStringLiteral("\r\033[K") + line);
}

QString ProgressPrinter::counts() const {
    QStringList parts;
    for (auto it = m_counts.cbegin(); it != m_counts.cend(); ++it)
        parts.append(QStringLiteral("%1 %2").arg(it.value()).arg(statusName(it.key()).replace(u'_', u' ')));
    if (m_cost > 0)
        parts.append(QStringLiteral("%1 USD").arg(m_cost, 0, 'f', 4));
    return parts.join(QStringLiteral(", "));
}

void ProgressPrinter::filesFound(int files) {
    rewrite(QStringLiteral("Looking for scans: %1").arg(files));
}

void ProgressPrinter::fileDone(int done, int total) {
    rewrite(QStringLiteral("Looking through scans: %1 of %2").arg(done).arg(total));
}

void ProgressPrinter::begin(const QList<BallotScan>& scans, int alreadyRead, const QString& reader) {
    m_scans = scans;
    if (m_style == Style::Json)
        event(QStringLiteral("start"), {{QStringLiteral("total"), static_cast<int>(scans.size())},
                                        {QStringLiteral("already_read"), alreadyRead},
                                        {QStringLiteral("reader"), reader}});
    if (m_style == Style::None || m_style == Style::Json)
        return;
    rewrite(QString(), true);
    QString line = QStringLiteral("%1 ballots to read").arg(scans.size());
    if (alreadyRead > 0)
        line += QStringLiteral(", %1 read before").arg(alreadyRead);
    Console::say(line);
}

void ProgressPrinter::retry(int index, const ReadFailure& failure, std::chrono::milliseconds after) {
    const QString file = m_scans.value(index).file;
    if (m_style == Style::Json)
        event(QStringLiteral("retry"), {{QStringLiteral("index"), index + 1},
                                        {QStringLiteral("file"), file},
                                        {QStringLiteral("code"), failure.error.code},
                                        {QStringLiteral("after_s"), secondsOf(after)}});
    if (m_style == Style::Plain)
        Console::say(QStringLiteral("%1: %2 Trying again in %3 s.")
                         .arg(file, m_messages.text(failure.error, Language::English))
                         .arg(secondsOf(after), 0, 'f', 1));
}

void ProgressPrinter::tellOutcome(int index, const BallotResult& result) {
    if (m_style == Style::Json)
        event(QStringLiteral("ballot"), {{QStringLiteral("index"), index + 1},
                                         {QStringLiteral("total"), static_cast<int>(m_scans.size())},
                                         {QStringLiteral("file"), result.scan.file},
                                         {QStringLiteral("status"), statusName(result.status)},
                                         {QStringLiteral("attempts"), result.attempts},
                                         {QStringLiteral("elapsed_ms"), result.elapsedMs}});
    if (m_style == Style::Plain && result.status != BallotStatus::Cancelled)
        Console::say(QStringLiteral("[%1/%2] %3: %4")
                         .arg(m_finished)
                         .arg(m_scans.size())
                         .arg(nameOf(result.scan), statusName(result.status).replace(u'_', u' ')));
    rewrite(QStringLiteral("%1 of %2: %3").arg(m_finished).arg(m_scans.size()).arg(counts()));
}

void ProgressPrinter::finished(int index, const BallotResult& result) {
    ++m_finished;
    ++m_counts[result.status];
    m_told.insert(index, result.status);
    tellOutcome(index, result);
}

void ProgressPrinter::revised(int index, const BallotResult& result) {
    const auto told = m_told.find(index);
    if (told == m_told.end() || *told == result.status)
        return;
    if (--m_counts[*told] == 0)
        m_counts.remove(*told);
    ++m_counts[result.status];
    *told = result.status;
    tellOutcome(index, result);
}

void ProgressPrinter::paused(const Error& reason, std::optional<QDateTime> until) {
    const QString message = m_messages.text(reason, Language::English);
    if (m_style == Style::Json)
        event(QStringLiteral("pause"),
              {{QStringLiteral("code"), reason.code},
               {QStringLiteral("message"), message},
               {QStringLiteral("until"),
                until ? QJsonValue(until->toUTC().toString(Qt::ISODate)) : QJsonValue(QJsonValue::Null)}});
    if (m_style == Style::Plain)
        Console::say(message);
    rewrite(message, true);
}

void ProgressPrinter::paceChanged(double requestsPerSecond) {
    if (m_style == Style::Json)
        event(QStringLiteral("pace"), {{QStringLiteral("requests_per_second"), requestsPerSecond}});
    if (m_style == Style::Plain)
        Console::say(QStringLiteral("The service bears %1 requests a second for now.")
                         .arg(requestsPerSecond, 0, 'g', 3));
}

void ProgressPrinter::spent(const ServiceUsage& sum) {
    m_cost = sum.cost;
}

void ProgressPrinter::done(const BatchResult& result) {
    if (m_style == Style::Json) {
        QJsonObject members{{QStringLiteral("total"), result.total},
                            {QStringLiteral("processed"), result.processed}};
        for (const BallotStatus status : {BallotStatus::Accepted, BallotStatus::NeedsReview,
                                          BallotStatus::Failed, BallotStatus::Cancelled})
            members.insert(statusName(status), m_counts.value(status));
        if (result.usage.requests > 0)
            members.insert(QStringLiteral("usage"),
                           QJsonObject{{QStringLiteral("requests"), result.usage.requests},
                                       {QStringLiteral("prompt_tokens"), result.usage.promptTokens},
                                       {QStringLiteral("completion_tokens"), result.usage.completionTokens},
                                       {QStringLiteral("cost"), result.usage.cost},
                                       {QStringLiteral("bytes_sent"), result.usage.bytesSent}});
        event(QStringLiteral("done"), members);
    }
    rewrite(QString(), true);
}

}  // namespace tallydesk
