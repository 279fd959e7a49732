// SPDX-License-Identifier: GPL-3.0-or-later
// Prints what intake finds under the given paths, one ballot a line.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

#include "imaging/Intake.h"

using namespace tallydesk;

namespace {

QString numbers(const QList<int>& values) {
    QStringList texts;
    for (const int value : values)
        texts.append(QString::number(value));
    return texts.join(u',');
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    const auto forms = FormCatalog::builtIn();
    if (!forms) {
        out << forms.error().code << " " << forms.error().args.join(u' ') << "\n";
        return 2;
    }
    QElapsedTimer timer;
    timer.start();
    const IntakeResult result = Intake(*forms).run(app.arguments().mid(1), CancelToken());
    qsizetype pages = 0;
    for (const BallotScan& ballot : result.ballots) {
        QList<int> turns;
        for (const PageRef& page : ballot.pages)
            turns.append(page.rotation);
        pages += ballot.pages.size() + ballot.setAsidePages.size();
        out << ballot.file << "\t" << (ballot.formId.isEmpty() ? QStringLiteral("-") : ballot.formId)
            << "\tpages " << numbers(ballot.pageNumbers) << "\tturned " << numbers(turns);
        if (!ballot.setAsidePages.isEmpty())
            out << "\taside " << numbers(ballot.setAsidePages);
        if (ballot.error)
            out << "\t" << ballot.error->code << " " << ballot.error->detail;
        out << "\n";
    }
    for (const SkippedFile& skipped : result.skipped)
        out << "skipped\t" << skipped.file << "\t" << skipped.reason.code << "\n";
    for (const DuplicateFile& duplicate : result.duplicates)
        out << "same bytes\t" << duplicate.file << "\t" << duplicate.firstFile << "\n";
    out << result.ballots.size() << " ballots, " << pages << " pages, " << timer.elapsed() << " ms\n";
    return 0;
}
