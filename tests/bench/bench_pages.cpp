// SPDX-License-Identifier: GPL-3.0-or-later
// What is sent of the pages in a folder: bytes, width of all strokes (print is thinner than a pen) and of the
// pen in each written number, CPU time; the pictures themselves go to --keep for a look.
#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QTextStream>
#include <algorithm>
#include <ctime>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "readers/ai/PageJpeg.h"
#include "readers/ai/ServiceSettings.h"
#include "readers/ondevice/FormFieldMap.h"

using namespace tallydesk;

namespace {

/// Mean width of what stands as high as a figure in a cell, in pixels; 0 when nothing does. Dotted lines,
/// specks and the edges of neighbours are lower.
double penWidth(const QImage& sent, const QRect& cell) {
    const QRect inside = cell & sent.rect();
    if (inside.width() < 20 || inside.height() < 20)
        return 0;
    const QImage part = sent.copy(inside).convertToFormat(QImage::Format_Grayscale8);
    const cv::Mat grey(part.height(), part.width(), CV_8UC1, const_cast<uchar*>(part.constBits()),
                       static_cast<size_t>(part.bytesPerLine()));
    cv::Mat ink;
    if (cv::threshold(grey, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU) > 215)
        return 0;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8);
    double area = 0;
    double outline = 0;
    for (int i = 1; i < count; ++i) {
        const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        if (height < 0.3 * part.height() || stats.at<int>(i, cv::CC_STAT_WIDTH) > 2 * height)
            continue;
        const cv::Mat figure = labels == i;
        cv::Mat eroded;
        cv::erode(figure, eroded, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
        area += cv::countNonZero(figure);
        outline += cv::countNonZero(figure) - cv::countNonZero(eroded);
    }
    return outline > 30 ? 2.0 * area / outline : 0;
}

struct Pen {
    double onPage = 0;
    double sent = 0;
};

/// Pen widths of the written numbers of a page.
std::vector<Pen> penWidths(const FormCrops& crops, const PageImage& page, const QImage& sent) {
    const QRect part = PageJpeg::partSent(page.image);
    const double scale = static_cast<double>(sent.width()) / part.width();
    std::vector<Pen> widths;
    for (const NumberCrop& number : crops.numbers) {
        if (number.page != page.number || number.digits.empty())
            continue;
        const QRect box = number.digitsBox.translated(-part.topLeft());
        const QRect scaled(qRound(box.x() * scale), qRound(box.y() * scale), qRound(box.width() * scale),
                           qRound(box.height() * scale));
        const Pen pen{penWidth(page.image, number.digitsBox), penWidth(sent, scaled)};
        if (pen.onPage > 0 && pen.sent > 0)
            widths.push_back(pen);
    }
    return widths;
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("OMP_THREAD_LIMIT", "1");
    const QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("PATH"), QStringLiteral("Scans or folders of them."));
    parser.addOption(
        {QStringLiteral("keep"), QStringLiteral("Write the pictures here."), QStringLiteral("FOLDER")});
    parser.process(app);
    const QString keep = parser.value(QStringLiteral("keep"));
    if (!keep.isEmpty())
        QDir().mkpath(keep);

    const FormCatalog forms = FormCatalog::builtIn().value();
    const IntakeResult intake = Intake(forms).run(parser.positionalArguments(), {});
    const FormFieldMap fields(std::make_shared<TextRecogniser>());
    std::vector<Pen> pens;
    const PageSource source;
    QTextStream out(stdout);
    qint64 sum = 0;
    qint64 most = 0;
    int count = 0;
    double thinnest = 1e9;
    double cpu = 0;
    for (const BallotScan& scan : intake.ballots) {
        const auto pages = source.load(scan, {});
        if (!pages)
            continue;
        const auto form = forms.byId(scan.formId);
        const auto crops = form ? fields.locate(*form, *pages, {}) : Expected<FormCrops>(FormCrops());
        for (const PageImage& page : *pages) {
            const std::clock_t from = std::clock();
            const auto jpeg = PageJpeg::encode(page.image, ServiceSettings().maxPageBytes, {});
            cpu += static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
            if (!jpeg) {
                out << scan.file << ' ' << jpeg.error().code << '\n';
                continue;
            }
            const QImage sent = QImage::fromData(*jpeg, "JPEG");
            const double stroke = PageJpeg::strokeWidth(sent);
            ++count;
            sum += jpeg->size();
            most = std::max<qint64>(most, jpeg->size());
            thinnest = std::min(thinnest, stroke);
            out << scan.file << " page " << page.number << ": " << page.image.width() << 'x'
                << page.image.height() << " sent " << sent.width() << 'x' << sent.height() << ", "
                << jpeg->size() << " bytes, stroke " << stroke << " of " << PageJpeg::strokeWidth(page.image)
                << '\n';
            if (crops) {
                const std::vector<Pen> widths = penWidths(*crops, page, sent);
                pens.insert(pens.end(), widths.begin(), widths.end());
            }
            if (!keep.isEmpty()) {
                QFile file(QStringLiteral("%1/%2.jpg").arg(keep).arg(count, 3, 10, QLatin1Char('0')));
                if (file.open(QIODevice::WriteOnly))
                    file.write(*jpeg);
            }
        }
    }
    if (!pens.empty()) {
        const auto share = [&](auto condition) { return std::count_if(pens.begin(), pens.end(), condition); };
        std::sort(pens.begin(), pens.end(), [](const Pen& a, const Pen& b) { return a.sent < b.sent; });
        out << "the pen in " << pens.size() << " written numbers: thinnest " << pens.front().sent
            << " px, median " << pens[pens.size() / 2].sent << " px, thinner than 3 px in "
            << share([](const Pen& pen) { return pen.sent < 3; }) << " (on the page itself in "
            << share([](const Pen& pen) { return pen.onPage < 3; }) << ")\n";
    }
    if (count > 0)
        out << count << " pages, mean " << sum / count << " bytes, most " << most << " bytes (in the request "
            << 4 * ((most + 2) / 3) << "), thinnest stroke " << thinnest << " px, " << 1000 * cpu / count
            << " ms of CPU a page\n";
    return count > 0 ? 0 : 1;
}
