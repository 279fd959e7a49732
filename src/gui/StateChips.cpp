// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/StateChips.h"

#include <QLocale>
#include <QToolButton>

#include "gui/FlowLayout.h"
#include "gui/Icons.h"

namespace tallydesk {

namespace {

Sign signOf(StateGroup group) {
    switch (group) {
        case StateGroup::Accepted:
            return Sign::Accepted;
        case StateGroup::NeedsReview:
            return Sign::NeedsReview;
        case StateGroup::Failed:
            return Sign::Failed;
        case StateGroup::Reading:
            return Sign::Reading;
        case StateGroup::Retrying:
            return Sign::Retry;
        case StateGroup::Settled:
            return Sign::Settled;
        default:
            return Sign::Waiting;
    }
}

QString nameOf(StateGroup group) {
    switch (group) {
        case StateGroup::All:
            return StateChips::tr("All");
        case StateGroup::Accepted:
            return StateChips::tr("Accepted");
        case StateGroup::NeedsReview:
            return StateChips::tr("Needs review");
        case StateGroup::Failed:
            return StateChips::tr("Failed");
        case StateGroup::Reading:
            return StateChips::tr("Reading");
        case StateGroup::Retrying:
            return StateChips::tr("Trying again");
        case StateGroup::Waiting:
            return StateChips::tr("Waiting");
        case StateGroup::Settled:
            return StateChips::tr("Settled");
        case StateGroup::Count:
            break;
    }
    return {};
}

}  // namespace

StateChips::StateChips(QWidget* parent) : QWidget(parent) {
    auto* flow = new FlowLayout(2, this);
    for (size_t i = 0; i < kGroups; ++i) {
        auto* chip = new QToolButton(this);
        chip->setCheckable(true);
        chip->setAutoExclusive(true);
        chip->setToolButtonStyle(i == 0 ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
        chip->setFocusPolicy(Qt::StrongFocus);
        chip->setProperty("chip", QStringLiteral("filter"));
        const auto group = static_cast<StateGroup>(i);
        connect(chip, &QToolButton::toggled, this, [this, group](bool on) {
            if (on)
                Q_EMIT chosen(group);
        });
        flow->addWidget(chip);
        m_chips[i] = chip;
    }
    m_chips[0]->setChecked(true);
}

void StateChips::setCounts(const BallotTableModel& ballots) {
    for (size_t i = 0; i < kGroups; ++i) {
        const auto group = static_cast<StateGroup>(i);
        int count = 0;
        for (int state = 0; state < static_cast<int>(ShownState::Count); ++state)
            if (BallotFilterModel::contains(group, static_cast<ShownState>(state)))
                count += ballots.countOf(static_cast<ShownState>(state));
        QString text = QStringLiteral("%1 %2").arg(nameOf(group), QLocale().toString(count));
        m_chips[i]->setAccessibleName(tr("Show: %1").arg(text));
        // Air between sign and word.
        if (i > 0)
            text.prepend(u' ');
        if (m_chips[i]->text() != text)
            m_chips[i]->setText(text);
        m_chips[i]->setVisible(i == 0 || count > 0 || m_chips[i]->isChecked());
    }
}

void StateChips::choose(StateGroup group) {
    QToolButton* chip = m_chips[static_cast<size_t>(group)];
    chip->setVisible(true);
    chip->setChecked(true);
}

void StateChips::setTheme(const Theme& theme) {
    for (size_t i = 1; i < kGroups; ++i)
        m_chips[i]->setIcon(Icons::sign(signOf(static_cast<StateGroup>(i)), theme));
}

}  // namespace tallydesk
