// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/HeaderLabels.h"

#include <algorithm>

#include "imaging/FuzzyText.h"
#include "readers/ondevice/FormFieldMap.h"

namespace tallydesk {

namespace {

constexpr double leastLabelScore = 0.65;
constexpr qsizetype mostBeforeLabel = 2;  // letters
constexpr double clearLabelLead = 0.15;
constexpr double certainBaseScore = 0.85;

// The field that a label names, and how certain that is: a label read badly is certain all the same when no
// other field's label comes near.
const HeaderField* fieldByLabel(const FormTemplate& form, const QString& label, double& score) {
    const HeaderField* best = nullptr;
    score = leastLabelScore;
    double second = 0.0;
    for (const HeaderField& field : form.header) {
        const double s = labelScore(field.printed, label);
        if (s > score) {
            second = std::max(second, best ? score : 0.0);
            score = s;
            best = &field;
        } else {
            second = std::max(second, s);
        }
    }
    if (best && score - second >= clearLabelLead)
        score = std::max(score, kCertainLabel);
    if (score >= kCertainLabel)
        return best;
    // Faint print keeps its letters longer than their vowels.
    const HeaderField* base = nullptr;
    double high = 0.0;
    double next = leastLabelScore;
    for (const HeaderField& field : form.header) {
        const double s = labelScore(field.printed, label, Letters::Base);
        if (s > high) {
            next = std::max(next, high);
            high = s;
            base = &field;
        } else {
            next = std::max(next, s);
        }
    }
    if (base && (!best || best == base) && high >= certainBaseScore && high - next >= clearLabelLead) {
        score = high;
        return base;
    }
    return best;
}

// A name that hides the first dots of its blank stands in what is read before them, behind its own label.
// `begin` is where the text that was read begins, if that is inside a word.
const HeaderField* fieldBeforeName(const FormTemplate& form, const LabelledBlank& blank,
                                   std::optional<int> begin, double& score) {
    const HeaderField* found = nullptr;
    int last = blank.blank.left - kMostHiddenName;
    for (const HeaderField& field : form.header) {
        const auto label = findPrinted(field.printed, blank.letters);
        if (!label || label->score < kSureLabel || label->right <= last)
            continue;
        last = label->right;
        score = label->score;
        const bool cutOff = begin && label->left < *begin + kFirstLetters;
        found = !cutOff && beginsText(*label, blank.letters) ? &field : nullptr;
    }
    return found && found->type == HeaderType::Text ? found : nullptr;
}

}  // namespace

bool beginsText(const PrintedSpan& label, const QList<PrintedSymbol>& letters) {
    return std::count_if(letters.begin(), letters.end(), [&label](const PrintedSymbol& letter) {
               return letter.box.right() < label.left && !bareText(letter.text).isEmpty();
           }) <= mostBeforeLabel;
}

const HeaderField* headerFieldOf(const FormTemplate& form, const QList<LabelledBlank>& labelled,
                                 qsizetype index, double& score) {
    const LabelledBlank& blank = labelled[index];
    if (const HeaderField* field = fieldByLabel(form, blank.label, score))
        return field;
    // Dots without a label behind a name's are the rest of its blank.
    for (qsizetype i = index - 1; i >= 0 && labelled[i].line == blank.line; --i) {
        double ignored = 0.0;
        if (const HeaderField* before = fieldByLabel(form, labelled[i].label, ignored)) {
            if (before->type == HeaderType::Text)
                return nullptr;
            break;
        }
    }
    const bool first = index == 0 || labelled[index - 1].line != blank.line;
    const int strip = blank.blank.left - kLabelWidth;
    const bool cutOff = first || labelled[index - 1].blank.right < strip;
    return fieldBeforeName(form, blank, cutOff ? std::optional(strip) : std::nullopt, score);
}

std::optional<PrintedSpan> labelBehind(const FormTemplate& form, QList<PrintedSymbol> letters, int x,
                                       std::optional<PrintedSpan> first) {
    letters.removeIf([x](const PrintedSymbol& letter) { return letter.box.left() < x; });
    for (const HeaderField& field : form.header) {
        const auto label = findPrinted(field.printed, letters);
        if (label && label->score >= kSureLabel && (!first || label->left < first->left))
            first = label;
    }
    return first;
}

}  // namespace tallydesk
