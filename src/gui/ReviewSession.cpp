// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewSession.h"

#include <QUndoCommand>
#include <algorithm>
#include <array>

#include "core/RuleTools.h"
#include "gui/BallotItem.h"

namespace tallydesk {

namespace {

constexpr int kUndoSteps = 1000;

const std::array<std::pair<ReviewReason, const char*>, 10> kReasons{{
    {ReviewReason::FieldEmpty, "field_empty"},
    {ReviewReason::SumWrong, "sum_wrong"},
    {ReviewReason::DigitsAndWordsDiffer, "digits_words_differ"},
    {ReviewReason::CorrectedByHand, "corrected_by_hand"},
    {ReviewReason::RowMissingOrTwice, "row_missing_or_twice"},
    {ReviewReason::Faint, "faint"},
    {ReviewReason::CutOff, "cut_off"},
    {ReviewReason::Covered, "covered"},
    {ReviewReason::NotABallot, "not_a_ballot"},
    {ReviewReason::Other, "other"},
}};

// Other findings, and a status that follows from them, leave the values and the work on them as they are.
bool isSameReading(const BallotResult& a, const BallotResult& b) {
    return a.data == b.data && a.reader == b.reader &&
           isSettledByPerson(a.status) == isSettledByPerson(b.status);
}

}  // namespace

QString reasonName(ReviewReason reason) {
    for (const auto& [value, name] : kReasons)
        if (value == reason)
            return QLatin1String(name);
    return {};
}

ReviewReason reasonFromName(const QString& name) {
    for (const auto& [value, text] : kReasons)
        if (name == QLatin1String(text))
            return value;
    return ReviewReason::None;
}

/// One change of the values. Knows its ballot, so that undo finds it while another is shown.
class ReviewSession::Edit final : public QUndoCommand {
public:
    Edit(ReviewSession& session, const QString& text, QString key, ReviewState after)
        : QUndoCommand(text),
          m_session(session),
          m_original(session.m_original),
          m_before(session.m_state),
          m_after(std::move(after)),
          m_key(std::move(key)),
          m_typing(session.m_typing) {}

    void undo() override { m_session.put(m_original, m_before); }
    void redo() override { m_session.put(m_original, m_after); }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const Edit*>(other);
        if (m_key.isEmpty() || next->m_key != m_key || next->m_typing != m_typing ||
            ballotIdentity(next->m_original.scan) != ballotIdentity(m_original.scan))
            return false;
        m_after = next->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    ReviewSession& m_session;
    const BallotResult m_original;
    const ReviewState m_before;
    ReviewState m_after;
    const QString m_key;
    const int m_typing;
};

/// A ballot leaves the review, and comes back.
class ReviewSession::Settle final : public QUndoCommand {
public:
    Settle(ReviewSession& session, const QString& text, BallotResult result, QList<Correction> corrections)
        : QUndoCommand(text),
          m_session(session),
          m_original(session.m_original),
          m_state(session.m_state),
          m_result(std::move(result)),
          m_corrections(std::move(corrections)) {}

