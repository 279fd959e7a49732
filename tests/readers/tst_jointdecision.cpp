// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "readers/ondevice/CtcDecoder.h"
#include "readers/ondevice/JointDecision.h"

using namespace tallydesk;

namespace {

FormTemplate form() {
    FormTemplate t;
    t.equations = {
        {QStringLiteral("F.201"),
         {QStringLiteral("received")},
         EquationOp::Equal,
         {QStringLiteral("valid"), QStringLiteral("invalid")},
         false,
         false},
        {QStringLiteral("F.203"),
         {QStringLiteral("sum(rows)")},
         EquationOp::Equal,
         {QStringLiteral("valid")},
         false,
         false},
    };
    return t;
}

Candidate sure(qint64 value) {
    return {value, -0.01};
}
Candidate doubtful(qint64 value) {
    return {value, -3.0};
}

// Scores in which the given class is all but certain at each step.
CtcScores certain(const std::vector<int>& path, int classes) {
    CtcScores scores;
    scores.steps = static_cast<int>(path.size());
    scores.classes = classes;
    for (const int top : path)
        for (int c = 0; c < classes; ++c)
            scores.logProb.push_back(c == top ? std::log(0.9) : std::log(0.1 / (classes - 1)));
    return scores;
}

}  // namespace

class JointDecisionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstChoicesThatFitCostNothing() {
        const auto result = decideJointly(form(),
                                          {{QStringLiteral("received"), {sure(12)}},
                                           {QStringLiteral("valid"), {sure(10)}},
                                           {QStringLiteral("invalid"), {sure(2)}}},
                                          {{sure(7)}, {sure(3)}});
        QVERIFY(result.has_value());
        QCOMPARE(result->cost, 0.0);
        QCOMPARE(result->rows, (QList<qint64>{7, 3}));
    }

    void anEquationRanksReadingsThatAWitnessSupports() {
        const auto result = decideJointly(form(),
                                          {{QStringLiteral("received"), {sure(12)}},
                                           {QStringLiteral("valid"), {sure(10)}},
                                           {QStringLiteral("invalid"), {sure(2)}}},
                                          {{sure(1), doubtful(7)}, {sure(3)}});
        QVERIFY(result.has_value());
        QCOMPARE(result->rows, (QList<qint64>{7, 3}));
        QVERIFY(std::abs(result->cost + 2.99) < 1e-9);
    }

    void noValueIsInventedToMakeASumHold() {
        const auto result = decideJointly(form(),
                                          {{QStringLiteral("received"), {sure(12)}},
                                           {QStringLiteral("valid"), {sure(10)}},
                                           {QStringLiteral("invalid"), {sure(2)}}},
                                          {{sure(1)}, {sure(3)}});
        QVERIFY(!result.has_value());
    }

    void theMostProbableOfSeveralSolutionsIsChosen() {
        const auto result = decideJointly(form(), {{QStringLiteral("valid"), {sure(10)}}},
                                          {{sure(1), {7, -5.0}}, {{3, -0.1}, {9, -2.5}}});
        QVERIFY(result.has_value());
        QCOMPARE(result->rows, (QList<qint64>{1, 9}));
    }

    void aFullPartyListIsDecidedExactly() {
        QList<Candidates> rows;
        qint64 sum = 0;
        for (int i = 0; i < 57; ++i) {
            rows.append({sure(i), doubtful(i + 40), {i + 7, -4.0}});
            sum += i;
        }
        rows[20] = {sure(90), doubtful(20)};
        const auto result = decideJointly(form(), {{QStringLiteral("valid"), {sure(sum)}}}, rows);
        QVERIFY(result.has_value());
        QCOMPARE(result->rows[20], 20);
        QCOMPARE(result->rows[19], 19);
    }

    void beamSearchAgreesWithTheForwardPass() {
        const CtcScores scores = certain({0, 3, 3, 0, 3, 5, 0}, 7);
        // Wide enough that nothing is pruned.
        const auto hypotheses = decodeCtc(scores, 200'000);
        QCOMPARE(hypotheses.front().labels, (std::vector<int>{3, 3, 5}));
        QVERIFY(std::abs(hypotheses.front().logProb - ctcLogLikelihood(scores, {3, 3, 5})) < 1e-6);
        QVERIFY(hypotheses.front().logProb > ctcLogLikelihood(scores, {3, 5}));
    }

    void anEmptyCropIsBlankWithoutAClass() {
        const auto hypotheses = decodeCtc(certain({0, 0, 0, 0}, 5));
        QVERIFY(hypotheses.front().labels.empty());
        QVERIFY(std::abs(hypotheses.front().logProb - 4 * std::log(0.9)) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(JointDecisionTest)
#include "tst_jointdecision.moc"
