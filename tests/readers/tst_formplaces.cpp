// SPDX-License-Identifier: GPL-3.0-or-later
// Which line and which blank of the paper is which field of the form.
#include <QTest>

#include "readers/ondevice/FigureLines.h"
#include "readers/ondevice/LabelledBlank.h"

using namespace tallydesk;

namespace {

// The y that are left of lines at `at`, and from which on they are sure.
std::pair<QList<int>, std::size_t> left(const QList<int>& at, std::size_t wanted) {
    std::vector<BlankLine> lines(static_cast<std::size_t>(at.size()));
    std::vector<const BlankLine*> pointers;
    for (qsizetype i = 0; i < at.size(); ++i) {
        lines[static_cast<std::size_t>(i)].y = at[i];
        pointers.push_back(&lines[static_cast<std::size_t>(i)]);
    }
    const std::size_t sureFrom = dropStrayLines(pointers, wanted);
    QList<int> result;
    for (const BlankLine* line : pointers)
        result.append(line->y);
    return {result, sureFrom};
}

const QStringList constituency{QStringLiteral("เขตเลือกตั้งที่")};

}  // namespace

class TestFormPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evenLinesStay() {
        const QList<int> even{-502, -449, -342, -290, -236, -183, -130, -77};
        QCOMPARE(left(even, 8), (std::pair{even, std::size_t{0}}));
        // One line more than the form has figures stands evenly: it stays, figures are counted from below.
        QCOMPARE(left(even, 7), (std::pair{even, std::size_t{0}}));
    }

    void aFoldBetweenTwoLinesIsNone() {
        const QList<int> even{-502, -449, -342, -290, -236, -183, -130, -77};
        for (const int fold : {-480, -470, -428, -320, -110}) {
            QList<int> folded = even;
            folded.append(fold);
            std::sort(folded.begin(), folded.end());
            QCOMPARE(left(folded, 8), (std::pair{even, std::size_t{0}}));
        }
    }

    void whatStandsAboveAFoldThatTookALinesPlaceIsUnsure() {
        // The line at -502 was not found, the fold at -480 was.
        const QList<int> lines{-480, -449, -342, -290, -236, -183, -130, -77};
        QCOMPARE(left(lines, 8), (std::pair{lines, std::size_t{2}}));
    }

    void labelsAreKnownWithoutTheirVowels() {
        QCOMPARE(labelScore(constituency, QStringLiteral("..เขตเลือกตั้งที่..")), 1.0);
        // Bold print on a small scan: all signs above the letters are lost, and one is invented.
        QVERIFY(labelScore(constituency, QStringLiteral("..เขิตเลอกตงท..")) > 0.95);
        // Only what ends the label counts.
        QVERIFY(labelScore(constituency, QStringLiteral("เขตเลือกตั้งที่ ๓ จังหวัด")) < 0.65);
    }

    void shortLabelsNeedTheirVowels() {
        // ชุดที่ and หมู่ที่ without vowels are three letters, which chance finds anywhere.
        QVERIFY(labelScore({QStringLiteral("หมู่ที่")}, QStringLiteral("เขตเลือกตั้งที่")) < 0.65);
        QVERIFY(labelScore({QStringLiteral("ชุดที่")}, QStringLiteral("หมู่ที่")) < 0.65);
        QCOMPARE(labelScore({QStringLiteral("หมู่ที่")}, QStringLiteral("..หมู่ที่..")), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestFormPlaces)
#include "tst_formplaces.moc"
