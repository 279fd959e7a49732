// SPDX-License-Identifier: GPL-3.0-or-later
// Draws ballots in numbers: synth OUT --count N --seed S ... (see --help).
#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTextStream>

#include "BallotPainter.h"
#include "DocumentWriter.h"
#include "DrawnPages.h"
#include "FormSheet.h"

using namespace tallydesk;
using namespace tallydesk::synth;

namespace {

QString offices(const FormTemplate& form) {
    return form.code == QStringLiteral("5/16")   ? QStringLiteral("ล่วงหน้าในเขต")
           : form.code == QStringLiteral("5/17") ? QStringLiteral("ล่วงหน้านอกเขตและนอกราชอาณาจักร")
                                                 : QStringLiteral("วันเลือกตั้ง");
}

/// "สส.5ทับ17(บช)ชุดที่3" in the folders that an office would keep it in.
QString officeName(const FormTemplate& form, const BallotContent& content) {
    const QString unit = content.header.value(QStringLiteral("polling_unit"));
    const QString group = unit.isEmpty()
                              ? QStringLiteral("ชุดที่ ") + content.header.value(QStringLiteral("committee"))
                              : QStringLiteral("หน่วยที่ ") + unit;
    return QStringLiteral("เขตเลือกตั้งที่ %1 จังหวัด%2/%3/%4/สส.%5%6%7")
        .arg(content.header.value(QStringLiteral("constituency")),
             content.header.value(QStringLiteral("province")), offices(form), group,
             QString(form.code).replace(u'/', QStringLiteral("ทับ")),
             form.partyList ? QStringLiteral("(บช)") : QString(), QString(group).remove(u' '));
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QGuiApplication app(argc, argv);
    QTextStream err(stderr);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Draws filled-in ballot forms with invented numbers, and their truth."));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("OUT"), QStringLiteral("Folder to write to."));
    const auto option = [&](const char* name, const char* text, const char* value, const char* standard) {
        const QCommandLineOption made(QString::fromLatin1(name), QString::fromLatin1(text),
                                      QString::fromLatin1(value), QString::fromLatin1(standard));
        parser.addOption(made);
        return made;
    };
    const auto count = option("count", "Number of ballots.", "N", "10");
    const auto seed = option("seed", "Seed: the same one draws the same ballots.", "S", "1");
    const auto forms = option("forms", "Form ids, comma separated (default: all).", "ids", "");
    const auto formFiles =
        option("form-folder", "Folder of form definitions (default: built in).", "folder", "");
    const auto difficulty = option("difficulty", "0 clean to 3 hard.", "0..3", "1");
    const auto format = option("format", "pdf, jpg, png, tiff or mixed.", "format", "pdf");
    const auto quality = option("quality", "JPEG quality.", "1..100", "70");
    const auto damaged = option("damaged", "So many more files that break off in the middle.", "K", "0");
    const auto contradictions =
        option("contradictions", "So many of the ballots contradict themselves.", "K", "0");
    const auto truthFolder = option("truth", "Folder for the truth, one JSON a document.", "folder", "");
    const auto together = option("together", "So many forms in one document.", "N", "1");
    const auto constituency =
        option("constituency", "Province and number, as in Phrae:1 (default: invented).", "P:N", "");
    const QCommandLineOption grey(QStringLiteral("grey"), QStringLiteral("Grey images."));
    const QCommandLineOption offices(QStringLiteral("office-names"),
                                     QStringLiteral("Thai folders and names as offices use them."));
    const QCommandLineOption covers(QStringLiteral("cover-letters"),
                                    QStringLiteral("A letter before each document."));
    const QCommandLineOption turned(QStringLiteral("turned"),
                                    QStringLiteral("Some pages lie sideways or upside down."));
    const auto only = option("only", "Only these of them, counted from 1.", "I,J,...", "");
    const QCommandLineOption drawn(QStringLiteral("drawn"),
                                   QStringLiteral("The ballots that DrawnPages draws with this seed (it "
                                                  "counts from 0)."));
    parser.addOptions({grey, offices, covers, turned, drawn});
    parser.process(app);
    if (parser.positionalArguments().size() != 1) {
        parser.showHelp(2);
    }
    const QStringList missing = BallotPainter::missingFonts();
    if (!missing.isEmpty()) {
        err << "synth: missing fonts: " << missing.join(QStringLiteral(", "))
            << " (Debian package fonts-thai-tlwg)\n";
        return 2;
    }
    const Expected<FormCatalog> catalog =
        parser.isSet(formFiles) ? FormCatalog::load(parser.value(formFiles)) : FormCatalog::builtIn();
    if (!catalog) {
        err << "synth: " << catalog.error().code << ' ' << catalog.error().args.join(u' ') << '\n';
        return 2;
    }
    QList<std::shared_ptr<const FormTemplate>> wanted;
    const QStringList ids = parser.value(forms).split(u',', Qt::SkipEmptyParts);
    for (const auto& form : catalog->forms()) {
        if (ids.isEmpty() || ids.contains(form->id)) {
            wanted.append(form);
        }
    }
    if (wanted.isEmpty()) {
        err << "synth: no such form\n";
        return 2;
    }
    const int total = parser.value(count).toInt();
    const int broken = parser.value(damaged).toInt();
    const int wrong = parser.value(contradictions).toInt();
    const int perFile = std::max(1, parser.value(together).toInt());
    const quint64 base = parser.value(seed).toULongLong();
    const QDir out(parser.positionalArguments().first());
    BallotPainter painter;
    QList<QImage> pages;
    QJsonArray truths;
    QString name;
    const QStringList chosen = parser.value(only).split(u',', Qt::SkipEmptyParts);
    for (int i = 0; i < total + broken; ++i) {
        if (!chosen.isEmpty() && !chosen.contains(QString::number(i + 1))) {
            continue;
        }
        Random random(base * 1000003 + static_cast<quint64>(i));
        const FormTemplate& form = *wanted.at(i % wanted.size());
        DrawOptions options;
        options.difficulty = parser.value(difficulty).toInt();
        options.turnedPages = parser.isSet(turned);
        const int step = wrong > 0 ? std::max(1, total / wrong) : 0;
        // One in every `step` ballots, each time another place in the row, so that form types differ.
        if (wrong > 0 && i < total && i / step < wrong && i % step == i / step % step) {
            options.contradiction = static_cast<Contradiction>(i / step % 3);
        }
        const QStringList where = parser.value(constituency).split(u':');
        if (where.size() == 2) {
            options.header[QStringLiteral("province")] = where.first();
            options.header[QStringLiteral("constituency")] = where.last();
            const QString number = QString::number(1 + i / wanted.size());
            for (const QString& key : {QStringLiteral("committee"), QStringLiteral("polling_unit")}) {
                if (form.headerField(key) != nullptr) {
                    options.header[key] = number;
                }
            }
        }
        const quint64 own = random.bits();
        const DrawnBallot ballot =
            painter.draw(form, parser.isSet(drawn) ? DrawnPages::ballotSeed(base, i) : own, options);
        if (pages.isEmpty()) {
            const QString number = QString::number(i + 1).rightJustified(4, u'0');
            name =
                parser.isSet(offices) ? officeName(form, ballot.content) : QStringLiteral("ballot-") + number;
            if (parser.isSet(covers)) {
                pages.append(printCoverLetter());
            }
        }
        truths.append(
            ballot.content.truth(static_cast<int>(pages.size()) + 1, static_cast<int>(ballot.pages.size())));
        pages += ballot.pages;
        if (truths.size() < perFile && i + 1 < total) {
            continue;
        }
        QString kind = parser.value(format);
        if (kind == QStringLiteral("mixed")) {
            kind =
                random.pick(QStringList{QStringLiteral("pdf"), QStringLiteral("pdf"), QStringLiteral("jpg"),
                                        QStringLiteral("png"), QStringLiteral("tiff")});
        }
        const QString folder = QFileInfo(out.filePath(name)).path();
        const QString file = QFileInfo(name).fileName();
        if (!QDir().mkpath(folder)) {
            err << "synth: cannot make " << folder << '\n';
            return 1;
        }
        if (i >= total) {
            const QByteArray whole = pdfOf(pages, parser.value(quality).toInt(), true);
            const Expected<void> done = writeBytes(QDir(folder).filePath(file + QStringLiteral(".pdf")),
                                                   whole.left(whole.size() / 12));
            if (!done) {
                err << "synth: " << done.error().args.join(u' ') << '\n';
                return 1;
            }
        } else {
            const Expected<QStringList> files =
                writeDocument(folder, file, kind, pages, parser.value(quality).toInt(), parser.isSet(grey));
            if (!files) {
                err << "synth: " << files.error().args.join(u' ') << '\n';
                return 1;
            }
            if (parser.isSet(truthFolder)) {
                const QString truthName =
                    parser.isSet(offices) ? QStringLiteral("sample-%1.json").arg(i + 1, 2, 10, QChar(u'0'))
                                          : file + QStringLiteral(".json");
                QDir().mkpath(parser.value(truthFolder));
                const QJsonObject document{{QStringLiteral("file"), files->first()},
                                           {QStringLiteral("forms"), truths}};
                if (!writeBytes(QDir(parser.value(truthFolder)).filePath(truthName),
                                QJsonDocument(document).toJson())) {
                    err << "synth: cannot write the truth\n";
                    return 1;
                }
            }
        }
        pages.clear();
        truths = {};
    }
    return 0;
}
