// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ReviewState.h"

#include <algorithm>

#include "core/RuleTools.h"

namespace tallydesk {

namespace {

const QString kTotal = QStringLiteral("total");

bool sameValue(const VoteEntry* a, const VoteEntry* b) {
    return recordText(a) == recordText(b);
}

bool isEquation(const Finding& finding) {
    return finding.code.startsWith(u"F.2") && finding.code != u"F.205" &&
           !finding.args.value(finding.args.size() - 1).endsWith(u"rows");
}

}  // namespace

bool EquationView::wholeOnRight() const {
    const bool leftIsParts = left.size() > 1 || (left.size() == 1 && left.first().field == sumOfRowsTerm);
    return leftIsParts && right.size() == 1;
}

std::optional<qint64> EquationView::wholeSum() const {
    return wholeOnRight() ? rightSum : leftSum;
}

std::optional<qint64> EquationView::partsSum() const {
    return wholeOnRight() ? leftSum : rightSum;
}

std::optional<qint64> EquationView::missing() const {
    if (!leftSum || !rightSum)
        return std::nullopt;
    if (op == EquationOp::AtMost)
        return *rightSum - *leftSum;
    return *wholeSum() - *partsSum();
}

QStringList headerKeys(const FormTemplate& form) {
    QStringList keys;
    for (const HeaderField& field : form.header)
        keys.append(field.key);
    return keys;
}

QStringList numberKeys(const FormTemplate& form, const BallotData& data) {
    QStringList keys;
    for (const FigureField& figure : form.figures)
        keys.append(figure.key);
    for (int number = 1; number <= form.rowCount; ++number)
        keys.append(RuleTools::rowKey(number));
    keys.append(kTotal);
    forEachNumber(data, [&keys](const QString& key, const VoteEntry&) { keys.append(key); });
    return RuleTools::inFormOrder(keys, form);
}

std::optional<int> rowNumberOf(const QString& key) {
    if (!key.startsWith(u"row "))
        return std::nullopt;
    bool isNumber = false;
    const int number = key.mid(4).toInt(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

const VoteEntry* findEntry(const BallotData& data, const QString& key) {
    if (key == kTotal)
        return data.total ? &*data.total : nullptr;
    if (const auto number = rowNumberOf(key)) {
        const auto row = std::find_if(data.rows.cbegin(), data.rows.cend(),
                                      [&](const TallyRow& candidate) { return candidate.no == *number; });
        return row == data.rows.cend() ? nullptr : &row->entry;
    }
    const auto figure = data.figures.constFind(key);
    return figure == data.figures.cend() ? nullptr : &*figure;
}

VoteEntry& entryOf(BallotData& data, const QString& key) {
    if (key == kTotal) {
        if (!data.total)
            data.total.emplace();
        return *data.total;
    }
    const auto number = rowNumberOf(key);
    if (!number)
        return data.figures[key];
    const auto same = std::find_if(data.rows.begin(), data.rows.end(),
                                   [&](const TallyRow& row) { return row.no == *number; });
    if (same != data.rows.end())
        return same->entry;
    const auto after = std::find_if(data.rows.begin(), data.rows.end(),
                                    [&](const TallyRow& row) { return row.no > *number; });
    return data.rows.insert(after, {*number, {}})->entry;
}

int pageIndex(const BallotScan& scan, int number) {
    const qsizetype index = scan.pageNumbers.indexOf(number);
    return index < 0 && scan.pages.size() == 1 ? 0 : int(index);
}

std::optional<QString> recordText(const VoteEntry* entry) {
    if (!entry)
        return std::nullopt;
    if (RuleTools::isEmptyMark(entry->mark))
        return markName(entry->mark);
    return entry->value ? std::optional(QString::number(*entry->value)) : std::nullopt;
}

std::optional<QString> recordText(const HeaderValue& value) {
    if (value.number)
        return QString::number(*value.number);
    return value.text;
}

QList<ReadingChoice> readingChoices(const VoteEntry& entry) {
    QList<ReadingChoice> choices;
    const auto add = [&choices](qint64 value, bool words, std::optional<double> probability) {
        auto it = std::find_if(choices.begin(), choices.end(),
                               [value](const ReadingChoice& choice) { return choice.value == value; });
        if (it == choices.end())
            it = choices.insert(choices.end(), ReadingChoice{value, false, false, std::nullopt});
        (words ? it->fromWords : it->fromDigits) = true;
        if (probability)
            it->probability = std::max(it->probability.value_or(0.0), *probability);
    };
    if (entry.digits)
        add(*entry.digits, false, std::nullopt);
    if (entry.wordsValue)
        add(*entry.wordsValue, true, std::nullopt);
    const qsizetype leading = choices.size();
    for (const Reading& reading : entry.digitReadings)
        add(reading.value, false, reading.probability);
    for (const Reading& reading : entry.wordReadings)
        add(reading.value, true, reading.probability);
    std::stable_sort(choices.begin() + leading, choices.end(),
                     [](const ReadingChoice& a, const ReadingChoice& b) {
                         return a.probability.value_or(0.0) > b.probability.value_or(0.0);
                     });
    return choices;
}

QMap<QString, FieldState> fieldStates(const BallotResult& result, const BallotData& base) {
    QMap<QString, FieldState> states;
    forEachNumber(result.data, [&](const QString& key, const VoteEntry& entry) {
        const bool changed = !sameValue(&entry, findEntry(base, key));
        states[key] = !recordText(&entry) ? FieldState::Missing
                      : changed           ? FieldState::Changed
                                          : FieldState::Sure;
    });
    for (auto it = result.data.header.cbegin(); it != result.data.header.cend(); ++it)
        states[it.key()] = recordText(*it) == recordText(base.header.value(it.key())) ? FieldState::Sure
                                                                                      : FieldState::Changed;

    const auto raise = [&states](const QString& key, FieldState state) {
        const auto now = states.find(key);
        if (now == states.end())
            states.insert(key, FieldState::Missing);
        else if (*now != FieldState::Missing && *now != FieldState::Broken)
            *now = state;
    };
    for (const Finding& finding : result.findings)
        if (finding.code == u"W.205" || finding.code == u"W.303")
            for (const QString& key : finding.fields)
                raise(key, FieldState::Unsure);
    const auto isError = [](const Finding& finding) {
        return finding.severity == Severity::Error && finding.code != u"F.101";
    };
    for (const Finding& finding : result.findings)
        if (isError(finding) && !isEquation(finding))
            for (const QString& key : finding.fields)
                raise(key, finding.code == u"F.102" ? FieldState::Missing : FieldState::Broken);
    const QMap<QString, FieldState> single = states;
    for (const Finding& finding : result.findings) {
        if (!isError(finding) || !isEquation(finding))
            continue;
        // Where a member of a sum is doubtful by itself, that one is to blame; the others stay what they are.
        QStringList members = finding.fields;
        bool doubtful = false;
        if (members.contains(QStringLiteral("rows"))) {
            doubtful = result.data.rows.isEmpty();
            for (const TallyRow& row : result.data.rows)
                members.append(RuleTools::rowKey(row.no));
        }
        for (const QString& key : std::as_const(members)) {
            const FieldState state = single.value(key, FieldState::Sure);
            doubtful = doubtful || (state != FieldState::Sure && state != FieldState::Changed);
        }
        if (doubtful)
            continue;
        for (const QString& key : finding.fields)
            if (key != u"rows")
                raise(key, FieldState::Broken);
    }
    return states;
}

}  // namespace tallydesk
