// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ArrangeDialog.h"

#include <QEvent>
#include <functional>
#include <utility>

#include "gui/ArrangeDelegate.h"
#include "gui/ArrangeModel.h"
#include "gui/DialogSize.h"
#include "gui/Icons.h"
#include "ui_ArrangeDialog.h"

namespace tallydesk {

ArrangeDialog::ArrangeDialog(const QList<BallotScan>& ballots, int settled, FormCatalog forms,
                             PageFetcher& pages, const Theme& theme, QWidget* parent)
    : QDialog(parent),
      m_ui(std::make_unique<Ui::ArrangeDialog>()),
      m_forms(std::move(forms)),
      m_before(ballots),
      m_settled(settled),
      m_model(new ArrangeModel(m_before, m_forms, pages, this)) {
    m_ui->setupUi(this);
    m_ui->pages->setModel(m_model);
    m_ui->pages->setItemDelegate(new ArrangeDelegate(theme, m_ui->pages));
    const std::pair<QToolButton*, const char*> icons[] = {
        {m_ui->split, "edit-table-cell-split"}, {m_ui->join, "list-add"},
        {m_ui->earlier, "go-previous"},         {m_ui->later, "go-next"},
        {m_ui->turnLeft, "object-rotate-left"}, {m_ui->turnRight, "object-rotate-right"},
        {m_ui->leaveOut, "edit-delete"},        {m_ui->reset, "edit-undo"}};
    for (const auto& [button, icon] : icons)
        button->setIcon(Icons::action(QLatin1String(icon), theme));

    using Step = std::function<int(PageArrangement&, int)>;
    const auto on = [this](QToolButton* button, const Step& step) {
        connect(button, &QToolButton::clicked, this, [this, step] {
            const int page = currentPage();
            if (page < 0)
                return;
            PageArrangement arrangement = m_model->arrangement();
            const int now = step(arrangement, page);
            change(arrangement, now);
        });
    };
    on(m_ui->split, [](PageArrangement& sheet, int page) { return sheet.split(page), page; });
    on(m_ui->join, [](PageArrangement& sheet, int page) { return sheet.join(page), page; });
    on(m_ui->earlier, [](PageArrangement& sheet, int page) { return sheet.move(page, -1); });
    on(m_ui->later, [](PageArrangement& sheet, int page) { return sheet.move(page, 1); });
    on(m_ui->turnLeft, [](PageArrangement& sheet, int page) { return sheet.turn(page, -90), page; });
    on(m_ui->turnRight, [](PageArrangement& sheet, int page) { return sheet.turn(page, 90), page; });
    on(m_ui->leaveOut, [](PageArrangement& sheet, int page) {
        return sheet.setLeftOut(page, !sheet.pages().at(page).leftOut), page;
    });
    on(m_ui->reset, [this](PageArrangement& sheet, int page) { return sheet = m_before, page; });
    connect(m_ui->form, &QComboBox::activated, this, [this] {
        const int page = currentPage();
        if (page < 0)
            return;
        PageArrangement arrangement = m_model->arrangement();
        arrangement.chooseForm(page, m_ui->form->currentData().toString());
        change(arrangement, page);
    });
    connect(m_ui->pages->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ArrangeDialog::updateState);
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->apply, &QPushButton::clicked, this, &QDialog::accept);
    m_ui->pages->setCurrentIndex(m_model->index(0));
    retranslate();
    m_ui->pages->setFocus();
    fitDialog(*this, QSize(92, 42));
}

ArrangeDialog::~ArrangeDialog() = default;

const PageArrangement& ArrangeDialog::arrangement() const {
    return m_model->arrangement();
}

int ArrangeDialog::currentPage() const {
    return m_ui->pages->currentIndex().row();
}

void ArrangeDialog::change(const PageArrangement& arrangement, int page) {
    m_model->setArrangement(arrangement);
    m_ui->pages->setCurrentIndex(m_model->index(page));
    m_ui->pages->scrollTo(m_model->index(page));
    updateState();
}

void ArrangeDialog::updateState() {
    const PageArrangement& pages = m_model->arrangement();
    const int page = currentPage();
    m_ui->split->setEnabled(pages.canSplit(page));
    m_ui->join->setEnabled(pages.canJoin(page));
    m_ui->earlier->setEnabled(pages.canMove(page, -1));
    m_ui->later->setEnabled(pages.canMove(page, 1));
    m_ui->leaveOut->setChecked(page >= 0 && pages.pages().at(page).leftOut);
    m_ui->reset->setEnabled(!(pages == m_before));
    if (page >= 0)
        m_ui->form->setCurrentIndex(
            std::max(0, m_ui->form->findData(pages.pages().at(pages.startOf(page)).formId)));
    const QList<BallotScan> after = pages.ballots();
    m_ui->summary->setText(tr("%n page(s)", nullptr, static_cast<int>(pages.pages().size())) +
                           QStringLiteral(", ") +
                           tr("%n ballot(s)", nullptr, static_cast<int>(after.size())));
    m_ui->apply->setEnabled(!(pages == m_before) && !after.isEmpty());
}

void ArrangeDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    }
}

void ArrangeDialog::retranslate() {
    m_ui->form->clear();
    m_ui->form->addItem(tr("Not known"), QString());
    for (const auto& form : m_forms.forms())
        m_ui->form->addItem(form->displayCode, form->id);
    m_ui->settled->setVisible(m_settled > 0);
    m_ui->settled->setText(
        tr("%n of these ballots are settled. Those that you change are read and settled anew.", nullptr,
           m_settled));
    m_model->retranslate();
    updateState();
}

}  // namespace tallydesk
