// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewSheet.h"

#include <QKeyEvent>
#include <QLabel>
#include <QScopedValueRollback>

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
    addCard()->hide();
    m_ui->formCombo->installEventFilter(this);
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
    connect(m_ui->explainedCheck, &QCheckBox::toggled, this,
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
    for (NumberRow* row : m_rows.values() + m_spare)
        row->setTheme(theme);
}

void ReviewSheet::setCompact(bool compact) {
    if (m_compact == compact)
        return;
    m_compact = compact;
    if (m_session && m_session->isOpen())
        refreshFindings();
    for (NumberRow* row : m_rows.values() + m_spare)
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
    m_places = cellPlaces(m_session->original().data);
    m_current.clear();
    m_allFindings = false;
    m_whole = m_session->isOpen() && m_session->original().data.rows.isEmpty();
    for (NumberRow* row : std::as_const(m_rows)) {
        row->setPage({});
        row->setCurrent(false);
    }
    // A hidden field hands the keyboard on to its neighbour, which nobody chose.
    const QScopedValueRollback rebuilding(m_rebuilding, true);
    refresh();
}

void ReviewSheet::refresh() {
    if (!m_session->isOpen())
        return;
    const FormTemplate* form = m_session->form();
    const QString id = form ? form->id : QString();
    if (id != m_builtFor || (form && numberKeys(*form, m_session->data()) != m_keys)) {
        if (id != m_builtFor)
            buildHeader();
        dropRows();
        m_builtFor = id;
    }
    growVisible();
    refreshFindings();
    refreshHeader();
    refreshRows();
    refreshFoot();
}

void ReviewSheet::wire(ValueField* field) {
    connect(field, &ValueField::numberTyped, this,
            [this, field](std::optional<qint64> value) { m_session->typeNumber(field->key(), value); });
    connect(field, &ValueField::textTyped, this,
            [this, field](const QString& text) { m_session->typeHeader(field->key(), text); });
    connect(field, &ValueField::entered, this, [this, field] {
        m_session->endTyping();
        if (!m_rebuilding)
            makeCurrent(field->key());
    });
    connect(field, &ValueField::left, this, [this] { m_session->endTyping(); });
}

void ReviewSheet::buildHeader() {
    for (ValueField* field : std::as_const(m_header))
        field->deleteLater();
    m_header.clear();
    m_headerOrder.clear();
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
        m_headerOrder.append(field.key);
        m_headerLabels.append(label);
    }
    for (int column = 0; column < kHeaderColumns; ++column)
        m_ui->headerGrid->setColumnStretch(column, 1);
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

bool ReviewSheet::hasField(const QString& key) const {
    return m_keys.contains(key) || m_header.contains(key);
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
    if (key == m_current || !m_session->isOpen())
        return;
    if (NumberRow* before = m_rows.value(m_current))
        before->setCurrent(false);
    m_current = key;
    if (NumberRow* now = m_keys.contains(key) ? rowFor(key) : nullptr) {
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
    ValueField* target = m_keys.contains(key) ? rowFor(key)->field() : field(key);
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
        else if (hasField(key))
            known.append(key);
    if (known.isEmpty())
        return;
    const QStringList open = m_session->openFields();
    const auto doubtful =
        std::find_if(known.cbegin(), known.cend(), [&](const QString& key) { return open.contains(key); });
    setCurrent(doubtful == known.cend() ? known.first() : *doubtful, true);
}

int ReviewSheet::snapped(int least, int most) const {
    QList<const QWidget*> parts{m_ui->rulesLabel, m_ui->headCard, m_ui->numbersCard};
    for (const FindingCard* card : m_cards.sliced(1))
        parts.append(card);
    for (const NumberRow* row : m_rows)
        parts.append(row);
    int best = most + 1;
    for (const QWidget* part : parts) {
        if (!part->isVisible())
            continue;
        const int top = part->mapTo(this, QPoint(0, 0)).y();
        if (top >= least && top < best)
            best = top;
    }
    return best <= most ? best : least;
}

void ReviewSheet::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_session) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

bool ReviewSheet::eventFilter(QObject* watched, QEvent* event) {
    // The list of forms would take a letter for the start of a name; only text fields keep letters.
    if (watched == m_ui->formCombo && event->type() == QEvent::KeyPress &&
        ReviewKeymap::isTyped(ReviewKeymap::action(*static_cast<QKeyEvent*>(event)))) {
        event->ignore();
        return true;
    }
    // The wheel scrolls the sheet; over the list it would choose another form.
    if (watched == m_ui->formCombo && event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ReviewSheet::retranslate() {
    buildForms();
    if (m_session->isOpen())
        refresh();
}

}  // namespace tallydesk
