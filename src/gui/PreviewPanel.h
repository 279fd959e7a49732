// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QWidget>
#include <memory>

#include "core/BallotResult.h"
#include "gui/BallotWords.h"
#include "gui/PageFetcher.h"
#include "gui/PageView.h"
#include "gui/ReviewKeymap.h"
#include "gui/Theme.h"

namespace Ui {
class PreviewPanel;
}

namespace tallydesk {

/// The pages of a ballot with the boxes of its numbers. GUI thread; the fetcher must outlive it.
class PreviewPanel final : public QWidget {
    Q_OBJECT
public:
    PreviewPanel(BallotWords words, PageFetcher& fetcher, QWidget* parent = nullptr);
    ~PreviewPanel() override;

    void setTheme(const Theme& theme);
    /// Shows a ballot from its first page, or, when it is shown already, its new numbers on the same page.
    void showBallot(const BallotResult& result);
    /// The same ballot while a person changes it: what differs from showBallot()'s numbers is changed.
    void updateBallot(const BallotResult& draft);
    void clear();
    /// Turns to the page of a field and marks it there; empty for none.
    void focusField(const QString& key);
    void showPage(int page);
    int page() const { return m_page; }
    /// Without the title, where another panel tells it.
    void setTitleVisible(bool visible);
    /// Does what a key of the scan does; false when the action is none of the scan's.
    bool perform(ReviewAction action);
    PageView* view() const;

Q_SIGNALS:
    void fieldClicked(const QString& key);
    /// A key of the review desk that another panel answers to.
    void actionRequested(tallydesk::ReviewAction action);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeIcons();
    void retranslate();
    void requestPages();
    void takePage(const BallotScan& scan, int page);
    void tellFailure(const BallotScan& scan, int page, const Error& error);
    void showThumbnail(int page);
    void placeBoxes();
    void tellPage();
    void tellZoom();
    bool shows(const BallotScan& scan) const;
    int pageOf(const QString& key) const;

    const BallotWords m_words;
    PageFetcher& m_fetcher;
    std::unique_ptr<Ui::PreviewPanel> m_ui;
    Theme m_theme = Theme::light();
    bool m_open = false;
    BallotResult m_base;
    BallotResult m_shown;
    int m_page = 0;
    PageLook m_look = PageLook::Plain;
    QString m_focus;
    /// Why a page of this ballot can't be shown, by its number from 0.
    QMap<int, Error> m_failures;
};

}  // namespace tallydesk
