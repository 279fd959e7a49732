// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does to the values: the part of ReviewSession that changes them.
#include <utility>

#include "core/RuleTools.h"
#include "gui/ReviewSession.h"

namespace tallydesk {

namespace {

/// Of a row that was read more than once, what a person says is the only one.
void removeRepeats(BallotData& data, const QString& key) {
    const auto number = rowNumberOf(key);
    if (!number)
        return;
    bool seen = false;
    data.rows.removeIf([&](const TallyRow& row) {
        const bool repeat = row.no == *number && seen;
        seen = seen || row.no == *number;
        return repeat;
    });
}

/// Puts the further readings of a row back where they stood in `first`.
void putRepeatsBack(BallotData& data, const BallotData& first, const QString& key) {
    const auto number = rowNumberOf(key);
    if (!number)
        return;
    removeRepeats(data, key);
    bool seen = false;
    for (qsizetype i = 0; i < first.rows.size(); ++i) {
        if (first.rows.at(i).no != *number)
            continue;
        if (std::exchange(seen, true)) {
            // Behind the row before it; one that was taken away meanwhile is passed over.
            auto behind = data.rows.cend();
            for (qsizetype before = i - 1; before >= 0 && behind == data.rows.cend(); --before)
                for (auto row = data.rows.cbegin(); row != data.rows.cend(); ++row)
                    if (row->no == first.rows.at(before).no)
                        behind = row;
            data.rows.insert(behind == data.rows.cend() ? behind : behind + 1, first.rows.at(i));
        }
    }
}

}  // namespace

void ReviewSession::typeNumber(const QString& key, std::optional<qint64> value) {
    ReviewState after = m_state;
    after.unreadable.remove(key);
    const VoteEntry* first = findEntry(m_initial.data, key);
    if (!value && !first && rowNumberOf(key)) {
        // A row that nobody read, emptied again, is not there.
        after.data.rows.removeIf([&](const TallyRow& row) { return row.no == *rowNumberOf(key); });
        after.decided.remove(key);
        push(tr("change a number"), key, std::move(after));
        return;
    }
    VoteEntry& entry = entryOf(after.data, key);
    entry.value = value;
    if (RuleTools::isEmptyMark(entry.mark))
        entry.mark = Mark::None;
    const bool asRead = first && first->value == value && first->mark == entry.mark;
    entry.confidence = asRead ? first->confidence : std::nullopt;
    if (value)
        after.decided.insert(key);
    else
        after.decided.remove(key);
    removeRepeats(after.data, key);
    push(tr("change a number"), key, std::move(after));
}

void ReviewSession::setMark(const QString& key, Mark mark) {
    ++m_typing;
    ReviewState after = m_state;
    after.unreadable.remove(key);
    const auto number = rowNumberOf(key);
    if (number && mark == Mark::Blank && m_form && (*number < 1 || *number > m_form->rowCount)) {
        // A row that the form does not have is not on the paper either.
        after.data.rows.removeIf([&](const TallyRow& row) { return row.no == *number; });
    } else {
        VoteEntry& entry = entryOf(after.data, key);
        entry.value = 0;
        entry.mark = mark;
        entry.confidence.reset();
        after.decided.insert(key);
        removeRepeats(after.data, key);
    }
    push(tr("change a number"), {}, std::move(after));
}

void ReviewSession::markUnreadable(const QString& key) {
    ++m_typing;
    ReviewState after = m_state;
    VoteEntry& entry = entryOf(after.data, key);
    entry.value.reset();
    entry.mark = Mark::None;
    entry.confidence.reset();
    after.decided.insert(key);
    after.unreadable.insert(key);
    removeRepeats(after.data, key);
    push(tr("mark a number unreadable"), {}, std::move(after));
}

void ReviewSession::confirm(const QString& key) {
    ++m_typing;
    m_passed.insert(key);
    const bool header = m_form && m_form->headerField(key);
    const bool there = header ? recordText(m_state.data.header.value(key)).has_value()
                              : recordText(findEntry(m_state.data, key)).has_value();
    if (!there || m_state.decided.contains(key))
        return;
    ReviewState after = m_state;
    after.decided.insert(key);
    removeRepeats(after.data, key);
    push(header ? tr("confirm a field") : tr("confirm a number"), {}, std::move(after));
}

void ReviewSession::restore(const QString& key) {
    ++m_typing;
    const ReviewState& first = m_initial;
    ReviewState after = m_state;
    if (m_form && m_form->headerField(key)) {
        if (first.data.header.contains(key))
            after.data.header[key] = first.data.header.value(key);
        else
            after.data.header.remove(key);
    } else if (const VoteEntry* entry = findEntry(first.data, key)) {
        entryOf(after.data, key) = *entry;
        putRepeatsBack(after.data, first.data, key);
    } else if (const auto number = rowNumberOf(key)) {
        after.data.rows.removeIf([&](const TallyRow& row) { return row.no == *number; });
    } else if (key == u"total") {
        after.data.total.reset();
    } else {
        after.data.figures.remove(key);
    }
    after.unreadable.remove(key);
    if (first.decided.contains(key))
        after.decided.insert(key);
    else
        after.decided.remove(key);
    m_passed.remove(key);
    push(tr("put the old value back"), {}, std::move(after));
}

void ReviewSession::typeHeader(const QString& key, const QString& text) {
    const HeaderField* field = m_form ? m_form->headerField(key) : nullptr;
    if (!field)
        return;
    ReviewState after = m_state;
    HeaderValue& value = after.data.header[key];
    const HeaderValue first = m_initial.data.header.value(key);
    value.text.reset();
    value.number.reset();
    if (field->type == HeaderType::Number) {
        bool isNumber = false;
        const qlonglong number = text.trimmed().toLongLong(&isNumber);
        if (isNumber)
            value.number = number;
    } else if (!text.trimmed().isEmpty()) {
        value.text = text;
    }
    const bool asRead = value.text == first.text && value.number == first.number;
    value.source = asRead ? first.source : HeaderSource::Person;
    value.confidence = asRead ? first.confidence : std::nullopt;
    if (recordText(value))
        after.decided.insert(key);
    else
        after.decided.remove(key);
    push(tr("change a field"), key, std::move(after));
}

void ReviewSession::chooseForm(const QString& formId) {
    ++m_typing;
    const auto form = m_forms.byId(formId);
    const bool isAsked = std::any_of(m_findings.cbegin(), m_findings.cend(), [](const Finding& finding) {
        return finding.fields.contains(QStringLiteral("form_code"));
    });
    // The same form again answers a doubt of it.
    if (!form || (m_form == form && !isAsked))
        return;
    ReviewState after = m_state;
    after.data.formId = form->id;
    after.data.formCode = form->code;
    after.data.partyList = form->partyList;
    after.decided.insert(QStringLiteral("form_code"));
    after.decided.insert(QStringLiteral("party_list"));
    // The path fills what nobody read, as it does for a ballot that was read.
    PathMetadata::ofScan(m_original.scan, form.get(), m_forms).apply(after.data);
    push(tr("choose the form"), {}, std::move(after));
}

void ReviewSession::explainDifference(bool explained) {
    ++m_typing;
    ReviewState after = m_state;
    after.data.differenceExplained = explained;
    push(tr("note the explanation on paper"), {}, std::move(after));
}

}  // namespace tallydesk
