// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <map>
#include <mutex>

#include "core/BallotReader.h"
#include "core/FormTemplate.h"
#include "synth/BallotPainter.h"

namespace tallydesk::synth {

/// A batch of generated ballots that needs no disk: each is drawn, always alike, when its pages are asked
/// for, and only what stands on it is kept. The six forms take turns. Any thread.
class DrawnPages final : public PageLoader {
public:
    /// `difficulty` as in DrawOptions. `contradictory`: every ballot contradicts itself, each kind in turn.
    DrawnPages(FormCatalog forms, quint64 seed, int difficulty, bool contradictory = false);

    /// What ballot `index` of a seed is painted from.
    static quint64 ballotSeed(quint64 seed, int index) { return seed * 100003 + static_cast<quint64>(index); }

    BallotScan scan(int index) const;
    QList<BallotScan> scans(int count) const;
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken& cancel) const override;

    /// What stands on a ballot that was loaded; std::out_of_range for another.
    BallotContent content(int index) const;
    /// The same, and lets go of it: the contents of thousands fill memory.
    BallotContent takeContent(int index);
    /// What is wrong on purpose with a ballot.
    std::optional<Contradiction> contradiction(int index) const;
    /// Pages drawn so far, and the seconds that took.
    qsizetype pages() const;
    double drawingSeconds() const;

private:
    const FormCatalog m_forms;
    const quint64 m_seed;
    const int m_difficulty;
    const bool m_contradictory;
    // Guarded by m_mutex.
    mutable std::mutex m_mutex;
    mutable BallotPainter m_painter;
    mutable std::map<int, BallotContent> m_contents;
    mutable qsizetype m_pages = 0;
    mutable double m_drawingSeconds = 0;
};

}  // namespace tallydesk::synth
