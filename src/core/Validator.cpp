// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Validator.h"

#include <QSet>
#include <algorithm>

#include "core/PathMetadata.h"
#include "core/Provinces.h"
#include "core/RuleTools.h"

namespace tallydesk {

using namespace RuleTools;

namespace {

const QString kProvince = QStringLiteral("province");
const QString kFormCode = QStringLiteral("form_code");

void checkForm(const BallotData& data, const FormTemplate* form, QList<Finding>& findings) {
    const bool known = form && !data.formCode.isEmpty() && data.partyList;
    if (known && data.formCode == form->code && *data.partyList == form->partyList)
        return;
    QStringList args;
    if (known)
        args = {data.formCode, form->code, caseArg(QStringLiteral("other"))};
    findings.append(errorFinding(QStringLiteral("F.101"), {kFormCode, QStringLiteral("party_list")}, args));
}

void checkHeader(const BallotData& data, const FormTemplate& form, QList<Finding>& findings) {
    QStringList missing;
    for (const HeaderField& field : form.header) {
        const HeaderValue value = data.header.value(field.key);
        const bool filled = field.type == HeaderType::Number
                                ? value.number.has_value()
                                : !value.text.value_or(QString()).trimmed().isEmpty();
        if (field.required && !filled)
            missing.append(field.key);
    }
    if (!missing.isEmpty())
        findings.append(errorFinding(QStringLiteral("F.102"), missing, {fieldArg(missing)}));
}

/// The provinces as normalisedProvince() writes them.
const QSet<QString>& knownProvinces() {
    static const QSet<QString> names = [] {
        QSet<QString> out;
        for (const Province& province : builtInProvinces())
            out.insert(normalisedProvince(province.name.th));
        return out;
    }();
    return names;
}

void checkProvince(const BallotData& data, const FormTemplate& form, QList<Finding>& findings) {
    for (const HeaderField& field : form.header) {
        if (!field.namesProvince() || knownProvinces().isEmpty())
            continue;
        const QString name = normalisedProvince(data.header.value(field.key).text.value_or(QString()));
        if (!name.isEmpty() && !knownProvinces().contains(name))
            findings.append(errorFinding(QStringLiteral("F.103"), {field.key}, {fieldArg({field.key})}));
    }
}

// "1, 3–57": a whole table that is missing is said in a word.
QString rangesText(const QList<int>& numbers) {
    QStringList texts;
    for (qsizetype from = 0; from < numbers.size();) {
        qsizetype to = from;
        while (to + 1 < numbers.size() && numbers[to + 1] == numbers[to] + 1)
            ++to;
        texts.append(to == from ? QString::number(numbers[from])
                                : QStringLiteral("%1–%2").arg(numbers[from]).arg(numbers[to]));
        from = to + 1;
    }
    return texts.join(QStringLiteral(", "));
}

void appendRowFinding(const QString& which, const QList<int>& numbers, QList<Finding>& findings) {
    if (numbers.isEmpty())
        return;
    QStringList fields;
    for (const int number : numbers)
        fields.append(rowKey(number));
    findings.append(errorFinding(QStringLiteral("F.104"), fields, {rangesText(numbers), caseArg(which)}));
}

void checkRows(const BallotData& data, const FormTemplate& form, QList<Finding>& findings) {
    QMap<int, int> seen;
    for (const TallyRow& row : data.rows)
        ++seen[row.no];
    // Where trailing rows may be absent, what was read says how far the table goes.
    int last = form.rowCount;
    if (!form.rowsFixed) {
        last = 1;
        for (auto it = seen.cbegin(); it != seen.cend(); ++it)
            if (it.key() <= form.rowCount)
                last = std::max(last, it.key());
    }
    QList<int> missing;
    QList<int> repeated;
    QList<int> unknown;
    for (int number = 1; number <= last; ++number)
        if (!seen.contains(number))
            missing.append(number);
    for (auto it = seen.cbegin(); it != seen.cend(); ++it) {
        if (it.key() < 1 || it.key() > form.rowCount)
            unknown.append(it.key());
        else if (it.value() > 1)
            repeated.append(it.key());
    }
    appendRowFinding(QStringLiteral("missing"), missing, findings);
    appendRowFinding(QStringLiteral("repeated"), repeated, findings);
    appendRowFinding(QStringLiteral("unknown"), unknown, findings);
}

// A service that answers more than it was asked for may have read another form, or two.
void checkAnswer(const BallotData& data, QList<Finding>& findings) {
    constexpr qsizetype kMostNamed = 5;
    const QStringList keys = unexpectedKeys(data);
    if (keys.isEmpty())
        return;
    QString names = keys.first(std::min(keys.size(), kMostNamed)).join(QStringLiteral(", "));
    if (keys.size() > kMostNamed)
        names += QStringLiteral(", …");
    findings.append(
        errorFinding(QStringLiteral("F.104"), {kFormCode}, {names, caseArg(QStringLiteral("unexpected"))}));
}

bool carriesNumbers(const PagePlan& page) {
    return page.firstRow > 0 || page.hasFigures || page.hasTotal;
}

/// Tables without a fixed number of rows may break anywhere, so there only the rows tell what is missing.
void checkPages(const BallotData& data, const FormTemplate& form, QList<Finding>& findings) {
    if (data.pageRoles.isEmpty())
        return;
    bool anyNumbers = false;
    for (const PagePlan& page : form.pages) {
        const auto count = data.pageRoles.count(page.role);
        if (!carriesNumbers(page)) {
            if (count == 0)
                findings.append(warningFinding(QStringLiteral("W.304"), {}, {}));
            continue;
        }
        anyNumbers = anyNumbers || count > 0;
        if (form.rowsFixed && count != 1)
            findings.append(errorFinding(
                QStringLiteral("F.104"), {},
                {page.role, QString::number(count),
                 caseArg(count == 0 ? QStringLiteral("page_missing") : QStringLiteral("page_repeated"))}));
    }
    for (const QString& role : data.pageRoles)
        anyNumbers = anyNumbers || role.startsWith(u"numbers");
    if (!form.rowsFixed && !anyNumbers)
        findings.append(errorFinding(
            QStringLiteral("F.104"), {},
            {QStringLiteral("numbers-1"), QStringLiteral("0"), caseArg(QStringLiteral("page_missing"))}));
}

void checkFilled(const BallotData& data, const FormTemplate& form, QList<Finding>& findings) {
    QStringList missing;
    for (const FigureField& figure : form.figures)
        if (figure.required && !figureNumber(data, figure.key))
            missing.append(figure.key);
    for (const TallyRow& row : data.rows)
        if (!rowNumber(row.entry))
            missing.append(rowKey(row.no));
    if (!totalNumber(data))
        missing.append(QStringLiteral("total"));
    if (!missing.isEmpty()) {
        missing = inFormOrder(missing, form);
        findings.append(errorFinding(QStringLiteral("F.105"), missing, {fieldArg(missing)}));
    }
}

QString percent(double share) {
    return QString::number(share * 100.0, 'f', 1);
}

void checkShares(const BallotData& data, const FormTemplate& form, const ValidatorSettings& settings,
                 QList<Finding>& findings) {
    const auto base = figureNumber(data, form.ballotsBase);
    const auto share = [&](const QString& key) -> std::optional<double> {
        const auto part = figureNumber(data, key);
        return part && base && *base > 0
                   ? std::optional(static_cast<double>(*part) / static_cast<double>(*base))
                   : std::nullopt;
    };
    const QString noVote = QStringLiteral("no_vote");
    if (const auto found = share(noVote); found && *found >= settings.noVoteShare)
        findings.append(warningFinding(QStringLiteral("W.201"), inFormOrder({noVote, form.ballotsBase}, form),
                                       {percent(*found), percent(settings.noVoteShare)}));
    const QString invalid = QStringLiteral("invalid");
    if (const auto found = share(invalid); found && *found >= settings.invalidShare)
        findings.append(warningFinding(QStringLiteral("W.202"),
                                       inFormOrder({invalid, form.ballotsBase}, form),
                                       {percent(*found), percent(settings.invalidShare)}));

    const auto eligible = figureNumber(data, QStringLiteral("eligible"));
    const auto turnout = figureNumber(data, QStringLiteral("turnout"));
    if (eligible && turnout && *eligible > 0) {
        const double found = static_cast<double>(*turnout) / static_cast<double>(*eligible);
        if (found < settings.turnoutLow || found > settings.turnoutHigh)
            findings.append(warningFinding(
                QStringLiteral("W.203"), {QStringLiteral("eligible"), QStringLiteral("turnout")},
                {percent(found), percent(settings.turnoutLow), percent(settings.turnoutHigh)}));
    }

    const auto valid = figureNumber(data, QStringLiteral("valid"));
    for (const TallyRow& row : data.rows) {
        const auto votes = rowNumber(row.entry);
        if (!votes || !valid || *valid <= 0)
            continue;
        const double found = static_cast<double>(*votes) / static_cast<double>(*valid);
        if (found > form.dominantShare)
            findings.append(
                warningFinding(QStringLiteral("W.204"), {QStringLiteral("valid"), rowKey(row.no)},
                               {fieldArg({rowKey(row.no)}), percent(found), percent(form.dominantShare)}));
    }
}

bool isSupported(const VoteEntry& entry) {
    if (entry.digits)
        return entry.digits == entry.value || entry.wordsValue == entry.value;
    if (entry.wordsValue)
        return entry.wordsValue == entry.value;
    return isEmptyMark(entry.mark) && entry.value.value_or(0) == 0;
}

void checkConfidence(const BallotData& data, const FormTemplate& form, double threshold,
                     const QStringList& corroborated, QList<Finding>& findings) {
    QStringList unsure;
    QStringList struck;
    QStringList unsupported;
    QStringList alone;
    QStringList unread;
    const auto isUnsure = [&](std::optional<double> confidence) {
        return confidence && !(*confidence >= threshold);
    };
    for (const HeaderField& field : form.header) {
        const auto it = data.header.constFind(field.key);
        if (!field.required || it == data.header.constEnd())
            continue;
        const bool read = field.type == HeaderType::Number ? it->number.has_value() : it->text.has_value();
        const bool contested = it->confidence && *it->confidence <= contestedConfidence;
        const bool settled = it->source != HeaderSource::Paper || corroborated.contains(field.key);
        if (read && isUnsure(it->confidence) && (contested || !settled))
            unsure.append(field.key);
    }
    for (const FigureField& figure : form.figures) {
        const auto it = data.figures.constFind(figure.key);
        const bool read = it != data.figures.constEnd() && (it->value || isEmptyMark(it->mark));
        if (!figure.required && !read)
            unread.append(figure.key);
    }
    forEachNumber(data, [&](const QString& key, const VoteEntry& entry) {
        if (!entry.value && !isEmptyMark(entry.mark))
            return;  // F.105, or unread
        if (entry.mark == Mark::Struck)
            struck.append(key);
        else if (!isSupported(entry))
            unsupported.append(key);
        else if (isUnsure(entry.confidence))
            unsure.append(key);
        else if (!entry.confidence && !isEmptyMark(entry.mark) && hasWords(form, key) &&
                 !(entry.digits && entry.wordsValue))
            alone.append(key);
    });
    const auto add = [&](const QStringList& keys, const QString& which) {
        if (keys.isEmpty())
            return;
        const QStringList fields = inFormOrder(keys, form);
        findings.append(warningFinding(QStringLiteral("W.205"), fields, {fieldArg(fields), caseArg(which)}));
    };
    add(unsure, QStringLiteral("unsure"));
    add(struck, QStringLiteral("struck"));
    add(unsupported, QStringLiteral("unsupported"));
    add(alone, QStringLiteral("alone"));
    add(unread, QStringLiteral("unread"));
}

void checkWitnesses(const BallotData& data, const FormTemplate& form, QList<Finding>& findings) {
    QStringList single;
    forEachNumber(data, [&](const QString& key, const VoteEntry& entry) {
        if (entry.value && !isEmptyMark(entry.mark) && hasWords(form, key) &&
            !(entry.digits && entry.wordsValue))
            single.append(key);
    });
    if (!single.isEmpty()) {
        single = inFormOrder(single, form);
        findings.append(warningFinding(QStringLiteral("W.206"), single, {fieldArg(single)}));
    }
}

}  // namespace

Validator::Validator(ValidatorSettings settings) : m_settings(settings) {}

QList<Finding> Validator::check(const BallotData& data, const FormTemplate* form,
                                const QStringList& corroborated) const {
    QList<Finding> findings;
    checkForm(data, form, findings);
    if (!form)
        return findings;
    checkHeader(data, *form, findings);
    checkProvince(data, *form, findings);
    checkRows(data, *form, findings);
    checkAnswer(data, findings);
    checkPages(data, *form, findings);
    checkFilled(data, *form, findings);
    checkEquations(data, *form, findings);
    checkShares(data, *form, m_settings, findings);
    checkConfidence(data, *form, m_settings.confidence, corroborated, findings);
    checkWitnesses(data, *form, findings);
    sortByCode(findings);
    return findings;
}

bool Validator::allowsAcceptance(const QList<Finding>& findings) {
    static const QStringList blocking{QStringLiteral("W.205"), QStringLiteral("W.302"),
                                      QStringLiteral("W.303")};
    return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.severity == Severity::Error || blocking.contains(finding.code);
    });
}

