// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ReviewBallots.h"
#include "gui/ProjectSession.h"
#include "store/Database.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

/// A person's word on a ballot.
BallotResult decided(const QString& name, qint64 spoiled) {
    BallotResult ballot = misreadResult(name);
    ballot.data.figures[QStringLiteral("invalid")].value = spoiled;
    ballot.status = BallotStatus::Reviewed;
    ballot.reviewedBy = QStringLiteral("วนิดา ก.");
    return ballot;
}

}  // namespace

class TestProjectSession : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    SystemClock m_clock;

    QString path() const { return m_folder->filePath(QStringLiteral("p.tallydesk")); }
    /// Makes the file refuse corrections, or take them again.
    void refuse(bool refuses) {
        auto file = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(file);
        QVERIFY((*file)->exec(refuses ? QStringLiteral("CREATE TRIGGER refusing BEFORE INSERT ON corrections "
                                                       "BEGIN SELECT RAISE(ABORT, 'full'); END")
                                      : QStringLiteral("DROP TRIGGER refusing")));
    }
    static void openIn(ProjectSession& session, const QString& path) {
        QSignalSpy opened(&session, &ProjectSession::opened);
        session.open(path);
        QVERIFY(opened.wait());
    }
    static void keep(ProjectSession& session, const BallotResult& ballot) {
        session.keepReview(ballot, {{QStringLiteral("invalid"), QStringLiteral("1"), QStringLiteral("7"),
                                     ballot.reviewedBy, QDateTime::currentDateTimeUtc()}});
        QTRY_VERIFY(!session.isSaving());
    }
    /// What the file says of a ballot's spoiled papers.
    std::optional<qint64> spoiledOnDisk(const QString& name) {
        auto store = ProjectStore::open(path(), ProjectStore::Access::ReadWrite, m_clock);
        const auto results = (*store)->results();
        for (const BallotResult& ballot : *results)
            if (ballot.scan.file == name && ballot.status == BallotStatus::Reviewed)
                return ballot.data.figures.value(QStringLiteral("invalid")).value;
        return std::nullopt;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aDecisionThatCantBeWrittenIsTriedAgain() {
        {
            ProjectSession session(m_clock);
            openIn(session, path());
            refuse(true);
            QSignalSpy failed(&session, &ProjectSession::failed);
            keep(session, decided(QStringLiteral("one.pdf"), 7));
            QCOMPARE(session.unkeptDecisions(), 1);
            QCOMPARE(failed.size(), 1);
            QCOMPARE(failed[0][0].value<Error>().code, QStringLiteral("store.review_not_kept"));
            auto* again = session.findChild<QTimer*>();
            QVERIFY(again->isActive());
            QCOMPARE(again->interval(), 10'000);
            // Told once, however often it is tried.
            QSignalSpy tried(again, &QTimer::timeout);
            again->setInterval(1);
            QTRY_VERIFY(tried.size() > 2);
            QCOMPARE(session.unkeptDecisions(), 1);
            QCOMPARE(failed.size(), 1);
            refuse(false);
            QTRY_COMPARE(session.unkeptDecisions(), 0);
            QVERIFY(!again->isActive());
        }
        QCOMPARE(spoiledOnDisk(QStringLiteral("one.pdf")), std::optional<qint64>(7));
    }

    void theNextSaveTakesWhatWaitsInItsOrder() {
        {
            ProjectSession session(m_clock);
            openIn(session, path());
            refuse(true);
            keep(session, decided(QStringLiteral("one.pdf"), 7));
            keep(session, decided(QStringLiteral("two.pdf"), 8));
            keep(session, decided(QStringLiteral("one.pdf"), 9));
            QCOMPARE(session.unkeptDecisions(), 3);
            refuse(false);
            session.retire({reviewScan(QStringLiteral("three.pdf"))});
            QTRY_COMPARE(session.unkeptDecisions(), 0);
        }
        QCOMPARE(spoiledOnDisk(QStringLiteral("one.pdf")), std::optional<qint64>(9));
        QCOMPARE(spoiledOnDisk(QStringLiteral("two.pdf")), std::optional<qint64>(8));
    }

    void aClosedProjectGetsItsDecisionsWhenItIsOpenedAgain() {
        ProjectSession session(m_clock);
        openIn(session, path());
        refuse(true);
        keep(session, decided(QStringLiteral("one.pdf"), 7));
        openIn(session, m_folder->filePath(QStringLiteral("other.tallydesk")));
        QCOMPARE(session.unkeptDecisions(), 1);
        keep(session, decided(QStringLiteral("else.pdf"), 3));
        QCOMPARE(session.unkeptDecisions(), 1);
        session.close();
        QTRY_VERIFY(QFileInfo::exists(path()));
        refuse(false);
        openIn(session, path());
        QCOMPARE(session.unkeptDecisions(), 0);
        session.close();
        QSignalSpy looked(&session, &ProjectSession::presenceKnown);
        session.lookFor({});
        QVERIFY(looked.wait());
        QCOMPARE(spoiledOnDisk(QStringLiteral("one.pdf")), std::optional<qint64>(7));
        QVERIFY(!spoiledOnDisk(QStringLiteral("else.pdf")));
    }

    void theLastTryIsAtTheEnd() {
        {
            ProjectSession session(m_clock);
            openIn(session, path());
            refuse(true);
            keep(session, decided(QStringLiteral("one.pdf"), 7));
            refuse(false);
        }
        QCOMPARE(spoiledOnDisk(QStringLiteral("one.pdf")), std::optional<qint64>(7));
    }
};

QTEST_MAIN(TestProjectSession)
#include "tst_projectsession.moc"
