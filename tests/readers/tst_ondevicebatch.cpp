// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QElapsedTimer>
#include <QHash>
#include <QTest>

#include "batch/BatchProcessor.h"
#include "core/Validator.h"
#include "imaging/TextRecogniser.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "report/JsonWriter.h"
#include "synth/DrawnPages.h"

using namespace tallydesk;

namespace {

constexpr int ballots = 12;
constexpr int workers = 2;

QByteArray jsonApartFromTimes(const FormCatalog& forms, BatchResult batch) {
    for (BallotResult& result : batch.results)
        result.elapsedMs = 0;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const JsonWriter writer({forms, MessageCatalog::builtIn()});
    return writer.write(buffer,
                        {QStringLiteral("1"), QDateTime(), QStringLiteral("on-device"), batch.results})
               ? buffer.data()
               : QByteArray();
}

/// Cancels from another thread's progress as soon as the first ballot is under way.
class CancelAtStart final : public BatchProgress {
public:
    explicit CancelAtStart(CancelToken cancel) : m_cancel(std::move(cancel)) {}
    void started(int, int) override {
        if (!m_since.isValid())
            m_since.start();
        m_cancel.cancel();
    }
    qint64 sinceCancel() const { return m_since.elapsed(); }

private:
    CancelToken m_cancel;
    QElapsedTimer m_since;
};

/// Pages that lie ready like those of a file: what drawing them takes is not the reader's. A ballot that was
/// not asked for beforehand can't be loaded.
class ReadyPages final : public PageLoader {
public:
    ReadyPages(const PageLoader& source, const QList<BallotScan>& scans) {
        for (const BallotScan& scan : scans)
            m_pages.insert(scan.file, *source.load(scan, CancelToken()));
    }
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        const auto pages = m_pages.constFind(scan.file);
        if (pages == m_pages.constEnd())
            return fail(QStringLiteral("intake.file_missing"));
        return *pages;
    }

private:
    QHash<QString, QList<PageImage>> m_pages;
};

}  // namespace

/// The on-device reader inside the batch engine, on generated ballots of all forms.
class OnDeviceBatchTest : public QObject {
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

    // 200 ballots of the same kind are compared by bench_ondevice --compare.
    void parallelAndSequentialResultsAreTheSameBytes() {
        const synth::DrawnPages pages(m_forms, 11, 1);
        const BallotJudge judge(m_forms, Validator());
        BatchOptions options;
        options.workers = 3;
        BatchProcessor processor(*m_reader, pages, judge, options);
        const BatchResult parallel = processor.processBatch(pages.scans(ballots));
        const BatchResult sequential = processor.processBatchSequential(pages.scans(ballots));
        QCOMPARE(parallel.processed, ballots);
        QVERIFY(parallel.errors.isEmpty());
        const QByteArray json = jsonApartFromTimes(m_forms, parallel);
        QVERIFY(json.size() > 10'000);
        QCOMPARE(json, jsonApartFromTimes(m_forms, sequential));
    }

    void whatIsAcceptedIsWhatStandsOnThePaper() {
        const synth::DrawnPages pages(m_forms, 12, 1);
        const BallotJudge judge(m_forms, Validator());
        BatchProcessor processor(*m_reader, pages, judge, {});
        const BatchResult batch = processor.processBatch(pages.scans(ballots));
        int right = 0;
        int numbers = 0;
        for (int i = 0; i < ballots; ++i) {
            const synth::BallotContent paper = pages.content(i);
            // A header's number has no words: below 0.99 a person looks.
            for (const HeaderValue& value : batch.results[i].data.header) {
                const double confidence = value.confidence.value_or(0.0);
                QVERIFY(!value.number || confidence <= 0.94 || confidence >= 0.99);
            }
            for (const TallyRow& row : batch.results[i].data.rows) {
                const auto written =
                    std::find_if(paper.rows.begin(), paper.rows.end(),
                                 [&](const synth::WrittenRow& candidate) { return candidate.no == row.no; });
                QVERIFY(written != paper.rows.end());
                const bool same = row.entry.value == written->number.digits.value_or(0);
                if (batch.results[i].status == BallotStatus::Accepted)
                    QVERIFY2(same, qPrintable(QStringLiteral("ballot %1 row %2").arg(i).arg(row.no)));
                ++numbers;
                right += same ? 1 : 0;
            }
        }
        QVERIFY2(right > numbers * 0.9, qPrintable(QStringLiteral("%1 of %2").arg(right).arg(numbers)));
    }

    void cancelWorksWithinASecondWhileReading() {
        const synth::DrawnPages drawn(m_forms, 13, 1);
        const ReadyPages pages(drawn, drawn.scans(workers));  // no other ballot is begun after the cancel
        const BallotJudge judge(m_forms, Validator());
        const CancelToken cancel;
        CancelAtStart progress(cancel);
        BatchOptions options;
        options.workers = workers;
        options.progress = &progress;
        BatchProcessor processor(*m_reader, pages, judge, options);
        const BatchResult batch = processor.processBatch(drawn.scans(ballots), cancel);
        QVERIFY2(progress.sinceCancel() < 1000, qPrintable(QString::number(progress.sinceCancel())));
        QCOMPARE(batch.results.size(), ballots);
        QVERIFY(batch.processed < ballots);
    }

private:
    FormCatalog m_forms;
    std::unique_ptr<OnDeviceReader> m_reader;
};

QTEST_MAIN(OnDeviceBatchTest)
#include "tst_ondevicebatch.moc"
