// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewSheet.h"

#include <QLabel>

#include "core/RuleTools.h"
#include "gui/ReviewKeymap.h"
#include "gui/ReviewWords.h"
#include "gui/UiLanguage.h"
#include "ui_ReviewSheet.h"

namespace tallydesk {

namespace {

constexpr int kHeaderColumns = 3;

bool namesHeader(const FormTemplate& form, const Finding& finding) {
    return std::any_of(finding.fields.cbegin(), finding.fields.cend(),
                       [&](const QString& key) { return form.headerField(key) || key == u"form_code"; });
}

}  // namespace

ReviewSheet::ReviewSheet(QWidget* parent) : QWidget(parent), m_ui(std::make_unique<Ui::ReviewSheet>()) {
    m_ui->setupUi(this);
    m_ui->wholeButton->setCaps(ReviewKeymap::caps(ReviewAction::WholeForm));
    connect(m_ui->wholeButton, &QPushButton::clicked, this, [this] { setWhole(!m_whole); });
    connect(m_ui->moreButton, &QPushButton::clicked, this, [this] {
        m_allFindings = !m_allFindings;
        refreshFindings();
    });
}

ReviewSheet::~ReviewSheet() = default;

void ReviewSheet::setSession(ReviewSession& session, const MessageCatalog& messages) {
    m_session = &session;
    m_messages = &messages;
    connect(m_ui->formCombo, &QComboBox::activated, this, [this](int index) {
        const QString id = m_ui->formCombo->itemData(index).toString();
        if (!id.isEmpty())
            m_session->chooseForm(id);
    });
    connect(m_ui->explainedCheck, &QCheckBox::clicked, this,
            [this](bool checked) { m_session->explainDifference(checked); });
    buildForms();
}

void ReviewSheet::setTheme(const Theme& theme) {
    m_theme = theme;
    m_ui->wholeButton->setTheme(theme);
    for (FindingCard* card : std::as_const(m_cards))
        card->setTheme(theme);
    for (ValueField* field : std::as_const(m_header))
        field->setTheme(theme);
    for (NumberRow* row : std::as_const(m_rows))
        row->setTheme(theme);
}

void ReviewSheet::setCompact(bool compact) {
    m_compact = compact;
    for (NumberRow* row : std::as_const(m_rows))
        row->setCompact(compact);
}

void ReviewSheet::setWhole(bool whole) {
    m_whole = whole;
    if (m_session && m_session->isOpen())
        refresh();
}

void ReviewSheet::buildForms() {
    const QSignalBlocker quiet(m_ui->formCombo);
    m_ui->formCombo->clear();
    m_ui->formCombo->addItem(tr("Choose the form"), QString());
    for (const auto& form : m_session->forms().forms())
        m_ui->formCombo->addItem(
            QStringLiteral("%1 · %2").arg(form->displayCode,
                                          form->partyList ? tr("party-list") : tr("constituency")),
            form->id);
}

void ReviewSheet::rebuild() {
    m_visible.clear();
    m_pages.clear();
    m_current.clear();
    m_allFindings = false;
    m_whole = m_session->isOpen() && m_session->original().data.rows.isEmpty();
    for (NumberRow* row : std::as_const(m_rows)) {
        row->setPage({});
        row->setCurrent(false);
    }
    refresh();
}

void ReviewSheet::refresh() {
    if (!m_session->isOpen())
        return;
    const FormTemplate* form = m_session->form();
    const QString id = form ? form->id : QString();
    if (id != m_builtFor || m_session->fieldKeys() != m_builtKeys) {
        if (id != m_builtFor)
            buildHeader();
        buildRows();
        m_builtFor = id;
        m_builtKeys = m_session->fieldKeys();
    }
    growVisible();
    refreshFindings();
    refreshHeader();
    refreshRows();
    refreshFoot();
}

void ReviewSheet::wire(ValueField* field) {
    const QString key = field->key();
    connect(field, &ValueField::numberTyped, this,
            [this, key](std::optional<qint64> value) { m_session->typeNumber(key, value); });
    connect(field, &ValueField::textTyped, this,
            [this, key](const QString& text) { m_session->typeHeader(key, text); });
    connect(field, &ValueField::entered, this, [this, key] {
        m_session->endTyping();
        makeCurrent(key);
    });
    connect(field, &ValueField::left, this, [this] { m_session->endTyping(); });
}

void ReviewSheet::buildHeader() {
    qDeleteAll(m_header);
    m_header.clear();
    qDeleteAll(m_headerLabels);
    m_headerLabels.clear();
    const FormTemplate* form = m_session->form();
    if (!form)
        return;
    QWidget* before = m_ui->formCombo;
    for (int i = 0; i < form->header.size(); ++i) {
        const HeaderField& field = form->header.at(i);
        auto* label = new QLabel(this);
        label->setProperty("textStyle", QStringLiteral("caption"));
        label->setProperty("textTone", QStringLiteral("secondary"));
        auto* edit = new ValueField(field.key, ValueField::Kind::Text, this);
        edit->setTheme(m_theme);
        label->setBuddy(edit);
        wire(edit);
        m_ui->headerGrid->addWidget(label, i / kHeaderColumns * 2, i % kHeaderColumns);
        m_ui->headerGrid->addWidget(edit, i / kHeaderColumns * 2 + 1, i % kHeaderColumns);
        // At once, not by the layout later: the keyboard may go there now.
        label->show();
        edit->show();
        setTabOrder(before, edit);
        before = edit;
        m_header.insert(field.key, edit);
        m_headerLabels.append(label);
    }
    for (int column = 0; column < kHeaderColumns; ++column)
        m_ui->headerGrid->setColumnStretch(column, 1);
}

void ReviewSheet::buildRows() {
    const FormTemplate* form = m_session->form();
    const QStringList keys = form ? numberKeys(*form, m_session->data()) : QStringList();
    QHash<QString, NumberRow*> old = m_rows;
    m_rows.clear();
    QWidget* before = m_ui->formCombo;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        NumberRow* row = old.take(keys.at(i));
        if (!row) {
            row = new NumberRow(keys.at(i), this);
            row->setTheme(m_theme);
            row->setCompact(m_compact);
            row->hide();
            wire(row->field());
            connect(row, &NumberRow::suggestionTaken, this, [this, row] {
                if (const auto offer = m_session->suggestion(row->key()))
                    row->field()->enter(offer->value);
                row->field()->setFocus();
            });
        }
        m_ui->numbers->insertWidget(int(i), row);
        setTabOrder(before, row->field());
        before = row->field();
        m_rows.insert(keys.at(i), row);
    }
    qDeleteAll(old);
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

void ReviewSheet::refreshHeader() {
    const FormTemplate* form = m_session->form();
    bool concerned = !form;
    for (const Finding& finding : m_session->findings())
        concerned = concerned || !form || namesHeader(*form, finding);
    const bool shown = m_whole || concerned || m_ui->headCard->isAncestorOf(focusWidget()) ||
                       std::any_of(m_header.keyBegin(), m_header.keyEnd(),
                                   [this](const QString& key) { return m_visible.contains(key); });
    m_ui->headCard->setVisible(shown);
    const QSignalBlocker quiet(m_ui->formCombo);
    m_ui->formCombo->setCurrentIndex(form ? std::max(0, m_ui->formCombo->findData(form->id)) : 0);
    if (!form)
        return;
    for (int i = 0; i < form->header.size(); ++i) {
        const HeaderField& field = form->header.at(i);
        ValueField* edit = m_header.value(field.key);
        const HeaderValue value = m_session->data().header.value(field.key);
        edit->showText(recordText(value).value_or(QString()), m_session->stateOf(field.key));
        const QString name = field.label.in(uiLanguage());
        m_headerLabels.at(i)->setText(value.source == HeaderSource::Path && recordText(value)
                                          ? tr("%1, from the folder name").arg(name)
                                          : name);
        edit->setAccessibleName(name);
        edit->setAccessibleDescription(ReviewWords::spoken(*m_session, field.key, *m_messages));
    }
}

void ReviewSheet::refreshRows() {
    for (auto it = m_rows.cbegin(); it != m_rows.cend(); ++it) {
        const bool shown = m_whole || m_visible.contains(it.key());
        if (shown)
            refreshRow(*it);
        (*it)->setVisible(shown);
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
    text.read = read ? *read : VoteEntry();
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

QString ReviewSheet::fieldLabel(const QString& key) const {
    const FormTemplate* form = m_session->form();
    if (!form)
        return key;
    return rowNumberOf(key) ? ReviewWords::shortName(*form, key) : form->fieldLabel(key, uiLanguage());
}

ValueField* ReviewSheet::field(const QString& key) const {
    if (NumberRow* row = m_rows.value(key))
        return row->field();
    return m_header.value(key);
}

void ReviewSheet::setPage(int page, const QImage& image) {
    m_pages.insert(page, image);
    for (NumberRow* row : std::as_const(m_rows)) {
        const VoteEntry* read = findEntry(m_session->original().data, row->key());
        if (read && pageIndex(m_session->original().scan, read->page) == page)
            row->setPage(image);
    }
}

QSet<int> ReviewSheet::pages() const {
    QSet<int> pages;
    forEachNumber(m_session->original().data, [&](const QString&, const VoteEntry& entry) {
        const int page = pageIndex(m_session->original().scan, entry.page);
        if (page >= 0 && (entry.box || entry.wordsBox))
            pages.insert(page);
    });
    return pages;
}

void ReviewSheet::makeCurrent(const QString& key) {
    if (key == m_current)
        return;
    if (NumberRow* before = m_rows.value(m_current))
        before->setCurrent(false);
    m_current = key;
    if (NumberRow* now = m_rows.value(key)) {
        now->setCurrent(true);
        m_visible.insert(key);
        now->show();
        refreshRow(now);
    }
    for (FindingCard* card : std::as_const(m_cards))
        card->setFocusField(key);
    Q_EMIT currentChanged(key);
}

void ReviewSheet::setCurrent(const QString& key, bool focus) {
    ValueField* target = field(key);
    if (!target)
        return;
    if (m_header.contains(key)) {
        m_visible.insert(key);
        m_ui->headCard->show();
    }
    makeCurrent(key);
    if (focus)
        target->setFocus(Qt::OtherFocusReason);
}

void ReviewSheet::focusForm() {
    m_ui->headCard->show();
    m_ui->formCombo->setFocus();
}

void ReviewSheet::followFinding(const QStringList& fields) {
    if (!m_session->form() || fields.contains(QStringLiteral("form_code"))) {
        focusForm();
        return;
    }
    // To the doubtful one among them, else the first that can be typed.
    QStringList known;
    for (const QString& key : fields)
        if (key == u"rows")
            for (const TallyRow& row : m_session->data().rows)
                known.append(RuleTools::rowKey(row.no));
        else if (field(key))
            known.append(key);
    if (known.isEmpty())
        return;
    const QStringList open = m_session->openFields();
    const auto doubtful =
        std::find_if(known.cbegin(), known.cend(), [&](const QString& key) { return open.contains(key); });
    setCurrent(doubtful == known.cend() ? known.first() : *doubtful, true);
}

void ReviewSheet::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_session) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void ReviewSheet::retranslate() {
    buildForms();
    if (m_session->isOpen())
        refresh();
}

}  // namespace tallydesk
