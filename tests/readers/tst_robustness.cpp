// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "batch/BatchProcessor.h"
#include "core/Validator.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "imaging/TextRecogniser.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/BallotPainter.h"
#include "synth/DocumentWriter.h"
#include "synth/ScanDamage.h"
#include "synth/TruthScore.h"

using namespace tallydesk;

/// What happens to scans may cost an acceptance, never give another accepted value: whole documents through
/// intake and reader. bench_robustness does the same with more of them.
class RobustnessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        const auto models = OnDeviceModels::load(QStringLiteral(":/models"));
        QVERIFY(forms && models);
        m_forms = *forms;
        m_reader = std::make_unique<OnDeviceReader>(m_forms, *models, std::make_shared<TextRecogniser>());
        m_constituency = draw(QStringLiteral("5-18-constituency"), 21);
        m_partyList = draw(QStringLiteral("5-17-party-list"), 22);
    }

    void damageNeverChangesAnAcceptedValue_data() {
        QTest::addColumn<double>("leastRight");  // per cent of the numbers
        const auto row = [](const char* name, double least) { QTest::newRow(name) << least; };
        row("none", 97.0);
        row("turned-90", 97.0);
        row("turned-180", 97.0);
        row("turned-270", 97.0);
        row("skew-left", 90.0);
        row("skew-right", 90.0);
        row("dpi-100", 50.0);
        row("dpi-400", 97.0);
        row("jpeg-30", 90.0);
        row("grey", 97.0);
        row("one-bit-otsu", 50.0);
        row("one-bit-adaptive", 50.0);
        row("perspective", 90.0);
        row("borders", 90.0);
        row("cut-top", 90.0);
        row("facing-page", 90.0);
        row("dim", 50.0);
        row("folds", 50.0);
    }

    void damageNeverChangesAnAcceptedValue() {
        QFETCH(const double, leastRight);
        const QString damage = QString::fromLatin1(QTest::currentDataTag());
        const auto score = readAgain(m_constituency, synth::damaged(damage, m_constituency.pages, 5),
                                     damage == u"dpi-400" ? QStringLiteral("jpg") : QStringLiteral("pdf"));
        QCOMPARE(score.found, 1);
        QCOMPARE(score.silent, 0);
        QVERIFY2(100.0 * score.right >= leastRight * score.numbers,
                 qPrintable(QStringLiteral("%1 of %2: ").arg(score.right).arg(score.numbers) +
                            score.wrong.join(QStringLiteral("; "))));
    }

    void pagesInAnotherOrderGiveTheSameNumbers() {
        const auto score =
            readAgain(m_partyList, synth::damaged(QStringLiteral("shuffled"), m_partyList.pages, 1),
                      QStringLiteral("pdf"));
        QCOMPARE(score.found, 1);
        QCOMPARE(score.silent, 0);
        QVERIFY2(score.right > score.numbers * 0.97, qPrintable(score.wrong.join(QStringLiteral("; "))));
    }

    void aPageThatIsMissingOrComesTwiceIsAFinding() {
        QList<QImage> pages = m_partyList.pages;
        pages.removeAt(1);
        QVERIFY(findingsOf(pages).contains(QStringLiteral("F.104")));
        pages = m_partyList.pages;
        pages.insert(2, pages[1]);
        // Kept apart as a form of its own, or found as rows that come twice: never accepted.
        readAgain(m_partyList, pages, QStringLiteral("pdf"));
        for (const BallotResult& result : std::as_const(m_results))
            QVERIFY(result.status != BallotStatus::Accepted);
    }

private:
    synth::DrawnBallot draw(const QString& form, quint64 seed) const {
        synth::DrawOptions options;
        options.difficulty = 0;
        return synth::drawBallot(*m_forms.byId(form), seed, options);
    }

    // Under a name that says nothing.
    synth::TruthScore readAgain(const synth::DrawnBallot& ballot, const QList<QImage>& pages,
                                const QString& format) {
        const QTemporaryDir folder;
        const auto files = synth::writeDocument(folder.path(), QStringLiteral("x"), format, pages, 88, false);
        const IntakeResult intake = Intake(m_forms).run({folder.path()}, CancelToken());
        const PageSource source;
        const BallotJudge judge(m_forms, Validator());
        BatchOptions options;
        options.workers = 2;
        BatchProcessor processor(*m_reader, source, judge, options);
        m_results = processor.processBatch(intake.ballots).results;
        const QJsonObject truth = ballot.content.truth(1, static_cast<int>(pages.size()));
        return synth::scoreForm(truth, synth::ballotOf(truth, files->first(), m_results));
    }

    QStringList findingsOf(const QList<QImage>& pages) {
        readAgain(m_partyList, pages, QStringLiteral("pdf"));
        QStringList codes;
        for (const BallotResult& result : std::as_const(m_results)) {
            for (const Finding& finding : result.findings)
                codes.append(finding.code);
        }
        return codes;
    }

    FormCatalog m_forms;
    std::unique_ptr<OnDeviceReader> m_reader;
    synth::DrawnBallot m_constituency;
    synth::DrawnBallot m_partyList;
    QList<BallotResult> m_results;
};

QTEST_MAIN(RobustnessTest)
#include "tst_robustness.moc"
