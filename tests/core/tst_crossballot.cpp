// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "SampleBallots.h"
#include "core/CrossBallotRules.h"

using namespace tallydesk;
using namespace tallydesk::samples;

namespace {

QStringList codesOf(const BallotResult& result) {
    QStringList codes;
    for (const Finding& finding : result.findings)
        codes.append(finding.code);
    return codes;
}

}  // namespace

class TestCrossBallot : public QObject {
    Q_OBJECT

    FormCatalog m_forms = FormCatalog::builtIn().value();
    int m_next = 0;

    BallotResult accepted(const QString& formId) {
        BallotResult result;
        result.status = BallotStatus::Accepted;
        result.scan.file = QStringLiteral("scan-%1.pdf").arg(++m_next);
        result.scan.sha256 = QStringLiteral("hash-%1").arg(m_next);
        result.scan.pageNumbers = {1, 2};
        result.data = soundBallot(*m_forms.byId(formId));
        return result;
    }

private Q_SLOTS:
    void sameFormReadTwice() {
        QList<BallotResult> results{accepted(QStringLiteral("5-17-constituency")),
                                    accepted(QStringLiteral("5-17-constituency")),
                                    accepted(QStringLiteral("5-17-party-list"))};
        results[2].data.figures = results[0].data.figures;
        checkAcrossBallots(results);
        for (int i : {0, 1}) {
            QCOMPARE(codesOf(results[i]), QStringList{QStringLiteral("W.302")});
            QCOMPARE(results[i].findings[0].args, QStringList{results[1 - i].scan.file});
            QCOMPARE(results[i].status, BallotStatus::NeedsReview);
        }
        QCOMPARE(codesOf(results[2]), QStringList());
        QCOMPARE(results[2].status, BallotStatus::Accepted);
        const QList<BallotResult> once = results;
        checkAcrossBallots(results);
        QCOMPARE(results, once);
    }

