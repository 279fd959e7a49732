// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>
#include <QList>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <memory>
#include <optional>

#include "core/BallotReader.h"
#include "core/BallotScan.h"
#include "core/CancelToken.h"
#include "core/Error.h"

namespace tallydesk {

/// How a page is shown: as scanned, or with its ink made darker and its paper lighter.
enum class PageLook { Plain, Contrast };

/// Opens pages of ballots in threads of its own and keeps the last ones, so that the window never waits for
/// disk or decoding. Pages count from 0 in the order of BallotScan::pages. Pictures carry their resolution
/// (dotsPerMeter), so that boxes at 200 dpi find their place. GUI thread only.
class PageFetcher final : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 kDefaultCache = 256 * 1024 * 1024;

    explicit PageFetcher(std::shared_ptr<const PageLoader> loader, QObject* parent = nullptr,
                         qint64 cacheBytes = kDefaultCache);
    /// Waits for the page that is being decoded, at most about a second.
    ~PageFetcher() override;

    /// Asks for a page; pageReady() or pageFailed() follows, later even when the page is there already.
    /// The newest request comes first; very old ones that were never begun are dropped.
    void request(const BallotScan& scan, int page, PageLook look = PageLook::Plain);
    /// Fetches the pages of these ballots when nothing else is to do; replaces the list before.
    void prefetch(const QList<BallotScan>& scans);

    std::optional<QImage> cached(const BallotScan& scan, int page, PageLook look = PageLook::Plain) const;
    /// The page and its halves, for drawing it small: full size first. Empty when it is not there.
    QList<QImage> levels(const BallotScan& scan, int page, PageLook look = PageLook::Plain) const;
    qint64 cachedBytes() const { return m_cache.totalCost() * 1024; }
    /// Pixels at 200 dpi per pixel of a fetched picture.
    static double scaleTo200Dpi(const QImage& image);

Q_SIGNALS:
    void pageReady(const tallydesk::BallotScan& scan, int page, const QImage& image);
    void pageFailed(const tallydesk::BallotScan& scan, int page, const tallydesk::Error& error);

private:
    struct Job {
        QString key;
        BallotScan scan;
        int page = 0;
        PageLook look = PageLook::Plain;
        bool ahead = false;
    };

    static QString keyOf(const BallotScan& scan, int page, PageLook look);
    void enqueue(Job job);
    void startNext();
    void finish(const Job& job, const Expected<QList<QImage>>& levels);

    // Constant after construction.
    const std::shared_ptr<const PageLoader> m_loader;
    const CancelToken m_cancel;

    mutable QCache<QString, QList<QImage>> m_cache;  // cost in KiB
    QList<Job> m_queue;                              // the next one last
    QSet<QString> m_running;
    /// Pages that were only fetched ahead when they were begun, and are wanted now.
    QSet<QString> m_wanted;
    QThreadPool m_pool;
};

}  // namespace tallydesk
