// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>

#include "core/FormTemplate.h"
#include "core/PageArrangement.h"
#include "gui/PageFetcher.h"
#include "gui/Theme.h"

namespace Ui {
class ArrangeDialog;
}

namespace tallydesk {

class ArrangeModel;

/// Lets a person put pages into ballots: split, join, order, turn, leave out, choose the form. Nothing
/// changes before it is accepted; then arrangement() says how. GUI thread; the fetcher must outlive it.
class ArrangeDialog final : public QDialog {
    Q_OBJECT
public:
    /// `settled`: how many of the ballots a person has decided already.
    ArrangeDialog(const QList<BallotScan>& ballots, int settled, FormCatalog forms, PageFetcher& pages,
                  const Theme& theme, QWidget* parent = nullptr);
    ~ArrangeDialog() override;

    const PageArrangement& arrangement() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    int currentPage() const;
    /// Does something to the arrangement and shows it, with this page current.
    void change(const PageArrangement& arrangement, int page);
    void updateState();
    void retranslate();

    const std::unique_ptr<Ui::ArrangeDialog> m_ui;
    const FormCatalog m_forms;
    const PageArrangement m_before;
    const int m_settled;
    ArrangeModel* const m_model;
};

}  // namespace tallydesk
