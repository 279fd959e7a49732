// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/PageSource.h"

#include <QFileInfo>
#include <QHash>
#include <QTransform>
#include <memory>

#include "imaging/FileHash.h"
#include "imaging/PageDocument.h"

namespace tallydesk {

PageSource::PageSource(IntakeLimits limits) : m_limits(limits) {}

Expected<QList<PageImage>> PageSource::load(const BallotScan& scan, const CancelToken& cancel) const {
    if (scan.error)
        return tl::make_unexpected(*scan.error);
    QList<PageImage> pages;
    QString openPath;
    std::unique_ptr<PageDocument> document;
    for (qsizetype i = 0; i < scan.pages.size(); ++i) {
        if (cancel.isCancelled())
            return fail(QStringLiteral("cancelled"));
        const PageRef& ref = scan.pages.at(i);
        const QString name = QFileInfo(ref.path).fileName();
        if (!document || openPath != ref.path) {
            const auto hash = hashFile(ref.path, cancel);
            if (!hash)
                return tl::make_unexpected(hash.error());
            if (!ref.sha256.isEmpty() && *hash != ref.sha256)
                return fail(QStringLiteral("intake.file_changed"), {name});
            auto opened = PageDocument::open(ref.path, m_limits);
            if (!opened)
                return tl::make_unexpected(opened.error());
            document = std::move(*opened);
            openPath = ref.path;
        }
        if (ref.pageInFile < 1 || ref.pageInFile > document->pageCount())
            return fail(QStringLiteral("intake.file_changed"), {name},
                        QStringLiteral("no page %1").arg(ref.pageInFile));
        auto page = document->page(ref.pageInFile);
        if (!page)
            return tl::make_unexpected(page.error());
        QImage image = std::move(page->image);
        if (ref.rotation != 0)
            image = image.transformed(QTransform().rotate(ref.rotation));
        const int number = i < scan.pageNumbers.size() ? scan.pageNumbers.at(i) : int(i) + 1;
        pages.append(PageImage{std::move(image), number, page->scaleTo200Dpi});
    }
    return pages;
}

}  // namespace tallydesk
