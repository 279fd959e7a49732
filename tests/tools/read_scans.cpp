// SPDX-License-Identifier: GPL-3.0-or-later
// Reads scans with the on-device reader and, where TRUTHDIR holds a transcription of a file, says which
// numbers differ. With --models it reads with other networks than those of the program (cross-validation),
// with --json it writes the results as the program does.
// Usage: read_scans [--models FOLDER] [--json FILE] TRUTHDIR|- PATH...
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include "core/BallotJudge.h"
#include "core/CrossBallotRules.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "report/JsonWriter.h"

using namespace tallydesk;

namespace {

using Truth = QMap<QString, std::optional<qint64>>;

std::optional<qint64> digitsOf(const QJsonValue& value) {
    const QJsonValue digits = value.toObject().value(u"digits");
    return digits.isDouble() ? std::optional(digits.toInteger()) : std::nullopt;
}

// File name and first page to the digits of every field.
QMap<QString, Truth> loadTruth(const QString& folder) {
    QMap<QString, Truth> result;
    for (const QFileInfo& info : QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
        for (const QJsonValue& value : root.value(u"forms").toArray()) {
            const QJsonObject form = value.toObject();
            Truth truth;
            const QJsonObject figures = form.value(u"figures").toObject();
            for (auto it = figures.begin(); it != figures.end(); ++it)
                truth[it.key()] = digitsOf(it.value());
            for (const QJsonValue& row : form.value(u"rows").toArray())
                truth[QStringLiteral("row %1").arg(row.toObject().value(u"no").toInt())] = digitsOf(row);
            truth[QStringLiteral("total")] = digitsOf(form.value(u"total"));
            const int first = form.value(u"pages").toArray().first().toInt();
            result[QStringLiteral("%1#%2").arg(root.value(u"file").toString()).arg(first)] = truth;
        }
    }
    return result;
}

QString text(const std::optional<qint64>& value) {
    return value ? QString::number(*value) : QStringLiteral("-");
}

QString ranked(const QList<Reading>& readings) {
    QString result;
    for (const Reading& reading : readings)
        result += QStringLiteral(" %1=%2").arg(reading.value).arg(reading.probability, 0, 'g', 2);
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("models"), QStringLiteral("Folder with digits, words and provinces."),
          QStringLiteral("FOLDER"), QStringLiteral(":/models")},
         {QStringLiteral("json"), QStringLiteral("Write the results."), QStringLiteral("FILE")}});
    parser.addPositionalArgument(QStringLiteral("TRUTHDIR"), QStringLiteral("Transcriptions, or -."));
    parser.addPositionalArgument(QStringLiteral("PATH"), QStringLiteral("Scans, or folders of them."),
                                 QStringLiteral("PATH..."));
    parser.process(app);
    const QStringList arguments = parser.positionalArguments();
    const auto forms = FormCatalog::builtIn();
    const auto models = OnDeviceModels::load(parser.value(QStringLiteral("models")));
    if (arguments.size() < 2 || !forms || !models) {
        out << parser.helpText() << (models ? QString() : models.error().code) << "\n";
        return 2;
    }
    const QMap<QString, Truth> truths = loadTruth(arguments[0]);
    const CancelToken cancel;
    OnDeviceReader reader(*forms, *models, std::make_shared<TextRecogniser>());
    const PageSource source;
    const BallotJudge judge(*forms, Validator());
    int compared = 0;
    int right = 0;
    int sure = 0;
    int sureWrong = 0;
    int accepted = 0;
    ResultsDocument document{QStringLiteral("1"), QDateTime::currentDateTimeUtc(), reader.id(), {}};
    for (const BallotScan& scan : Intake(*forms).run(arguments.mid(1), cancel).ballots) {
        QElapsedTimer timer;
        timer.start();
        const auto pages = source.load(scan, cancel);
        const qint64 opened = timer.restart();
        if (!pages) {
            out << scan.file << ": " << pages.error().code << "\n";
            continue;
        }
        const auto prepared = reader.prepare(scan, *pages, cancel);
        const qint64 preparing = timer.restart();
        if (!prepared) {
            out << scan.file << ": " << prepared.error().code << "\n";
            continue;
        }
        const ReadAttempt attempt = reader.attempt(**prepared, 1, cancel);
        const qint64 reading = timer.restart();
        if (!attempt.data) {
            out << scan.file << ": no data\n";
            continue;
        }
        const BallotResult result = judge.judge(scan, *attempt.data, reader.id());
        document.ballots.append(result);
        accepted += result.status == BallotStatus::Accepted ? 1 : 0;
        QStringList codes;
        for (const Finding& finding : result.findings)
            codes.append(finding.code);
        codes.removeDuplicates();
        out << scan.file << " [" << scan.formId << "] open " << opened << " prepare " << preparing << " read "
            << reading << " ms, " << (result.status == BallotStatus::Accepted ? "ACCEPTED" : "review") << " "
            << codes.join(u' ') << "\n   ";
        for (auto it = attempt.data->header.begin(); it != attempt.data->header.end(); ++it)
            out << it.key() << "="
                << (it->number ? QString::number(*it->number) : it->text.value_or(QString())) << " ("
                << it->confidence.value_or(0.0) << ") ";
        out << QJsonDocument(attempt.data->readerNotes).toJson(QJsonDocument::Compact) << "\n";
        Truth truth = truths.value(
            QStringLiteral("%1#%2").arg(QFileInfo(scan.file).fileName()).arg(scan.pageNumbers.value(0)));
        forEachNumber(*attempt.data, [&](const QString& field, const VoteEntry& entry) {
            if (!truth.contains(field))
                return;
            const auto expected = truth.take(field);
            const bool same = entry.value == expected || (!expected && entry.value.value_or(0) == 0);
            ++compared;
            right += same ? 1 : 0;
            const bool isSure = entry.confidence.value_or(0.0) >= 0.95;
            sure += isSure ? 1 : 0;
            sureWrong += isSure && !same ? 1 : 0;
            if (!same || !isSure)
                out << "   "
                    << (same     ? "unsure "
                        : isSure ? "WRONG+SURE "
                                 : "WRONG ")
                    << field << " truth " << text(expected) << " value " << text(entry.value) << " digits "
                    << text(entry.digits) << " words " << text(entry.wordsValue) << " conf "
                    << entry.confidence.value_or(0.0) << "; digits" << ranked(entry.digitReadings)
                    << "; words" << ranked(entry.wordReadings) << "\n";
        });
        for (auto it = truth.begin(); it != truth.end(); ++it)
            if (it.value())
                out << "   MISSED " << it.key() << " truth " << text(it.value()) << "\n";
        out.flush();
    }
    out << compared << " compared, " << right << " right, " << sure << " sure, " << sureWrong
        << " sure but wrong, " << accepted << " ballots accepted\n";
    if (parser.isSet(QStringLiteral("json"))) {
        checkAcrossBallots(document.ballots);
        QFile file(parser.value(QStringLiteral("json")));
        const JsonWriter writer({*forms, MessageCatalog::builtIn()});
        if (!file.open(QIODevice::WriteOnly) || !writer.write(file, document)) {
            out << "cannot write " << file.fileName() << "\n";
            return 1;
        }
    }
    return 0;
}
