// SPDX-License-Identifier: GPL-3.0-or-later
// shots OUTDIR [NAME-PART [LOOK-PART]]: pictures of every screen and state of the window, in both themes and
// languages, at 1280x720 and at 1440x900, and at twice the scale. Needs no display
// (QT_QPA_PLATFORM=offscreen).
#include <QApplication>
#include <QProcess>
#include <cstdio>

#include "DialogScenes.h"
#include "ReviewScenes.h"
#include "SampleBatch.h"
#include "WindowScenes.h"
#include "core/MessageCatalog.h"

using namespace tallydesk::shots;

namespace {

// The scale is fixed when the program starts, so the large pictures need a program of their own.
int takeLarge(const QStringList& arguments) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(), arguments);
    process.waitForFinished(-1);
    return process.exitCode();
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().sliced(1);
    if (arguments.isEmpty()) {
        std::fputs("Usage: shots OUTDIR [NAME-PART [LOOK-PART]]\n", stderr);
        return 2;
    }
    const bool large = application.devicePixelRatio() > 1.5;
    Studio studio(arguments.at(0), arguments.value(1));
    const QString english = QStringLiteral("en");
    const QString thai = QStringLiteral("th");
    const QSize small(1280, 720);
    const QSize usual(1440, 900);
    const QList<Look> looks = large ? QList<Look>{{false, english, small}, {true, thai, small}}
                                    : QList<Look>{{false, english, usual},
                                                  {true, english, usual},
                                                  {false, thai, usual},
                                                  {true, thai, small},
                                                  {false, english, small}};
    const auto read = readSamples(QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/samples"), arguments.at(0));
    if (!read) {
        std::fprintf(stderr, "%s\n",
                     qPrintable(tallydesk::MessageCatalog::builtIn().text(read.error(),
                                                                          tallydesk::Language::English)));
        return 1;
    }
    for (const Look& look : looks) {
        if (!look.name().contains(arguments.value(2)))
            continue;
        studio.dress(look);
        takeDialogs(studio);
        studio.dress(look);
        takeReviewDesk(studio, *read);
        studio.dress(look);
        takeWindow(studio, *read);
    }
    for (const QString& text : studio.clipped())
        std::fprintf(stderr, "Clipped: %s\n", qPrintable(text));
    for (const QString& text : studio.untranslated())
        std::fprintf(stderr, "Not Thai: %s\n", qPrintable(text));
    std::printf("%d pictures\n", studio.taken());
    const int rest = large ? 0 : takeLarge(arguments);
    return studio.clipped().isEmpty() && studio.untranslated().isEmpty() ? rest : 1;
}
