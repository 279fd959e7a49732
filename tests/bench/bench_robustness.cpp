// SPDX-License-Identifier: GPL-3.0-or-later
// The same scans with one kind of damage after another, as files through intake and reader: how many forms
// are found, what is right, what is accepted, and whether anything accepted is wrong.
#include <QCommandLineParser>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTextStream>
#include <chrono>

#include "batch/BatchProcessor.h"
#include "core/Validator.h"
#include "imaging/Intake.h"
#include "imaging/PageDocument.h"
#include "imaging/PageSource.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/BallotPainter.h"
#include "synth/DocumentWriter.h"
#include "synth/ScanDamage.h"
#include "synth/TruthScore.h"

using namespace tallydesk;
using synth::TruthScore;

namespace {

using Steady = std::chrono::steady_clock;

constexpr qsizetype mostNamed = 8;  // differences of one form

const QString asTheyCame = QStringLiteral("as-they-came");
const QString together = QStringLiteral("one-file");  // several forms in one PDF
const QString apart = QStringLiteral("page-files");   // each page an image of its own

/// One document: its pages as they lie in the file, and the truth of its forms.
struct Document {
    QList<QImage> pages;
    QJsonArray forms;
};

QList<Document> transcribed(const QString& scans, const QString& truth) {
    QHash<QString, QString> paths;
    QDirIterator files(scans, {QStringLiteral("*.pdf")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        paths.insert(files.fileName().normalized(QString::NormalizationForm_C), path);
    }
    QList<Document> documents;
    for (const QFileInfo& info : QDir(truth).entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
        const QString name = root.value(u"file").toString().normalized(QString::NormalizationForm_C);
        auto opened = PageDocument::open(paths.value(name), {});
        if (!opened)
            continue;
        Document document{{}, root.value(u"forms").toArray()};
        for (int page = 1; page <= (*opened)->pageCount(); ++page) {
            if (const auto seen = (*opened)->page(page))
                document.pages.append(seen->image);
        }
        documents.append(std::move(document));
    }
    return documents;
}

QList<Document> generated(const FormCatalog& forms, int count, quint64 seed, int difficulty) {
    synth::BallotPainter painter;
    QList<Document> documents;
    for (int i = 0; i < count; ++i) {
        synth::DrawOptions options;
        options.difficulty = difficulty;
        const auto& form = forms.forms().at(i % forms.forms().size());
        const synth::DrawnBallot ballot =
            painter.draw(*form, seed * 100003 + static_cast<quint64>(i), options);
        documents.append({ballot.pages, {ballot.content.truth(1, static_cast<int>(ballot.pages.size()))}});
    }
    return documents;
}

// Several documents as one; truths with their pages moved along.
QList<Document> joined(const QList<Document>& documents, qsizetype pagesAtMost) {
    QList<Document> result;
    for (const Document& document : documents) {
        if (result.isEmpty() || result.last().pages.size() + document.pages.size() > pagesAtMost)
            result.append(Document{});
        const auto shift = static_cast<int>(result.last().pages.size());
        for (const QJsonValue& value : document.forms) {
            QJsonObject form = value.toObject();
            QJsonArray pages;
            for (const QJsonValue& page : form.value(u"pages").toArray())
                pages.append(page.toInt() + shift);
            form.insert(QStringLiteral("pages"), pages);
            result.last().forms.append(form);
        }
        result.last().pages += document.pages;
    }
    return result;
}

class Bench {
public:
    Bench(const FormCatalog& forms, OnDeviceModels models, bool details)
        : m_forms(forms),
          m_reader(forms, std::move(models), std::make_shared<TextRecogniser>()),
          m_judge(forms, Validator()),
          m_details(details) {}

    TruthScore run(const QString& damage, const QList<Document>& documents, const QString& folder) {
        QList<std::pair<QString, QJsonObject>> truths;
        const QList<Document> bound = damage == together ? joined(documents, 12) : documents;
        for (qsizetype i = 0; i < bound.size(); ++i) {
            const QString name = QStringLiteral("x%1").arg(i, 3, 10, QLatin1Char('0'));
            const QList<QImage> pages = synth::damaged(damage, bound[i].pages, static_cast<quint64>(i) + 1);
            // Fine scans as images: a PDF's pages are drawn at 200 dpi.
            const bool images = damage == apart || damage == u"dpi-400";
            const auto files = synth::writeDocument(folder, images ? name + QStringLiteral("-p") : name,
                                                    images ? QStringLiteral("jpg") : QStringLiteral("pdf"),
                                                    pages, 88, false);
            if (!files)
                continue;
            for (const QJsonValue& form : bound[i].forms)
                truths.append({files->first(), form.toObject()});
        }
        const IntakeResult intake = Intake(m_forms).run({folder}, CancelToken());
        const PageSource source;
        BatchOptions options;
        options.workers = 2;
        BatchProcessor processor(m_reader, source, m_judge, options);
        const BatchResult batch = processor.processBatch(intake.ballots);
        TruthScore all;
        QTextStream out(stdout);
        for (const auto& [file, form] : std::as_const(truths)) {
            const BallotResult* read = synth::ballotOf(form, file, batch.results);
            const TruthScore score = synth::scoreForm(form, read);
            if (m_details && (!score.wrong.isEmpty() || score.accepted == 0)) {
                QStringList codes;
                for (const Finding& finding : read != nullptr ? read->findings : QList<Finding>())
                    codes.append(finding.code);
                codes.removeDuplicates();
                out << "    " << file << ' ' << form.value(u"form_code").toString()
                    << (form.value(u"party_list").toBool() ? " (pl) " : " ")
                    << (read == nullptr      ? QStringLiteral("NOT FOUND")
                        : score.accepted > 0 ? QStringLiteral("ACCEPTED")
                                             : codes.join(u' '))
                    << (read != nullptr && read->error ? QChar(u' ') + read->error->code : QString()) << ": "
                    << score.wrong.mid(0, mostNamed).join(QStringLiteral("; "))
                    << (score.wrong.size() > mostNamed ? QStringLiteral("; ...") : QString()) << '\n';
            }
            all += score;
        }
        // A ballot that is none of the documents'.
        m_extra = static_cast<int>(batch.results.size()) - all.found;
        return all;
    }

    int extra() const { return m_extra; }

private:
    const FormCatalog m_forms;
    OnDeviceReader m_reader;
    const BallotJudge m_judge;
    const bool m_details;
    int m_extra = 0;
};

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("OMP_THREAD_LIMIT", "1");
    QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QString shared = QStringLiteral(TALLYDESK_SOURCE_DIR "/../shared/scans/dev");
    parser.addOptions(
        {{QStringLiteral("scans"), QStringLiteral("Transcribed scans; \"-\" for none."),
          QStringLiteral("DIR"), shared},
         {QStringLiteral("truth"), QStringLiteral("Their transcriptions."), QStringLiteral("DIR"),
          shared + QStringLiteral("/truth")},
         {QStringLiteral("ballots"), QStringLiteral("Generated ballots beside them."), QStringLiteral("N"),
          QStringLiteral("12")},
         {QStringLiteral("difficulty"), QStringLiteral("Of these: 0 clean to 3 hard."),
          QStringLiteral("0..3"), QStringLiteral("1")},
         {QStringLiteral("seed"), QStringLiteral("Which ballots."), QStringLiteral("S"), QStringLiteral("1")},
         {QStringLiteral("only"), QStringLiteral("These kinds of damage, comma separated."),
          QStringLiteral("NAMES")},
         {QStringLiteral("pick"), QStringLiteral("Only these documents, counted from 0, comma separated."),
          QStringLiteral("NUMBERS")},
         {QStringLiteral("keep"), QStringLiteral("Keep the damaged files here."), QStringLiteral("DIR")},
         {QStringLiteral("details"), QStringLiteral("Say what is wrong.")}});
    parser.process(app);
    QTextStream out(stdout);
    const auto forms = FormCatalog::builtIn();
    const auto models = OnDeviceModels::load(QStringLiteral(":/models"));
    if (!forms || !models) {
        out << "bench_robustness: no forms or models\n";
        return 2;
    }
    QList<Document> documents =
        transcribed(parser.value(QStringLiteral("scans")), parser.value(QStringLiteral("truth")));
    documents += generated(*forms, parser.value(QStringLiteral("ballots")).toInt(),
                           parser.value(QStringLiteral("seed")).toULongLong(),
                           parser.value(QStringLiteral("difficulty")).toInt());
    if (parser.isSet(QStringLiteral("pick"))) {
        QList<Document> picked;
        for (const QString& index : parser.value(QStringLiteral("pick")).split(u','))
            picked.append(documents.value(index.toInt()));
        documents = picked;
    }
    QStringList damages = QStringList{asTheyCame} + synth::damageNames() + QStringList{together, apart};
    if (parser.isSet(QStringLiteral("only")))
        damages = parser.value(QStringLiteral("only")).split(u',');
    out << documents.size() << " documents" << Qt::endl;
    Bench bench(*forms, *models, parser.isSet(QStringLiteral("details")));
    int silent = 0;
    for (const QString& damage : std::as_const(damages)) {
        QTemporaryDir temporary;
        QString folder = temporary.path();
        if (parser.isSet(QStringLiteral("keep"))) {
            folder = parser.value(QStringLiteral("keep")) + u'/' + damage;
            QDir(folder).removeRecursively();
            QDir().mkpath(folder);
        }
        const auto begun = Steady::now();
        const TruthScore score = bench.run(damage, documents, folder);
        const double seconds = std::chrono::duration<double>(Steady::now() - begun).count();
        silent += score.silent;
        const auto percent = [](int part, int whole) { return whole > 0 ? 100.0 * part / whole : 0.0; };
        out << QStringLiteral(
                   "%1 found %2/%3  extra %4  numbers %5 %  non-zero %6 %  header %7 %  accepted %8"
                   "  silent %9")
                   .arg(damage, -16)
                   .arg(score.found)
                   .arg(score.forms)
                   .arg(bench.extra())
                   .arg(percent(score.right, score.numbers), 0, 'f', 2)
                   .arg(percent(score.nonzeroRight, score.nonzero), 0, 'f', 2)
                   .arg(percent(score.headerRight, score.header), 0, 'f', 1)
                   .arg(score.accepted)
                   .arg(score.silent)
            << QStringLiteral("  (%1 s)").arg(seconds, 0, 'f', 0) << Qt::endl;
    }
    return silent == 0 ? 0 : 1;
}
