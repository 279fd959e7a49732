// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "imaging/TextRecogniser.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/BallotPainter.h"
#include "synth/DrawnPages.h"

using namespace tallydesk;

/// Places on drawn forms that folds, ticks and the writing itself make hard to find: each of these ballots
/// was drawn with one.
class OnDevicePlacesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms.has_value());
        m_forms = *forms;
        const auto models = OnDeviceModels::load(QStringLiteral(":/models"));
        QVERIFY(models.has_value());
        m_reader = std::make_unique<OnDeviceReader>(m_forms, *models, std::make_shared<TextRecogniser>());
    }

    // Ballots whose province hides the first or the last dots of its blank, or all of them.
    void provincesAreReadWholeWhateverTheyHide() {
        const QString key = QStringLiteral("province");
        int sure = 0;
        int drawn = 0;
        for (const auto& [seed, index] : {std::pair{7700, 5},
                                          {7700, 36},
                                          {7701, 49},
                                          {7701, 54},
                                          {7701, 56},
                                          {40, 78},
                                          {40, 85},
                                          {40, 297}}) {
            const auto [data, content] = readDrawn(seed, index);
            QVERIFY(data.has_value());
            const HeaderValue province = data->header.value(key);
            if (province.confidence.value_or(0.0) >= 0.95) {
                QCOMPARE(province.text.value_or(QString()), content.header.value(key));
                ++sure;
            }
            ++drawn;
        }
        QVERIFY2(sure >= drawn - 1, qPrintable(QStringLiteral("%1 of %2").arg(sure).arg(drawn)));
    }

    // A 22 hides the last dots of its blank: where these end, half a 2 stands.
    void numbersOfTheHeadAreReadWholeOrDoubted() {
        const QString key = QStringLiteral("polling_unit");
        const synth::DrawnPages drawn(m_forms, 40, 1);
        const BallotScan scan = drawn.scan(1331);
        const auto pages = drawn.load(scan, CancelToken());
        QVERIFY(pages.has_value());
        QCOMPARE(drawn.content(1331).header.value(key), QStringLiteral("22"));
        const auto prepared = m_reader->prepare(scan, pages->mid(0, 2), CancelToken());
        QVERIFY(prepared.has_value());
        const ReadAttempt read = m_reader->attempt(**prepared, 1, CancelToken());
        QVERIFY(read.data.has_value());
        const HeaderValue unit = read.data->header.value(key);
        QVERIFY(unit.number == 22 || unit.confidence.value_or(0.0) < 0.95);
    }

    // Numbers of the head that hide dots right before the next label, and the signs of the label before them.
    void numbersOfTheHeadEndAtTheLabelBehind() {
        for (const auto& [index, key] : {std::pair{12, QStringLiteral("committee")},
                                         {36, QStringLiteral("committee")},
                                         {80, QStringLiteral("constituency")},
                                         {198, QStringLiteral("committee")}}) {
            const auto [data, content] = readDrawn(40, index);
            QVERIFY(data.has_value());
            const HeaderValue value = data->header.value(key);
            QCOMPARE(QString::number(value.number.value_or(0)), content.header.value(key));
            QVERIFY2(value.confidence.value_or(0.0) >= 0.99, qPrintable(QString::number(index)));
        }
    }

    // A 7 like a 1 is told by the hand's other digits; two digits hide the end of a blank.
    void numbersOfTheHeadAreToldByTheHandsDigitsAndReadToTheirEnd() {
        constexpr int allPages = 4;
        for (const auto& [index, key, pages] : {std::tuple{189, QStringLiteral("constituency"), allPages},
                                                {149, QStringLiteral("polling_unit"), 1},
                                                {160, QStringLiteral("polling_unit"), 1}}) {
            const auto [data, content] = readBenched(40, index, pages);
            QVERIFY(data.has_value());
            const HeaderValue value = data->header.value(key);
            QCOMPARE(QString::number(value.number.value_or(0)), content.header.value(key));
            QVERIFY2(value.confidence.value_or(0.0) >= 0.95, qPrintable(QString::number(index)));
        }
    }

    // A fold among the lines of the running text passes for a blank of them; a number begins before its dots.
    void figuresAreReadBesideFoldsAndBeforeTheirDots() {
        for (const auto& [index, keys] :
             {std::pair{56, QStringList{QStringLiteral("envelopes"), QStringLiteral("in_envelopes")}},
              {229, QStringList{QStringLiteral("received")}},
              {117, QStringList{QStringLiteral("valid"), QStringLiteral("invalid")}}}) {
            const auto [data, content] = readDrawn(40, index);
            QVERIFY(data.has_value());
            for (const QString& key : keys) {
                const auto written = content.figures.value(key).digits;
                QVERIFY(written.has_value());
                QCOMPARE(data->figures.value(key).digits, written);
            }
        }
    }

    // A small footed 1 looks like a 2 until it is enlarged.
    void smallNumbersOfTheHeadAreLookedAtCloser() {
        for (const auto& [index, key] :
             {std::pair{334, QStringLiteral("constituency")}, {346, QStringLiteral("polling_unit")}}) {
            const auto [data, content] = readBenched(40, index);
            QVERIFY(data.has_value());
            const HeaderValue value = data->header.value(key);
            QCOMPARE(QString::number(value.number.value_or(0)), content.header.value(key));
            QVERIFY2(value.confidence.value_or(0.0) >= 0.99, qPrintable(QString::number(index)));
        }
    }

    // The black edge of the scan stands as far below the table as one more row would.
    void theEdgeOfThePageIsNoRow() {
        for (const auto& [seed, difficulty, index] :
             {std::tuple{5102, 2, 28}, {5102, 2, 46}, {5103, 3, 40}}) {
            const auto [data, content] = readDrawn(seed, index, difficulty);
            QVERIFY(data.has_value());
            QVERIFY(data->total.has_value());
            QCOMPARE(data->total->digits, content.total.digits);
            QCOMPARE(data->rows.size(), content.rows.size());
        }
    }

    // A fold above the table looks like its first line, one through its head like one more row.
    void foldsAboveTheFirstRowAddNone() {
        for (const int index : {161, 242, 318}) {
            const auto [data, content] = readBenched(41, index);
            QVERIFY(data.has_value());
            QCOMPARE(data->figures.value(QStringLiteral("valid")).digits,
                     content.figures.value(QStringLiteral("valid")).digits);
            QVERIFY(data->rows.size() >= 10);
            for (int row = 0; row < 10; ++row) {
                QCOMPARE(data->rows[row].no, row + 1);
                QVERIFY2(data->rows[row].entry.confidence.value_or(0.0) >= 0.95,
                         qPrintable(QStringLiteral("%1, row %2").arg(index).arg(row + 1)));
                QCOMPARE(data->rows[row].entry.value.value_or(0),
                         content.rows[row].number.digits.value_or(0));
            }
        }
    }

    // The text engine places the label before a number some pixels off; or reads no label between two blanks
    // when its first letter is cut off.
    void numbersOfTheHeadStandBetweenTheirLabels() {
        for (const auto& [index, key, least] : {std::tuple{50, QStringLiteral("committee"), 0.99},
                                                {248, QStringLiteral("committee"), 0.99},
                                                {269, QStringLiteral("polling_unit"), 0.9}}) {
            const auto [data, content] = readBenched(41, index);
            QVERIFY(data.has_value());
            const HeaderValue value = data->header.value(key);
            QCOMPARE(QString::number(value.number.value_or(0)), content.header.value(key));
            QVERIFY2(value.confidence.value_or(0.0) >= least, qPrintable(QString::number(index)));
        }
    }

    // A tick hides the bracket of one line, words the dots behind another's; a fold runs right below the
    // last; a 1 looks like a bracket; a bracket that is not seen stands elsewhere than that of the line
    // above.
    void figuresAreReadBesideTicksAndFolds() {
        for (const auto& [seed, index] :
             {std::pair{43, 52}, {43, 149}, {45, 22}, {40, 29}, {40, 203}, {40, 385}}) {
            const auto [data, content] = readBenched(seed, index);
            QVERIFY(data.has_value());
            for (auto it = content.figures.begin(); it != content.figures.end(); ++it) {
                const VoteEntry entry = data->figures.value(it.key());
                QCOMPARE(entry.value, it->digits);
                QVERIFY2(entry.confidence.value_or(0.0) >= 0.95, qPrintable(it.key()));
            }
        }
    }

