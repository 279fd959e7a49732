// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <map>
#include <random>

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

    void aCancelledSearchFindsNothing() {
        CancelToken cancel;
        cancel.cancel();
        QVERIFY(!decideJointly(form(), {{QStringLiteral("valid"), {sure(10)}}}, {{sure(10)}}, cancel));
        QVERIFY(decideJointly(form(), {{QStringLiteral("valid"), {sure(10)}}}, {{sure(10)}}));
    }

    void theMarginIsTheLeadOverTheBestOtherConsistentAssignment() {
        // 1 + 9 = 10 is the best; 7 + 3 the only other way, and it changes both rows.
        const auto result =
            decideJointly(form(), {{QStringLiteral("valid"), {sure(10)}}},
                          {{sure(1), {7, -5.0}}, {{9, -0.1}, {3, -2.5}}, {sure(0), {4, -1.0}}});
        QVERIFY(result.has_value());
        QCOMPARE(result->rows, (QList<qint64>{1, 9, 0}));
        QVERIFY(std::abs(result->rowMargins[0] - (4.99 + 2.4)) < 1e-9);
        QVERIFY(std::abs(result->rowMargins[1] - (4.99 + 2.4)) < 1e-9);
        // 4 is likely by itself, but nothing makes up for it.
        QCOMPARE(result->rowMargins[2], kMarginWindow);
        QCOMPARE(result->figureMargins[QStringLiteral("valid")], kMarginWindow);
    }

    void valuesAndMarginsAreThoseOfTryingEverything() {
        std::mt19937 random(7);
        const auto draw = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
        // Three different values from 0 to 3 * most - 1.
        const auto candidates = [&](int most) {
            Candidates list;
            for (int i = 0; i < 3; ++i)
                list.append({3 * draw(most) + i, -draw(700) / 100.0});
            std::sort(list.begin(), list.end(), [](auto& a, auto& b) { return a.logProb > b.logProb; });
            return list;
        };
        int solved = 0;
        for (int round = 0; round < 300; ++round) {
            const QStringList keys{QStringLiteral("received"), QStringLiteral("valid"),
                                   QStringLiteral("invalid")};
            QMap<QString, Candidates> figures;
            for (const QString& key : keys)
                figures[key] = candidates(3);
            const QList<Candidates> rows{candidates(1), candidates(1), candidates(1)};
            // The best assignment, and the best for each value of each field.
            std::optional<double> best;
            std::vector<std::map<qint64, double>> with(6);
            for (int code = 0; code < 729; ++code) {
                std::vector<Candidate> picked;
                double logProb = 0.0;
                for (int field = 0, rest = code; field < 6; ++field, rest /= 3) {
                    const Candidates& list = field < 3 ? figures[keys[field]] : rows[field - 3];
                    picked.push_back(list[rest % 3]);
                    logProb += picked.back().logProb;
                }
                const bool holds = picked[0].value == picked[1].value + picked[2].value &&
                                   picked[1].value == picked[3].value + picked[4].value + picked[5].value;
                if (!holds)
                    continue;
                best = std::max(best.value_or(logProb), logProb);
                for (size_t field = 0; field < 6; ++field) {
                    const auto [it, fresh] = with[field].try_emplace(picked[field].value, logProb);
                    it->second = std::max(it->second, logProb);
                }
            }
            const auto result = decideJointly(form(), figures, rows);
            QCOMPARE(result.has_value(), best.has_value());
            if (!best)
                continue;
            ++solved;
            for (size_t field = 0; field < 6; ++field) {
                const QString key = keys.value(static_cast<int>(field));
                const auto row = static_cast<qsizetype>(field) - 3;
                const qint64 value = row < 0 ? result->figures[key] : result->rows[row];
                const double margin = row < 0 ? result->figureMargins[key] : result->rowMargins[row];
                QVERIFY(std::abs(with[field].at(value) - *best) < 1e-9);
                double other = *best - kMarginWindow;
                for (const auto& [otherValue, logProb] : with[field])
                    if (otherValue != value)
                        other = std::max(other, logProb);
                QVERIFY(std::abs(margin - (*best - other)) < 1e-9);
            }
        }
        QVERIFY(solved > 50);
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
