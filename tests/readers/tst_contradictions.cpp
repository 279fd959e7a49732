// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "batch/BatchProcessor.h"
#include "core/Validator.h"
#include "imaging/TextRecogniser.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/DrawnPages.h"

using namespace tallydesk;
using synth::Contradiction;

/// Paper that contradicts itself is left to a person, with the finding that says so.
class ContradictionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paperThatContradictsItselfIsNeverAccepted() {
        const auto forms = FormCatalog::builtIn();
        const auto models = OnDeviceModels::load(QStringLiteral(":/models"));
        QVERIFY(forms && models);
        OnDeviceReader reader(*forms, *models, std::make_shared<TextRecogniser>());
        const synth::DrawnPages pages(*forms, 31, 0, true);
        const BallotJudge judge(*forms, Validator());
        BatchOptions options;
        options.workers = 2;
        BatchProcessor processor(reader, pages, judge, options);
        // Every form with two kinds of contradiction; bench_ondevice reads more.
        QList<BallotScan> scans;
        for (const int index : {0, 1, 2, 3, 4, 6, 8, 10})
            scans.append(pages.scan(index));
        const BatchResult batch = processor.processBatch(scans);
        for (const BallotResult& result : batch.results) {
            const int index = result.scan.file.left(5).toInt();
            const Contradiction contradiction = *pages.contradiction(index);
            QStringList codes;
            for (const Finding& finding : result.findings)
                codes.append(finding.code);
            const QString said = QStringLiteral("ballot %1, kind %2: %3")
                                     .arg(index)
                                     .arg(static_cast<int>(contradiction))
                                     .arg(codes.join(u' '));
            QVERIFY2(result.status == BallotStatus::NeedsReview, qPrintable(said));
            QVERIFY2(codes.contains(codeOf(contradiction)), qPrintable(said));
        }
    }

private:
    static QString codeOf(Contradiction contradiction) {
        switch (contradiction) {
            case Contradiction::RowsNotValid:
                return QStringLiteral("F.203");
            case Contradiction::PartsNotBallots:
                return QStringLiteral("F.201");
            case Contradiction::DigitsNotWords:
                return QStringLiteral("F.205");
            case Contradiction::TotalMissing:
                return QStringLiteral("F.105");
        }
        return {};
    }
};

QTEST_MAIN(ContradictionsTest)
#include "tst_contradictions.moc"
