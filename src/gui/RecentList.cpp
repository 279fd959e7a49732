// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/RecentList.h"

#include <QAbstractItemView>
#include <QDir>
#include <QIcon>
#include <QLocale>
#include <QPainter>

#include "gui/Icons.h"
#include "gui/LocalDate.h"

namespace tallydesk {

namespace {

constexpr int kMargin = 16;
constexpr int kGap = 4;
constexpr int kIcon = 14;

QString shortPath(const QString& path) {
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

QString dayOf(const QDateTime& time) {
    const QDate day = time.toLocalTime().date();
    const QString clock = QLocale().toString(time.toLocalTime().time(), QLocale::ShortFormat);
    if (day == QDate::currentDate())
        return RecentModel::tr("Today, %1").arg(clock);
    if (day == QDate::currentDate().addDays(-1))
        return RecentModel::tr("Yesterday, %1").arg(clock);
    return localDate(day);
}

}  // namespace

void RecentModel::setProjects(const QList<RecentProject>& projects) {
    beginResetModel();
    m_projects = projects;
    endResetModel();
}

void RecentModel::setMissing(const QStringList& paths) {
    m_missing = QSet<QString>(paths.begin(), paths.end());
    if (!m_projects.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_projects.size()) - 1));
}

int RecentModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_projects.size());
}

RecentModel::State RecentModel::stateAt(int row) const {
    const RecentProject& project = at(row);
    if (isMissing(row))
        return {tr("Not available"), QStringLiteral("err")};
    QStringList open;
    if (project.toReview > 0)
        open.append(tr("%1 to review").arg(QLocale().toString(project.toReview)));
    if (project.failed > 0)
        open.append(tr("%1 failed").arg(QLocale().toString(project.failed)));
    if (!open.isEmpty())
        return {open.join(tr(", ")), QStringLiteral("warn")};
    if (project.unread > 0)
        return {tr("%1 not read yet").arg(QLocale().toString(project.unread)), QStringLiteral("plain")};
    return project.ballots > 0 ? State{tr("All settled"), QStringLiteral("ok")}
                               : State{tr("Empty"), QStringLiteral("plain")};
}

QVariant RecentModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RecentProject& project = at(index.row());
    if (role == Qt::DisplayRole)
        return project.title;
    if (role == Qt::ToolTipRole)
        return QDir::toNativeSeparators(project.path);
    if (role == Qt::AccessibleTextRole)
        return QStringLiteral("%1, %2, %3")
            .arg(project.title, dayOf(project.opened), stateAt(index.row()).text);
    return {};
}

void RecentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const auto* model = static_cast<const RecentModel*>(index.model());
    const RecentProject& project = model->at(index.row());
    const RecentModel::State state = model->stateAt(index.row());
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool current = view && view->hasFocus() && view->currentIndex() == index;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect,
                      option.state.testFlag(QStyle::State_MouseOver) ? m_theme.bg : m_theme.surface);
    if (current)
        painter->fillRect(option.rect, m_theme.selrow);
    if (index.row() + 1 < model->rowCount())
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          m_theme.line);

    const QRect inner = option.rect.adjusted(kMargin, 12, -kMargin, -12);
    const QFont strong = textFont(TextStyle::Strong);
    const QFont caption = textFont(TextStyle::Caption);
    const QFont secondary = textFont(TextStyle::Secondary);
    const QFontMetrics strongMetrics(strong);
    const QFontMetrics captionMetrics(caption);
    const QFontMetrics secondaryMetrics(secondary);

    const QString day = dayOf(project.opened);
    const int dayWidth = captionMetrics.horizontalAdvance(day) + kGap;
    QRect line(inner.left(), inner.top(), inner.width(), strongMetrics.height());
    painter->setPen(m_theme.text2);
    painter->setFont(caption);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, day);
    painter->setPen(m_theme.text);
    painter->setFont(strong);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      strongMetrics.elidedText(project.title, Qt::ElideRight, line.width() - dayWidth));

    line = QRect(inner.left(), line.bottom() + kGap, inner.width(), captionMetrics.height());
    painter->setPen(m_theme.text2);
    painter->setFont(caption);
    painter->drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        captionMetrics.elidedText(shortPath(project.source.isEmpty() ? project.path : project.source),
                                  Qt::ElideMiddle, line.width()));

    line = QRect(inner.left(), line.bottom() + kGap + 4, inner.width(), secondaryMetrics.height() + 2);
    painter->setFont(secondary);
    const QString count = RecentModel::tr("%n ballot(s)", nullptr, project.ballots);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, count);
    const Sign sign = state.tone == u"ok"     ? Sign::Accepted
                      : state.tone == u"warn" ? Sign::NeedsReview
                      : state.tone == u"err"  ? Sign::Failed
                                              : Sign::Waiting;
    const QRect chip(line.left() + secondaryMetrics.horizontalAdvance(count) + 12, line.top() - 1,
                     secondaryMetrics.horizontalAdvance(state.text) + kIcon + 26, line.height() + 2);
    painter->setPen(Qt::NoPen);
    painter->setBrush(Icons::signTint(sign, m_theme));
    painter->drawRoundedRect(chip, chip.height() / 2.0, chip.height() / 2.0);
    Icons::sign(sign, m_theme)
        .paint(painter, QRect(chip.left() + 9, chip.center().y() - kIcon / 2 + 1, kIcon, kIcon));
    painter->setPen(Icons::signColour(sign, m_theme));
    painter->drawText(chip.adjusted(9 + kIcon + 6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, state.text);
    painter->restore();
}

QSize RecentDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, QFontMetrics(textFont(TextStyle::Strong)).height() +
                     QFontMetrics(textFont(TextStyle::Caption)).height() +
                     QFontMetrics(textFont(TextStyle::Secondary)).height() + 2 * kGap + 32};
}

}  // namespace tallydesk
