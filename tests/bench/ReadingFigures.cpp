// SPDX-License-Identifier: GPL-3.0-or-later
#include "ReadingFigures.h"

#include <QDirIterator>
#include <QFile>
#include <algorithm>

namespace tallydesk {

namespace {

double percent(qsizetype part, qsizetype whole) {
    return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

}  // namespace

void ReadingFigures::add(const QJsonObject& form, const BallotResult* read) {
    const synth::TruthScore score = synth::scoreForm(form, read);
    if (score.silent > 0)
        m_silent.append(read->scan.file + QStringLiteral(": ") + score.wrong.join(QStringLiteral("; ")));
    m_score += score;
    if (read == nullptr)
        return;
    const QStringList& wrong = score.wrong;
    QString line = read->scan.file + QStringLiteral(": ") + wrong.join(QStringLiteral("; "));
    forEachNumber(read->data, [&](const QString& field, const VoteEntry& entry) {
        if (!entry.value)
            return;
        const bool right = std::none_of(wrong.begin(), wrong.end(), [&field](const QString& each) {
            return each.startsWith(field + QStringLiteral(": "));
        });
        m_numbers.append({entry.confidence.value_or(0.0), right});
        if (!right)
            line += QStringLiteral(" (%1: confidence %2)").arg(field).arg(entry.confidence.value_or(0.0));
    });
    if (!wrong.isEmpty())
        m_wrong.append(line);
}

void ReadingFigures::print(QTextStream& out, const QString& title) const {
    out << title << ": forms " << m_score.forms << "  found " << m_score.found << "  numbers "
        << percent(m_score.right, m_score.numbers) << " % (" << m_score.right << '/' << m_score.numbers
        << ")  non-zero " << percent(m_score.nonzeroRight, m_score.nonzero) << " %  header "
        << percent(m_score.headerRight, m_score.header) << " %  accepted " << m_score.accepted << " ("
        << percent(m_score.accepted, m_score.forms) << " %)  silent errors " << m_score.silent << '\n';
    for (const QString& line : m_silent)
        out << "  silent: " << line << '\n';
    printReliability(out);
    printRisk(out);
    out.flush();
}

void ReadingFigures::printReliability(QTextStream& out) const {
    constexpr double edges[] = {0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01};
    out << "  confidence    numbers  said  right\n";
    for (std::size_t i = 0; i + 1 < std::size(edges); ++i) {
        qsizetype count = 0;
        qsizetype right = 0;
        double said = 0.0;
        for (const Judged& number : m_numbers) {
            if (number.confidence < edges[i] || number.confidence >= edges[i + 1])
                continue;
            ++count;
            said += number.confidence;
            right += number.right ? 1 : 0;
        }
        if (count > 0)
            out << QStringLiteral("  %1 to %2  %3  %4 %  %5 %\n")
                       .arg(edges[i], 4, 'f', 2)
                       .arg(std::min(1.0, edges[i + 1]), 4, 'f', 2)
                       .arg(count, 7)
                       .arg(100.0 * said / static_cast<double>(count), 0, 'f', 2)
                       .arg(percent(right, count), 0, 'f', 2);
    }
}

void ReadingFigures::printRisk(QTextStream& out) const {
    QList<Judged> sorted = m_numbers;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Judged& a, const Judged& b) { return a.confidence > b.confidence; });
    out << "  coverage  from confidence  wrong\n";
    qsizetype wrong = 0;
    qsizetype taken = 0;
    for (const int coverage : {50, 70, 80, 90, 95, 98, 100}) {
        const qsizetype end = sorted.size() * coverage / 100;
        for (; taken < end; ++taken)
            wrong += sorted[taken].right ? 0 : 1;
        if (end > 0)
            out << QStringLiteral("  %1 %  %2  %3 of %4 (%5 %)\n")
                       .arg(coverage, 5)
                       .arg(sorted[end - 1].confidence, 0, 'f', 4)
                       .arg(wrong)
                       .arg(end)
                       .arg(percent(wrong, end), 0, 'f', 3);
    }
}

qint64 modelBytes() {
    qint64 bytes = 0;
    QDirIterator files(QStringLiteral(":/models"), {QStringLiteral("*.onnx")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        bytes += QFileInfo(files.next()).size();
    return bytes;
}

double memoryInUse() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:"))
                return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
        }
    }
    return 0;
}

}  // namespace tallydesk
