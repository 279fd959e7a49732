// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/FormTemplate.h"
#include "readers/ondevice/WitnessReader.h"

using namespace tallydesk;

namespace {

constexpr double surely = -0.001;
constexpr double hardly = -12.0;

/// Scores whose steps are as good as certain; `text` names the class of each.
CtcScores written(const QStringList& classes, const QString& text) {
    const QStringList steps = text.split(u' ');
    CtcScores scores;
    scores.classes = static_cast<int>(classes.size());
    scores.steps = static_cast<int>(steps.size());
    for (const QString& step : steps)
        for (const QString& name : classes)
            scores.logProb.push_back(name == step ? surely : hardly);
    return scores;
}

}  // namespace

class WitnessReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto digits = CtcNet::load(QStringLiteral(":/models/digits"), QStringLiteral("digits"));
        const auto words = CtcNet::load(QStringLiteral(":/models/words"), QStringLiteral("words"));
        const auto forms = FormCatalog::builtIn();
        QVERIFY(digits && words && forms);
        m_digits = *digits;
        m_words = *words;
        m_numberWords = forms->forms().first()->numberWords;
    }

    void aWitnessIsAskedForNumbersThatItDoesNotName() {
        const DigitStringReader reader(m_digits);
        CtcScores scores = written(m_digits->classes(), QStringLiteral("1 blank 7"));
        const std::vector<CtcScores> looks{scores};
        WitnessReading reading = reader.read(looks);
        QCOMPARE(reading.number(), std::optional<qint64>(17));
        reading.numbers.resize(1);
        const double best = reading.probabilityOf(17);
        QCOMPARE(reading.probabilityOf(19), 0.0);
        reader.weigh(looks, {19, 17, 1717171717}, reading);
        QVERIFY(reading.probabilityOf(19) > 0.0);
        QVERIFY(reading.probabilityOf(19) < 1e-4);
        QVERIFY(std::abs(reading.probabilityOf(17) - best) < 1e-3);
        QCOMPARE(reading.numbers.first().value, qint64(17));
        // More digits than the crop has steps can't be written there.
        QCOMPARE(reading.probabilityOf(1717171717), 0.0);
    }

    void everySpellingOfANumberCounts_data() {
        QTest::addColumn<QString>("steps");
        QTest::addColumn<qint64>("value");
        QTest::newRow("standard") << QStringLiteral("สิบ blank เอ็ด") << qint64(11);
        QTest::newRow("หนึ่ง for เอ็ด") << QStringLiteral("สิบ blank หนึ่ง") << qint64(11);
        QTest::newRow("without หนึ่ง") << QStringLiteral("ร้อย blank ห้า") << qint64(105);
        QTest::newRow("zero") << QStringLiteral("blank ศูนย์ blank") << qint64(0);
    }
    void everySpellingOfANumberCounts() {
        QFETCH(QString, steps);
        QFETCH(qint64, value);
        const WordReader reader(m_words);
        const std::vector<CtcScores> looks{written(m_words->classes(), steps)};
        WitnessReading reading;
        reader.weigh(looks, {value, value + 2}, *m_numberWords, reading);
        QVERIFY(reading.probabilityOf(value) > 0.9);
        QVERIFY(reading.probabilityOf(value + 2) < 1e-3);
    }

    void wordsDigitByDigitAreUnusual() {
        const WordReader reader(m_words);
        const auto unusual = [&](const QString& text) {
            const WitnessReading reading = reader.read({written(m_words->classes(), text)}, *m_numberWords);
            return reading.number() ? reading.unusual.value(*reading.number()) : -1.0;
        };
        QVERIFY(unusual(QStringLiteral("สาม blank หนึ่ง")) > 0.9);
        QVERIFY(unusual(QStringLiteral("สาม สิบ เอ็ด")) < 0.1);
        QVERIFY(unusual(QStringLiteral("ร้อย ห้า")) < 0.1);
        QVERIFY(unusual(QStringLiteral("- สาม สิบ blank -")) < 0.1);
    }

    void theMeanOverAllLooksCounts() {
        const DigitStringReader reader(m_digits);
        const std::vector<CtcScores> looks{written(m_digits->classes(), QStringLiteral("4")),
                                           written(m_digits->classes(), QStringLiteral("9"))};
        WitnessReading reading;
        reader.weigh(looks, {4, 9}, reading);
        QVERIFY(std::abs(reading.probabilityOf(4) - 0.5) < 0.01);
        QVERIFY(std::abs(reading.probabilityOf(9) - 0.5) < 0.01);
    }

    void bothWitnessesAreAskedForEachOthersNumbers() {
        const DigitStringReader digitReader(m_digits);
        const WordReader wordReader(m_words);
        WitnessLooks digits{{written(m_digits->classes(), QStringLiteral("5 blank 6"))}, {}};
        WitnessLooks words{{written(m_words->classes(), QStringLiteral("ห้า สิบ เก้า"))}, {}};
        digits.reading = digitReader.read(digits.looks);
        words.reading = wordReader.read(words.looks, *m_numberWords);
        weighEachOther(digitReader, digits, wordReader, words, *m_numberWords);
        QVERIFY(digits.reading.probabilityOf(59) > 0.0);
        QVERIFY(words.reading.probabilityOf(56) > 0.0);
        QCOMPARE(digits.reading.number(), std::optional<qint64>(56));
        QCOMPARE(words.reading.number(), std::optional<qint64>(59));
    }

    void onlySmallWholeWritingIsLookedAtCloser() {
        const auto looks = [&](const QList<cv::Rect>& strokes, const cv::Rect& pale = {}) {
            cv::Mat crop(48, 80, CV_8UC1, cv::Scalar(255));
            crop(pale).setTo(150);
            for (const cv::Rect& stroke : strokes)
                crop(stroke).setTo(0);
            return DigitStringReader(m_digits).lookCloser(crop).size();
        };
        QCOMPARE(looks({{30, 11, 3, 16}}), size_t(3));
        QCOMPARE(looks({{30, 20, 3, 7}}), size_t(3));
        QCOMPARE(looks({}), size_t(0));
        QCOMPARE(looks({{30, 10, 3, 17}}), size_t(0));
        QCOMPARE(looks({{30, 22, 3, 5}}), size_t(0));
        // Strokes one above the other are one number; a speck may be a part of it.
        QCOMPARE(looks({{30, 3, 3, 8}, {20, 19, 3, 8}}), size_t(0));
        QCOMPARE(looks({{20, 7, 9, 2}, {26, 11, 3, 6}, {24, 19, 3, 8}}), size_t(0));
        QCOMPARE(looks({{30, 5, 3, 12}, {50, 24, 3, 3}}), size_t(0));
        // A pale part of it would be lost above, or what lies on its dots below.
        QCOMPARE(looks({{30, 18, 3, 9}}, {24, 10, 9, 2}), size_t(0));
        QCOMPARE(looks({{30, 18, 3, 9}}, {24, 16, 9, 2}), size_t(3));
        QCOMPARE(looks({{30, 8, 3, 8}, {24, 28, 12, 5}}), size_t(0));
        // It goes on through its dots.
        QCOMPARE(looks({{30, 17, 3, 24}}), size_t(0));
        QCOMPARE(looks({{30, 17, 3, 12}}), size_t(3));
    }

private:
    std::shared_ptr<const CtcNet> m_digits;
    std::shared_ptr<const CtcNet> m_words;
    std::shared_ptr<const NumberWords> m_numberWords;
};

QTEST_GUILESS_MAIN(WitnessReaderTest)
#include "tst_witnessreader.moc"
