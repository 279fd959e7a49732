// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BallotTableModel.h"

#include <QDir>
#include <QIcon>
#include <QLocale>
#include <algorithm>
#include <numeric>

#include "core/CountedReading.h"
#include "gui/Icons.h"
#include "imaging/NaturalOrder.h"

namespace tallydesk {

namespace {

QString fileName(const QString& path) {
    return path.mid(path.lastIndexOf(u'/') + 1);
}

bool isNumeric(int column) {
    return column == BallotTableModel::PagesColumn || column == BallotTableModel::AttemptsColumn ||
           column == BallotTableModel::TimeColumn;
}

}  // namespace

BallotTableModel::BallotTableModel(BallotWords words, QObject* parent)
    : QAbstractTableModel(parent), m_words(std::move(words)) {}

void BallotTableModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_rowOf.clear();
    m_counts = {};
    m_pathRanks.clear();
    endResetModel();
    Q_EMIT countsChanged();
}

int BallotTableModel::append(const QList<BallotResult>& ballots) {
    std::vector<Row> added;
    for (const BallotResult& ballot : ballots) {
        const QString identity = ballotIdentity(ballot.scan);
        if (m_rowOf.contains(identity))
            continue;
        m_rowOf.insert(identity, static_cast<int>(m_rows.size() + added.size()));
        Row row;
        row.item.result = ballot;
        row.item.attempt = ballot.attempts;
        added.push_back(std::move(row));
    }
    if (added.empty())
        return 0;
    const int first = count();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    for (Row& row : added) {
        ++m_counts[static_cast<size_t>(row.state)];
        settle(row);
        m_rows.push_back(std::move(row));
    }
    m_pathRanks.clear();
    endInsertRows();
    Q_EMIT countsChanged();
    return static_cast<int>(added.size());
}

void BallotTableModel::apply(const QList<BallotChange>& changes) {
    std::vector<int> rows;
    rows.reserve(static_cast<size_t>(changes.size()));
    for (const BallotChange& change : changes) {
        const int index = rowOf(change.scan);
        if (index < 0)
            continue;
        Row& row = m_rows[static_cast<size_t>(index)];
        row.item.run = change.run;
        row.item.attempt = change.attempt;
        row.item.retryAt = change.retryAt;
        // As in the project file.
        if (change.result && takesThePlaceOf(*change.result, row.item.result.status))
            row.item.result = *change.result;
        // Attempts of a run that was stopped don't count.
        if (change.run == RunState::Idle)
            row.item.attempt = row.item.result.attempts;
        settle(row);
        rows.push_back(index);
    }
    tellRows(rows);
}

void BallotTableModel::setResults(const QList<BallotResult>& results) {
    std::vector<int> rows;
    for (const BallotResult& result : results) {
        const int index = rowOf(result.scan);
        if (index < 0)
            continue;
        Row& row = m_rows[static_cast<size_t>(index)];
        row.item.result = result;
        settle(row);
        rows.push_back(index);
    }
    tellRows(rows);
}

void BallotTableModel::removeBallots(QList<int> rows) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (rows.isEmpty())
        return;
    // Rows that lie together go as one range; else one reset is cheaper than many removals.
    const bool together = rows.last() - rows.first() == rows.size() - 1;
    if (together)
        beginRemoveRows({}, rows.first(), rows.last());
    else
        beginResetModel();
    std::vector<Row> kept;
    kept.reserve(m_rows.size() - static_cast<size_t>(rows.size()));
    qsizetype next = 0;
    for (int row = 0; row < count(); ++row) {
        if (next < rows.size() && rows[next] == row) {
            --m_counts[static_cast<size_t>(stateAt(row))];
            ++next;
        } else {
            kept.push_back(std::move(m_rows[static_cast<size_t>(row)]));
        }
    }
    m_rows = std::move(kept);
    reindex();
    if (together)
        endRemoveRows();
    else
        endResetModel();
    Q_EMIT countsChanged();
}

void BallotTableModel::endRun() {
    std::vector<int> rows;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].item.run == RunState::Idle)
            continue;
        m_rows[i].item.run = RunState::Idle;
        m_rows[i].item.retryAt = {};
        m_rows[i].item.attempt = m_rows[i].item.result.attempts;
        settle(m_rows[i]);
        rows.push_back(static_cast<int>(i));
    }
    tellRows(rows);
}

QList<BallotResult> BallotTableModel::resultsInIntakeOrder() const {
    std::vector<int> order(m_rows.size());
    std::iota(order.begin(), order.end(), 0);
    const auto firstPage = [this](int row) {
        const QList<int>& pages = at(row).result.scan.pageNumbers;
        return pages.isEmpty() ? 0 : *std::min_element(pages.begin(), pages.end());
    };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return at(a).result.scan.file == at(b).result.scan.file ? firstPage(a) < firstPage(b)
                                                                : pathRank(a) < pathRank(b);
    });
    QList<BallotResult> list;
    for (const int row : order)
        list.append(at(row).result);
    return list;
}

int BallotTableModel::rowOf(const BallotScan& scan) const {
    return m_rowOf.value(ballotIdentity(scan), -1);
}

QList<BallotResult> BallotTableModel::results() const {
    QList<BallotResult> results;
    results.reserve(count());
    for (const Row& row : m_rows)
        results.append(row.item.result);
    return results;
}

