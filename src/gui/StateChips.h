// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

#include "gui/BallotFilterModel.h"
#include "gui/Theme.h"

class QToolButton;

namespace tallydesk {

/// The chips that choose which ballots the table shows, each with how many there are. GUI thread.
class StateChips final : public QWidget {
    Q_OBJECT
public:
    explicit StateChips(QWidget* parent = nullptr);

    /// Chips that would show nothing are hidden, unless in use.
    void setCounts(const BallotTableModel& ballots);
    void choose(StateGroup group);
    void setTheme(const Theme& theme);

Q_SIGNALS:
    void chosen(tallydesk::StateGroup group);

private:
    static constexpr size_t kGroups = static_cast<size_t>(StateGroup::Count);
    std::array<QToolButton*, kGroups> m_chips{};
};

}  // namespace tallydesk
