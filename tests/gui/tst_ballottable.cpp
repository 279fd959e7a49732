// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <random>

#include "gui/BallotFilterModel.h"
#include "gui/BallotPanel.h"
#include "gui/BallotTableModel.h"

using namespace tallydesk;

namespace {

BallotResult ballot(int number, BallotStatus status = BallotStatus::Cancelled) {
    BallotResult result;
    result.scan.file = QStringLiteral("unit-%1.pdf").arg(number);
    result.scan.pageNumbers = {1, 2};
    result.scan.sha256 = QString::number(number, 16);
    result.status = status;
    result.data.header[QStringLiteral("committee")].number = number;
    return result;
}

QList<BallotResult> ballots(int count) {
    QList<BallotResult> list;
    for (int i = 0; i < count; ++i)
        list.append(ballot(i));
    return list;
}

BallotChange change(int number, RunState run, std::optional<BallotStatus> outcome = {}) {
    BallotChange result;
    result.scan = ballot(number).scan;
    result.run = run;
    result.attempt = 1;
    if (outcome)
        result.result = ballot(number, *outcome);
    return result;
}

BallotWords words() {
    return {*FormCatalog::builtIn(), MessageCatalog::builtIn()};
}

QStringList files(const QAbstractItemModel& model) {
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row, BallotTableModel::FileColumn).data().toString());
    return result;
}

}  // namespace

class TestBallotTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameBallotIsAddedOnce() {
        BallotTableModel model(words());
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.append(ballots(3)), 3);
        QCOMPARE(model.append(ballots(5)), 2);
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.countOf(ShownState::NotRead), 5);
        QCOMPARE(model.rowOf(ballot(4).scan), 4);
    }

    void aRunNeverUndoesAPersonsDecision() {
        BallotTableModel model(words());
        model.append(ballots(2));
        model.apply({change(0, RunState::Idle, BallotStatus::NeedsReview)});
        model.setResults({ballot(0, BallotStatus::Reviewed)});
        // What the rules between ballots say of the machine's reading comes at the end of the run.
        model.apply({change(0, RunState::Idle, BallotStatus::NeedsReview)});
        QCOMPARE(model.stateAt(0), ShownState::Settled);
        QCOMPARE(model.at(0).run, RunState::Idle);
    }

    void failingAgainKeepsWhatWasRead() {
        BallotTableModel model(words());
        model.append(ballots(3));
        model.apply({change(0, RunState::Idle, BallotStatus::Accepted),
                     change(1, RunState::Idle, BallotStatus::NeedsReview),
                     change(2, RunState::Idle, BallotStatus::Accepted)});
        const BallotResult before = model.at(0).result;
        BallotChange other = change(2, RunState::Idle, BallotStatus::Failed);
        other.result->error = Error{QStringLiteral("intake.file_changed"), {}, {}};
        model.apply({change(0, RunState::Idle, BallotStatus::Failed),
                     change(1, RunState::Idle, BallotStatus::Failed), other});
        QCOMPARE(model.stateAt(0), ShownState::Accepted);
        QCOMPARE(model.at(0).result, before);
        QCOMPARE(model.at(0).run, RunState::Idle);
        QCOMPARE(model.stateAt(1), ShownState::NeedsReview);
        // The numbers are those of a file that is there no more.
        QCOMPARE(model.stateAt(2), ShownState::Failed);
    }

    void changesAreToldInRanges() {
        BallotTableModel model(words());
        const QAbstractItemModelTester tester(&model);
        model.append(ballots(10));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.apply({change(2, RunState::Reading), change(1, RunState::Reading),
                     change(7, RunState::Idle, BallotStatus::Failed), change(99, RunState::Reading)});
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][1].toModelIndex().row(), 2);
        QCOMPARE(model.countOf(ShownState::Reading), 2);
        QCOMPARE(model.countOf(ShownState::Failed), 1);
        QCOMPARE(model.stateAt(7), ShownState::Failed);
        model.endRun();
        QCOMPARE(model.countOf(ShownState::Reading), 0);
        QCOMPARE(model.countOf(ShownState::NotRead), 9);
    }

    void removedBallotsAreForgotten() {
        BallotTableModel model(words());
        const QAbstractItemModelTester tester(&model);
        BallotFilterModel filter(&model);
        const QAbstractItemModelTester filterTester(&filter);
        model.append(ballots(10));
        model.removeBallots({4, 3, 4});
        QCOMPARE(model.rowCount(), 8);
        QCOMPARE(model.rowOf(ballot(3).scan), -1);
        QCOMPARE(model.rowOf(ballot(9).scan), 7);
        model.removeBallots({0, 7});
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(filter.rowCount(), 6);
        QCOMPARE(model.append({ballot(3)}), 1);
        QCOMPARE(model.countOf(ShownState::NotRead), 7);
    }

    void filterFollowsStatesAndText() {
        BallotTableModel model(words());
        BallotFilterModel filter(&model);
        const QAbstractItemModelTester tester(&filter);
        model.append(ballots(20));
        filter.setGroup(StateGroup::Failed);
        QCOMPARE(filter.rowCount(), 0);
        model.apply({change(5, RunState::Idle, BallotStatus::Failed),
                     change(3, RunState::Idle, BallotStatus::Failed)});
        QCOMPARE(filter.rowCount(), 2);
        model.apply({change(3, RunState::Reading)});
        QCOMPARE(files(filter), QStringList{QStringLiteral("unit-5.pdf")});
        filter.setGroup(StateGroup::All);
        filter.setText(QStringLiteral("UNIT-1"));
        QCOMPARE(filter.rowCount(), 11);
        model.append({ballot(100), ballot(200)});
        QCOMPARE(filter.rowCount(), 12);
    }

    void sortIsNaturalAndStaysPutWhileRunning() {
        BallotTableModel model(words());
        BallotFilterModel filter(&model);
        const QAbstractItemModelTester tester(&filter);
        model.append({ballot(10), ballot(9), ballot(1)});
        filter.sort(BallotTableModel::FileColumn, Qt::AscendingOrder);
        const QStringList natural{QStringLiteral("unit-1.pdf"), QStringLiteral("unit-9.pdf"),
                                  QStringLiteral("unit-10.pdf")};
        QCOMPARE(files(filter), natural);
        filter.sort(BallotTableModel::StatusColumn, Qt::AscendingOrder);
        model.apply({change(1, RunState::Idle, BallotStatus::Failed)});
        QCOMPARE(files(filter), natural);
        filter.sort(BallotTableModel::StatusColumn, Qt::AscendingOrder);
        QCOMPARE(files(filter).last(), QStringLiteral("unit-1.pdf"));
        filter.sort(-1, Qt::AscendingOrder);
        QCOMPARE(files(filter).first(), QStringLiteral("unit-10.pdf"));
    }

    void filterAgreesWithItsModelAfterRandomChanges() {
        std::mt19937 random(20260208);
        BallotTableModel model(words());
        BallotFilterModel filter(&model);
        const QAbstractItemModelTester tester(&filter);
        int next = 0;
        for (int step = 0; step < 400; ++step) {
            const auto pick = [&](int bound) {
                return static_cast<int>(random() % static_cast<unsigned>(bound));
            };
            switch (pick(6)) {
                case 0:
                    model.append({ballot(next), ballot(next + 1)});
                    next += 2;
                    break;
                case 1:
                    if (model.count() > 2)
                        model.removeBallots({pick(model.count()), pick(model.count())});
                    break;
                case 2:
                    filter.setGroup(static_cast<StateGroup>(pick(static_cast<int>(StateGroup::Count))));
                    break;
                case 3:
                    filter.sort(pick(BallotTableModel::ColumnCount + 1) - 1,
                                pick(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
                    break;
                case 4:
                    filter.setText(pick(2) ? QString() : QString::number(pick(10)));
                    break;
                default:
                    model.apply({change(pick(next + 1), static_cast<RunState>(pick(4)),
                                        static_cast<BallotStatus>(pick(6)))});
            }
            for (int row = 0; row < filter.rowCount(); ++row) {
                const int source = filter.sourceRow(row);
                QCOMPARE(filter.proxyRow(source), row);
                QVERIFY(BallotFilterModel::contains(filter.group(), model.stateAt(source)));
            }
        }
    }

    void hundredThousandRowsSortAndFilterAtOnce() {
        BallotTableModel model(words());
        BallotFilterModel filter(&model);
        model.append(ballots(100000));
        model.pathRank(0);
        QElapsedTimer timer;
        qint64 slowest = 0;
        const auto timed = [&](const char* what, const auto& work) {
            timer.start();
            work();
            slowest = std::max(slowest, timer.elapsed());
            qInfo("%s: %lld ms", what, static_cast<long long>(timer.elapsed()));
        };
        timed("filter by text", [&] { filter.setText(QStringLiteral("unit-77")); });
        QCOMPARE(filter.rowCount(), 1111);
        timed("show all", [&] { filter.setText({}); });
        timed("sort by place", [&] { filter.sort(BallotTableModel::PlaceColumn, Qt::DescendingOrder); });
        timed("sort by file", [&] { filter.sort(BallotTableModel::FileColumn, Qt::DescendingOrder); });
        timed("filter by state", [&] { filter.setGroup(StateGroup::Failed); });
        timed("all states", [&] { filter.setGroup(StateGroup::All); });
        QVERIFY2(slowest <= 100, qPrintable(QString::number(slowest)));
    }

    void panelKeepsCurrentAndSelectionOverFilterAndSort() {
        BallotTableModel model(words());
        model.append(ballots(30));
        BallotPanel panel(&model);
        panel.setCurrentRow(17);
        QCOMPARE(panel.selectedRows(), QList<int>{17});
        QSignalSpy current(&panel, &BallotPanel::currentChanged);
        model.apply({change(17, RunState::Idle, BallotStatus::NeedsReview)});
        panel.setGroup(StateGroup::NeedsReview);
        QCOMPARE(panel.orderedRows().first(), 17);
        QCOMPARE(panel.orderedRows().size(), 30);
        QCOMPARE(panel.rowsAround(17, 2), QList<int>{});
        QCOMPARE(panel.currentRow(), 17);
        panel.setGroup(StateGroup::All);
        QCOMPARE(panel.currentRow(), 17);
        QCOMPARE(panel.selectedRows(), QList<int>{17});
        QCOMPARE(current.size(), 0);
        panel.setGroup(StateGroup::Failed);
        QCOMPARE(current.size(), 1);
        QCOMPARE(panel.currentRow(), -1);
        // What a person asks to see comes into sight whatever the filter.
        panel.setCurrentRow(4);
        QCOMPARE(panel.currentRow(), 4);
        QVERIFY(panel.selectionAsText().contains(QStringLiteral("unit-4.pdf")));
    }
};

QTEST_MAIN(TestBallotTable)
#include "tst_ballottable.moc"
