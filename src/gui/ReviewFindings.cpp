// SPDX-License-Identifier: GPL-3.0-or-later
// The cards of the findings at the head of ReviewSheet, and what its foot says.
#include <QJsonObject>
#include <QLocale>

#include "core/RuleTools.h"
#include "gui/LocalDate.h"
#include "gui/ReviewSheet.h"
#include "gui/ReviewWords.h"
#include "gui/UiLanguage.h"
#include "ui_ReviewSheet.h"

namespace tallydesk {

namespace {

/// Small cards under the large one before the rest waits behind "more".
constexpr qsizetype kSmallCards = 3;
constexpr qsizetype kSmallCardsCompact = 1;
/// Fields that a sentence names before it says how many more there are.
constexpr int kNamedFields = 4;
/// Errors that the decision names; the reasons below it must be in sight too.
constexpr int kListedErrors = 2;

std::optional<EquationView> equationOf(const Finding& finding, const QList<EquationView>& equations) {
    const QSet<QString> fields(finding.fields.cbegin(), finding.fields.cend());
    for (const EquationView& view : equations) {
        QSet<QString> members;
        for (const EquationTerm& term : view.left + view.right)
            members.insert(term.field == sumOfRowsTerm ? QStringLiteral("rows") : term.field);
        if (view.code == finding.code && members == fields)
            return view;
    }
    return std::nullopt;
}

/// Errors before warnings; what blocks acceptance by a machine before the rest.
int rank(const Finding& finding) {
    if (finding.severity == Severity::Error)
        return finding.code == u"F.101" ? 0 : 1;
    return finding.code == u"W.205" ? 2 : 3;
}

}  // namespace

Finding ReviewSheet::shortened(Finding finding) const {
    const QString mark = RuleTools::fieldArg({});
    for (QString& arg : finding.args) {
        if (!arg.startsWith(mark))
            continue;
        QStringList keys = arg.sliced(mark.size()).split(u',');
        const int more = int(keys.size()) - kNamedFields;
        if (more < 2)
            continue;
        keys = keys.first(kNamedFields);
        keys.append(tr("and %n more", nullptr, more));
        arg = RuleTools::fieldArg(keys);
    }
    return finding;
}

FindingCardText ReviewSheet::cardText(const Finding& finding) const {
    FindingCardText text;
    text.sign = finding.severity == Severity::Error ? Sign::Failed : Sign::NeedsReview;
    text.code = finding.code;
    text.form = m_session->forms().byId(m_session->data().formId);
    text.equation = equationOf(finding, m_session->equations());
    if (text.equation && text.form) {
        text.title = ReviewWords::equationTitle(*text.equation, *text.form);
        text.brief = ReviewWords::equationTitle(*text.equation, *text.form, true);
        text.detail = ReviewWords::equationAdvice(*m_session, finding);
    } else {
        text.title = m_messages->text(shortened(finding), m_session->form(), uiLanguage());
        text.detail = text.title == m_messages->text(finding, m_session->form(), uiLanguage())
                          ? QString()
                          : tr("Step through them with Enter.");
    }
    return text;
}

FindingCardText ReviewSheet::cardText(const Error& error) const {
    FindingCardText text;
    text.title = m_messages->text(error, uiLanguage());
    text.code = error.code;
    return text;
}

std::optional<FindingCardText> ReviewSheet::goodNews() const {
    FindingCardText text;
    text.sign = Sign::Accepted;
    text.form = m_session->forms().byId(m_session->data().formId);
    if (!text.form)
        return std::nullopt;
    const QJsonObject review =
        m_session->original().data.readerNotes.value(QStringLiteral("review")).toObject();
    const ReviewReason reason = reasonFromName(review.value(QStringLiteral("reason")).toString());
    if (reason != ReviewReason::None) {
        text.sign = Sign::AsWritten;
        text.title = tr("As written on paper: %1").arg(ReviewWords::reason(reason));
        text.detail = QStringLiteral("%1, %2").arg(m_session->original().reviewedBy,
                                                   localDateTime(m_session->original().reviewedAt));
        return text;
    }
    if (m_session->openErrors() > 0)
        return std::nullopt;
    // The sum that was broken at first is shown whole now.
    const QList<EquationView> before = ReviewRules::equations(m_session->original().data, *text.form);
    const QList<EquationView> now = m_session->equations();
    for (qsizetype i = 0; i < now.size(); ++i)
        if (now.at(i).verdict == EquationVerdict::Holds &&
            (before.value(i).verdict == EquationVerdict::Broken || now.at(i).code == u"F.201")) {
            text.equation = now.at(i);
            text.code = now.at(i).code;
            text.title = ReviewWords::equationTitle(now.at(i), *text.form);
            text.brief = ReviewWords::equationTitle(now.at(i), *text.form, true);
            if (before.value(i).verdict == EquationVerdict::Broken)
                break;
        }
    return text.equation ? std::optional(text) : std::nullopt;
}

FindingCard* ReviewSheet::addCard() {
    auto* card = new FindingCard(this);
    card->setTheme(m_theme);
    const qsizetype index = m_cards.size();
    connect(card, &FindingCard::clicked, this,
            [this, index] { followFinding(m_cards.at(index)->property("fields").toStringList()); });
    connect(card, &FindingCard::termClicked, this, [this](const QString& key) { setCurrent(key, true); });
    m_cards.append(card);
    return card;
}

void ReviewSheet::refreshFindings() {
    QList<Finding> findings = m_session->findings();
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
    QList<std::pair<FindingCardText, QStringList>> texts;
    // It asks for the form, which a person may have chosen by now.
    const auto& error = m_session->original().error;
    const bool answered = error && error->code == u"ondevice.form_unknown" && m_session->form();
    if (m_session->original().status == BallotStatus::Failed && error && !answered)
        texts.append({cardText(*error), {}});
    if (const auto good = goodNews())
        texts.append({*good, {}});
    for (const Finding& finding : findings)
        texts.append({cardText(finding), finding.fields});
    const qsizetype most = 1 + (m_compact ? kSmallCardsCompact : kSmallCards);
    const qsizetype shown = m_allFindings ? texts.size() : std::min(texts.size(), most);
    while (m_cards.size() < shown) {
        FindingCard* card = addCard();
        m_ui->findings->addWidget(card);
    }
    for (qsizetype i = 0; i < m_cards.size(); ++i) {
        m_cards.at(i)->setVisible(i < shown);
        if (i >= shown)
            continue;
        m_cards.at(i)->setProperty("fields", texts.at(i).second);
        m_cards.at(i)->setCompact(m_compact);
        m_cards.at(i)->showText(texts.at(i).first, i > 0);
        m_cards.at(i)->setFocusField(m_current);
    }
    const int hidden = int(texts.size() - shown);
    m_ui->moreButton->setVisible(hidden > 0 || (m_allFindings && texts.size() > most));
    m_ui->moreButton->setText(hidden > 0 ? tr("%n more finding(s)", nullptr, hidden) : tr("Show fewer"));
    const bool explainable = m_session->data().differenceExplained ||
                             std::any_of(findings.cbegin(), findings.cend(),
                                         [](const Finding& finding) { return finding.code == u"F.206"; });
    m_ui->explainedCheck->setVisible(explainable);
    const QSignalBlocker quiet(m_ui->explainedCheck);
    m_ui->explainedCheck->setChecked(m_session->data().differenceExplained);
    const FormTemplate* form = m_session->form();
    m_ui->rulesLabel->setVisible(form != nullptr);
    if (!form)
        return;
    const int rules = ReviewRules::ruleCount(*form);
    const int broken = std::min(rules, ReviewRules::brokenRules(findings));
    m_ui->rulesLabel->setText(broken == 0 ? tr("All %1 rules hold").arg(rules)
                                          : tr("%1 of %2 rules hold").arg(rules - broken).arg(rules));
}

void ReviewSheet::refreshFoot() {
    const bool known = m_session->form() != nullptr;
    m_ui->wholeButton->setVisible(known);
    m_ui->wholeButton->setText(m_whole ? tr("Only what is open") : tr("Whole form"));
    m_ui->footLabel->setVisible(known);
    if (!known)
        return;
    int hidden = 0;
    for (const QString& key : m_session->fieldKeys())
        if (const VoteEntry* entry = findEntry(m_session->data(), key);
            entry && entry->value && !m_visible.contains(key))
            ++hidden;
    int unsure = 0;
    for (const QString& key : m_session->openFields())
        unsure += m_session->stateOf(key) == FieldState::Unsure ? 1 : 0;
    QStringList parts;
    if (unsure > 0)
        parts.append(tr("%n number(s) still to be confirmed.", nullptr, unsure));
    if (!m_whole && hidden > 0)
        parts.append(tr("The other %n number(s) of this form were read with certainty.", nullptr, hidden));
    m_ui->footLabel->setText(parts.join(u' '));
}

QString ReviewSheet::openErrorsText() const {
    QStringList lines;
    const int errors = m_session->openErrors();
    const int listed = m_compact && errors > kListedErrors ? 1 : kListedErrors;
    for (const Finding& finding : m_session->findings()) {
        if (finding.severity != Severity::Error)
            continue;
        QString line = QStringLiteral("%1  %2").arg(
            finding.code, m_messages->text(shortened(finding), m_session->form(), uiLanguage()));
        if (lines.size() == listed) {
            lines.append(tr("and %n more", nullptr, errors - listed));
            break;
        }
        lines.append(line);
    }
    return lines.join(u'\n');
}

}  // namespace tallydesk
