// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/PageFetcher.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tallydesk {

namespace {

constexpr double kDotsPerMeterAt200Dpi = 200.0 / 0.0254;
/// A page larger than this is shown smaller; it is about A4 at 400 dpi.
constexpr qint64 kMostPixels = 16'000'000;
/// The smallest level is at most this wide; it is the thumbnail.
constexpr int kThumbnailWidth = 240;
constexpr int kThreads = 2;
constexpr qsizetype kMostWaiting = 64;

/// Ink darker, paper white: stretches between the grey of the ink and the grey of the paper.
void raiseContrast(QImage& image) {
    std::array<qint64, 256> histogram{};
    for (int y = 0; y < image.height(); y += 2) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); x += 2)
            ++histogram[static_cast<size_t>(qGray(line[x]))];
    }
    qint64 all = 0;
    for (const qint64 count : histogram)
        all += count;
    const auto percentile = [&](double share) {
        qint64 sum = 0;
        for (int grey = 0; grey < 256; ++grey)
            if ((sum += histogram[static_cast<size_t>(grey)]) >= static_cast<qint64>(share * double(all)))
                return grey;
        return 255;
    };
    // An empty page has no ink of its own.
    const int paper = std::max(percentile(0.5) - 8, 1);
    const int ink = std::min(percentile(0.005), paper * 2 / 3);
    std::array<uchar, 256> map{};
    for (int grey = 0; grey < 256; ++grey) {
        const double share = std::clamp(double(grey - ink) / double(paper - ink), 0.0, 1.0);
        map[static_cast<size_t>(grey)] = static_cast<uchar>(std::lround(255.0 * std::pow(share, 1.6)));
    }
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = qRgb(map[static_cast<size_t>(qRed(line[x]))], map[static_cast<size_t>(qGreen(line[x]))],
                           map[static_cast<size_t>(qBlue(line[x]))]);
    }
}

