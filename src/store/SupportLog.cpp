// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SupportLog.h"

#include <QDir>
#include <QRegularExpression>
#include <QStandardPaths>

namespace tallydesk {

namespace {

constexpr int kHashDigits = 12;

// Codes and names of models only; whatever else may come is kept to one word without anything secret in it.
QString word(const QString& text) {
    static const QRegularExpression odd(QStringLiteral("[^A-Za-z0-9_.:/+-]"));
    static const QRegularExpression keyLike(QStringLiteral("sk-[A-Za-z0-9_-]+"));
    QString result = text.left(80);
    result.replace(keyLike, QStringLiteral("***"));
    result.replace(odd, QStringLiteral("_"));
    return result.isEmpty() ? QStringLiteral("-") : result;
}

// File and folder names hold names of places and perhaps of persons.
QString nameOf(const BallotScan& scan) {
    const int page = scan.pageNumbers.value(0);
    return QStringLiteral("%1#%2").arg(word(scan.sha256.left(kHashDigits))).arg(page);
}

}  // namespace

SupportLog::SupportLog(QString folder, const Clock& clock, qint64 maxBytes, int files)
    : m_folder(std::move(folder)), m_clock(clock), m_maxBytes(maxBytes), m_files(std::max(1, files)) {}

QString SupportLog::defaultFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/tallydesk/log");
}

QString SupportLog::pathOf(int number) const {
    const QString name = QStringLiteral("%1/tallydesk.log").arg(m_folder);
    return number == 0 ? name : QStringLiteral("%1.%2").arg(name).arg(number);
}

QString SupportLog::path() const {
    return pathOf(0);
}

QByteArray SupportLog::content() const {
    const std::lock_guard lock(m_mutex);
    QByteArray all;
    for (int number = m_files - 1; number >= 0; --number) {
        QFile file(pathOf(number));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

void SupportLog::attempt(const BallotScan& scan, const AttemptRecord& attempt) {
    const ServiceUsage& usage = attempt.usage;
    add(QStringLiteral("attempt ballot=%1 number=%2 reader=%3 status=%4 ms=%5 sent=%6 received=%7 tokens=%8 "
                       "cost=%9 error=%10")
            .arg(nameOf(scan))
            .arg(attempt.number)
            .arg(word(attempt.reader))
            .arg(attempt.httpStatus)
            .arg(attempt.elapsedMs)
            .arg(usage.bytesSent)
            .arg(attempt.rawAnswer.size())
            .arg(usage.promptTokens + usage.completionTokens)
            .arg(usage.cost)
            .arg(word(attempt.errorCode)));
}

void SupportLog::outcome(const BallotResult& result) {
    add(QStringLiteral("outcome ballot=%1 status=%2 attempts=%3 ms=%4 error=%5")
            .arg(nameOf(result.scan), statusName(result.status))
            .arg(result.attempts)
            .arg(result.elapsedMs)
            .arg(word(result.error ? result.error->code : QString())));
}

void SupportLog::note(const QString& event, const QString& details) {
    add(word(event) + (details.isEmpty() ? QString() : u' ' + details));
}

void SupportLog::add(const QString& line) {
    const QByteArray bytes =
        m_clock.utcNow().toString(Qt::ISODateWithMs).toUtf8() + ' ' + line.toUtf8() + '\n';
    const std::lock_guard lock(m_mutex);
    if (m_file.isOpen() && m_file.size() + bytes.size() > m_maxBytes)
        rotate();
    if (!m_file.isOpen()) {
        QDir().mkpath(m_folder);
        m_file.setFileName(pathOf(0));
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
            return;
        if (m_file.size() + bytes.size() > m_maxBytes) {
            rotate();
            if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
                return;
        }
    }
    m_file.write(bytes);
}

void SupportLog::rotate() {
    m_file.close();
    QFile::remove(pathOf(m_files - 1));
    for (int number = m_files - 2; number >= 0; --number)
        QFile::rename(pathOf(number), pathOf(number + 1));
}

Expected<void> LoggedSink::keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) {
    m_log.attempt(scan, attempt);
    return m_next ? m_next->keepAttempt(scan, attempt) : Expected<void>();
}

Expected<void> LoggedSink::keepResult(const BallotResult& result) {
    m_log.outcome(result);
    return m_next ? m_next->keepResult(result) : Expected<void>();
}

}  // namespace tallydesk
