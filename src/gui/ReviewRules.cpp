// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewRules.h"

#include <algorithm>

#include "core/RuleTools.h"

namespace tallydesk::ReviewRules {

namespace {

const QString kEachRow = QStringLiteral("each(rows)");

/// A number of which a person said what the paper says: both places say so.
void settle(VoteEntry& entry, bool words) {
    if (!entry.value)
        return;
    const bool empty = RuleTools::isEmptyMark(entry.mark);
    entry.digits = empty ? std::nullopt : entry.value;
    entry.wordsValue = empty || !words ? std::nullopt : entry.value;
    entry.confidence.reset();
    if (entry.mark == Mark::Struck)
        entry.mark = Mark::None;
}

BallotData settled(const ReviewState& state, const FormTemplate& form) {
    BallotData data = state.data;
    for (const QString& key : state.decided) {
        if (findEntry(data, key))
            settle(entryOf(data, key), RuleTools::hasWords(form, key));
        else if (data.header.contains(key))
            data.header[key].confidence.reset();
    }
    return data;
}

/// Every number that the page carries was decided, so it is of no matter whether it was recognised.
bool pageDecided(const ReviewState& state, const FormTemplate& form, const QString& role) {
    const auto page = std::find_if(form.pages.cbegin(), form.pages.cend(),
                                   [&](const PagePlan& plan) { return plan.role == role; });
    if (page == form.pages.cend())
        return false;
    QStringList keys;
    if (page->hasFigures)
        for (const FigureField& figure : form.figures)
            keys.append(figure.key);
    int last = page->firstRow > 0 ? page->lastRow : 0;
    if (!form.rowsFixed && last > 0) {
        int written = 0;
        for (const TallyRow& row : state.data.rows)
            written = std::max(written, row.no);
        last = std::min(last, std::max(written, page->firstRow));
    }
    for (int row = page->firstRow; row > 0 && row <= last; ++row)
        keys.append(RuleTools::rowKey(row));
    if (page->hasTotal)
        keys.append(QStringLiteral("total"));
    return std::all_of(keys.cbegin(), keys.cend(), [&](const QString& key) {
        const FigureField* figure = form.figure(key);
        return state.decided.contains(key) || (figure && !figure->required);
    });
}

bool isPageFinding(const Finding& finding) {
    return finding.code == u"F.104" && !finding.args.isEmpty() &&
           finding.args.last().startsWith(u"case:page_");
}

/// A service said more than the form holds; over once a person says which form it is.
bool isAnswerFinding(const Finding& finding) {
    return finding.code == u"F.104" && finding.fields.contains(QStringLiteral("form_code"));
}

/// Findings that no look at this ballot's own numbers can make.
bool comesFromElsewhere(const Finding& finding) {
    static const QStringList codes{QStringLiteral("F.208"), QStringLiteral("F.301"), QStringLiteral("W.301"),
                                   QStringLiteral("W.302"), QStringLiteral("W.303")};
    return codes.contains(finding.code);
}

/// A conflict of two sources is over when a person decided each of its fields.
bool isDecided(const Finding& finding, const ReviewState& state) {
    if (finding.code == u"W.301" || finding.code == u"W.302" || finding.fields.isEmpty())
        return false;
    return std::all_of(finding.fields.cbegin(), finding.fields.cend(),
                       [&](const QString& key) { return state.decided.contains(key); });
}

/// How the sums in which a number stands hold.
int brokenSums(const QList<EquationView>& views, const QString& key) {
    int broken = 0;
    for (const EquationView& view : views) {
        const QList<EquationTerm> terms = view.left + view.right;
        const bool member = std::any_of(terms.cbegin(), terms.cend(), [&](const EquationTerm& term) {
            return term.field == key || (term.field == sumOfRowsTerm && rowNumberOf(key));
        });
        broken += member && view.op == EquationOp::Equal && view.verdict == EquationVerdict::Broken ? 1 : 0;
    }
    return broken;
}

QList<EquationTerm> termsOf(const BallotData& data, const QStringList& names, std::optional<qint64>& sum) {
    QList<EquationTerm> terms;
    sum = 0;
    for (const QString& name : names) {
        EquationTerm term{name, std::nullopt};
        if (name == sumOfRowsTerm) {
            qint64 rows = 0;
            bool all = !data.rows.isEmpty();
            for (const TallyRow& row : data.rows) {
                const auto number = RuleTools::rowNumber(row.entry);
                all = all && number && !__builtin_add_overflow(rows, *number, &rows);
            }
            if (all)
                term.value = rows;
        } else if (name == u"total") {
            term.value = RuleTools::totalNumber(data);
        } else {
            term.value = RuleTools::figureNumber(data, name);
        }
        qint64 next = 0;
        if (sum && term.value && !__builtin_add_overflow(*sum, *term.value, &next))
            sum = next;
        else
            sum.reset();
        terms.append(term);
    }
    return terms;
}

}  // namespace

QList<Finding> findings(const BallotResult& original, const ReviewState& state, const FormTemplate* form,
                        const PathMetadata& path, const Validator& validator, bool keepDisagreements) {
    const BallotData data = form ? settled(state, *form) : state.data;
    QList<Finding> found = validator.check(data, form, path.agreesOn(data));
    if (form) {
        found.removeIf([&](const Finding& finding) {
            return (isPageFinding(finding) && pageDecided(state, *form, finding.args.first())) ||
                   (isAnswerFinding(finding) && isDecided(finding, state));
        });
        if (keepDisagreements) {
            QList<Finding> asRead;
            checkEquations(state.data, *form, asRead);
            for (const Finding& finding : asRead)
                if (finding.code == u"F.205" && !found.contains(finding))
                    found.append(finding);
        }
    }
    for (const Finding& finding : original.findings)
        if (comesFromElsewhere(finding) && !isDecided(finding, state))
            found.append(finding);
    RuleTools::sortByCode(found);
    return found;
}

QList<EquationView> equations(const BallotData& data, const FormTemplate& form) {
    QList<EquationView> views;
    for (const Equation& equation : form.equations) {
        if (equation.left == QStringList{kEachRow})
            continue;
        EquationView view;
        view.code = equation.code;
        view.op = equation.op;
        view.left = termsOf(data, equation.left, view.leftSum);
        view.right = termsOf(data, equation.right, view.rightSum);
        const bool judged = view.leftSum && view.rightSum;
        const bool holds = judged && (equation.op == EquationOp::Equal ? *view.leftSum == *view.rightSum
                                                                       : *view.leftSum <= *view.rightSum);
        const bool excused =
            judged ? equation.explainable && data.differenceExplained : equation.onlyWhenFilled;
        view.verdict = holds     ? EquationVerdict::Holds
                       : excused ? EquationVerdict::NotJudged
                                 : EquationVerdict::Broken;
        views.append(view);
    }
    return views;
}

std::optional<Suggestion> suggestion(const BallotData& data, const QString& key, const FormTemplate& form) {
    const VoteEntry* entry = findEntry(data, key);
    if (!entry)
        return std::nullopt;
    if (brokenSums(equations(data, form), key) == 0)
        return std::nullopt;
    for (const ReadingChoice& choice : readingChoices(*entry)) {
        if (entry->value == choice.value)
            continue;
        BallotData tried = data;
        VoteEntry& changed = entryOf(tried, key);
        changed.value = choice.value;
        changed.mark = Mark::None;
        if (brokenSums(equations(tried, form), key) == 0)
            return Suggestion{choice.value, entry->value, choice.fromDigits, choice.fromWords};
    }
    return std::nullopt;
}

int ruleCount(const FormTemplate& form) {
    // The form's equations, and F.101, F.102, F.104, F.105, F.205.
    return static_cast<int>(form.equations.size()) + 5;
}

int brokenRules(const QList<Finding>& findings) {
    // Digits and words are one rule, however many numbers break it.
    QSet<QString> single;
    int broken = 0;
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::Error)
            continue;
        if (finding.code.startsWith(u"F.2") && finding.code != u"F.205")
            ++broken;
        else
            single.insert(finding.code);
    }
    return broken + static_cast<int>(single.size());
}

}  // namespace tallydesk::ReviewRules
