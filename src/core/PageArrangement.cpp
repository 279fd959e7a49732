// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/PageArrangement.h"

#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <algorithm>

namespace tallydesk {

namespace {

QString placeOf(const PageRef& page) {
    return QStringLiteral("%1|%2|%3").arg(page.path, page.sha256).arg(page.pageInFile);
}

// Names another file of the same intake as BallotScan::file names the first.
QString fileNameOf(const BallotScan& scan, const PageRef& page) {
    if (scan.pages.isEmpty() || page.path == scan.pages.first().path)
        return scan.file;
    const qsizetype folder = scan.file.lastIndexOf(u'/');
    return scan.file.left(folder + 1) + QFileInfo(page.path).fileName();
}

}  // namespace

PageArrangement::PageArrangement(const QList<BallotScan>& ballots) : m_original(ballots) {
    for (const BallotScan& scan : ballots) {
        QList<ArrangedPage> pages;
        for (const PageRef& ref : scan.pages)
            pages.append({ref, fileNameOf(scan, ref), false, false, {}});
        // Pages of joined image files are not told apart by a number alone, so none of those was set aside.
        const bool oneFile = std::all_of(scan.pages.begin(), scan.pages.end(), [&](const PageRef& ref) {
            return ref.path == scan.pages.first().path;
        });
        for (const int number : scan.setAsidePages) {
            const bool shown = std::any_of(scan.pages.begin(), scan.pages.end(),
                                           [number](const PageRef& ref) { return ref.pageInFile == number; });
            if (oneFile && !shown && !scan.pages.isEmpty())
                pages.append({{scan.pages.first().path, number, 0, scan.pages.first().sha256},
                              scan.file,
                              false,
                              true,
                              {}});
        }
        if (pages.isEmpty())
            continue;
        pages.first().startsBallot = true;
        pages.first().formId = scan.formId;
        m_pages += pages;
    }
}

int PageArrangement::startOf(int page) const {
    while (page > 0 && !m_pages[page].startsBallot)
        --page;
    return page;
}

int PageArrangement::ballotOf(int page) const {
    return static_cast<int>(std::count_if(m_pages.begin(), m_pages.begin() + page + 1,
                                          [](const ArrangedPage& p) { return p.startsBallot; })) -
           1;
}

int PageArrangement::placeInBallot(int page) const {
    return page - startOf(page);
}

int PageArrangement::ballotCount() const {
    return m_pages.isEmpty() ? 0 : ballotOf(static_cast<int>(m_pages.size()) - 1) + 1;
}

bool PageArrangement::canSplit(int page) const {
    return page > 0 && page < m_pages.size() && !m_pages[page].startsBallot;
}

bool PageArrangement::canJoin(int page) const {
    return page >= 0 && page < m_pages.size() && startOf(page) > 0;
}

bool PageArrangement::canMove(int page, int by) const {
    if (page < 0 || page >= m_pages.size())
        return false;
    // The first page of all can't go before itself; the last may still leave its ballot for one of its own
    // by split().
    return by < 0 ? page > 0 : page + 1 < m_pages.size();
}

void PageArrangement::split(int page) {
    if (!canSplit(page))
        return;
    m_pages[page].startsBallot = true;
    // Ballots that were scanned in one go are mostly of one kind.
    m_pages[page].formId = m_pages[startOf(page - 1)].formId;
}

void PageArrangement::join(int page) {
    if (!canJoin(page))
        return;
    const int start = startOf(page);
    QString& kept = m_pages[startOf(start - 1)].formId;
    if (kept.isEmpty())
        kept = m_pages[start].formId;
    m_pages[start].startsBallot = false;
    m_pages[start].formId.clear();
}

int PageArrangement::move(int page, int by) {
    if (!canMove(page, by))
        return page;
    const int other = by < 0 ? page - 1 : page + 1;
    const int later = std::max(page, other);
    if (m_pages[later].startsBallot) {
        // Over the border: the page stays where it is and the border moves to its other side.
        const bool forward = by > 0;
        const bool moverStarts = m_pages[page].startsBallot;
        const QString form = m_pages[later].formId;
        if (forward) {
            m_pages[later].startsBallot = false;
            m_pages[later].formId.clear();
            if (moverStarts) {
                // It was a ballot of its own; that one ends.
                m_pages[page].formId = form.isEmpty() ? m_pages[page].formId : form;
            } else {
                m_pages[page].startsBallot = true;
                m_pages[page].formId = form;
            }
        } else {
            m_pages[page].startsBallot = false;
            m_pages[page].formId.clear();
            if (page + 1 < m_pages.size() && !m_pages[page + 1].startsBallot) {
                m_pages[page + 1].startsBallot = true;
                m_pages[page + 1].formId = form;
            }
        }
        return page;
    }
    std::swap(m_pages[page], m_pages[other]);
    // The border and the form belong to the place, not to the page.
    std::swap(m_pages[page].startsBallot, m_pages[other].startsBallot);
    std::swap(m_pages[page].formId, m_pages[other].formId);
    return other;
}

void PageArrangement::turn(int page, int degrees) {
    m_pages[page].ref.rotation = ((m_pages[page].ref.rotation + degrees) % 360 + 360) % 360;
}

void PageArrangement::setLeftOut(int page, bool leftOut) {
    m_pages[page].leftOut = leftOut;
}

void PageArrangement::chooseForm(int page, const QString& formId) {
    m_pages[startOf(page)].formId = formId;
}

BallotScan PageArrangement::scanOf(int start, int end) const {
    BallotScan scan;
    scan.formId = m_pages[start].formId;
    scan.arranged = true;
    QStringList paths;
    QStringList hashes;
    for (int i = start; i < end; ++i) {
        const ArrangedPage& page = m_pages[i];
        if (page.leftOut)
            continue;
        if (scan.pages.isEmpty())
            scan.file = page.file;
        if (!paths.contains(page.ref.path)) {
            paths.append(page.ref.path);
            hashes.append(page.ref.sha256);
        }
        scan.pages.append(page.ref);
    }
    for (const PageRef& page : scan.pages)
        scan.pageNumbers.append(paths.size() > 1 ? static_cast<int>(scan.pageNumbers.size()) + 1
                                                 : page.pageInFile);
    for (int i = start; i < end; ++i)
        if (m_pages[i].leftOut && paths.size() == 1 && m_pages[i].ref.path == paths.first())
            scan.setAsidePages.append(m_pages[i].ref.pageInFile);
    std::sort(scan.setAsidePages.begin(), scan.setAsidePages.end());
    scan.sha256 = joinedHash(hashes);
    return scan;
}

QList<BallotScan> PageArrangement::ballots() const {
    QList<BallotScan> ballots;
    for (int start = 0; start < m_pages.size();) {
        int end = start + 1;
        while (end < m_pages.size() && !m_pages[end].startsBallot)
            ++end;
        const BallotScan scan = scanOf(start, end);
        start = end;
        if (scan.pages.isEmpty())
            continue;
        const auto same = std::find_if(m_original.begin(), m_original.end(), [&](const BallotScan& original) {
            return original.pages == scan.pages && original.formId == scan.formId &&
                   original.setAsidePages == scan.setAsidePages && !original.error;
        });
        ballots.append(same == m_original.end() ? scan : *same);
    }
    return ballots;
}

namespace {

// Arranged ballots whose files were found again, all of them, at another place: their folder has moved.
QList<BallotScan> atNewPlaces(QList<BallotScan> arranged, const QList<BallotScan>& found) {
    QSet<QString> paths;
    QHash<QString, QString> pathOfContent;
    for (const BallotScan& scan : found)
        for (const PageRef& page : scan.pages) {
            paths.insert(page.path);
            pathOfContent.insert(page.sha256, page.path);
        }
    for (BallotScan& scan : arranged) {
        const bool moved = std::all_of(scan.pages.begin(), scan.pages.end(), [&](const PageRef& page) {
            return !paths.contains(page.path) && pathOfContent.contains(page.sha256);
        });
        for (PageRef& page : scan.pages)
            if (moved)
                page.path = pathOfContent.value(page.sha256);
    }
    return arranged;
}

}  // namespace

QList<BallotScan> withArrangements(const QList<BallotScan>& found, const QList<BallotScan>& known) {
    const QList<BallotScan> arranged = atNewPlaces(known, found);
    QHash<QString, qsizetype> claimed;
    for (qsizetype i = 0; i < arranged.size(); ++i)
        for (const PageRef& page : arranged[i].pages)
            claimed.insert(placeOf(page), i);
    if (claimed.isEmpty())
        return found;
    QSet<QString> leftOut;
    for (const BallotScan& scan : arranged)
        for (const int number : scan.setAsidePages) {
            PageRef page = scan.pages.first();
            page.pageInFile = number;
            leftOut.insert(placeOf(page));
        }
    QList<BallotScan> result;
    QSet<qsizetype> placed;
    for (const BallotScan& scan : found) {
        bool replaced = false;
        for (const PageRef& page : scan.pages) {
            const auto claim = claimed.constFind(placeOf(page));
            if (claim == claimed.constEnd())
                continue;
            replaced = true;
            if (!placed.contains(*claim)) {
                placed.insert(*claim);
                result.append(arranged[*claim]);
            }
        }
        if (!replaced) {
            result.append(scan);
            continue;
        }
        BallotScan rest = scan;
        rest.pages.removeIf([&](const PageRef& page) {
            return claimed.contains(placeOf(page)) || leftOut.contains(placeOf(page));
        });
        if (rest.pages.isEmpty())
            continue;
        // Pages that came since, or that nobody arranged: a ballot of their own, so that none is lost.
        QStringList paths;
        QStringList hashes;
        rest.pageNumbers.clear();
        for (const PageRef& page : rest.pages)
            if (!paths.contains(page.path)) {
                paths.append(page.path);
                hashes.append(page.sha256);
            }
        for (const PageRef& page : rest.pages)
            rest.pageNumbers.append(paths.size() > 1 ? static_cast<int>(rest.pageNumbers.size()) + 1
                                                     : page.pageInFile);
        rest.file = fileNameOf(scan, rest.pages.first());
        rest.sha256 = joinedHash(hashes);
        result.append(rest);
    }
    return result;
}

}  // namespace tallydesk
