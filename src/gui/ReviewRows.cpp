// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of ReviewSheet: which rows there are, and what each tells.
#include "core/RuleTools.h"
#include "gui/ReviewSheet.h"
#include "gui/ReviewWords.h"
#include "ui_ReviewSheet.h"

namespace tallydesk {

void ReviewSheet::dropRows() {
    const FormTemplate* form = m_session->form();
    const bool sameForm = form && form->id == m_builtFor;
    m_keys = form ? numberKeys(*form, m_session->data()) : QStringList();
    for (auto it = m_rows.begin(); it != m_rows.end();) {
        if (sameForm && m_keys.contains(it.key())) {
            ++it;
            continue;
        }
        (*it)->hide();
        m_spare.append(*it);
        it = m_rows.erase(it);
    }
}

NumberRow* ReviewSheet::rowFor(const QString& key) {
    if (NumberRow* row = m_rows.value(key))
        return row;
    NumberRow* row = m_spare.isEmpty() ? nullptr : m_spare.takeLast();
    if (row) {
        m_ui->numbers->removeWidget(row);
        row->setKey(key);
    } else {
        row = new NumberRow(key, m_ui->numbersCard);
        row->setTheme(m_theme);
        row->setCompact(m_compact);
        wire(row->field());
        connect(row, &NumberRow::suggestionTaken, this, [this, row] {
            if (const auto offer = m_session->suggestion(row->key()))
                row->field()->enter(offer->value);
            row->field()->setFocus();
        });
    }
    // After the row that stands before it on the form.
    QWidget* before = m_ui->formCombo;
    int place = 0;
    for (const QString& other : std::as_const(m_keys)) {
        if (other == key)
            break;
        if (NumberRow* earlier = m_rows.value(other)) {
            place = m_ui->numbers->indexOf(earlier) + 1;
            before = earlier->field();
        }
    }
    if (place == 0 && !m_headerOrder.isEmpty())
        before = m_header.value(m_headerOrder.last());
    m_ui->numbers->insertWidget(place, row);
    setTabOrder(before, row->field());
    m_rows.insert(key, row);
    return row;
}

void ReviewSheet::growVisible() {
    const FormTemplate* form = m_session->form();
    if (!form)
        return;
    const auto names = [this](const QStringList& fields) {
        for (const QString& key : fields)
            m_visible.insert(key);
    };
    for (const Finding& finding : m_session->findings()) {
        names(finding.fields);
        if (!finding.fields.contains(QStringLiteral("rows")))
            continue;
        // Doubtful rows are to blame for a wrong sum; without any, each may be.
        QStringList doubtful;
        QStringList all;
        for (const TallyRow& row : m_session->data().rows) {
            const QString key = RuleTools::rowKey(row.no);
            all.append(key);
            if (m_session->stateOf(key) != FieldState::Sure)
                doubtful.append(key);
        }
        names(doubtful.isEmpty() ? all : doubtful);
    }
    for (const QString& key : m_session->state().decided)
        if (m_session->stateOf(key) == FieldState::Changed || m_session->stateOf(key) == FieldState::Missing)
            m_visible.insert(key);
    if (!m_current.isEmpty())
        m_visible.insert(m_current);
}

void ReviewSheet::refreshRows() {
    for (const QString& key : std::as_const(m_keys)) {
        const bool shown = m_whole || m_visible.contains(key);
        NumberRow* row = shown ? rowFor(key) : m_rows.value(key);
        if (shown)
            refreshRow(row);
        if (row)
            row->setVisible(shown);
    }
    m_ui->numbersCard->setVisible(m_session->form() && (m_whole || !m_visible.isEmpty()));
}

void ReviewSheet::refreshRow(NumberRow* row) {
    const QString key = row->key();
    const FormTemplate* form = m_session->form();
    const VoteEntry* now = findEntry(m_session->data(), key);
    const VoteEntry* read = findEntry(m_session->original().data, key);
    NumberRowText text;
    text.label = fieldLabel(key);
    text.brief = form && !rowNumberOf(key) ? ReviewWords::briefLabel(*form, key) : QString();
    text.read = read ? *read : VoteEntry();
    const CellPlace place = m_places.value(key);
    text.read.box = place.digits;
    text.read.wordsBox = place.words;
    text.chip = ReviewWords::chip(*m_session, key);
    text.change = ReviewWords::change(*m_session, key);
    text.hasWords = RuleTools::hasWords(*form, key);
    text.state = m_session->stateOf(key);
    if (row->isCurrent()) {
        text.suggestion = m_session->suggestion(key);
        text.hint = text.suggestion ? ReviewWords::suggestion(*text.suggestion, now)
                                    : ReviewWords::why(*m_session, key, *m_messages);
    }
    row->setText(text);
    row->field()->showNumber(now, text.state);
    row->field()->setAccessibleName(text.label);
    row->field()->setAccessibleDescription(ReviewWords::spoken(*m_session, key, *m_messages));
    if (read)
        row->setPage(m_pages.value(pageIndex(m_session->original().scan, read->page)));
}

}  // namespace tallydesk
