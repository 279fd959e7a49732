// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <opencv2/imgproc.hpp>

#include "imaging/Brackets.h"

using namespace tallydesk;

namespace {

struct Drawn {
    int y = 0;
    std::vector<std::pair<int, int>> runs;
    int bracket = 0;  ///< x of its left edge; 0 for one that cannot be seen
};

std::vector<std::optional<int>> found(const std::vector<Drawn>& drawn) {
    cv::Mat ink(1400, 1700, CV_8UC1, cv::Scalar(0));
    std::vector<DottedLine> lines;
    for (const Drawn& line : drawn) {
        DottedLine dotted;
        dotted.y = line.y;
        for (const auto& [left, right] : line.runs)
            dotted.runs.push_back({left, right, line.y, 100.0});
        lines.push_back(dotted);
        if (line.bracket > 0)
            cv::ellipse(ink, {line.bracket + 12, line.y - 8}, {11, 18}, 0.0, 120.0, 240.0, cv::Scalar(255),
                        2);
    }
    return findBrackets(ink, ink, lines);
}

bool near(const std::optional<int>& bracket, int x) {
    return bracket && std::abs(*bracket - x) <= 8;
}

// Two lines of a form whose brackets are seen.
const Drawn first{950, {{882, 994}, {1081, 1490}}, 1070};
const Drawn second{1003, {{882, 994}, {1081, 1490}}, 1070};

}  // namespace

/// Coordinates are those of a party-list form, 1,400 px from one side of its table to the other.
class BracketsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bracketsAreSeen() {
        const auto brackets = found({first, second});
        QVERIFY(near(brackets[0], 1070));
        QVERIFY(near(brackets[1], 1070));
    }

    // The no-vote line has a longer label.
    void aHiddenBracketStandsBehindItsOwnNumbersDots() {
        for (const auto& runs : {std::vector<std::pair<int, int>>{{1057, 1168}, {1262, 1494}},
                                 {{1057, 1085}, {1150, 1168}, {1262, 1494}}}) {
            const auto brackets = found({first, second, {1056, runs}});
            QVERIFY2(near(brackets[2], 1244), qPrintable(QString::number(brackets[2].value_or(-1))));
        }
        const auto brackets = found({{844, {{720, 832}, {919, 1492}}, 907},
                                     {898, {{720, 831}, {919, 1492}}, 907},
                                     {951, {{969, 1080}, {1168, 1495}}}});
        QVERIFY(near(brackets[2], 1155));
    }

    void aHiddenBracketStandsUnderThatOfANumberInLine() {
        const Drawn noVote{1056, {{1057, 1169}, {1256, 1494}}, 1244};
        for (const auto& runs : {std::vector<std::pair<int, int>>{{882, 995}, {1340, 1613}},
                                 {{741, 799}, {882, 931}, {1082, 1491}}})
            QVERIFY(near(found({first, second, noVote, {1109, runs}})[3], 1070));
    }

    // Dots behind words that a word divides are no number's.
    void dotsOfWordsGiveNoBracket() {
        for (const auto& runs : {std::vector<std::pair<int, int>>{{868, 980}, {1066, 1499}},
                                 {{868, 980}, {1066, 1110}, {1195, 1499}},
                                 {{868, 980}, {1066, 1178}, {1280, 1499}},
                                 {{1081, 1193}, {1280, 1499}}}) {
            const auto brackets = found({first, second, {1056, runs}});
            QVERIFY2(near(brackets[2], 1070), qPrintable(QString::number(brackets[2].value_or(-1))));
        }
    }

    // What was not seen tells no other line.
    void aHiddenBracketElsewhereIsNoMeasure() {
        const auto brackets =
            found({first, {1003, {{930, 994}, {1081, 1490}}}, {1056, {{1057, 1168}, {1262, 1494}}}});
        QVERIFY(near(brackets[1], 1070));
        QVERIFY(near(brackets[2], 1244));
    }
};

QTEST_GUILESS_MAIN(BracketsTest)
#include "tst_brackets.moc"