    void otherCommitteesAreOtherForms() {
        QList<BallotResult> results{accepted(QStringLiteral("5-17-constituency")),
                                    accepted(QStringLiteral("5-17-constituency"))};
        results[1].data.header[QStringLiteral("committee")].number = 2;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList());
    }

    void unitsOfOtherSubdistrictsAreOtherForms() {
        QList<BallotResult> results{accepted(QStringLiteral("5-18-constituency")),
                                    accepted(QStringLiteral("5-18-constituency"))};
        results[0].data.header.insert(QStringLiteral("subdistrict"), text(QStringLiteral("มะต้อง")));
        results[1].data.header.insert(QStringLiteral("subdistrict"), text(QStringLiteral("กาญจนา")));
        results[1].data.rows[0].entry.value = 4;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList());
        // All numbers alike: the name was misread, it is the same form.
        results[1].data.rows[0].entry.value = 5;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
    }

    void whereNoSubdistrictIsReadTheElectorateTellsUnitsApart() {
        const auto pair = [this] {
            QList<BallotResult> results{accepted(QStringLiteral("5-18-constituency")),
                                        accepted(QStringLiteral("5-18-constituency"))};
            results[1].data.rows[0].entry.value = 4;
            results[1].data.figures[QStringLiteral("eligible")].value = 61;
            results[1].data.figures[QStringLiteral("allocated")].value = 70;
            return results;
        };
        QList<BallotResult> results = pair();
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList());
        QCOMPARE(results[1].status, BallotStatus::Accepted);
        // Counted twice: the same voters and ballots, other votes.
        for (const QString& same : {QStringLiteral("eligible"), QStringLiteral("allocated")}) {
            results = pair();
            results[1].data.figures[same] = results[0].data.figures[same];
            checkAcrossBallots(results);
            QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
            results = pair();
            results[1].data.figures[same].value.reset();
            checkAcrossBallots(results);
            QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
        }
        // Of one subdistrict.
        results = pair();
        for (BallotResult& result : results)
            result.data.header.insert(QStringLiteral("subdistrict"), text(QStringLiteral("กาญจนา")));
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
        // Committees are numbered through the constituency.
        results = {accepted(QStringLiteral("5-17-constituency")),
                   accepted(QStringLiteral("5-17-constituency"))};
        results[1].data.rows[0].entry.value = 4;
        results[1].data.figures[QStringLiteral("received")].value = 99;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
    }

    void anEmptyRowThatOneScanLacksMakesNoOtherForm() {
        QList<BallotResult> results{accepted(QStringLiteral("5-18-constituency")),
                                    accepted(QStringLiteral("5-18-constituency"))};
        results[0].data.header.insert(QStringLiteral("subdistrict"), text(QStringLiteral("มะต้อง")));
        results[1].data.header.insert(QStringLiteral("subdistrict"), text(QStringLiteral("กาญจนา")));
        TallyRow empty;
        empty.no = 1 + results[1].data.rows.last().no;
        empty.entry.value = 0;
        empty.entry.mark = Mark::Blank;
        results[1].data.rows.append(empty);
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
    }

    void nameReadWithAMistakeMakesNoOtherUnit() {
        QList<BallotResult> results{accepted(QStringLiteral("5-18-constituency")),
                                    accepted(QStringLiteral("5-18-constituency"))};
        results[0].data.header.insert(QStringLiteral("subdistrict"), text(QStringLiteral("กาญจนา")));
        results[1].data.header.insert(QStringLiteral("subdistrict"), text(QStringLiteral("กาญจบา")));
        results[1].data.rows[0].entry.value = 4;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
    }

    void sameFileUnderTwoNames() {
        QList<BallotResult> results{accepted(QStringLiteral("5-17-constituency")),
                                    accepted(QStringLiteral("5-17-constituency"))};
        results[1].scan.sha256 = results[0].scan.sha256;
        for (BallotResult& result : results)
            result.data.header.clear();
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.302")});
        QCOMPARE(codesOf(results[1]), QStringList{QStringLiteral("W.302")});
    }

    void severalFormsInOneFileAreNoDuplicates() {
        QList<BallotResult> results{accepted(QStringLiteral("5-17-constituency")),
                                    accepted(QStringLiteral("5-17-constituency"))};
        results[1].scan = results[0].scan;
        results[1].scan.pageNumbers = {3, 4};
        results[1].data.header[QStringLiteral("committee")].number = 2;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList());
    }

    void twoKindsOfOneUnitMustShareTheirFigures() {
        QList<BallotResult> results{accepted(QStringLiteral("5-18-constituency")),
                                    accepted(QStringLiteral("5-18-party-list"))};
        results[1].data.figures = results[0].data.figures;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList());
        results[1].data.figures[QStringLiteral("eligible")].value = 61;
        checkAcrossBallots(results);
        for (const BallotResult& result : results) {
            QCOMPARE(codesOf(result), QStringList{QStringLiteral("W.301")});
            QCOMPARE(result.findings[0].fields, QStringList{QStringLiteral("eligible")});
            QCOMPARE(result.status, BallotStatus::Accepted);
        }
    }

    void kindsOfOneUnitAreComparedWhateverBallotsTheyHad() {
        QList<BallotResult> results{accepted(QStringLiteral("5-18-constituency")),
                                    accepted(QStringLiteral("5-18-party-list"))};
        results[1].data.figures = results[0].data.figures;
        results[1].data.figures[QStringLiteral("eligible")].value = 61;
        results[1].data.figures[QStringLiteral("allocated")].value = 70;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList{QStringLiteral("W.301")});
    }

    void failedBallotsAreNobodysDuplicates() {
        QList<BallotResult> results{accepted(QStringLiteral("5-17-constituency")),
                                    accepted(QStringLiteral("5-17-constituency"))};
        results[1].scan.sha256 = results[0].scan.sha256;
        results[1].status = BallotStatus::Failed;
        checkAcrossBallots(results);
        QCOMPARE(codesOf(results[0]), QStringList());
        QCOMPARE(results[1].status, BallotStatus::Failed);
    }

    void aPersonsDecisionStays() {
        QList<BallotResult> results{accepted(QStringLiteral("5-17-constituency")),
                                    accepted(QStringLiteral("5-17-constituency"))};
        results[0].status = BallotStatus::Reviewed;
        checkAcrossBallots(results);
        QCOMPARE(results[0].status, BallotStatus::Reviewed);
        QCOMPARE(results[1].status, BallotStatus::NeedsReview);
    }
};

QTEST_APPLESS_MAIN(TestCrossBallot)
#include "tst_crossballot.moc"