// Brings what follows from an item up to date.
void BallotTableModel::settle(Row& row) {
    --m_counts[static_cast<size_t>(row.state)];
    row.state = BallotWords::stateOf(row.item);
    ++m_counts[static_cast<size_t>(row.state)];
    row.search = (row.item.result.scan.file + u' ' + BallotWords::place(row.item.result)).toLower();
}

void BallotTableModel::tellRows(std::vector<int>& rows) {
    if (rows.empty())
        return;
    std::sort(rows.begin(), rows.end());
    for (size_t begin = 0; begin < rows.size();) {
        size_t end = begin + 1;
        while (end < rows.size() && rows[end] <= rows[end - 1] + 1)
            ++end;
        Q_EMIT dataChanged(index(rows[begin], 0), index(rows[end - 1], ColumnCount - 1));
        begin = end;
    }
    Q_EMIT countsChanged();
}

void BallotTableModel::reindex() {
    m_pathRanks.clear();
    m_rowOf.clear();
    m_rowOf.reserve(count());
    for (size_t i = 0; i < m_rows.size(); ++i)
        m_rowOf.insert(ballotIdentity(m_rows[i].item.result.scan), static_cast<int>(i));
}

int BallotTableModel::pathRank(int row) const {
    if (m_pathRanks.size() != m_rows.size()) {
        std::vector<int> order(m_rows.size());
        std::iota(order.begin(), order.end(), 0);
        const auto earlier = [this](int a, int b) {
            return compareNaturally(m_rows[static_cast<size_t>(a)].item.result.scan.file,
                                    m_rows[static_cast<size_t>(b)].item.result.scan.file) < 0;
        };
        // Intake finds files in this order already, so mostly nothing is left to sort.
        if (!std::is_sorted(order.begin(), order.end(), earlier))
            std::stable_sort(order.begin(), order.end(), earlier);
        m_pathRanks.resize(m_rows.size());
        for (size_t i = 0; i < order.size(); ++i)
            m_pathRanks[static_cast<size_t>(order[i])] = static_cast<int>(i);
    }
    return m_pathRanks[static_cast<size_t>(row)];
}

qint64 BallotTableModel::sortKey(int row, int column) const {
    const Row& ballot = m_rows[static_cast<size_t>(row)];
    const BallotResult& result = ballot.item.result;
    switch (column) {
        case StatusColumn:
            return static_cast<qint64>(ballot.state);
        case FormColumn: {
            const QString& id = result.data.formId.isEmpty() ? result.scan.formId : result.data.formId;
            qint64 place = 0;
            for (const auto& form : m_words.forms().forms()) {
                ++place;
                if (form->id == id)
                    return place;
            }
            return 0;
        }
        case PlaceColumn:
            return BallotWords::placeNumber(result);
        case PagesColumn:
            return result.scan.pageNumbers.size();
        case AttemptsColumn:
            return ballot.item.attempt;
        case FindingsColumn:
            return (result.status == BallotStatus::Failed ? 1000 : 0) + result.findings.size();
        case TimeColumn:
            return result.elapsedMs;
        default:
            return 0;
    }
}

void BallotTableModel::setTheme(const Theme& theme) {
    m_theme = theme;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(count() - 1, ColumnCount - 1), {Qt::DecorationRole});
}

void BallotTableModel::retranslate() {
    for (Row& row : m_rows)
        settle(row);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(count() - 1, ColumnCount - 1));
    Q_EMIT countsChanged();
}

int BallotTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

int BallotTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant BallotTableModel::text(const Row& row, int column) const {
    const BallotResult& result = row.item.result;
    const bool read = row.state != ShownState::NotRead && row.state != ShownState::Waiting;
    switch (column) {
        case StatusColumn:
            return BallotWords::status(row.item, QDateTime::currentDateTimeUtc());
        case FileColumn:
            return fileName(result.scan.file);
        case FormColumn:
            return m_words.form(result);
        case PlaceColumn:
            return BallotWords::place(result);
        case PagesColumn:
            return result.scan.pageNumbers.isEmpty() ? QString()
                                                     : QLocale().toString(result.scan.pageNumbers.size());
        case AttemptsColumn:
            return row.item.attempt > 0 ? QLocale().toString(row.item.attempt) : QString();
        case FindingsColumn:
            return read ? m_words.findings(result) : QString();
        case TimeColumn:
            return result.elapsedMs > 0 && read ? BallotWords::seconds(result.elapsedMs) : QString();
        default:
            return {};
    }
}

QVariant BallotTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::DecorationRole:
            return index.column() == StatusColumn ? QVariant(Icons::sign(Icons::signOf(row.item), m_theme))
                                                  : QVariant();
        case Qt::ToolTipRole:
            if (index.column() == FileColumn)
                return QDir::toNativeSeparators(row.item.result.scan.file);
            if (index.column() == PlaceColumn)
                return text(row, PlaceColumn);
            if (index.column() == FindingsColumn)
                return m_words.allFindings(row.item.result);
            return {};
        case Qt::TextAlignmentRole:
            return QVariant(Qt::AlignVCenter | (isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
        case StateRole:
            return static_cast<int>(row.state);
        default:
            return {};
    }
}

QVariant BallotTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
        case StatusColumn:
            return tr("Status");
        case FileColumn:
            return tr("File");
        case FormColumn:
            return tr("Form");
        case PlaceColumn:
            return tr("Place");
        case PagesColumn:
            return tr("Pages");
        case AttemptsColumn:
            return tr("Tries");
        case FindingsColumn:
            return tr("Findings");
        case TimeColumn:
            return tr("Time");
        default:
            return {};
    }
}

}  // namespace tallydesk