QList<Finding> checkReadingsAgree(const BallotData& first, const BallotData& second,
                                  const FormTemplate& form) {
    const auto numbersOf = [](const BallotData& data) {
        QMap<QString, QList<std::optional<qint64>>> numbers;
        forEachNumber(
            data, [&](const QString& key, const VoteEntry& entry) { numbers[key].append(rowNumber(entry)); });
        return numbers;
    };
    const auto a = numbersOf(first);
    const auto b = numbersOf(second);
    QStringList different;
    for (const QString& key : a.keys() + b.keys())
        if (a.value(key) != b.value(key))
            different.append(key);
    for (const HeaderField& field : form.header)
        if (field.type == HeaderType::Number &&
            first.header.value(field.key).number != second.header.value(field.key).number)
            different.append(field.key);
    const auto provinceOf = [](const BallotData& data) {
        return normalisedProvince(data.header.value(kProvince).text.value_or(QString()));
    };
    // A reader that can't make out the name says nothing against the other.
    if (!provinceOf(first).isEmpty() && !provinceOf(second).isEmpty() &&
        provinceOf(first) != provinceOf(second))
        different.append(kProvince);
    // One that says what the form does not have may have read another.
    const QStringList known = unexpectedKeys(first);
    const QStringList more = unexpectedKeys(second);
    if (first.formCode != second.formCode ||
        std::any_of(more.begin(), more.end(), [&known](const QString& key) { return !known.contains(key); }))
        different.append(kFormCode);
    if (first.partyList != second.partyList)
        different.append(QStringLiteral("party_list"));
    if (different.isEmpty())
        return {};
    different = inFormOrder(different, form);
    return {errorFinding(QStringLiteral("F.301"), different, {fieldArg(different)})};
}

}  // namespace tallydesk
