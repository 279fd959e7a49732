// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include "core/FormTemplate.h"
#include "core/PageArrangement.h"
#include "gui/PageFetcher.h"

namespace tallydesk {

/// The pages that a person arranges, one an item, with their pictures as they come in. GUI thread; the
/// fetcher must outlive it.
class ArrangeModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        PictureRole = Qt::UserRole + 1,  ///< QImage, small and turned; null while it is not there
        HeadingRole,                     ///< "Ballot 2: 5/18" where one starts, else empty
        BallotRole,                      ///< which ballot, from 0
        LeftOutRole,
        ProblemRole,  ///< the page can't be shown
    };

    ArrangeModel(PageArrangement arrangement, FormCatalog forms, PageFetcher& pages,
                 QObject* parent = nullptr);

    const PageArrangement& arrangement() const { return m_arrangement; }
    /// Replaces the arrangement of the same pages.
    void setArrangement(const PageArrangement& arrangement);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    BallotScan single(const PageRef& page) const;
    QImage picture(const PageRef& page) const;
    QString formName(const QString& formId) const;
    void pictureCame(const BallotScan& scan, int page);

    const FormCatalog m_forms;
    PageFetcher& m_pages;
    PageArrangement m_arrangement;
    /// How each page was turned at first: as it is fetched, however it is turned since.
    QHash<QString, int> m_firstTurn;
    QSet<QString> m_problems;
};

}  // namespace tallydesk
