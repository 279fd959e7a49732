// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QUndoStack>
#include <QWidget>
#include <memory>

#include "core/BallotResult.h"
#include "core/Clock.h"
#include "gui/BallotWords.h"
#include "gui/PageFetcher.h"
#include "gui/ReviewKeymap.h"
#include "gui/ReviewSession.h"
#include "gui/Theme.h"

namespace Ui {
class ReviewPanel;
}

namespace tallydesk {

/// The desk where a person corrects and settles one ballot after another. Which ballot comes next is the
/// window's to say. GUI thread; fetcher and clock must outlive it.
class ReviewPanel final : public QWidget {
    Q_OBJECT
public:
    ReviewPanel(BallotWords words, PageFetcher& fetcher, Validator validator, const Clock& clock,
                QWidget* parent = nullptr);
    ~ReviewPanel() override;

    void setTheme(const Theme& theme);
    void setReviewer(const QString& name);
    /// Shows a ballot as the `position`th (from 1) of `count`. Takes the keyboard only when the panel had it.
    void showBallot(const BallotResult& result, int position, int count);
    /// Where the shown ballot is among those to review.
    void setPosition(int position, int count);
    /// The project is left: nothing is shown, nothing of it can be undone.
    void clear();
    void focusField(const QString& key);
    /// Puts the keyboard where the work is: the first open field, or Accept.
    void focusWork();
    QUndoStack* undoStack();
    int draftCount() const { return m_session.draftCount(); }
    /// See ReviewSession; these show nothing.
    void noteBallot(const BallotResult& ballot) { m_session.noteBallot(ballot); }
    void noteRemoved(const std::function<bool(const BallotScan&)>& isInProject) {
        m_session.noteRemoved(isInProject);
    }
    /// A question about the ballot is open; its values stay as they are until it is answered.
    bool isAsking() const;
    /// Does what a key of the desk does; false when the action is none of the panel's.
    bool perform(ReviewAction action);

Q_SIGNALS:
    /// A person settled the ballot: keep it and show the next one.
    void settled(const tallydesk::BallotResult& result, const QList<tallydesk::Correction>& corrections);
    /// Settling was undone: keep the ballot as it was before; it is shown again.
    void reopened(const tallydesk::BallotResult& result, const QList<tallydesk::Correction>& corrections);
    /// This ballot is shown from now on, also because a change to it was undone.
    void ballotShown(const tallydesk::BallotResult& ballot);
    void askingChanged();
    /// The ballot as it stands after a change, for the boxes of the scan.
    void draftChanged(const tallydesk::BallotResult& draft);
    void skipped();
    void backRequested();
    /// There is nothing to review: the table is asked for.
    void batchRequested();
    void retryRequested(const tallydesk::BallotScan& scan);
    void fieldFocused(const QString& key);
    /// A key of the review desk that another panel answers to.
    void actionRequested(tallydesk::ReviewAction action);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void wireSession();
    void showSession();
    void refresh();
    void retranslate();
    void requestPages();
    void tellPlace();
    bool hasKeyboard() const;
    void confirmAndGoOn();
    void goOnAfter(const QString& key);
    void stepReading(int direction);
    void takeSuggestion();
    void accept();
    void focusAccept();
    bool performAsking(ReviewAction action);
    void ask(int question);
    void closeQuestion();
    void scrollToCurrent();

    const BallotWords m_words;
    PageFetcher& m_fetcher;
    const Clock& m_clock;
    std::unique_ptr<Ui::ReviewPanel> m_ui;
    ReviewSession m_session;
    Theme m_theme = Theme::light();
    QString m_reviewer;
    int m_position = 0;
    int m_count = 0;
    bool m_takesKeyboard = false;
    /// Keeps the row at work in sight once a change of the layout is done.
    QTimer m_follow;
    /// When the focus moved to Accept; a held key must not accept at once.
    std::optional<Clock::TimePoint> m_reachedAccept;
    /// When a ballot was settled last; another one stands in its place since.
    std::optional<Clock::TimePoint> m_settledAt;
};

}  // namespace tallydesk
