// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QUndoStack>
#include <functional>
#include <memory>

#include "core/BallotResult.h"
#include "core/Clock.h"
#include "core/FormTemplate.h"
#include "core/PathMetadata.h"
#include "core/Validator.h"
#include "gui/ReviewRules.h"
#include "gui/ReviewState.h"
#include "store/ProjectStore.h"

namespace tallydesk {

/// Why a ballot is settled as written, or can't be read. Kept by its stable name.
enum class ReviewReason {
    None,
    FieldEmpty,
    SumWrong,
    DigitsAndWordsDiffer,
    CorrectedByHand,
    RowMissingOrTwice,
    Faint,
    CutOff,
    Covered,
    NotABallot,
    Other,
};
QString reasonName(ReviewReason reason);
ReviewReason reasonFromName(const QString& name);

/// The review of one ballot without widgets: the values as a person leaves them, undo, the rules judged
/// anew after each change, and the result with its corrections once a person settles the ballot. One undo
/// stack runs across ballots, so that a settled ballot can be taken back; unsettled work on a ballot is kept
/// while another is open. GUI thread only; the clock must outlive it.
class ReviewSession : public QObject {
    Q_OBJECT

public:
    ReviewSession(FormCatalog forms, Validator validator, const Clock& clock, QObject* parent = nullptr);
    ~ReviewSession() override;

    /// Shows a ballot; work left unsettled on the same result goes on where it was.
    void open(const BallotResult& ballot);
    void close();
    /// Closes, and forgets the steps that could be undone: they belong to a project that is left. Unsettled
    /// work is kept for the ballot's return.
    void leaveProject();
    /// A ballot as the project has it. Steps of undo that began from another reading of it would bring that
    /// one back, and are forgotten, with the work on it.
    void noteBallot(const BallotResult& ballot);
    /// Ballots left the project: steps of undo that concern one of them are forgotten.
    void noteRemoved(const std::function<bool(const BallotScan&)>& isInProject);
    bool isOpen() const { return m_open; }
    void setReviewer(const QString& name) { m_reviewer = name; }

    const BallotResult& original() const { return m_original; }
    const ReviewState& state() const { return m_state; }
    const BallotData& data() const { return m_state.data; }
    /// Null while the form is not known.
    const FormTemplate* form() const { return m_form.get(); }
    const FormCatalog& forms() const { return m_forms; }
    QUndoStack* undoStack() { return &m_undo; }
    /// The ballot as it stands now, with its findings; its status is not changed by edits.
    BallotResult draft() const;
    /// Ballots that a person changed and did not settle; they are kept until they are, or the session ends.
    int draftCount() const;

    // What stands there.
    QStringList fieldKeys() const { return m_fields; }
    const QList<Finding>& findings() const { return m_findings; }
    QList<Finding> findingsOf(const QString& key) const;
    QList<EquationView> equations() const;
    FieldState stateOf(const QString& key) const;
    std::optional<Suggestion> suggestion(const QString& key) const;
    /// What each reader made of a field, the first one's before the further ones' (core/OtherReadings.h);
    /// empty where only one read it.
    struct ReaderValue {
        QString reader;
        std::optional<QString> value;
    };
    QList<ReaderValue> readerValues(const QString& key) const;
    /// Values that the witnesses and further readers give, for stepping through them.
    QList<ReadingChoice> choices(const QString& key) const;
    int openErrors() const;
    bool canAccept() const { return m_open && m_form && openErrors() == 0; }
    /// Fields to look at, in form order.
    QStringList openFields() const;
    /// Where a review begins: the least sure open field; empty when there is none.
    QString firstOpen() const;
    /// The open field after `key`, from the start again for errors and for what was not yet passed; empty
    /// when the ballot is ready.
    QString nextOpen(const QString& key) const;

    // What a person does. Each is one step of undo, but for digits typed into one field in one go.
    void typeNumber(const QString& key, std::optional<qint64> value);
    void setMark(const QString& key, Mark mark);
    void markUnreadable(const QString& key);
    void confirm(const QString& key);
    void restore(const QString& key);
    void typeHeader(const QString& key, const QString& text);
    void chooseForm(const QString& formId);
    void explainDifference(bool explained);
    /// Ends a run of typing: what comes next is a step of its own.
    void endTyping() { ++m_typing; }

    // How a ballot ends; each emits settled() and can be undone.
    bool accept();
    bool settleAsWritten(ReviewReason reason, const QString& note);
    bool markBallotUnreadable(ReviewReason reason, const QString& note);

Q_SIGNALS:
    /// Another ballot is shown, by open() or because a change to it was undone.
    void opened();
    /// Values or findings changed.
    void changed();
    void settled(const BallotResult& result, const QList<Correction>& corrections);
    /// Settling was undone: the ballot is as it was before, and shown.
    void reopened(const BallotResult& result, const QList<Correction>& corrections);

private:
    class Edit;
    class Settle;
    struct Draft {
        BallotResult original;
        ReviewState state;
    };

    void show(const BallotResult& original, const ReviewState& state);
    void put(const BallotResult& original, const ReviewState& state);
    void keepDraft();
    void refresh();
    void push(const QString& text, const QString& key, ReviewState after);
    bool settle(BallotStatus status, ReviewReason reason, const QString& note, bool keepDisagreements);
    void pushSettle(const QString& text, const BallotResult& result, const QList<Correction>& corrections);
    QList<Correction> corrections(const BallotResult& result) const;
    static bool isOpenIn(const BallotResult& ballot, const QString& key);
    ReviewState initialState(const BallotResult& ballot) const;

    // Constant after construction.
    const FormCatalog m_forms;
    const Validator m_validator;
    const Clock& m_clock;

    QUndoStack m_undo;
    QHash<QString, Draft> m_drafts;
    /// The ballots that the undo stack knows, as they last were.
    QHash<QString, BallotResult> m_known;
    QString m_reviewer;
    bool m_open = false;
    BallotResult m_original;
    /// As the ballot was before a person touched it.
    ReviewState m_initial;
    ReviewState m_state;
    std::shared_ptr<const FormTemplate> m_form;
    PathMetadata m_path;
    QStringList m_fields;
    QList<Finding> m_findings;
    QMap<QString, FieldState> m_states;
    /// Fields that were left open on purpose in this round.
    QSet<QString> m_passed;
    int m_typing = 0;
};

}  // namespace tallydesk
