// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ArrangeModel.h"

#include <QFileInfo>
#include <QTransform>
#include <utility>

namespace tallydesk {

namespace {

QString placeOf(const PageRef& page) {
    return QStringLiteral("%1|%2").arg(page.path).arg(page.pageInFile);
}

}  // namespace

ArrangeModel::ArrangeModel(PageArrangement arrangement, FormCatalog forms, PageFetcher& pages,
                           QObject* parent)
    : QAbstractListModel(parent),
      m_forms(std::move(forms)),
      m_pages(pages),
      m_arrangement(std::move(arrangement)) {
    for (const ArrangedPage& page : m_arrangement.pages())
        m_firstTurn.insert(placeOf(page.ref), page.ref.rotation);
    connect(&m_pages, &PageFetcher::pageReady, this,
            [this](const BallotScan& scan, int page) { pictureCame(scan, page); });
    connect(&m_pages, &PageFetcher::pageFailed, this, [this](const BallotScan& scan, int page) {
        if (page >= 0 && page < scan.pages.size())
            m_problems.insert(placeOf(scan.pages.at(page)));
        pictureCame(scan, page);
    });
}

void ArrangeModel::setArrangement(const PageArrangement& arrangement) {
    m_arrangement = arrangement;
    retranslate();
}

void ArrangeModel::retranslate() {
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void ArrangeModel::pictureCame(const BallotScan& scan, int page) {
    if (page < 0 || page >= scan.pages.size())
        return;
    const QString place = placeOf(scan.pages.at(page));
    for (int row = 0; row < rowCount(); ++row)
        if (placeOf(m_arrangement.pages().at(row).ref) == place)
            Q_EMIT dataChanged(index(row), index(row), {PictureRole, ProblemRole});
}

// As the fetcher knows it, so that turning a page fetches nothing anew.
BallotScan ArrangeModel::single(const PageRef& page) const {
    BallotScan scan;
    scan.file = QFileInfo(page.path).fileName();
    scan.pages = {page};
    scan.pages.first().rotation = m_firstTurn.value(placeOf(page));
    scan.pageNumbers = {page.pageInFile};
    return scan;
}

QImage ArrangeModel::picture(const PageRef& page) const {
    const BallotScan scan = single(page);
    const QList<QImage> levels = m_pages.levels(scan, 0);
    if (levels.isEmpty()) {
        if (!m_problems.contains(placeOf(page)))
            m_pages.request(scan, 0);
        return {};
    }
    const int turn = page.rotation - scan.pages.first().rotation;
    return turn == 0 ? levels.last() : levels.last().transformed(QTransform().rotate(turn));
}

QString ArrangeModel::formName(const QString& formId) const {
    const auto form = m_forms.byId(formId);
    return form ? form->displayCode : tr("form not known");
}

int ArrangeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_arrangement.pages().size());
}

QVariant ArrangeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const int row = index.row();
    const ArrangedPage& page = m_arrangement.pages().at(row);
    const QString file = QFileInfo(page.ref.path).fileName();
    const QString heading = tr("Ballot %1: %2")
                                .arg(m_arrangement.ballotOf(row) + 1)
                                .arg(formName(m_arrangement.pages().at(m_arrangement.startOf(row)).formId));
    switch (role) {
        case Qt::DisplayRole:
            return tr("Page %1 of %2").arg(page.ref.pageInFile).arg(file);
        case Qt::ToolTipRole:
            return page.file;
        case Qt::AccessibleTextRole: {
            QString text = tr("%1, place %2, page %3 of %4")
                               .arg(heading)
                               .arg(m_arrangement.placeInBallot(row) + 1)
                               .arg(page.ref.pageInFile)
                               .arg(file);
            return page.leftOut ? text + QStringLiteral(", ") + tr("left out") : text;
        }
        case PictureRole:
            return picture(page.ref);
        case HeadingRole:
            return page.startsBallot ? heading : QString();
        case BallotRole:
            return m_arrangement.ballotOf(row);
        case LeftOutRole:
            return page.leftOut;
        case ProblemRole:
            return m_problems.contains(placeOf(page.ref));
        default:
            return {};
    }
}

}  // namespace tallydesk
