// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QElapsedTimer>
#include <QHash>
#include <QTest>
#include <atomic>
#include <chrono>
#include <thread>

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

/// Cancels from a thread of its own when the first ballot has been read for a while: none is done so soon.
class CancelWhileReading final : public BatchProgress {
public:
    explicit CancelWhileReading(CancelToken cancel) : m_cancel(std::move(cancel)) {}
    ~CancelWhileReading() override { finish(); }
    void started(int, int) override {
        if (m_begun.exchange(true))
            return;
        m_thread = std::thread([this] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            m_since.start();
            m_cancel.cancel();
        });
    }
    /// Milliseconds. After the batch.
    qint64 sinceCancel() {
        finish();
        return m_since.elapsed();
    }

private:
    void finish() {
        if (m_thread.joinable())
            m_thread.join();
    }

    CancelToken m_cancel;
    std::atomic_bool m_begun = false;
    std::thread m_thread;
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
        CancelWhileReading progress(cancel);
        BatchOptions options;
        options.workers = workers;
        options.progress = &progress;
        BatchProcessor processor(*m_reader, pages, judge, options);
        const BatchResult batch = processor.processBatch(drawn.scans(ballots), cancel);
        const qint64 sinceCancel = progress.sinceCancel();
        QVERIFY2(sinceCancel < 1000, qPrintable(QString::number(sinceCancel)));
        QCOMPARE(batch.results.size(), ballots);
        QVERIFY(batch.processed < ballots);
    }

private:
    FormCatalog m_forms;
    std::unique_ptr<OnDeviceReader> m_reader;
};

QTEST_MAIN(OnDeviceBatchTest)
#include "tst_ondevicebatch.moc"
