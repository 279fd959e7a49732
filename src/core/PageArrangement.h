// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/BallotScan.h"

namespace tallydesk {

/// One page while a person arranges pages into ballots.
struct ArrangedPage {
    PageRef ref;
    /// Its file as BallotScan::file names it.
    QString file;
    /// The first page of a ballot; what follows belongs to it.
    bool startsBallot = false;
    /// No page of any form (a cover letter); kept, but not read.
    bool leftOut = false;
    /// Of the ballot that starts here; empty when its form is not known.
    QString formId;

    bool operator==(const ArrangedPage&) const = default;
};

/// Pages put into ballots by hand: ballots split, joined, their pages ordered, turned or left out, their form
/// chosen. No page is ever lost. Page places count from 0 over all ballots at hand. A plain value: any
/// thread.
class PageArrangement {
public:
    PageArrangement() = default;
    /// The ballots as they are, with the pages that were set aside from them left out at their ends.
    explicit PageArrangement(const QList<BallotScan>& ballots);

    const QList<ArrangedPage>& pages() const { return m_pages; }
    /// Which ballot a page belongs to, from 0, and its place in it, from 0.
    int ballotOf(int page) const;
    int placeInBallot(int page) const;
    /// The page with which the ballot of this page starts.
    int startOf(int page) const;
    int ballotCount() const;

    bool canSplit(int page) const;
    bool canJoin(int page) const;
    bool canMove(int page, int by) const;
    /// A new ballot starts at this page.
    void split(int page);
    /// The ballot of this page goes on the one before.
    void join(int page);
    /// Changes places with the page before (by = -1) or after (by = 1); across a border between ballots the
    /// page goes over to the other ballot. Says where the page is now.
    int move(int page, int by);
    /// Turns a page clockwise, by a multiple of 90 degrees.
    void turn(int page, int degrees);
    void setLeftOut(int page, bool leftOut);
    void chooseForm(int page, const QString& formId);

    /// The ballots as arranged: those that differ from what was given are marked as arranged. Ballots of
    /// which every page is left out are not among them.
    QList<BallotScan> ballots() const;

    bool operator==(const PageArrangement&) const = default;

private:
    BallotScan scanOf(int start, int end) const;

    QList<BallotScan> m_original;
    QList<ArrangedPage> m_pages;
};

/// What an intake found, with the ballots that a person arranged from the same pages in the place of what was
/// found: finding a folder again never undoes a person's work, nor counts a page twice. Pages are known by
/// their file's path and content, and by content alone where the files were found at other places. Pages that
/// nobody arranged become ballots of their own.
QList<BallotScan> withArrangements(const QList<BallotScan>& found, const QList<BallotScan>& arranged);

}  // namespace tallydesk
