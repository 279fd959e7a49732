// SPDX-License-Identifier: GPL-3.0-or-later
#include "synth/DrawnPages.h"

#include <chrono>

namespace tallydesk::synth {

using Steady = std::chrono::steady_clock;

DrawnPages::DrawnPages(FormCatalog forms, quint64 seed, int difficulty, bool contradictory)
    : m_forms(std::move(forms)), m_seed(seed), m_difficulty(difficulty), m_contradictory(contradictory) {}

std::optional<Contradiction> DrawnPages::contradiction(int index) const {
    // Moves on by one with every round through the forms, so that each form gets each kind.
    const auto forms = static_cast<int>(m_forms.forms().size());
    return m_contradictory ? std::optional(static_cast<Contradiction>((index + index / forms) % 4))
                           : std::nullopt;
}

BallotScan DrawnPages::scan(int index) const {
    const auto& form = m_forms.forms().at(index % m_forms.forms().size());
    BallotScan scan;
    scan.file = QString::number(index).rightJustified(5, u'0') + QStringLiteral(".pdf");
    scan.sha256 = QString::number(index);
    scan.formId = form->id;
    return scan;
}

QList<BallotScan> DrawnPages::scans(int count) const {
    QList<BallotScan> result;
    for (int i = 0; i < count; ++i)
        result.append(scan(i));
    return result;
}

Expected<QList<PageImage>> DrawnPages::load(const BallotScan& scan, const CancelToken&) const {
    const int index = scan.file.left(5).toInt();
    DrawOptions options;
    options.difficulty = m_difficulty;
    options.contradiction = contradiction(index);
    const std::lock_guard lock(m_mutex);
    const auto begun = Steady::now();
    const DrawnBallot ballot = m_painter.draw(*m_forms.byId(scan.formId), ballotSeed(m_seed, index), options);
    m_drawingSeconds += std::chrono::duration<double>(Steady::now() - begun).count();
    m_contents[index] = ballot.content;
    QList<PageImage> pages;
    for (const QImage& page : ballot.pages)
        pages.append({page, static_cast<int>(pages.size()) + 1, 1.0});
    m_pages += pages.size();
    return pages;
}

BallotContent DrawnPages::content(int index) const {
    const std::lock_guard lock(m_mutex);
    return m_contents.at(index);
}

BallotContent DrawnPages::takeContent(int index) {
    const std::lock_guard lock(m_mutex);
    BallotContent content = std::move(m_contents.at(index));
    m_contents.erase(index);
    return content;
}

qsizetype DrawnPages::pages() const {
    const std::lock_guard lock(m_mutex);
    return m_pages;
}

double DrawnPages::drawingSeconds() const {
    const std::lock_guard lock(m_mutex);
    return m_drawingSeconds;
}

}  // namespace tallydesk::synth