/// In the pool's threads.
QList<QImage> levelsOf(const PageImage& page, PageLook look) {
    QImage image = page.image.convertToFormat(QImage::Format_RGB32);
    double scale = page.scaleTo200Dpi;
    const qint64 pixels = qint64(image.width()) * image.height();
    if (pixels > kMostPixels) {
        const double shrink = std::sqrt(double(kMostPixels) / double(pixels));
        const QSize smaller(int(image.width() * shrink), int(image.height() * shrink));
        image = image.scaled(smaller, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        scale *= double(page.image.width()) / double(image.width());
    }
    if (look == PageLook::Contrast)
        raiseContrast(image);
    QList<QImage> levels{image};
    while (levels.last().width() > kThumbnailWidth && levels.last().height() > 2)
        levels.append(
            levels.last().scaled(levels.last().size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    for (qsizetype i = 0; i < levels.size(); ++i) {
        const double dots = kDotsPerMeterAt200Dpi / scale * double(levels[i].width()) / double(image.width());
        levels[i].setDotsPerMeterX(static_cast<int>(std::lround(dots)));
        levels[i].setDotsPerMeterY(static_cast<int>(std::lround(dots)));
    }
    return levels;
}

Expected<QList<QImage>> fetch(const PageLoader& loader, const BallotScan& scan, int page, PageLook look,
                              const CancelToken& cancel) {
    // Only the page that is asked for is decoded.
    BallotScan single = scan;
    single.pages = {scan.pages.at(page)};
    // Pages of a scan in which no form was found can still be looked at.
    single.error.reset();
    single.pageNumbers = {page < scan.pageNumbers.size() ? scan.pageNumbers.at(page) : page + 1};
    try {
        const auto opened = loader.load(single, cancel);
        if (!opened)
            return tl::make_unexpected(opened.error());
        if (opened->isEmpty() || opened->first().image.isNull())
            return fail(QStringLiteral("internal.error"), {QStringLiteral("page")});
        return levelsOf(opened->first(), look);
    } catch (const std::exception& problem) {
        return fail(QStringLiteral("internal.error"), {QStringLiteral("page")},
                    QString::fromUtf8(problem.what()));
    }
}

}  // namespace

PageFetcher::PageFetcher(std::shared_ptr<const PageLoader> loader, QObject* parent, qint64 cacheBytes)
    : QObject(parent), m_loader(std::move(loader)), m_cache(cacheBytes / 1024) {
    m_pool.setMaxThreadCount(kThreads);
}

PageFetcher::~PageFetcher() {
    m_queue.clear();
    CancelToken(m_cancel).cancel();
    m_pool.waitForDone();
}

double PageFetcher::scaleTo200Dpi(const QImage& image) {
    return image.dotsPerMeterX() > 0 ? kDotsPerMeterAt200Dpi / image.dotsPerMeterX() : 1.0;
}

QString PageFetcher::keyOf(const BallotScan& scan, int page, PageLook look) {
    const PageRef& ref = scan.pages.at(page);
    return QStringLiteral("%1|%2|%3|%4|%5")
        .arg(ref.path, ref.sha256)
        .arg(ref.pageInFile)
        .arg(ref.rotation)
        .arg(look == PageLook::Contrast ? 1 : 0);
}

QList<QImage> PageFetcher::levels(const BallotScan& scan, int page, PageLook look) const {
    if (page < 0 || page >= scan.pages.size())
        return {};
    const QList<QImage>* found = m_cache.object(keyOf(scan, page, look));
    return found ? *found : QList<QImage>();
}

std::optional<QImage> PageFetcher::cached(const BallotScan& scan, int page, PageLook look) const {
    const QList<QImage> found = levels(scan, page, look);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

void PageFetcher::request(const BallotScan& scan, int page, PageLook look) {
    // A file that could not be opened has a place and no page that anybody has seen.
    const bool unopened = scan.error && scan.pageNumbers.isEmpty();
    if (page < 0 || page >= scan.pages.size() || unopened) {
        const Error error =
            scan.error.value_or(Error{QStringLiteral("intake.file_missing"), {scan.file}, {}});
        QMetaObject::invokeMethod(
            this, [this, scan, page, error] { Q_EMIT pageFailed(scan, page, error); }, Qt::QueuedConnection);
        return;
    }
    if (const auto there = cached(scan, page, look)) {
        QMetaObject::invokeMethod(
            this, [this, scan, page, image = *there] { Q_EMIT pageReady(scan, page, image); },
            Qt::QueuedConnection);
        return;
    }
    enqueue({keyOf(scan, page, look), scan, page, look, false});
}

void PageFetcher::prefetch(const QList<BallotScan>& scans) {
    m_queue.removeIf([](const Job& job) { return job.ahead; });
    QList<Job> jobs;
    for (const BallotScan& scan : scans)
        for (int page = 0; !scan.error && page < scan.pages.size(); ++page)
            jobs.append({keyOf(scan, page, PageLook::Plain), scan, page, PageLook::Plain, true});
    for (auto job = jobs.crbegin(); job != jobs.crend(); ++job)
        if (!m_cache.contains(job->key))
            enqueue(*job);
}

void PageFetcher::enqueue(Job job) {
    if (m_running.contains(job.key)) {
        if (!job.ahead)
            m_wanted.insert(job.key);
        return;
    }
    const auto waiting = std::find_if(m_queue.cbegin(), m_queue.cend(),
                                      [&job](const Job& other) { return other.key == job.key; });
    if (waiting != m_queue.cend()) {
        if (job.ahead)
            return;
        m_queue.erase(waiting);
    }
    if (job.ahead) {
        // Before all that is wanted, behind what is to be fetched ahead of it.
        const auto place =
            std::find_if(m_queue.cbegin(), m_queue.cend(), [](const Job& other) { return !other.ahead; });
        m_queue.insert(place, std::move(job));
    } else {
        m_queue.append(std::move(job));
    }
    if (m_queue.size() > kMostWaiting)
        m_queue.removeFirst();
    // Later, so that a whole list is ordered before its first page is begun.
    QMetaObject::invokeMethod(this, &PageFetcher::startNext, Qt::QueuedConnection);
}

void PageFetcher::startNext() {
    while (!m_queue.isEmpty() && m_running.size() < kThreads) {
        // Pages ahead leave a thread free for the page that is asked for next.
        if (m_queue.last().ahead && !m_running.isEmpty())
            return;
        const Job job = m_queue.takeLast();
        m_running.insert(job.key);
        m_pool.start([this, job] {
            auto levels = fetch(*m_loader, job.scan, job.page, job.look, m_cancel);
            QMetaObject::invokeMethod(
                this, [this, job, levels = std::move(levels)] { finish(job, levels); }, Qt::QueuedConnection);
        });
    }
}

void PageFetcher::finish(const Job& job, const Expected<QList<QImage>>& levels) {
    m_running.remove(job.key);
    const bool wanted = m_wanted.remove(job.key) || !job.ahead;
    if (levels) {
        qint64 bytes = 0;
        for (const QImage& level : *levels)
            bytes += level.sizeInBytes();
        m_cache.insert(job.key, new QList<QImage>(*levels), std::max<qint64>(1, bytes / 1024));
    }
    startNext();
    // A page fetched ahead may be of use to whoever shows its ballot by now; its failure is told when asked
    // for.
    if (levels)
        Q_EMIT pageReady(job.scan, job.page, levels->first());
    else if (wanted)
        Q_EMIT pageFailed(job.scan, job.page, levels.error());
}

}  // namespace tallydesk