private:
    /// What is read on the first two pages of a ballot as the drawing tool numbers them, and what stands
    /// there.
    std::pair<std::optional<BallotData>, synth::BallotContent> readDrawn(int seed, int index,
                                                                         int difficulty = 1) {
        synth::Random random(static_cast<quint64>(seed) * 1000003 + static_cast<quint64>(index));
        return readPainted(random.bits(), index, difficulty);
    }

    /// The same of a ballot of DrawnPages, or of more of its pages.
    std::pair<std::optional<BallotData>, synth::BallotContent> readBenched(int seed, int index,
                                                                           int pages = 2) {
        const quint64 own = synth::DrawnPages::ballotSeed(static_cast<quint64>(seed), index);
        return readPainted(own, index, 1, pages);
    }

    std::pair<std::optional<BallotData>, synth::BallotContent> readPainted(quint64 seed, int index,
                                                                           int difficulty, int most = 2) {
        const auto& form = m_forms.forms().at(index % m_forms.forms().size());
        synth::DrawOptions options;
        options.difficulty = difficulty;
        synth::DrawnBallot ballot = m_painter.draw(*form, seed, options);
        QList<PageImage> pages;
        for (const QImage& page : ballot.pages.mid(0, most))
            pages.append({page, static_cast<int>(pages.size()) + 1, 1.0});
        BallotScan scan;
        scan.formId = form->id;
        const auto prepared = m_reader->prepare(scan, pages, CancelToken());
        if (!prepared)
            return {std::nullopt, std::move(ballot.content)};
        return {m_reader->attempt(**prepared, 1, CancelToken()).data, std::move(ballot.content)};
    }

    synth::BallotPainter m_painter;
    FormCatalog m_forms;
    std::unique_ptr<OnDeviceReader> m_reader;
};

QTEST_MAIN(OnDevicePlacesTest)
#include "tst_ondeviceplaces.moc"
