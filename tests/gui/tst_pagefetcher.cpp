// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSemaphore>
#include <QSignalSpy>
#include <QtTest>
#include <atomic>
#include <mutex>

#include "ReviewBallots.h"
#include "gui/PageFetcher.h"

using namespace tallydesk;
using namespace tallydesk::testing;

namespace {

/// Pages of one grey each; remembers who asked for what.
class FakeLoader final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken& cancel) const override {
        {
            const std::lock_guard lock(m_mutex);
            m_threads.insert(QThread::currentThread());
            m_asked.append(QStringLiteral("%1#%2").arg(scan.file).arg(scan.pages.first().pageInFile));
        }
        if (hold)
            while (!gate.tryAcquire(1, 5))
                if (cancel.isCancelled())
                    return fail(QStringLiteral("cancelled"));
        if (scan.file.contains(QStringLiteral("throws")))
            throw std::runtime_error("thrown on purpose");
        if (scan.file.contains(QStringLiteral("broken")))
            return fail(QStringLiteral("intake.pdf_damaged"), {scan.file});
        QList<PageImage> pages;
        for (qsizetype i = 0; i < scan.pages.size(); ++i) {
            QImage image(size, QImage::Format_Grayscale8);
            image.fill(grey);
            for (int y = 0; y < 20; ++y)
                std::fill_n(image.scanLine(y), size.width(), uchar(60));
            pages.append({image, scan.pageNumbers.at(i), scale});
        }
        return pages;
    }
    QStringList asked() const {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    bool usedThread(QThread* thread) const {
        const std::lock_guard lock(m_mutex);
        return m_threads.contains(thread);
    }

    QSize size{400, 600};
    int grey = 200;
    double scale = 1.0;
    std::atomic<bool> hold{false};
    mutable QSemaphore gate;

private:
    mutable std::mutex m_mutex;
    mutable QSet<QThread*> m_threads;
    mutable QStringList m_asked;
};

}  // namespace

class TestPageFetcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodesOutsideTheGuiThread();
    void aCachedPageIsNotDecodedAgain();
    void theCacheIsBounded();
    void failuresAreToldWithTheirCause();
    void aLoaderThatThrowsIsAFailure();
    void neighboursAreFetchedAheadAfterWhatIsWanted();
    void theNewestRequestComesFirst();
    void picturesCarryTheirResolution();
    void contrastWhitensPaperAndKeepsInk();
    void endsWhileAPageIsBeingDecoded();
};

void TestPageFetcher::decodesOutsideTheGuiThread() {
    const auto loader = std::make_shared<FakeLoader>();
    PageFetcher fetcher(loader);
    QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
    const BallotScan scan = reviewScan(QStringLiteral("a.pdf"), 3);
    fetcher.request(scan, 2);
    QVERIFY(ready.wait());
    QCOMPARE(ready.first().at(0).value<BallotScan>(), scan);
    QCOMPARE(ready.first().at(1).toInt(), 2);
    QCOMPARE(ready.first().at(2).value<QImage>().size(), QSize(400, 600));
    QVERIFY(!loader->usedThread(QThread::currentThread()));
    QCOMPARE(loader->asked(), QStringList{QStringLiteral("a.pdf#3")});
    QCOMPARE(fetcher.levels(scan, 2).size(), 2);
}

void TestPageFetcher::aCachedPageIsNotDecodedAgain() {
    const auto loader = std::make_shared<FakeLoader>();
    PageFetcher fetcher(loader);
    QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
    const BallotScan scan = reviewScan(QStringLiteral("a.pdf"));
    QVERIFY(!fetcher.cached(scan, 0));
    fetcher.request(scan, 0);
    fetcher.request(scan, 0);
    QVERIFY(ready.wait());
    QVERIFY(fetcher.cached(scan, 0));
    fetcher.request(scan, 0);
    QVERIFY(ready.count() == 2 || ready.wait());
    QCOMPARE(loader->asked().size(), 1);
    // The same file turned is another picture.
    BallotScan turned = scan;
    turned.pages[0].rotation = 180;
    QVERIFY(!fetcher.cached(turned, 0));
}

void TestPageFetcher::theCacheIsBounded() {
    const auto loader = std::make_shared<FakeLoader>();
    // A page of 400 x 600 takes 1.2 MB with its halves.
    PageFetcher fetcher(loader, nullptr, 3 * 1024 * 1024);
    QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
    const BallotScan scan = reviewScan(QStringLiteral("a.pdf"), 12);
    for (int page = 0; page < 12; ++page) {
        fetcher.request(scan, page);
        QVERIFY(ready.wait());
        QVERIFY(fetcher.cachedBytes() <= 3 * 1024 * 1024);
    }
    QVERIFY(!fetcher.cached(scan, 0));
    QVERIFY(fetcher.cached(scan, 11));
    QVERIFY(fetcher.cached(scan, 10));
}