    void undo() override {
        m_session.m_known.insert(ballotIdentity(m_original.scan), m_original);
        m_session.put(m_original, m_state);
        Q_EMIT m_session.reopened(
            m_original, {{QStringLiteral("status"), statusName(m_result.status),
                          statusName(m_original.status), m_session.m_reviewer, m_session.m_clock.utcNow()}});
    }
    void redo() override {
        m_session.m_drafts.remove(ballotIdentity(m_original.scan));
        m_session.m_known.insert(ballotIdentity(m_original.scan), m_result);
        // Out of the review: nothing more can be typed into it until it is shown again.
        if (ballotIdentity(m_session.m_original.scan) == ballotIdentity(m_original.scan))
            m_session.m_open = false;
        Q_EMIT m_session.settled(m_result, m_corrections);
    }

private:
    ReviewSession& m_session;
    const BallotResult m_original;
    const ReviewState m_state;
    const BallotResult m_result;
    const QList<Correction> m_corrections;
};

ReviewSession::ReviewSession(FormCatalog forms, Validator validator, const Clock& clock, QObject* parent)
    : QObject(parent), m_forms(std::move(forms)), m_validator(std::move(validator)), m_clock(clock) {
    m_undo.setUndoLimit(kUndoSteps);
}

ReviewSession::~ReviewSession() {
    // A stack that is destroyed tells its listeners, of which a closing window has lost parts.
    m_undo.disconnect();
}

ReviewState ReviewSession::initialState(const BallotResult& ballot) const {
    ReviewState state;
    state.data = ballot.data;
    if (state.data.formId.isEmpty())
        state.data.formId = ballot.scan.formId;
    if (const auto form = m_forms.of(state.data); form && state.data.formCode.isEmpty()) {
        state.data.formId = form->id;
        state.data.formCode = form->code;
        state.data.partyList = form->partyList;
        if (ballot.data.formId.isEmpty())
            PathMetadata::ofScan(ballot.scan, form.get(), m_forms).apply(state.data);
    }
    if (!isSettledByPerson(ballot.status))
        return state;
    // A person looked at this ballot before: what no finding names was decided then.
    static const QStringList doubts{QStringLiteral("F.105"), QStringLiteral("F.205"), QStringLiteral("W.205"),
                                    QStringLiteral("W.206")};
    QSet<QString> open;
    for (const Finding& finding : ballot.findings)
        for (const QString& key : finding.fields)
            if (doubts.contains(finding.code))
                open.insert(key);
    forEachNumber(state.data, [&](const QString& key, const VoteEntry& entry) {
        if (!open.contains(key) && recordText(&entry))
            state.decided.insert(key);
    });
    for (auto it = state.data.header.cbegin(); it != state.data.header.cend(); ++it)
        if (!open.contains(it.key()) && recordText(*it))
            state.decided.insert(it.key());
    return state;
}

void ReviewSession::open(const BallotResult& ballot) {
    keepDraft();
    noteBallot(ballot);
    const auto draft = m_drafts.constFind(ballotIdentity(ballot.scan));
    const bool goesOn = draft != m_drafts.cend() && isSameReading(draft->original, ballot);
    show(ballot, goesOn ? draft->state : initialState(ballot));
}

void ReviewSession::noteBallot(const BallotResult& ballot) {
    const auto known = m_known.find(ballotIdentity(ballot.scan));
    if (known == m_known.end())
        return;
    if (isSameReading(*known, ballot)) {
        *known = ballot;
        return;
    }
    m_undo.clear();
    m_drafts.remove(known.key());
    m_known.erase(known);
}

void ReviewSession::noteRemoved(const std::function<bool(const BallotScan&)>& isInProject) {
    if (std::all_of(m_known.cbegin(), m_known.cend(),
                    [&](const BallotResult& ballot) { return isInProject(ballot.scan); }))
        return;
    m_undo.clear();
    m_known.clear();
}

void ReviewSession::close() {
    keepDraft();
    m_open = false;
    m_original = {};
    m_initial = {};
    m_state = {};
    m_form.reset();
    m_fields.clear();
    m_findings.clear();
    m_states.clear();
    Q_EMIT opened();
}

void ReviewSession::leaveProject() {
    close();
    m_undo.clear();
    m_known.clear();
}

void ReviewSession::keepDraft() {
    if (!m_open)
        return;
    if (m_state == m_initial)
        m_drafts.remove(ballotIdentity(m_original.scan));
    else
        m_drafts.insert(ballotIdentity(m_original.scan), {m_original, m_state});
}

int ReviewSession::draftCount() const {
    const bool current = m_open && m_state != m_initial;
    const QString shown = m_open ? ballotIdentity(m_original.scan) : QString();
    int count = current ? 1 : 0;
    for (auto draft = m_drafts.cbegin(); draft != m_drafts.cend(); ++draft)
        count += draft.key() != shown;
    return count;
}

void ReviewSession::show(const BallotResult& original, const ReviewState& state) {
    m_open = true;
    m_original = original;
    m_initial = initialState(original);
    m_state = state;
    m_form = m_forms.of(m_state.data);
    m_path = PathMetadata::ofScan(m_original.scan, m_form.get(), m_forms);
    m_passed.clear();
    ++m_typing;
    refresh();
    Q_EMIT opened();
}

void ReviewSession::put(const BallotResult& original, const ReviewState& state) {
    // A step knows the ballot as it was then; what was found out about it since stays.
    const BallotResult newest = m_known.value(ballotIdentity(original.scan), original);
    if (!m_open || m_original != newest) {
        keepDraft();
        show(newest, state);
        return;
    }
    m_state = state;
    refresh();
    Q_EMIT changed();
}

void ReviewSession::refresh() {
    if (const auto form = m_forms.of(m_state.data); form != m_form) {
        m_form = form;
        m_path = PathMetadata::ofScan(m_original.scan, m_form.get(), m_forms);
    }
    m_fields = m_form ? headerKeys(*m_form) + numberKeys(*m_form, m_state.data) : QStringList();
    m_findings = ReviewRules::findings(m_original, m_state, m_form.get(), m_path, m_validator);
    m_states = fieldStates(draft(), m_initial.data);
    for (const QString& key : m_state.decided)
        if (m_states.value(key, FieldState::Missing) == FieldState::Sure)
            m_states[key] = FieldState::Confirmed;
    for (const QString& key : m_state.unreadable)
        m_states[key] = FieldState::Missing;
}

BallotResult ReviewSession::draft() const {
    BallotResult result = m_original;
    result.data = m_state.data;
    result.findings = m_findings;
    return result;
}

void ReviewSession::push(const QString& text, const QString& key, ReviewState after) {
    if (!m_open || after == m_state)
        return;
    m_known.insert(ballotIdentity(m_original.scan), m_original);
    m_undo.push(new Edit(*this, text, key, std::move(after)));
}

void ReviewSession::pushSettle(const QString& text, const BallotResult& result,
                               const QList<Correction>& corrections) {
    m_undo.push(new Settle(*this, text, result, corrections));
}

}  // namespace tallydesk
