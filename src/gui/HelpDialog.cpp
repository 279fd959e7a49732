// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/HelpDialog.h"

#include <QEvent>
#include <algorithm>

#include "gui/DialogSize.h"
#include "gui/Icons.h"
#include "gui/Mnemonic.h"
#include "gui/ReviewKeymap.h"
#include "ui_HelpDialog.h"

namespace tallydesk {

namespace {

constexpr int kSignSize = 16;
// Between the first and the last key of a range.
const QString kUpTo = QStringLiteral("–");

QLabel* cap(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("keycap", QStringLiteral("true"));
    label->setProperty("textStyle", QStringLiteral("caption"));
    return label;
}

}  // namespace

HelpDialog::HelpDialog(const Theme& theme, const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::HelpDialog>()), m_theme(theme) {
    m_ui->setupUi(this);
    for (QAction* action : actions)
        if (!action->shortcut().isEmpty())
            m_actions.append(action);
    for (QLabel* heading : {m_ui->step1, m_ui->step2, m_ui->step3, m_ui->step4, m_ui->where})
        heading->setContentsMargins(0, 12, 0, 0);
    // The shorter column ends where its keys end.
    m_ui->keysLeft->addStretch();
    m_ui->keysRight->addStretch();
    for (int i = 0; i < m_ui->pages->count(); ++i)
        m_ui->navigation->addItem(QString());
    connect(m_ui->navigation, &QListWidget::currentRowChanged, m_ui->pages, &QStackedWidget::setCurrentIndex);
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::accept);
    retranslate();
    showPage(Page::FirstSteps);
    fitDialog(*this, QSize(68, 38));
}

HelpDialog::~HelpDialog() = default;

void HelpDialog::showPage(Page page) {
    m_ui->navigation->setCurrentRow(static_cast<int>(page));
}

void HelpDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void HelpDialog::retranslate() {
    const QStringList pages{tr("First steps"), tr("Signs"), tr("Keys")};
    for (int i = 0; i < pages.size(); ++i)
        m_ui->navigation->item(i)->setText(pages.at(i));
    fitNavigation(*m_ui->navigation);
    for (const QPointer<QWidget>& widget : std::as_const(m_made))
        delete widget;
    m_made.clear();
    fillSigns();
    fillKeys();
}

void HelpDialog::fillSigns() {
    const QList<std::pair<Sign, QStringList>> signs{
        {Sign::Accepted, {tr("Accepted"), tr("Digits and words agree and every sum of the form holds.")}},
        {Sign::Settled, {tr("Settled"), tr("A person compared it with the paper and accepted it.")}},
        {Sign::AsWritten,
         {tr("As written on paper"),
          tr("The paper itself holds a mistake. A person confirmed what it says.")}},
        {Sign::NeedsReview, {tr("Needs review"), tr("Something is not certain. A person has to look.")}},
        {Sign::Failed, {tr("Failed"), tr("It could not be read. Try again, or type it in.")}},
        {Sign::Reading, {tr("Reading"), tr("The program is reading it.")}},
        {Sign::Retry, {tr("Trying again"), tr("The service was busy. Another attempt follows by itself.")}},
        {Sign::Waiting, {tr("Waiting"), tr("Waits for its turn.")}},
        {Sign::Skipped, {tr("Skipped"), tr("It comes back at the end of the review.")}}};
    int row = 1;
    for (const auto& [sign, texts] : signs) {
        auto* picture = new QLabel;
        picture->setPixmap(
            Icons::sign(sign, m_theme).pixmap(QSize(kSignSize, kSignSize), devicePixelRatio()));
        auto* name = new QLabel(texts.at(0));
        name->setProperty("textStyle", QStringLiteral("strong"));
        auto* meaning = new QLabel(texts.at(1));
        meaning->setWordWrap(true);
        int column = 0;
        for (QLabel* label : {picture, name, meaning}) {
            m_ui->signs->addWidget(label, row, column++, label == picture ? Qt::AlignVCenter : Qt::AlignTop);
            m_made.append(label);
        }
        ++row;
    }
    m_ui->signs->setRowStretch(row, 1);
}

void HelpDialog::fillKeys() {
    const auto rowsOf = [](KeyGroup group) {
        QList<Row> rows;
        QList<ReviewAction> done;
        for (const ReviewKey& key : ReviewKeymap::table()) {
            if (key.group != group || done.contains(key.action))
                continue;
            done.append(key.action);
            const QString text = ReviewKeymap::description(key.action);
            QStringList caps = ReviewKeymap::caps(key.action);
            if (key.action == ReviewAction::WriteValue)
                caps.insert(1, kUpTo);
            // Up and down, before and after: one line.
            const auto same =
                std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.text == text; });
            if (same != rows.end())
                // Alt once, then all its arrows.
                same->ways.append(caps.mid(caps.size() > 1 && caps.first() == same->ways.first().first()));
            else
                rows.append({{caps}, text});
        }
        return rows;
    };
    addKeys(*m_ui->keysLeft, tr("In a number"), rowsOf(KeyGroup::Number));
    addKeys(*m_ui->keysLeft, tr("Everywhere"), rowsOf(KeyGroup::Everywhere) + windowKeys());
    addKeys(*m_ui->keysRight, tr("This ballot form"), rowsOf(KeyGroup::Ballot));
    addKeys(*m_ui->keysRight, tr("Scan"), rowsOf(KeyGroup::Scan));
}

QList<HelpDialog::Row> HelpDialog::windowKeys() const {
    QList<Row> rows;
    for (const QPointer<QAction>& action : m_actions) {
        if (!action)
            continue;
        QStringList caps = action->shortcut().toString(QKeySequence::NativeText).split(u'+');
        // "Ctrl++" is Ctrl and the key +.
        if (caps.removeAll(QString()) > 0)
            caps.append(QStringLiteral("+"));
        QString text = withoutMnemonic(action->text());
        // Undo, redo and help stand among the review's keys.
        const bool known =
            std::any_of(ReviewKeymap::table().cbegin(), ReviewKeymap::table().cend(),
                        [&](const ReviewKey& key) { return ReviewKeymap::caps(key.action) == caps; });
        if (!known)
            rows.append({{caps}, text.remove(QStringLiteral("…"))});
    }
    return rows;
}

void HelpDialog::addKeys(QVBoxLayout& column, const QString& heading, const QList<Row>& rows) {
    auto* block = new QWidget;
    auto* grid = new QGridLayout(block);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    auto* title = new QLabel(heading);
    title->setProperty("textStyle", QStringLiteral("strong"));
    grid->addWidget(title, 0, 0, 1, 2);
    int line = 1;
    for (const Row& row : rows) {
        auto* caps = new QHBoxLayout;
        caps->setSpacing(3);
        for (qsizetype way = 0; way < row.ways.size(); ++way) {
            if (way > 0 && row.ways.at(way).size() > 1)
                caps->addSpacing(6);
            for (const QString& text : row.ways.at(way))
                caps->addWidget(text == kUpTo ? new QLabel(text) : cap(text));
        }
        caps->addStretch();
        grid->addLayout(caps, line, 0, Qt::AlignTop);
        auto* meaning = new QLabel(row.text);
        meaning->setTextFormat(Qt::PlainText);
        meaning->setWordWrap(true);
        grid->addWidget(meaning, line++, 1);
    }
    column.insertWidget(column.count() - 1, block);
    m_made.append(block);
}

}  // namespace tallydesk
