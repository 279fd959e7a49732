// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QTest>

#include "SampleBallots.h"
#include "core/BallotJudge.h"

using namespace tallydesk;
using namespace tallydesk::samples;

namespace {

const QString kFolder = QStringLiteral("เขตเลือกตั้งที่ 1 จังหวัดแพร่/ชุดที่ 1/");

BallotScan scanOf(const QString& file, const QString& formId = {}) {
    BallotScan scan;
    scan.file = file;
    scan.formId = formId;
    scan.pageNumbers = {1, 2};
    return scan;
}

}  // namespace

class TestBallotJudge : public QObject {
    Q_OBJECT

    FormCatalog m_forms = FormCatalog::builtIn().value();
    BallotJudge m_judge{m_forms, Validator()};
    QString m_reader = QStringLiteral("on-device");

    BallotData sound() const { return soundBallot(*m_forms.byId(QStringLiteral("5-17-constituency"))); }

private Q_SLOTS:
    void soundBallotIsAccepted() {
        const BallotScan scan = scanOf(QStringLiteral("th26-1.pdf"));
        const auto result = m_judge.judge(scan, sound(), m_reader);
        QCOMPARE(result.status, BallotStatus::Accepted);
        QCOMPARE(result.findings, QList<Finding>());
        QCOMPARE(result.data, sound());
        QCOMPARE(result.scan, scan);
        QCOMPARE(result.reader, m_reader);
    }

    void anErrorNeedsReviewAndChangesNothing() {
        BallotData data = sound();
        data.rows[0].entry.value = 6;
        const auto result = m_judge.judge(scanOf(QStringLiteral("a.pdf")), data, m_reader);
        QCOMPARE(result.status, BallotStatus::NeedsReview);
        QCOMPARE(result.data, data);
    }

    void aWarningThatIsOnlyShownKeepsItAccepted() {
        BallotData data = sound();
        data.pageRoles.removeLast();
        const auto result = m_judge.judge(scanOf(QStringLiteral("a.pdf")), data, m_reader);
        QCOMPARE(result.status, BallotStatus::Accepted);
        QCOMPARE(result.findings.size(), 1);
    }

    void pathFillsWhatThePaperLeftBlank() {
        BallotData data = sound();
        data.header.remove(QStringLiteral("committee"));
        data.header.remove(QStringLiteral("province"));
        const auto result = m_judge.judge(scanOf(kFolder + QStringLiteral("a.pdf")), data, m_reader);
        QCOMPARE(result.status, BallotStatus::Accepted);
        QCOMPARE(result.data.header.value(QStringLiteral("committee")).number, std::optional<qint64>(1));
        QCOMPARE(result.data.header.value(QStringLiteral("committee")).source, HeaderSource::Path);
        QCOMPARE(result.data.readerNotes.value(QStringLiteral("from_path")).toArray(),
                 (QJsonArray{QStringLiteral("province"), QStringLiteral("committee")}));
    }

    void foldersAboveTheOneThatWasOpenedCount() {
        BallotData data = sound();
        data.header.remove(QStringLiteral("province"));
        BallotScan scan = scanOf(QStringLiteral("a.pdf"));
        scan.pages.append({QStringLiteral("/data/") + kFolder + QStringLiteral("a.pdf"), 1, 0, {}});
        QCOMPARE(m_judge.judge(scan, data, m_reader).data.header.value(QStringLiteral("province")).text,
                 std::optional(QStringLiteral("แพร่")));
    }

    void pathThatSaysOtherwiseNeedsReviewAndKeepsThePaper() {
        BallotData data = sound();
        data.header[QStringLiteral("committee")].number = 3;
        const auto result = m_judge.judge(scanOf(kFolder + QStringLiteral("a.pdf")), data, m_reader);
        QCOMPARE(result.status, BallotStatus::NeedsReview);
        QCOMPARE(result.data, data);
        QCOMPARE(result.findings.size(), 1);
        QCOMPARE(result.findings[0].code, QStringLiteral("W.303"));
        QCOMPARE(result.findings[0].fields, QStringList{QStringLiteral("committee")});
    }

