// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/CellPlaces.h"

#include <QList>
#include <algorithm>
#include <limits>

namespace tallydesk {

namespace {

/// Boxes whose middles are nearer than this stand on one line.
constexpr int kSameLine = 12;
/// Boxes this much alike in height were cut by the same rule.
constexpr double kAlike = 0.25;
constexpr double kAboveMiddle = 0.57;

struct Cell {
    int page = 0;
    QRect box;
    QRect* target = nullptr;
    /// Distance to the nearest line above or below, where that is less than the box is high.
    int pitch = 0;
};

int middleOf(const QRect& box) {
    return box.top() + box.height() / 2;
}

bool inOneColumn(const QRect& a, const QRect& b) {
    const int shared = std::min(a.right(), b.right()) - std::max(a.left(), b.left());
    return shared > std::min(a.width(), b.width()) / 2;
}

bool alike(const Cell& a, const Cell& b) {
    return a.page == b.page && std::abs(a.box.height() - b.box.height()) <= kAlike * b.box.height();
}

// What is written stands on the dots, so it reaches further up from the middle of the line than down.
QRect lowered(const QRect& box, int height) {
    return {box.left(), middleOf(box) - int(height * kAboveMiddle), box.width(), height};
}

void cutToLines(QList<Cell>& cells) {
    for (Cell& cell : cells)
        for (const Cell& other : std::as_const(cells)) {
            const int apart = std::abs(middleOf(cell.box) - middleOf(other.box));
            if (other.page == cell.page && apart >= kSameLine && apart < cell.box.height() &&
                inOneColumn(cell.box, other.box))
                cell.pitch = cell.pitch > 0 ? std::min(cell.pitch, apart) : apart;
        }
    for (Cell& cell : cells) {
        int height = cell.pitch;
        if (height == 0) {
            // Alone in its column: as high as the nearest box that was cut like it.
            int nearest = std::numeric_limits<int>::max();
            for (const Cell& other : std::as_const(cells)) {
                const int apart = std::abs(middleOf(cell.box) - middleOf(other.box));
                if (other.pitch > 0 && alike(other, cell) && apart < nearest) {
                    nearest = apart;
                    height = other.pitch;
                }
            }
            if (height == 0)
                continue;
        }
        *cell.target = lowered(cell.box, std::min(height, cell.box.height()));
    }
}

}  // namespace

QHash<QString, CellPlace> cellPlaces(const BallotData& data) {
    QHash<QString, CellPlace> places;
    QHash<QString, int> pages;
    forEachNumber(data, [&](const QString& key, const VoteEntry& entry) {
        places.insert(key, {entry.box, entry.wordsBox});
        pages.insert(key, entry.page);
    });
    QList<Cell> digits;
    QList<Cell> words;
    for (auto it = places.begin(); it != places.end(); ++it) {
        if (it->digits && !it->digits->isEmpty())
            digits.append({pages.value(it.key()), *it->digits, &*it->digits});
        if (it->words && !it->words->isEmpty())
            words.append({pages.value(it.key()), *it->words, &*it->words});
    }
    cutToLines(digits);
    cutToLines(words);
    return places;
}

}  // namespace tallydesk
