// SPDX-License-Identifier: GPL-3.0-or-later
// What a review asks of the ballot's state, and how it ends: the part of ReviewSession that changes no value.
#include <QJsonObject>
#include <algorithm>

#include "core/OtherReadings.h"
#include "gui/ReviewSession.h"

namespace tallydesk {

namespace {

bool isOpen(FieldState state) {
    return state == FieldState::Unsure || state == FieldState::Broken || state == FieldState::Missing;
}

/// All that stands in the places of `key`; a repeated row has more than one.
std::optional<QString> recordOf(const BallotData& data, const QString& key) {
    const auto number = rowNumberOf(key);
    if (!number)
        return recordText(findEntry(data, key));
    QStringList texts;
    for (const TallyRow& row : data.rows)
        if (row.no == *number)
            texts.append(recordText(&row.entry).value_or(QString()));
    if (texts.isEmpty() || (texts.size() == 1 && texts.first().isEmpty()))
        return std::nullopt;
    return texts.join(QStringLiteral(" / "));
}

QStringList keysOf(const BallotData& a, const BallotData& b) {
    QStringList keys;
    const auto add = [&keys](const QString& key, const VoteEntry&) {
        if (!keys.contains(key))
            keys.append(key);
    };
    forEachNumber(a, add);
    forEachNumber(b, add);
    return keys;
}

QString kindName(const std::optional<bool>& partyList) {
    return *partyList ? QStringLiteral("party-list") : QStringLiteral("constituency");
}

}  // namespace

QList<Finding> ReviewSession::findingsOf(const QString& key) const {
    QList<Finding> list;
    for (const Finding& finding : m_findings)
        if (finding.fields.contains(key))
            list.append(finding);
    return list;
}

QList<EquationView> ReviewSession::equations() const {
    return m_form ? ReviewRules::equations(m_state.data, *m_form) : QList<EquationView>();
}

FieldState ReviewSession::stateOf(const QString& key) const {
    return m_states.value(key, FieldState::Sure);
}

std::optional<Suggestion> ReviewSession::suggestion(const QString& key) const {
    return m_form ? ReviewRules::suggestion(m_state.data, key, *m_form) : std::nullopt;
}

QList<ReadingChoice> ReviewSession::choices(const QString& key) const {
    const VoteEntry* entry = findEntry(m_original.data, key);
    QList<ReadingChoice> choices = entry ? readingChoices(*entry) : QList<ReadingChoice>();
    for (const OtherReading& other : OtherReadings::of(m_original.data)) {
        const VoteEntry* read = findEntry(other.data, key);
        const bool known = !read || !read->value ||
                           std::any_of(choices.cbegin(), choices.cend(), [&](const ReadingChoice& choice) {
                               return choice.value == *read->value;
                           });
        if (!known)
            choices.append({*read->value, read->digits == read->value, read->wordsValue == read->value, {}});
    }
    return choices;
}

QList<ReviewSession::ReaderValue> ReviewSession::readerValues(const QString& key) const {
    const auto valueOf = [&key](const BallotData& data) {
        const auto header = data.header.constFind(key);
        return header != data.header.cend() ? recordText(*header) : recordText(findEntry(data, key));
    };
    const QList<OtherReading> others = OtherReadings::of(m_original.data);
    QList<ReaderValue> values;
    if (!others.isEmpty())
        values.append({m_original.reader, valueOf(m_original.data)});
    for (const OtherReading& other : others)
        values.append({other.reader, valueOf(other.data)});
    return values;
}

int ReviewSession::openErrors() const {
    return static_cast<int>(std::count_if(m_findings.cbegin(), m_findings.cend(), [](const Finding& finding) {
        return finding.severity == Severity::Error;
    }));
}

QStringList ReviewSession::openFields() const {
    QStringList keys;
    for (const QString& key : m_fields)
        if (m_states.contains(key) && tallydesk::isOpen(m_states.value(key)))
            keys.append(key);
    return keys;
}

QString ReviewSession::firstOpen() const {
    const QStringList open = openFields();
    const auto sureness = [this](const QString& key) {
        if (m_form && m_form->headerField(key))
            return m_state.data.header.value(key).confidence.value_or(0.0);
        const VoteEntry* entry = findEntry(m_state.data, key);
        return entry && entry->value ? entry->confidence.value_or(0.5) : 0.0;
    };
    const auto least = std::min_element(open.cbegin(), open.cend(), [&](const QString& a, const QString& b) {
        return sureness(a) < sureness(b);
    });
    return least == open.cend() ? QString() : *least;
}

QString ReviewSession::nextOpen(const QString& key) const {
    const QStringList open = openFields();
    const qsizetype here = m_fields.indexOf(key);
    QString wrapped;
    for (const QString& candidate : open) {
        if (candidate == key)
            continue;
        if (m_fields.indexOf(candidate) > here && !m_passed.contains(candidate))
            return candidate;
        if (wrapped.isEmpty() && !m_passed.contains(candidate))
            wrapped = candidate;
    }
    if (!wrapped.isEmpty() || openErrors() == 0)
        return wrapped;
    // Everything was looked at and an error is still open: round again over what errors name.
    const auto blocks = [this](const QString& candidate) {
        const QList<Finding> found = findingsOf(candidate);
        return std::any_of(found.cbegin(), found.cend(),
                           [](const Finding& finding) { return finding.severity == Severity::Error; });
    };
    QString first;
    for (const QString& candidate : open) {
        if (candidate == key || !blocks(candidate))
            continue;
        if (m_fields.indexOf(candidate) > here)
            return candidate;
        if (first.isEmpty())
            first = candidate;
    }
    return first;
}

bool ReviewSession::accept() {
    return canAccept() && settle(BallotStatus::Reviewed, ReviewReason::None, {}, false);
}

bool ReviewSession::settleAsWritten(ReviewReason reason, const QString& note) {
    // What the form is must be known, else nobody could say what its numbers are.
    return m_open && m_form && reason != ReviewReason::None &&
           settle(BallotStatus::Reviewed, reason, note, reason == ReviewReason::DigitsAndWordsDiffer);
}

bool ReviewSession::markBallotUnreadable(ReviewReason reason, const QString& note) {
    return m_open && reason != ReviewReason::None && settle(BallotStatus::Unreadable, reason, note, false);
}

bool ReviewSession::settle(BallotStatus status, ReviewReason reason, const QString& note,
                           bool keepDisagreements) {
    BallotResult result = draft();
    if (keepDisagreements)
        result.findings = ReviewRules::findings(m_original, m_state, m_form.get(), m_path, m_validator, true);
    result.status = status;
    result.error.reset();
    result.reviewedBy = m_reviewer;
    result.reviewedAt = m_clock.utcNow();
    QJsonObject review;
    if (reason != ReviewReason::None)
        review.insert(QStringLiteral("reason"), reasonName(reason));
    if (!note.trimmed().isEmpty())
        review.insert(QStringLiteral("note"), note.trimmed());
    if (review.isEmpty())
        result.data.readerNotes.remove(QStringLiteral("review"));
    else
        result.data.readerNotes.insert(QStringLiteral("review"), review);
    pushSettle(status == BallotStatus::Unreadable ? tr("mark the ballot unreadable")
               : reason == ReviewReason::None     ? tr("accept the ballot")
                                                  : tr("settle the ballot as written"),
               result, corrections(result));
    return true;
}

QList<Correction> ReviewSession::corrections(const BallotResult& result) const {
    QList<Correction> list;
    const auto add = [&](const QString& field, std::optional<QString> before, std::optional<QString> after) {
        list.append({field, std::move(before), std::move(after), result.reviewedBy, result.reviewedAt});
    };
    const BallotData& before = m_original.data;
    const BallotData& after = result.data;
    if (before.formCode != after.formCode)
        add(QStringLiteral("form_code"),
            before.formCode.isEmpty() ? std::nullopt : std::optional(before.formCode), after.formCode);
    if (before.partyList != after.partyList && after.partyList)
        add(QStringLiteral("party_list"),
            before.partyList ? std::optional(kindName(before.partyList)) : std::nullopt,
            kindName(after.partyList));
    for (const QString& key : m_form ? headerKeys(*m_form) : QStringList()) {
        const auto was = recordText(before.header.value(key));
        const auto is = recordText(after.header.value(key));
        if (was != is || (m_state.decided.contains(key) && isOpenIn(m_original, key)))
            add(key, was, is);
    }
    for (const QString& key : keysOf(before, after)) {
        const auto was = recordOf(before, key);
        const auto is = m_state.unreadable.contains(key) ? std::optional(QStringLiteral("unreadable"))
                                                         : recordOf(after, key);
        // What a person confirmed is kept too: before and after are then the same.
        if (was != is || (m_state.decided.contains(key) && isOpenIn(m_original, key)))
            add(key, was, is);
    }
    if (before.differenceExplained != after.differenceExplained)
        add(QStringLiteral("difference_explained"),
            before.differenceExplained ? QStringLiteral("yes") : QStringLiteral("no"),
            after.differenceExplained ? QStringLiteral("yes") : QStringLiteral("no"));
    add(QStringLiteral("status"), statusName(m_original.status), statusName(result.status));
    const QJsonObject review = after.readerNotes.value(QStringLiteral("review")).toObject();
    for (const QString& part : review.keys())
        add(part, std::nullopt, review.value(part).toString());
    return list;
}

bool ReviewSession::isOpenIn(const BallotResult& ballot, const QString& key) {
    return tallydesk::isOpen(fieldStates(ballot, ballot.data).value(key, FieldState::Sure));
}

}  // namespace tallydesk