void TestPageFetcher::failuresAreToldWithTheirCause() {
    const auto loader = std::make_shared<FakeLoader>();
    PageFetcher fetcher(loader);
    QSignalSpy failed(&fetcher, &PageFetcher::pageFailed);
    fetcher.request(reviewScan(QStringLiteral("broken.pdf")), 0);
    QVERIFY(failed.wait());
    QCOMPARE(failed.last().at(2).value<Error>().code, QStringLiteral("intake.pdf_damaged"));
    // What intake said is told without opening the file again.
    BallotScan locked = reviewScan(QStringLiteral("locked.pdf"));
    locked.pages.clear();
    locked.error = Error{QStringLiteral("intake.pdf_encrypted"), {locked.file}, {}};
    fetcher.request(locked, 0);
    QVERIFY(failed.wait());
    QCOMPARE(failed.last().at(2).value<Error>().code, QStringLiteral("intake.pdf_encrypted"));
    BallotScan placed = reviewScan(QStringLiteral("broken-too.pdf"));
    placed.pageNumbers.clear();
    placed.error = locked.error;
    fetcher.request(placed, 0);
    QVERIFY(failed.wait());
    QCOMPARE(failed.last().at(2).value<Error>().code, QStringLiteral("intake.pdf_encrypted"));
    fetcher.request(reviewScan(QStringLiteral("short.pdf"), 1), 5);
    QVERIFY(failed.wait());
    QCOMPARE(loader->asked().size(), 1);
}

void TestPageFetcher::aLoaderThatThrowsIsAFailure() {
    PageFetcher fetcher(std::make_shared<FakeLoader>());
    QSignalSpy failed(&fetcher, &PageFetcher::pageFailed);
    fetcher.request(reviewScan(QStringLiteral("throws.pdf")), 0);
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().at(2).value<Error>().code, QStringLiteral("internal.error"));
}

void TestPageFetcher::neighboursAreFetchedAheadAfterWhatIsWanted() {
    const auto loader = std::make_shared<FakeLoader>();
    PageFetcher fetcher(loader);
    QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
    QSignalSpy failed(&fetcher, &PageFetcher::pageFailed);
    fetcher.prefetch({reviewScan(QStringLiteral("next.pdf"), 2), reviewScan(QStringLiteral("broken.pdf"))});
    fetcher.request(reviewScan(QStringLiteral("now.pdf")), 0);
    QTRY_COMPARE(loader->asked().size(), 4);
    QTRY_COMPARE(ready.count(), 3);
    QCOMPARE(loader->asked(), (QStringList{QStringLiteral("now.pdf#1"), QStringLiteral("next.pdf#1"),
                                           QStringLiteral("next.pdf#2"), QStringLiteral("broken.pdf#1")}));
    QVERIFY(fetcher.cached(reviewScan(QStringLiteral("next.pdf"), 2), 1));
    // Nobody asked for the broken one yet.
    QCOMPARE(failed.count(), 0);
}

void TestPageFetcher::theNewestRequestComesFirst() {
    const auto loader = std::make_shared<FakeLoader>();
    loader->hold = true;
    PageFetcher fetcher(loader);
    QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
    const BallotScan scan = reviewScan(QStringLiteral("a.pdf"), 6);
    fetcher.request(scan, 0);
    fetcher.request(scan, 1);
    QTRY_COMPARE(loader->asked().size(), 2);
    for (int page = 2; page < 6; ++page)
        fetcher.request(scan, page);
    // One page done lets one begin.
    for (int page = 6; page > 2; --page) {
        loader->gate.release();
        QTRY_COMPARE(loader->asked().size(), 9 - page);
        QCOMPARE(loader->asked().last(), QStringLiteral("a.pdf#%1").arg(page));
    }
    loader->gate.release(2);
    QTRY_COMPARE(ready.count(), 6);
}

void TestPageFetcher::picturesCarryTheirResolution() {
    const auto loader = std::make_shared<FakeLoader>();
    loader->size = QSize(4000, 6000);
    loader->scale = 0.4;
    PageFetcher fetcher(loader);
    QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
    const BallotScan scan = reviewScan(QStringLiteral("photo.jpg"));
    fetcher.request(scan, 0);
    QVERIFY(ready.wait());
    const QList<QImage> levels = fetcher.levels(scan, 0);
    // A very large photo is kept smaller, but as large on paper.
    QVERIFY(qint64(levels.first().width()) * levels.first().height() <= 16'000'000);
    for (const QImage& level : levels)
        QVERIFY(std::abs(level.width() * PageFetcher::scaleTo200Dpi(level) - 1600.0) < 8.0);
}

void TestPageFetcher::contrastWhitensPaperAndKeepsInk() {
    const auto loader = std::make_shared<FakeLoader>();
    loader->grey = 180;
    PageFetcher fetcher(loader);
    QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
    const BallotScan scan = reviewScan(QStringLiteral("a.pdf"));
    fetcher.request(scan, 0, PageLook::Contrast);
    QVERIFY(ready.wait());
    QVERIFY(qGray(fetcher.cached(scan, 0, PageLook::Contrast)->pixel(10, 100)) > 240);
    QVERIFY(qGray(fetcher.cached(scan, 0, PageLook::Contrast)->pixel(10, 10)) < 20);
    QVERIFY(!fetcher.cached(scan, 0));
}

void TestPageFetcher::endsWhileAPageIsBeingDecoded() {
    const auto loader = std::make_shared<FakeLoader>();
    loader->hold = true;
    QElapsedTimer timer;
    {
        PageFetcher fetcher(loader);
        fetcher.request(reviewScan(QStringLiteral("a.pdf"), 3), 0);
        QTRY_COMPARE(loader->asked().size(), 1);
        timer.start();
    }
    QVERIFY(timer.elapsed() < 1000);
}

QTEST_MAIN(TestPageFetcher)
#include "tst_pagefetcher.moc"