    void pathThatAgreesMakesAnUnsureHeaderSafe() {
        BallotData data = sound();
        data.header[QStringLiteral("committee")].confidence = 0.6;
        QCOMPARE(m_judge.judge(scanOf(QStringLiteral("a.pdf")), data, m_reader).status,
                 BallotStatus::NeedsReview);
        QCOMPARE(m_judge.judge(scanOf(kFolder + QStringLiteral("a.pdf")), data, m_reader).status,
                 BallotStatus::Accepted);
    }

    void noPathSettlesWhatThePaperContests() {
        // Two blanks differ.
        BallotData data = sound();
        data.header[QStringLiteral("committee")].confidence = contestedConfidence;
        const BallotScan scan = scanOf(kFolder + QStringLiteral("5ทับ17ชุดที่1.pdf"));
        auto result = m_judge.judge(scan, data, m_reader);
        QCOMPARE(result.status, BallotStatus::NeedsReview);
        QCOMPARE(result.findings.first().code, QStringLiteral("W.205"));
        QCOMPARE(result.findings.first().fields, QStringList{QStringLiteral("committee")});
        data = sound();
        data.header[QStringLiteral("province")].confidence = contestedConfidence;
        result = m_judge.judge(scan, data, m_reader);
        QCOMPARE(result.findings.first().fields, QStringList{QStringLiteral("province")});
        // Something unreadable stands where the path fills in.
        data = sound();
        data.header[QStringLiteral("committee")].number.reset();
        data.header[QStringLiteral("committee")].confidence = 0.0;
        result = m_judge.judge(scan, data, m_reader);
        QCOMPARE(result.status, BallotStatus::NeedsReview);
        QCOMPARE(result.data.header.value(QStringLiteral("committee")).number, std::optional<qint64>(1));
        QCOMPARE(result.findings.first().fields, QStringList{QStringLiteral("committee")});
    }

    void aPollingUnitsFormTakesNoCommitteeFromThePath() {
        const BallotData data = soundBallot(*m_forms.byId(QStringLiteral("5-18-constituency")));
        const auto result = m_judge.judge(scanOf(kFolder + QStringLiteral("a.pdf")), data, m_reader);
        QVERIFY(!result.data.header.contains(QStringLiteral("committee")));
        QCOMPARE(result.status, BallotStatus::Accepted);
    }

    void theScansFormStandsInForOneTheReaderDidNotName() {
        BallotData data = sound();
        data.formId.clear();
        data.formCode.clear();
        data.partyList.reset();
        const auto result = m_judge.judge(
            scanOf(QStringLiteral("a.pdf"), QStringLiteral("5-17-constituency")), data, m_reader);
        QCOMPARE(result.data, sound());
        QCOMPARE(result.status, BallotStatus::Accepted);
        const auto unknown = m_judge.judge(scanOf(QStringLiteral("a.pdf")), data, m_reader);
        QCOMPARE(unknown.status, BallotStatus::NeedsReview);
        QCOMPARE(unknown.findings[0].code, QStringLiteral("F.101"));
    }

    void anAnswerForAnotherFormIsNeverAccepted() {
        BallotData data = sound();
        data.formCode = QStringLiteral("5/16");
        const auto result = m_judge.judge(
            scanOf(QStringLiteral("a.pdf"), QStringLiteral("5-17-constituency")), data, m_reader);
        QCOMPARE(result.status, BallotStatus::NeedsReview);
        QCOMPARE(result.findings[0].code, QStringLiteral("F.101"));
        QCOMPARE(result.data.formCode, QStringLiteral("5/16"));
    }
};

QTEST_APPLESS_MAIN(TestBallotJudge)
#include "tst_ballotjudge.moc"
