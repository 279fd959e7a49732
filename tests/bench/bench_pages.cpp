// SPDX-License-Identifier: GPL-3.0-or-later
// What is sent of the pages in a folder: bytes, width of pen strokes, CPU time; the pictures themselves go to
// --keep for a look.
#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QTextStream>
#include <ctime>

#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "readers/ai/PageJpeg.h"
#include "readers/ai/ServiceSettings.h"

using namespace tallydesk;

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

    const IntakeResult intake = Intake(FormCatalog::builtIn().value()).run(parser.positionalArguments(), {});
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
            if (!keep.isEmpty()) {
                QFile file(QStringLiteral("%1/%2.jpg").arg(keep).arg(count, 3, 10, QLatin1Char('0')));
                if (file.open(QIODevice::WriteOnly))
                    file.write(*jpeg);
            }
        }
    }
    if (count > 0)
        out << count << " pages, mean " << sum / count << " bytes, most " << most << " bytes (in the request "
            << 4 * ((most + 2) / 3) << "), thinnest stroke " << thinnest << " px, " << 1000 * cpu / count
            << " ms of CPU a page\n";
    return count > 0 ? 0 : 1;
}
