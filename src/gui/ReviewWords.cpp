// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewWords.h"

#include <QLocale>

#include "core/Provinces.h"
#include "core/RuleTools.h"
#include "gui/UiLanguage.h"

namespace tallydesk {

namespace {

bool names(const QList<Finding>& findings, const QString& code) {
    return std::any_of(findings.cbegin(), findings.cend(),
                       [&](const Finding& finding) { return finding.code == code; });
}

QString sumOf(const QList<EquationTerm>& terms, const FormTemplate& form, bool brief) {
    QStringList parts;
    for (const EquationTerm& term : terms)
        parts.append(brief ? ReviewWords::briefName(form, term.field)
                           : ReviewWords::shortName(form, term.field));
    return parts.join(QStringLiteral(" + "));
}

}  // namespace

QString ReviewWords::shortName(const FormTemplate& form, const QString& key) {
    const Language language = uiLanguage();
    if (key == sumOfRowsTerm || key == u"rows")
        return tr("The sum of the rows");
    if (const FigureField* figure = form.figure(key))
        return figure->label.in(language);
    if (const auto number = rowNumberOf(key)) {
        const QString name = form.rowNames.value(*number);
        return name.isEmpty() ? QStringLiteral("%1 %2").arg(form.rowLabel.in(language)).arg(*number)
                              : QStringLiteral("%1 %2").arg(*number).arg(name);
    }
    return form.fieldLabel(key, language);
}

QString ReviewWords::briefName(const FormTemplate& form, const QString& key) {
    if (key == sumOfRowsTerm || key == u"rows")
        return tr("Sum of rows");
    if (key == u"received")
        return tr("Received");
    if (key == u"envelopes")
        return tr("Envelopes");
    if (key == u"in_envelopes")
        return tr("In envelopes");
    if (key == u"no_vote")
        return form.partyList ? tr("No vote", "party-list") : tr("No vote", "constituency");
    if (key == u"eligible")
        return tr("Eligible");
    if (key == u"turnout")
        return tr("Came");
    if (key == u"allocated")
        return tr("Allocated");
    if (key == u"used")
        return tr("Used");
    if (key == u"remaining")
        return tr("Remaining");
    if (key == u"total")
        return tr("Total");
    return shortName(form, key);
}

QString ReviewWords::briefLabel(const FormTemplate& form, const QString& key) {
    const FigureField* figure = form.figure(key);
    const QString name = briefName(form, key);
    return figure && !figure->item.isEmpty() ? QStringLiteral("%1 %2").arg(figure->item, name) : name;
}

QString ReviewWords::percent(double share) {
    // 99.97 % is not certain, so it never shows as 100.
    const double shown = share < 1.0 ? std::min(share * 100.0, 99.9) : 100.0;
    const int decimals = shown >= 95.0 && shown < 100.0 ? 1 : 0;
    return tr("%1 %").arg(QLocale().toString(shown, 'f', decimals));
}

QString ReviewWords::valueText(const VoteEntry* entry) {
    if (!entry)
        return tr("nothing");
    if (entry->mark == Mark::Dash)
        return tr("dash");
    if (entry->mark == Mark::Blank)
        return tr("empty");
    return entry->value ? QString::number(*entry->value) : tr("nothing");
}

std::optional<SignedText> ReviewWords::chip(const ReviewSession& session, const QString& key) {
    const VoteEntry* entry = findEntry(session.data(), key);
    switch (session.stateOf(key)) {
        case FieldState::Sure:
            return std::nullopt;
        case FieldState::Confirmed:
            return SignedText{Sign::Settled, tr("Confirmed")};
        case FieldState::Changed:
            return SignedText{Sign::Settled, tr("Changed")};
        case FieldState::Unsure:
            return SignedText{Sign::NeedsReview, entry && entry->confidence
                                                     ? tr("Unsure %1").arg(percent(*entry->confidence))
                                                     : tr("Unsure")};
        case FieldState::Broken:
            if (names(session.findingsOf(key), QStringLiteral("F.205")))
                return SignedText{Sign::Failed, tr("Digits and words differ")};
            return SignedText{Sign::Failed, tr("Breaks a rule")};
        case FieldState::Missing:
            if (session.state().unreadable.contains(key))
                return SignedText{Sign::Failed, tr("Unreadable")};
            return SignedText{Sign::Failed, tr("No number")};
    }
    return std::nullopt;
}

QString ReviewWords::readers(const ReviewSession& session, const QString& key) {
    QStringList said;
    for (const auto& [reader, value] : session.readerValues(key)) {
        const QString name = reader.startsWith(u"ai:") ? reader.mid(3) : tr("this computer");
        said.append(value ? tr("%1 read %2").arg(name, *value) : tr("%1 read nothing").arg(name));
    }
    return said.join(QStringLiteral(", "));
}

QString ReviewWords::why(const ReviewSession& session, const QString& key, const MessageCatalog& messages) {
    const QList<Finding> findings = session.findingsOf(key);
    for (const Finding& finding : findings)
        if (finding.code == u"F.205")
            return tr("Digits say %1, words say %2.").arg(finding.args.value(0), finding.args.value(1));
    for (const Finding& finding : findings)
        if (finding.code == u"F.301")
            if (const QString said = readers(session, key); !said.isEmpty())
                return said;
    // A finding of several fields is said of this one alone.
    for (Finding finding : findings) {
        if (!finding.code.startsWith(u"W.205") && finding.code != u"F.105" && finding.code != u"W.206")
            continue;
        finding.fields = {key};
        if (!finding.args.isEmpty())
            finding.args[0] = RuleTools::fieldArg({key});
        return messages.text(finding, session.form(), uiLanguage());
    }
    for (const Finding& finding : findings)
        if (finding.severity == Severity::Error)
            return messages.text(finding, session.form(), uiLanguage());
    return {};
}

QString ReviewWords::suggestion(const Suggestion& suggestion, const VoteEntry* entry) {
    const QString value = QString::number(suggestion.value);
    const QString holds =
        suggestion.instead
            ? tr("The sum would hold with %1 instead of %2").arg(value).arg(*suggestion.instead)
            : tr("The sum would hold with %1").arg(value);
    if (suggestion.wordsSay && entry && entry->wordsValue == suggestion.value && entry->words)
        return tr("%1; words say %2").arg(holds, *entry->words);
    if (suggestion.wordsSay)
        return tr("%1; words may say it too").arg(holds);
    return tr("%1; digits may say it").arg(holds);
}

QString ReviewWords::change(const ReviewSession& session, const QString& key) {
    const VoteEntry* now = findEntry(session.data(), key);
    const VoteEntry* before = findEntry(session.original().data, key);
    if (recordText(now) == recordText(before) || session.original().data.formId.isEmpty())
        return {};
    return tr("%1 → %2, by you").arg(valueText(before), valueText(now));
}

QString ReviewWords::spoken(const ReviewSession& session, const QString& key,
                            const MessageCatalog& messages) {
    QStringList parts;
    if (const auto sign = chip(session, key))
        parts.append(sign->text);
    if (const VoteEntry* entry = findEntry(session.original().data, key)) {
        if (entry->digits)
            parts.append(tr("digits say %1").arg(*entry->digits));
        if (entry->wordsValue)
            parts.append(tr("words say %1").arg(*entry->wordsValue));
    }
    const QString reason = why(session, key, messages);
    if (!reason.isEmpty())
        parts.append(reason);
    if (const auto offer = session.suggestion(key))
        parts.append(suggestion(*offer, findEntry(session.data(), key)));
    return parts.join(QStringLiteral(". "));
}

QString ReviewWords::equationTitle(const EquationView& view, const FormTemplate& form, bool brief) {
    const QString left = sumOf(view.left, form, brief);
    const QString right = sumOf(view.right, form, brief);
    if (view.verdict == EquationVerdict::Holds)
        return view.op == EquationOp::Equal ? tr("%1 equals %2").arg(left, right)
                                            : tr("%1 is not more than %2").arg(left, right);
    return view.op == EquationOp::Equal ? tr("%1 must equal %2").arg(left, right)
                                        : tr("%1 must not be more than %2").arg(left, right);
}

QString ReviewWords::equationVerdict(const EquationView& view) {
    if (view.verdict == EquationVerdict::Holds)
        return tr("Sum holds");
    const auto missing = view.missing();
    if (!missing)
        return tr("Number missing");
    const QString amount = QLocale().toString(std::abs(*missing));
    return *missing > 0 ? tr("%1 missing").arg(amount) : tr("%1 too many").arg(amount);
}

QString ReviewWords::equationSums(const EquationView& view) {
    const auto parts = view.partsSum();
    const auto whole = view.wholeSum();
    if (!parts || !whole)
        return {};
    return *parts <= *whole
               ? tr("%1 of %2").arg(QLocale().toString(*parts), QLocale().toString(*whole))
               : tr("%1 instead of %2").arg(QLocale().toString(*parts), QLocale().toString(*whole));
}

QString ReviewWords::equationAdvice(const ReviewSession& session, const Finding& finding) {
    const FormTemplate* form = session.form();
    if (!form)
        return {};
    QStringList members = finding.fields;
    if (members.removeAll(QStringLiteral("rows")) > 0)
        for (const TallyRow& row : session.data().rows)
            members.append(RuleTools::rowKey(row.no));
    for (const QString& key : members) {
        const FieldState state = session.stateOf(key);
        const QString name = form->fieldLabel(key, uiLanguage());
        if (state == FieldState::Missing)
            return tr("Look at %1, it has no number.").arg(name);
        if (state == FieldState::Unsure)
            return tr("Look at %1, it is unsure.").arg(name);
        if (state == FieldState::Broken && names(session.findingsOf(key), QStringLiteral("F.205")))
            return tr("Look at %1, digits and words differ.").arg(name);
    }
    return tr("No number is unsure. Compare each with the paper.");
}

QString ReviewWords::provinceName(const QString& written) {
    static const QList<Province> known = builtInProvinces();
    const auto found = std::find_if(known.cbegin(), known.cend(), [&](const Province& province) {
        return province.name.th == written || province.name.en == written;
    });
    return found == known.cend() ? written : found->name.in(uiLanguage());
}

QString ReviewWords::reason(ReviewReason reason) {
    switch (reason) {
        case ReviewReason::None:
            return {};
        case ReviewReason::FieldEmpty:
            return tr("A field was left empty on paper");
        case ReviewReason::SumWrong:
            return tr("The sum on paper is wrong");
        case ReviewReason::DigitsAndWordsDiffer:
            return tr("Digits and words differ on paper");
        case ReviewReason::CorrectedByHand:
            return tr("Corrected by hand, last value taken");
        case ReviewReason::RowMissingOrTwice:
            return tr("A row is missing or written twice");
        case ReviewReason::Faint:
            return tr("Too faint or blurred");
        case ReviewReason::CutOff:
            return tr("Cut off, or a page is missing");
        case ReviewReason::Covered:
            return tr("Covered or damaged");
        case ReviewReason::NotABallot:
            return tr("Not a ballot form");
        case ReviewReason::Other:
            return tr("Another reason, see note");
    }
    return {};
}

}  // namespace tallydesk
