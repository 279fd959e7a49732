// SPDX-License-Identifier: GPL-3.0-or-later
// Writes every crop that the on-device reader would read as a PNG, with an index, for training and for
// looking at; header blanks have an index of their own, header.jsonl. Usage: dump_cells OUTDIR PATH...
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>
#include <opencv2/imgcodecs.hpp>

#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "readers/ondevice/FormFieldMap.h"

using namespace tallydesk;

namespace {

bool writeCrop(const QDir& out, QFile& index, const BallotScan& scan, const NumberCrop& number, bool words,
               int ballot) {
    const cv::Mat& crop = words ? number.words : number.digits;
    if (crop.empty())
        return true;
    const QString zone = words ? QStringLiteral("words") : QStringLiteral("digits");
    QString field = number.field;
    const QString png =
        QStringLiteral("b%1_p%2_%3_%4.png").arg(ballot).arg(number.page).arg(field.replace(u' ', u'-'), zone);
    const QRect box = words ? number.wordsBox : number.digitsBox;
    const QJsonObject entry{
        {QStringLiteral("file"), scan.file},
        {QStringLiteral("form"), scan.formId},
        {QStringLiteral("page"), number.page},
        {QStringLiteral("field"), number.field},
        {QStringLiteral("zone"), zone},
        {QStringLiteral("png"), png},
        {QStringLiteral("box"), QJsonArray{box.x(), box.y(), box.width(), box.height()}},
        {QStringLiteral("place_uncertain"), number.placeUncertain},
    };
    const QByteArray line = QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n';
    return cv::imwrite(out.filePath(png).toStdString(), crop) && index.write(line) == line.size();
}

bool writeHeader(const QDir& out, QFile& index, const BallotScan& scan, const HeaderCrop& crop, int ballot,
                 int place) {
    const QString png = QStringLiteral("b%1_h%2_%3.png").arg(ballot).arg(place).arg(crop.field);
    const QJsonObject entry{
        {QStringLiteral("file"), scan.file},
        {QStringLiteral("form"), scan.formId},
        {QStringLiteral("page"), crop.page},
        {QStringLiteral("field"), crop.field},
        {QStringLiteral("png"), png},
        {QStringLiteral("label_score"), crop.labelScore},
        {QStringLiteral("text"), crop.text},
        {QStringLiteral("box"), QJsonArray{crop.box.x(), crop.box.y(), crop.box.width(), crop.box.height()}},
    };
    const QByteArray line = QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n';
    return cv::imwrite(out.filePath(png).toStdString(), crop.picture) && index.write(line) == line.size();
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QTextStream err(stderr);
    const QStringList arguments = app.arguments();
    if (arguments.size() < 3) {
        err << "usage: dump_cells OUTDIR PATH...\n";
        return 2;
    }
    const auto forms = FormCatalog::builtIn();
    if (!forms) {
        err << forms.error().code << "\n";
        return 2;
    }
    const QDir out(arguments[1]);
    QFile index(out.filePath(QStringLiteral("index.jsonl")));
    QFile header(out.filePath(QStringLiteral("header.jsonl")));
    if (!out.mkpath(QStringLiteral(".")) || !index.open(QIODevice::WriteOnly) ||
        !header.open(QIODevice::WriteOnly)) {
        err << "cannot write to " << arguments[1] << "\n";
        return 2;
    }
    const CancelToken cancel;
    const FormFieldMap map(std::make_shared<TextRecogniser>());
    const PageSource source;
    int ballot = 0;
    int failures = 0;
    for (const BallotScan& scan : Intake(*forms).run(arguments.mid(2), cancel).ballots) {
        ++ballot;
        const auto form = forms->byId(scan.formId);
        const auto pages = source.load(scan, cancel);
        if (!form || !pages) {
            err << scan.file << ": " << (pages ? QStringLiteral("unknown form") : pages.error().code) << "\n";
            ++failures;
            continue;
        }
        const auto crops = map.locate(*form, *pages, cancel);
        if (!crops) {
            err << scan.file << ": " << crops.error().code << "\n";
            ++failures;
            continue;
        }
        for (const NumberCrop& number : crops->numbers) {
            if (!writeCrop(out, index, scan, number, false, ballot) ||
                !writeCrop(out, index, scan, number, true, ballot)) {
                err << "cannot write to " << arguments[1] << "\n";
                return 1;
            }
        }
        for (int i = 0; i < crops->header.size(); ++i) {
            // A printed name has no picture.
            if (!crops->header[i].picture.empty() &&
                !writeHeader(out, header, scan, crops->header[i], ballot, i)) {
                err << "cannot write to " << arguments[1] << "\n";
                return 1;
            }
        }
    }
    return failures == 0 ? 0 : 1;
}
